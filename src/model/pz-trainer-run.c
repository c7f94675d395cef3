/* pz-trainer-run.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "core/net/mlp-split.h"
#include "model/pz-task.h"
#include "model/pz-trainer-run.h"

/* The clock is looked at about every 4 ms, however small the batches are. */
#define LOOK_INTERVAL 4000

/* The main thread is told 25 times a second: more often than anybody sees, and
 * so seldom that a delivery may come before the redraw without holding it up.
 */
#define PUBLISH_INTERVAL (G_TIME_SPAN_SECOND / 25)

/* Ten snapshots a second; fewer, but still five, where copying a large network
 * would take more than one part in twenty of the time.
 */
#define SNAPSHOT_INTERVAL (G_TIME_SPAN_SECOND / 10)
#define SNAPSHOT_LONGEST  (G_TIME_SPAN_SECOND / 7)
#define SNAPSHOT_SHARE    20

/* Samples per second are a mean in which what is older counts less, in
 * seconds.
 */
#define RATE_TIME 2.0

PzTrainerRun *
pz_trainer_run_new (const MlpNet *shape)
{
  PzTrainerRun *run = g_new0 (PzTrainerRun, 1);

  g_atomic_ref_count_init (&run->ref_count);
  g_mutex_init (&run->mutex);
  g_cond_init (&run->cond);
  run->back = mlp_net_copy (shape);
  run->ready = mlp_net_copy (shape);
  run->pending = g_array_new (FALSE, FALSE, sizeof (MlpEpoch));
  run->base_epoch = G_MAXUINT;
  run->status.seconds_left = NAN;

  return run;
}

PzTrainerRun *
pz_trainer_run_ref (PzTrainerRun *run)
{
  g_atomic_ref_count_inc (&run->ref_count);

  return run;
}

void
pz_trainer_run_unref (PzTrainerRun *run)
{
  if (!g_atomic_ref_count_dec (&run->ref_count))
    return;

  g_clear_pointer (&run->training, mlp_training_free);
  g_clear_pointer (&run->net, mlp_net_free);
  g_clear_pointer (&run->samples, mlp_samples_unref);
  g_clear_pointer (&run->split, mlp_split_unref);
  g_clear_object (&run->cancellable);
  g_clear_pointer (&run->context, g_main_context_unref);
  g_clear_pointer (&run->state, mlp_training_state_unref);
  g_clear_pointer (&run->checkpoint_net, mlp_net_free);
  g_clear_pointer (&run->checkpoint_state, mlp_training_state_unref);
  g_clear_pointer (&run->back, mlp_net_free);
  g_clear_pointer (&run->ready, mlp_net_free);
  g_clear_pointer (&run->pending, g_array_unref);
  g_mutex_clear (&run->mutex);
  g_cond_clear (&run->cond);
  g_free (run);
}

/* Worker thread. */
static void
free_training (GTask        *worker,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  mlp_training_free (task_data);
  pz_task_return_pointer (worker, NULL, NULL);
}

void
pz_trainer_run_free_training (MlpTraining *training)
{
  if (training != NULL)
    pz_task_run (g_task_new (NULL, NULL, NULL, NULL), free_training, training, NULL, NULL, NULL);
}

/* With the mutex held. */
static void
wake_thread (PzTrainerRun *run)
{
  g_atomic_int_set (&run->attention, TRUE);
  g_cond_signal (&run->cond);
}

void
pz_trainer_run_set_stop (PzTrainerRun *run)
{
  g_mutex_lock (&run->mutex);
  run->stop = TRUE;
  wake_thread (run);
  g_mutex_unlock (&run->mutex);
}

void
pz_trainer_run_set_pause (PzTrainerRun *run,
                          gboolean      pause)
{
  g_mutex_lock (&run->mutex);
  run->pause = pause;
  if (!pause)
    run->status.held = FALSE;
  wake_thread (run);
  g_mutex_unlock (&run->mutex);
}

void
pz_trainer_run_set_rate (PzTrainerRun *run,
                         float         rate)
{
  g_mutex_lock (&run->mutex);
  run->has_rate = TRUE;
  run->rate = rate;
  wake_thread (run);
  g_mutex_unlock (&run->mutex);
}

/* The mutex is held so that the signal cannot fall between the thread's look at the
 * cancellable and its wait.
 */
