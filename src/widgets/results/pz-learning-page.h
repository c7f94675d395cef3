/* pz-learning-page.h: learning curve page: the chart, and the controls that compute it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "widgets/common/pz-project-widget.h"
#include "widgets/results/pz-result-chart.h"

G_BEGIN_DECLS

#define PZ_TYPE_LEARNING_PAGE (pz_learning_page_get_type ())

/* Property "has-chart" (boolean, read-only): there is a finished point.
 * Action "learning.toggle": begins, or cancels. */
G_DECLARE_FINAL_TYPE (PzLearningPage, pz_learning_page, PZ, LEARNING_PAGE, PzProjectWidget)

/* Whose error is shown; from 0 */
void           pz_learning_page_set_target (PzLearningPage *self,
                                            gsize           target);

/* (nullable) (transfer none) */
PzResultChart *pz_learning_page_peek_chart (PzLearningPage *self);

G_END_DECLS
