/* pz-curve-plot.h: plot of the runs with zoom, pan and readout.
 *
 * Hovering or the arrow keys read an epoch; a box drawn with the mouse, the
 * wheel, two fingers, + and − zoom; the middle button, Shift, or a finger pans; a
 * double click and 0 show all again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "draw/draw-canvas.h"
#include "widgets/curves/pz-curve-chart.h"

G_BEGIN_DECLS

#define PZ_TYPE_CURVE_PLOT (pz_curve_plot_get_type ())

/* Properties: "runs" (GListModel of PzHistory, nullable, the newest last),
 * "show" (PzCurveShow), "log" (boolean: of the loss), "smoothing" (double, 0 to
 * 0.99), "zoomed" (boolean, read-only). */
G_DECLARE_FINAL_TYPE (PzCurvePlot, pz_curve_plot, PZ, CURVE_PLOT, GtkWidget)

void     pz_curve_plot_set_runs    (PzCurvePlot      *self,
                                    GListModel       *runs);
gboolean pz_curve_plot_get_zoomed  (PzCurvePlot      *self);

/* The epochs that the runs have: 1 to 2 before the first. */
void     pz_curve_plot_get_whole   (PzCurvePlot      *self,
                                    double           *min,
                                    double           *max);

/* The epochs that are shown. */
void     pz_curve_plot_get_range   (PzCurvePlot      *self,
                                    double           *min,
                                    double           *max);

/* Shows these epochs; what lies outside of the runs is cut off. */
void     pz_curve_plot_set_range   (PzCurvePlot      *self,
                                    double            min,
                                    double            max);
void     pz_curve_plot_reset_zoom  (PzCurvePlot      *self);

/* Shows @factor times as much, around @epoch (NAN: the crosshair, or the
 * middle). */
void     pz_curve_plot_zoom        (PzCurvePlot      *self,
                                    double            epoch,
                                    double            factor);

/* The epoch under the crosshair; 0: none. It is kept in what is shown. */
guint    pz_curve_plot_get_pointer (PzCurvePlot      *self);
void     pz_curve_plot_set_pointer (PzCurvePlot      *self,
                                    guint             epoch);

/* Which epoch a pixel is at. Returns FALSE beside the plots; @epoch is then the
 * nearest. */
gboolean pz_curve_plot_locate      (PzCurvePlot      *self,
                                    double            x,
                                    double            y,
                                    double           *epoch);

/* A band between two pixels, while it is drawn; two equal ones: none. */
void     pz_curve_plot_set_band    (PzCurvePlot      *self,
                                    double            from,
                                    double            to);

/* A DrawFunc, for export: what the widget @plot shows, without its crosshair. */
void     pz_curve_plot_draw        (const DrawCanvas *canvas,
                                    gpointer          plot);

G_END_DECLS
