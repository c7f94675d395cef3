/* pz-network-diagram.h: network diagram widget.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "draw/draw-network.h"

G_BEGIN_DECLS

#define PZ_TYPE_NETWORK_DIAGRAM (pz_network_diagram_get_type ())

/* Signal "layer-clicked" (uint): which, from 0 at the input. */
G_DECLARE_FINAL_TYPE (PzNetworkDiagram, pz_network_diagram, PZ, NETWORK_DIAGRAM, GtkWidget)

/* Copies all. The layers in words are the accessible description. */
void pz_network_diagram_set_layers   (PzNetworkDiagram       *self,
                                      const DrawNetworkLayer *layers,
                                      gsize                   n_layers);

/* −1: none */
void pz_network_diagram_set_selected (PzNetworkDiagram       *self,
                                      gssize                  layer);

G_END_DECLS
