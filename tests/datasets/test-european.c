/* test-european.c: European hands' digits train besides those of a set, in the share
 * that is asked for, and do nothing else.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/mlp-error.h"
#include "core/mlp-random.h"
#include "core/net/mlp-split.h"
#include "datasets/ds-european.h"
#include "datasets/ds-extra-samples.h"
#include "datasets/ds-open.h"
#include "datasets/ds-split.h"
#include "test-util.h"

#define N 3000
#define N_TEST 500

/* Of the 16,000 built-in digits that train, two hands in five. */
#define N_EUROPEAN 6400

/* (transfer full): random pictures of ten classes. */
static DsSet *
make_set (void)
{
  MlpRandom random;
  guint8 *x = g_malloc (N * 784);
  guint8 *y = g_malloc (N);
  DsSet *set;

  mlp_random_seed (&random, 1, 1);
  for (gsize i = 0; i < N * 784; i++)
    x[i] = (guint8) mlp_random_below (&random, 256);
  for (gsize i = 0; i < N; i++)
    y[i] = (guint8) (i % 10);

  set = ds_set_new ("set", "/set", mlp_samples_new_classes (x, 1.0f / 256.0f, y, 784, 10, N));
  set->n_train = N - N_TEST;
  set->n_test = N_TEST;
  set->rows = set->columns = 28;

  return set;
}

static DsSet *
add_european (const DsSet *set)
{
  g_autoptr(GError) error = NULL;
  DsSet *both = ds_european_add (set, &error);

  g_assert_no_error (error);

  return both;
}

/* They are the built-in ones of such hands that train, and none that validates or tests. */
static void
test_pool (void)
{
  g_autoptr(DsSet) set = make_set ();
  g_autoptr(DsSet) both = add_european (set);
  g_autoptr(DsSet) digits = ds_open ("builtin:digits", NULL, NULL, NULL);
  g_autoptr(DsSet) wide = NULL;
  gsize place = N;

  g_assert_cmpuint (both->n_european, ==, N_EUROPEAN);
  g_assert_cmpuint (mlp_samples_get_n (both->samples), ==, N + N_EUROPEAN);
  g_assert_cmpuint (ds_set_get_n_own (both), ==, N);
  g_assert_cmpuint (both->n_train, ==, set->n_train);
  g_assert_cmpuint (both->n_test, ==, set->n_test);
  g_assert_cmpstr (both->identity, ==, set->identity);

  for (gsize i = 0; i < N; i++)
    g_assert_cmpmem (mlp_samples_peek_bytes (both->samples, i), 784, mlp_samples_peek_bytes (set->samples, i), 784);
  for (gsize i = 0; i < digits->n_train; i++)
    if (i / 10 % 5 == 0 || i / 10 % 5 == 3)
      {
        g_assert_cmpmem (mlp_samples_peek_bytes (both->samples, place), 784,
                         mlp_samples_peek_bytes (digits->samples, i), 784);
        g_assert_cmpuint (mlp_samples_get_class (both->samples, place), ==, mlp_samples_get_class (digits->samples, i));
        place++;
      }
  g_assert_cmpuint (place, ==, N + N_EUROPEAN);

  wide = ds_extra_samples_widen (both, 12, NULL);
  g_assert_cmpuint (wide->n_european, ==, N_EUROPEAN);
}

static void
assert_same_part (const MlpSplit *a,
                  const MlpSplit *b,
                  MlpPart         part)
{
  gsize n_a, n_b;
  const guint32 *items_a = mlp_split_peek (a, part, &n_a);
  const guint32 *items_b = mlp_split_peek (b, part, &n_b);

  g_assert_cmpmem (items_a, n_a * sizeof (guint32), items_b, n_b * sizeof (guint32));
}

/* Of 0.1 the tenth of all that train; of 0.5 the half; each digit as often as any other,
 * or once more. The other parts stay. */
