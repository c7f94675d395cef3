/* ds-builtin.c: the sets that ship inside the program.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "datasets/ds-builtin.h"
#include "datasets/mnist/ds-mnist-private.h"

/* The last two blocks of hands of data/samples/make-digits.c. */
#define N_VALIDATION 2000

/* ds-builtin-data.S */
extern const guint8 ds_builtin_train_images[], ds_builtin_train_images_end[];
extern const guint8 ds_builtin_train_labels[], ds_builtin_train_labels_end[];
extern const guint8 ds_builtin_test_images[], ds_builtin_test_images_end[];
extern const guint8 ds_builtin_test_labels[], ds_builtin_test_labels_end[];

static gboolean
start_part (DsMnistPart  *part,
            const guint8 *images,
            const guint8 *images_end,
            const guint8 *labels,
            const guint8 *labels_end,
            GError      **error)
{
  part->images = io_stream_new_memory ("builtin:digits, pictures", images, (gsize) (images_end - images));
  part->labels = io_stream_new_memory ("builtin:digits, labels", labels, (gsize) (labels_end - labels));

  return ds_mnist_part_start (part, error);
}

DsSet *
ds_builtin_open_digits (GError **error)
{
  g_auto(DsMnistPart) train = { 0 };
  g_auto(DsMnistPart) test = { 0 };
  DsSet *set;

  if (!start_part (&train, ds_builtin_train_images, ds_builtin_train_images_end,
                   ds_builtin_train_labels, ds_builtin_train_labels_end, error) ||
      !start_part (&test, ds_builtin_test_images, ds_builtin_test_images_end,
                   ds_builtin_test_labels, ds_builtin_test_labels_end, error))
    return NULL;

  set = ds_mnist_read_parts ((DsMnistPart[]) { train, test }, N_("Built-in digits"), "",
                             "builtin:digits", NULL, NULL, error);
  if (set == NULL)
    return NULL;

  set->n_train -= N_VALIDATION;
  set->n_validation = N_VALIDATION;

  return set;
}
