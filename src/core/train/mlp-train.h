/* mlp-train.h: mini-batch gradient descent, epoch after epoch.
 *
 * Runs in whichever thread calls it and knows nothing of main loops, clocks or
 * files: the window wraps it in a GTask, the command line calls it as it is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/mlp-clock.h"
#include "core/net/mlp-loss.h"
#include "core/net/mlp-net.h"
#include "core/net/mlp-samples.h"
#include "core/net/mlp-split.h"
#include "core/train/mlp-train-options.h"
#include "core/train/mlp-training-state.h"

G_BEGIN_DECLS

/* One epoch, done. Accuracies are shares (0 to 1), NaN where the samples have
 * no classes; validation figures are NaN where nothing validates. */
typedef struct
{
  guint  epoch;                 /* counted from 1, going on when training is continued */
  double rate;                  /* η at its end, schedule included */
  double train_loss;            /* mean over the epoch's batches, while the weights moved; of smoothed labels where
                                 * they are smoothed; penalties not included */
  double train_accuracy;        /* the same */
  double train_mae;             /* the same; values only, otherwise NaN */
  double validation_loss;       /* after the epoch */
  double validation_accuracy;
  double validation_mae;
} MlpEpoch;

/* Where a run is, told after every batch. */
typedef struct
{
  guint epoch;        /* the running one, from 1 */
  guint n_epochs;     /* when this run ends */
  gsize n_done;       /* samples of the running epoch */
  gsize n_samples;    /* samples in an epoch */
} MlpProgress;

/* A run: its own network, the optimiser's moments, the state of its random
 * numbers. Between two calls of mlp_training_run() nothing is lost, nor between
 * mlp_training_dup_state() and mlp_training_new_continued(), so that ten epochs
 * and ten more are, bit for bit, twenty. */
typedef struct _MlpTraining MlpTraining;

/* Called in the thread of mlp_training_run(), between batches, when no worker
 * touches the network: there the callee may read mlp_training_peek_net(), call
 * mlp_training_set_rate(), wait (pause) or stop. Each may be NULL. */
typedef struct
{
  gboolean (*batch_done) (MlpTraining       *training,
                          const MlpProgress *progress,
                          gpointer           user_data);   /* FALSE stops */
  void     (*epoch_done) (MlpTraining       *training,
                          const MlpEpoch    *epoch,
                          gpointer           user_data);
  gpointer  user_data;
  MlpClockFunc now;                                        /* where the number of threads is to be chosen, some
                                                              batches are timed to see if more pay */
} MlpMonitor;

typedef enum
{
  MLP_STOP_DONE,      /* all epochs ran */
  MLP_STOP_STOPPED,   /* the monitor said so; the weights so far are kept */
  MLP_STOP_EARLY,     /* patience ran out; the network is the best one */
} MlpStopReason;

/**
 * mlp_training_new:
 * @net: the network to start from, copied; where its inputs are to be
 *   standardised and it has no scaler yet, the copy gets that of the training samples;
 *   of classes, it gets what the training pictures look like (mlp-novelty.h)
 * @samples: what to learn, a reference is taken
 * @split: which of them train and validate, a reference is taken
 * @options: how, copied
 * @error: return location for a #GError
 *
 * Errors: those of mlp_train_options_check() and mlp_augment_check(), %MLP_ERROR_SHAPE if the samples
 * do not fit the network or none train, %MLP_ERROR_TOO_LARGE
 */
MlpTraining  *mlp_training_new      (const MlpNet          *net,
                                     const MlpSamples      *samples,
                                     const MlpSplit        *split,
                                     const MlpTrainOptions *options,
                                     GError               **error);
void          mlp_training_free     (MlpTraining           *training);

/**
 * mlp_training_run:
 * @training: the run
 * @n_epochs: how many epochs (more)
 * @monitor: (nullable): who to tell
 * @end: (out): how it ended
 * @error: return location for a #GError
 *
 * The same seed gives the same weights, bit for bit, at any number of threads.
 *
 * The schedule is planned for the options' epochs, however many calls they are
 * divided among; beyond them a cosine holds the rate of its last batch, and steps
 * go on.
 *
 * An epoch that the monitor stops is not told and not counted; a later run
 * goes on with its next batch. A stop after an epoch's last batch leaves a
 * whole epoch.
 *
 * Where patience is set the network is the best one at the end, however the
 * run ended, if an epoch was done; a later run goes on from the last one. On
 * error the network holds the last finite parameters that an epoch (or the
 * start) left, and the moments are forgotten.
 *
 * Errors: %MLP_ERROR_NOT_FINITE, naming the epoch and the likely cause
 */
gboolean      mlp_training_run      (MlpTraining           *training,
                                     guint                  n_epochs,
                                     const MlpMonitor      *monitor,
                                     MlpStopReason         *end,
                                     GError               **error);

/**
 * mlp_training_dup_state:
 * @training: a run, between its calls or between batches
 * @net: (out): (transfer full): the network that the run would leave if it were stopped now
 *
 * All that is needed beside that network to go on with the next batch. Copies.
 *
 * Returns: (transfer full) (nullable): NULL without memory
 */
MlpTrainingState *mlp_training_dup_state (const MlpTraining *training,
                                          MlpNet           **net);

/**
 * mlp_training_new_continued:
 * @net: the network that the run left, with its scaler
 * @samples: the same as then
 * @split: the same
 * @options: the same; but rate, epochs, patience and threads may be others: the rate takes effect with
 *   the next batch, the schedule stays planned for the epochs of then
 * @state: of the run; one from a file is checked
 * @error: return location for a #GError
 *
 * A run that goes on where another one was: mlp_training_run() gives, bit for bit, what that
 * one would have given.
 *
 * Errors: those of mlp_training_new(); %MLP_ERROR_SHAPE if network, optimizer, batch size or
 * training samples are not those of @state
 */
MlpTraining *mlp_training_new_continued (const MlpNet           *net,
                                         const MlpSamples       *samples,
                                         const MlpSplit         *split,
                                         const MlpTrainOptions  *options,
                                         const MlpTrainingState *state,
                                         GError                **error);

/* How many epochs are done, and samples of the next one (@n_done: (out) (optional)). */
guint mlp_training_get_n_epochs (const MlpTraining *training,
                                 gsize             *n_done);

/* η before the schedule, > 0. Takes effect from the next batch on. */
void          mlp_training_set_rate (MlpTraining           *training,
                                     float                  rate);

/* (transfer none): changes with every batch */
const MlpNet *mlp_training_peek_net (const MlpTraining     *training);

/* The epoch of the lowest validation loss (train loss where nothing
 * validates), from 1; 0 before the first. */
guint mlp_training_get_best_epoch (const MlpTraining *training);

/* How many threads compute: the option's number, or what was chosen, which may
 * change from batch to batch where the monitor has a clock. */
guint mlp_training_get_threads (const MlpTraining *training);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MlpTraining, mlp_training_free)

G_END_DECLS
