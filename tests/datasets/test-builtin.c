/* test-builtin.c: the digits that ship inside the program.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "core/mlp-error.h"
#include "datasets/ds-set.h"
#include "test-util.h"

/* Changes when data/samples does, and with it what every run on them gives. */
#define IDENTITY "sha256:8dcb711fafb9720752759fc6cf636830cc55d10d030ebf9d6f32d726284f04d4"

static DsSet *
open_set (const char *source)
{
  g_autoptr(GError) error = NULL;
  DsSet *set = ds_set_open (source, NULL, NULL, &error);

  g_assert_no_error (error);

  return set;
}

static void
test_counts (void)
{
  g_autoptr(DsSet) set = open_set ("builtin:digits");

  g_assert_cmpstr (set->name, ==, "Built-in digits");
  g_assert_cmpstr (set->source, ==, "builtin:digits");
  g_assert_cmpstr (set->identity, ==, IDENTITY);
  g_assert_cmpuint (set->n_train, ==, 8000);
  g_assert_cmpuint (set->n_validation, ==, 1000);
  g_assert_cmpuint (set->n_test, ==, 1000);
  g_assert_cmpuint (mlp_samples_get_n (set->samples), ==, 10000);
  g_assert_cmpuint (mlp_samples_get_n_inputs (set->samples), ==, 784);
  g_assert_cmpuint (mlp_samples_get_n_outputs (set->samples), ==, 10);
  g_assert_cmpuint (set->rows, ==, 28);
  g_assert_cmpuint (set->columns, ==, 28);
  g_assert_cmpuint (g_strv_length (set->class_names), ==, 10);
  g_assert_cmpstr (set->class_names[7], ==, "7");
}

static void
test_balance (void)
{
  g_autoptr(DsSet) set = open_set ("builtin:digits");
  const DsSplitOptions options = DS_SPLIT_OPTIONS_DEFAULT;
  g_autoptr(MlpSplit) split = ds_set_split (set, &options, NULL);
  static const guint expected[MLP_N_PARTS] = { 800, 100, 100 };

  for (MlpPart part = MLP_TRAIN; part <= MLP_TEST; part++)
    {
      gsize n;
      const guint32 *items = mlp_split_peek (split, part, &n);
      guint counts[10] = { 0 };

      for (gsize i = 0; i < n; i++)
        counts[mlp_samples_get_class (set->samples, items[i])]++;
      for (gsize c = 0; c < 10; c++)
        g_assert_cmpuint (counts[c], ==, expected[part]);
    }
}

/* No picture is empty, and none is there twice. */
static void
test_pictures (void)
{
  g_autoptr(DsSet) set = open_set ("builtin:digits");
  g_autoptr(GHashTable) seen = g_hash_table_new (g_bytes_hash, g_bytes_equal);
  g_autoptr(GPtrArray) pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  double sum = 0.0;

  for (gsize i = 0; i < mlp_samples_get_n (set->samples); i++)
    {
      const guint8 *x = mlp_samples_peek_bytes (set->samples, i);
      GBytes *picture = g_bytes_new_static (x, 784);
      guint ink = 0;

      g_ptr_array_add (pictures, picture);
      g_assert_true (g_hash_table_add (seen, picture));
      for (gsize k = 0; k < 784; k++)
        ink += x[k];
      g_assert_cmpuint (ink, >, 20 * 255);
      sum += ink;
    }

  /* MNIST has 0.1307. */
  assert_close (sum / (255.0 * 784.0 * 10000.0), 0.1307, 0.01);
}

/* The files it was made of, as a folder. */
static void
test_folder (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "data", "samples", NULL);
  g_autoptr(DsSet) set = open_set (folder);

  g_assert_cmpstr (set->identity, ==, IDENTITY);
  g_assert_cmpuint (set->n_train, ==, 9000);
}

static void
test_unknown (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (ds_set_open ("builtin:letters", NULL, NULL, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_OPEN);
  g_assert_nonnull (strstr (error->message, "“builtin:digits”"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/datasets/builtin/counts", test_counts);
  g_test_add_func ("/datasets/builtin/balance", test_balance);
  g_test_add_func ("/datasets/builtin/pictures", test_pictures);
  g_test_add_func ("/datasets/builtin/folder", test_folder);
  g_test_add_func ("/datasets/builtin/unknown", test_unknown);

  return g_test_run ();
}
