/* bench-works.h: the five works that everybody is timed on, and their data.
 *
 * peers/works.py has the same table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-split.h"
#include "core/train/mlp-train.h"

G_BEGIN_DECLS

#define BENCH_MAX_LAYERS 3

typedef struct
{
  char             name;                       /* S, M, L, X, R */
  gsize            n_inputs;
  gsize            n_layers;
  gsize            widths[BENCH_MAX_LAYERS];
  MlpActivation    hidden;
  MlpActivation    output;
  MlpLoss          loss;
  MlpOptimizerKind optimizer;
  float            rate;
  gsize            batch_size;
} BenchWork;

/* NULL: there is no such work */
const BenchWork *bench_work_find        (char             name);

/* With its first weights. Errors: those of mlp_net_new() */
MlpNet          *bench_work_make_net    (const BenchWork *work,
                                         GError         **error);
MlpTrainOptions  bench_work_get_options (const BenchWork *work);

/* The first @n_train items train, the @n_validation after them validate. */
MlpSplit        *bench_make_split       (gsize            n_train,
                                         gsize            n_validation);

/**
 * bench_data_export:
 * @source: what ds_open() opens: MNIST, or the built-in digits
 * @folder: where the files go
 *
 * Writes digits-x.u8 and digits-y.u8, 60,000 pictures (fewer are repeated),
 * and table-x.f32 and table-y.f32, 100,000 rows of random numbers, the same in
 * every run. What is there already is left alone.
 */
gboolean         bench_data_export      (const char      *source,
                                         const char      *folder,
                                         GError         **error);

/* (transfer full) (nullable): the samples of a work, from these files */
MlpSamples      *bench_data_load        (const BenchWork *work,
                                         const char      *folder,
                                         GError         **error);

G_END_DECLS
