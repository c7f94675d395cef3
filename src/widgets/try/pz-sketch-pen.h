/* pz-sketch-pen.h: keyboard pen of the sketch pad.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/pz-sketch.h"

G_BEGIN_DECLS

/* Of the side of the pad: half a pen's width, and a little more to hit. */
#define PZ_ERASER_RADIUS 0.04f

/* What a mouse, a finger or the keyboard presses with. */
#define PZ_NO_PRESSURE 0.5f

typedef struct
{
  float    x, y;        /* in the unit square */
  gboolean is_used;     /* it was moved or put down */
  gboolean is_down;
  gboolean erases;      /* while it is down */
} PzSketchPen;

/* Up, where one begins to write a digit: in the middle of the upper half */
void     pz_sketch_pen_init      (PzSketchPen *pen);

/* Binds the keys: the arrow keys and, aslant, Home, Page Up, End and Page Down move
 * the pen, with Shift in fine steps; Space puts it down and lifts it; Enter ends the
 * stroke, Escape takes it back. @callback gets what pz_sketch_pen_act() wants. */
void     pz_sketch_pen_bind      (GtkWidgetClass  *widget_class,
                                  GtkShortcutFunc  callback);

/* Does what the key says; where the pen is down it draws, or, if @erase when it went
 * down, takes away what is under it. It stays on the pad. FALSE: the key is for
 * others, Enter and Escape while the pen is up. */
gboolean pz_sketch_pen_act       (PzSketchPen     *pen,
                                  PzSketch        *sketch,
                                  gboolean         erase,
                                  GVariant        *arguments);

/* Up, with the stroke kept. FALSE if it was not down. */
gboolean pz_sketch_pen_lift      (PzSketchPen     *pen,
                                  PzSketch        *sketch);

/* The drawing changed: a stroke that somebody else ended is no longer the pen's. */
void     pz_sketch_pen_follow    (PzSketchPen     *pen,
                                  PzSketch        *sketch);

/* (transfer full): what is on the pad, and where the pen is, once it is used: “Has a
 * drawing. Pen down, 40 % from the left, 25 % from the top”. @sketch: (nullable) */
char    *pz_sketch_pen_describe  (const PzSketchPen *pen,
                                  PzSketch          *sketch);

G_END_DECLS
