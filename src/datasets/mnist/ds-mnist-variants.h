/* ds-mnist-variants.h: MNIST variants and their class names.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char        *name;          /* "Fashion-MNIST" */
  guint              n_classes;
  const char *const *class_names;   /* n_classes of them */
  gboolean           turned;        /* rows are columns */
  gboolean           fixed;         /* its files' name tells the classes: there are no others */
} DsMnistVariant;

/**
 * ds_mnist_variants_recognise:
 * @folder: where the files lie; its name may tell
 * @prefix: what stands before "train-images…" in the files' names: "" or
 *   "emnist-letters-"
 * @labels: the first labels of the files
 * @n_labels: how many; ten tell
 * @n_classes: as the labels have it
 *
 * Returns: (nullable): the relative, or %NULL for a set of unknown origin
 */
const DsMnistVariant *ds_mnist_variants_recognise (const char   *folder,
                                                   const char   *prefix,
                                                   const guint8 *labels,
                                                   gsize         n_labels,
                                                   guint         n_classes);

G_END_DECLS
