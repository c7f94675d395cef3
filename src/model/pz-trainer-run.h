/* pz-trainer-run.h: training run and its thread; private to the trainer.
 *
 * What two threads write is under the mutex, or atomic. Networks come back
 * through three buffers: the thread fills one without a lock and swaps it with
 * the middle one, the main thread swaps the middle one with the one it shows;
 * so neither waits for the other to copy, and a snapshot allocates nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "core/net/mlp-split.h"
#include "core/train/mlp-train.h"

G_BEGIN_DECLS

/* Where a run is. */
typedef struct
{
  guint    epoch;
  guint    n_epochs;
  guint    threads;
  double   progress;            /* of this run, 0 … 1 */
  double   samples_per_second;  /* 0 before it is known */
  double   seconds_left;        /* NaN where not known */
  gboolean held;                /* the thread waits for the end of a pause */
} PzTrainerRunStatus;

typedef struct
{
  gatomicrefcount  ref_count;

  /* For the thread. */
  MlpTraining     *training;        /* NULL: to be made of the next five */
  MlpNet          *net;
  MlpTrainingState *state;          /* (nullable): it goes on from there */
  gboolean         draw;            /* its weights first, as the options say */
  MlpSamples      *samples;
  MlpSplit        *split;
  MlpTrainOptions  options;
  guint            n_epochs;        /* to run now */
  GCancellable    *cancellable;     /* (nullable) */
  MlpNet          *back;            /* being filled */
  guint            checkpoint_epochs; /* a checkpoint at each multiple of them; 0: none */
  gint64           checkpoint_interval; /* but no more often than that, in µs */
  gint64           next_checkpoint;

  /* For the thread: when to look at the clock, and what it said. In µs. */
  guint            stride;          /* batches between two looks */
  guint            countdown;
  gint64           last_look;
  gint64           last_publish;
  gint64           next_snapshot;
  gint64           last_rate;
  double           rate_samples;    /* samples and seconds, the older the less they count */
  double           rate_seconds;
  gsize            n_since_rate;
  gsize            n_before;        /* samples of the epoch at the last batch */
  MlpProgress      last;            /* after the last batch */
  guint            base_epoch;      /* epochs of earlier runs; G_MAXUINT: not known yet */

  /* For the main thread. */
  GMainContext    *context;
  void           (*deliver) (gpointer owner);
  gpointer         owner;           /* borrowed; NULL after the result */

  /* Results, written before the thread returns. */
  gboolean         ok;
  MlpStopReason    end;

  /* Atomic: the thread looks at its orders if set. */
  int              attention;

  /* For both. */
  GMutex           mutex;
  GCond            cond;            /* orders changed */
  gboolean         stop;
  gboolean         pause;
  gboolean         has_rate;
  float            rate;
  gboolean         wants_checkpoint;
  MlpNet          *checkpoint_net;  /* (nullable): of the newest one, until it is taken */
  MlpTrainingState *checkpoint_state; /* (nullable): the same */
  MlpNet          *ready;           /* the middle buffer */
  gboolean         fresh;           /* it is newer than what is shown */
  GArray          *pending;         /* of MlpEpoch, not yet delivered */
  PzTrainerRunStatus status;
  gboolean         scheduled;       /* a delivery is on its way */
} PzTrainerRun;

/* Main thread. */
PzTrainerRun *pz_trainer_run_new       (const MlpNet *shape);
PzTrainerRun *pz_trainer_run_ref       (PzTrainerRun *run);
void          pz_trainer_run_unref     (PzTrainerRun *run);
void          pz_trainer_run_set_stop  (PzTrainerRun *run);
void          pz_trainer_run_set_pause (PzTrainerRun *run,
                                        gboolean      pause);
void          pz_trainer_run_set_rate  (PzTrainerRun *run,
                                        float         rate);

/* Any thread: a handler of the cancellable's signal; the user data is the run. */
void pz_trainer_run_on_cancelled (GCancellable *cancellable,
                                  gpointer      user_data);

/* A checkpoint after the batch at hand; also while it is paused. */
void pz_trainer_run_request_checkpoint (PzTrainerRun *run);

/* (transfer full) (nullable): the newest one that was not taken yet; *@net: (transfer full) */
MlpTrainingState *pz_trainer_run_take_checkpoint (PzTrainerRun *run,
                                                  MlpNet      **net);

/* Takes what there is: @epochs is set to an array (transfer full), *@front is
 * exchanged for a newer network where there is one. Returns: whether it was. */
gboolean pz_trainer_run_take (PzTrainerRun       *run,
                              PzTrainerRunStatus *status,
                              GArray            **epochs,
                              MlpNet            **front);

/* Lets go of @training (nullable) in a thread of its own: its workers have to be
 * joined, which at nice 19 takes as long as other work of the system pleases. */
void pz_trainer_run_free_training (MlpTraining *training);

/* A GTaskThreadFunc; the task's data is the run. */
void pz_trainer_run_work (GTask        *worker,
                          gpointer      source_object,
                          gpointer      task_data,
                          GCancellable *cancellable);

G_END_DECLS
