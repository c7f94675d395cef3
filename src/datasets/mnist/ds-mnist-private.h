/* ds-mnist-private.h: internals of MNIST: reading, and the built-in digits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "datasets/mnist/ds-idx.h"
#include "datasets/mnist/ds-mnist.h"
#include "io/io-progress.h"

G_BEGIN_DECLS

/* The two files of a part, open. */
typedef struct
{
  IoStream    *images;    /* (nullable): the part is missing, then both are */
  IoStream    *labels;
  DsIdxHeader  header;    /* of the images */
} DsMnistPart;

void     ds_mnist_part_clear    (DsMnistPart   *part);

/* Reads the headers and compares the counts. */
gboolean ds_mnist_part_start    (DsMnistPart   *part,
                                 GError       **error);

/* Reads both parts behind their headers into one set. */
DsSet   *ds_mnist_read_parts    (DsMnistPart   *parts,
                                 const char    *folder,
                                 const char    *prefix,
                                 const char    *source,
                                 IoProgressFunc progress,
                                 gpointer       user_data,
                                 GError       **error);

/* One IDX file, and its partners beside it. */
DsSet   *ds_mnist_open_file     (const char    *path,
                                 IoProgressFunc progress,
                                 gpointer       user_data,
                                 GError       **error);

/* How many classes there are, from the labels of all parts. A label that stands far off
 * the others, or off them and is far rarer, is taken for damage and not counted, lest one
 * wrong byte makes a network of 256 outputs. The rarest of classes without a gap counts. */
guint    ds_mnist_count_classes (const guint8  *labels,
                                 gsize          n_labels);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DsMnistPart, ds_mnist_part_clear)

G_END_DECLS
