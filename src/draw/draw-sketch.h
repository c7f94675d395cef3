/* draw-sketch.h: pen strokes, and the ink they leave.
 *
 * Points are in a unit square, so a sketch does not care how large the pad is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-theme.h"

G_BEGIN_DECLS

typedef struct
{
  float    x;
  float    y;
  float    pressure;   /* 0 … 1, ½ for a mouse: how wide the pen is there */
  gboolean starts;     /* the pen came down here */
} DrawPoint;

/* Of the side of the square, at pressure ½: about MNIST's pen in a digit that
 * fills half the pad. */
#define DRAW_PEN_WIDTH 0.05

/* Strokes in the current colour, on a square of @size user units. */
void draw_sketch         (cairo_t         *cr,
                          double           size,
                          const DrawPoint *points,
                          gsize            n_points);

/* The same with a pen of this width at pressure ½, as a share of the side. */
void draw_sketch_with_pen (cairo_t         *cr,
                           double           size,
                           double           pen,
                           const DrawPoint *points,
                           gsize            n_points);

/* Where a pen is that the keyboard moves: at (@x, @y) of the unit square. A cross
 * around a ring; where the pen is down the ring is filled. */
void draw_sketch_cross   (cairo_t         *cr,
                          const DrawTheme *theme,
                          double           size,
                          double           x,
                          double           y,
                          gboolean         is_down);

/**
 * draw_sketch_to_ink:
 * @points: strokes
 * @n_points: how many points
 * @side: of the image, at least 112
 * @ink: (out caller-allocates): @side × @side bytes, row by row, 0 = paper,
 *   255 = ink
 */
void draw_sketch_to_ink  (const DrawPoint *points,
                          gsize            n_points,
                          gsize            side,
                          guint8          *ink);

/* The same of a part of the square, and with another pen: the square of side
 * @part_side at (@x, @y), which may reach beyond the edges; @pen is the width of
 * the pen at pressure ½, as a share of the whole square's side, 0: that of
 * DRAW_PEN_WIDTH. */
void draw_sketch_part_to_ink (const DrawPoint *points,
                              gsize            n_points,
                              double           x,
                              double           y,
                              double           part_side,
                              double           pen,
                              gsize            side,
                              guint8          *ink);

/* The least rectangle around the points; the pen is not in it. FALSE without
 * points. */
gboolean draw_sketch_get_extents (const DrawPoint *points,
                                  gsize            n_points,
                                  double          *x0,
                                  double          *y0,
                                  double          *x1,
                                  double          *y1);

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
