/* pz-explanation-panel.h: explanation panel: attribution, counterfactual and hidden units.
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

#define PZ_TYPE_EXPLANATION_PANEL (pz_explanation_panel_get_type ())

/* The project's predictor is asked by others. */
G_DECLARE_FINAL_TYPE (PzExplanationPanel, pz_explanation_panel, PZ, EXPLANATION_PANEL, PzProjectWidget)

/* (transfer none) */
PzExplainer *pz_explanation_panel_get_explainer (PzExplanationPanel *self);

G_END_DECLS
