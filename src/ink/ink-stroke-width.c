/* ink-stroke-width.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "ink/ink-stroke-width.h"

/* A larger square of ink is made at most this large first: six cells for a pixel of
 * the frame. */
#define MAX_CELLS 128

/* The ink's square, and paper around it. */
typedef struct
{
  int     side;
  guint8 *ink;    /* side × side, hard: 0 or 1 */
} Cells;

static int
get_grey (const guint8 *grey,
          gssize        side,
          gssize        x,
          gssize        y)
{
  return x < 0 || y < 0 || x >= side || y >= side ? 0 : grey[y * side + x];
}

double
ink_stroke_width_measure (const guint8 *grey,
                          gsize         side)
{
  double area = 0.0;
  double perimeter = 0.0;

  g_return_val_if_fail (grey != NULL, 0.0);

  for (gssize y = -1; y < (gssize) side; y++)
    for (gssize x = -1; x < (gssize) side; x++)
      {
        const int a = get_grey (grey, (gssize) side, x, y);
        const int b = get_grey (grey, (gssize) side, x + 1, y);
        const int c = get_grey (grey, (gssize) side, x, y + 1);
        const int d = get_grey (grey, (gssize) side, x + 1, y + 1);
        const int across = b + d - a - c;
        const int down = c + d - a - b;

        area += a;
        perimeter += sqrt (across * across + down * down) / 2.0;
      }

  return perimeter > 0.0 ? 2.0 * area / perimeter : 0.0;
}

/* How much wider on either side strokes of @pen must become to be @wanted wide, both
 * in pixels of the frame: in source pixels. The box then grows by as much, too:
 * (pen · side / 20 + 2 w) / (side + 2 w) = wanted / 20. */
static double
find_growth (double pen,
             double wanted,
             double side)
{
  return side * (wanted - pen) / (2.0 * (INK_FRAME_BOX - wanted));
}

/* A cell is @scale × @scale source pixels, ink where half of it is; @margin cells of
 * paper around. */
static Cells
make_cells (const guint8        *ink,
            gsize                width,
            gsize                height,
            gsize                stride,
            const InkFrameSteps *steps,
            int                  scale,
            int                  margin)
{
  const int n = ((int) steps->side + scale - 1) / scale;
  const int left = (int) floor (steps->x);
  const int top = (int) floor (steps->y);
  Cells cells = { .side = n + 1 + 2 * margin };

  cells.ink = g_new0 (guint8, cells.side * cells.side);

  for (int row = 0; row <= n; row++)
    for (int column = 0; column <= n; column++)
      {
        const int x0 = MAX (left + column * scale, 0);
        const int y0 = MAX (top + row * scale, 0);
        const int x1 = MIN (left + (column + 1) * scale, (int) width);
        const int y1 = MIN (top + (row + 1) * scale, (int) height);
        gint64 sum = 0;

        for (int y = y0; y < y1; y++)
          for (int x = x0; x < x1; x++)
            sum += ink[(gsize) y * stride + (gsize) x];

        cells.ink[(row + margin) * cells.side + column + margin] = 2 * sum > (gint64) 255 * scale * scale;
      }

  return cells;
}

/* (transfer full): how far each cell is from the nearest one whose ink is @value, middle
 * to middle. Exact: down the columns first, then along the rows (Saito and
 * Toriwaki, 1994). */
static double *
find_distances (const Cells *cells,
                guint8       value)
{
  const int side = cells->side;
  g_autofree int *down = g_new (int, side * side);
  double *distances = g_new (double, side * side);

  for (int x = 0; x < side; x++)
    {
      int far = 2 * side;

      for (int y = 0; y < side; y++)
        {
          far = cells->ink[y * side + x] == value ? 0 : far + 1;
          down[y * side + x] = far;
        }
      for (int y = side - 1; y >= 0; y--)
        {
          far = MIN (down[y * side + x], far + 1);
          down[y * side + x] = far;
        }
    }

  for (int y = 0; y < side; y++)
    for (int x = 0; x < side; x++)
      {
        const int *row = down + y * side;
        int best = row[x] * row[x];

        for (int k = 1; k * k < best; k++)
          {
            if (x >= k)
              best = MIN (best, k * k + row[x - k] * row[x - k]);
            if (x + k < side)
              best = MIN (best, k * k + row[x + k] * row[x + k]);
            if (x < k && x + k >= side)
              break;
          }
        distances[y * side + x] = sqrt (best);
      }

  return distances;
}

/* (transfer full): ink whose edge has moved out by @growth cells, or in where that is
 * negative; how much of a cell is covered is its grey. The edge lies half a cell
 * before the middle of the nearest cell on its other side. */
static guint8 *
move_edge (const Cells *cells,
           double       growth)
{
  g_autofree double *distances = find_distances (cells, growth > 0.0);
  const gsize n = (gsize) (cells->side * cells->side);
  guint8 *ink = g_new (guint8, n);

  for (gsize i = 0; i < n; i++)
    {
      double covered = growth > 0.0 ? growth + 1.0 - distances[i] : growth + distances[i];

      ink[i] = (guint8) (CLAMP (covered, 0.0, 1.0) * 255.0 + 0.5);
    }

  return ink;
}

static gboolean
draw_with_other_pen (const guint8        *ink,
                     gsize                width,
                     gsize                height,
                     gsize                stride,
                     const InkFrameSteps *steps,
                     double               growth,
                     guint8              *frame)
{
  const int scale = ((int) steps->side + MAX_CELLS - 1) / MAX_CELLS;
  const int margin = 1 + (int) ceil (MAX (growth, 0.0) / scale);
  const Cells cells = make_cells (ink, width, height, stride, steps, scale, margin);
  g_autofree guint8 *hard = cells.ink;
  g_autofree guint8 *moved = NULL;

  /* Faint ink that is nowhere half: there is no edge to be moved. */
  if (memchr (hard, 1, (gsize) (cells.side * cells.side)) == NULL)
    return FALSE;

  moved = move_edge (&cells, growth / scale);

  return ink_frame_from_ink (moved, (gsize) cells.side, (gsize) cells.side, (gsize) cells.side, frame, NULL);
}

gboolean
ink_stroke_width_to_frame (const guint8 *ink,
                           gsize         width,
                           gsize         height,
                           gsize         stride,
                           guint8       *frame)
{
  guint8 other[INK_FRAME_SIZE];
  InkFrameSteps steps;
  double pen, growth;

  g_return_val_if_fail (frame != NULL, FALSE);

  if (!ink_frame_from_ink (ink, width, height, stride, frame, &steps))
    return FALSE;

  pen = ink_stroke_width_measure (steps.box, INK_FRAME_BOX);
  growth = find_growth (pen, CLAMP (pen, INK_STROKE_WIDTH_LEAST, INK_STROKE_WIDTH_MOST), steps.side);

  /* Nothing is left of strokes that are as uneven as that: they stay as they are. */
  if (growth != 0.0 && draw_with_other_pen (ink, width, height, stride, &steps, growth, other))
    memcpy (frame, other, sizeof other);

  return TRUE;
}
