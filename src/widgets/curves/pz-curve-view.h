/* pz-curve-view.h: page with the training curves of the project's runs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "widgets/common/pz-project-widget.h"

G_BEGIN_DECLS

#define PZ_TYPE_CURVE_VIEW (pz_curve_view_get_type ())

/* Property "show" (PzCurveShow). Actions: "curves.show" (loss, accuracy, both),
 * "curves.reset-zoom", "curves.export" (png, svg, pdf, csv). */
G_DECLARE_FINAL_TYPE (PzCurveView, pz_curve_view, PZ, CURVE_VIEW, PzProjectWidget)

/* (transfer full) (nullable): what is shown as the contents of @file, which is not written; its suffix
 * says what it becomes: a chart (.png, .svg, .pdf), or the newest run as a table (.csv). */
GBytes    *pz_curve_view_export        (PzCurveView  *self,
                                        GFile        *file,
                                        GError      **error);

G_END_DECLS
