/* pz-trainer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "core/net/mlp-split.h"
#include "model/pz-task.h"
#include "model/pz-trainer-private.h"

enum {
  PROP_0,
  PROP_STATE,
  PROP_BUSY,
  PROP_CAN_CONTINUE,
  PROP_HISTORY,
  PROP_PROGRESS,
  PROP_EPOCH,
  PROP_N_EPOCHS,
  PROP_SAMPLES_PER_SECOND,
  PROP_SECONDS_LEFT,
  PROP_THREADS,
  N_PROPS
};

enum {
  CHECKPOINT,
  NET_CHANGED,
  N_SIGNALS
};

G_DEFINE_ENUM_TYPE (PzTrainerState, pz_trainer_state,
                    G_DEFINE_ENUM_VALUE (PZ_TRAINER_IDLE, "idle"),
                    G_DEFINE_ENUM_VALUE (PZ_TRAINER_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (PZ_TRAINER_PAUSED, "paused"),
                    G_DEFINE_ENUM_VALUE (PZ_TRAINER_STOPPING, "stopping"))

G_DEFINE_FINAL_TYPE (PzTrainer, pz_trainer, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static gboolean
same_number (double a,
             double b)
{
  return a == b || (isnan (a) && isnan (b));
}

static void
pz_trainer_set_status (PzTrainer                *self,
                       const PzTrainerRunStatus *status)
{
  const PzTrainerRunStatus old = self->status;
  GObject *object = G_OBJECT (self);

  self->status = *status;

  if (!same_number (old.progress, status->progress))
    g_object_notify_by_pspec (object, properties[PROP_PROGRESS]);
  if (old.epoch != status->epoch)
    g_object_notify_by_pspec (object, properties[PROP_EPOCH]);
  if (old.n_epochs != status->n_epochs)
    g_object_notify_by_pspec (object, properties[PROP_N_EPOCHS]);
  if (!same_number (old.samples_per_second, status->samples_per_second))
    g_object_notify_by_pspec (object, properties[PROP_SAMPLES_PER_SECOND]);
  if (!same_number (old.seconds_left, status->seconds_left))
    g_object_notify_by_pspec (object, properties[PROP_SECONDS_LEFT]);
  if (old.threads != status->threads)
    g_object_notify_by_pspec (object, properties[PROP_THREADS]);
}

static void
pz_trainer_set_state (PzTrainer     *self,
                      PzTrainerState state)
{
  gboolean was_busy = pz_trainer_get_busy (self);
  gboolean could_continue = pz_trainer_get_can_continue (self);

  if (self->state == state)
    return;

  self->state = state;
  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  if (was_busy != pz_trainer_get_busy (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
  if (could_continue != pz_trainer_get_can_continue (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_CONTINUE]);
  g_object_thaw_notify (G_OBJECT (self));
}

/* Main thread: take everything the thread has left and tell the world once. */
static void
deliver_epochs (gpointer owner)
{
  PzTrainer *self = owner;
  g_autoptr(GArray) epochs = NULL;
  PzTrainerRunStatus status;
  gboolean fresh, kept;

  g_mutex_lock (&self->run->mutex);
  kept = self->run->checkpoint_state != NULL;
  g_mutex_unlock (&self->run->mutex);

  fresh = pz_trainer_run_take (self->run, &status, &epochs, &self->net);

  g_object_freeze_notify (G_OBJECT (self));
  if (self->state == PZ_TRAINER_PAUSED)
    status.seconds_left = NAN;
  if (status.n_epochs != 0)
    {
      status.epoch += self->n_before;
      status.n_epochs += self->n_before;
      pz_trainer_set_status (self, &status);
    }
  for (guint i = 0; i < epochs->len; i++)
    {
      MlpEpoch *epoch = &g_array_index (epochs, MlpEpoch, i);

      epoch->epoch += self->n_before;
      self->n_done = epoch->epoch;
    }
  pz_history_append (self->history, (const MlpEpoch *) (gpointer) epochs->data, epochs->len);
  g_object_thaw_notify (G_OBJECT (self));

  if (fresh)
    g_signal_emit (self, signals[NET_CHANGED], 0);
  if (kept)
    g_signal_emit (self, signals[CHECKPOINT], 0);
}

