/* pz-answer-panel.h: what the network says of the drawing: the class, how sure it
 * is, what is the next likely, and whether it was asked about anything it knows.
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
