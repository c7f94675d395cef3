/* draw-sketch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "draw/draw-image.h"
#include "draw/draw-sketch.h"

/* A bend is rounded where both its sides are shorter than this and it is not a
 * corner: events come often while a hand moves on, seldom where it draws a
 * straight line. Of the side of the square; cosine of the turn.
 */
#define ROUND_LENGTH 0.15
#define ROUND_COSINE 0.5

/* A rounded bend whose width changes is drawn in steps about this long. */
#define STEP_LENGTH 0.01
#define MAX_STEPS 8

/* Of the cross, in user units: how far its arms reach beyond the ring, the width of
 * its lines, and of the edge that sets it off from ink.
 */
#define CROSS_ARM 12.0
#define CROSS_LINE 2.0
#define CROSS_HALO 1.5

typedef struct
{
  double x;
  double y;
  double radius;
} Nib;

/* From half a pen without pressure to one and a half of it */
static Nib
to_nib (const DrawPoint *point,
        double           pen)
{
  double pressure = CLAMP ((double) point->pressure, 0.0, 1.0);

  return (Nib) {
           (double) point->x, (double) point->y, 0.5 * pen * (0.5 + pressure)
  };
}

static Nib
mix (const Nib *a,
     const Nib *b,
     double     share)
{
  return (Nib) {
           a->x + share * (b->x - a->x),
           a->y + share * (b->y - a->y),
           a->radius + share * (b->radius - a->radius),
  };
}

static void
trace_circle (cairo_t   *cr,
              const Nib *nib)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, nib->x, nib->y, nib->radius, 0, 2 * G_PI);
  cairo_close_path (cr);
}

/* What a round nib covers from one place to the next: a circle at the end and
 * what lies between, turning the way the circles do, so that all parts of a
 * stroke add up.
 */
static void
trace_move (cairo_t   *cr,
            const Nib *from,
            const Nib *to)
{
  double dx = to->x - from->x;
  double dy = to->y - from->y;
  double length = hypot (dx, dy);
  double nx, ny;

  trace_circle (cr, to);

  if (length < 1e-9)
    return;

  nx = -dy / length;
  ny = dx / length;

  cairo_move_to (cr, from->x - nx * from->radius, from->y - ny * from->radius);
  cairo_line_to (cr, to->x - nx * to->radius, to->y - ny * to->radius);
  cairo_line_to (cr, to->x + nx * to->radius, to->y + ny * to->radius);
  cairo_line_to (cr, from->x + nx * from->radius, from->y + ny * from->radius);
  cairo_close_path (cr);
}

static gboolean
is_round (const Nib *before,
          const Nib *here,
          const Nib *after)
{
  double ax = here->x - before->x, ay = here->y - before->y;
  double bx = after->x - here->x, by = after->y - here->y;
  double a = hypot (ax, ay), b = hypot (bx, by);

  return a < ROUND_LENGTH && b < ROUND_LENGTH && ax * bx + ay * by > ROUND_COSINE * a * b;
}

static gboolean
is_even (const DrawPoint *points,
         gsize            n)
{
  for (gsize i = 1; i < n; i++)
    {
      if (fabsf (points[i].pressure - points[0].pressure) > 1e-3f)
        return FALSE;
    }

  return TRUE;
}

/* A mouse's stroke: of one width, for Cairo's own pen */
static void
trace_even_stroke (cairo_t         *cr,
                   double           pen,
                   const DrawPoint *points,
                   gsize            n)
{
  Nib here = to_nib (&points[0], pen);

  cairo_move_to (cr, here.x, here.y);
  if (n == 1)
    cairo_close_path (cr);      /* a dot */

  for (gsize i = 1; i < n; i++)
    {
      Nib before = here;
      Nib after, begin, end, a, b;

      here = to_nib (&points[i], pen);
      if (i + 1 < n)
        after = to_nib (&points[i + 1], pen);

      if (i + 1 == n || !is_round (&before, &here, &after))
        {
          cairo_line_to (cr, here.x, here.y);
          continue;
        }

      /* A parabola from the middle of one side to that of the other */
      begin = mix (&before, &here, 0.5);
      end = mix (&here, &after, 0.5);
      a = mix (&begin, &here, 2.0 / 3);
      b = mix (&end, &here, 2.0 / 3);
      cairo_line_to (cr, begin.x, begin.y);
      cairo_curve_to (cr, a.x, a.y, b.x, b.y, end.x, end.y);
    }
}

