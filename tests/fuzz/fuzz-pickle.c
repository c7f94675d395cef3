/* fuzz-pickle.c: pickles of whatever bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "datasets/mnist/ds-pickle.h"

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         n_bytes);

static void
check_sound (const DsPickle *pickle)
{
  gsize n = pickle->n[0] + pickle->n[1] + pickle->n[2];
  guint sum = 0;

  g_assert_cmpuint (n, >=, DS_PICKLE_N_PARTS);
  g_assert_cmpuint (pickle->n_inputs, >=, 1);
  g_assert_cmpuint (pickle->n_classes, >=, 2);

  for (gsize i = 0; i < n; i++)
    g_assert_cmpuint (pickle->labels[i], <, pickle->n_classes);
  for (gsize i = 0; i < n * pickle->n_inputs; i++)
    sum += pickle->pixels[i];
  g_assert_cmpuint (sum, <=, 255 * n * pickle->n_inputs);
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         n_bytes)
{
  g_autoptr(IoStream) stream = io_stream_new_memory ("fuzz", bytes, n_bytes);
  g_autoptr(GError) error = NULL;
  g_auto(DsPickle) pickle = { 0 };
  gboolean good = ds_pickle_read (stream, &pickle, NULL, NULL, &error);

  g_assert_true (good == (error == NULL));
  if (good)
    check_sound (&pickle);

  return 0;
}
