/* pz-network-panel.h: the layers of the recipe's network, as a list and drawn.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "model/pz-project.h"

G_BEGIN_DECLS

#define PZ_TYPE_NETWORK_PANEL (pz_network_panel_get_type ())

/* Property "project" (PzProject, nullable).
 * Actions: "network.add-layer"; "network.preset" (string: the preset's id). */
G_DECLARE_FINAL_TYPE (PzNetworkPanel, pz_network_panel, PZ, NETWORK_PANEL, AdwBin)

GtkWidget *pz_network_panel_new         (void);

void       pz_network_panel_set_project (PzNetworkPanel *self,
                                         PzProject      *project);

G_END_DECLS
