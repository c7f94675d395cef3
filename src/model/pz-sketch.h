/* pz-sketch.h: sketch: pen strokes with undo.
 *
 * Main thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "ink/ink-stroke.h"

G_BEGIN_DECLS

#define PZ_TYPE_SKETCH (pz_sketch_get_type ())

/* Properties, read-only: "empty", "can-undo", "can-redo" (boolean). Signal
 * "changed" after every change. */
G_DECLARE_FINAL_TYPE (PzSketch, pz_sketch, PZ, SKETCH, GObject)

PzSketch      *pz_sketch_new          (void);

/* A new stroke from (@x, @y), 0 … 1 from the upper left corner of the pad; what lies outside is moved to its edge, and
 * points that are no numbers are left out. @pressure: 0 … 1 */
void           pz_sketch_begin_stroke (PzSketch *self,
                                       float     x,
                                       float     y,
                                       float     pressure);
void           pz_sketch_add_point    (PzSketch *self,
                                       float     x,
                                       float     y,
                                       float     pressure);

/* From here on the stroke is one step of undo. */
void           pz_sketch_end_stroke   (PzSketch *self);

/* The stroke under way never was: a second finger came down. */
void           pz_sketch_cancel_stroke (PzSketch *self);

/* Takes away each stroke that comes within @radius of the way from one point to
 * another, however fast the hand is; returns whether there was one. One step of
 * undo each. */
gboolean       pz_sketch_erase        (PzSketch *self,
                                       float     from_x,
                                       float     from_y,
                                       float     to_x,
                                       float     to_y,
                                       float     radius);

/* Also one step of undo. */
void           pz_sketch_clear        (PzSketch *self);
gboolean       pz_sketch_undo         (PzSketch *self);
gboolean       pz_sketch_redo         (PzSketch *self);
gboolean       pz_sketch_get_can_undo (PzSketch *self);
gboolean       pz_sketch_get_can_redo (PzSketch *self);
gboolean       pz_sketch_get_empty    (PzSketch *self);

/* Whether a stroke is under way. */
gboolean       pz_sketch_get_drawing  (PzSketch *self);

/* (array length=n_points) (transfer none): every stroke after the other, valid
 * until the next change */
const InkPoint *pz_sketch_peek_points (PzSketch *self,
                                       gsize    *n_points);

G_END_DECLS
