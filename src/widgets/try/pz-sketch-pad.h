/* pz-sketch-pad.h: sketch pad: shows a sketch, takes strokes from a pointer and draws with the keyboard.
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
 * (boolean): a pointer takes strokes away. */
G_DECLARE_FINAL_TYPE (PzSketchPad, pz_sketch_pad, PZ, SKETCH_PAD, GtkWidget)

PzSketch *pz_sketch_pad_get_sketch    (PzSketchPad *self);
void      pz_sketch_pad_set_sketch    (PzSketchPad *self,
                                       PzSketch    *sketch);
gboolean  pz_sketch_pad_get_erasing   (PzSketchPad *self);
void      pz_sketch_pad_set_erasing   (PzSketchPad *self,
                                       gboolean     erasing);

/* A pointer comes down at @x, @y, in pixels of the widget, and ends what the keyboard's
 * pen draws. With @erase the whole stroke takes away what it touches. */
void      pz_sketch_pad_begin_stroke  (PzSketchPad *self,
                                       double       x,
                                       double       y,
                                       float        pressure,
                                       gboolean     erase);
void      pz_sketch_pad_move_stroke   (PzSketchPad *self,
                                       double       x,
                                       double       y,
                                       float        pressure);
void      pz_sketch_pad_end_stroke    (PzSketchPad *self);

/* The stroke was none: what it drew is taken back. */
void      pz_sketch_pad_cancel_stroke (PzSketchPad *self);

G_END_DECLS
