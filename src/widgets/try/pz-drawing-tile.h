/* pz-drawing-tile.h: gallery tile of one drawing: image, label and differing prediction.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "model/pz-drawing.h"

G_BEGIN_DECLS

#define PZ_TYPE_DRAWING_TILE (pz_drawing_tile_get_type ())

G_DECLARE_FINAL_TYPE (PzDrawingTile, pz_drawing_tile, PZ, DRAWING_TILE, AdwBin)

GtkWidget *pz_drawing_tile_new         (void);

/* (nullable) */
PzDrawing *pz_drawing_tile_get_drawing (PzDrawingTile *self);
void       pz_drawing_tile_set_drawing (PzDrawingTile *self,
                                        PzDrawing     *drawing);

G_END_DECLS
