/* pz-trainer.h: background training of a network.
 *
 * Everything here belongs to the main thread. Copy in, message out: the thread
 * has a network of its own and samples that never change, and sends back epochs,
 * progress and copies of the network through one mutex.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "core/net/mlp-split.h"
#include "core/train/mlp-train.h"
#include "model/pz-history.h"

G_BEGIN_DECLS

typedef enum
{
  PZ_TRAINER_IDLE,
  PZ_TRAINER_RUNNING,
  PZ_TRAINER_PAUSED,
  PZ_TRAINER_STOPPING,     /* was asked to, has not yet */
} PzTrainerState;

#define PZ_TYPE_TRAINER_STATE (pz_trainer_state_get_type ())
GType pz_trainer_state_get_type (void);

#define PZ_TYPE_TRAINER (pz_trainer_get_type ())

/* Properties, read-only, all notified in the main thread: "state"
 * (PzTrainerState), "busy" (boolean: not idle), "can-continue" (boolean),
 * "history" (PzHistory of the newest run, nullable), "progress" (double, 0 … 1
 * of the run, also within an epoch), "epoch" and "n-epochs" (uint, of the run),
 * "samples-per-second" (double), "seconds-left" (double, NaN where not known),
 * "threads" (uint).
 *
 * Signal "checkpoint": there is one to be taken, see pz_trainer_take_checkpoint().
 *
 * Signal "net-changed": a new snapshot of the network is there, at least five
 * times a second while it trains, and at the end. */
G_DECLARE_FINAL_TYPE (PzTrainer, pz_trainer, PZ, TRAINER, GObject)

PzTrainer     *pz_trainer_new                (void);

/* What is to be trained, and how. */
typedef struct
{
  const MlpNet          *net;       /* where to start, copied */
  gboolean               draw;      /* its weights are drawn first, in the thread, as the options' init and seed
                                     * say: for a large network that takes its time */
  MlpTrainingState      *state;     /* (nullable): what else another run left: goes on, to the same bits, where that
                                     * was; its samples, split and options then are that run's: see
                                     * mlp_training_new_continued() */
  const MlpSamples      *samples;   /* what to learn */
  const MlpSplit        *split;     /* which of them */
  const MlpTrainOptions *options;   /* how, copied */
  guint                  n_epochs;  /* how many epochs; 0: as many as the options say */
  PzHistory             *history;   /* the epochs are added to it, numbered on from those it has */
} PzTrainerPlan;

/**
 * pz_trainer_run_async:
 * @self: an idle trainer
 * @plan: what to train
 * @cancellable: (nullable): cancelling throws the run away; to keep the weights
 *   call pz_trainer_stop()
 * @callback: called in the main thread when the run has ended
 * @user_data: for @callback
 *
 * Errors, from finish: %G_IO_ERROR_BUSY if a run is on, those of
 * mlp_training_new(), mlp_training_new_continued() and mlp_training_run(), %G_IO_ERROR_CANCELLED. After a
 * divergence pz_trainer_peek_net() has the last finite weights.
 */
void           pz_trainer_run_async          (PzTrainer             *self,
                                              const PzTrainerPlan   *plan,
                                              GCancellable          *cancellable,
                                              GAsyncReadyCallback    callback,
                                              gpointer               user_data);

/* Goes on with the last run, its moments and random numbers included; only
 * where "can-continue". Epochs are added to the same history. */
void           pz_trainer_continue_async     (PzTrainer             *self,
                                              guint                  n_epochs,
                                              GCancellable          *cancellable,
                                              GAsyncReadyCallback    callback,
                                              gpointer               user_data);

/* Of both. @end: (out) (optional). Returns: whether the run ended well; being
 * stopped is well. */
gboolean       pz_trainer_run_finish         (PzTrainer             *self,
                                              GAsyncResult          *result,
                                              MlpStopReason         *end,
                                              GError               **error);

/* Lets go of the last run, so that it cannot be continued: the recipe's network
 * or data changed. Nothing while busy. */
void           pz_trainer_forget             (PzTrainer             *self);

/* From the next run on: a checkpoint at each multiple of @n_epochs (0: none), but none within
 * @interval µs after the last one or the beginning of the run. */
void           pz_trainer_set_checkpoints    (PzTrainer             *self,
                                              guint                  n_epochs,
                                              gint64                 interval);

/* One more, after the batch at hand, also while it is paused; nothing while idle. */
void           pz_trainer_request_checkpoint (PzTrainer             *self);

/**
 * pz_trainer_take_checkpoint:
 * @self: a trainer; while it is busy, from a handler of "checkpoint" or later
 * @net: (out): (transfer full) (nullable): the network there
 * @epoch: (out): the last epoch of the history that belongs to it
 *
 * What the run can be continued from: the newest checkpoint of a run that is on, or the
 * end of the last one where "can-continue".
 *
 * Returns: (transfer full) (nullable): the state; %NULL, and no network, where there is none,
 *   or no newer one
 */
MlpTrainingState *pz_trainer_take_checkpoint (PzTrainer *self,
                                              MlpNet   **net,
                                              guint     *epoch);

void           pz_trainer_pause              (PzTrainer             *self);
void           pz_trainer_resume             (PzTrainer             *self);

/* Ends the run after the batch at hand; the weights so far are its result. Also
 * while it is paused. */
void           pz_trainer_stop               (PzTrainer             *self);

/* From the next batch on. */
void           pz_trainer_set_rate           (PzTrainer             *self,
                                              float                  rate);

PzTrainerState pz_trainer_get_state          (PzTrainer             *self);
gboolean       pz_trainer_get_busy           (PzTrainer             *self);
gboolean       pz_trainer_get_can_continue   (PzTrainer             *self);

/* Whether a paused run stands still: its thread has sent what there is and waits. */
gboolean       pz_trainer_get_held           (PzTrainer             *self);

PzHistory     *pz_trainer_get_history        (PzTrainer             *self);
double         pz_trainer_get_progress       (PzTrainer             *self);
guint          pz_trainer_get_epoch          (PzTrainer             *self);
guint          pz_trainer_get_n_epochs       (PzTrainer             *self);
double         pz_trainer_get_samples_per_second (PzTrainer         *self);
double         pz_trainer_get_seconds_left   (PzTrainer             *self);
guint          pz_trainer_get_threads        (PzTrainer             *self);

/* (nullable) (transfer none): the newest snapshot; valid until the next
 * "net-changed" */
const MlpNet  *pz_trainer_peek_net           (PzTrainer             *self);

/* (nullable) (transfer full): the same, taken away: the run is forgotten. Only while not busy. */
MlpNet        *pz_trainer_take_net           (PzTrainer             *self);

G_END_DECLS
