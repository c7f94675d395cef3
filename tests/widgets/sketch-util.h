/* sketch-util.h: what the tests of the pad share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <string.h>

#include "draw/draw-sketch.h"
#include "test-util.h"
#include "widgets/try/pz-sketch-ask.h"

/* Waits until @predictor has seen what is drawn by now. */
static inline void
wait_for_answer (PzSketch    *sketch,
                 PzPredictor *predictor,
                 InkFrameSkip  skip)
{
  g_autofree guint8 *ink = g_malloc (PZ_INK_SIDE * PZ_INK_SIDE);
  guint8 frame[INK_FRAME_SIDE * INK_FRAME_SIDE];
  InkFrameOptions options;
  InkFrameView view;
  const PzPoint *points;
  gsize n;

  points = pz_sketch_peek_points (sketch, &n);
  g_assert_true (pz_sketch_get_view (sketch, skip, &view));
  draw_sketch_part_to_ink ((const DrawPoint *) (gconstpointer) points, n, view.x, view.y, view.side, view.pen,
                           PZ_INK_SIDE, ink);
  options = ink_frame_view_get_options (&view, skip, PZ_INK_SIDE);
  g_assert_true (ink_frame_from_ink_with_options (ink, PZ_INK_SIDE, PZ_INK_SIDE, PZ_INK_SIDE, &options, frame, NULL));

  wait_until (pz_predictor_peek_frame (predictor) != NULL
              && memcmp (pz_predictor_peek_frame (predictor), frame, sizeof frame) == 0);
}
