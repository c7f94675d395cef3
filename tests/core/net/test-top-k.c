/* test-top-k.c: the largest values against a stable sort.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib.h>
#include <math.h>

#include "core/mlp-random.h"
#include "core/net/mlp-top-k.h"

static int
compare_values (gconstpointer a,
                gconstpointer b,
                gpointer      values)
{
  const float x = ((const float *) values)[*(const gsize *) a];
  const float y = ((const float *) values)[*(const gsize *) b];

  return (x < y) - (x > y);
}

/* Of few different values, so that many are equal. */
static void
test_against_sort (void)
{
  MlpRandom random;

  mlp_random_seed (&random, 3, 0);

  for (guint round = 0; round < 2000; round++)
    {
      const gsize n = mlp_random_below (&random, 40);
      const gsize k = mlp_random_below (&random, 45);
      const guint n_different = 1 + mlp_random_below (&random, 60);
      g_autofree float *values = g_new (float, n + 1);
      g_autofree gsize *sorted = g_new (gsize, n + 1);
      gsize found[46];

      for (gsize i = 0; i < n; i++)
        {
          values[i] = (float) mlp_random_below (&random, n_different) - 20.0f;
          sorted[i] = i;
        }
      g_qsort_with_data (sorted, (int) n, sizeof *sorted, compare_values, values);

      found[k] = 1234;
      g_assert_cmpuint (mlp_top_k (values, n, k, found), ==, MIN (k, n));
      g_assert_cmpmem (found, MIN (k, n) * sizeof *found, sorted, MIN (k, n) * sizeof *sorted);
      g_assert_cmpuint (found[k], ==, 1234);
    }
}

static void
test_infinite (void)
{
  static const float values[] = { -INFINITY, 3.0f, INFINITY, -0.0f, 0.0f };
  static const gsize want[] = { 2, 1, 3, 4, 0 };
  gsize found[5];

  g_assert_cmpuint (mlp_top_k (values, 5, 5, found), ==, 5);
  g_assert_cmpmem (found, sizeof found, want, sizeof want);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/top-k/against-sort", test_against_sort);
  g_test_add_func ("/core/top-k/infinite", test_infinite);

  return g_test_run ();
}
