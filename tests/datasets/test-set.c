/* test-set.c: what a set is called, and how it is divided.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/mlp-error.h"
#include "core/net/mlp-split.h"
#include "datasets/ds-set.h"
#include "datasets/ds-split.h"
#include "test-util.h"

static DsSet *
make_set (gsize n_train,
          gsize n_validation,
          gsize n_test)
{
  gsize n = n_train + n_validation + n_test;
  guint8 *x = g_malloc0 (2 * n);
  guint8 *y = g_malloc0 (n);
  DsSet *set;

  for (gsize i = 0; i < n; i++)
    {
      x[2 * i] = (guint8) i;
      y[i] = i % 3;
    }

  set = ds_set_new ("Test", "nowhere", mlp_samples_new_classes (x, 1.0f / 256.0f, y, 2, 3, n));
  set->n_train = n_train;
  set->n_validation = n_validation;
  set->n_test = n_test;

  return set;
}

static void
assert_range (const MlpSplit *split,
              MlpPart         part,
              gsize           start,
              gsize           n)
{
  gsize n_items;
  const guint32 *items = mlp_split_peek (split, part, &n_items);

  g_assert_cmpuint (n_items, ==, n);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpuint (items[i], ==, start + i);
}

static const struct
{
  const char *name;
  gsize       sizes[3];           /* of the set */
  gsize       n_validation;
  gsize       limit;
  gsize       train[2];           /* start, number */
  gsize       validation[2];
} splits[] = {
  { "pickle", { 50, 10, 10 }, G_MAXSIZE, 0, { 0, 50 }, { 50, 10 } },
  { "idx", { 60, 0, 10 }, G_MAXSIZE, 0, { 0, 50 }, { 50, 10 } },
  { "setting", { 60, 0, 10 }, 5, 0, { 0, 55 }, { 55, 5 } },
  { "setting-pickle", { 50, 10, 10 }, 20, 0, { 0, 40 }, { 40, 20 } },
  { "no-validation", { 50, 10, 10 }, 0, 0, { 0, 60 }, { 60, 0 } },
  { "limit", { 60, 0, 10 }, G_MAXSIZE, 7, { 0, 7 }, { 50, 10 } },
  { "limit-too-high", { 60, 0, 10 }, G_MAXSIZE, 99, { 0, 50 }, { 50, 10 } },
  { "few", { 3, 0, 0 }, G_MAXSIZE, 0, { 0, 3 }, { 3, 0 } },
};

static void
test_split (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(DsSet) set = make_set (splits[i].sizes[0], splits[i].sizes[1], splits[i].sizes[2]);
  DsSplitOptions options = DS_SPLIT_OPTIONS_DEFAULT;
  g_autoptr(GError) error = NULL;
  g_autoptr(MlpSplit) split = NULL;

  options.n_validation = splits[i].n_validation;
  options.limit = splits[i].limit;
  split = ds_split_make (set, &options, &error);
  g_assert_no_error (error);
  assert_range (split, MLP_TRAIN, splits[i].train[0], splits[i].train[1]);
  assert_range (split, MLP_VALIDATION, splits[i].validation[0], splits[i].validation[1]);
  assert_range (split, MLP_TEST, splits[i].sizes[0] + splits[i].sizes[1], splits[i].sizes[2]);
}

/* Adds the items of a part to those seen; none was seen before. */
static void
mark_items (const MlpSplit *split,
            MlpPart         part,
            gsize           first,
            gsize           end,
            gboolean       *seen)
{
  gsize n_items;
  const guint32 *items = mlp_split_peek (split, part, &n_items);

  for (gsize i = 0; i < n_items; i++)
    {
      g_assert_cmpuint (items[i], >=, first);
      g_assert_cmpuint (items[i], <, end);
      g_assert_false (seen[items[i]]);
      seen[items[i]] = TRUE;
    }
}

