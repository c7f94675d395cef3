/* draw-density.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "draw/draw-color.h"
#include "draw/draw-density-private.h"
#include "draw/draw-scale-bar.h"

/* Colours of the scale */
#define N_COLORS 256

/* Cairo makes no larger images. */
#define MAX_SIDE 16000.0

void
draw_density_init (DrawDensity    *density,
                   const double   *x,
                   const double   *y,
                   gsize           n_points,
                   const DrawAxis *x_axis,
                   const DrawAxis *y_axis,
                   const DrawArea *plot,
                   const DrawArea *area,
                   double          scale)
{
  g_return_if_fail (density != NULL);
  g_return_if_fail ((x != NULL && y != NULL) || n_points == 0);
  g_return_if_fail (scale > 0);

  density->columns = (gsize) CLAMP (ceil (area->width * scale), 1, MAX_SIDE);
  density->rows = (gsize) CLAMP (ceil (area->height * scale), 1, MAX_SIDE);
  density->counts = g_new0 (guint32, density->columns * density->rows);

  for (gsize i = 0; i < n_points; i++)
    {
      double across = draw_axis_to_unit (x_axis, x[i]);
      double down = 1 - draw_axis_to_unit (y_axis, y[i]);
      double column = (plot->x + across * plot->width - area->x) * scale;
      double row = (plot->y + down * plot->height - area->y) * scale;

      /* No number is not inside, either. */
      if (across >= 0 && across <= 1 && down >= 0 && down <= 1)
        density->counts[(gsize) CLAMP (row, 0, (double) density->rows - 1) * density->columns +
                        (gsize) CLAMP (column, 0, (double) density->columns - 1)]++;
    }
}

void
draw_density_clear (DrawDensity *density)
{
  g_clear_pointer (&density->counts, g_free);
}

/* Adds a line to sums, or takes it away. */
static void
add_line (guint32       *sums,
          const guint32 *values,
          gsize          n,
          gboolean       away)
{
  for (gsize i = 0; i < n; i++)
    sums[i] += away ? -values[i] : values[i];
}

/* Sums of windows along one line */
static void
sum_line (const guint32 *values,
          guint32       *sums,
          gsize          n,
          gsize          reach)
{
  guint32 sum = 0;

  for (gsize i = 0; i < MIN (reach, n); i++)
    sum += values[i];

  for (gsize i = 0; i < n; i++)
    {
      if (i + reach < n)
        sum += values[i + reach];
      if (i > reach)
        sum -= values[i - reach - 1];
      sums[i] = sum;
    }
}

guint32 *
draw_density_sum (const DrawDensity *density,
                  gsize              reach)
{
  gsize columns, rows;
  g_autofree guint32 *along = NULL;
  g_autofree guint32 *below = NULL;
  guint32 *sums;

  g_return_val_if_fail (density != NULL && density->counts != NULL, NULL);

  columns = density->columns;
  rows = density->rows;
  along = g_new (guint32, columns * rows);
  sums = g_new (guint32, columns * rows);

  below = g_new0 (guint32, columns);

  for (gsize row = 0; row < rows; row++)
    sum_line (density->counts + row * columns, along + row * columns, columns, reach);

  /* The same down the columns, all of them at once */
  for (gsize row = 0; row < MIN (reach, rows); row++)
    add_line (below, along + row * columns, columns, FALSE);
  for (gsize row = 0; row < rows; row++)
    {
      if (row + reach < rows)
        add_line (below, along + (row + reach) * columns, columns, FALSE);
      if (row > reach)
        add_line (below, along + (row - reach - 1) * columns, columns, TRUE);
      memcpy (sums + row * columns, below, columns * sizeof *sums);
    }

  return sums;
}

/* How much of a pixel so far from the middle of a dot is covered, of 255 */
static guint8
get_coverage (double radius,
              double distance)
{
  return (guint8) lround (255 * CLAMP (radius + 0.5 - distance, 0, 1));
}

/* What is seen at a pixel */
typedef struct
{
  guint32 sum;           /* points around the dot; SOLID is added within it */
  guint8  covered;       /* of 255 */
} Seen;

