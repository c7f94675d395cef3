/* pz-answer-bars.h: bar chart of the class probabilities.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "widgets/common/pz-project-widget.h"

G_BEGIN_DECLS

#define PZ_TYPE_ANSWER_BARS (pz_answer_bars_get_type ())

/* The project's predictor is asked by others. */
G_DECLARE_FINAL_TYPE (PzAnswerBars, pz_answer_bars, PZ, ANSWER_BARS, PzProjectWidget)

G_END_DECLS
