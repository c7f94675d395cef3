/* ds-open.h: opening a data set: built in, a file or a folder.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "datasets/ds-set.h"
#include "io/io-progress.h"

G_BEGIN_DECLS

/**
 * ds_open:
 * @source: "builtin:digits", a file or a folder
 * @progress: (nullable): told now and then
 * @user_data: for @progress
 * @error: return location for a #GError
 *
 * Recognises what @source is by its content, not by its name: a folder with
 * IDX files or with one pickle, one of these IDX files (its partners are looked
 * for beside it), a pickle (gzip'd or plain); molecules in each form of mol-open.h. Blocks.
 *
 * Errors: %MLP_ERROR_OPEN, %MLP_ERROR_FORMAT, %MLP_ERROR_TRUNCATED,
 * %MLP_ERROR_TOO_LARGE, %MLP_ERROR_CANCELLED; the message names the file, the
 * offset and what was expected, in a sentence for people.
 *
 * Returns: (transfer full) (nullable): the set
 */
DsSet   *ds_open              (const char    *source,
                               IoProgressFunc progress,
                               gpointer       user_data,
                               GError       **error);

/**
 * ds_open_full:
 * @source: as above
 * @task: (nullable): what is to be learnt where these are molecules; %NULL is
 *   ds_task_init()'s
 * @cache_folder: (nullable): where what takes long is kept for the next time
 *
 * ds_open() with all that can be told.
 */
DsSet   *ds_open_full         (const char    *source,
                               const DsTask  *task,
                               const char    *cache_folder,
                               IoProgressFunc progress,
                               gpointer       user_data,
                               GError       **error);

/* Whether ds_open() would take @source for molecules: a look at its first
 * bytes, or at what lies in a folder. */
gboolean ds_open_is_molecules (const char    *source);

G_END_DECLS
