/* draw-density-private.h: point density as an image, for very many points.
 *
 * Every point is a dot, whose colour says how many points there are in a window
 * around it: single points stay visible beside places where thousands lie.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-axes.h"

G_BEGIN_DECLS

/* Points by the pixels that they are in, row by row from the upper left */
typedef struct
{
  guint32 *counts;
  gsize    columns;
  gsize    rows;
} DrawDensity;

/* Counts the points of @x and @y that lie in @plot. The pixels are those of
 * @area, 1/@scale wide, which holds @plot. */
void draw_density_init (DrawDensity    *density,
                        const double   *x,
                        const double   *y,
                        gsize           n_points,
                        const DrawAxis *x_axis,
                        const DrawAxis *y_axis,
                        const DrawArea *plot,
                        const DrawArea *area,
                        double          scale);
void draw_density_clear (DrawDensity *density);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DrawDensity, draw_density_clear)

/* (transfer full) (array length=columns*rows): for each pixel, the points of
 * the window of (2 · @reach + 1)² pixels around it */
guint32 *draw_density_sum (const DrawDensity *density,
                           gsize              reach);

/* (transfer full): dots of @radius pixels in the colours of draw_scale_bar_count(),
 * on nothing. @most: (out): the most points in a window around one of
 * them; 0 without points */
cairo_surface_t *draw_density_make_image (const DrawDensity *density,
                                          const DrawTheme   *theme,
                                          double             radius,
                                          gsize              reach,
                                          double            *most);

G_END_DECLS
