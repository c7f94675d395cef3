/* draw-sketch.h: strokes and grey images on a canvas.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-axes.h"
#include "ink/ink-stroke.h"

G_BEGIN_DECLS

/* Strokes in the current colour, on a square of @size user units; @pen: its width at
 * pressure ½, in sides of the square. What is covered is what ink_stroke_render()
 * covers. */
void draw_sketch         (cairo_t          *cr,
                          double            size,
                          double            pen,
                          const InkPoint   *points,
                          gsize             n_points);

/* Where a pen is that the keyboard moves: at (@x, @y), in widths of the canvas, a square. A cross
 * around a ring; where the pen is down the ring is filled. */
void draw_sketch_cross   (const DrawCanvas *canvas,
                          double            x,
                          double            y,
                          gboolean          is_down);

/* A grey image (0 = paper) into @area, pixels as squares. */
void draw_sketch_image (const DrawCanvas *canvas,
                        const DrawArea   *area,
                        const guint8     *bytes,
                        gsize             rows,
                        gsize             columns);

G_END_DECLS
