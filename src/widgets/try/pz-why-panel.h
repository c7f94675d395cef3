/* pz-why-panel.h: why the network answers as it does: what in the drawing speaks for a
 * class, what would make it that class, and which hidden units it goes through.
 *
 * Works only while it is shown.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/pz-explainer.h"
#include "widgets/common/pz-project-widget.h"

G_BEGIN_DECLS

#define PZ_TYPE_WHY_PANEL (pz_why_panel_get_type ())

/* The project's predictor is asked by others. */
G_DECLARE_FINAL_TYPE (PzWhyPanel, pz_why_panel, PZ, WHY_PANEL, PzProjectWidget)

/* (transfer none) */
PzExplainer *pz_why_panel_get_explainer (PzWhyPanel *self);

G_END_DECLS
