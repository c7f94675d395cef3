/* mlp-pass.h: forward and backward pass over one batch.
 *
 *   forward    A_l = W_lᵀ H_{l-1} + b_l 1ᵀ          H_l = σ_l (A_l)
 *   output     δ_L = ∂ℓ/∂a_L                        (mlp-loss.h)
 *   hidden     δ_l = σ_l'(a_l) ⊙ (W_{l+1} δ_{l+1})
 *   gradients  ∂W_l = H_{l-1} δ_lᵀ / B               ∂b_l = δ_l 1 / B
 *
 * The notation is that of mlp-net.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/mlp-random.h"
#include "core/net/mlp-loss.h"
#include "core/net/mlp-net.h"

G_BEGIN_DECLS

/* Scratch memory for one thread. The network is read, never written, during a
 * pass; everything a pass writes is here. */
typedef struct _MlpWork MlpWork;

/**
 * mlp_work_new:
 * @net: a network of the shape that the passes will use
 * @max_batch: the largest B that will be asked for, at least 1
 * @backward: whether mlp_pass_backward() will be called; without it there is no
 *   memory for D and the gradient
 * @error: return location for a #GError
 *
 * Allocates everything once; a pass allocates nothing.
 *
 * Errors: %MLP_ERROR_TOO_LARGE
 *
 * Returns: (transfer full) (nullable): the scratch memory
 */
MlpWork     *mlp_work_new               (const MlpNet  *net,
                                         gsize          max_batch,
                                         gboolean       backward,
                                         GError       **error);
void         mlp_work_free              (MlpWork       *work);

/* H[0], n[0] × max_batch: write the batch here before mlp_pass_forward(). */
float       *mlp_work_get_input         (MlpWork       *work);

/* n[L] × max_batch: a place for the targets of the batch. */
float       *mlp_work_get_target        (MlpWork       *work);

/* A[l], H[l] (l from 0; A from 1) and D[l] of the last pass: for whoever wants
 * to look inside. H[l] is σ_l (A[l]), before dropout. */
const float *mlp_work_peek_a            (const MlpWork *work,
                                         gsize          l);
const float *mlp_work_peek_h            (const MlpWork *work,
                                         gsize          l);
const float *mlp_work_peek_d            (const MlpWork *work,
                                         gsize          l);

/* mlp_net_get_n_params() floats in the order of mlp_net_get_params(): what the
 * last mlp_pass_backward() wrote. */
float       *mlp_work_get_gradient      (MlpWork       *work);

/**
 * mlp_work_set_dropout:
 * @work: scratch memory
 * @dropout: the probability in [0, 1) that a hidden unit is silent during
 *   mlp_pass_forward(); the others are scaled by 1 / (1 − dropout), so that
 *   prediction needs no change (Srivastava et al., 2014)
 * @random: (nullable): where the masks come from, borrowed; %NULL with 0.
 *   mlp_pass_forward() takes one mlp_random_uniform() for each unit of each column,
 *   layer after layer; a unit is silent if it is below @dropout
 *
 * @error: return location for a #GError
 *
 * Holds from the next mlp_pass_forward() until it is called again.
 *
 * Errors: %MLP_ERROR_TOO_LARGE if there is no memory for the masks
 */
gboolean     mlp_work_set_dropout       (MlpWork       *work,
                                         float          dropout,
                                         MlpRandom     *random,
                                         GError       **error);

/**
 * mlp_pass_forward:
 * @net: a network
 * @work: scratch memory made for its shape, with the batch in its input
 * @B: how many columns of the input are in use, 1 to max_batch
 *
 * Returns: (transfer none): H[L], n[L] × B, valid until the next pass
 */
const float *mlp_pass_forward           (const MlpNet  *net,
                                         MlpWork       *work,
                                         gsize          B);

/**
 * mlp_pass_backward:
 * @net: the network of the last mlp_pass_forward()
 * @work: its scratch memory
 * @y: n[L] × B, the targets; for classes, one-hot
 * @B: the same B
 * @loss: what to differentiate, allowed with σ_L by mlp_loss_check()
 * @divisor: what the gradient is divided by: B for the mean of this batch, or
 *   the size of the whole batch of which these columns are a part
 *
 * The backward pass of the textbook in one thread: the reference that the passes of a
 * training, which share columns among threads, are tested against.
 *
 * Writes the gradient of the summed loss divided by @divisor, replacing what
 * was there; see mlp_work_get_gradient().
 *
 * Returns: the sum of the loss over these columns, not divided
 */
double       mlp_pass_backward          (const MlpNet  *net,
                                         MlpWork       *work,
                                         const float   *y,
                                         gsize          B,
                                         MlpLoss        loss,
                                         gsize          divisor);

/**
 * mlp_pass_backward_output:
 * @net: the network of the last mlp_pass_forward()
 * @work: its scratch memory, made for backward passes
 * @d: n[L] × B: which combination of the pre-activations a_L to differentiate
 * @B: the same B
 *
 * Pulls @d back through the network as δ_L, so that D[l] is the slope of dᵀ a_L
 * along a_l. Forms no gradient of the parameters.
 */
void         mlp_pass_backward_output   (const MlpNet  *net,
                                         MlpWork       *work,
                                         const float   *d,
                                         gsize          B);

/**
 * mlp_pass_backward_to_input:
 * @net: the network of the last mlp_pass_backward() or mlp_pass_backward_output()
 * @work: its scratch memory
 * @B: the same B
 * @dx: (out caller-allocates): n[0] × B, what was differentiated along the input,
 *   W_1 δ_1
 */
void         mlp_pass_backward_to_input (const MlpNet  *net,
                                         const MlpWork *work,
                                         gsize          B,
                                         float         *dx);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MlpWork, mlp_work_free)

G_END_DECLS
