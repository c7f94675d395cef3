/* draw-scatter-private.h: layout of a scatter plot.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-legend.h"
#include "draw/draw-scatter.h"

G_BEGIN_DECLS

/* From the plot to the scale bar */
#define DRAW_SCATTER_BAR_SPACE 14.0

#define DRAW_SCATTER_BAND_CATEGORY 1

struct _DrawScatterPlot
{
  DrawScatter      scatter;
  double           width;
  double           height;
  DrawAxis         x_axis;
  DrawAxis         y_axis;
  double           left;             /* how far the plot is moved to be in the middle */
  double           legend_left;
  DrawArea         plot;
  DrawArea         area;             /* of the image: whole units around the plot */
  cairo_surface_t *image;
  double           most;             /* points in a window */
  double           bar_width;        /* 0: no bar */
  char            *band_text;
  DrawLegendEntry  entries[2];
  DrawLegend       legend;
};

gboolean draw_scatter_is_point (const DrawScatter *scatter,
                                gsize              i);

/* (transfer full): "±0.043 eV" */
char    *draw_scatter_format_band (const DrawScatter *scatter);

G_END_DECLS
