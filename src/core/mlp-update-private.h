/* mlp-update-private.h: from the gradients of a batch's chunks to new weights.
 *
 * The parameters are cut into blocks that depend on the network only. A block
 * is summed over the chunks in order, gets its penalties, its step and its
 * max-norm while it is in the cache; threads share the blocks.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/mlp-train.h"
#include "core/mlp-workers.h"

G_BEGIN_DECLS

typedef struct _MlpUpdate MlpUpdate;

/* @options: optimizer, L1, L2, max-norm and clipping are copied; checked ones.
 * Errors: %MLP_ERROR_TOO_LARGE */
MlpUpdate *mlp_update_new   (const MlpNet           *net,
                             const MlpTrainOptions  *options,
                             GError                **error);
void       mlp_update_free  (MlpUpdate              *update);

/**
 * mlp_update_run:
 * @update: the moments
 * @workers: who computes
 * @rate: η of this step
 * @net: (inout): whose parameters move
 * @gradients: (array length=n_gradients): blocks of n_params floats whose sum is
 *   the gradient; the first is overwritten
 * @n_gradients: at least 1
 *
 * Returns: %FALSE, and leaves the network as it was, if the gradient has to be
 *   clipped and its norm is not a number
 */
gboolean   mlp_update_run   (MlpUpdate              *update,
                             MlpWorkers             *workers,
                             float                   rate,
                             MlpNet                 *net,
                             float *const           *gradients,
                             guint                   n_gradients);

/* Forgets the moments. */
void       mlp_update_reset (MlpUpdate              *update);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MlpUpdate, mlp_update_free)

G_END_DECLS
