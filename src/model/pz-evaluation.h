/* pz-evaluation.h: predictions of the project's network on a part of its data, cached until the network changes.
 *
 * Everything here belongs to the main thread; the work is done in a thread of its
 * own. An answer that is no longer about the present network, data or part never
 * arrives.
 *
 * The test samples are looked at once, when everything is decided: whoever
 * chooses by them has no test any more. So an evaluation is of the validation
 * samples; the test is had for the asking, and another network is asked about
 * the validation samples again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-split.h"
#include "model/pz-predictions.h"
#include "model/pz-project.h"

G_BEGIN_DECLS

#define PZ_TYPE_EVALUATION (pz_evaluation_get_type ())

/* Signal "changed": other predictions, none any more, or another reason for having
 * none; also another part, busy or not. */
G_DECLARE_FINAL_TYPE (PzEvaluation, pz_evaluation, PZ, EVALUATION, GObject)

PzEvaluation *pz_evaluation_new (PzProject *project);

/* Whether somebody looks: nothing is computed before. FALSE at first. */
void pz_evaluation_set_active (PzEvaluation *self,
                               gboolean      active);

/* %MLP_VALIDATION at first. */
void     pz_evaluation_set_part (PzEvaluation *self,
                                 MlpPart       part);
MlpPart  pz_evaluation_get_part (PzEvaluation *self);

gboolean pz_evaluation_get_busy (PzEvaluation *self);

/* (nullable) (transfer none): until the next "changed" */
PzPredictions *pz_evaluation_peek_predictions (PzEvaluation *self);

/* (nullable): translated: why there are none, and none are being made */
const char *pz_evaluation_get_problem (PzEvaluation *self);

G_END_DECLS
