/* draw-scatter.h: scatter plot of predicted against true values, for up to hundreds of thousands of points.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-axes.h"

G_BEGIN_DECLS

/* All borrowed. Pairs with a value that is no finite number are left out. */
typedef struct
{
  const double *truth;
  const double *predicted;
  gsize         n_points;
  const char   *x_label;       /* "Gap, true (eV)" */
  const char   *y_label;       /* "Gap, predicted (eV)" */
  const char   *unit;          /* (nullable): "eV" */
  double        band;          /* good enough: so far from the diagonal; ≤ 0: no band */
  const char   *band_label;    /* "Chemical accuracy" */

  /* The part to show, from x_min to x_min + span and from y_min to y_min + span:
   * both axes have the same scale. span ≤ 0: all of it */
  double x_min;
  double y_min;
  double span;
} DrawScatter;

/* A chart that is ready to be painted, again and again, of one size, part and
 * theme. */
typedef struct _DrawScatterPlot DrawScatterPlot;

/**
 * draw_scatter_plot_new:
 * @cr: for measuring text
 * @theme: colours and type
 * @width: of the chart, in user units
 * @height: the same
 * @scale: pixels a user unit: the widget's scale factor; 4 for paper
 * @scatter: what to show; its arrays and texts are borrowed by the plot
 *
 * Where points overlap the colour says how many there are, on a logarithmic
 * scale beside the plot; single points are dots.
 *
 * Returns: (transfer full): what draw_scatter_plot() paints
 */
DrawScatterPlot *draw_scatter_plot_new    (const DrawCanvas      *canvas,
                                           double                 scale,
                                           const DrawScatter     *scatter);
void             draw_scatter_plot_free   (DrawScatterPlot       *plot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawScatterPlot, draw_scatter_plot_free)

/* @pointer: the index of a point to mark; −1: none */
void             draw_scatter_plot        (const DrawCanvas      *canvas,
                                           const DrawScatterPlot *plot,
                                           gssize                 pointer);

/* The values at a pixel, for zoom and pan. Returns FALSE outside the axes. */
gboolean         draw_scatter_plot_locate (const DrawScatterPlot *plot,
                                           double                 pixel_x,
                                           double                 pixel_y,
                                           double                *truth,
                                           double                *predicted);

/* The shown point nearest to a pixel (one of them, if several are); −1 if none is within
 * a few pixels of it. */
gssize           draw_scatter_plot_find   (const DrawScatterPlot *plot,
                                           double                 pixel_x,
                                           double                 pixel_y);

/* What the axes show, whatever part of it is asked for: from @min on, @span
 * long, on both axes */
void             draw_scatter_get_range   (const DrawScatter     *scatter,
                                           double                *min,
                                           double                *span);

/* All at once, for a file */
void             draw_scatter             (const DrawCanvas      *canvas,
                                           const DrawScatter     *scatter);

/* (transfer full): in words */
char            *draw_scatter_describe    (const DrawScatter     *scatter);

G_END_DECLS
