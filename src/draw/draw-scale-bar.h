/* draw-scale-bar.h: colour scale bar.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-axes.h"
#include "draw/draw-color.h"

G_BEGIN_DECLS

/* A vertical bar of the diverging scale, from −@limit to @limit, with its
 * numbers, the first and last of which stand half a line beyond @area. */
void      draw_scale_bar                 (const DrawCanvas *canvas,
                                          const DrawArea   *area,
                                          double            limit);

/* The width it needs at a height; 0: too low for one. */
double    draw_scale_bar_get_width       (const DrawCanvas *canvas,
                                          double            height,
                                          double            limit);

/* The bar beside a plot in a chart of some height, its left edge at @x: as high
 * as the plot, but for the numbers at its ends. FALSE: there is no room. */
gboolean  draw_scale_bar_place           (const DrawCanvas *canvas,
                                          const DrawArea   *plot,
                                          double            x,
                                          double            width,
                                          double            height,
                                          DrawArea         *bar);

/* The colour of @count of something, 1 to @most: the logarithm on the part of
 * the sequential scale that is seen on every background. */
DrawColor draw_scale_bar_get_count_color (const DrawTheme  *theme,
                                          double            count,
                                          double            most);

/* A bar of these colours, like draw_scale_bar(). */
void      draw_scale_bar_count           (const DrawCanvas *canvas,
                                          const DrawArea   *area,
                                          double            most);
double    draw_scale_bar_get_count_width (const DrawCanvas *canvas,
                                          double            height,
                                          double            most);

G_END_DECLS