static void
test_shuffle (void)
{
  g_autoptr(DsSet) set = make_set (500, 100, 50);
  g_autoptr(GError) error = NULL;
  MlpSplit *splits_of[3];
  const guint64 seeds[3] = { 7, 7, 8 };
  const guint32 *items[3];
  gsize n_moved = 0;

  for (gsize s = 0; s < 3; s++)
    {
      DsSplitOptions options = { 200, 0, TRUE, seeds[s] };
      gboolean seen[650] = { FALSE };
      gsize n;

      splits_of[s] = ds_split_make (set, &options, &error);
      g_assert_no_error (error);
      items[s] = mlp_split_peek (splits_of[s], MLP_TRAIN, &n);
      g_assert_cmpuint (n, ==, 400);
      mlp_split_peek (splits_of[s], MLP_VALIDATION, &n);
      g_assert_cmpuint (n, ==, 200);
      mark_items (splits_of[s], MLP_TRAIN, 0, 600, seen);
      mark_items (splits_of[s], MLP_VALIDATION, 0, 600, seen);
      assert_range (splits_of[s], MLP_TEST, 600, 50);
    }

  /* Equal seeds, equal splits; and what was validation trains, too. */
  g_assert_cmpmem (items[0], 400 * sizeof (guint32), items[1], 400 * sizeof (guint32));
  g_assert_cmpint (memcmp (items[0], items[2], 400 * sizeof (guint32)), !=, 0);
  for (gsize i = 0; i < 400; i++)
    n_moved += items[0][i] >= 400;
  assert_close ((double) n_moved / 400.0, 1.0 / 3.0, 0.1);

  for (gsize s = 0; s < 3; s++)
    mlp_split_unref (splits_of[s]);
}

/* Fewer for training, drawn anew, are the first of those that would train. */
static void
test_shuffle_limit (void)
{
  g_autoptr(DsSet) set = make_set (60, 0, 5);
  const DsSplitOptions all = { 10, 0, TRUE, 3 };
  const DsSplitOptions few = { 10, 20, TRUE, 3 };
  g_autoptr(MlpSplit) split = ds_split_make (set, &all, NULL);
  g_autoptr(MlpSplit) limited = ds_split_make (set, &few, NULL);

  for (MlpPart part = MLP_TRAIN; part <= MLP_TEST; part++)
    {
      gsize n, n_limited;
      const guint32 *items = mlp_split_peek (split, part, &n);
      const guint32 *limited_items = mlp_split_peek (limited, part, &n_limited);

      g_assert_cmpuint (n_limited, ==, part == MLP_TRAIN ? 20 : n);
      g_assert_cmpmem (items, n_limited * sizeof (guint32), limited_items, n_limited * sizeof (guint32));
    }
}

static void
test_bad_split (void)
{
  g_autoptr(DsSet) set = make_set (50, 10, 10);
  g_autoptr(DsSet) test_only = make_set (0, 0, 10);
  g_autoptr(GError) error = NULL;
  DsSplitOptions options = DS_SPLIT_OPTIONS_DEFAULT;

  options.n_validation = 60;
  g_assert_null (ds_split_make (set, &options, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "60 samples for training and validation; with 60"));
  g_clear_error (&error);

  options.n_validation = G_MAXSIZE;
  g_assert_null (ds_split_make (test_only, &options, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "all 10 belong to the test set"));
}

/* The identity is that of the samples, and of nothing else. */
static void
test_identity (void)
{
  g_autoptr(DsSet) a = make_set (50, 10, 10);
  g_autoptr(DsSet) b = make_set (60, 0, 10);
  g_autoptr(DsSet) c = make_set (60, 0, 11);
  g_autoptr(DsSet) values = NULL;
  float *x = g_new0 (float, 4);
  float *y = g_new0 (float, 2);

  g_assert_true (g_str_has_prefix (a->identity, "sha256:"));
  g_assert_cmpuint (strlen (a->identity), ==, strlen ("sha256:") + 64);
  g_assert_cmpstr (a->identity, ==, b->identity);
  g_assert_cmpstr (a->identity, !=, c->identity);

  /* Two samples of two inputs and one output, all zero: sha256 of three
   * little-endian guint64 and 24 zeros, by Python's hashlib. */
  values = ds_set_new ("Table", "nowhere", mlp_samples_new_values (x, y, 2, 1, 2));
  g_assert_cmpstr (values->identity, ==, "sha256:bdac384d800f552fa1dc9a714d1b6ce3f757526b04ed65f9240792141e6f652e");
}

static void
test_count (void)
{
  DsSet *set = make_set (2, 0, 0);
  DsSet *same = ds_set_ref (set);

  g_assert_true (set == same);
  ds_set_unref (set);
  g_assert_cmpstr (same->name, ==, "Test");
  ds_set_unref (same);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (splits); i++)
    {
      g_autofree char *path = g_strdup_printf ("/datasets/set/split/%s", splits[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_split);
    }

  g_test_add_func ("/datasets/set/shuffle", test_shuffle);
  g_test_add_func ("/datasets/set/shuffle-limit", test_shuffle_limit);
  g_test_add_func ("/datasets/set/bad-split", test_bad_split);
  g_test_add_func ("/datasets/set/identity", test_identity);
  g_test_add_func ("/datasets/set/count", test_count);

  return g_test_run ();
}