/* Main thread, just before the caller hears of the result: everything is
 * delivered and the trainer is free again.
 */
static void
on_run_done (gpointer data,
             gpointer owner)
{
  PzTrainerRun *run = data;
  PzTrainer *self = owner;
  PzTrainerRunStatus status;

  deliver_epochs (self);
  run->owner = NULL;
  g_cancellable_disconnect (run->cancellable, self->cancelled_id);
  self->cancelled_id = 0;

  if (run->ok && !g_cancellable_is_cancelled (run->cancellable))
    self->training = g_steal_pointer (&run->training);
  else
    pz_trainer_run_free_training (g_steal_pointer (&run->training));
  self->run = NULL;

  status = self->status;
  status.seconds_left = NAN;
  if (run->ok && run->end != MLP_STOP_STOPPED)
    status.progress = 1.0;

  g_object_freeze_notify (G_OBJECT (self));
  pz_trainer_set_status (self, &status);
  pz_trainer_set_state (self, PZ_TRAINER_IDLE);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
start_run (PzTrainer          *self,
           PzTrainerRun       *run,
           guint               n_epochs,
           GCancellable       *cancellable,
           GAsyncReadyCallback callback,
           gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  PzTrainerRunStatus status = { self->n_done, self->n_done + n_epochs, self->status.threads, 0.0, 0.0, NAN, FALSE };

  g_task_set_source_tag (task, pz_trainer_run_async);

  run->n_epochs = n_epochs;
  run->checkpoint_epochs = self->checkpoint_epochs;
  run->checkpoint_interval = self->checkpoint_interval;
  run->context = g_main_context_ref (g_task_get_context (task));
  run->deliver = deliver_epochs;
  run->owner = self;
  g_set_object (&run->cancellable, cancellable);
  if (cancellable != NULL)
    self->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (pz_trainer_run_on_cancelled),
                                                pz_trainer_run_ref (run), (GDestroyNotify) pz_trainer_run_unref);
  self->run = run;

  g_object_freeze_notify (G_OBJECT (self));
  pz_trainer_set_status (self, &status);
  pz_trainer_set_state (self, PZ_TRAINER_RUNNING);
  g_object_thaw_notify (G_OBJECT (self));

  pz_task_run (task, pz_trainer_run_work, run, (GDestroyNotify) pz_trainer_run_unref, on_run_done, self);
}

static void
pz_trainer_finalize (GObject *object)
{
  PzTrainer *self = PZ_TRAINER (object);

  /* Never while busy: the task of a run keeps the trainer. */
  g_clear_pointer (&self->training, mlp_training_free);
  g_clear_pointer (&self->net, mlp_net_free);
  g_clear_object (&self->history);

  G_OBJECT_CLASS (pz_trainer_parent_class)->finalize (object);
}

