/* pz-draw-view.h: drawing page: a sketch pad and the network's prediction.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/pz-sketch.h"
#include "widgets/common/pz-project-widget.h"

G_BEGIN_DECLS

#define PZ_TYPE_DRAW_VIEW (pz_draw_view_get_type ())

/* Property "erasing" (boolean): the eraser is in the hand. Actions: "draw.undo",
 * "draw.redo", "draw.clear" and "draw.erase" are about strokes, not about the recipe;
 * "photo.open" and "photo.paste" (Ctrl+V) open a window of their own. */
G_DECLARE_FINAL_TYPE (PzDrawView, pz_draw_view, PZ, DRAW_VIEW, PzProjectWidget)

gboolean   pz_draw_view_get_erasing (PzDrawView *self);
void       pz_draw_view_set_erasing (PzDrawView *self,
                                     gboolean    erasing);

/* (transfer none): what is on the pad */
PzSketch  *pz_draw_view_get_sketch  (PzDrawView *self);

G_END_DECLS
