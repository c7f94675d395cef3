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

/* A line this steep on the whole, with points this close, runs up and down. */
#define DENSE_TRAVEL 4.0
#define DENSE_SPACING 3.0

/* Nor is one smooth with more points than this in each column. */
#define DENSE_POINTS 2.2

/* Columns that are filled at once: Cairo's time grows faster than their number. */
#define FILL_COLUMNS 16

/* In pixels: what nobody sees */
#define FLAT 0.25

/* Values far outside stay inside what Cairo's fixed point can hold. */
#define FAR_AWAY 1e5

typedef struct
{
  const double   *values;
  const double   *x;          /* (nullable): where they are; NULL: from first_x on */
  double          first_x;
  const DrawAxis *x_axis;
  const DrawAxis *y_axis;
  const DrawArea *plot;
} Mapping;

static double
get_x (const Mapping *map,
       gsize          i)
{
  return map->x != NULL ? map->x[i] : map->first_x + (double) i;
}

/* The first of @n places that is at @x or after it */
static gsize
find_x (const Mapping *map,
        gsize          n,
        double         x)
{
  gsize begin = 0;
  gsize end = n;

  if (map->x == NULL)
    return (gsize) CLAMP (ceil (x - map->first_x), 0.0, (double) n);

  while (begin < end)
    {
      gsize middle = begin + (end - begin) / 2;

      if (map->x[middle] < x)
        begin = middle + 1;
      else
        end = middle;
    }

  return begin;
}

static double
map_x (const Mapping *map,
       gsize          i)
{
  double unit = draw_axis_to_unit (map->x_axis, get_x (map, i));

  return map->plot->x + unit * map->plot->width;
}

static gboolean
is_shown (const Mapping *map,
          double         value)
{
  return isfinite (value) && (!map->y_axis->log || value > 0);
}

/* NaN where there is nothing to see */
static double
map_y (const Mapping *map,
       gsize          i)
{
  double value = map->values[i];
  double unit;

  if (!is_shown (map, value))
    return NAN;

  unit = draw_axis_to_unit (map->y_axis, value);

  return map->plot->y + CLAMP ((1 - unit) * map->plot->height, -FAR_AWAY, FAR_AWAY);
}

/* The first place after @i, and up to @end, that is in another column */
static gsize
find_column_end (const Mapping *map,
                 gsize          i,
                 gsize          end)
{
  double column = floor (map_x (map, i));
  double unit = (column + 1 - map->plot->x) / map->plot->width;
  gsize next = CLAMP (find_x (map, end, draw_axis_from_unit (map->x_axis, unit)), i + 1, end);

  /* The guess is rounded. */
  while (next > i + 1 && floor (map_x (map, next - 1)) > column)
    next--;
  while (next < end && floor (map_x (map, next)) <= column)
    next++;

  return next;
}

static void
append_vertex (GArray *vertices,
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
  const double *values = map->values;
  gsize lowest = begin;
  gsize highest = begin;
  double first = map_y (map, begin);
  double last = map_y (map, end - 1);
  gsize keep[4];
  gsize before = G_MAXSIZE;

  /* Values are compared before they are mapped: there may be many, and logarithms
   * take time. A gap is kept only at an end, and is less than a pixel otherwise.
   */
  for (gsize i = begin; i < end; i++)
    {
      if (!is_shown (map, values[i]))
        continue;

      if (!is_shown (map, values[lowest]) || values[i] < values[lowest])
        lowest = i;
      if (!is_shown (map, values[highest]) || values[i] > values[highest])
        highest = i;
    }

  /* A smooth line needs no more than one point a column. */
  if (!isnan (first) && !isnan (last) && map_y (map, lowest) - map_y (map, highest) < FLAT)
    {
      append_vertex (vertices, map_x (map, begin), first);
      return;
    }

  keep[0] = begin;
  keep[1] = MIN (lowest, highest);
  keep[2] = MAX (lowest, highest);
  keep[3] = end - 1;

  for (guint k = 0; k < G_N_ELEMENTS (keep); k++)
    {
      if (keep[k] == before)
        continue;

      append_vertex (vertices, map_x (map, keep[k]), map_y (map, keep[k]));
      before = keep[k];
    }
}

static GArray *
reduce_values (const Mapping *map,
               gsize          n_values)
{
  GArray *vertices = g_array_new (FALSE, FALSE, sizeof (DrawVertex));
  const gsize from = find_x (map, n_values, map->x_axis->min);
  const gsize to = find_x (map, n_values, map->x_axis->max);

  /* One value beyond each end */
  const gsize begin = from > 0 && (from == n_values || get_x (map, from) > map->x_axis->min) ? from - 1 : from;
  const gsize end = MIN (to + 1, n_values);

  if (from == n_values || begin >= end || get_x (map, begin) > map->x_axis->max)
    return vertices;

  if (end - begin <= 2 * map->plot->width)
    {
      for (gsize i = begin; i < end; i++)
        append_vertex (vertices, map_x (map, i), map_y (map, i));

      return vertices;
    }

  for (gsize i = begin; i < end;)
    {
      gsize next = find_column_end (map, i, end);

      append_column (vertices, map, i, next);
      i = next;
    }

  return vertices;
}