static void
pz_trainer_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  PzTrainer *self = PZ_TRAINER (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;

    case PROP_BUSY:
      g_value_set_boolean (value, pz_trainer_get_busy (self));
      break;

    case PROP_CAN_CONTINUE:
      g_value_set_boolean (value, pz_trainer_get_can_continue (self));
      break;

    case PROP_HISTORY:
      g_value_set_object (value, self->history);
      break;

    case PROP_PROGRESS:
      g_value_set_double (value, self->status.progress);
      break;

    case PROP_EPOCH:
      g_value_set_uint (value, self->status.epoch);
      break;

    case PROP_N_EPOCHS:
      g_value_set_uint (value, self->status.n_epochs);
      break;

    case PROP_SAMPLES_PER_SECOND:
      g_value_set_double (value, self->status.samples_per_second);
      break;

    case PROP_SECONDS_LEFT:
      g_value_set_double (value, self->status.seconds_left);
      break;

    case PROP_THREADS:
      g_value_set_uint (value, self->status.threads);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_trainer_class_init (PzTrainerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = pz_trainer_finalize;
  object_class->get_property = pz_trainer_get_property;

  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, PZ_TYPE_TRAINER_STATE, PZ_TRAINER_IDLE, flags);
  properties[PROP_BUSY] =
    g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_CONTINUE] =
    g_param_spec_boolean ("can-continue", NULL, NULL, FALSE, flags);
  properties[PROP_HISTORY] =
    g_param_spec_object ("history", NULL, NULL, PZ_TYPE_HISTORY, flags);
  properties[PROP_PROGRESS] =
    g_param_spec_double ("progress", NULL, NULL, 0.0, 1.0, 0.0, flags);
  properties[PROP_EPOCH] =
    g_param_spec_uint ("epoch", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_EPOCHS] =
    g_param_spec_uint ("n-epochs", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_SAMPLES_PER_SECOND] =
    g_param_spec_double ("samples-per-second", NULL, NULL, 0.0, G_MAXDOUBLE, 0.0, flags);
  properties[PROP_SECONDS_LEFT] =
    g_param_spec_double ("seconds-left", NULL, NULL, 0.0, G_MAXDOUBLE, 0.0, flags);
  properties[PROP_THREADS] =
    g_param_spec_uint ("threads", NULL, NULL, 0, G_MAXUINT, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHECKPOINT] =
    g_signal_new ("checkpoint",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  signals[NET_CHANGED] =
    g_signal_new ("net-changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
pz_trainer_init (PzTrainer *self)
{
  self->status.seconds_left = NAN;
}

PzTrainer *
pz_trainer_new (void)
{
  return g_object_new (PZ_TYPE_TRAINER, NULL);
}

void
pz_trainer_run_async (PzTrainer           *self,
                      const PzTrainerPlan *plan,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  PzTrainerRun *run;

  g_return_if_fail (PZ_IS_TRAINER (self));
  g_return_if_fail (plan != NULL);
  g_return_if_fail (plan->net != NULL && plan->samples != NULL && plan->split != NULL && plan->options != NULL);
  g_return_if_fail (PZ_IS_HISTORY (plan->history));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  if (pz_trainer_get_busy (self))
    {
      g_task_report_new_error (self, callback, user_data, pz_trainer_run_async,
                               G_IO_ERROR, G_IO_ERROR_BUSY,
                               _("Training is already in progress."));
      return;
    }

  pz_trainer_forget (self);

  run = pz_trainer_run_new (plan->net);
  run->net = mlp_net_copy (plan->net);
  run->state = plan->state != NULL ? mlp_training_state_ref (plan->state) : NULL;
  run->draw = plan->draw;
  run->samples = mlp_samples_ref (plan->samples);
  run->split = mlp_split_ref (plan->split);
  run->options = *plan->options;

  g_clear_pointer (&self->net, mlp_net_free);
  self->net = mlp_net_copy (plan->net);
  if (g_set_object (&self->history, plan->history))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HISTORY]);

  self->n_before = self->n_done = pz_history_get_n_epochs (plan->history);
  if (plan->state != NULL)
    self->n_before -= MIN (self->n_before, plan->state->n_epochs);

  start_run (self, run, plan->n_epochs > 0 ? plan->n_epochs : plan->options->epochs, cancellable, callback, user_data);
  g_signal_emit (self, signals[NET_CHANGED], 0);
}

void
pz_trainer_continue_async (PzTrainer          *self,
                           guint               n_epochs,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  PzTrainerRun *run;

  g_return_if_fail (PZ_IS_TRAINER (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  if (!pz_trainer_get_can_continue (self))
    {
      g_task_report_new_error (self, callback, user_data, pz_trainer_run_async,
                               G_IO_ERROR,
                               pz_trainer_get_busy (self) ? G_IO_ERROR_BUSY : G_IO_ERROR_FAILED,
                               "%s", pz_trainer_get_busy (self)
                               ? _("Training is already in progress.")
                               : _("There is no training run to continue."));
      return;
    }

  run = pz_trainer_run_new (self->net);
  run->training = g_steal_pointer (&self->training);

  start_run (self, run, n_epochs, cancellable, callback, user_data);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_CONTINUE]);
}

