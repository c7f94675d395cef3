/* ds-digit.c: from ink to the MNIST frame, in whole numbers, so that every
 * machine gives the same bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "datasets/ds-digit.h"

/* The least side of the square: a dot is not blown up without limit. */
#define MIN_SIDE 10

/* Bounding box, in pixels; x1 and y1 are behind it. */
typedef struct
{
  gsize x0, y0, x1, y1;
} Box;

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
overlap (gint64 start,
         gint64 length,
         gint64 cell,
         gint64 size)
{
  return MIN (start + length, (cell + 1) * size) - MAX (start, cell * size);
}

/* Spreads each pixel of @n values over the 20 cells that a side of @side
 * pixels is divided into, @pad half pixels behind its start.
 *
 * The unit of length is 1/40 of a pixel: a pixel is 40 long, half a pixel 20,
 * a cell 2 · side. A source of less than 20 pixels needs no doubling first:
 * the areas are exact either way. */
static void
spread (const guint8 *values,
        gsize         n,
        gint64        side,
        gint64        pad,
        gint64       *cells)
{
  memset (cells, 0, DS_DIGIT_BOX * sizeof (gint64));

  for (gsize i = 0; i < n; i++)
    {
      gint64 start = pad * 20 + (gint64) i * 40;

      if (values[i] == 0)
        continue;
      for (gint64 cell = start / (2 * side); cell * 2 * side < start + 40; cell++)
        cells[cell] += values[i] * overlap (start, 40, cell, 2 * side);
    }
}

/* The square around the box, as 20 × 20 averages. */
static void
resample (const guint8 *ink,
          gsize         stride,
          const Box    *box,
          gint64        side,
          guint8       *cells)
{
  const gint64 width = (gint64) (box->x1 - box->x0);
  const gint64 height = (gint64) (box->y1 - box->y0);
  const gint64 area = 4 * side * side;
  gint64 sums[DS_DIGIT_BOX][DS_DIGIT_BOX] = { { 0 } };
  gint64 row_sums[DS_DIGIT_BOX];

  for (gint64 y = 0; y < height; y++)
    {
      gint64 start = (side - height) * 20 + y * 40;

      spread (ink + (box->y0 + (gsize) y) * stride + box->x0, (gsize) width,
              side, side - width, row_sums);

      for (gint64 cell = start / (2 * side); cell * 2 * side < start + 40; cell++)
        {
          gint64 weight = overlap (start, 40, cell, 2 * side);

          for (gsize i = 0; i < DS_DIGIT_BOX; i++)
            sums[cell][i] += weight * row_sums[i];
        }
    }

  for (gsize i = 0; i < DS_DIGIT_BOX * DS_DIGIT_BOX; i++)
    cells[i] = (guint8) ((2 * sums[i / DS_DIGIT_BOX][i % DS_DIGIT_BOX] + area) / (2 * area));
}

/* ⌊15 − moment / (2 · mass)⌋ */
static int
offset_for (gint64 moment,
            gint64 mass)
{
  gint64 numerator = 30 * mass - moment;
  gint64 denominator = 2 * mass;

  return (int) (numerator >= 0 ? numerator / denominator
                               : -((-numerator + denominator - 1) / denominator));
}

gboolean
ds_digit_from_ink (const guint8 *ink,
                   gsize         width,
                   gsize         height,
                   gsize         stride,
                   guint8       *frame,
                   DsDigitSteps *steps)
{
  DsDigitSteps own_steps;
  gint64 mass = 0;
  gint64 moment_x = 0;          /* doubled: of 2 x + 1 */
  gint64 moment_y = 0;
  gint64 side;
  Box box;

  g_return_val_if_fail (ink != NULL && frame != NULL, FALSE);
  g_return_val_if_fail (stride >= width, FALSE);

  if (steps == NULL)
    steps = &own_steps;
  memset (steps, 0, sizeof (*steps));
  memset (frame, 0, DS_DIGIT_SIDE * DS_DIGIT_SIDE);

  if (!find_box (ink, width, height, stride, &box))
    return FALSE;

  side = (gint64) MAX (MAX (box.x1 - box.x0, box.y1 - box.y0), MIN_SIDE);
  steps->side = (double) side;
  steps->x = ((double) (box.x0 + box.x1) - (double) side) / 2.0;
  steps->y = ((double) (box.y0 + box.y1) - (double) side) / 2.0;
  resample (ink, stride, &box, side, steps->box);

  for (int y = 0; y < DS_DIGIT_BOX; y++)
    for (int x = 0; x < DS_DIGIT_BOX; x++)
      {
        gint64 value = steps->box[y * DS_DIGIT_BOX + x];

        mass += value;
        moment_x += value * (2 * x + 1);
        moment_y += value * (2 * y + 1);
      }

  /* Ink so faint that nothing of it is left. */
  if (mass == 0)
    return FALSE;

  steps->barycentre_x = (double) moment_x / (double) (2 * mass);
  steps->barycentre_y = (double) moment_y / (double) (2 * mass);
  steps->offset_x = offset_for (moment_x, mass);
  steps->offset_y = offset_for (moment_y, mass);

  for (int y = 0; y < DS_DIGIT_BOX; y++)
    for (int x = 0; x < DS_DIGIT_BOX; x++)
      {
        int to_x = x + steps->offset_x;
        int to_y = y + steps->offset_y;

        if (to_x >= 0 && to_x < DS_DIGIT_SIDE && to_y >= 0 && to_y < DS_DIGIT_SIDE)
          frame[to_y * DS_DIGIT_SIDE + to_x] = steps->box[y * DS_DIGIT_BOX + x];
      }

  return TRUE;
}
