/* ink-skeleton.h: skeleton of a digit: the centre lines of its strokes and their width.
 *
 * A picture of 28 × 28 greys is made four times as large by cubic convolution
 * (Keys, 1981) and cut at half of full ink; the hard ink is thinned to lines
 * (Guo and Hall, 1989), and each pixel of a line knows how far the paper is. Discs
 * of these radii along the lines are the ink again; other radii are another pen.
 * Whole numbers: the same on every machine.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ink/ink-frame.h"

G_BEGIN_DECLS

/* Of a pixel of the pad: the unit of lengths in a dot. */
#define INK_DOT_UNIT  16

typedef struct
{
  int x, y;      /* from the upper left corner of the pad; INK_DOT_UNIT / 2 is the middle of the first pixel */
  int radius;
} InkDot;

/* No allocation; 150 kB. */
typedef struct
{
  gsize  n_dots;  /* 0 where there is no ink */
  InkDot dots[INK_PAD_SIDE * INK_PAD_SIDE];
} InkSkeleton;

/* @frame: 28 × 28 bytes, 0 = paper, row by row.
 * @skeleton: (out caller-allocates): its strokes, row by row */
void ink_skeleton_find (const guint8 *frame,
                        InkSkeleton  *skeleton);

G_END_DECLS
