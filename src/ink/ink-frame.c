/* ink-frame.c: from ink to the MNIST frame, in whole numbers, so that every
 * machine gives the same bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "ink/ink-frame.h"

/* The least side of the square: a dot is not blown up without limit. */
#define MIN_SIDE 10

/* Of the view around the strokes: a pen pressed to the utmost is half as wide again. */
#define VIEW_MARGIN 1.12

/* Bounding box, in pixels; x1 and y1 are behind it. */
typedef struct
{
  gsize x0, y0, x1, y1;
} Box;

/* What becomes the n × n cells: a square of @side pixels whose middle lies at
 * half of (x2, y2). */
typedef struct
{
  gint64 x2, y2, side;
  gint64 n;
} Square;

static gboolean
find_box (const guint8 *ink,
          gsize         width,
          gsize         height,
          gsize         stride,
          Box          *box)
{
  *box = (Box) { width, height, 0, 0 };

  for (gsize y = 0; y < height; y++)
    {
      const guint8 *row = ink + y * stride;
      gsize first = 0;
      gsize last = width;

      while (first < width && row[first] == 0)
        first++;
      if (first == width)
        continue;
      while (row[last - 1] == 0)
        last--;

      box->x0 = MIN (box->x0, first);
      box->x1 = MAX (box->x1, last);
      box->y0 = MIN (box->y0, y);
      box->y1 = y + 1;
    }

  return box->x1 > 0;
}

/* How much of the interval [start, start + length) lies in the cell
 * [cell · size, (cell + 1) · size). */
static gint64
overlap_cell (gint64 start,
              gint64 length,
              gint64 cell,
              gint64 size)
{
  return MIN (start + length, (cell + 1) * size) - MAX (start, cell * size);
}

/* Spreads each pixel of @n_values values over the n cells that the square is divided
 * into. The first pixel begins @start2 half pixels behind the square's edge; what
 * lies outside is lost.
 *
 * The unit of length is 1/(2 n) of a pixel: a pixel is 2 n long, half a pixel n,
 * a cell 2 · side. A source of less than n pixels needs no doubling first: the
 * areas are exact either way. */
static void
spread_pixels (const guint8 *values,
               gsize         n_values,
               const Square *square,
               gint64        start2,
               gint64       *cells)
{
  const gint64 n = square->n;
  const gint64 cell_size = 2 * square->side;

  memset (cells, 0, (gsize) n * sizeof (gint64));

  for (gsize i = 0; i < n_values; i++)
    {
      gint64 start = (start2 + (gint64) i * 2) * n;

      if (values[i] == 0 || start + 2 * n <= 0)
        continue;
      for (gint64 cell = MAX (start, 0) / cell_size; cell < n && cell * cell_size < start + 2 * n; cell++)
        cells[cell] += values[i] * overlap_cell (start, 2 * n, cell, cell_size);
    }
}

/* The square, as n × n averages. */
static void
resample_square (const guint8 *ink,
                 gsize         stride,
                 const Box    *box,
                 const Square *square,
                 guint8       *cells)
{
  const gint64 n = square->n;
  const gint64 cell_size = 2 * square->side;
  const gint64 area = cell_size * cell_size;
  const gint64 left2 = 2 * (gint64) box->x0 - (square->x2 - square->side);
  const gint64 top2 = 2 * (gint64) box->y0 - (square->y2 - square->side);
  gint64 sums[INK_FRAME_SIDE][INK_FRAME_SIDE] = { { 0 } };
  gint64 row_sums[INK_FRAME_SIDE];

  for (gsize y = 0; y < box->y1 - box->y0; y++)
    {
      gint64 start = (top2 + (gint64) y * 2) * n;

      if (start + 2 * n <= 0 || start >= n * cell_size)
        continue;
      spread_pixels (ink + (box->y0 + y) * stride + box->x0, box->x1 - box->x0, square, left2, row_sums);

      for (gint64 cell = MAX (start, 0) / cell_size; cell < n && cell * cell_size < start + 2 * n; cell++)
        {
          gint64 weight = overlap_cell (start, 2 * n, cell, cell_size);

          for (gint64 i = 0; i < n; i++)
            sums[cell][i] += weight * row_sums[i];
        }
    }

  for (gint64 i = 0; i < n * n; i++)
    cells[i] = (guint8) ((2 * sums[i / n][i % n] + area) / (2 * area));
}

/* ⌊15 − moment / (2 · mass)⌋ */
static int
compute_offset (gint64 moment,
                gint64 mass)
{
  gint64 numerator = 30 * mass - moment;
  gint64 denominator = 2 * mass;

  return (int) (numerator >= 0 ? numerator / denominator
                               : -((-numerator + denominator - 1) / denominator));
}

/* Which part of the image becomes how many cells. */
static Square
choose_square (const Box             *box,
               gsize                  width,
               gsize                  height,
               const InkFrameOptions *options)
{
  const gint64 whole = (gint64) MAX (width, height);
  Square square;

  if (options->skip & INK_FRAME_SKIP_BOX)
    {
      square = (Square) { (gint64) width, (gint64) height, whole, INK_FRAME_BOX };
    }
  else
    {
      square = (Square) {
        (gint64) (box->x0 + box->x1), (gint64) (box->y0 + box->y1),
        (gint64) MAX (MAX (box->x1 - box->x0, box->y1 - box->y0),
                      options->least_side > 0 ? options->least_side : MIN_SIDE),
        INK_FRAME_BOX
      };
    }

  if (options->skip & INK_FRAME_SKIP_SIZE)
    {
      square.side = whole;
      square.n = INK_FRAME_SIDE;
    }

  return square;
}

