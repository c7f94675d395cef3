/* pz-label-keys.h: label keys: a button a class, which keeps the drawing with that label.
 *
 * The classes are those of the network, or else of the data where they are images of 28 × 28,
 * or else 0 to 9. Each button says how many drawings of its class there are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/pz-drawings.h"
#include "widgets/common/pz-project-widget.h"

G_BEGIN_DECLS

#define PZ_TYPE_LABEL_KEYS (pz_label_keys_get_type ())

/* Property "n-keys" (uint, read-only): how many of the keys 0 to 9 name a class. A button
 * activates "drawings.keep" (uint32: the label), an action of a widget around it, and is as
 * sensitive as that. */
G_DECLARE_FINAL_TYPE (PzLabelKeys, pz_label_keys, PZ, LABEL_KEYS, PzProjectWidget)

/* What is counted. @drawings: (nullable) */
void  pz_label_keys_set_drawings (PzLabelKeys *self,
                                  PzDrawings  *drawings);
guint pz_label_keys_get_n_keys   (PzLabelKeys *self);

/* (transfer full): "7", of classes with names "7, Sneaker" */
char *pz_label_keys_dup_name     (PzLabelKeys *self,
                                  guint        label);

G_END_DECLS
