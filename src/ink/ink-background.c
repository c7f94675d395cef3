/* ink-background.c: what a picture's paper would look like without the ink on it.
 *
 * Strokes are narrower than a window, shadows are not: a closing (the largest
 * value near a place, of these the smallest near it; Serra, 1982) fills what is
 * dark and narrow, and leaves a shadow with its edge where it is. It is done on
 * averages of several pixels, so that grain does not count.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "ink/ink-background-private.h"

/* Averages along the longer side. */
#define MAX_CELLS 192

/* The widest stroke, as a share of the height: a digit that fills its picture and is
 * written with a marker. Not of the width, which with a 1 is little else. */
#define STROKE_SHARE 0.25

/* No paper is darker. */
#define DARKEST 16u

/* What black throws back still, of 255. */
#define BLACK 12u

/* Of the pixels: outliers, not chalk. */
#define OUTLIERS 0.0005

/* The unit of an excess over the board; white on black has the most; less than the
 * least is noise. */
#define SHARES     512
#define MAX_EXCESS (SHARES * 255 / 12)
#define MIN_CHALK  (SHARES / 16)

/* A picture's paper, on a grid of cells. */
typedef struct
{
  gsize   width;      /* of the picture */
  gsize   size;       /* pixels along a cell */
  gsize   n_x, n_y;
  guint8 *cells;
} Background;

/* Half a window: from a cell in its middle to its edge. */
static gsize
get_reach (gsize n_y)
{
  return (gsize) MAX (1.0, STROKE_SHARE * (double) n_y / 2.0 + 0.5);
}

/* Each cell is the mean of the pixels that there are. */
static void
average_cells (Background   *background,
               const guint8 *grey,
               gsize         height,
               gsize         stride)
{
  const gsize size = background->size;
  g_autofree guint64 *sums = g_new (guint64, background->n_x);

  for (gsize top = 0; top < height; top += size)
    {
      const gsize bottom = MIN (top + size, height);

      memset (sums, 0, background->n_x * sizeof (guint64));
      for (gsize y = top; y < bottom; y++)
        for (gsize x = 0; x < background->width; x++)
          sums[x / size] += grey[y * stride + x];

      for (gsize i = 0; i < background->n_x; i++)
        {
          gsize n = (MIN ((i + 1) * size, background->width) - i * size) * (bottom - top);

          background->cells[top / size * background->n_x + i] = (guint8) ((sums[i] + n / 2) / n);
        }
    }
}

/* The extreme of each value and the @reach before and behind it, in a row whose
 * values lie @step apart. */
static void
filter_line (guint8  *values,
             gsize    n,
             gsize    step,
             gsize    reach,
             gboolean largest,
             guint8  *copy)
{
  for (gsize i = 0; i < n; i++)
    copy[i] = values[i * step];

  for (gsize i = 0; i < n; i++)
    {
      guint8 best = copy[i];

      for (gsize k = i - MIN (i, reach); k <= MIN (i + reach, n - 1); k++)
        best = largest ? MAX (best, copy[k]) : MIN (best, copy[k]);
      values[i * step] = best;
    }
}

static void
filter_cells (Background *background,
              gsize       reach,
              gboolean    largest)
{
  g_autofree guint8 *copy = g_malloc (MAX (background->n_x, background->n_y));

  for (gsize y = 0; y < background->n_y; y++)
    filter_line (background->cells + y * background->n_x, background->n_x, 1, reach, largest, copy);
  for (gsize x = 0; x < background->n_x; x++)
    filter_line (background->cells + x, background->n_y, background->n_x, reach, largest, copy);
}

/* Between which cells the middle of pixel @at lies, and how far, in 1/256. */
static void
find_place (gsize  at,
            gsize  size,
            gsize  n,
            gsize *cell,
            gsize *next,
            guint *share)
{
  gsize twice = 2 * at + 1;             /* in half pixels; the middle of cell c is at (2 c + 1) size */

  if (twice <= size)
    {
      *cell = *next = 0;
      *share = 0;
      return;
    }

  *cell = MIN ((twice - size) / (2 * size), n - 1);
  *next = MIN (*cell + 1, n - 1);
  *share = (guint) ((twice - size) % (2 * size) * 256 / (2 * size));
}