gboolean
ink_frame_from_ink (const guint8  *ink,
                    gsize          width,
                    gsize          height,
                    gsize          stride,
                    guint8        *frame,
                    InkFrameSteps *steps)
{
  const InkFrameOptions rule = { 0 };

  return ink_frame_from_ink_with_options (ink, width, height, stride, &rule, frame, steps);
}

gboolean
ink_frame_from_ink_with_options (const guint8          *ink,
                                 gsize                  width,
                                 gsize                  height,
                                 gsize                  stride,
                                 const InkFrameOptions *options,
                                 guint8                *frame,
                                 InkFrameSteps         *steps)
{
  InkFrameSteps own_steps;
  gint64 mass = 0;
  gint64 moment_x = 0;          /* doubled: of 2 x + 1 */
  gint64 moment_y = 0;
  Square square;
  int n;
  Box box;

  g_return_val_if_fail (ink != NULL && options != NULL && frame != NULL, FALSE);
  g_return_val_if_fail (stride >= width, FALSE);

  if (steps == NULL)
    steps = &own_steps;
  memset (steps, 0, sizeof (*steps));
  memset (frame, 0, INK_FRAME_SIZE);

  if (!find_box (ink, width, height, stride, &box))
    return FALSE;

  square = choose_square (&box, width, height, options);
  n = (int) square.n;
  steps->n = (gsize) n;
  steps->side = (double) square.side;
  steps->x = (double) (square.x2 - square.side) / 2.0;
  steps->y = (double) (square.y2 - square.side) / 2.0;
  resample_square (ink, stride, &box, &square, steps->box);

  for (int y = 0; y < n; y++)
    for (int x = 0; x < n; x++)
      {
        gint64 value = steps->box[y * n + x];

        mass += value;
        moment_x += value * (2 * x + 1);
        moment_y += value * (2 * y + 1);
      }

  /* Ink so faint that nothing of it is left. */
  if (mass == 0)
    return FALSE;

  steps->barycentre_x = (double) moment_x / (double) (2 * mass);
  steps->barycentre_y = (double) moment_y / (double) (2 * mass);
  if (options->skip & INK_FRAME_SKIP_CENTRE)
    {
      steps->offset_x = steps->offset_y = (INK_FRAME_SIDE - n) / 2;
    }
  else
    {
      steps->offset_x = compute_offset (moment_x, mass);
      steps->offset_y = compute_offset (moment_y, mass);
    }

  for (int y = 0; y < n; y++)
    for (int x = 0; x < n; x++)
      {
        int to_x = x + steps->offset_x;
        int to_y = y + steps->offset_y;

        if (to_x >= 0 && to_x < INK_FRAME_SIDE && to_y >= 0 && to_y < INK_FRAME_SIDE)
          frame[to_y * INK_FRAME_SIDE + to_x] = steps->box[y * n + x];
      }

  return TRUE;
}

gboolean
ink_frame_choose_view (const InkPoint *points,
                       gsize           n_points,
                       InkFrameSkip    skip,
                       InkFrameView   *view)
{
  const double least = (double) MIN_SIDE / INK_PAD_SIDE;
  double x0, y0, x1, y1, side;

  g_return_val_if_fail (view != NULL, FALSE);

  *view = (InkFrameView) { INK_STROKE_VIEW_WHOLE, least };
  if (!ink_stroke_get_extents (points, n_points, &x0, &y0, &x1, &y1))
    return FALSE;

  if (skip & INK_FRAME_SKIP_PEN)
    return TRUE;

  /* Without a size of its own the digit is seen as the pad is. */
  if (skip & INK_FRAME_SKIP_SIZE)
    {
      view->part.pen = INK_FRAME_PEN / INK_FRAME_SIDE;
      return TRUE;
    }
  if (skip & INK_FRAME_SKIP_BOX)
    {
      view->part.pen = INK_FRAME_PEN / INK_FRAME_BOX;
      return TRUE;
    }

  /* The middle lines and half a pen on either side are 20 pixels. */
  side = MAX (MAX (x1 - x0, y1 - y0) * INK_FRAME_BOX / (INK_FRAME_BOX - INK_FRAME_PEN), least);
  view->part.pen = side * INK_FRAME_PEN / INK_FRAME_BOX;
  view->part.side = side * VIEW_MARGIN;
  view->part.x = (x0 + x1 - view->part.side) / 2.0;
  view->part.y = (y0 + y1 - view->part.side) / 2.0;

  return TRUE;
}

gboolean
ink_frame_from_strokes (const InkPoint *points,
                        gsize           n_points,
                        InkFrameSkip    skip,
                        guint8         *frame,
                        InkFrameSteps  *steps)
{
  guint8 ink[INK_PAD_SIDE * INK_PAD_SIDE];
  InkFrameOptions options = { .skip = skip };
  InkFrameView view;

  ink_frame_choose_view (points, n_points, skip, &view);
  options.least_side = (gsize) (view.least_side / view.part.side * INK_PAD_SIDE + 0.5);
  ink_stroke_render (points, n_points, &view.part, INK_PAD_SIDE, ink);

  return ink_frame_from_ink_with_options (ink, INK_PAD_SIDE, INK_PAD_SIDE, INK_PAD_SIDE, &options, frame, steps);
}
