/* mlp-optimizer.h: optimisers: one gradient step over flat arrays.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* θ parameters, g gradient, η rate, v and m moments, t steps from 1. */
typedef enum
{
  MLP_SGD,        /* θ ← θ − η g */
  MLP_MOMENTUM,   /* v ← μ v + g;  θ ← θ − η v */
  MLP_NESTEROV,   /* v ← μ v + g;  θ ← θ − η (g + μ v) */
  MLP_RMSPROP,    /* v ← ρ v + (1 − ρ) g²;  θ ← θ − η g / (√v + ε) */
  MLP_ADAM,       /* Kingma and Ba, 2015 */
  MLP_ADAMW,      /* Loshchilov and Hutter, 2019: decay apart from the moments */
} MlpOptimizerKind;

#define MLP_N_OPTIMIZERS (MLP_ADAMW + 1)

/* "sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw". */
const char *mlp_optimizer_get_name  (MlpOptimizerKind   kind);
gboolean    mlp_optimizer_from_name (const char        *name,
                                     MlpOptimizerKind  *kind,
                                     GError           **error);

typedef struct
{
  MlpOptimizerKind kind;
  float            momentum;       /* μ, in [0, 1) */
  float            rho;            /* ρ of RMSprop, in [0, 1) */
  float            beta1;          /* of Adam and AdamW, in [0, 1) */
  float            beta2;          /* of Adam and AdamW, in [0, 1) */
  float            epsilon;        /* > 0 */
  float            weight_decay;   /* λ of AdamW: θ ← θ − η λ θ for weights, not biases */
} MlpOptimizerOptions;

#define MLP_OPTIMIZER_OPTIONS_DEFAULT \
  { MLP_SGD, 0.9f, 0.99f, 0.9f, 0.999f, 1e-8f, 0.01f }

/* Formulas and the place of ε are those of torch.optim. */
typedef struct _MlpOptimizer MlpOptimizer;

/**
 * mlp_optimizer_new:
 * @options: copied; their numbers are in the ranges of mlp_train_options_check()
 * @n_params: how many parameters a step is for
 * @error: return location for a #GError
 *
 * Errors: %MLP_ERROR_TOO_LARGE
 */
MlpOptimizer *mlp_optimizer_new     (const MlpOptimizerOptions  *options,
                                     gsize                       n_params,
                                     GError                    **error);
void          mlp_optimizer_free    (MlpOptimizer               *optimizer);

/**
 * mlp_optimizer_step:
 * @optimizer: the moments, which the step moves on
 * @rate: η of this step
 * @params: (inout): n_params floats
 * @gradient: n_params floats
 * @decays: (nullable): for AdamW, the ranges that decay: pairs of begin and
 *   end, in order, closed by G_MAXSIZE; %NULL: everything decays
 *
 * A step in one thread: the reference that the parts below are tested against.
 */
void          mlp_optimizer_step    (MlpOptimizer               *optimizer,
                                     float                       rate,
                                     float                      *params,
                                     const float                *gradient,
                                     const gsize                *decays);

/* mlp_optimizer_step() in parts, for threads that share a step: first one call
 * of advance, which counts the step, then ranges that do not overlap, in any
 * order and from any thread: the @n parameters @theta with the gradient @g, whose
 * moments are those from @begin on. @decays: whether they decay (AdamW). */
void          mlp_optimizer_advance (MlpOptimizer               *optimizer);
void          mlp_optimizer_step_range (const MlpOptimizer      *optimizer,
                                     float                       rate,
                                     gsize                       begin,
                                     gsize                       n,
                                     gboolean                    decays,
                                     float                      *theta,
                                     const float                *g);

/* How many moments there are: 2 of Adam and AdamW (m, v), none of SGD, 1 of the others (v). */
guint         mlp_optimizer_get_n_moments (MlpOptimizerKind     kind);

/* (transfer none) (array): n_params floats of moment @i, from 0. */
float        *mlp_optimizer_get_moment (MlpOptimizer           *optimizer,
                                     guint                      i);

/* How many steps were made; setting it, with the moments of then, goes on from there. */
guint64       mlp_optimizer_get_steps (const MlpOptimizer      *optimizer);
void          mlp_optimizer_set_steps (MlpOptimizer            *optimizer,
                                     guint64                    n_steps);

/* Forgets the moments: the next step is the first. */
void          mlp_optimizer_reset   (MlpOptimizer               *optimizer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MlpOptimizer, mlp_optimizer_free)

G_END_DECLS
