/* pz-drawing-answers.h: predictions for many drawings at once.
 *
 * Main thread; the network is asked in a thread of pz-latest.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "core/net/mlp-net.h"
#include "model/pz-drawing.h"
#include "model/pz-latest.h"
#include "recipe/recipe-file.h"

G_BEGIN_DECLS

/**
 * pz_drawing_answers_ask:
 * @latest: follows what is asked there
 * @drawings: (element-type PzDrawing): at least one; looked at now
 * @net: a network that takes 28 × 28 images, copied
 * @scale: what a byte is multiplied by
 * @done: its data is for pz_drawing_answers_apply()
 *
 * Asks for the class of each drawing.
 */
void  pz_drawing_answers_ask   (PzLatest            *latest,
                                GPtrArray           *drawings,
                                const MlpNet        *net,
                                float                scale,
                                PzLatestDone         done);

/* Each drawing that was asked about gets its class; %PZ_DRAWING_NO_ANSWER where there was no memory
 * for the network. */
void  pz_drawing_answers_apply (gpointer             data);

/* Of the PzDrawings in @drawings that have an answer: those that a network of @data has seen in
 * training or validation, or those that it has not. Where its file does not say, it has seen all
 * but the fifth that is kept for testing, if it was trained on drawings besides. @data:
 * (nullable): %NULL has seen none. Returns: how many there are; @n_right (out): and how many
 * of them are right */
guint pz_drawing_answers_count (GListModel          *drawings,
                                const RecipeData    *data,
                                gboolean             seen,
                                guint               *n_right);

G_END_DECLS
