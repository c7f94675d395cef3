/* pz-network-panel.h: network section of the recipe form: layers as a list and as a diagram.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "widgets/common/pz-project-widget.h"

G_BEGIN_DECLS

#define PZ_TYPE_NETWORK_PANEL (pz_network_panel_get_type ())

/* Actions: "network.add-layer"; "network.preset" (string: the preset's id). */
G_DECLARE_FINAL_TYPE (PzNetworkPanel, pz_network_panel, PZ, NETWORK_PANEL, PzProjectWidget)

G_END_DECLS
