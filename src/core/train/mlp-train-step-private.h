/* mlp-train-step-private.h: one training step: a batch, computed in parallel.
 *
 * Why the bits are the same at any number of threads: a batch is cut into
 * chunks by its size alone; a chunk has random numbers of its own, whichever
 * thread passes it forward and back, and so has a picture that is disturbed; what
 * chunks give is added up in their order; and the parameters are cut into blocks by
 * the network alone, each of which one thread updates from the whole batch.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/mlp-clock.h"
#include "core/net/mlp-metrics.h"
#include "core/train/mlp-train-options.h"
#include "core/train/mlp-training-state.h"

G_BEGIN_DECLS

typedef struct _MlpTrainStep MlpTrainStep;

/* What batches gave, while the weights moved. */
typedef struct
{
  double loss;       /* sum over samples, penalties not included */
  double absolute;   /* values: Σ |h − y| over samples and outputs */
  gsize  n_right;    /* classes: samples whose largest output is their class */
} MlpBatchStats;

/**
 * mlp_train_step_new:
 * @net: a network of the shape of all the batches
 * @samples: what to learn, a reference is taken
 * @options: copied; checked ones
 * @n_train: how many samples an epoch has, at least 1: batches are of
 *   batch_size samples, or of as many as there are, and the last of an epoch is
 *   what remains
 * @error: return location for a #GError
 *
 * Errors: %MLP_ERROR_TOO_LARGE
 */
MlpTrainStep *mlp_train_step_new           (const MlpNet           *net,
                                            const MlpSamples       *samples,
                                            const MlpTrainOptions  *options,
                                            gsize                   n_train,
                                            GError                **error);
void          mlp_train_step_free          (MlpTrainStep           *train_step);

/* B of every batch but, maybe, the last of an epoch. */
gsize mlp_train_step_get_batch_size (const MlpTrainStep *train_step);

/* How many threads make the steps just now. */
guint         mlp_train_step_get_threads   (const MlpTrainStep     *train_step);

/* The train step may keep W_1 in a form of its own: it takes the network's before
 * the first batch and whenever somebody else changed it, and gives its back
 * when somebody looks. */
void          mlp_train_step_load          (MlpTrainStep           *train_step,
                                            const MlpNet           *net);
void          mlp_train_step_store         (const MlpTrainStep     *train_step,
                                            MlpNet                 *net);

/* From 1, before the first batch of each: where pictures are disturbed, they are
 * disturbed otherwise in each. */
void          mlp_train_step_set_epoch     (MlpTrainStep           *train_step,
                                            guint                   epoch);

/**
 * mlp_train_step_run:
 * @train_step: the moments and the state of the random numbers
 * @net: (inout): the network that moves; its W_1 after mlp_train_step_store()
 * @items: (array length=B): the samples of the batch
 * @B: how many: the batch size, or what remains of an epoch
 * @n_known: how many items there are, B and those of the batches to come
 * @rate: η of this step
 * @now: (nullable): as in #MlpMonitor
 * @stats: (inout): what the batch gave is added here
 *
 * Returns: %FALSE, and leaves the network as it was, if the loss or the
 *   gradient's norm is not a number
 */
gboolean      mlp_train_step_run           (MlpTrainStep           *train_step,
                                            MlpNet                 *net,
                                            const guint32          *items,
                                            gsize                   B,
                                            gsize                   n_known,
                                            float                   rate,
                                            MlpClockFunc            now,
                                            MlpBatchStats          *stats);

/* mlp_metrics_evaluate() of @net, which the train step has last loaded or stored, by as many
 * threads as pay. @now: (nullable): as in #MlpMonitor */
gboolean      mlp_train_step_evaluate      (MlpTrainStep           *train_step,
                                            const MlpNet           *net,
                                            const guint32          *items,
                                            gsize                   n_items,
                                            MlpClockFunc            now,
                                            MlpMetrics             *metrics,
                                            GError                **error);

/* What the next batch needs to know of those before it: moments, steps, random numbers. @net: of
 * the shape of all batches. The state is one of the same network and options. */
void          mlp_train_step_save_state    (MlpTrainStep           *train_step,
                                            const MlpNet           *net,
                                            MlpTrainingState       *state);
void          mlp_train_step_load_state    (MlpTrainStep           *train_step,
                                            const MlpNet           *net,
                                            const MlpTrainingState *state);

/* How many sequences of random numbers dropout has. */
guint         mlp_train_step_get_n_dropout (const MlpTrainStep     *train_step);

/* Forgets the moments. */
void          mlp_train_step_reset         (MlpTrainStep           *train_step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MlpTrainStep, mlp_train_step_free)

G_END_DECLS