void
pz_trainer_run_on_cancelled (GCancellable *cancellable,
                             gpointer      user_data)
{
  PzTrainerRun *run = user_data;

  g_mutex_lock (&run->mutex);
  g_cond_signal (&run->cond);
  g_mutex_unlock (&run->mutex);
}

void
pz_trainer_run_request_checkpoint (PzTrainerRun *run)
{
  g_mutex_lock (&run->mutex);
  run->wants_checkpoint = TRUE;
  wake_thread (run);
  g_mutex_unlock (&run->mutex);
}

MlpTrainingState *
pz_trainer_run_take_checkpoint (PzTrainerRun *run,
                                MlpNet      **net)
{
  MlpTrainingState *state;

  g_mutex_lock (&run->mutex);
  state = g_steal_pointer (&run->checkpoint_state);
  *net = g_steal_pointer (&run->checkpoint_net);
  g_mutex_unlock (&run->mutex);

  return state;
}

gboolean
pz_trainer_run_take (PzTrainerRun       *run,
                     PzTrainerRunStatus *status,
                     GArray            **epochs,
                     MlpNet            **front)
{
  GArray *empty = g_array_new (FALSE, FALSE, sizeof (MlpEpoch));
  gboolean fresh;

  g_mutex_lock (&run->mutex);
  *status = run->status;
  *epochs = run->pending;
  run->pending = empty;
  run->scheduled = FALSE;
  fresh = run->fresh;
  run->fresh = FALSE;
  if (fresh)
    {
      MlpNet *old = *front;

      *front = run->ready;
      run->ready = old;
    }
  g_mutex_unlock (&run->mutex);

  return fresh;
}

/* Main thread. */
static gboolean
on_delivery (gpointer user_data)
{
  PzTrainerRun *run = user_data;

  if (run->owner != NULL)
    run->deliver (run->owner);

  return G_SOURCE_REMOVE;
}

/* Worker thread. At most one source is queued, and at most 25 a second: so it
 * may stand before the redraw (which would keep it waiting for ever where
 * every frame takes the whole of its time) and holds up nothing.
 */
static void
schedule_delivery (PzTrainerRun *run,
                   gint64        now)
{
  gboolean schedule;

  g_mutex_lock (&run->mutex);
  schedule = !run->scheduled;
  run->scheduled = TRUE;
  g_mutex_unlock (&run->mutex);

  run->last_publish = now;
  if (schedule)
    {
      g_autoptr(GSource) source = g_idle_source_new ();

      g_source_set_static_name (source, "[pz] deliver training");
      g_source_set_priority (source, G_PRIORITY_HIGH_IDLE);
      g_source_set_callback (source, on_delivery, pz_trainer_run_ref (run), (GDestroyNotify) pz_trainer_run_unref);
      g_source_attach (source, run->context);
    }
}

/* Worker thread. A network that is no longer finite is not shown: the run is
 * about to end, and the last finite weights come with its result.
 */
static void
take_snapshot (PzTrainerRun *run,
               gint64       *now)
{
  const MlpNet *net = mlp_training_peek_net (run->training);
  gint64 start = *now;

  if (mlp_net_is_finite (net))
    {
      MlpNet *full = run->back;

      mlp_net_copy_params (full, net);
      g_mutex_lock (&run->mutex);
      run->back = run->ready;
      run->ready = full;
      run->fresh = TRUE;
      g_mutex_unlock (&run->mutex);
    }

  *now = g_get_monotonic_time ();
  run->next_snapshot = *now + CLAMP (SNAPSHOT_SHARE * (*now - start), SNAPSHOT_INTERVAL, SNAPSHOT_LONGEST);
}

