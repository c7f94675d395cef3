/* draw-markers.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "draw/draw-color.h"
#include "draw/draw-markers.h"
#include "draw/draw-number.h"

#define EDGE 1.5

/* An outline is never smaller. */
#define MIN_OUTLINE 7.0

#define HATCH_SPACE 5.0
#define HATCH_WIDTH 1.5

/* Of the limits of an interval */
#define DIGITS 3

void
draw_markers_chosen (cairo_t *cr,
                     double   x,
                     double   y,
                     double   size)
{
  cairo_move_to (cr, x, y - size / 2);
  cairo_line_to (cr, x + size * 0.8, y);
  cairo_line_to (cr, x, y + size / 2);
  cairo_close_path (cr);
  cairo_fill (cr);
}

void
draw_markers_point (const DrawCanvas *canvas,
                    double            x,
                    double            y,
                    double            radius,
                    DrawColor         color)
{
  cairo_t *cr = canvas->cr;

  cairo_save (cr);
  cairo_new_path (cr);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  draw_color_set_source (cr, color);
  cairo_fill_preserve (cr);
  draw_color_set_source (cr, draw_theme_get_paper (canvas->theme));
  cairo_set_line_width (cr, EDGE);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
draw_markers_interval (cairo_t *cr,
                       double   from_x,
                       double   from_y,
                       double   to_x,
                       double   to_y,
                       double   from_cap,
                       double   to_cap)
{
  double length = hypot (to_x - from_x, to_y - from_y);
  double across_x = length > 0 ? (from_y - to_y) / length / 2 : 0;
  double across_y = length > 0 ? (to_x - from_x) / length / 2 : 0;

  cairo_move_to (cr, from_x, from_y);
  cairo_line_to (cr, to_x, to_y);
  cairo_move_to (cr, from_x - from_cap * across_x, from_y - from_cap * across_y);
  cairo_line_to (cr, from_x + from_cap * across_x, from_y + from_cap * across_y);
  cairo_move_to (cr, to_x - to_cap * across_x, to_y - to_cap * across_y);
  cairo_line_to (cr, to_x + to_cap * across_x, to_y + to_cap * across_y);
  cairo_stroke (cr);
}

void
draw_markers_describe_interval (GString *words,
                                double   low,
                                double   high)
{
  g_autofree char *from = draw_number_format (low, DIGITS);
  g_autofree char *to = draw_number_format (high, DIGITS);

  g_return_if_fail (words != NULL);

  g_string_append_c (words, ' ');
  /* Translators: the limits of an interval */
  g_string_append_printf (words, _("(%s to %s)"), from, to);
}

void
draw_markers_hatch (cairo_t *cr,
                    double   x,
                    double   y,
                    double   width,
                    double   height)
{
  if (!(width > 0) || !(height > 0))
    return;

  cairo_save (cr);
  cairo_rectangle (cr, x, y, width, height);
  cairo_clip (cr);
  for (double at = 0; at < width + height; at += HATCH_SPACE)
    {
      cairo_move_to (cr, x + at, y);
      cairo_line_to (cr, x + at - height, y + height);
    }
  cairo_set_line_width (cr, HATCH_WIDTH);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
draw_markers_outline (const DrawCanvas *canvas,
                      const DrawArea   *area)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  double width = MAX (area->width, MIN_OUTLINE);
  double height = MAX (area->height, MIN_OUTLINE);
  double x = area->x + (area->width - width) / 2;
  double y = area->y + (area->height - height) / 2;
  DrawColor strong = theme->foreground;

  strong.alpha = 1;

  cairo_save (cr);
  cairo_set_source_rgb (cr, theme->dark ? 0 : 1, theme->dark ? 0 : 1, theme->dark ? 0 : 1);
  cairo_set_line_width (cr, 4);
  cairo_rectangle (cr, x, y, width, height);
  cairo_stroke_preserve (cr);
  draw_color_set_source (cr, strong);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
  cairo_restore (cr);
}
