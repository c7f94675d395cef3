/* pz-training-panel.h: training section of the recipe form: loss, optimiser, learning rate and so on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "widgets/common/pz-project-widget.h"

G_BEGIN_DECLS

#define PZ_TYPE_TRAINING_PANEL (pz_training_panel_get_type ())

G_DECLARE_FINAL_TYPE (PzTrainingPanel, pz_training_panel, PZ, TRAINING_PANEL, PzProjectWidget)

G_END_DECLS
