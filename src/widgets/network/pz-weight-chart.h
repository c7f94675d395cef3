/* pz-weight-chart.h: layout of one layer's weights on a widget.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-canvas.h"
#include "widgets/network/pz-shown-weights.h"

G_BEGIN_DECLS

/* The least size that shows something. */
#define PZ_WEIGHT_CHART_MIN_WIDTH  188
#define PZ_WEIGHT_CHART_MIN_HEIGHT 160

typedef struct
{
  double width;             /* of the widget, in pixels */
  double height;
  double content_height;    /* more than @height: to be scrolled */
  double scroll;            /* how far it is */
  gssize selected;          /* unit; −1: none */

  gsize  n_units;           /* that it was laid out for */
  guint  rows;
  guint  columns;
  int    tile_size;         /* images of units: in pixels */
  guint  tile_columns;      /* 1 for a matrix */
  guint  tile_rows;
} PzWeightChart;

/* Fills in all but scroll and selected. */
void     pz_weight_chart_lay_out (PzWeightChart        *chart,
                                  const PzShownWeights *shown,
                                  const DrawTheme      *theme,
                                  double                width,
                                  double                height);

/* Whether it was laid out for weights of this shape. */
gboolean pz_weight_chart_fits    (const PzWeightChart  *chart,
                                  const PzShownWeights *shown);

void     pz_weight_chart_draw    (const PzWeightChart  *chart,
                                  const PzShownWeights *shown,
                                  const DrawCanvas     *canvas);

/* Which weight a pixel of the widget shows. */
gboolean pz_weight_chart_locate  (const PzWeightChart  *chart,
                                  const PzShownWeights *shown,
                                  const DrawTheme      *theme,
                                  double                x,
                                  double                y,
                                  gsize                *unit,
                                  gsize                *input);

G_END_DECLS
