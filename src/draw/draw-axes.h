/* draw-axes.h: axes of a plot: grid, ticks, numbers, labels.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-axis.h"
#include "draw/draw-canvas.h"

G_BEGIN_DECLS

/* How much smaller than other text the numbers of an axis are, and how much
 * fainter. */
#define DRAW_TICK_SCALE 0.85
#define DRAW_TEXT_ALPHA 0.72

/* A rectangle in user units. */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
} DrawArea;

/* Where the plot lies when both axes and their labels have their room. Where
 * there is too little, sets n_ticks to 0 and labels to NULL. */
void   draw_axes_layout          (const DrawCanvas *canvas,
                                  double            width,
                                  double            height,
                                  DrawAxis         *x_axis,
                                  DrawAxis         *y_axis,
                                  DrawArea         *plot);

/* Where a value is in the chart, inside the plot or not. */
double draw_axes_get_x           (const DrawArea   *plot,
                                  const DrawAxis   *x_axis,
                                  double            value);
double draw_axes_get_y           (const DrawArea   *plot,
                                  const DrawAxis   *y_axis,
                                  double            value);

/* The height of a line of numbers; the label of the y axis is one such line,
 * right above the plot. */
double draw_axes_get_line_height (const DrawCanvas *canvas);

/* Grid, ticks, numbers, labels, as draw_axes_layout() laid them out. */
void   draw_axes                 (const DrawCanvas *canvas,
                                  const DrawArea   *plot,
                                  const DrawAxis   *x_axis,
                                  const DrawAxis   *y_axis);

G_END_DECLS