GArray *
draw_line_reduce (const double   *values,
                  gsize           n_values,
                  double          first_x,
                  const DrawAxis *x_axis,
                  const DrawAxis *y_axis,
                  const DrawArea *plot)
{
  const Mapping map = { values, NULL, first_x, x_axis, y_axis, plot };

  g_return_val_if_fail (values != NULL || n_values == 0, NULL);
  g_return_val_if_fail (plot != NULL, NULL);

  return reduce_values (&map, n_values);
}

GArray *
draw_line_reduce_at (const double   *values,
                     const double   *x,
                     gsize           n_values,
                     const DrawAxis *x_axis,
                     const DrawAxis *y_axis,
                     const DrawArea *plot)
{
  const Mapping map = { values, x, 0.0, x_axis, y_axis, plot };

  g_return_val_if_fail ((values != NULL && x != NULL) || n_values == 0, NULL);
  g_return_val_if_fail (plot != NULL, NULL);

  return reduce_values (&map, n_values);
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

/* Whether @n vertices without a gap run up and down so closely that a stroke would be
 * little else than filled columns */
static gboolean
is_dense (const DrawVertex *v,
          guint             n)
{
  double width = v[n - 1].x - v[0].x;
  double travel = 0;

  if (n > DENSE_POINTS * width)
    return TRUE;
  if (n * DENSE_SPACING < width)
    return FALSE;

  for (guint i = 1; i < n; i++)
    travel += fabs (v[i].y - v[i - 1].y);

  return travel > DENSE_TRAVEL * width;
}

/* Widens what column @c covers by the part of the piece from @a to @b that is within
 * @half of its middle.
 */
static void
add_to_column (DrawVertex       *spans,
               int               c,
               double            middle,
               double            half,
               const DrawVertex *a,
               const DrawVertex *b)
{
  double slope = b->x > a->x ? (b->y - a->y) / (b->x - a->x) : 0;
  double from = a->x < middle - half ? a->y + slope * (middle - half - a->x) : a->y;
  double to = b->x > middle + half ? a->y + slope * (middle + half - a->x) : b->y;

  spans[c].x = MIN (spans[c].x, MIN (from, to));
  spans[c].y = MAX (spans[c].y, MAX (from, to));
}

/* Fills the columns of pixels that a line covers which runs up and down in them. To stroke
 * it takes many times as long, and looks the same. @n vertices without a gap; with
 * @period > 0 it is dashed: @on of them.
 */
static void
fill_columns (cairo_t          *cr,
              const DrawVertex *v,
              guint             n,
              double            line_width,
              double            on,
              double            period)
{
  double half = line_width / 2;
  double left = floor (v[0].x);
  int n_columns = (int) (floor (v[n - 1].x) - left) + 1;
  g_autofree DrawVertex *spans = g_new (DrawVertex, n_columns);      /* lowest y, highest y */

  for (int c = 0; c < n_columns; c++)
    {
      spans[c] = (DrawVertex) { INFINITY, -INFINITY };
    }

  for (guint i = 0; i < n; i++)
    {
      const DrawVertex *a = &v[i > 0 ? i - 1 : 0];
      int first = (int) MAX (ceil (a->x - left - 0.5 - half), 0);
      int last = (int) MIN (floor (v[i].x - left - 0.5 + half), n_columns - 1);

      for (int c = first; c <= last; c++)
        add_to_column (spans, c, left + c + 0.5, half, a, &v[i]);
    }

  for (int c = 0; c < n_columns; c++)
    {
      if (spans[c].x <= spans[c].y && (period <= 0 || fmod (c, period) < on))
        cairo_rectangle (cr, left + c, spans[c].x - half, 1, spans[c].y - spans[c].x + line_width);
      if ((c + 1) % FILL_COLUMNS == 0)
        cairo_fill (cr);
    }
  cairo_fill (cr);
}

static void
trace_vertices (cairo_t          *cr,
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
  guint n = vertices->len;

  if (n == 0)
    return;

  cairo_save (cr);
  cairo_new_path (cr);
  cairo_set_line_width (cr, line_width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, dashed ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
  if (dashed)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);

  /* From gap to gap */
  for (guint begin = 0, end; begin < n; begin = end + 1)
    {
      for (end = begin; end < n && !isnan (v[end].y); end++)
        ;

      if (end - begin < 2)
        continue;

      if (is_dense (v + begin, end - begin))
        {
          fill_columns (cr, v + begin, end - begin, line_width, dashes[0], dashed ? dashes[0] + dashes[1] : 0);
        }
      else
        {
          trace_vertices (cr, v + begin, end - begin);
          cairo_stroke (cr);
        }
    }

  for (guint i = 0; i < n; i++)
    {
      gboolean alone = (i == 0 || isnan (v[i - 1].y)) && (i + 1 == n || isnan (v[i + 1].y));

      if (!isnan (v[i].y) && (markers || alone))
        trace_marker (cr, v[i].x, v[i].y, MARKER_RADIUS * line_width, dashed);
    }
  cairo_fill (cr);

  cairo_restore (cr);
}
