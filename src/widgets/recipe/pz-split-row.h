/* pz-split-row.h: expandable form row of the data split.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "model/pz-project.h"

G_BEGIN_DECLS

#define PZ_TYPE_SPLIT_ROW (pz_split_row_get_type ())

G_DECLARE_FINAL_TYPE (PzSplitRow, pz_split_row, PZ, SPLIT_ROW, AdwExpanderRow)

/* @project: (nullable) */
void       pz_split_row_set_project (PzSplitRow *self,
                                     PzProject  *project);

G_END_DECLS
