/* test-samples.c: samples into batches, and their parts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/net/mlp-samples.h"
#include "core/net/mlp-split.h"
#include "test-util.h"

/* Three pictures of two pixels; classes 2, 0, 1 of three. */
static MlpSamples *
make_pictures (void)
{
  static const guint8 x[] = { 0, 255, 1, 2, 128, 64 };
  static const guint8 classes[] = { 2, 0, 1 };

  return mlp_samples_new_classes (g_memdup2 (x, sizeof x), 1.0f / 256.0f,
                                  g_memdup2 (classes, sizeof classes), 2, 3, 3);
}

static void
test_classes (void)
{
  static const guint32 items[] = { 2, 0, 2 };
  static const float want_x[] = { 0.5f, 0.25f, 0.0f, 255.0f / 256.0f, 0.5f, 0.25f };
  static const float want_y[] = { 0.0f, 1.0f, 0.0f, 0.0f, 0.0f, 1.0f, 0.0f, 1.0f, 0.0f };
  g_autoptr(MlpSamples) samples = make_pictures ();
  float x[7];
  float y[10];

  g_assert_cmpuint (mlp_samples_get_n (samples), ==, 3);
  g_assert_cmpuint (mlp_samples_get_n_inputs (samples), ==, 2);
  g_assert_cmpuint (mlp_samples_get_n_outputs (samples), ==, 3);
  g_assert_true (mlp_samples_has_classes (samples));
  g_assert_cmpfloat (mlp_samples_get_scale (samples), ==, 1.0f / 256.0f);
  g_assert_cmpuint (mlp_samples_get_class (samples, 0), ==, 2);
  g_assert_cmpuint (mlp_samples_get_class (samples, 2), ==, 1);
  g_assert_cmpuint (mlp_samples_peek_bytes (samples, 1)[1], ==, 2);

  /* The whole column is written, and nothing behind the last. */
  for (gsize i = 0; i < 10; i++)
    y[i] = 7.0f;
  x[6] = 7.0f;

  mlp_samples_get_batch (samples, items, 3, x, y);
  g_assert_cmpmem (x, sizeof want_x, want_x, sizeof want_x);
  g_assert_cmpmem (y, sizeof want_y, want_y, sizeof want_y);
  g_assert_cmpfloat (x[6], ==, 7.0f);
  g_assert_cmpfloat (y[9], ==, 7.0f);

  /* Either alone. */
  memset (x, 0, sizeof x);
  memset (y, 0, sizeof y);
  mlp_samples_get_batch (samples, items, 3, x, NULL);
  g_assert_cmpmem (x, sizeof want_x, want_x, sizeof want_x);
  g_assert_cmpfloat (y[1], ==, 0.0f);
  mlp_samples_get_batch (samples, items, 3, NULL, y);
  g_assert_cmpmem (y, sizeof want_y, want_y, sizeof want_y);
}

/* Which of them are pictures is known of bytes alone. */
static void
test_pictures (void)
{
  g_autoptr(MlpSamples) pictures = mlp_samples_new_pictures (g_malloc0 (12), 1.0f, g_malloc0 (2), 2, 3, 2, 2);
  g_autoptr(MlpSamples) others = mlp_samples_new_classes (g_malloc0 (12), 1.0f, g_malloc0 (2), 6, 2, 2);
  gsize rows = 7;
  gsize columns = 7;

  g_assert_cmpuint (mlp_samples_get_n_inputs (pictures), ==, 6);
  g_assert_true (mlp_samples_get_picture (pictures, &rows, &columns));
  g_assert_cmpuint (rows, ==, 2);
  g_assert_cmpuint (columns, ==, 3);
  g_assert_false (mlp_samples_get_picture (others, &rows, &columns));
  g_assert_cmpuint (rows, ==, 0);
  g_assert_cmpuint (columns, ==, 0);
}

/* All bytes, at a width that no vector divides. */
static void
test_scale (void)
{
  static const guint32 items[] = { 1, 0 };
  guint8 *bytes = g_new (guint8, 2 * 257);
  g_autoptr(MlpSamples) samples = NULL;
  float x[2 * 257];

  for (gsize i = 0; i < 2 * 257; i++)
    bytes[i] = (guint8) (i * 3);

  samples = mlp_samples_new_classes (bytes, 1.0f / 255.0f, g_malloc0 (2), 257, 2, 2);
  mlp_samples_get_batch (samples, items, 2, x, NULL);

  for (gsize i = 0; i < 257; i++)
    {
      g_assert_cmpfloat (x[i], ==, (float) bytes[257 + i] * (1.0f / 255.0f));
      g_assert_cmpfloat (x[257 + i], ==, (float) bytes[i] * (1.0f / 255.0f));
    }
}

static void
test_values (void)
{
  static const float inputs[] = { 1.0f, 2.0f, 3.0f, 4.0f, 5.0f, 6.0f };
  static const float targets[] = { -1.0f, -2.0f, -3.0f };
  static const guint32 items[] = { 2, 0 };
  g_autoptr(MlpSamples) samples = mlp_samples_new_values (g_memdup2 (inputs, sizeof inputs),
                                                          g_memdup2 (targets, sizeof targets), 2, 1, 3);
  float x[4];
  float y[2];

  g_assert_false (mlp_samples_has_classes (samples));
  g_assert_cmpuint (mlp_samples_get_n_outputs (samples), ==, 1);
  g_assert_null (mlp_samples_peek_bytes (samples, 0));

  mlp_samples_get_batch (samples, items, 2, x, y);
  g_assert_cmpfloat (x[0], ==, 5.0f);
  g_assert_cmpfloat (x[1], ==, 6.0f);
  g_assert_cmpfloat (x[2], ==, 1.0f);
  g_assert_cmpfloat (y[0], ==, -3.0f);
  g_assert_cmpfloat (y[1], ==, -1.0f);
}

static void
test_split (void)
{
  static const guint32 order[] = { 4, 2, 0, 1, 3, 5 };
  g_autoptr(MlpSplit) split = mlp_split_new (g_memdup2 (order, sizeof order), 3, 0, 2);
  g_autoptr(MlpSplit) again = mlp_split_ref (split);
  gsize n;

  g_assert_true (again == split);
  g_assert_cmpuint (mlp_split_peek (split, MLP_TRAIN, &n)[0], ==, 4);
  g_assert_cmpuint (n, ==, 3);
  mlp_split_peek (split, MLP_VALIDATION, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpuint (mlp_split_peek (split, MLP_TEST, &n)[1], ==, 3);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (mlp_split_peek (split, MLP_TEST, NULL)[0], ==, 1);

  g_assert_cmpstr (mlp_split_get_part_name (MLP_TRAIN), ==, "train");
  g_assert_cmpstr (mlp_split_get_part_name (MLP_VALIDATION), ==, "validation");
  g_assert_cmpstr (mlp_split_get_part_name (MLP_TEST), ==, "test");
}

/* The last reference frees, whoever has it. */
static void
test_references (void)
{
  MlpSamples *samples = make_pictures ();
  MlpSamples *again = mlp_samples_ref (samples);

  g_assert_true (again == samples);
  mlp_samples_unref (samples);
  g_assert_cmpuint (mlp_samples_get_class (again, 0), ==, 2);
  mlp_samples_unref (again);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/samples/classes", test_classes);
  g_test_add_func ("/core/samples/pictures", test_pictures);
  g_test_add_func ("/core/samples/scale", test_scale);
  g_test_add_func ("/core/samples/values", test_values);
  g_test_add_func ("/core/samples/split", test_split);
  g_test_add_func ("/core/samples/references", test_references);

  return g_test_run ();
}
