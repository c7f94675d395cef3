/* pz-answer-panel.h: prediction panel of a drawing: class, probability, runner-up and novelty.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "widgets/common/pz-project-widget.h"

G_BEGIN_DECLS

#define PZ_TYPE_ANSWER_PANEL (pz_answer_panel_get_type ())

/* The project's predictor is asked by others. */
G_DECLARE_FINAL_TYPE (PzAnswerPanel, pz_answer_panel, PZ, ANSWER_PANEL, PzProjectWidget)

G_END_DECLS
