/* pz-result-plot.h: interactive result chart.
 *
 * With the mouse: what is under it is read out; a click on a point activates it;
 * the wheel looks nearer at points, and dragging moves them. With the keyboard:
 * the arrows go from bar to bar, or from the point with the largest error to the
 * smaller ones (Page Up and Down ten at once, Home, End), Enter activates,
 * + − 0 look nearer, farther, at all, Escape points at nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "widgets/results/pz-result-chart.h"

G_BEGIN_DECLS

#define PZ_TYPE_RESULT_PLOT (pz_result_plot_get_type ())

/* Property: "readout" (string, read-only): what is pointed at, in words; "" for
 * nothing. Signal "activate-point" (uint): a point, by its number in the
 * predictions. */
G_DECLARE_FINAL_TYPE (PzResultPlot, pz_result_plot, PZ, RESULT_PLOT, GtkWidget)

/* @chart: (transfer full) (nullable); @label: what it is, translated */
void        pz_result_plot_set_chart   (PzResultPlot  *self,
                                        PzResultChart *chart,
                                        const char    *label);

/* (nullable) (transfer none) */
PzResultChart *pz_result_plot_peek_chart (PzResultPlot *self);

const char *pz_result_plot_get_readout (PzResultPlot *self);

G_END_DECLS
