/* ink-frame.h: MNIST frame: normalisation of ink as MNIST was made.
 *
 * Bounding box of the ink; padded to a square around its centre, at least 10
 * pixels a side; resampled to 20 × 20 by exact area averaging; pasted into
 * 28 × 28 so that the barycentre lies at pixel 14 (offset = ⌊15 − b⌋), clipped.
 *
 * Each step can be left out, so that one sees what it is worth.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ink/ink-stroke.h"

G_BEGIN_DECLS

/* Pixels of a side, of all of a frame, and of the side of the box that the digit fills. */
#define INK_FRAME_SIDE 28
#define INK_FRAME_SIZE (INK_FRAME_SIDE * INK_FRAME_SIDE)
#define INK_FRAME_BOX  20

/* Steps of the rule that are left out; each may be without the others. */
typedef enum
{
  INK_FRAME_SKIP_PEN    = 1 << 0,  /* strokes keep the pen they were drawn with: ink_frame_choose_view() */
  INK_FRAME_SKIP_BOX    = 1 << 1,  /* the square is the whole image (the longer side), not the ink's */
  INK_FRAME_SKIP_SIZE   = 1 << 2,  /* the scale at which the whole image is 28 pixels, not the ink 20 */
  INK_FRAME_SKIP_CENTRE = 1 << 3,  /* the middle of the square at the frame's, not the barycentre at 14 */
} InkFrameSkip;

/* How the rule is applied; all zero: as it stands. */
typedef struct
{
  InkFrameSkip skip;
  gsize        least_side;         /* of the ink's square, in source pixels; 0: 10 */
} InkFrameOptions;

/* Ink found on an image, and where it went: what a view of the steps shows. */
typedef struct
{
  double x, y, side;                              /* the square, in source pixels */
  gsize  n;                                       /* its pixels a side: 20, or 28 with INK_FRAME_SKIP_SIZE */
  guint8 box[INK_FRAME_SIZE];    /* n × n */
  double barycentre_x, barycentre_y;              /* in the box, pixel centres at +0.5 */
  int    offset_x, offset_y;                      /* of the box in the 28 × 28 */
} InkFrameSteps;

/**
 * ink_frame_from_ink:
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
gboolean ink_frame_from_ink              (const guint8          *ink,
                                          gsize                  width,
                                          gsize                  height,
                                          gsize                  stride,
                                          guint8                *frame,
                                          InkFrameSteps         *steps);

/* The same, with steps left out. With none left out and no other least side it
 * gives the same bytes. */
gboolean ink_frame_from_ink_with_options (const guint8          *ink,
                                          gsize                  width,
                                          gsize                  height,
                                          gsize                  stride,
                                          const InkFrameOptions *options,
                                          guint8                *frame,
                                          InkFrameSteps         *steps);

/* The width of MNIST's pen, in pixels of the frame: the median over its training
 * images is 2.67. */
#define INK_FRAME_PEN 2.7

/* Pixels a side of the image that strokes become for the rule: 112, four for one of
 * the frame's. */
#define INK_PAD_SCALE 4
#define INK_PAD_SIDE  (INK_PAD_SCALE * INK_FRAME_SIDE)

/* How strokes on a pad are made ink for the rule. Lengths in sides of the pad. */
typedef struct
{
  InkStrokeView part;          /* of the pad, which becomes the image */
  double        least_side;    /* of the ink's square: a dot is not blown up */
} InkFrameView;

/**
 * ink_frame_choose_view:
 * @points: strokes
 * @n_points: how many points
 * @skip: the steps that will be left out
 * @view: (out caller-allocates): where to look, and with which pen to stroke
 *
 * Strokes kept as lines are stroked again with MNIST's pen: the width that is
 * 2.7 pixels once the digit has its size in the frame, however large it was
 * drawn. An evenly stroked digit then fills the 20 × 20 exactly. The view is a
 * little larger than the digit, so that a pen pressed harder has room.
 *
 * Where the box or the size is left out the view is the whole pad, and with
 * %INK_FRAME_SKIP_PEN, too; the pen is then %INK_STROKE_PEN.
 *
 * Returns: %FALSE without points; @view is then the whole pad
 */
gboolean ink_frame_choose_view           (const InkPoint        *points,
                                          gsize                  n_points,
                                          InkFrameSkip           skip,
                                          InkFrameView          *view);

/**
 * ink_frame_from_strokes:
 * @points: strokes
 * @n_points: how many points
 * @skip: steps of the rule to leave out
 * @frame: (out caller-allocates): 28 × 28 bytes, row by row
 * @steps: (out caller-allocates) (nullable): what happened on the way, in pixels of
 *   %INK_PAD_SIDE to the side of the view
 *
 * What a network sees of strokes: their ink in the view that is chosen for them, by
 * the rule. May be called in any thread; allocates little.
 *
 * Returns: %FALSE without ink; @frame is then all 0
 */
gboolean ink_frame_from_strokes          (const InkPoint        *points,
                                          gsize                  n_points,
                                          InkFrameSkip           skip,
                                          guint8                *frame,
                                          InkFrameSteps         *steps);

G_END_DECLS
