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

/* Called in the main context, at most 20 times a second. */
typedef void (*PzProgressFunc) (double   fraction,
                                gpointer user_data);

/**
 * pz_dataset_load_async:
 * @source: "builtin:digits", a file or a folder: see ds_open()
 * @to_learn: (nullable): what is to be learnt, where these are molecules; copied
 * @cancellable: (nullable): to cancel
 * @progress: (nullable): told now and then
 * @progress_data: for @progress; lives until @callback was called
 * @callback: called when it is loaded, or not
 * @user_data: for @callback
 *
 * Reads in a thread of its own. Molecules of which only the formulas are known
 * are described by these, if the features of @to_learn need more: the set's own task
 * says so.
 */
void         pz_dataset_load_async  (const char         *source,
                                     const DsTask       *to_learn,
                                     GCancellable       *cancellable,
                                     PzProgressFunc      progress,
                                     gpointer            progress_data,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);

/**
 * pz_dataset_load_added_async:
 * @base: (nullable): data from @source that are loaded and are not to be read again
 * @add: (nullable): pictures that train besides: see ds_extra_samples_add(). Of molecules there are
 *   none
 *
 * pz_dataset_load_async() with all that can be told.
 */
void pz_dataset_load_added_async (PzDataset          *base,
                                  const char         *source,
                                  const char         *add,
                                  const DsTask       *to_learn,
                                  GCancellable       *cancellable,
                                  PzProgressFunc      progress,
                                  gpointer            progress_data,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);

/* Errors: those of ds_open(), or %G_IO_ERROR_CANCELLED.
 * Returns: (transfer full) (nullable) */
PzDataset   *pz_dataset_load_finish (GAsyncResult       *result,
                                     GError            **error);

/* Whether these are molecules; also of a load that failed, if it came so far. */
gboolean pz_dataset_load_is_molecules (GAsyncResult *result);

/* Takes a reference to @set. */
PzDataset   *pz_dataset_new         (const DsSet        *set);

const DsSet *pz_dataset_peek_set    (PzDataset          *self);

/* "MNIST (mnist.pkl.gz)", translated where it is one of ours. */
const char  *pz_dataset_get_name    (PzDataset          *self);

gboolean pz_dataset_is_molecules (PzDataset *self);

/* Name of class @i: its number where the set has no names; of a target its
 * symbol. */
const char *pz_dataset_get_class_name (PzDataset *self,
                                       gsize      i);

G_END_DECLS
