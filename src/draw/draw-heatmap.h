/* draw-heatmap.h: heatmap of a matrix, with a diverging scale centred at zero.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-scale-bar.h"

G_BEGIN_DECLS

typedef struct
{
  const float *values;        /* row-major: values[row · columns + column]; borrowed */
  gsize        rows;
  gsize        columns;
  double       limit;         /* colours run from −limit to limit; ≤ 0: the largest |value| */
  const char  *x_label;       /* what a column is */
  const char  *y_label;       /* what a row is */
  gssize       pointer_row;   /* outlined; −1: none */
  gssize       pointer_column;
} DrawHeatmap;

/* With its scale bar, and rows and columns counted from 0 at the upper left.
 * Nothing without values. Where a pixel holds several values it shows the one
 * that is farthest from zero, so that nothing strong is lost. */
void     draw_heatmap            (const DrawCanvas  *canvas,
                                  const DrawHeatmap *heatmap);

gboolean draw_heatmap_locate     (const DrawCanvas  *canvas,
                                  const DrawHeatmap *heatmap,
                                  double             pixel_x,
                                  double             pixel_y,
                                  gsize             *row,
                                  gsize             *column);

/* The largest finite |value|, or 1 where there is none. */
double   draw_heatmap_find_limit (const float       *values,
                                  gsize              n_values);

/* The values alone, filling @area; @limit above 0. */
void     draw_heatmap_cells      (const DrawCanvas  *canvas,
                                  const DrawArea    *area,
                                  const float       *values,
                                  gsize              rows,
                                  gsize              columns,
                                  double             limit);

G_END_DECLS
