/* pz-predictor.h: predictions for the drawing on the pad.
 *
 * The newest question wins: an answer to an older one never arrives. Main thread; the network
 * is asked in a thread (pz-latest.h).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "core/net/mlp-net.h"
#include "ink/ink-frame.h"

G_BEGIN_DECLS

#define PZ_TYPE_PREDICTOR (pz_predictor_get_type ())

/* Properties, read-only: "has-answer" (boolean), "answer" (uint, the class with
 * the largest output). Signal "changed": another answer, or none any more. */
G_DECLARE_FINAL_TYPE (PzPredictor, pz_predictor, PZ, PREDICTOR, GObject)

PzPredictor  *pz_predictor_new          (void);

/* (nullable): copied. The last question is asked again. @rows × @columns is the
 * image it was trained on, @scale what a byte is multiplied by. A network
 * that does not take 28 × 28 images cannot be asked: no answer. */
void          pz_predictor_set_net      (PzPredictor  *self,
                                         const MlpNet *net,
                                         guint         rows,
                                         guint         columns,
                                         float         scale);

/* Asks about strokes, which are copied: the thread that answers makes a frame of them
 * with ink_frame_from_strokes(). What @skip says is left out of each answer to them.
 * None: no question, no answer. */
void          pz_predictor_set_strokes  (PzPredictor    *self,
                                         const InkPoint *points,
                                         gsize           n_points,
                                         InkFrameSkip    skip);

gboolean      pz_predictor_get_has_answer (PzPredictor *self);
guint         pz_predictor_get_answer   (PzPredictor  *self);

/* (nullable): translated: why the network has no answer, as when its
 * outputs are not finite numbers */
const char   *pz_predictor_get_problem  (PzPredictor  *self);

/* Whether there is an answer, but the image is unlike those that the network was
 * trained on (mlp-novelty.h); FALSE where the network does not know them */
gboolean      pz_predictor_get_is_novel (PzPredictor  *self);

/* The steps of the rule that are left out for what is asked about. */
InkFrameSkip  pz_predictor_get_skip     (PzPredictor  *self);

/* (nullable) (array length=n_outputs): shares that sum to one: softmax outputs
 * as they are, others normalised; NULL without an answer */
const float  *pz_predictor_peek_outputs (PzPredictor  *self,
                                         gsize        *n_outputs);

/* (nullable) (array fixed-size=784): the 28 × 28 bytes the network saw; NULL
 * without a question */
const guint8 *pz_predictor_peek_frame   (PzPredictor  *self);

/* (nullable): how the strokes came to the frame, in pixels of INK_PAD_SIDE to the side
 * of their view; NULL without a question */
const InkFrameSteps *pz_predictor_peek_steps (PzPredictor *self);

G_END_DECLS
