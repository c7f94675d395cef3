/* draw-line.h: decimation of long lines to pixel resolution.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-axes.h"

G_BEGIN_DECLS

/* In user units; a NaN y is a gap between two pieces. */
typedef struct
{
  double x;
  double y;
} DrawVertex;

/**
 * draw_line_reduce:
 * @values: values at x = @first_x, @first_x + 1 …; what an axis cannot show
 *   (not finite, or ≤ 0 on a logarithmic one) is a gap
 * @n_values: how many
 * @first_x: where they begin
 * @x_axis: the part of x to show
 * @y_axis: the part of y to show
 * @plot: where
 *
 * Where more than two values share a column of pixels, that column keeps its
 * first, lowest, highest, and last value only: the chart is the same to a
 * pixel, and has at most four points a column.
 *
 * Returns: (transfer full) (element-type DrawVertex): from left to right, with
 *   one value beyond each end of the axis, so that a line leaves the plot
 */
GArray *draw_line_reduce (const double   *values,
                          gsize           n_values,
                          double          first_x,
                          const DrawAxis *x_axis,
                          const DrawAxis *y_axis,
                          const DrawArea *plot);

/* The same of values at @x (array length=n_values), which rises: for a run of whose epochs only
 * some are known. */
GArray *draw_line_reduce_at (const double   *values,
                             const double   *x,
                             gsize           n_values,
                             const DrawAxis *x_axis,
                             const DrawAxis *y_axis,
                             const DrawArea *plot);

/* Strokes @vertices in the current colour. A value between two gaps is marked;
 * with @markers all are, by dots, or squares where @dashed. */
void    draw_line        (cairo_t        *cr,
                          const GArray   *vertices,
                          double          line_width,
                          gboolean        dashed,
                          gboolean        markers);

G_END_DECLS
