/* pz-result-export.h: export of results to a file, confirmed in a toast.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "widgets/results/pz-result-chart.h"

G_BEGIN_DECLS

/* Asked once a file was chosen: NULL where there is nothing any more. (transfer none) */
typedef PzResultChart *(*PzResultChartFunc) (GtkWidget *view);
typedef PzPredictions *(*PzResultTableFunc) (GtkWidget *view);

/* @suffix: "png", "svg" or "pdf" */
void pz_result_export_chart (GtkWidget        *view,
                             const char       *suffix,
                             PzResultChartFunc chart);
void pz_result_export_table (GtkWidget        *view,
                             PzResultTableFunc table);

/* (transfer full) (nullable): @chart as the contents of @file, which is not written; its suffix says what it
 * becomes. Errors: those of draw_export() */
GBytes *pz_result_export_render (PzResultChart *chart,
                                 GFile         *file,
                                 GError       **error);

G_END_DECLS
