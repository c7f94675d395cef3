/* draw-line.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "draw/draw-line.h"

/* Of a line's width */
#define DASH_ON 3.0
#define DASH_OFF 2.0
#define MARKER_RADIUS 1.5

/* More points than this in each column run up and down. */
#define DENSE 2.2

/* In pixels: what nobody sees */
#define FLAT 0.25

/* Values far outside stay inside what Cairo's fixed point can hold. */
#define FAR_AWAY 1e5

typedef struct
{
  const double   *values;
  double          first_x;
  const DrawAxis *x_axis;
  const DrawAxis *y_axis;
  const DrawArea *plot;
} Mapping;

static double
map_x (const Mapping *map,
       gsize          i)
{
  double unit = draw_axis_to_unit (map->x_axis, map->first_x + (double) i);

  return map->plot->x + unit * map->plot->width;
}

/* NaN where there is nothing to see */
static double
map_y (const Mapping *map,
       gsize          i)
{
  double value = map->values[i];
  double unit;

  if (!isfinite (value) || (map->y_axis->log && value <= 0))
    return NAN;

  unit = draw_axis_to_unit (map->y_axis, value);

  return map->plot->y + CLAMP ((1 - unit) * map->plot->height, -FAR_AWAY, FAR_AWAY);
}

static void
append (GArray *vertices,
        double  x,
        double  y)
{
  DrawVertex vertex = { x, y };

  g_array_append_val (vertices, vertex);
}

/* The values of one column: from @begin up to @end, which it leaves out. */
static void
append_column (GArray        *vertices,
               const Mapping *map,
               gsize          begin,
               gsize          end)
{
  gsize keep[4] = { begin, begin, begin, end - 1 };      /* first, lowest, highest, last */
  double low = INFINITY;
  double high = -INFINITY;
  gsize before = G_MAXSIZE;

  for (gsize i = begin; i < end; i++)
    {
      double y = map_y (map, i);

      /* No number compares: a gap is kept only at an end, and is less than a
       * pixel otherwise.
       */
      if (y < low)
        {
          low = y;
          keep[1] = i;
        }
      if (y > high)
        {
          high = y;
          keep[2] = i;
        }
    }

  /* A smooth line needs no more than one point a column. */
  if (high - low < FLAT && !isnan (map_y (map, begin)) && !isnan (map_y (map, end - 1)))
    {
      append (vertices, map_x (map, begin), map_y (map, begin));
      return;
    }

  if (keep[1] > keep[2])
    {
      gsize swap = keep[1];

      keep[1] = keep[2];
      keep[2] = swap;
    }

  for (guint k = 0; k < G_N_ELEMENTS (keep); k++)
    {
      if (keep[k] == before)
        continue;

      append (vertices, map_x (map, keep[k]), map_y (map, keep[k]));
      before = keep[k];
    }
}

GArray *
draw_line_reduce (const double   *values,
                  gsize           n_values,
                  double          first_x,
                  const DrawAxis *x_axis,
                  const DrawAxis *y_axis,
                  const DrawArea *plot)
{
  const Mapping map = { values, first_x, x_axis, y_axis, plot };
  GArray *vertices;
  double from, to;
  gsize begin, end;

  g_return_val_if_fail (values != NULL || n_values == 0, NULL);
  g_return_val_if_fail (plot != NULL, NULL);

  vertices = g_array_new (FALSE, FALSE, sizeof (DrawVertex));

  /* One value beyond each end */
  from = floor (x_axis->min - first_x);
  to = ceil (x_axis->max - first_x) + 1;
  begin = from > 0 ? (gsize) MIN (from, (double) n_values) : 0;
  end = to > 0 ? (gsize) MIN (to, (double) n_values) : 0;

  if (begin >= end)
    return vertices;

  if (end - begin <= 2 * plot->width)
    {
      for (gsize i = begin; i < end; i++)
        append (vertices, map_x (&map, i), map_y (&map, i));

      return vertices;
    }

  for (gsize i = begin; i < end;)
    {
      double column = floor (map_x (&map, i));
      gsize next = i + 1;

      while (next < end && floor (map_x (&map, next)) == column)
        next++;

      append_column (vertices, &map, i, next);
      i = next;
    }

  return vertices;
}

