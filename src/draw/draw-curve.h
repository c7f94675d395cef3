/* draw-curve.h: training curves: loss and accuracy by epoch.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-axes.h"

G_BEGIN_DECLS

/* One line. Values at x = first_x, first_x + 1 …, or where @x says; NaN is a gap. */
typedef struct
{
  const char   *label;       /* in the legend and the readout; NULL: in neither */
  const double *values;      /* borrowed */
  gsize         n_values;
  double        first_x;     /* 1 for epochs; if there is no @x */
  guint         category;    /* its colour */
  gboolean      dashed;      /* told apart without colour */
  gboolean      faint;       /* an earlier run */
  const double *x;           /* (nullable): borrowed: rising; of a run of whose epochs some are not known */
} DrawCurveSeries;

typedef struct
{
  const DrawCurveSeries *series;
  gsize                  n_series;
  const char            *x_label;
  const char            *y_label;
  gboolean               log;           /* the y axis; values ≤ 0 are gaps then */
  gboolean               percent;       /* y are shares */
  double                 smoothing;     /* 0 = none, towards 1 = much: exponential mean, drawn over the raw
                                         * line, which stays visible and faint */
  double                 x_min;         /* the part to show; NaN: all */
  double                 x_max;
  double                 mark_x;        /* the best epoch; NaN: none */
  const char            *mark_label;
  double                 pointer_x;     /* read the values here (the nearest x with one), in the legend and the
                                         * label of x; NaN: the legend says the last values */
} DrawCurve;

/* Where value @i is. */
double   draw_curve_series_get_x (const DrawCurveSeries *series,
                                  gsize                  i);

/* Which value is at @x, to the nearest; n_values where there is none. */
gsize    draw_curve_series_find  (const DrawCurveSeries *series,
                                  double                 x);

/* Long lines are reduced to a minimum and a maximum per pixel column first. An
 * empty @curve draws the axes only. */
void     draw_curve              (const DrawCanvas      *canvas,
                                  const DrawCurve       *curve);

/* Which x a pixel is at: for zoom, pan and hover. Returns FALSE outside the
 * plot; @x is then the nearest inside. */
gboolean draw_curve_locate       (const DrawCanvas      *canvas,
                                  const DrawCurve       *curve,
                                  double                 pixel_x,
                                  double                 pixel_y,
                                  double                *x);

/* Where the plot lies in the chart: for two that are to be in line. */
void     draw_curve_get_plot     (const DrawCanvas      *canvas,
                                  const DrawCurve       *curve,
                                  DrawArea              *plot);

/* The whole x range of the values, whatever part of it is shown. */
void     draw_curve_get_range    (const DrawCurve       *curve,
                                  double                *x_min,
                                  double                *x_max);

/* The exponential mean that is drawn, bias-corrected; @out may be @values. NaN
 * is passed over. */
void     draw_curve_smooth       (const double          *values,
                                  gsize                  n_values,
                                  double                 smoothing,
                                  double                *out);

G_END_DECLS
