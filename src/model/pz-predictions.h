/* pz-predictions.h: predictions of a network on a part of the data, and their errors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "core/net/mlp-regression-metrics.h"
#include "core/net/mlp-split.h"
#include "recipe/recipe-seen.h"

G_BEGIN_DECLS

/* The fit of some of the molecules. */
typedef struct
{
  guint                key;        /* how many heavy atoms, or the index of an element */
  MlpRegressionMetrics metrics;        /* its largest_at counts in the predictions */
} PzErrorGroup;

/* Immutable once made, counted, and therefore shared between threads. The fields
 * are for reading. Values are in the units of the targets. */
typedef struct
{
  DsSet                *set;
  MlpPart               part;
  RecipeParts parts;          /* where that part comes from; zero where it is that of the run */
  gsize                 n;                 /* samples of the part */
  gsize                 n_targets;
  guint32              *items;             /* n: their numbers in the set */
  float                *h;                 /* n_targets × n: predicted */
  float                *y;                 /* n_targets × n: true */
  guint8               *extrapolates;      /* n_targets × n: as mlp_regression_metrics_predict() says */
  MlpRegressionMetrics *target_metrics;              /* n_targets */
  guint32              *order;             /* n × n_targets: of each target the places 0 … n − 1, the largest error first */

  /* (nullable): of molecules: n_targets arrays of PzErrorGroup. A molecule is in one
   * group of heavy atoms, and in that of each element it contains. Groups
   * without a molecule are left out. */
  GArray        **by_heavy_atoms;
  GArray        **by_element;

  gatomicrefcount ref_count;  /* private */
} PzPredictions;

/**
 * pz_predictions_new:
 * @net: a network that learns values
 * @set: data with values
 * @split: how they are divided
 * @part: which of them
 * @error: return location for a #GError
 *
 * Blocks. Thread: any. “Always the mean” is the mean that the network was
 * standardised with; else that of the samples that train.
 *
 * Errors: those of mlp_regression_metrics_predict()
 */
PzPredictions *pz_predictions_new (const MlpNet   *net,
                                   const DsSet    *set,
                                   const MlpSplit *split,
                                   MlpPart         part,
                                   GError        **error);
PzPredictions *pz_predictions_ref (PzPredictions *predictions);
void pz_predictions_unref (PzPredictions *predictions);

/* "eV"; "" where there is none */
const char *pz_predictions_get_unit (const PzPredictions *predictions,
                                     gsize                t);

/* (transfer full): a table with a line for each molecule: number, SMILES, formula,
 * and of each target the true value, the predicted one and the error, with
 * points, and whether it is an extrapolation, 0 or 1. Takes its time: 130,000 lines. */
char *pz_predictions_to_csv (const PzPredictions *predictions);

/* The same into a file, in a thread. Errors: those of pz_writer_write_async() */
void pz_predictions_export_async (PzPredictions      *predictions,
                                  GFile              *file,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
gboolean pz_predictions_export_finish (GAsyncResult *result,
                                       GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PzPredictions, pz_predictions_unref)

G_END_DECLS
