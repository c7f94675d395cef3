/* test-real.c: the real MNIST, where it is at hand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "datasets/ds-set.h"
#include "test-util.h"

static char *folder;

static gboolean
have_file (const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  g_test_skip ("The real MNIST is not here; PERZEPTRON_TEST_DATA may name the folder above it");
  return FALSE;
}

static void
assert_labels (const DsSet *set,
               gsize        start,
               const char  *labels)
{
  for (gsize i = 0; labels[i] != '\0'; i++)
    g_assert_cmpuint (mlp_samples_get_class (set->samples, start + i), ==, labels[i] - '0');
}

static gboolean
on_progress (double   fraction,
             gpointer user_data)
{
  double *last = user_data;

  g_assert_cmpfloat (fraction, >=, *last);
  g_assert_cmpfloat (fraction, <=, 1.0);
  *last = fraction;

  return TRUE;
}

static void
test_idx (void)
{
  g_autoptr(DsSet) set = NULL;
  g_autoptr(GError) error = NULL;
  double fraction = 0.0;
  guint64 n_ink = 0;

  if (!have_file ("train-images-idx3-ubyte.gz"))
    return;

  g_test_timer_start ();
  set = ds_set_open (folder, on_progress, &fraction, &error);
  g_test_minimized_result (g_test_timer_elapsed (), "seconds to load the IDX files");

  g_assert_no_error (error);
  g_assert_cmpfloat (fraction, ==, 1.0);
  g_assert_cmpstr (set->name, ==, "MNIST");
  g_assert_cmpstr (set->source, ==, folder);
  g_assert_cmpuint (set->n_train, ==, 60000);
  g_assert_cmpuint (set->n_validation, ==, 0);
  g_assert_cmpuint (set->n_test, ==, 10000);
  g_assert_cmpuint (set->rows, ==, 28);
  g_assert_cmpuint (set->columns, ==, 28);
  g_assert_cmpuint (mlp_samples_get_n_outputs (set->samples), ==, 10);
  g_assert_cmpuint (g_strv_length (set->class_names), ==, 10);
  assert_labels (set, 0, "50419");
  assert_labels (set, 60000, "72104");

  for (gsize i = 0; i < 70000; i++)
    {
      const guint8 *x = mlp_samples_peek_bytes (set->samples, i);

      for (gsize k = 0; k < 784; k++)
        n_ink += x[k] > 0;
    }
  assert_close ((double) n_ink / (70000.0 * 784.0), 0.19, 0.002);
}

static void
test_pickle (void)
{
  g_autoptr(DsSet) set = NULL;
  g_autoptr(DsSet) idx = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, "mnist.pkl.gz", NULL);
  double fraction = 0.0;

  if (!have_file ("mnist.pkl.gz"))
    return;

  g_test_timer_start ();
  set = ds_set_open (path, on_progress, &fraction, &error);
  g_test_minimized_result (g_test_timer_elapsed (), "seconds to load the pickle");

  g_assert_no_error (error);
  g_assert_cmpstr (set->name, ==, "MNIST (mnist.pkl.gz)");
  g_assert_cmpuint (set->n_train, ==, 50000);
  g_assert_cmpuint (set->n_validation, ==, 10000);
  g_assert_cmpuint (set->n_test, ==, 10000);
  g_assert_cmpuint (set->rows, ==, 28);
  g_assert_cmpuint (set->columns, ==, 28);

  if (!have_file ("train-images-idx3-ubyte.gz"))
    return;

  idx = ds_set_open (folder, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (idx->identity, ==, set->identity);
  g_assert_cmpmem (mlp_samples_peek_bytes (set->samples, 0), 70000 * 784,
                   mlp_samples_peek_bytes (idx->samples, 0), 70000 * 784);
  for (gsize i = 0; i < 70000; i++)
    g_assert_cmpuint (mlp_samples_get_class (set->samples, i), ==, mlp_samples_get_class (idx->samples, i));

  for (gsize i = 0; i < 70000; i += 997)
    {
      guint32 item = (guint32) i;
      float a[784], b[784];

      mlp_samples_get_batch (set->samples, &item, 1, a, NULL);
      mlp_samples_get_batch (idx->samples, &item, 1, b, NULL);
      g_assert_cmpmem (a, sizeof (a), b, sizeof (b));
    }
}

int
main (int   argc,
      char *argv[])
{
  const char *data = g_getenv ("PERZEPTRON_TEST_DATA");
  g_autofree char *path = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);

  path = data != NULL ? g_build_filename (data, "mnist", NULL)
                      : g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", "mnist", NULL);
  folder = g_canonicalize_filename (path, NULL);

  g_test_add_func ("/datasets/real/idx", test_idx);
  g_test_add_func ("/datasets/real/pickle", test_pickle);

  result = g_test_run ();
  g_free (folder);

  return result;
}
