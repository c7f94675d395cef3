/* draw-pipeline.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "draw/draw-color.h"
#include "draw/draw-pipeline.h"

/* User units */
#define BOX_LINE 1.5
#define MARK_LINE 1.5
#define MARK_ARM 5.0
#define STRIKE_LINE 2.5

/* Wider on either side by this, lines are seen on ink and on paper. */
#define HALO 1.25

#define MIDDLE_ALPHA 0.3

/* A line in the accent that is seen on ink and on paper alike */
static void
stroke_mark (const DrawCanvas *canvas,
             double            width)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;

  cairo_set_line_width (cr, width + 2 * HALO);
  draw_color_set_source (cr, draw_theme_get_paper (theme));
  cairo_stroke_preserve (cr);
  cairo_set_line_width (cr, width);
  draw_color_set_source (cr, draw_theme_get_category (theme, 1));
  cairo_stroke (cr);
}

static void
paint_paper (const DrawCanvas *canvas,
             double            size)
{
  const DrawArea whole = { 0, 0, size, size };
  const guint8 paper = 0;

  draw_sketch_image (canvas, &whole, &paper, 1, 1);
}

void
draw_pipeline_strokes (const DrawCanvas *canvas,
                       double            pen,
                       const InkPoint   *points,
                       gsize             n_points,
                       const DrawArea   *box)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  const double size = MIN (canvas->width, canvas->height);
  g_return_if_fail (cr != NULL && theme != NULL);

  if (!(size > 0))
    return;

  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, size, size);
  cairo_clip (cr);

  paint_paper (canvas, size);
  draw_color_set_source (cr, theme->foreground);
  draw_sketch (cr, size, pen, points, n_points);

  if (box != NULL)
    {
      cairo_rectangle (cr, box->x * size, box->y * size, box->width * size, box->height * size);
      stroke_mark (canvas, BOX_LINE);
    }

  cairo_restore (cr);
}

void
draw_pipeline_pixels (const DrawCanvas *canvas,
                      const guint8     *bytes,
                      gsize             n,
                      gboolean          middle,
                      const double     *barycentre)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  const double size = MIN (canvas->width, canvas->height);
  const DrawArea whole = { 0, 0, size, size };
  g_return_if_fail (cr != NULL && theme != NULL);
  g_return_if_fail (n > 0);

  if (!(size > 0))
    return;

  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, size, size);
  cairo_clip (cr);

  if (bytes != NULL)
    draw_sketch_image (canvas, &whole, bytes, n, n);
  else
    paint_paper (canvas, size);

  if (middle)
    {
      const double at = ((double) (n / 2) + 0.5) / (double) n * size;

      cairo_move_to (cr, at, 0);
      cairo_line_to (cr, at, size);
      cairo_move_to (cr, 0, at);
      cairo_line_to (cr, size, at);
      cairo_set_line_width (cr, 1);
      draw_color_set_source (cr, draw_theme_get_faint (theme, MIDDLE_ALPHA));
      cairo_stroke (cr);
    }

  if (barycentre != NULL)
    {
      const double x = barycentre[0] / (double) n * size;
      const double y = barycentre[1] / (double) n * size;

      cairo_move_to (cr, x - MARK_ARM, y);
      cairo_line_to (cr, x + MARK_ARM, y);
      cairo_move_to (cr, x, y - MARK_ARM);
      cairo_line_to (cr, x, y + MARK_ARM);
      stroke_mark (canvas, MARK_LINE);
    }

  cairo_restore (cr);
}

void
draw_pipeline_left_out (const DrawCanvas *canvas)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  const double size = MIN (canvas->width, canvas->height);
  DrawColor veil;

  g_return_if_fail (cr != NULL && theme != NULL);

  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, size, size);
  cairo_clip (cr);

  veil = draw_theme_get_paper (theme);
  veil.alpha = 0.6;
  draw_color_set_source (cr, veil);
  cairo_paint (cr);

  cairo_move_to (cr, 0, size);
  cairo_line_to (cr, size, 0);
  stroke_mark (canvas, STRIKE_LINE);

  cairo_restore (cr);
}