/* A pen's stroke, whose width follows the pressure */
static void
trace_uneven_stroke (cairo_t         *cr,
                     double           pen,
                     const DrawPoint *points,
                     gsize            n)
{
  Nib at = to_nib (&points[0], pen);

  trace_circle (cr, &at);

  for (gsize i = 1; i < n; i++)
    {
      Nib before = to_nib (&points[i - 1], pen);
      Nib here = to_nib (&points[i], pen);
      Nib after;
      Nib begin, end;
      guint n_steps;

      if (i + 1 < n)
        after = to_nib (&points[i + 1], pen);

      if (i + 1 == n || !is_round (&before, &here, &after))
        {
          trace_move (cr, &at, &here);
          at = here;
          continue;
        }

      begin = mix (&before, &here, 0.5);
      end = mix (&here, &after, 0.5);
      trace_move (cr, &at, &begin);
      at = begin;

      n_steps = (guint) CLAMP (hypot (end.x - begin.x, end.y - begin.y) / STEP_LENGTH, 1, MAX_STEPS);
      for (guint k = 1; k <= n_steps; k++)
        {
          double t = k / (double) n_steps;
          Nib a = mix (&begin, &here, t);
          Nib b = mix (&here, &end, t);
          Nib next = mix (&a, &b, t);

          trace_move (cr, &at, &next);
          at = next;
        }
    }
}

static void
draw_strokes (cairo_t         *cr,
              double           size,
              double           pen,
              const DrawPoint *points,
              gsize            n_points)
{
  gsize end;

  cairo_new_path (cr);
  cairo_scale (cr, size, size);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);

  for (gsize begin = 0; begin < n_points; begin = end)
    {
      end = begin + 1;
      while (end < n_points && !points[end].starts)
        end++;

      if (is_even (points + begin, end - begin))
        {
          Nib nib = to_nib (&points[begin], pen);

          trace_even_stroke (cr, pen, points + begin, end - begin);
          cairo_set_line_width (cr, 2 * nib.radius);
          cairo_stroke (cr);
        }
      else
        {
          trace_uneven_stroke (cr, pen, points + begin, end - begin);
          cairo_fill (cr);
        }
    }
}

void
draw_sketch (cairo_t         *cr,
             double           size,
             const DrawPoint *points,
             gsize            n_points)
{
  draw_sketch_with_pen (cr, size, DRAW_PEN_WIDTH, points, n_points);
}

void
draw_sketch_with_pen (cairo_t         *cr,
                      double           size,
                      double           pen,
                      const DrawPoint *points,
                      gsize            n_points)
{
  double alpha = 1;

  g_return_if_fail (cr != NULL);
  g_return_if_fail (points != NULL || n_points == 0);

  if (n_points == 0 || !(size > 0) || !(pen > 0))
    return;

  cairo_save (cr);
  cairo_pattern_get_rgba (cairo_get_source (cr), NULL, NULL, NULL, &alpha);

  if (alpha < 1)
    {
      /* Where strokes cross they are not darker. */
      cairo_pattern_t *mask;

      cairo_push_group_with_content (cr, CAIRO_CONTENT_ALPHA);
      cairo_set_source_rgb (cr, 0, 0, 0);
      draw_strokes (cr, size, pen, points, n_points);
      mask = cairo_pop_group (cr);
      cairo_mask (cr, mask);
      cairo_pattern_destroy (mask);
    }
  else
    {
      draw_strokes (cr, size, pen, points, n_points);
    }

  cairo_restore (cr);
}

static void
trace_cross (cairo_t *cr,
             double   x,
             double   y,
             double   radius)
{
  static const int arms[][2] = { { 1, 0 }, { 0, 1 }, { -1, 0 }, { 0, -1 } };

  cairo_new_path (cr);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  for (gsize i = 0; i < G_N_ELEMENTS (arms); i++)
    {
      cairo_move_to (cr, x + arms[i][0] * radius, y + arms[i][1] * radius);
      cairo_rel_line_to (cr, arms[i][0] * CROSS_ARM, arms[i][1] * CROSS_ARM);
    }
}

void
draw_sketch_cross (cairo_t         *cr,
                   const DrawTheme *theme,
                   double           size,
                   double           x,
                   double           y,
                   gboolean         is_down)
{
  const double radius = 0.5 * DRAW_PEN_WIDTH * size;

  g_return_if_fail (cr != NULL && theme != NULL);

  cairo_save (cr);

  trace_cross (cr, x * size, y * size, radius);
  cairo_set_line_width (cr, CROSS_LINE + 2 * CROSS_HALO);
  draw_set_color (cr, draw_theme_get_paper (theme));
  cairo_stroke (cr);

  draw_set_color (cr, draw_theme_get_category (theme, 0));
  if (is_down)
    {
      cairo_arc (cr, x * size, y * size, radius, 0, 2 * G_PI);
      cairo_fill (cr);
    }
  trace_cross (cr, x * size, y * size, radius);
  cairo_set_line_width (cr, CROSS_LINE);
  cairo_stroke (cr);

  cairo_restore (cr);
}

