/* test-extra-samples.c: samples that are added to those of a set train, and nothing else.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "core/mlp-error.h"
#include "core/mlp-random.h"
#include "core/net/mlp-split.h"
#include "datasets/ds-extra-samples.h"
#include "datasets/ds-split.h"
#include "test-util.h"

#define test_assert_match(text, pattern) \
  G_STMT_START { \
    if (!g_pattern_match_simple ((pattern), (text))) \
    g_error ("“%s” does not match “%s”", (text), (pattern)); \
  } G_STMT_END

/* (transfer full): random pictures of ten classes, all to train but @n_test. */
static DsSet *
make_set (gsize   n,
          gsize   n_test,
          guint64 seed)
{
  MlpRandom random;
  guint8 *x = g_malloc (n * 784);
  guint8 *y = g_malloc (n);
  DsSet *set;

  mlp_random_seed (&random, seed, 1);
  for (gsize i = 0; i < n * 784; i++)
    x[i] = (guint8) mlp_random_below (&random, 256);
  for (gsize i = 0; i < n; i++)
    y[i] = (guint8) (i % 10);

  set = ds_set_new ("set", "/set", mlp_samples_new_classes (x, 1.0f / 256.0f, y, 784, 10, n));
  set->n_train = n - n_test;
  set->n_test = n_test;
  set->rows = set->columns = 28;

  return set;
}

static void
test_add (void)
{
  g_autoptr(DsSet) set = make_set (3000, 500, 1);
  g_autoptr(DsSet) added = make_set (1000, 100, 2);
  g_autoptr(DsSet) both = NULL;
  g_autoptr(GError) error = NULL;
  gsize n_kept = 0;
  gsize place = 3000;

  both = ds_extra_samples_add (set, added, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (both->identity, ==, set->identity);
  g_assert_cmpuint (both->n_train, ==, 2500);
  g_assert_cmpuint (both->n_test, ==, 500);

  for (gsize i = 0; i < 3000; i++)
    g_assert_cmpmem (mlp_samples_peek_bytes (both->samples, i), 784, mlp_samples_peek_bytes (set->samples, i), 784);

  /* The test part of what is added stays away, and what is kept for testing. */
  for (gsize i = 0; i < 900; i++)
    {
      const guint8 *picture = mlp_samples_peek_bytes (added->samples, i);

      if (ds_extra_samples_is_for_test (picture, 784))
        {
          n_kept++;
          continue;
        }
      g_assert_cmpmem (mlp_samples_peek_bytes (both->samples, place), 784, picture, 784);
      g_assert_cmpuint (mlp_samples_get_class (both->samples, place), ==, i % 10);
      place++;
    }
  g_assert_cmpuint (place, ==, mlp_samples_get_n (both->samples));
  g_assert_cmpuint (both->n_added, ==, 900 - n_kept);

  /* A fifth of 900, within four standard deviations of 12. */
  g_assert_cmpuint (n_kept, >, 180 - 48);
  g_assert_cmpuint (n_kept, <, 180 + 48);
}

static void
test_add_refused (void)
{
  g_autoptr(DsSet) set = make_set (100, 0, 1);
  g_autoptr(DsSet) small = make_set (100, 0, 1);
  g_autoptr(GError) error = NULL;

  small->rows = 14;
  small->columns = 56;
  g_assert_null (ds_extra_samples_add (set, small, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_SHAPE);
  test_assert_match (error->message, "*28 × 28*56 × 14*");
  g_clear_error (&error);

}

/* Drawings of an eleventh class: the set has it from then on. */
static void
test_add_class (void)
{
  static char *names[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "Δ", NULL };
  g_autoptr(DsSet) set = make_set (100, 20, 1);
  g_autoptr(DsSet) few = make_set (30, 0, 2);
  g_autoptr(DsSet) wide = ds_extra_samples_widen (few, 11, names);
  g_autoptr(DsSet) both = ds_extra_samples_add (set, wide, NULL);

  g_assert_nonnull (both);
  g_assert_cmpuint (mlp_samples_get_n_outputs (both->samples), ==, 11);
  g_assert_cmpuint (g_strv_length (both->class_names), ==, 11);
  g_assert_cmpstr (both->class_names[3], ==, "3");
  g_assert_cmpstr (both->class_names[10], ==, "Δ");
  g_assert_cmpuint (both->n_test, ==, 20);
}

/* How often each item trains, validates and tests. */
static void
check_split (const DsSet *set,
             gsize        limit,
             gsize        n_own,
             gsize        repeats)
{
  DsSplitOptions options = DS_SPLIT_OPTIONS_DEFAULT;
  g_autoptr(GError) error = NULL;
  g_autoptr(MlpSplit) split = NULL;
  gsize n_all = mlp_samples_get_n (set->samples);
  g_autofree guint *counts = g_new0 (guint, n_all);
  gsize n;
  const guint32 *items;

  options.limit = limit;
  options.n_validation = 400;
  split = ds_split_make (set, &options, &error);
  g_assert_no_error (error);

  items = mlp_split_peek (split, MLP_TRAIN, &n);
  g_assert_cmpuint (n, ==, n_own + repeats * set->n_added);
  for (gsize i = 0; i < n; i++)
    counts[items[i]]++;
  for (gsize i = 0; i < n_all; i++)
    g_assert_cmpuint (counts[i], ==, i < n_own ? 1 : i < n_all - set->n_added ? 0 : repeats);

  items = mlp_split_peek (split, MLP_VALIDATION, &n);
  g_assert_cmpuint (n, ==, 400);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpuint (items[i], ==, 2100 + i);

  items = mlp_split_peek (split, MLP_TEST, &n);
  g_assert_cmpuint (n, ==, 500);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpuint (items[i], ==, 2500 + i);
}

static void
test_split (void)
{
  g_autoptr(DsSet) set = make_set (3000, 500, 1);
  g_autoptr(DsSet) few = make_set (20, 0, 2);
  g_autoptr(DsSet) many = make_set (1000, 0, 3);
  g_autoptr(DsSet) with_few = ds_extra_samples_add (set, few, NULL);
  g_autoptr(DsSet) with_many = ds_extra_samples_add (set, many, NULL);

  /* 2,100 train: a twentieth of that is 105. */
  check_split (with_few, 0, 2100, (gsize) (105.0 / (double) with_few->n_added + 0.5));
  check_split (with_few, 500, 500, (gsize) (25.0 / (double) with_few->n_added + 0.5));
  check_split (with_many, 0, 2100, 1);

  g_assert_cmpuint (ds_extra_samples_get_repeats (50000, 50), ==, 50);
  g_assert_cmpuint (ds_extra_samples_get_repeats (50000, 3), ==, 100);
  g_assert_cmpuint (ds_extra_samples_get_repeats (50000, 30000), ==, 1);
  g_assert_cmpuint (ds_extra_samples_get_repeats (50000, 0), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/datasets/add/samples", test_add);
  g_test_add_func ("/datasets/add/refused", test_add_refused);
  g_test_add_func ("/datasets/add/class", test_add_class);
  g_test_add_func ("/datasets/add/split", test_split);

  return g_test_run ();
}
