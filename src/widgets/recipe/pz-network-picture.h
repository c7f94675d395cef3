/* pz-network-picture.h: the layers of a network, drawn.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "draw/draw-network.h"

G_BEGIN_DECLS

#define PZ_TYPE_NETWORK_PICTURE (pz_network_picture_get_type ())

/* Signal "layer-clicked" (uint): which, from 0 at the input. */
G_DECLARE_FINAL_TYPE (PzNetworkPicture, pz_network_picture, PZ, NETWORK_PICTURE, GtkWidget)

/* Copies all. The layers in words are the accessible description. */
void       pz_network_picture_set_layers   (PzNetworkPicture       *self,
                                            const DrawNetworkLayer *layers,
                                            gsize                   n_layers);

/* −1: none */
void       pz_network_picture_set_selected (PzNetworkPicture       *self,
                                            gssize                  layer);

G_END_DECLS
