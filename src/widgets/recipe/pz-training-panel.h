/* pz-training-panel.h: how the recipe trains: loss, optimizer, rate, and so on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "model/pz-project.h"

G_BEGIN_DECLS

#define PZ_TYPE_TRAINING_PANEL (pz_training_panel_get_type ())

/* Property "project" (PzProject, nullable). */
G_DECLARE_FINAL_TYPE (PzTrainingPanel, pz_training_panel, PZ, TRAINING_PANEL, AdwBin)

GtkWidget *pz_training_panel_new         (void);

PzProject *pz_training_panel_get_project (PzTrainingPanel *self);
void       pz_training_panel_set_project (PzTrainingPanel *self,
                                          PzProject       *project);

G_END_DECLS
