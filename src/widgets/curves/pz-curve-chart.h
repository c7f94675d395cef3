/* pz-curve-chart.h: layout of the runs as one plot, or two stacked.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "widgets/curves/pz-curve-series.h"

G_BEGIN_DECLS

typedef enum
{
  PZ_CURVE_SHOW_LOSS,
  PZ_CURVE_SHOW_ACCURACY,     /* of values their error */
  PZ_CURVE_SHOW_BOTH,         /* one over the other */
} PzCurveShow;

#define PZ_TYPE_CURVE_SHOW (pz_curve_show_get_type ())
GType    pz_curve_show_get_type    (void);

typedef struct
{
  PzCurveSeries *loss;        /* owned, as the next; of the last update */
  PzCurveSeries *quality;     /* accuracy, or the error of values */
  PzCurveShow    show;
  gboolean       log;         /* the axis of the loss, and of the error */
  double         smoothing;
  double         x_min;       /* the epochs to show; both NaN: all */
  double         x_max;
  guint          pointer;     /* the epoch that is read; 0: none */
} PzCurveChart;

/* Makes the lines anew. To be called before anything else. */
void     pz_curve_chart_update     (PzCurveChart       *chart,
                                    GListModel         *runs);
void     pz_curve_chart_clear      (PzCurveChart       *chart);

/* @pointer: with the crosshair */
void     pz_curve_chart_draw       (const PzCurveChart *chart,
                                    const DrawCanvas   *canvas,
                                    gboolean            pointer);

/* Which epoch a pixel is at. Returns FALSE beside the plots; @epoch is then the
 * nearest. */
gboolean pz_curve_chart_locate     (const PzCurveChart *chart,
                                    const DrawTheme    *theme,
                                    double              width,
                                    double              height,
                                    double              x,
                                    double              y,
                                    double             *epoch);

/* (transfer full): the chart in words: at the crosshair where there is one */
char    *pz_curve_chart_describe   (const PzCurveChart *chart);

gboolean pz_curve_chart_get_zoomed (const PzCurveChart *chart);

/* The epochs that the runs have: 1 to 2 before the first. */
void     pz_curve_chart_get_whole  (const PzCurveChart *chart,
                                    double             *min,
                                    double             *max);

/* The epochs that are shown. */
void     pz_curve_chart_get_range  (const PzCurveChart *chart,
                                    double             *min,
                                    double             *max);

/* As far as the runs have them, and not less than two. */
void     pz_curve_chart_set_range  (PzCurveChart       *chart,
                                    double              min,
                                    double              max);

G_END_DECLS
