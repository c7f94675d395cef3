/* ink-stroke.h: pen strokes, and the pixels they cover.
 *
 * Points are in the unit square, so strokes do not care how large the pad is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of several strokes in one array, each of at least one point. */
typedef struct
{
  float    x;
  float    y;
  float    pressure;   /* 0 … 1, ½ for a mouse: how wide the pen is there */
  gboolean starts;     /* the pen came down here */
} InkPoint;

/* Width of the pen at pressure ½, in sides of the square: about MNIST's pen in a
 * digit that fills half the pad. Without pressure it is half as wide, with full
 * pressure half as wide again. */
#define INK_STROKE_PEN 0.05

/* A round nib at one place of its way. */
typedef struct
{
  double   x;
  double   y;
  double   radius;
  gboolean starts;     /* the pen came down here */
} InkNib;

/* The smallest rectangle around the points; the pen is not in it. FALSE, and zeros,
 * without points. */
gboolean ink_stroke_get_extents (const InkPoint      *points,
                                 gsize                n_points,
                                 double              *x0,
                                 double              *y0,
                                 double              *x1,
                                 double              *y1);

/**
 * ink_stroke_trace:
 * @points: strokes; points that are not finite are left out
 * @n_points: how many points
 * @pen: width of the pen at pressure ½, in sides of the square
 *
 * The way of the nib, in straight pieces: from each place to the next, up to the
 * one that starts another stroke. A bend between short sides that is no corner is
 * rounded: it is a parabola from the middle of one side to that of the other.
 *
 * Returns: (transfer full) (element-type InkNib): at least one for each stroke with a finite point
 */
GArray  *ink_stroke_trace       (const InkPoint      *points,
                                 gsize                n_points,
                                 double               pen);

/**
 * ink_stroke_sweep:
 * @from: the nib where it begins, in pixels: (0, 0) is the upper left corner of the
 *   first pixel
 * @to: where it ends
 * @side: pixels a row, and rows
 * @ink: (inout): @side × @side bytes, 0 = paper, 255 = ink; never made lighter
 *
 * Inks what a nib covers that moves straight and whose radius changes evenly: the
 * convex hull of both discs. A pixel whose middle lies d outside of the edge gets
 * ½ − d of full ink, which is the share of it that is covered where the edge is
 * straight and level or upright; at 45° it differs from it by at most 0.05. Where
 * several sweeps cover parts of a pixel the largest counts.
 */
void     ink_stroke_sweep       (const InkNib        *from,
                                 const InkNib        *to,
                                 gsize                side,
                                 guint8              *ink);

/* What of strokes becomes an image. Lengths in sides of the square that they are on. */
typedef struct
{
  double x, y, side;      /* a part of the square, which may reach beyond it */
  double pen;             /* width of the pen at pressure ½ */
} InkStrokeView;

/* All of it, with the usual pen. */
#define INK_STROKE_VIEW_WHOLE ((InkStrokeView) { 0.0, 0.0, 1.0, INK_STROKE_PEN })

/**
 * ink_stroke_render:
 * @points: strokes
 * @n_points: how many points
 * @view: the part of them that becomes the image, and the pen
 * @side: of the image, in pixels
 * @ink: (out caller-allocates): @side × @side bytes, row by row, 0 = paper,
 *   255 = ink
 *
 * May be called in any thread.
 */
void     ink_stroke_render      (const InkPoint      *points,
                                 gsize                n_points,
                                 const InkStrokeView *view,
                                 gsize                side,
                                 guint8              *ink);

G_END_DECLS
