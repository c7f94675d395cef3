/* ink-stroke-width.h: stroke width normalisation to that of MNIST.
 *
 * The digit rule makes all digits of one size, and so a small digit's pen wide and
 * a large one's thin. A network that knows MNIST's pen only (a median of 2.5 pixels
 * by ink_stroke_width_measure(), 1.8 to 3.7 in nine of ten) is wrong more often then. So
 * strokes that are much too thin become wider before the rule, much too wide ones
 * thinner. Where strokes are known as lines it is better to stroke them again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ink/ink-frame.h"

G_BEGIN_DECLS

/* In pixels of the frame: thinner strokes become as wide as the first, wider ones
 * as thin as the second. */
#define INK_STROKE_WIDTH_LEAST 2.3
#define INK_STROKE_WIDTH_MOST  4.0

/**
 * ink_stroke_width_measure:
 * @grey: @side × @side bytes, 0 = paper, soft edges
 * @side: pixels a row
 *
 * How wide strokes are: 2 · area / perimeter, which is exact for a ring and nearly
 * so for what is much longer than wide; but strokes thinner than two pixels are
 * blurred by them and seem up to half a pixel wider than they are. The area is the sum of the greys, the
 * perimeter that of their gradients (the coarea formula), by differences over
 * 2 × 2 pixels.
 *
 * Returns: the width in pixels; 0 where there is no ink
 */
double   ink_stroke_width_measure  (const guint8 *grey,
                                    gsize         side);

/**
 * ink_stroke_width_to_frame:
 * @ink: as for ink_frame_from_ink()
 * @width: pixels a row
 * @height: rows
 * @stride: bytes from one row to the next
 * @frame: (out caller-allocates): 28 × 28 bytes, row by row
 *
 * As ink_frame_from_ink(), and with the same bytes where strokes are between
 * %INK_STROKE_WIDTH_LEAST and %INK_STROKE_WIDTH_MOST wide.
 *
 * Returns: %FALSE if there is no ink; @frame is then all 0
 */
gboolean ink_stroke_width_to_frame (const guint8 *ink,
                                    gsize         width,
                                    gsize         height,
                                    gsize         stride,
                                    guint8       *frame);

G_END_DECLS
