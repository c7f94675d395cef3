/* ds-digit.h: from ink to the MNIST frame, by the rule MNIST was made with.
 *
 * Bounding box of the ink; padded to a square around its centre, at least 10
 * pixels a side; resampled to 20 × 20 by exact area averaging; pasted into
 * 28 × 28 so that the barycentre lies at pixel 14 (offset = ⌊15 − b⌋), clipped.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DS_DIGIT_SIDE 28
#define DS_DIGIT_BOX  20

/* Ink found on an image, and where it went: what a view of the steps shows. */
typedef struct
{
  double x, y, side;                            /* the square, in source pixels */
  guint8 box[DS_DIGIT_BOX * DS_DIGIT_BOX];      /* 20 × 20 */
  double barycentre_x, barycentre_y;            /* in the 20 × 20 image, pixel centres at +0.5 */
  int    offset_x, offset_y;                    /* of the 20 × 20 in the 28 × 28 */
} DsDigitSteps;

/**
 * ds_digit_from_ink:
 * @ink: @height rows of @stride bytes, 0 = paper, 255 = full ink; larger than
 *   28 × 28
 * @width: pixels a row
 * @height: rows
 * @stride: bytes from one row to the next
 * @frame: (out caller-allocates): 28 × 28 bytes, row by row
 * @steps: (out caller-allocates) (nullable): what happened on the way
 *
 * Returns: %FALSE if there is no ink; @frame is then all 0
 */
gboolean ds_digit_from_ink   (const guint8 *ink,
                              gsize         width,
                              gsize         height,
                              gsize         stride,
                              guint8       *frame,
                              DsDigitSteps *steps);

/**
 * ds_digit_from_grey:
 * @grey: @height rows of @stride bytes, any polarity
 * @ink: (out caller-allocates): @width × @height bytes without padding
 *
 * Makes ink of a picture: finds out whether it is dark on light or light on
 * dark (from its border, or from which is rarer where light falls unevenly),
 * takes shadows and the paper away and stretches the contrast, so that
 * ds_digit_from_ink() or ds_segments_find() can read it. Edges stay soft. Takes
 * as much memory as the picture has pixels, in bytes, for a moment less than
 * 64 KB more.
 */
void     ds_digit_from_grey  (const guint8 *grey,
                              gsize         width,
                              gsize         height,
                              gsize         stride,
                              guint8       *ink);

G_END_DECLS