static void
test_share (void)
{
  static const struct
  {
    float share;
    gsize limit;
    gsize n_train;
    gsize n_european;
  } cases[] = {
    { 0.0f, 0, 2000, 0 }, { 0.1f, 0, 2000, 222 }, { 0.5f, 0, 2000, 2000 }, { 0.2f, 100, 100, 25 },
  };
  g_autoptr(DsSet) set = make_set ();
  g_autoptr(DsSet) european = add_european (set);
  g_autoptr(DsSet) both = ds_extra_samples_add (european, set, NULL);
  gsize n_added = both->n_added;

  g_assert_cmpuint (both->n_european, ==, N_EUROPEAN);
  g_assert_cmpuint (mlp_samples_get_n (both->samples), ==, N + N_EUROPEAN + n_added);
  g_assert_cmpmem (mlp_samples_peek_bytes (both->samples, N + n_added), N_EUROPEAN * 784,
                   mlp_samples_peek_bytes (european->samples, N), N_EUROPEAN * 784);

  for (gsize k = 0; k < G_N_ELEMENTS (cases); k++)
    {
      DsSplitOptions options = DS_SPLIT_OPTIONS_DEFAULT;
      g_autoptr(MlpSplit) without = NULL;
      g_autoptr(MlpSplit) split = NULL;
      g_autoptr(MlpSplit) split_both = NULL;
      const guint32 *items;
      gsize n;

      options.n_validation = 500;
      options.limit = cases[k].limit;
      without = ds_split_make (set, &options, NULL);
      options.european_share = cases[k].share;
      split = ds_split_make (european, &options, NULL);
      split_both = ds_split_make (both, &options, NULL);

      assert_same_part (split, without, MLP_VALIDATION);
      assert_same_part (split, without, MLP_TEST);
      assert_same_part (split_both, without, MLP_TEST);

      items = mlp_split_peek (split, MLP_TRAIN, &n);
      g_assert_cmpuint (n, ==, cases[k].n_train + cases[k].n_european);
      for (gsize i = 0; i < n; i++)
        g_assert_cmpuint (items[i], ==, i < cases[k].n_train ? i : N + i - cases[k].n_train);

      items = mlp_split_peek (split_both, MLP_TRAIN, &n);
      g_assert_cmpuint (n, ==, cases[k].n_train + cases[k].n_european +
                        n_added * ds_extra_samples_get_repeats (cases[k].n_train, n_added));
      g_assert_cmpuint (items[cases[k].n_train + cases[k].n_european], ==, N);
    }

  /* More are wanted than there are: again from the first. */
  g_assert_cmpuint (ds_european_count (50000, 0.5f), ==, 50000);

  /* Whatever a file says. */
  g_assert_cmpuint (ds_european_count (50000, 1.0f), ==, 50000);
  g_assert_cmpuint (ds_european_count (50000, -1.0f), ==, 0);
}

static void
assert_refused (const DsSet *set,
                const char  *words)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (ds_european_fits (set));
  g_assert_null (ds_european_add (set, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, words));
  g_clear_error (&error);
  g_assert_false (ds_european_check (set, 0.1f, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (ds_european_check (set, 0.0f, &error));
}

static void
test_misfits (void)
{
  g_autoptr(DsSet) digits = ds_open ("builtin:digits", NULL, NULL, NULL);
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "data", "samples", NULL);
  g_autoptr(DsSet) files = ds_open (folder, NULL, NULL, NULL);
  g_autoptr(DsSet) clothes = make_set ();
  g_autoptr(DsSet) small = make_set ();
  g_autoptr(DsSet) both = NULL;
  g_autoptr(GError) error = NULL;

  clothes->class_names = g_strsplit ("0 1 2 3 4 5 6 7 8 Boot", " ", -1);
  small->rows = 14;
  small->columns = 56;
  assert_refused (digits, "already");
  assert_refused (clothes, "MNIST");
  assert_refused (small, "MNIST");

  /* The built-in ones in another place. */
  g_assert_null (ds_european_add (files, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "already"));
  g_clear_error (&error);

  small->rows = small->columns = 28;
  both = add_european (small);
  g_assert_false (ds_european_check (both, 0.6f, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (ds_european_check (both, 0.5f, &error));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/datasets/european/pool", test_pool);
  g_test_add_func ("/datasets/european/share", test_share);
  g_test_add_func ("/datasets/european/misfits", test_misfits);

  return g_test_run ();
}
