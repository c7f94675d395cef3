/* pz-sketch-input.h: pointer input of the sketch pad: mouse, touch and pen.
 *
 * A pen turned round erases. With Ctrl nothing is drawn; a second finger takes the stroke back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "widgets/try/pz-sketch-pad.h"

G_BEGIN_DECLS

typedef struct _PzSketchInput PzSketchInput;

/* Adds gestures to @pad; they are taken away again when the result is freed, before the pad
 * goes. */
PzSketchInput *pz_sketch_input_new  (PzSketchPad   *pad);
void           pz_sketch_input_free (PzSketchInput *self);

G_END_DECLS
