/* ds-mnist-files-private.h: files of an MNIST-style data set, by their names or else by what is in them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum
{
  DS_MNIST_TRAIN,
  DS_MNIST_TEST,
};

enum
{
  DS_MNIST_IMAGES,
  DS_MNIST_LABELS,
};

/* Four files that belong together; %NULL for those that are missing. */
typedef struct
{
  char *folder;
  char *prefix;           /* "" or "emnist-letters-" */
  char *paths[2][2];      /* part, kind */
} DsMnistFiles;

void          ds_mnist_files_free          (DsMnistFiles *files);

/* (transfer full) (nullable): the files in a folder whose prefix is @prefix;
 * with %NULL those without a prefix, or the only ones there are.
 * Errors: %MLP_ERROR_OPEN, %MLP_ERROR_FORMAT if there are none or several */
DsMnistFiles *ds_mnist_files_find          (const char   *folder,
                                            const char   *prefix,
                                            GError      **error);

/* (transfer full) (nullable): the only pickle in a folder, whatever it is called */
char         *ds_mnist_files_find_pickle   (const char   *folder);

/* (transfer full) (nullable): @path, which holds IDX, and those beside it. */
DsMnistFiles *ds_mnist_files_find_partners (const char   *path,
                                            GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DsMnistFiles, ds_mnist_files_free)

G_END_DECLS
