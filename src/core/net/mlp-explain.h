/* mlp-explain.h: attribution and counterfactuals: explanations of a network's output.
 *
 * All is about a_L, the outputs before σ_L: with softmax or a sigmoid the outputs
 * themselves hardly move once the network is sure. The notation is that of
 * mlp-net.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-net.h"

G_BEGIN_DECLS

/* For one thread at a time. */
typedef struct _MlpExplain MlpExplain;

/* What came of a search for a change. */
typedef enum
{
  MLP_CHANGE_NOT_NEEDED,     /* the class is the answer already */
  MLP_CHANGE_FOUND,
  MLP_CHANGE_NOT_FOUND,      /* within so many steps */
  MLP_CHANGE_STOPPED,        /* somebody said so */
} MlpCounterfactual;

/* Whether a search is to end before its time. */
typedef gboolean (*MlpStopFunc) (gpointer user_data);

/* The most steps of a search. */
#define MLP_CHANGE_STEPS 100

/**
 * mlp_explain_new:
 * @net: a network that takes values as they are, borrowed: its parameters may
 *   change between calls
 * @error: return location for a #GError
 *
 * Errors: %MLP_ERROR_TOO_LARGE
 */
MlpExplain       *mlp_explain_new      (const MlpNet *net,
                                        GError      **error);
void              mlp_explain_free     (MlpExplain   *explain);

/* (transfer none): n[L] outputs for @x, n[0] inputs; valid until the next call */
const float      *mlp_explain_forward  (MlpExplain   *explain,
                                        const float  *x);

/* n[1] outputs of the first layer in the last call of mlp_explain_forward(). */
const float *mlp_explain_peek_first (MlpExplain *explain);

/**
 * mlp_explain_gradient:
 * @explain: with the inputs of the last mlp_explain_forward()
 * @class: which output, below n[L]
 * @gradient: (out caller-allocates): n[0]: ∂a_L[class] / ∂x (Simonyan, Vedaldi and
 *   Zisserman, 2013); times the inputs it says what each adds
 * @contributions: (out caller-allocates) (nullable): n[1]: h_1 ⊙ ∂a_L[class] / ∂h_1:
 *   what each unit of the first layer adds; only where there is a second layer
 */
void              mlp_explain_gradient (MlpExplain   *explain,
                                        gsize         class,
                                        float        *gradient,
                                        float        *contributions);

/**
 * mlp_explain_change:
 * @explain: where to work
 * @x: n[0] inputs, each in 0 … @most
 * @class: what the answer is to be
 * @most: the largest value of an input
 * @rows: the inputs are a picture of so many rows, whose neighbours change together;
 *   or 0: each by itself
 * @should_stop: (nullable): asked before each step
 * @user_data: for it
 * @changed: (out caller-allocates): n[0], each in 0 … @most: @x with the change;
 *   where none was found, as far as the search came
 *
 * Looks for a small change of few inputs after which a_L[class] is ahead of the
 * others by 1: steps along the slope of its lead over the strongest of them, as long
 * as a linear network would need (Moosavi-Dezfooli, Fawzi and Frossard, CVPR 2016:
 * DeepFool), but only of the inputs whose slope is at least half of the steepest, and
 * within their bounds; then as much of the change is taken back as can be. In a
 * picture the slopes are smoothed (1 2 1 along rows and columns, which still leads
 * upwards: a Sobolev gradient, Neuberger, 1997), so that strokes come and go, and not
 * dust. The last mlp_explain_forward() is afterwards that of @changed.
 *
 * Returns: what came of it
 */
MlpCounterfactual mlp_explain_change   (MlpExplain   *explain,
                                        const float  *x,
                                        gsize         class,
                                        float         most,
                                        gsize         rows,
                                        MlpStopFunc   should_stop,
                                        gpointer      user_data,
                                        float        *changed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MlpExplain, mlp_explain_free)

G_END_DECLS
