/* mlp-update-private.h: weight update from the outputs and deltas of a batch.
 *
 * The parameters are cut into blocks that depend on the network only: some
 * units of a layer, their weights and biases. A block's gradient is formed over
 * the whole batch, gets its penalties, makes its step and is forgotten while it
 * is in the cache; threads share the blocks. Only clipping, which must know the
 * whole gradient first, keeps it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/mlp-workers.h"
#include "core/net/mlp-pass.h"
#include "core/net/mlp-sparse-private.h"
#include "core/train/mlp-train.h"

G_BEGIN_DECLS

typedef struct _MlpUpdate MlpUpdate;

/* @options: optimizer, L1, L2, max-norm and clipping are copied; checked ones.
 * @sparse: (nullable): the first layer, borrowed; its panels move instead of W_1.
 * @n_threads: of the workers that will run it.
 * Errors: %MLP_ERROR_TOO_LARGE */
MlpUpdate *mlp_update_new   (const MlpNet           *net,
                             const MlpTrainOptions  *options,
                             MlpSparse              *sparse,
                             guint                   n_threads,
                             GError                **error);
void       mlp_update_free  (MlpUpdate              *update);

/* Whether the panels only descend, and so need no sorted batch. */
gboolean   mlp_update_descends (const MlpUpdate     *update);

/**
 * mlp_update_run:
 * @update: the moments
 * @workers: who computes
 * @rate: η of this step
 * @net: (inout): whose parameters move
 * @work: the batch that was passed forward and backward
 * @B: its columns
 *
 * Returns: %FALSE, and leaves the network as it was, if the gradient has to be
 *   clipped and its norm is not a number
 */
gboolean   mlp_update_run   (MlpUpdate              *update,
                             MlpWorkers             *workers,
                             float                   rate,
                             MlpNet                 *net,
                             const MlpWork          *work,
                             gsize                   B);

/* The optimizer, whose moments are in an order of their own: @values are moment @i of each
 * parameter of @net, in the order of mlp_net_peek_params(). */
MlpOptimizer *mlp_update_get_optimizer (MlpUpdate    *update);
void       mlp_update_get_moment (MlpUpdate          *update,
                                  const MlpNet       *net,
                                  guint               i,
                                  float              *values);
void       mlp_update_set_moment (MlpUpdate          *update,
                                  const MlpNet       *net,
                                  guint               i,
                                  const float        *values);

/* Forgets the moments. */
void       mlp_update_reset (MlpUpdate              *update);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MlpUpdate, mlp_update_free)

G_END_DECLS
