/* draw-sketch.h: strokes and grey pictures on a canvas.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-theme.h"
#include "ink/ink-stroke.h"

G_BEGIN_DECLS

/* Strokes in the current colour, on a square of @size user units; @pen: its width at
 * pressure ½, in sides of the square. What is covered is what ink_stroke_render()
 * covers. */
void draw_sketch         (cairo_t         *cr,
                          double           size,
                          double           pen,
                          const InkPoint  *points,
                          gsize            n_points);

/* Where a pen is that the keyboard moves: at (@x, @y) of the unit square. A cross
 * around a ring; where the pen is down the ring is filled. */
void draw_sketch_cross   (cairo_t         *cr,
                          const DrawTheme *theme,
                          double           size,
                          double           x,
                          double           y,
                          gboolean         is_down);

/* A grey picture (0 = paper) into a rectangle, pixels as squares. */
void draw_sketch_picture (cairo_t         *cr,
                          const DrawTheme *theme,
                          double           x,
                          double           y,
                          double           width,
                          double           height,
                          const guint8    *bytes,
                          gsize            rows,
                          gsize            columns);

G_END_DECLS
