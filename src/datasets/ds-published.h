/* ds-published.h: published data sets: their files and checksums.
 *
 * Copies that the program fetched lie in a folder ROOT/ID, such as
 * "~/.local/share/perzeptron/mnist".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;        /* "train-images-idx3-ubyte.gz" */
  guint64     size;        /* bytes */
  const char *sha256;      /* hexadecimal */
  const char *remote;      /* (nullable): its name at the mirrors, where that is another */
} DsPublishedFile;

/* @id: "mnist", "fashion-mnist", "qm9". Returns: (transfer none) (array length=n_files)
 * (nullable): %NULL for another */
const DsPublishedFile *ds_published_get_files  (const char            *id,
                                                gsize                 *n_files);

/* Whether the file has the right size and SHA-256. Reads all of it; any thread. */
gboolean               ds_published_is_whole   (const DsPublishedFile *file,
                                                const char            *path);

/* Returns: (transfer none) (nullable): the id of the set whose folder in @root holds @source, a
 * folder or a file, or is it */
const char            *ds_published_find       (const char            *root,
                                                const char            *source);

/**
 * ds_published_check:
 * @root: the folder with the folders of the sets
 * @source: a folder or a file
 * @error: return location for a #GError
 *
 * Where @source is a set in @root, compares the files that are there with their checksums. Reads
 * all of them, 0.4 s for QM9; any thread.
 *
 * Errors: %MLP_ERROR_DAMAGED with the name of the file
 *
 * Returns: %FALSE for a damaged file
 */
gboolean               ds_published_check      (const char            *root,
                                                const char            *source,
                                                GError               **error);

G_END_DECLS