gboolean
pz_trainer_run_finish (PzTrainer     *self,
                       GAsyncResult  *result,
                       MlpStopReason *end,
                       GError       **error)
{
  g_autofree MlpStopReason *how = NULL;

  g_return_val_if_fail (PZ_IS_TRAINER (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, pz_trainer_run_async), FALSE);

  how = g_task_propagate_pointer (G_TASK (result), error);
  if (how == NULL)
    return FALSE;

  if (end != NULL)
    *end = *how;

  return TRUE;
}

void
pz_trainer_forget (PzTrainer *self)
{
  g_return_if_fail (PZ_IS_TRAINER (self));

  if (self->training == NULL)
    return;

  g_clear_pointer (&self->training, pz_trainer_run_free_training);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_CONTINUE]);
}

void
pz_trainer_pause (PzTrainer *self)
{
  PzTrainerRunStatus status;

  g_return_if_fail (PZ_IS_TRAINER (self));

  if (self->state != PZ_TRAINER_RUNNING)
    return;

  pz_trainer_run_set_pause (self->run, TRUE);
  status = self->status;
  status.seconds_left = NAN;
  pz_trainer_set_status (self, &status);
  pz_trainer_set_state (self, PZ_TRAINER_PAUSED);
}

void
pz_trainer_resume (PzTrainer *self)
{
  g_return_if_fail (PZ_IS_TRAINER (self));

  if (self->state != PZ_TRAINER_PAUSED)
    return;

  pz_trainer_run_set_pause (self->run, FALSE);
  self->status.held = FALSE;
  pz_trainer_set_state (self, PZ_TRAINER_RUNNING);
}

void
pz_trainer_stop (PzTrainer *self)
{
  g_return_if_fail (PZ_IS_TRAINER (self));

  if (self->run == NULL || self->state == PZ_TRAINER_STOPPING)
    return;

  pz_trainer_run_set_stop (self->run);
  pz_trainer_set_state (self, PZ_TRAINER_STOPPING);
}

void
pz_trainer_set_rate (PzTrainer *self,
                     float      rate)
{
  g_return_if_fail (PZ_IS_TRAINER (self));
  g_return_if_fail (rate > 0.0f && isfinite (rate));

  if (self->run != NULL)
    pz_trainer_run_set_rate (self->run, rate);
  else if (self->training != NULL)
    mlp_training_set_rate (self->training, rate);
}

PzTrainerState
pz_trainer_get_state (PzTrainer *self)
{
  g_return_val_if_fail (PZ_IS_TRAINER (self), PZ_TRAINER_IDLE);

  return self->state;
}

gboolean
pz_trainer_get_busy (PzTrainer *self)
{
  g_return_val_if_fail (PZ_IS_TRAINER (self), FALSE);

  return self->state != PZ_TRAINER_IDLE;
}

gboolean
pz_trainer_get_can_continue (PzTrainer *self)
{
  g_return_val_if_fail (PZ_IS_TRAINER (self), FALSE);

  return self->state == PZ_TRAINER_IDLE && self->training != NULL;
}

gboolean
pz_trainer_get_held (PzTrainer *self)
{
  g_return_val_if_fail (PZ_IS_TRAINER (self), FALSE);

  return self->state == PZ_TRAINER_PAUSED && self->status.held;
}

PzHistory *
pz_trainer_get_history (PzTrainer *self)
{
  g_return_val_if_fail (PZ_IS_TRAINER (self), NULL);

  return self->history;
}

const MlpNet *
pz_trainer_peek_net (PzTrainer *self)
{
  g_return_val_if_fail (PZ_IS_TRAINER (self), NULL);

  return self->net;
}

MlpNet *
pz_trainer_take_net (PzTrainer *self)
{
  g_return_val_if_fail (PZ_IS_TRAINER (self), NULL);
  g_return_val_if_fail (!pz_trainer_get_busy (self), NULL);

  pz_trainer_forget (self);

  return g_steal_pointer (&self->net);
}
