/* ink-resample.c: area averaging, along the rows and then along the columns.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "ink/ink-resample.h"

/* Pixels of one line as @n_out others. */
static void
average_line (const float *in,
              gsize        n_in,
              gsize        in_step,
              float       *out,
              gsize        n_out,
              gsize        out_step)
{
  const double scale = (double) n_in / (double) n_out;

  for (gsize i = 0; i < n_out; i++)
    {
      const double begin = (double) i * scale;
      const double end = MIN ((double) (i + 1) * scale, (double) n_in);
      double sum = 0.0;

      for (gsize k = (gsize) begin; k < n_in && (double) k < end; k++)
        sum += (MIN (end, (double) (k + 1)) - MAX (begin, (double) k)) * (double) in[k * in_step];
      out[i * out_step] = (float) (sum / scale);
    }
}

/* (transfer full): @rows × @columns */
static float *
average_image (const guint8 *grey,
               gsize         width,
               gsize         height,
               gsize         rows,
               gsize         columns)
{
  g_autofree float *line = g_new (float, width);
  g_autofree float *narrow = g_new (float, height * columns);
  float *out = g_new (float, rows * columns);

  for (gsize y = 0; y < height; y++)
    {
      for (gsize x = 0; x < width; x++)
        line[x] = (float) grey[y * width + x];
      average_line (line, width, 1, narrow + y * columns, columns, 1);
    }
  for (gsize x = 0; x < columns; x++)
    average_line (narrow + x, height, columns, out + x, rows, columns);

  return out;
}

static guint8
get_border (const guint8 *grey,
            gsize         width,
            gsize         height)
{
  guint64 sum = 0, n = 0;

  for (gsize y = 0; y < height; y++)
    for (gsize x = 0; x < width; x += y == 0 || y == height - 1 || width == 1 ? 1 : width - 1)
      {
        sum += grey[y * width + x];
        n++;
      }

  return (guint8) ((sum + n / 2) / n);
}

void
ink_resample (const guint8 *grey,
              gsize         width,
              gsize         height,
              guint         rows,
              guint         columns,
              guint8       *bytes)
{
  gsize inner_rows, inner_columns, top, left;
  g_autofree float *inner = NULL;
  double scale;

  g_return_if_fail (grey != NULL && bytes != NULL);
  g_return_if_fail (width > 0 && height > 0 && rows > 0 && columns > 0);

  scale = MIN ((double) columns / (double) width, (double) rows / (double) height);
  inner_rows = CLAMP ((gsize) ((double) height * scale + 0.5), 1, rows);
  inner_columns = CLAMP ((gsize) ((double) width * scale + 0.5), 1, columns);
  top = (rows - inner_rows) / 2;
  left = (columns - inner_columns) / 2;

  inner = average_image (grey, width, height, inner_rows, inner_columns);
  memset (bytes, get_border (grey, width, height), (gsize) rows * columns);
  for (gsize y = 0; y < inner_rows; y++)
    for (gsize x = 0; x < inner_columns; x++)
      bytes[(top + y) * columns + left + x] = (guint8) CLAMP (inner[y * inner_columns + x] + 0.5f, 0.0f, 255.0f);
}
