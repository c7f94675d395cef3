/* ink-binarise.c: from a picture of any polarity to ink.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "ink/ink-background-private.h"
#include "ink/ink-binarise.h"

/* Of the pixels, at each end of the range: outliers, not ink. */
#define OUTLIERS 0.0005

/* Less than this between paper and ink is noise. */
#define MIN_CONTRAST 16

/* Where the border's values differ by more than this share of the contrast, light
 * falls unevenly. */
#define UNEVEN 0.3

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

static double
find_share_below (const Histogram *histogram,
                  int              limit)
{
  gsize below = 0;

  for (int value = 0; value < limit; value++)
    below += histogram->count[value];

  return (double) below / (double) histogram->n;
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

/* The sum of the third powers of what pixels differ by from the mean around
 * them: ink is less than paper, so where it is dark it is negative. */
static gint64
find_skew (const guint8 *grey,
           gsize         width,
           gsize         height,
           gsize         stride)
{
  const gsize size = MAX (4, MAX (width, height) / 8);
  gint64 skew = 0;

  for (gsize top = 0; top < height; top += size)
    for (gsize left = 0; left < width; left += size)
      {
        const gsize bottom = MIN (top + size, height);
        const gsize right = MIN (left + size, width);
        const gint64 n = (gint64) ((bottom - top) * (right - left));
        gint64 sum = 0;

        for (gsize y = top; y < bottom; y++)
          for (gsize x = left; x < right; x++)
            sum += grey[y * stride + x];

        for (gsize y = top; y < bottom; y++)
          for (gsize x = left; x < right; x++)
            {
              gint64 difference = grey[y * stride + x] - sum / n;

              skew += difference * difference * difference;
            }
      }

  return skew;
}

static void
count_border (const guint8 *grey,
              gsize         width,
              gsize         height,
              gsize         stride,
              Histogram    *border)
{
  add_row (border, grey, width, 1);
  add_row (border, grey + (height - 1) * stride, width, 1);
  add_row (border, grey, height, stride);
  add_row (border, grey + width - 1, height, stride);
}

/* Whether the ink is lighter than the paper. Most of the border is paper; ink is
 * what is furthest from it. Where light falls unevenly the border says nothing. */
static gboolean
is_light_on_dark (const guint8 *grey,
                  gsize         width,
                  gsize         height,
                  gsize         stride)
{
  Histogram all = { { 0 }, 0 };
  Histogram border = { { 0 }, 0 };
  int paper, darkest, lightest, contrast;

  for (gsize y = 0; y < height; y++)
    add_row (&all, grey + y * stride, width, 1);
  count_border (grey, width, height, stride, &border);

  paper = find_quantile (&border, 0.5);
  darkest = find_quantile (&all, OUTLIERS);
  lightest = find_quantile (&all, 1.0 - OUTLIERS);
  contrast = MAX (paper - darkest, lightest - paper);

  if (find_quantile (&border, 0.9) - find_quantile (&border, 0.1) > UNEVEN * contrast)
    return find_skew (grey, width, height, stride) > 0;

  return lightest - paper > paper - darkest;
}

void
ink_binarise (const guint8 *grey,
              gsize         width,
              gsize         height,
              gsize         stride,
              guint8       *ink)
{
  Histogram all = { { 0 }, 0 };
  int paper, full, threshold, grain;
  double from, to;
  guint8 map[256];

  g_return_if_fail (grey != NULL && ink != NULL);
  g_return_if_fail (width > 0 && height > 0 && stride >= width);

  ink_background_even_out (grey, width, height, stride,
                           is_light_on_dark (grey, width, height, stride), ink);

  for (gsize y = 0; y < height; y++)
    add_row (&all, ink + y * width, width, 1);

  /* Most is paper, and half of that is not lighter than the paper. */
  full = find_quantile (&all, OUTLIERS);
  threshold = find_threshold (&all);
  paper = find_quantile (&all, 0.5 + 0.5 * find_share_below (&all, threshold));
  grain = find_quantile (&all, 0.98) - paper;

  if (paper - full < MIN_CONTRAST)
    {
      memset (ink, 0, width * height);
      return;
    }

  /* As shares of the way from paper to full ink: 0 up to half the threshold,
   * so that shadows, faint lines and the paper's grain go; full from half the way
   * between the threshold and full ink, so that a pencil's uneven line is full; soft
   * edges stay soft, and where they are. */
  threshold = CLAMP (threshold, full, paper);
  from = 0.5 * MIN (0.5, (double) (paper - threshold) / (double) (paper - full));
  from = MAX (from, MIN (0.5, 2.0 * grain / (double) (paper - full)));
  to = 0.5 + from;

  for (int value = 0; value < 256; value++)
    {
      double share = (double) (paper - value) / (double) (paper - full);

      map[value] = (guint8) (CLAMP ((share - from) / (to - from), 0.0, 1.0) * 255.0 + 0.5);
    }

  for (gsize i = 0; i < width * height; i++)
    ink[i] = map[ink[i]];
}