static void
trace_marker (cairo_t *cr,
              double   x,
              double   y,
              double   radius,
              gboolean square)
{
  if (square)
    {
      cairo_rectangle (cr, x - radius, y - radius, 2 * radius, 2 * radius);
    }
  else
    {
      cairo_new_sub_path (cr);
      cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
    }
}

/* The outline of what a line covers that runs up and down in each column: stroking it
 * there and back takes many times as long as filling this, and looks the same. @n vertices
 * without a gap.
 */
static void
trace_band (cairo_t          *cr,
            const DrawVertex *v,
            guint             n,
            double            line_width)
{
  g_autoptr(GArray) below = g_array_new (FALSE, FALSE, sizeof (DrawVertex));
  double half = line_width / 2;

  for (guint i = 0; i < n;)
    {
      double column = floor (v[i].x);
      double low = i > 0 ? v[i - 1].y : v[i].y;      /* joined to the column before */
      double high = low;
      DrawVertex lower;

      for (; i < n && floor (v[i].x) == column; i++)
        {
          low = MIN (low, v[i].y);
          high = MAX (high, v[i].y);
        }

      if (below->len == 0)
        cairo_move_to (cr, column, low - half);
      cairo_line_to (cr, column + 0.5, low - half);

      lower = (DrawVertex) { column + 0.5, high + half };
      g_array_append_val (below, lower);
    }

  for (guint i = below->len; i > 0; i--)
    {
      const DrawVertex *lower = &g_array_index (below, DrawVertex, i - 1);

      if (i == below->len)
        cairo_line_to (cr, lower->x + 0.5, lower->y);
      cairo_line_to (cr, lower->x, lower->y);
    }

  cairo_close_path (cr);
}

static void
trace (cairo_t          *cr,
       const DrawVertex *v,
       guint             n)
{
  cairo_new_sub_path (cr);
  for (guint i = 0; i < n; i++)
    cairo_line_to (cr, v[i].x, v[i].y);
}

void
draw_line (cairo_t      *cr,
           const GArray *vertices,
           double        line_width,
           gboolean      dashed,
           gboolean      markers)
{
  const DrawVertex *v = (const DrawVertex *) (gpointer) vertices->data;
  const double dashes[] = { DASH_ON *line_width, DASH_OFF *line_width };
  const double period = dashes[0] + dashes[1];
  guint n = vertices->len;
  gboolean dense;

  if (n == 0)
    return;

  dense = n > DENSE * (v[n - 1].x - v[0].x);

  cairo_save (cr);
  cairo_new_path (cr);
  cairo_set_line_width (cr, line_width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, dashed ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
  if (dashed && !dense)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);

  /* Piece by piece; dashes of a dense line are pieces as well, by column. */
  for (guint i = 0; i < n;)
    {
      guint begin = i;

      while (i < n && !isnan (v[i].y) &&
             (!dense || !dashed || fmod (v[i].x - v[0].x, period) < dashes[0]))
        i++;

      if (i == begin)
        i++;
      else if (dense)
        trace_band (cr, v + begin, i - begin, line_width);
      else if (i - begin > 1)
        trace (cr, v + begin, i - begin);
    }

  if (dense)
    cairo_fill (cr);
  else
    cairo_stroke (cr);

  for (guint i = 0; i < n; i++)
    {
      gboolean alone = (i == 0 || isnan (v[i - 1].y)) && (i + 1 == n || isnan (v[i + 1].y));

      if (!isnan (v[i].y) && (markers || alone))
        trace_marker (cr, v[i].x, v[i].y, MARKER_RADIUS * line_width, dashed);
    }
  cairo_fill (cr);

  cairo_restore (cr);
}
