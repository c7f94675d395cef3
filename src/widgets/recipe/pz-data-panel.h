/* pz-data-panel.h: data section of the recipe form: source and split.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "widgets/common/pz-project-widget.h"

G_BEGIN_DECLS

#define PZ_TYPE_DATA_PANEL (pz_data_panel_get_type ())

/* Actions: "data.open-file", "data.open-folder"; "data.use" (string: a source);
 * "data.get" (string: the id of a catalog entry), which asks first. */
G_DECLARE_FINAL_TYPE (PzDataPanel, pz_data_panel, PZ, DATA_PANEL, PzProjectWidget)

/* pz_data_loader_choose() */
void       pz_data_panel_use         (PzDataPanel *self,
                                      const char  *source);

G_END_DECLS
