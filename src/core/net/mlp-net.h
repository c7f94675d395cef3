/* mlp-net.h: the layers and parameters of a multi-layer perceptron.
 *
 * One notation, used by every header, comment, and variable of src/core:
 *
 *   L            number of weight layers, counted from 1
 *   n[0..L]      widths; n[0] is the input, n[L] the output
 *   B            samples in one batch
 *   W[l]         n[l-1] × n[l]      weights into layer l
 *   b[l]         n[l]               biases of layer l
 *   A[l], H[l]   n[l] × B           pre-activations and outputs, H[0] = input
 *   D[l]         n[l] × B           δ_l = ∂loss/∂a_l
 *
 * Every matrix is column-major float32 whose leading dimension is its number
 * of rows, so one column is one sample (or, in W, all weights into one unit).
 * The bytes of W[l] are those of a row-major n[l] × n[l-1] array, which is how
 * PyTorch keeps nn.Linear.weight: reference files need no transposing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-activation.h"
#include "core/net/mlp-novelty.h"
#include "core/net/mlp-scaler.h"

G_BEGIN_DECLS

typedef struct
{
  gsize         width;        /* units, at least 1 */
  MlpActivation activation;   /* σ_l */
} MlpLayer;

/* How the weights start. n and m are the widths below and above. */
typedef enum
{
  MLP_INIT_NORMAL,    /* N(0, 1): the course's */
  MLP_INIT_XAVIER,    /* U(−r, r), r = √(6 / (n + m)) (Glorot and Bengio, 2010) */
  MLP_INIT_HE,        /* N(0, 2 / n) (He et al., 2015) */
  MLP_INIT_UNIFORM,   /* U(−1/√n, 1/√n) */
} MlpInit;

#define MLP_N_INITS (MLP_INIT_UNIFORM + 1)

/* "normal", "xavier", "he", "uniform". */
const char  *mlp_net_get_init_name     (MlpInit          init);

/* Errors: %MLP_ERROR_INVALID, with the names that would do */
gboolean     mlp_net_init_from_name    (const char      *name,
                                        MlpInit         *init,
                                        GError         **error);

typedef struct _MlpNet MlpNet;

/**
 * mlp_net_check:
 * @n_inputs: n[0]
 * @layers: (array length=n_layers): the layers 1 … L
 * @n_layers: L
 * @n_params: (out) (optional): how many parameters the network would have
 * @error: return location for a #GError
 *
 * Whether mlp_net_new() would take these, without allocating anything.
 *
 * Errors: those of mlp_net_new()
 */
gboolean     mlp_net_check             (gsize            n_inputs,
                                        const MlpLayer  *layers,
                                        gsize            n_layers,
                                        gsize           *n_params,
                                        GError         **error);

/**
 * mlp_net_new:
 * @n_inputs: n[0], at least 1
 * @layers: (array length=n_layers): the layers 1 … L; the last is the output
 * @n_layers: L, at least 1 (a network without a hidden layer is linear)
 * @error: return location for a #GError
 *
 * Allocates a network whose parameters are all zero.
 *
 * All parameters are one block of mlp_net_get_n_params() floats, in the order
 * W[1], b[1], W[2], b[2] …, so an optimiser never has to know about layers.
 *
 * Errors: %MLP_ERROR_SHAPE if a width is 0 or there is no layer;
 * %MLP_ERROR_INVALID if softmax is not the output; %MLP_ERROR_TOO_LARGE if the
 * parameters do not fit a BLAS int or there is no memory for them.
 *
 * Returns: (transfer full) (nullable): the network, or %NULL with @error set
 */
MlpNet      *mlp_net_new               (gsize            n_inputs,
                                        const MlpLayer  *layers,
                                        gsize            n_layers,
                                        GError         **error);
MlpNet      *mlp_net_copy              (const MlpNet    *net);
void         mlp_net_free              (MlpNet          *net);

/* Whether the two have the same widths and activations. */
gboolean     mlp_net_same_shape        (const MlpNet    *a,
                                        const MlpNet    *b);

/* Copies the parameters, and shares the scaler and what is known of the training
 * pictures; the networks have the same shape. */
void         mlp_net_copy_params       (MlpNet          *to,
                                        const MlpNet    *from);

/**
 * mlp_net_init:
 * @net: (inout): the network
 * @init: how W[l] is drawn
 * @random_biases: draw b[l] from N(0, 1), the course's way, instead of zero
 * @seed: equal seeds give equal weights; each layer has a stream of its own
 */
void         mlp_net_init              (MlpNet          *net,
                                        MlpInit          init,
                                        gboolean         random_biases,
                                        guint64          seed);

/* The scaler that the network was trained with: its first layer takes what
 * mlp_scaler_scale_inputs() gives, and its outputs are for
 * mlp_scaler_undo_outputs(). %NULL where it takes values as they are. A copy of
 * the network shares it. */
void         mlp_net_set_scaler        (MlpNet          *net,
                                        const MlpScaler *scaler);
const MlpScaler *mlp_net_peek_scaler (const MlpNet *net);

/* What the pictures that the network was trained on look like, or %NULL where that
 * is not known. A copy of the network shares it. */
void         mlp_net_set_novelty       (MlpNet           *net,
                                        const MlpNovelty *novelty);
const MlpNovelty *mlp_net_peek_novelty (const MlpNet *net);

/* L */
gsize        mlp_net_get_n_layers      (const MlpNet    *net);

/* n[l], l from 0 to L */
gsize        mlp_net_get_width         (const MlpNet    *net,
                                        gsize            l);

/* σ_l, l from 1 to L */
MlpActivation mlp_net_get_activation (const MlpNet *net,
                                      gsize         l);

gsize        mlp_net_get_n_params      (const MlpNet    *net);
float       *mlp_net_get_params        (MlpNet          *net);
const float *mlp_net_peek_params       (const MlpNet    *net);

/* W[l] and b[l], l from 1 to L, inside the parameters. */
const float *mlp_net_peek_weights      (const MlpNet    *net,
                                        gsize            l);
const float *mlp_net_peek_biases       (const MlpNet    *net,
                                        gsize            l);

/* Where W[l] and b[l] begin in the block of parameters (or gradients). */
gsize        mlp_net_get_weight_offset (const MlpNet    *net,
                                        gsize            l);
gsize        mlp_net_get_bias_offset   (const MlpNet    *net,
                                        gsize            l);

/* Whether every parameter is a finite number. */
gboolean     mlp_net_is_finite         (const MlpNet    *net);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MlpNet, mlp_net_free)

G_END_DECLS
