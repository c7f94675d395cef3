/* fuzz-idx.c: two files of whatever bytes as pictures and labels.
 *
 * The first two bytes say where one ends and the other begins. A set that is
 * made of them must be sound.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "datasets/mnist/ds-mnist-private.h"

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         n_bytes);

static void
check_sound (const DsSet *set)
{
  gsize n = mlp_samples_get_n (set->samples);

  g_assert_cmpuint (set->n_train, ==, n);
  g_assert_cmpuint (mlp_samples_get_n_inputs (set->samples), ==, (gsize) set->rows * set->columns);
  g_assert_cmpuint (g_strv_length (set->class_names), ==, mlp_samples_get_n_outputs (set->samples));
  for (gsize i = 0; i < n; i++)
    g_assert_cmpuint (mlp_samples_get_class (set->samples, i), <, mlp_samples_get_n_outputs (set->samples));
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         n_bytes)
{
  g_auto(DsMnistPart) train = { 0 };
  g_autoptr(DsSet) set = NULL;
  g_autoptr(GError) error = NULL;
  gsize n_images;

  if (n_bytes < 2)
    return 0;

  n_images = MIN (bytes[0] | bytes[1] << 8, n_bytes - 2);
  train.images = io_stream_new_memory ("images", bytes + 2, n_images);
  train.labels = io_stream_new_memory ("labels", bytes + 2 + n_images, n_bytes - 2 - n_images);

  if (ds_mnist_part_start (&train, &error))
    set = ds_mnist_read_parts ((DsMnistPart[]) { train, { 0 } }, "folder", "", "fuzz", NULL, NULL, &error);

  g_assert_true ((set == NULL) == (error != NULL));
  if (set != NULL)
    check_sound (set);

  return 0;
}
