/* draw-sketch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "draw/draw-color.h"
#include "draw/draw-image.h"
#include "draw/draw-sketch.h"

/* Of the cross, in user units: how far its arms reach beyond the ring, the width of
 * its lines, and of the edge that sets it off from ink.
 */
#define CROSS_ARM 12.0
#define CROSS_LINE 2.0
#define CROSS_HALO 1.5

static void
trace_disc (cairo_t      *cr,
            const InkNib *nib)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, nib->x, nib->y, nib->radius, 0, 2 * G_PI);
  cairo_close_path (cr);
}

/* What a round nib covers from one place to the next, without the disc it comes from:
 * the disc at the end, and what lies between the tangents of both. It turns the way
 * discs do, so that all parts of a stroke add up.
 */
static void
trace_sweep (cairo_t      *cr,
             const InkNib *from,
             const InkNib *to)
{
  const double dx = to->x - from->x;
  const double dy = to->y - from->y;
  const double square = dx * dx + dy * dy;
  const double growth = to->radius - from->radius;
  double along, across;
  double ax, ay, bx, by;

  trace_disc (cr, to);

  /* One disc lies within the other. */
  if (square <= growth * growth)
    return;

  /* From the middle of a disc of radius 1 to where the two tangents touch it */
  along = -growth / square;
  across = sqrt (square - growth * growth) / square;
  ax = along * dx + across * dy;
  ay = along * dy - across * dx;
  bx = along * dx - across * dy;
  by = along * dy + across * dx;

  cairo_move_to (cr, from->x + ax * from->radius, from->y + ay * from->radius);
  cairo_line_to (cr, to->x + ax * to->radius, to->y + ay * to->radius);
  cairo_line_to (cr, to->x + bx * to->radius, to->y + by * to->radius);
  cairo_line_to (cr, from->x + bx * from->radius, from->y + by * from->radius);
  cairo_close_path (cr);
}

static gboolean
is_even (const InkNib *nibs,
         gsize         n)
{
  for (gsize i = 1; i < n; i++)
    if (fabs (nibs[i].radius - nibs[0].radius) > 1e-3 * nibs[0].radius)
      return FALSE;

  return TRUE;
}

/* A mouse's stroke is of one width, for Cairo's own pen. */
static void
draw_even_stroke (cairo_t      *cr,
                  const InkNib *nibs,
                  gsize         n)
{
  cairo_move_to (cr, nibs[0].x, nibs[0].y);
  if (n == 1)
    cairo_close_path (cr);      /* a dot */
  for (gsize i = 1; i < n; i++)
    cairo_line_to (cr, nibs[i].x, nibs[i].y);

  cairo_set_line_width (cr, 2 * nibs[0].radius);
  cairo_stroke (cr);
}

/* The width of a pen's follows the pressure. */
static void
draw_uneven_stroke (cairo_t      *cr,
                    const InkNib *nibs,
                    gsize         n)
{
  trace_disc (cr, &nibs[0]);
  for (gsize i = 1; i < n; i++)
    trace_sweep (cr, &nibs[i - 1], &nibs[i]);

  cairo_fill (cr);
}

static void
draw_strokes (cairo_t      *cr,
              double        size,
              const GArray *nibs)
{
  gsize end;

  cairo_new_path (cr);
  cairo_scale (cr, size, size);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);

  for (gsize begin = 0; begin < nibs->len; begin = end)
    {
      const InkNib *stroke = &g_array_index (nibs, InkNib, begin);

      end = begin + 1;
      while (end < nibs->len && !g_array_index (nibs, InkNib, end).starts)
        end++;

      if (is_even (stroke, end - begin))
        draw_even_stroke (cr, stroke, end - begin);
      else
        draw_uneven_stroke (cr, stroke, end - begin);
    }
}

void
draw_sketch (cairo_t        *cr,
             double          size,
             double          pen,
             const InkPoint *points,
             gsize           n_points)
{
  g_autoptr(GArray) nibs = NULL;
  double alpha = 1;

  g_return_if_fail (cr != NULL);
  g_return_if_fail (points != NULL || n_points == 0);

  if (n_points == 0 || !(size > 0) || !(pen > 0))
    return;

  nibs = ink_stroke_trace (points, n_points, pen);
  cairo_save (cr);
  cairo_pattern_get_rgba (cairo_get_source (cr), NULL, NULL, NULL, &alpha);

  if (alpha < 1)
    {
      /* Where strokes cross they are not darker. */
      cairo_pattern_t *mask;

      cairo_push_group_with_content (cr, CAIRO_CONTENT_ALPHA);
      cairo_set_source_rgb (cr, 0, 0, 0);
      draw_strokes (cr, size, nibs);
      mask = cairo_pop_group (cr);
      cairo_mask (cr, mask);
      cairo_pattern_destroy (mask);
    }
  else
    {
      draw_strokes (cr, size, nibs);
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
draw_sketch_cross (const DrawCanvas *canvas,
                   double            x,
                   double            y,
                   gboolean          is_down)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  const double size = canvas->width;
  const double radius = 0.5 * INK_STROKE_PEN * size;

  g_return_if_fail (cr != NULL && theme != NULL);

  cairo_save (cr);

  trace_cross (cr, x * size, y * size, radius);
  cairo_set_line_width (cr, CROSS_LINE + 2 * CROSS_HALO);
  draw_color_set_source (cr, draw_theme_get_paper (theme));
  cairo_stroke (cr);

  draw_color_set_source (cr, draw_theme_get_category (theme, 0));
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

void
draw_sketch_image (const DrawCanvas *canvas,
                   const DrawArea   *area,
                   const guint8     *bytes,
                   gsize             rows,
                   gsize             columns)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  DrawColor ink, paper;
  cairo_surface_t *image;
  guint8 *data;
  gsize stride;

  g_return_if_fail (cr != NULL && theme != NULL && bytes != NULL);
  g_return_if_fail (rows > 0 && rows <= 32767 && columns > 0 && columns <= 32767);

  if (!(area->width > 0) || !(area->height > 0))
    return;

  ink = theme->foreground;
  paper = draw_theme_get_paper (theme);

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

  draw_image (cr, image, area, TRUE);
  cairo_surface_destroy (image);
}
