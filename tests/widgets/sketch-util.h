/* sketch-util.h: what the tests of the pad share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <string.h>

#include "model/pz-predictor.h"
#include "model/pz-sketch.h"
#include "test-util.h"

/* Waits until @predictor has seen what is drawn by now. */
static inline void
wait_for_answer (PzSketch    *sketch,
                 PzPredictor *predictor,
                 InkFrameSkip skip)
{
  guint8 frame[INK_FRAME_SIZE];
  const InkPoint *points;
  gsize n;

  points = pz_sketch_peek_points (sketch, &n);
  g_assert_true (ink_frame_from_strokes (points, n, skip, frame, NULL));

  wait_until (pz_predictor_peek_frame (predictor) != NULL
              && memcmp (pz_predictor_peek_frame (predictor), frame, sizeof frame) == 0);
}
