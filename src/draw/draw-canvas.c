/* draw-canvas.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "draw/draw-canvas.h"

void
draw_canvas_paint_background (const DrawCanvas *canvas)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;

  if (theme->background.alpha <= 0)
    return;

  cairo_save (cr);
  draw_color_set_source (cr, theme->background);
  cairo_rectangle (cr, 0, 0, canvas->width, canvas->height);
  cairo_fill (cr);
  cairo_restore (cr);
}

void
draw_canvas_rounded_rectangle (cairo_t *cr,
                               double   x,
                               double   y,
                               double   width,
                               double   height,
                               double   radius)
{
  radius = MIN (radius, MIN (width, height) / 2);

  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}
