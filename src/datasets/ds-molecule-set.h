/* ds-molecule-set.h: molecules as samples: features as inputs, properties as targets.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "datasets/ds-set.h"
#include "datasets/ds-task.h"
#include "io/io-progress.h"

G_BEGIN_DECLS

/**
 * ds_molecule_set_open:
 * @source: see mol_open()
 * @task: features, targets, unit
 * @cache_folder: (nullable): where what was read and computed is kept
 * @progress: (nullable): told now and then
 * @user_data: for @progress
 * @error: return location for a #GError
 *
 * Sample i is molecule i of the set's molecules. Molecules that lack one of the
 * targets are left out.
 *
 * Errors: those of mol_open(), ds_task_check() and mol_features_compute();
 * %MLP_ERROR_TOO_LARGE if the features of all would take more memory than a file of
 * its size is trusted with (io_stream_get_trusted_size()); the built-in molecules and
 * folders are trusted
 */
DsSet *ds_molecule_set_open (const char    *source,
                             const DsTask  *task,
                             const char    *cache_folder,
                             IoProgressFunc progress,
                             gpointer       user_data,
                             GError       **error);

G_END_DECLS
