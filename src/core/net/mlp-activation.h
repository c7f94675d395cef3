/* mlp-activation.h: activation functions σ and their derivatives σ' on arrays.
 *
 * The notation is that of mlp-net.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The numbers are not kept in files; the names are. */
typedef enum
{
  MLP_IDENTITY,      /* a */
  MLP_SIGMOID,       /* 1 / (1 + e^−a) */
  MLP_TANH,          /* tanh a */
  MLP_RELU,          /* max (0, a) */
  MLP_LEAKY_RELU,    /* a, or 0.01 a below 0 */
  MLP_ELU,           /* a, or e^a − 1 below 0 (Clevert et al., 2015) */
  MLP_SOFTMAX,       /* e^a_i / Σ e^a_j over the layer; output layer only */
} MlpActivation;

#define MLP_N_ACTIVATIONS (MLP_SOFTMAX + 1)

/* "identity", "sigmoid", "tanh", "relu", "leaky-relu", "elu", "softmax": the
 * names in files and on the command line. */
const char *mlp_activation_get_name          (MlpActivation sigma);

/**
 * mlp_activation_from_name:
 * @name: a name as mlp_activation_get_name() gives it
 * @sigma: (out): the activation
 * @error: return location for a #GError
 *
 * Errors: %MLP_ERROR_INVALID, with the names that would do
 */
gboolean    mlp_activation_from_name         (const char    *name,
                                              MlpActivation *sigma,
                                              GError       **error);

/**
 * mlp_activation_apply:
 * @sigma: the activation
 * @a: n × B, pre-activations
 * @h: (out): n × B, σ (a); may be @a itself
 * @n: the layer's width
 * @B: samples
 *
 * No input overflows: σ of the largest float is finite, and softmax subtracts
 * the column's largest a first. NaN stays NaN.
 */
void        mlp_activation_apply             (MlpActivation sigma,
                                              const float  *a,
                                              float        *h,
                                              gsize         n,
                                              gsize         B);

/**
 * mlp_activation_multiply_by_slope:
 * @sigma: the activation
 * @h: n × B, what mlp_activation_apply() gave
 * @d: (inout): n × B, becomes  σ'(a) ⊙ d  (for softmax the product with its
 *   Jacobian,  h ⊙ (d − hᵀd))
 * @n: the layer's width
 * @B: samples
 *
 * Every σ here has a slope that follows from h alone; at the kink of ReLU and
 * leaky ReLU it is that of the left side.
 */
void        mlp_activation_multiply_by_slope (MlpActivation sigma,
                                              const float  *h,
                                              float        *d,
                                              gsize         n,
                                              gsize         B);

/* Probabilities of @n classes, which sum to 1, from the outputs @h of one sample (may
 * be the same array). Those of softmax are such; others are divided by their sum,
 * negative ones taken for 0, and where none is positive all are equal. */
void        mlp_activation_to_probabilities  (MlpActivation sigma,
                                              const float  *h,
                                              float        *probabilities,
                                              gsize         n);

G_END_DECLS
