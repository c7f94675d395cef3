/* mlp-augment-private.h: random parameters of one image's augmentation.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/train/mlp-augment.h"
#include "core/train/mlp-warp-private.h"

G_BEGIN_DECLS

/* The map that mlp_augmenter_run() looks through; its fields are the augmenter's. */
void          mlp_augmenter_draw_lots (const MlpAugmenter *augmenter,
                                       guint               round,
                                       guint32             item,
                                       MlpWarp            *warp);

/* (nullable): @rows × @columns displacements, of which fields are windows; %NULL where
 * there are none */
const gint16 *mlp_augmenter_peek_plane (const MlpAugmenter *augmenter,
                                        gsize              *rows,
                                        gsize              *columns);

G_END_DECLS
