/* pz-sketch-ask.h: from the strokes on a pad to a question to the network.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ink/ink-frame.h"
#include "model/pz-predictor.h"
#include "model/pz-sketch.h"

G_BEGIN_DECLS

/* Pixels of the image that the rule of MNIST gets: four for one of its. */
#define PZ_INK_SIDE 112

/* Where the strokes are looked at, and with which pen. FALSE on an empty pad. */
gboolean pz_sketch_get_view (PzSketch     *sketch,
                             InkFrameSkip  skip,
                             InkFrameView *view);

/* Asks about what is drawn, by the rule without the steps @skip; about nothing
 * where nothing is drawn. Main thread; takes a fraction of a millisecond. */
void     pz_sketch_ask      (PzSketch     *sketch,
                             PzPredictor  *predictor,
                             InkFrameSkip  skip);

/* What the network is asked about, by the whole rule. @frame: (out caller-allocates):
 * 28 × 28 bytes. Returns: whether there is ink */
gboolean pz_sketch_make_frame (PzSketch *sketch,
                               guint8   *frame);

G_END_DECLS
