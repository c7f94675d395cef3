/* ds-grey.c: from a picture of any polarity to ink.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "datasets/ds-digit.h"

/* Of the pixels, at each end of the range: outliers, not ink. */
#define OUTLIERS 0.0005

/* Less than this between paper and ink is noise. */
#define MIN_CONTRAST 16

typedef struct
{
  gsize count[256];
  gsize n;
} Histogram;

static void
add_row (Histogram    *histogram,
         const guint8 *row,
         gsize         n,
         gsize         step)
{
  for (gsize i = 0; i < n; i++)
    histogram->count[row[i * step]]++;
  histogram->n += n;
}

/* The value that a @share of the pixels is not above. */
static int
find_quantile (const Histogram *histogram,
               double           share)
{
  gsize below = 0;

  for (int value = 0; value < 256; value++)
    {
      below += histogram->count[value];
      if ((double) below > share * (double) histogram->n)
        return value;
    }

  return 255;
}

/* The value that parts a histogram best in two: the one that leaves the most
 * variance between the parts (Otsu, 1979). */
static int
find_threshold (const Histogram *histogram)
{
  double sum = 0.0;
  double sum_below = 0.0;
  double best = -1.0;
  gsize n_below = 0;
  int first = 0, last = 0;

  for (int value = 0; value < 256; value++)
    sum += (double) value * (double) histogram->count[value];

  for (int value = 0; value < 255; value++)
    {
      double n_above, difference, between;

      n_below += histogram->count[value];
      sum_below += (double) value * (double) histogram->count[value];
      n_above = (double) (histogram->n - n_below);
      if (n_below == 0 || n_above < 1.0)
        continue;

      difference = sum_below / (double) n_below - (sum - sum_below) / n_above;
      between = (double) n_below * n_above * difference * difference;

      /* An empty stretch between the parts is as good everywhere: its middle. */
      if (between > best * (1.0 + 1e-12))
        {
          best = between;
          first = value;
          last = value;
        }
      else if (between >= best * (1.0 - 1e-12))
        last = value;
    }

  return (first + last + 1) / 2;
}

void
ds_digit_from_grey (const guint8 *grey,
                    gsize         width,
                    gsize         height,
                    gsize         stride,
                    guint8       *ink)
{
  Histogram all = { { 0 }, 0 };
  Histogram border = { { 0 }, 0 };
  int paper, darkest, lightest, full, threshold;
  double from, to;
  guint8 map[256];

  g_return_if_fail (grey != NULL && ink != NULL);
  g_return_if_fail (width > 0 && height > 0 && stride >= width);

  for (gsize y = 0; y < height; y++)
    add_row (&all, grey + y * stride, width, 1);
  add_row (&border, grey, width, 1);
  add_row (&border, grey + (height - 1) * stride, width, 1);
  add_row (&border, grey, height, stride);
  add_row (&border, grey + width - 1, height, stride);

  /* Most of the border is paper. Ink is what is furthest from it. */
  paper = find_quantile (&border, 0.5);
  darkest = find_quantile (&all, OUTLIERS);
  lightest = find_quantile (&all, 1.0 - OUTLIERS);
  full = paper - darkest > lightest - paper ? darkest : lightest;

  if (ABS (full - paper) < MIN_CONTRAST)
    {
      memset (ink, 0, width * height);
      return;
    }

  /* As shares of the way from paper to full ink: 0 up to half the threshold,
   * so that shadows and the paper's grain go; full from half the way between
   * the threshold and full ink, so that a pencil's uneven line is full; soft
   * edges stay soft, and where they are. */
  threshold = CLAMP (find_threshold (&all), MIN (paper, full), MAX (paper, full));
  from = 0.5 * MIN (0.5, (double) (threshold - paper) / (double) (full - paper));
  to = 0.5 + from;

  for (int value = 0; value < 256; value++)
    {
      double share = (double) (value - paper) / (double) (full - paper);

      map[value] = (guint8) (CLAMP ((share - from) / (to - from), 0.0, 1.0) * 255.0 + 0.5);
    }

  for (gsize y = 0; y < height; y++)
    for (gsize x = 0; x < width; x++)
      ink[y * width + x] = map[grey[y * stride + x]];
}
