/* pz-sketch-pad.h: sketch pad for mouse, touch, pen and keyboard.
 *
 * Arrow keys, and Home, End, Page Up and Page Down aslant, move a pen (with Shift in
 * fine steps); Space puts it down and lifts it, Enter ends the stroke, Escape takes
 * it back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/pz-sketch.h"

G_BEGIN_DECLS

#define PZ_TYPE_SKETCH_PAD (pz_sketch_pad_get_type ())

/* Properties: "sketch" (PzSketch, nullable): where the strokes go; "erasing"
 * (boolean): the mouse takes strokes away. A pen turned round always does. */
G_DECLARE_FINAL_TYPE (PzSketchPad, pz_sketch_pad, PZ, SKETCH_PAD, GtkWidget)

PzSketch  *pz_sketch_pad_get_sketch  (PzSketchPad *self);
void       pz_sketch_pad_set_sketch  (PzSketchPad *self,
                                      PzSketch    *sketch);
gboolean   pz_sketch_pad_get_erasing (PzSketchPad *self);
void       pz_sketch_pad_set_erasing (PzSketchPad *self,
                                      gboolean     erasing);

G_END_DECLS
