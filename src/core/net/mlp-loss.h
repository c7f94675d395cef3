/* mlp-loss.h: the loss of a batch and δ_L, where the recursion starts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-activation.h"

G_BEGIN_DECLS

typedef enum
{
  MLP_LOSS_SQUARED,                /* ½ ‖h − y‖² */
  MLP_LOSS_HUBER,                  /* Σ ½ r² where |r| ≤ 1, |r| − ½ beyond (Huber, 1964) */
  MLP_LOSS_BINARY_CROSS_ENTROPY,   /* −Σ y ln h + (1 − y) ln (1 − h), sigmoid output */
  MLP_LOSS_CROSS_ENTROPY,          /* −Σ y ln h, softmax output */
} MlpLoss;

#define MLP_N_LOSSES (MLP_LOSS_CROSS_ENTROPY + 1)

/* "squared", "huber", "binary-cross-entropy", "cross-entropy". */
const char *mlp_loss_get_name  (MlpLoss         loss);

/* Errors: %MLP_ERROR_INVALID, with the names that would do */
gboolean    mlp_loss_from_name (const char     *name,
                                MlpLoss        *loss,
                                GError        **error);

/**
 * mlp_loss_check:
 * @loss: a loss
 * @output: the activation of the output layer
 * @error: return location for a #GError
 *
 * Squared error and Huber go with every output; cross-entropy needs softmax,
 * binary cross-entropy needs the sigmoid.
 *
 * Errors: %MLP_ERROR_INVALID with a sentence that says what would work
 */
gboolean    mlp_loss_check     (MlpLoss         loss,
                                MlpActivation   output,
                                GError        **error);

/**
 * mlp_loss_delta:
 * @loss: a loss that mlp_loss_check() allows with @output
 * @output: σ_L
 * @a: n × B, A[L]
 * @h: n × B, H[L]
 * @y: n × B, the targets; for classes, one-hot
 * @d: (out) (nullable): n × B, δ_L = ∂ℓ/∂a_L of each sample, not divided by B
 * @n: n[L]
 * @B: samples
 *
 * The cross-entropies are fused with their activation, so that δ_L is h − y
 * and nothing is divided by h; their value is computed from @a and is finite
 * for every finite a; the columns of @y sum to one for cross-entropy.
 *
 * Returns: the sum of the loss over the batch, summed in double
 */
double      mlp_loss_delta     (MlpLoss         loss,
                                MlpActivation   output,
                                const float    *a,
                                const float    *h,
                                const float    *y,
                                float          *d,
                                gsize           n,
                                gsize           B);

G_END_DECLS
