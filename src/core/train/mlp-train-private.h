/* mlp-train-private.h: the internals of a training run.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/mlp-random.h"
#include "core/net/mlp-split.h"
#include "core/train/mlp-train-step-private.h"
#include "core/train/mlp-train.h"

G_BEGIN_DECLS

struct _MlpTraining
{
  MlpNet         *net;
  gboolean        net_is_old;      /* the train step has newer parameters */
  MlpSamples     *samples;
  MlpSplit       *split;
  MlpTrainOptions options;
  gboolean        has_classes;

  MlpTrainStep   *train_step;
  gsize           n_train;
  guint32        *order;           /* the training items as this epoch takes them */
  MlpRandom       shuffle;

  float           rate;            /* η₀ */
  float           last_rate;       /* of the last batch, schedule included */
  guint           schedule_epochs; /* that the schedule is planned for */
  guint           n_epochs_done;
  float          *safe;            /* parameters when the epoch began */

  gsize           n_done;          /* samples of an epoch that was stopped: it goes on from there */
  MlpBatchStats   stats;           /* of these */

  guint           best_epoch;
  double          best_loss;
  guint           n_worse;         /* epochs since the best */
  float          *best;            /* parameters; only with patience */
  gboolean        best_is_out;     /* the network is the best one, and best holds the last one */
};

/* Brings the network up to date; to a caller nothing changes. */
void mlp_training_update_net (const MlpTraining *training);

G_END_DECLS
