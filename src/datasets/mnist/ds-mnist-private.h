/* ds-mnist-private.h: internals of MNIST: locating, reading, and the built-in digits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "datasets/mnist/ds-idx.h"
#include "datasets/mnist/ds-mnist.h"
#include "io/io-progress.h"

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

/* The two files of a part, open. */
typedef struct
{
  IoStream    *images;    /* (nullable): the part is missing, then both are */
  IoStream    *labels;
  DsIdxHeader  header;    /* of the images */
} DsMnistPart;

void          ds_mnist_files_free    (DsMnistFiles  *files);
void          ds_mnist_part_clear    (DsMnistPart   *part);

/* (transfer full) (nullable): the files in a folder whose prefix is @prefix;
 * with %NULL those without a prefix, or the only ones there are.
 * Errors: %MLP_ERROR_OPEN, %MLP_ERROR_FORMAT if there are none or several */
DsMnistFiles *ds_mnist_find_files    (const char    *folder,
                                      const char    *prefix,
                                      GError       **error);

/* (transfer full) (nullable): the only pickle in a folder, whatever it is called */
char         *ds_mnist_find_pickle   (const char    *folder);

/* (transfer full) (nullable): @path, which holds IDX, and those beside it. */
DsMnistFiles *ds_mnist_find_partners (const char    *path,
                                      GError       **error);

/* Reads the headers and compares the counts. */
gboolean      ds_mnist_part_start    (DsMnistPart   *part,
                                      GError       **error);

/* Reads both parts behind their headers into one set. */
DsSet        *ds_mnist_read_parts    (DsMnistPart   *parts,
                                      const char    *folder,
                                      const char    *prefix,
                                      const char    *source,
                                      IoProgressFunc progress,
                                      gpointer       user_data,
                                      GError       **error);

/* One IDX file, and its partners beside it. */
DsSet        *ds_mnist_open_file     (const char    *path,
                                      IoProgressFunc progress,
                                      gpointer       user_data,
                                      GError       **error);

/* How many classes there are, from the labels of all parts. A label that stands far off
 * the others, or off them and is far rarer, is taken for damage and not counted, lest one
 * wrong byte makes a network of 256 outputs. The rarest of classes without a gap counts. */
guint         ds_mnist_count_classes (const guint8  *labels,
                                      gsize          n_labels);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DsMnistFiles, ds_mnist_files_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DsMnistPart, ds_mnist_part_clear)

G_END_DECLS
