/* pz-answer-bars.h: the share of each class as bars with numbers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/pz-project.h"

G_BEGIN_DECLS

#define PZ_TYPE_ANSWER_BARS (pz_answer_bars_get_type ())

/* Property: "project" (PzProject, nullable), whose predictor is asked by others. */
G_DECLARE_FINAL_TYPE (PzAnswerBars, pz_answer_bars, PZ, ANSWER_BARS, GtkWidget)

PzProject *pz_answer_bars_get_project (PzAnswerBars *self);
void       pz_answer_bars_set_project (PzAnswerBars *self,
                                       PzProject    *project);

G_END_DECLS
