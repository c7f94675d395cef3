/* pz-dataset.h: loaded data set; immutable, so threads may share it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "datasets/ds-set.h"

G_BEGIN_DECLS

#define PZ_TYPE_DATASET (pz_dataset_get_type ())

G_DECLARE_FINAL_TYPE (PzDataset, pz_dataset, PZ, DATASET, GObject)

/* Takes a reference to @set. */
PzDataset   *pz_dataset_new         (const DsSet        *set);

const DsSet *pz_dataset_peek_set    (PzDataset          *self);

/* "MNIST (mnist.pkl.gz)", translated where it is one of ours. */
const char  *pz_dataset_get_name    (PzDataset          *self);

gboolean     pz_dataset_is_molecules (PzDataset          *self);

/* Name of class @i: its number where the set has no names; of a target its
 * symbol. */
const char  *pz_dataset_get_class_name (PzDataset        *self,
                                        gsize             i);

/* --- loading --- */

/* What is to be loaded, and what came of it. */
typedef struct _PzDatasetLoad PzDatasetLoad;

/**
 * pz_dataset_load_new:
 * @base: (nullable): data from @source that are loaded and are not to be read again
 * @source: "builtin:digits", a file or a folder: see ds_open()
 * @add: (nullable): images that train besides: see ds_extra_samples_add(). Of molecules there are
 *   none
 * @to_learn: (nullable): what is to be learnt, where these are molecules; copied
 *
 * Molecules of which only the formulas are known are described by these, if the features of
 * @to_learn need more: the set's own task says so.
 */
PzDatasetLoad *pz_dataset_load_new          (PzDataset       *base,
                                             const char      *source,
                                             const char      *add,
                                             const DsTask    *to_learn);
void           pz_dataset_load_free         (gpointer         load);

/**
 * pz_dataset_load_run:
 * @load: a #PzDatasetLoad, until the end of one thread alone
 * @cancellable: (nullable): looked at now and then
 *
 * Reads the data. Blocks. Thread: any; for pz-latest.h.
 *
 * Errors: those of ds_open()
 */
gboolean       pz_dataset_load_run          (gpointer         load,
                                             GCancellable    *cancellable,
                                             GError         **error);

/* 0 … 1; any thread, also while it runs */
double         pz_dataset_load_get_fraction (PzDatasetLoad   *load);

/* After it ran: whether these are molecules; also where it failed, if it came so far. */
gboolean       pz_dataset_load_is_molecules (PzDatasetLoad   *load);

/* (transfer full) (nullable): after it ran: the data; main thread */
PzDataset     *pz_dataset_load_take         (PzDatasetLoad   *load);

G_END_DECLS