/* Whatever is only at the edge of a dot gives way to what is inside of one. */
#define SOLID (1u << 31)
#define SOLID_COVERAGE 128

static void
stamp_dot (Seen         *seen,
           const guint8 *dot,
           gsize         n,
           guint32       sum)
{
  for (gsize i = 0; i < n; i++)
    {
      guint32 here = dot[i] >= SOLID_COVERAGE ? sum | SOLID : dot[i] > 0 ? sum : 0;

      seen[i].sum = MAX (seen[i].sum, here);
      seen[i].covered = MAX (seen[i].covered, dot[i]);
    }
}

/* (transfer full): a dot at each pixel with points; where dots meet, the one with
 * the most points around it is above.
 */
static Seen *
stamp_dots (const DrawDensity *density,
            const guint32     *sums,
            double             radius)
{
  const gssize columns = (gssize) density->columns;
  const gssize rows = (gssize) density->rows;
  const gssize reach = (gssize) ceil (radius);
  const gssize side = 2 * reach + 1;
  g_autofree guint8 *dot = g_new (guint8, side * side);
  Seen *seen = g_new0 (Seen, columns * rows);

  for (gssize y = -reach; y <= reach; y++)
    {
      for (gssize x = -reach; x <= reach; x++)
        dot[(y + reach) * side + x + reach] = get_coverage (radius, hypot ((double) x, (double) y));
    }

  for (gssize row = 0; row < rows; row++)
    {
      for (gssize column = 0; column < columns; column++)
        {
          gssize at = row * columns + column;
          gssize left = MAX (column - reach, 0);
          gssize right = MIN (column + reach, columns - 1);

          if (density->counts[at] == 0)
            continue;

          for (gssize y = MAX (row - reach, 0); y <= MIN (row + reach, rows - 1); y++)
            stamp_dot (seen + y * columns + left, dot + (y - row + reach) * side + left - column + reach,
                       (gsize) (right - left + 1), sums[at]);
        }
    }

  return seen;
}

/* As Cairo keeps it: multiplied by its alpha */
static guint32
to_pixel (DrawColor color,
          guint8    alpha)
{
  return (guint32) alpha << 24 |
         (guint32) lround (color.red * alpha) << 16 |
         (guint32) lround (color.green * alpha) << 8 |
         (guint32) lround (color.blue * alpha);
}

cairo_surface_t *
draw_density_make_image (const DrawDensity *density,
                         const DrawTheme   *theme,
                         double             radius,
                         gsize              reach,
                         double            *most)
{
  g_autofree guint32 *sums = NULL;
  g_autofree Seen *seen = NULL;
  cairo_surface_t *image;
  DrawColor colors[N_COLORS];
  double per_log;
  guint32 largest = 0;
  guint8 *data;
  int stride;

  g_return_val_if_fail (density != NULL && theme != NULL && most != NULL, NULL);

  sums = draw_density_sum (density, reach);
  seen = stamp_dots (density, sums, radius);

  for (gsize i = 0; i < density->columns * density->rows; i++)
    {
      if (density->counts[i] > 0)
        largest = MAX (largest, sums[i]);
    }
  *most = largest;

  for (guint i = 0; i < N_COLORS; i++)
    colors[i] = draw_scale_bar_get_count_color (theme, pow (largest, i / (N_COLORS - 1.0)), largest);
  per_log = largest > 1 ? (N_COLORS - 1) / log (largest) : 0;

  image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) density->columns, (int) density->rows);
  if (cairo_surface_status (image) != CAIRO_STATUS_SUCCESS)
    return image;

  cairo_surface_flush (image);
  data = cairo_image_surface_get_data (image);
  stride = cairo_image_surface_get_stride (image);

  for (gsize row = 0; row < density->rows; row++)
    {
      guint32 *line = (guint32 *) (gpointer) (data + row * (gsize) stride);
      const Seen *from = seen + row * density->columns;

      for (gsize column = 0; column < density->columns; column++)
        {
          double points = MAX (from[column].sum & ~SOLID, 1);

          if (from[column].covered > 0)
            line[column] = to_pixel (colors[lround (per_log * log (points))], from[column].covered);
        }
    }
  cairo_surface_mark_dirty (image);

  return image;
}
