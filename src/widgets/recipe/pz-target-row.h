/* pz-target-row.h: form row of the molecular targets.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "model/pz-project.h"

G_BEGIN_DECLS

#define PZ_TYPE_TARGET_ROW (pz_target_row_get_type ())

/* What is ticked becomes the recipe's when the list is closed: one step, and the data
 * are loaded once. */
G_DECLARE_FINAL_TYPE (PzTargetRow, pz_target_row, PZ, TARGET_ROW, AdwActionRow)

/* @project: (nullable) */
void       pz_target_row_set_project (PzTargetRow *self,
                                      PzProject   *project);

G_END_DECLS
