/* test-real.c: the real MNIST, where it is at hand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "datasets/ds-open.h"
#include "datasets/ds-set.h"
#include "ink/ink-stroke-width.h"
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
  set = ds_open (folder, on_progress, &fraction, &error);
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
  set = ds_open (path, on_progress, &fraction, &error);
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

  idx = ds_open (folder, NULL, NULL, &error);
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

/* What the 60,000 training images tell of the rule they were made by: the centre of
 * mass lies at pixel 14.0, the longest side is 20. Sums of whole numbers; the
 * published figures are in ink-frame.h's rule: ⌊15 − b⌋. */
static void
test_rule (void)
{
  g_autoptr(DsSet) set = NULL;
  g_autoptr(GError) error = NULL;
  double sum[2] = { 0.0, 0.0 }, low[2] = { 28.0, 28.0 }, high[2] = { 0.0, 0.0 };
  guint n_full = 0, n_even = 0, n_back = 0;

  if (!have_file ("train-images-idx3-ubyte.gz"))
    return;

  set = ds_open (folder, NULL, NULL, &error);
  g_assert_no_error (error);

  for (gsize i = 0; i < set->n_train; i++)
    {
      const guint8 *x = mlp_samples_peek_bytes (set->samples, i);
      guint8 frame[784];
      guint mass = 0;
      gsize from[2] = { 28, 28 }, to[2] = { 0, 0 };
      double moment[2] = { 0.0, 0.0 };

      for (gsize k = 0; k < 784; k++)
        {
          const gsize at[2] = { k % 28, k / 28 };

          mass += x[k];
          for (gsize axis = 0; axis < 2 && x[k] > 0; axis++)
            {
              moment[axis] += (double) (x[k] * at[axis]);
              from[axis] = MIN (from[axis], at[axis]);
              to[axis] = MAX (to[axis], at[axis] + 1);
            }
        }

      for (gsize axis = 0; axis < 2; axis++)
        {
          const double middle = moment[axis] / mass;

          sum[axis] += middle;
          low[axis] = MIN (low[axis], middle);
          high[axis] = MAX (high[axis], middle);
        }

      if (MAX (to[0] - from[0], to[1] - from[1]) != 20)
        continue;
      n_full++;

      /* A picture that the rule has made is what the rule makes of it; but half a
       * pixel of padding would blur it. */
      if ((to[0] - from[0]) % 2 != 0 || (to[1] - from[1]) % 2 != 0)
        continue;
      n_even++;
      g_assert_true (ink_frame_from_ink (x, 28, 28, 28, frame, NULL));
      n_back += memcmp (x, frame, 784) == 0;
    }

  g_assert_cmpuint (n_full, ==, 59987);
  for (gsize axis = 0; axis < 2; axis++)
    {
      assert_close (sum[axis] / (double) set->n_train, 14.0, 0.002);
      g_assert_cmpfloat (low[axis], >=, 13.47);
      g_assert_cmpfloat (low[axis], <, 13.5);
      g_assert_cmpfloat (high[axis], >, 14.49);
      g_assert_cmpfloat (high[axis], <=, 14.51);
    }
  g_test_message ("%u of %u come back to the byte", n_back, n_even);
  g_assert_cmpuint (n_even, ==, 47841);
  g_assert_cmpuint (n_back, ==, 47838);
}

static int
compare_widths (gconstpointer a,
                gconstpointer b)
{
  const double *one = a;
  const double *other = b;

  return (*one > *other) - (*one < *other);
}

/* What ink-stroke-width.h says of MNIST's pen, and that most digits keep theirs. */
static void
test_pen (void)
{
  g_autoptr(DsSet) set = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree double *widths = NULL;
  gsize n;

  if (!have_file ("train-images-idx3-ubyte.gz"))
    return;

  set = ds_open (folder, NULL, NULL, &error);
  g_assert_no_error (error);
  n = set->n_train;
  widths = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    widths[i] = ink_stroke_width_measure (mlp_samples_peek_bytes (set->samples, i), INK_FRAME_SIDE);
  qsort (widths, n, sizeof (double), compare_widths);

  g_test_message ("5 %%: %.3f, quarter: %.3f, half: %.3f, three quarters: %.3f, 95 %%: %.3f", widths[n / 20],
                  widths[n / 4], widths[n / 2], widths[n * 3 / 4], widths[n * 19 / 20]);
  g_assert_cmpfloat (fabs (widths[n / 20] - 1.77), <=, 0.01);
  g_assert_cmpfloat (fabs (widths[n / 2] - 2.48), <=, 0.01);
  g_assert_cmpfloat (fabs (widths[n * 19 / 20] - 3.75), <=, 0.01);
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
  g_test_add_func ("/datasets/real/rule", test_rule);
  g_test_add_func ("/datasets/real/pen", test_pen);

  result = g_test_run ();
  g_free (folder);

  return result;
}
