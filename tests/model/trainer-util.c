/* trainer-util.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/net/mlp-split.h"
#include "model/pz-task.h"
#include "trainer-util.h"

static void
on_progress (Fixture *f)
{
  double progress = pz_trainer_get_progress (f->trainer);

  g_assert_true (g_main_context_is_owner (NULL));
  g_assert_cmpfloat (progress, >=, 0.0);
  g_assert_cmpfloat (progress, <=, 1.0);

  f->n_progress++;
  f->n_after += f->done;
}

static void
on_net_changed (Fixture *f)
{
  g_assert_true (g_main_context_is_owner (NULL));
  g_assert_true (mlp_net_is_finite (pz_trainer_peek_net (f->trainer)));
  f->n_nets++;
  f->n_after += f->done;
}

static void
on_busy (Fixture *f)
{
  f->n_busy++;
  f->n_after += f->done;
}

static void
on_history_changed (Fixture *f)
{
  f->n_changed++;
  f->n_after += f->done;
}

void
trainer_set_up (Fixture      *f,
                gconstpointer data)
{
  const Setup *setup = data;
  const MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;

  f->samples = make_pictures (setup->n);
  f->split = make_split (setup->n, setup->n_train);
  f->net = make_net (setup->hidden, 3);
  f->options = options;
  f->options.epochs = setup->epochs;
  f->options.batch_size = setup->batch_size;
  f->options.threads = 1;

  f->trainer = pz_trainer_new ();
  f->history = pz_history_new ("test");
  f->cancellable = g_cancellable_new ();
  g_signal_connect_swapped (f->trainer, "notify::progress", G_CALLBACK (on_progress), f);
  g_signal_connect_swapped (f->trainer, "notify::busy", G_CALLBACK (on_busy), f);
  g_signal_connect_swapped (f->trainer, "net-changed", G_CALLBACK (on_net_changed), f);
  g_signal_connect_swapped (f->history, "changed", G_CALLBACK (on_history_changed), f);
}

void
trainer_tear_down (Fixture      *f,
                   gconstpointer data)
{
  pz_task_wait_all ();
  run_pending ();
  if (f->trainer != NULL)
    g_assert_finalize_object (f->trainer);
  g_assert_finalize_object (f->history);
  g_assert_finalize_object (f->cancellable);
  mlp_samples_unref (f->samples);
  mlp_split_unref (f->split);
  mlp_net_free (f->net);
  g_clear_error (&f->error);
}

void
trainer_on_done (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Fixture *f = user_data;

  g_assert_false (f->done);
  g_assert_cmpint (pz_trainer_get_state (PZ_TRAINER (object)), ==, PZ_TRAINER_IDLE);

  g_clear_error (&f->error);
  f->ok = pz_trainer_run_finish (PZ_TRAINER (object), result, &f->end, &f->error);
  g_assert_true (f->ok == (f->error == NULL));
  f->done = TRUE;
}

PzTrainerPlan
trainer_plan (Fixture *f)
{
  const PzTrainerPlan plan = {
    .net = f->net, .samples = f->samples, .split = f->split, .options = &f->options, .history = f->history,
  };

  return plan;
}

void
trainer_start (Fixture *f)
{
  const PzTrainerPlan plan = trainer_plan (f);

  f->done = FALSE;
  pz_trainer_run_async (f->trainer, &plan, f->cancellable, trainer_on_done, f);
  g_assert_true (pz_trainer_get_busy (f->trainer));
  g_assert_cmpint (pz_trainer_get_state (f->trainer), ==, PZ_TRAINER_RUNNING);
}

static void
pause_once (PzTrainer *trainer)
{
  if (pz_trainer_get_state (trainer) == PZ_TRAINER_RUNNING)
    pz_trainer_pause (trainer);
}

/* The state is told before the thread is started. */
void
trainer_start_paused (Fixture *f)
{
  const PzTrainerPlan plan = trainer_plan (f);
  gulong id = g_signal_connect (f->trainer, "notify::state", G_CALLBACK (pause_once), NULL);

  f->done = FALSE;
  pz_trainer_run_async (f->trainer, &plan, f->cancellable, trainer_on_done, f);
  g_signal_handler_disconnect (f->trainer, id);
  g_assert_cmpint (pz_trainer_get_state (f->trainer), ==, PZ_TRAINER_PAUSED);
}

void
trainer_finish (Fixture *f)
{
  wait_until (f->done);
  finish_tasks ();
  g_assert_cmpuint (f->n_after, ==, 0);
  g_assert_false (pz_trainer_get_busy (f->trainer));
  g_assert_true (isnan (pz_trainer_get_seconds_left (f->trainer)));
}

MlpNet *
trainer_run_directly (Fixture *f,
                      guint    n_epochs)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MlpTraining) training = mlp_training_new (f->net, f->samples, f->split, &f->options, &error);
  MlpStopReason end;

  g_assert_no_error (error);
  g_assert_true (mlp_training_run (training, n_epochs, NULL, &end, &error));

  return mlp_net_copy (mlp_training_peek_net (training));
}

static gboolean
stop_where_same (MlpTraining       *training,
                 const MlpProgress *progress,
                 gpointer           net)
{
  return memcmp (mlp_net_peek_params (mlp_training_peek_net (training)), mlp_net_peek_params (net),
                 mlp_net_get_n_params (net) * sizeof (float)) != 0;
}

void
trainer_assert_on_way (Fixture *f)
{
  g_autoptr(MlpTraining) training = mlp_training_new (f->net, f->samples, f->split, &f->options, NULL);
  const MlpMonitor monitor = {
    .batch_done = stop_where_same,
    .user_data = (gpointer) pz_trainer_peek_net (f->trainer),
  };
  MlpStopReason end;

  g_assert_true (mlp_training_run (training, pz_history_get_n_epochs (f->history) + 1, &monitor, &end, NULL));
  g_assert_cmpint (end, ==, MLP_STOP_STOPPED);
}

void
trainer_assert_epochs (Fixture *f,
                       guint    expected)
{
  guint n_epochs;
  const MlpEpoch *epochs = pz_history_peek_epochs (f->history, &n_epochs);

  g_assert_cmpuint (n_epochs, ==, expected);
  for (guint i = 0; i < n_epochs; i++)
    g_assert_cmpuint (epochs[i].epoch, ==, i + 1);
}
