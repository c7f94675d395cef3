/* draw-bins.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "draw/draw-bins.h"

#define MIN_BINS 8.0
#define MAX_BINS (DRAW_MAX_BINS - 4.0)      /* before edges are moved to multiples */

/* What is beyond is a tail, unless it is no farther than so much of the rest. */
#define TAIL 0.005
#define NEAR 0.25

/* Of the values, and at all: less cannot be told apart. */
#define LEAST_SHARE 1e-12
#define LEAST_RANGE 1e-300

static int
compare_doubles (const void *a,
                 const void *b)
{
  const double x = *(const double *) a;
  const double y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
find_quantile (const double *sorted,
               gsize         n,
               double        share)
{
  double at = share * ((double) n - 1);
  gsize below = (gsize) at;
  gsize above = MIN (below + 1, n - 1);
  double rest = at - (double) below;

  return sorted[below] * (1 - rest) + sorted[above] * rest;
}

/* The next of 1, 2 and 5 times a power of ten */
static double
round_up (double width)
{
  static const double mantissas[] = { 1, 2, 5, 10 };
  int power = (int) floor (log10 (width));
  guint m = 0;

  while (mantissas[m] * pow (10, power) < width * (1 - 1e-9))
    m++;

  /* Dividing by a power gives the number nearest to 0.02; multiplying does not. */
  return power < 0 ? mantissas[m] / pow (10, -power) : mantissas[m] * pow (10, power);
}

static gboolean
is_range (double low,
          double high)
{
  return high - low > MAX (LEAST_RANGE, LEAST_SHARE * MAX (fabs (low), fabs (high)));
}

static double
find_width (const double *sorted,
            gsize         n,
            double        range)
{
  double width = 2 * (find_quantile (sorted, n, 0.75) - find_quantile (sorted, n, 0.25)) / cbrt ((double) n);

  /* More than half of the values are one. */
  if (!(width > 0))
    width = range / sqrt ((double) n);

  return round_up (CLAMP (width, range / MAX_BINS, range / MIN_BINS));
}

static void
count_values (DrawBins     *bins,
              const double *sorted)
{
  for (gsize i = 0; i < bins->n_values; i++)
    {
      double at = (sorted[i] - bins->low) / bins->width;

      if (at < -1e-9)
        bins->n_below++;
      else if (at > (double) bins->n_bins + 1e-9)
        bins->n_above++;
      else
        bins->counts[(gsize) CLAMP (at, 0, (double) bins->n_bins - 1)]++;
    }
}

void
draw_bins_init (DrawBins     *bins,
                const double *values,
                gsize         n_values)
{
  g_autofree double *sorted = NULL;
  double low, high, range;
  gsize n = 0;

  g_return_if_fail (bins != NULL);
  g_return_if_fail (values != NULL || n_values == 0);

  *bins = (DrawBins) { .least = NAN, .greatest = NAN, .median = NAN, .mean_absolute = NAN };

  /* Nothing is farther apart than a number can say. */
  sorted = g_new (double, n_values);
  for (gsize i = 0; i < n_values; i++)
    {
      if (isfinite (values[i]))
        sorted[n++] = CLAMP (values[i], -G_MAXDOUBLE / 4, G_MAXDOUBLE / 4);
    }
  if (n == 0)
    return;

  qsort (sorted, n, sizeof *sorted, compare_doubles);
  bins->n_values = n;
  bins->least = sorted[0];
  bins->greatest = sorted[n - 1];
  bins->median = find_quantile (sorted, n, 0.5);
  bins->mean_absolute = 0;
  for (gsize i = 0; i < n; i++)
    bins->mean_absolute += fabs (sorted[i]) / (double) n;

  low = find_quantile (sorted, n, TAIL);
  high = find_quantile (sorted, n, 1 - TAIL);
  range = high - low;
  if (low - bins->least <= NEAR * range || !is_range (low, high))
    low = bins->least;
  if (bins->greatest - high <= NEAR * range || !is_range (low, high))
    high = bins->greatest;

  if (is_range (low, high))
    {
      bins->width = find_width (sorted, n, high - low);
      bins->low = floor (low / bins->width + 1e-9) * bins->width;
      bins->n_bins = (gsize) MAX (1, ceil ((high - bins->low) / bins->width - 1e-9));
    }
  else
    {
      /* One bin around the value */
      bins->width = fabs (low) < LEAST_RANGE ? 1 : 0.1 * fabs (low);
      bins->low = low - bins->width / 2;
      bins->n_bins = 1;
    }

  bins->counts = g_new0 (gsize, bins->n_bins);
  count_values (bins, sorted);
}

void
draw_bins_clear (DrawBins *bins)
{
  g_clear_pointer (&bins->counts, g_free);
}