/* The paper of row @y, in 1/256. */
static void
interpolate_row (const Background *background,
                 gsize             y,
                 guint            *row)
{
  gsize top, bottom;
  guint down;

  find_place (y, background->size, background->n_y, &top, &bottom, &down);
  for (gsize x = 0; x < background->width; x++)
    {
      const guint8 *above = background->cells + top * background->n_x;
      const guint8 *below = background->cells + bottom * background->n_x;
      gsize left, right;
      guint across;

      find_place (x, background->size, background->n_x, &left, &right, &across);
      row[x] = ((above[left] * (256 - across) + above[right] * across) * (256 - down) +
                (below[left] * (256 - across) + below[right] * across) * down) >> 8;
    }
}

/* Of the light that falls on it, which paper throws back. */
static void
divide_by_background (const Background *background,
                      const guint8     *grey,
                      gsize             height,
                      gsize             stride,
                      guint8           *even)
{
  g_autofree guint *row = g_new (guint, background->width);

  for (gsize y = 0; y < height; y++)
    {
      interpolate_row (background, y, row);
      for (gsize x = 0; x < background->width; x++)
        {
          const guint light = MAX (row[x], DARKEST << 8);

          even[y * background->width + x] =
            (guint8) MIN (255, ((grey[y * stride + x] * INK_BACKGROUND_LEVEL << 8) + light / 2) / light);
        }
    }
}

/* How much lighter than the board something is, as a share of the board's own light,
 * in 1/SHARES. */
static int
find_excess (guint8 grey,
             guint  board)
{
  const int more = ((int) grey << 8) - (int) board;

  return more * SHARES / (int) (board + (BLACK << 8));
}

/* The largest excess that is not an outlier. */
static int
find_chalk (const Background *background,
            const guint8     *grey,
            gsize             height,
            gsize             stride)
{
  g_autofree gsize *count = g_new0 (gsize, MAX_EXCESS + 1);
  g_autofree guint *row = g_new (guint, background->width);
  gsize above = 0;
  int chalk = MAX_EXCESS;

  for (gsize y = 0; y < height; y++)
    {
      interpolate_row (background, y, row);
      for (gsize x = 0; x < background->width; x++)
        count[CLAMP (find_excess (grey[y * stride + x], row[x]), 0, MAX_EXCESS)]++;
    }

  while (chalk > 0 && (double) (above += count[chalk]) <= OUTLIERS * (double) (background->width * height))
    chalk--;

  return chalk;
}

/* The same of a board. Black has no light to divide by. */
static void
divide_board (const Background *background,
              const guint8     *grey,
              gsize             height,
              gsize             stride,
              guint8           *even)
{
  const int chalk = find_chalk (background, grey, height, stride);
  g_autofree guint *row = g_new (guint, background->width);

  if (chalk < MIN_CHALK)
    {
      memset (even, INK_BACKGROUND_LEVEL, background->width * height);
      return;
    }

  for (gsize y = 0; y < height; y++)
    {
      interpolate_row (background, y, row);
      for (gsize x = 0; x < background->width; x++)
        even[y * background->width + x] =
          (guint8) CLAMP (INK_BACKGROUND_LEVEL - INK_BACKGROUND_LEVEL * find_excess (grey[y * stride + x],
                                                                                     row[x]) / chalk, 0, 255);
    }
}

void
ink_background_even_out (const guint8 *grey,
                         gsize         width,
                         gsize         height,
                         gsize         stride,
                         gboolean      light_on_dark,
                         guint8       *even)
{
  const gsize size = (MAX (width, height) + MAX_CELLS - 1) / MAX_CELLS;
  Background background = { width, size, (width + size - 1) / size, (height + size - 1) / size, NULL };
  const gsize reach = get_reach (background.n_y);

  background.cells = g_malloc (background.n_x * background.n_y);
  average_cells (&background, grey, height, stride);
  filter_cells (&background, reach, !light_on_dark);
  filter_cells (&background, reach, light_on_dark);

  /* Beside a shadow's edge it is better to take the paper for darker: what is a little
   * too light is not ink. */
  filter_cells (&background, 1, light_on_dark);

  if (light_on_dark)
    divide_board (&background, grey, height, stride, even);
  else
    divide_by_background (&background, grey, height, stride, even);

  g_free (background.cells);
}