/* Worker thread. */
static void
update_status (PzTrainerRun      *run,
               const MlpProgress *progress,
               gint64             now)
{
  double seconds = (double) (now - run->last_rate) / G_TIME_SPAN_SECOND;
  double keep = exp (-seconds / RATE_TIME);
  double all, done;
  PzTrainerRunStatus status = { 0 };

  run->rate_samples = keep * run->rate_samples + (double) run->n_since_rate;
  run->rate_seconds = keep * run->rate_seconds + seconds;
  run->n_since_rate = 0;
  run->last_rate = now;

  all = (double) (progress->n_epochs - run->base_epoch) * (double) progress->n_samples;
  done = (double) (progress->epoch - 1 - run->base_epoch) * (double) progress->n_samples
         + (double) progress->n_done;

  status.epoch = progress->epoch;
  status.n_epochs = progress->n_epochs;
  status.threads = mlp_training_get_threads (run->training);
  status.progress = all > 0.0 ? CLAMP (done / all, 0.0, 1.0) : 0.0;
  if (run->rate_seconds > 0.0)
    status.samples_per_second = run->rate_samples / run->rate_seconds;
  status.seconds_left = status.samples_per_second > 0.0
                        ? MAX (all - done, 0.0) / status.samples_per_second : (double) NAN;

  g_mutex_lock (&run->mutex);
  run->status = status;
  g_mutex_unlock (&run->mutex);
}

/* Worker thread, with the mutex held. Returns: whether the run is to wait */
static gboolean
is_paused (PzTrainerRun *run)
{
  return run->pause && !run->stop && !g_cancellable_is_cancelled (run->cancellable);
}

/* Worker thread. What is looked at during a pause is what there is. */
static void
publish_held (PzTrainerRun      *run,
              const MlpProgress *progress)
{
  gint64 now = g_get_monotonic_time ();

  update_status (run, progress, now);
  take_snapshot (run, &now);
  g_mutex_lock (&run->mutex);
  run->status.held = run->pause;
  g_mutex_unlock (&run->mutex);
  schedule_delivery (run, now);
}

/* Worker thread. */
static void
take_checkpoint (PzTrainerRun *run)
{
  MlpNet *net = NULL;
  MlpTrainingState *state = mlp_training_dup_state (run->training, &net);
  const gint64 now = g_get_monotonic_time ();

  run->next_checkpoint = now + run->checkpoint_interval;
  if (state == NULL)
    return;

  /* Such a file could not be opened. The next batch ends the run, whose last good network is saved then. */
  if (!mlp_net_is_finite (net))
    {
      mlp_net_free (net);
      mlp_training_state_unref (state);
      return;
    }

  g_mutex_lock (&run->mutex);
  g_clear_pointer (&run->checkpoint_net, mlp_net_free);
  g_clear_pointer (&run->checkpoint_state, mlp_training_state_unref);
  run->checkpoint_net = net;
  run->checkpoint_state = state;
  g_mutex_unlock (&run->mutex);

  schedule_delivery (run, now);
}

/* Worker thread. */
static void
answer_checkpoint_request (PzTrainerRun *run)
{
  gboolean wanted;

  g_mutex_lock (&run->mutex);
  wanted = run->wants_checkpoint;
  run->wants_checkpoint = FALSE;
  g_mutex_unlock (&run->mutex);

  if (wanted)
    take_checkpoint (run);
}

/* Worker thread. Waits while the run is paused. Returns: FALSE to stop */
static gboolean
wait_while_paused (PzTrainerRun      *run,
                   const MlpProgress *progress)
{
  gboolean has_rate, stop;
  gboolean waited = FALSE;
  float rate;

  answer_checkpoint_request (run);

  g_mutex_lock (&run->mutex);
  while (is_paused (run))
    {
      waited = TRUE;
      if (run->wants_checkpoint)
        {
          g_mutex_unlock (&run->mutex);
          answer_checkpoint_request (run);
          g_mutex_lock (&run->mutex);
          continue;
        }

      if (run->status.held)
        {
          g_cond_wait (&run->cond, &run->mutex);
          continue;
        }

      /* Again after a pause that followed another before the thread had woken. */
      g_mutex_unlock (&run->mutex);
      publish_held (run, progress);
      g_mutex_lock (&run->mutex);
    }
  run->status.held = FALSE;

  /* A request that came as the wait ended is answered after the next batch. */
  g_atomic_int_set (&run->attention, run->wants_checkpoint);
  stop = run->stop;
  has_rate = run->has_rate;
  rate = run->rate;
  run->has_rate = FALSE;
  g_mutex_unlock (&run->mutex);

  if (waited)
    {
      run->last_look = run->last_rate = g_get_monotonic_time ();
      run->countdown = run->stride;
    }
  if (has_rate)
    mlp_training_set_rate (run->training, rate);

  return !stop;
}

