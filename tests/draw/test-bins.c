/* test-bins.c: bins of a sensible width that lose no value.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>

#include "draw/draw-bins.h"
#include "test-util.h"

#define N 20000

/* Everything is counted, where it belongs. */
static void
check (const DrawBins *bins,
       const double   *values,
       gsize           n_values)
{
  g_autofree gsize *counts = g_new0 (gsize, bins->n_bins + 2);
  gsize sum = bins->n_below + bins->n_above;
  gsize n = 0, off = 0;

  g_assert_cmpuint (bins->n_bins, <=, DRAW_MAX_BINS);

  for (gsize i = 0; i < n_values; i++)
    {
      double at = floor ((values[i] - bins->low) / bins->width);

      if (!isfinite (values[i]))
        continue;

      n++;
      counts[(gsize) CLAMP (at + 1, 0, (double) bins->n_bins + 1)]++;
    }
  for (gsize i = 0; i < bins->n_bins; i++)
    {
      sum += bins->counts[i];
      off += (gsize) labs ((long) bins->counts[i] - (long) counts[i + 1]);
    }

  g_assert_cmpuint (bins->n_values, ==, n);
  g_assert_cmpuint (sum, ==, n);

  /* A value on an edge may count on either side of it. */
  g_assert_cmpuint (off, <=, n / 100 + 2);
  g_assert_cmpuint (bins->n_below + bins->n_above, <=, n / 99 + 2);
}

/* A width of one, two or five times a power of ten, edges at multiples of it */
static void
check_edges (const DrawBins *bins)
{
  double mantissa = bins->width / pow (10, floor (log10 (bins->width) + 1e-9));
  double edge = bins->low / bins->width;

  g_assert_true (fabs (mantissa - 1) < 1e-9 || fabs (mantissa - 2) < 1e-9 || fabs (mantissa - 5) < 1e-9);
  assert_close (edge, round (edge), 1e-9);
}

/* Normal values: the interquartile range is 1.349 σ, so that the width is
 * 2.698 / ∛20000 = 0.0994, and the next of 1-2-5 is 0.1. 99 % are within 2.576.
 */
static void
test_normal (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (5);
  g_autofree double *values = g_new (double, N);
  g_auto(DrawBins) bins = { 0 };
  double error = 0;

  for (gsize i = 0; i < N; i++)
    {
      double r = sqrt (-2 * log (1 - g_rand_double (rand)));

      values[i] = r * cos (2 * G_PI * g_rand_double (rand));
      error += fabs (values[i]);
    }

  draw_bins_init (&bins, values, N);
  check (&bins, values, N);
  check_edges (&bins);
  assert_close (bins.width, 0.1, 1e-12);
  g_assert_cmpfloat (bins.low, >, -2.9);
  g_assert_cmpfloat (bins.low, <, -2.45);
  g_assert_cmpuint (bins.n_below, >, 60);
  g_assert_cmpuint (bins.n_above, >, 60);
  assert_close (bins.median, 0, 0.03);
  assert_close (bins.mean_absolute, error / N, 1e-12);
  assert_close (bins.mean_absolute, sqrt (2 / G_PI), 0.02);      /* of a normal distribution */
}

/* By hand: 0 … 9, whose quartiles are 2.25 and 6.75: 2 · 4.5 / ∛10 = 4.18, which
 * is too wide for eight bins of 9; 1.125 gives 2. All is near: no tails.
 */
static void
test_by_hand (void)
{
  double values[12];
  g_auto(DrawBins) bins = { 0 };

  for (guint i = 0; i < 10; i++)
    values[9 - i] = i;
  values[10] = NAN;
  values[11] = -INFINITY;

  draw_bins_init (&bins, values, 12);
  assert_close (bins.low, 0, 0);
  assert_close (bins.width, 2, 0);
  g_assert_cmpuint (bins.n_bins, ==, 5);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpuint (bins.counts[i], ==, 2);
  g_assert_cmpuint (bins.n_below + bins.n_above, ==, 0);
  g_assert_cmpuint (bins.n_values, ==, 10);
  assert_close (bins.median, 4.5, 0);
  assert_close (bins.least, 0, 0);
  assert_close (bins.greatest, 9, 0);
  assert_close (bins.mean_absolute, 4.5, 1e-12);
}

/* What is far outside does not make the rest one bin. */
static void
test_tails (void)
{
  g_autofree double *values = g_new (double, 1000);
  g_auto(DrawBins) bins = { 0 };

  for (gsize i = 0; i < 1000; i++)
    values[i] = ((double) i - 499.5) / 1000;
  values[0] = -1e6;
  values[999] = 1e9;
  values[998] = 5e8;

  draw_bins_init (&bins, values, 1000);
  check (&bins, values, 1000);
  check_edges (&bins);
  g_assert_cmpfloat (bins.width, <=, 0.2);
  g_assert_cmpfloat (bins.low, >=, -0.6);
  g_assert_cmpuint (bins.n_below, >=, 1);
  g_assert_cmpuint (bins.n_above, >=, 2);
}

static void
test_odd (void)
{
  static const double sets[][6] = {
    { 3, 3, 3, 3, 3, 3 },
    { 0, 0, 0, 0, 0, 0 },
    { -7e-20, -7e-20, -7e-20, -7e-20, -7e-20, -7e-20 },
    { 0, 0, 0, 0, 0, 1 },
    { -G_MAXDOUBLE, G_MAXDOUBLE, 0, 1, 2, 3 },
    { 1e300, 2e300, 3e300, -1e300, 0, 1 },
    { 5e-324, 1e-310, 0, 0, 0, 0 },
    { 1e15, 1e15 + 1, 1e15 + 2, 1e15, 1e15, 1e15 },
    { 1e15, 1e15 + 0.125, 1e15, 1e15, 1e15, 1e15 },
    { NAN, NAN, 4, NAN, INFINITY, NAN },
  };

  for (guint s = 0; s < G_N_ELEMENTS (sets); s++)
    {
      for (gsize n = 1; n <= 6; n++)
        {
          g_auto(DrawBins) bins = { 0 };
          gsize sum = 0;

          draw_bins_init (&bins, sets[s], n);
          for (gsize i = 0; i < bins.n_bins; i++)
            sum += bins.counts[i];
          g_assert_cmpuint (sum + bins.n_below + bins.n_above, ==, bins.n_values);
          if (bins.n_values > 0)
            {
              g_assert_cmpfloat (bins.width, >, 0);
              g_assert_true (isfinite (bins.width) && isfinite (bins.low));
              g_assert_cmpuint (bins.n_bins, >=, 1);
              g_assert_cmpuint (bins.n_bins, <=, DRAW_MAX_BINS);
            }
        }
    }
}

static void
test_nothing (void)
{
  const double gaps[] = { NAN, INFINITY };

  for (gsize n = 0; n <= 2; n++)
    {
      g_auto(DrawBins) bins = { 0 };

      draw_bins_init (&bins, n == 0 ? NULL : gaps, n);
      g_assert_cmpuint (bins.n_values, ==, 0);
      g_assert_cmpuint (bins.n_bins, ==, 0);
      g_assert_true (isnan (bins.median));
      g_assert_true (isnan (bins.mean_absolute));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/bins/normal", test_normal);
  g_test_add_func ("/bins/by-hand", test_by_hand);
  g_test_add_func ("/bins/tails", test_tails);
  g_test_add_func ("/bins/odd", test_odd);
  g_test_add_func ("/bins/nothing", test_nothing);

  return g_test_run ();
}
