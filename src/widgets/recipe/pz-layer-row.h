/* pz-layer-row.h: form row of one hidden layer: width, activation, order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "core/net/mlp-net.h"

G_BEGIN_DECLS

#define PZ_TYPE_LAYER_ROW (pz_layer_row_get_type ())

/* Shows what it is told and asks upwards; it changes nothing itself.
 *
 * Actions "layer.move-up", "layer.move-down" (Alt+Up, Alt+Down), "layer.remove"
 * (Delete), and signals:
 *   "edited"                            the user gave another width or activation
 *   "move-requested" (int from, int to) places from 0
 *   "remove-requested" */
G_DECLARE_FINAL_TYPE (PzLayerRow, pz_layer_row, PZ, LAYER_ROW, AdwPreferencesRow)

GtkWidget  *pz_layer_row_new                     (void);

/* @place: from 0, of @n_layers hidden ones */
void        pz_layer_row_set_layer               (PzLayerRow     *self,
                                                  gsize           place,
                                                  gsize           n_layers,
                                                  const MlpLayer *layer);
MlpLayer    pz_layer_row_get_layer               (PzLayerRow     *self);
gsize       pz_layer_row_get_place               (PzLayerRow     *self);

/* "ReLU", translated. */
const char *pz_layer_row_get_activation_title    (MlpActivation   sigma);

/* (transfer full): the titles of those below @n, for a drop-down */
GListModel *pz_layer_row_create_activation_model (guint           n);

/* Names such a drop-down, and its choice, for screen readers: its button, which
 * takes the focus, has no name from GTK. To be called again after each choice. */
void pz_layer_row_name_drop_down (GtkDropDown *drop_down,
                                  const char  *label);

G_END_DECLS