/* Worker thread, after every batch: a few instructions most of the time. */
static gboolean
on_batch_done (MlpTraining       *training,
               const MlpProgress *progress,
               gpointer           user_data)
{
  PzTrainerRun *run = user_data;
  gint64 now, elapsed;

  if (run->base_epoch == G_MAXUINT)
    run->base_epoch = progress->epoch - 1;

  run->n_since_rate += progress->n_done > run->n_before ? progress->n_done - run->n_before
                                                        : progress->n_done;
  run->n_before = progress->n_done;
  run->last = *progress;

  if (g_atomic_int_get (&run->attention) && !wait_while_paused (run, progress))
    return FALSE;
  if (g_cancellable_is_cancelled (run->cancellable))
    return FALSE;

  if (--run->countdown > 0)
    return TRUE;

  now = g_get_monotonic_time ();
  elapsed = MAX (now - run->last_look, 1);
  run->stride = (guint) CLAMP ((gint64) run->stride * LOOK_INTERVAL / elapsed,
                               1, 2 * (gint64) MIN (run->stride, 1u << 20));
  run->countdown = run->stride;
  run->last_look = now;

  if (now >= run->next_snapshot)
    take_snapshot (run, &now);
  if (now - run->last_publish >= PUBLISH_INTERVAL)
    {
      update_status (run, progress, now);
      schedule_delivery (run, now);
    }

  return TRUE;
}

/* Worker thread. An epoch may end long after its last batch (it is validated),
 * so it is told at once, unless epochs are so short that many go into one
 * delivery.
 */
static void
on_epoch_done (MlpTraining    *training,
               const MlpEpoch *epoch,
               gpointer        user_data)
{
  PzTrainerRun *run = user_data;

  run->n_before = 0;

  g_mutex_lock (&run->mutex);
  g_array_append_val (run->pending, *epoch);
  g_mutex_unlock (&run->mutex);

  if (run->checkpoint_epochs > 0 && epoch->epoch % run->checkpoint_epochs == 0 &&
      g_get_monotonic_time () >= run->next_checkpoint)
    take_checkpoint (run);

  if (run->stride <= 2)
    {
      gint64 now = g_get_monotonic_time ();

      if (now - run->last_publish >= PUBLISH_INTERVAL)
        schedule_delivery (run, now);
    }
}

void
pz_trainer_run_work (GTask        *worker,
                     gpointer      source_object,
                     gpointer      task_data,
                     GCancellable *cancellable)
{
  PzTrainerRun *run = task_data;
  g_autoptr(GError) error = NULL;
  const MlpMonitor monitor = {
    .batch_done = on_batch_done,
    .epoch_done = on_epoch_done,
    .user_data = run,
    .now = g_get_monotonic_time,
  };
  gint64 now;

  if (run->draw)
    mlp_net_init (run->net, run->options.init, run->options.random_biases, run->options.seed);

  /* Made here, so that the threads it starts inherit the nice value. */
  if (run->training == NULL && run->state != NULL)
    run->training = mlp_training_new_continued (run->net, run->samples, run->split, &run->options, run->state, &error);
  else if (run->training == NULL)
    run->training = mlp_training_new (run->net, run->samples, run->split, &run->options, &error);
  if (run->training == NULL)
    {
      g_task_return_error (worker, g_steal_pointer (&error));
      return;
    }

  now = g_get_monotonic_time ();
  run->stride = run->countdown = 1;
  run->last_look = run->last_publish = run->last_rate = now;
  run->next_snapshot = now + SNAPSHOT_INTERVAL;
  run->next_checkpoint = now + run->checkpoint_interval;
  mlp_training_get_n_epochs (run->training, &run->n_before);

  /* What it begins with is worth seeing, too. */
  if (run->draw)
    {
      take_snapshot (run, &now);
      schedule_delivery (run, now);
    }

  run->ok = mlp_training_run (run->training, run->n_epochs, &monitor, &run->end, &error);

  now = g_get_monotonic_time ();
  if (run->last.n_epochs != 0)
    update_status (run, &run->last, now);
  take_snapshot (run, &now);

  if (run->ok)
    pz_task_return_pointer (worker, g_memdup2 (&run->end, sizeof run->end), g_free);
  else
    g_task_return_error (worker, g_steal_pointer (&error));
}
