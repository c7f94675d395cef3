/* pz-learning-bar.h: learning curve controls: start, progress, cancel.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/pz-learning.h"

G_BEGIN_DECLS

#define PZ_TYPE_LEARNING_BAR (pz_learning_bar_get_type ())

/* Action: "learning.toggle": begins, or cancels. */
G_DECLARE_FINAL_TYPE (PzLearningBar, pz_learning_bar, PZ, LEARNING_BAR, GtkWidget)

/* @learning: (nullable) */
void pz_learning_bar_set_learning (PzLearningBar *self,
                                   PzLearning    *learning);

G_END_DECLS