gboolean
draw_sketch_get_extents (const DrawPoint *points,
                         gsize            n_points,
                         double          *x0,
                         double          *y0,
                         double          *x1,
                         double          *y1)
{
  g_return_val_if_fail (points != NULL || n_points == 0, FALSE);
  g_return_val_if_fail (x0 != NULL && y0 != NULL && x1 != NULL && y1 != NULL, FALSE);

  *x0 = *y0 = *x1 = *y1 = 0.0;

  for (gsize i = 0; i < n_points; i++)
    {
      const double x = (double) points[i].x;
      const double y = (double) points[i].y;

      *x0 = i > 0 ? MIN (*x0, x) : x;
      *y0 = i > 0 ? MIN (*y0, y) : y;
      *x1 = i > 0 ? MAX (*x1, x) : x;
      *y1 = i > 0 ? MAX (*y1, y) : y;
    }

  return n_points > 0;
}

void
draw_sketch_to_ink (const DrawPoint *points,
                    gsize            n_points,
                    gsize            side,
                    guint8          *ink)
{
  draw_sketch_part_to_ink (points, n_points, 0.0, 0.0, 1.0, 0.0, side, ink);
}

void
draw_sketch_part_to_ink (const DrawPoint *points,
                         gsize            n_points,
                         double           x,
                         double           y,
                         double           part_side,
                         double           pen,
                         gsize            side,
                         guint8          *ink)
{
  double size;
  cairo_surface_t *surface;
  const guint8 *data;
  cairo_t *cr;
  gsize stride;

  g_return_if_fail (ink != NULL);
  g_return_if_fail (side > 0 && side <= 32767);
  g_return_if_fail (part_side > 0.0);

  size = (double) side / part_side;
  surface = cairo_image_surface_create (CAIRO_FORMAT_A8, (int) side, (int) side);
  cr = cairo_create (surface);
  cairo_translate (cr, -x * size, -y * size);
  draw_sketch_with_pen (cr, size, pen > 0.0 ? pen : DRAW_PEN_WIDTH, points, n_points);
  cairo_destroy (cr);

  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  stride = (gsize) cairo_image_surface_get_stride (surface);

  for (gsize row = 0; row < side; row++)
    {
      for (gsize column = 0; column < side; column++)
        ink[row * side + column] = data != NULL ? data[row * stride + column] : 0;
    }

  cairo_surface_destroy (surface);
}

static DrawColor
get_paper (const DrawTheme *theme)
{
  double grey = theme->dark ? 0.12 : 1.0;

  if (theme->background.alpha > 0.5)
    return theme->background;

  return (DrawColor) { grey, grey, grey, 1.0 };
}

void
draw_sketch_picture (cairo_t         *cr,
                     const DrawTheme *theme,
                     double           x,
                     double           y,
                     double           width,
                     double           height,
                     const guint8    *bytes,
                     gsize            rows,
                     gsize            columns)
{
  DrawColor ink, paper;
  cairo_surface_t *image;
  guint8 *data;
  gsize stride;

  g_return_if_fail (cr != NULL && theme != NULL && bytes != NULL);
  g_return_if_fail (rows > 0 && rows <= 32767 && columns > 0 && columns <= 32767);

  if (!(width > 0) || !(height > 0))
    return;

  ink = theme->foreground;
  paper = get_paper (theme);

  image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) columns, (int) rows);
  data = cairo_image_surface_get_data (image);
  if (data == NULL)
    {
      cairo_surface_destroy (image);
      return;
    }

  stride = (gsize) cairo_image_surface_get_stride (image);
  for (gsize r = 0; r < rows; r++)
    {
      guint32 *line = (guint32 *) (gpointer) (data + r * stride);

      for (gsize c = 0; c < columns; c++)
        {
          double share = bytes[r * columns + c] / 255.0;

          line[c] = (guint32) lround (255 * (paper.red + share * (ink.red - paper.red))) << 16 |
                    (guint32) lround (255 * (paper.green + share * (ink.green - paper.green))) << 8 |
                    (guint32) lround (255 * (paper.blue + share * (ink.blue - paper.blue)));
        }
    }
  cairo_surface_mark_dirty (image);

  draw_image (cr, image, &(DrawArea) { x, y, width, height }, TRUE);
  cairo_surface_destroy (image);
}
