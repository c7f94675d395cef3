/* draw-curve-private.h: layout of a training curve plot.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-color.h"
#include "draw/draw-curve.h"
#include "draw/draw-legend.h"

G_BEGIN_DECLS

typedef struct
{
  DrawAxis   x_axis;
  DrawAxis   y_axis;
  DrawArea   plot;
  DrawLegend legend;
  GArray    *entries;      /* owned: what the legend borrows */
  double     pointer;      /* the x that is read; NaN: none */
  char      *pointer_label;
} DrawCurveLayout;

void      draw_curve_layout_init  (DrawCurveLayout       *layout,
                                   const DrawCanvas      *canvas,
                                   const DrawCurve       *curve);
void      draw_curve_layout_clear (DrawCurveLayout       *layout);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DrawCurveLayout, draw_curve_layout_clear)

/* The value of @series at @x; NaN if there is none */
double    draw_curve_get_value    (const DrawCurveSeries *series,
                                   double                 x);

/* Whether the y axis can show it */
gboolean  draw_curve_is_shown     (const DrawCurve       *curve,
                                   double                 value);

DrawColor draw_curve_get_color    (const DrawTheme       *theme,
                                   const DrawCurveSeries *series);

G_END_DECLS
