/* pz-results-view.h: results page for regression: metrics in physical units, charts, published results, a learning
 * curve, and prediction of new molecules.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "widgets/common/pz-project-widget.h"

G_BEGIN_DECLS

#define PZ_TYPE_RESULTS_VIEW (pz_results_view_get_type ())

/* Property "available" (boolean, read-only): the data have values, not classes.
 * Actions: "results.export" (png, svg, pdf) of what is shown, "results.export-table"
 * of the predictions, "results.ask", "results.open-molecule" (uint). */
G_DECLARE_FINAL_TYPE (PzResultsView, pz_results_view, PZ, RESULTS_VIEW, PzProjectWidget)

G_END_DECLS
