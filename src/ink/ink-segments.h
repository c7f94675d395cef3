/* ink-segments.h: segmentation of a photo into digits, each with its position and frame.
 *
 * Ink that touches is one piece (eight neighbours). Pieces over each other with
 * little between them are one digit: a 5 and its bar. A piece much wider than
 * high is several that touch: it is cut at its thinnest column. Specks go.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ink/ink-frame.h"

G_BEGIN_DECLS

/* More are not told apart: a picture of something else. */
#define INK_SEGMENTS_MAX 500

typedef struct
{
  gsize  x, y, width, height;    /* of its ink, in pixels */
  guint  line;                   /* counted from 0, from top to bottom */
  guint8 frame[INK_FRAME_SIZE];  /* its own ink by the rule of MNIST */
} InkSegment;

/**
 * ink_segments_find:
 * @ink: @height rows of @stride bytes, 0 = paper, as ink_binarise() makes it;
 *   less than 2³² pixels
 *
 * Needs four bytes of memory a pixel. Of more than %INK_SEGMENTS_MAX digits the
 * uppermost are given.
 *
 * Returns: (transfer full) (element-type InkSegment): in the order in which they
 *   are read: lines from top to bottom, in a line from left to right; empty where
 *   there is no ink
 */
GArray *ink_segments_find (const guint8 *ink,
                           gsize         width,
                           gsize         height,
                           gsize         stride);

G_END_DECLS
