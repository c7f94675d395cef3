/* test-trainer-orders.c: orders to a run take effect between two batches. Which
 * two is found out by running core up to the same weights, so that what follows
 * can be compared bit for bit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/net/mlp-split.h"
#include "core/runs.h"
#include "model/pz-task.h"
#include "model/pz-trainer.h"
#include "task-util.h"

#define N_INPUTS 20

typedef struct
{
  PzTrainer      *trainer;
  PzHistory      *history;
  MlpNet         *net;
  MlpSamples     *samples;
  MlpSplit       *split;
  MlpTrainOptions options;
  MlpTraining    *core;           /* the same, run in this thread */
  Answer          answer;
  guint           n_can_continue;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  const MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;

  f->options = options;
  f->options.rate = 0.01f;
  f->options.dropout = 0.2f;
  f->options.epochs = 400;
  f->options.batch_size = 10;
  f->net = run_make_net (N_INPUTS, 9);
  f->samples = run_make_stripes (N_INPUTS, 300);
  f->split = mlp_split_new (run_count_up (300), 250, 50, 0);
  f->core = run_make_training (N_INPUTS, 9, &f->options);
  f->trainer = pz_trainer_new ();
  f->history = pz_history_new (NULL);
  g_signal_connect_swapped (f->trainer, "notify::can-continue", G_CALLBACK (count_calls), &f->n_can_continue);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  pz_task_wait_all ();
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (f->trainer);
  g_assert_finalize_object (f->history);
  mlp_training_free (f->core);
  mlp_net_free (f->net);
  mlp_samples_unref (f->samples);
  mlp_split_unref (f->split);
}

static void
start (Fixture *f)
{
  const PzTrainerPlan plan = {
    .net = f->net, .draw = FALSE, .samples = f->samples, .split = f->split, .options = &f->options, .history = f->history,
  };

  pz_trainer_run_async (f->trainer, &plan, NULL,
                        answer_take, &f->answer);
}

static void
pause_once (PzTrainer *trainer)
{
  if (pz_trainer_get_state (trainer) == PZ_TRAINER_RUNNING)
    pz_trainer_pause (trainer);
}

/* Paused before its thread has begun, so that no order comes too late. */
static void
start_paused (Fixture *f)
{
  gulong id = g_signal_connect (f->trainer, "notify::state", G_CALLBACK (pause_once), NULL);

  start (f);
  g_signal_handler_disconnect (f->trainer, id);
  g_assert_cmpint (pz_trainer_get_state (f->trainer), ==, PZ_TRAINER_PAUSED);
}

static void
go_on (Fixture *f,
       guint    n_epochs)
{
  g_assert_true (pz_trainer_get_can_continue (f->trainer));
  pz_trainer_continue_async (f->trainer, n_epochs, NULL, answer_take, &f->answer);
}

static MlpStopReason
finish (Fixture *f)
{
  g_autoptr(GAsyncResult) result = answer_wait (&f->answer);
  g_autoptr(GError) error = NULL;
  MlpStopReason end;

  g_assert_true (pz_trainer_run_finish (f->trainer, result, &end, &error));
  g_assert_no_error (error);

  return end;
}

static void
assert_numbered (Fixture *f,
                 guint    expected)
{
  guint n;
  const MlpEpoch *epochs = pz_history_peek_epochs (f->history, &n);

  g_assert_cmpuint (n, ==, expected);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (epochs[i].epoch, ==, i + 1);
}

static void
assert_as_core (Fixture *f)
{
  const MlpNet *a = pz_trainer_peek_net (f->trainer);
  const MlpNet *b = mlp_training_peek_net (f->core);

  g_assert_true (mlp_net_same_shape (a, b));
  g_assert_cmpmem (mlp_net_peek_params (a), mlp_net_get_n_params (a) * sizeof (float),
                   mlp_net_peek_params (b), mlp_net_get_n_params (b) * sizeof (float));
}

/* What happens once core has come to the same weights. */
typedef struct
{
  const MlpNet *target;
  gboolean      found;
  gboolean      stop;
  float         rate;       /* 0: as it was */
} Follow;

static gboolean
follow_batch (MlpTraining       *training,
              const MlpProgress *progress,
              gpointer           user_data)
{
  Follow *follow = user_data;
  const MlpNet *net = mlp_training_peek_net (training);

  if (follow->found || memcmp (mlp_net_peek_params (net), mlp_net_peek_params (follow->target),
                               mlp_net_get_n_params (net) * sizeof (float)) != 0)
    return TRUE;

  follow->found = TRUE;
  if (follow->rate > 0.0f)
    mlp_training_set_rate (training, follow->rate);

  return !follow->stop;
}

/* Runs core to where @net is, and then as @follow says. */
static void
follow_to (Fixture      *f,
           const MlpNet *net,
           Follow        follow)
{
  const MlpMonitor monitor = { .batch_done = follow_batch, .user_data = &follow };
  g_autoptr(MlpNet) target = mlp_net_copy (net);
  MlpStopReason end;

  follow.target = target;
  g_assert_true (mlp_training_run (f->core, f->options.epochs, &monitor, &end, NULL));
  g_assert_true (follow.found);
}

/* Ten epochs and ten more are twenty, moments, shuffling and dropout
 * included.
 */
static void
test_ten_and_ten (Fixture      *f,
                  gconstpointer data)
{
  const MlpEpoch *epochs;
  RunLog log;
  guint n;

  f->options.epochs = 10;
  start (f);
  g_assert_cmpint (finish (f), ==, MLP_STOP_DONE);
  go_on (f, 10);
  g_assert_cmpuint (pz_trainer_get_epoch (f->trainer), ==, 10);
  g_assert_cmpuint (pz_trainer_get_n_epochs (f->trainer), ==, 20);
  g_assert_cmpfloat (pz_trainer_get_progress (f->trainer), ==, 0.0);
  g_assert_cmpint (finish (f), ==, MLP_STOP_DONE);
  g_assert_cmpfloat (pz_trainer_get_progress (f->trainer), ==, 1.0);

  run_log_init (&log);
  run_training (f->core, 20, &log);
  assert_as_core (f);
  assert_numbered (f, 20);
  epochs = pz_history_peek_epochs (f->history, &n);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpfloat (epochs[i].train_loss, ==, run_log_get (&log, i)->train_loss);
      g_assert_cmpfloat (epochs[i].validation_loss, ==, run_log_get (&log, i)->validation_loss);
    }
  run_log_clear (&log);
}

/* A run that is stopped has the weights of a batch of core's, and goes on from
 * there.
 */
static void
test_stop (Fixture      *f,
           gconstpointer data)
{
  guint n;

  f->options.epochs = 1000000;
  start (f);
  wait_until (pz_trainer_get_progress (f->trainer) > 0.0);
  pz_trainer_stop (f->trainer);
  g_assert_cmpint (finish (f), ==, MLP_STOP_STOPPED);
  n = pz_history_get_n_epochs (f->history);
  follow_to (f, pz_trainer_peek_net (f->trainer), (Follow) { .stop = TRUE });

  /* The epoch that was broken off does not count. */
  go_on (f, 3);
  g_assert_cmpuint (pz_trainer_get_epoch (f->trainer), ==, n);
  g_assert_cmpuint (pz_trainer_get_n_epochs (f->trainer), ==, n + 3);
  g_assert_cmpint (finish (f), ==, MLP_STOP_DONE);
  g_assert_cmpuint (pz_trainer_get_n_epochs (f->trainer), ==, n + 3);
  assert_numbered (f, n + 3);
  run_training (f->core, 3, NULL);
  assert_as_core (f);
}

/* Held, a run gets another rate, which is that of the next batch and of all
 * after it.
 */
static void
test_rate (Fixture      *f,
           gconstpointer data)
{
  start_paused (f);
  pz_trainer_set_rate (f->trainer, 0.2f);
  wait_until (pz_trainer_get_held (f->trainer));
  follow_to (f, pz_trainer_peek_net (f->trainer), (Follow) { .rate = 0.005f });

  pz_trainer_set_rate (f->trainer, 0.005f);
  pz_trainer_resume (f->trainer);
  g_assert_cmpint (finish (f), ==, MLP_STOP_DONE);
  assert_as_core (f);
}

/* A rate that came during a pause that ended with a stop is that of the next
 * run.
 */
static void
test_rate_then_stop (Fixture      *f,
                     gconstpointer data)
{
  start_paused (f);
  pz_trainer_set_rate (f->trainer, 0.005f);
  pz_trainer_stop (f->trainer);
  g_assert_cmpint (finish (f), ==, MLP_STOP_STOPPED);
  follow_to (f, pz_trainer_peek_net (f->trainer), (Follow) { .stop = TRUE, .rate = 0.005f });

  go_on (f, 2);
  g_assert_cmpint (finish (f), ==, MLP_STOP_DONE);
  run_training (f->core, 2, NULL);
  assert_as_core (f);
}

/* A checkpoint that is wanted just after the end of a pause, before the thread has woken, comes while
 * the run goes on.
 */
static void
test_checkpoint_after_pause (Fixture      *f,
                             gconstpointer data)
{
  guint n_checkpoints = 0;

  f->options.epochs = 1000000;
  start (f);
  g_signal_connect_swapped (f->trainer, "checkpoint", G_CALLBACK (count_calls), &n_checkpoints);

  for (guint i = 1; i <= 10; i++)
    {
      g_autoptr(MlpTrainingState) state = NULL;
      g_autoptr(MlpNet) net = NULL;
      guint epoch;

      pz_trainer_pause (f->trainer);
      wait_until (pz_trainer_get_held (f->trainer));
      pz_trainer_resume (f->trainer);
      pz_trainer_request_checkpoint (f->trainer);
      wait_until (n_checkpoints == i);
      state = pz_trainer_take_checkpoint (f->trainer, &net, &epoch);
      g_assert_nonnull (state);
    }

  g_assert_true (pz_trainer_get_busy (f->trainer));
  pz_trainer_stop (f->trainer);
  g_assert_cmpint (finish (f), ==, MLP_STOP_STOPPED);
}

/* A history that has epochs is numbered on; the run is the same. */
static void
test_past (Fixture      *f,
           gconstpointer data)
{
  MlpEpoch past[7] = { { 0 } };

  for (guint i = 0; i < 7; i++)
    past[i].epoch = i + 1;
  pz_history_append (f->history, past, 7);

  f->options.epochs = 2;
  start (f);
  g_assert_cmpuint (pz_trainer_get_epoch (f->trainer), ==, 7);
  g_assert_cmpuint (pz_trainer_get_n_epochs (f->trainer), ==, 9);
  finish (f);
  g_assert_cmpuint (pz_trainer_get_epoch (f->trainer), ==, 9);
  g_assert_cmpuint (pz_trainer_get_n_epochs (f->trainer), ==, 9);
  go_on (f, 3);
  g_assert_cmpuint (pz_trainer_get_n_epochs (f->trainer), ==, 12);
  finish (f);
  assert_numbered (f, 12);
  g_assert_cmpuint (pz_trainer_get_epoch (f->trainer), ==, 12);

  run_training (f->core, 5, NULL);
  assert_as_core (f);
}

/* Forgotten, a run cannot go on; asked all the same the trainer says so. */
static void
test_forget (Fixture      *f,
             gconstpointer data)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  f->options.epochs = 2;
  start (f);
  pz_trainer_forget (f->trainer);
  finish (f);
  g_assert_true (pz_trainer_get_can_continue (f->trainer));

  pz_trainer_forget (f->trainer);
  g_assert_false (pz_trainer_get_can_continue (f->trainer));
  pz_trainer_continue_async (f->trainer, 3, NULL, answer_take, &f->answer);
  result = answer_wait (&f->answer);
  g_assert_false (pz_trainer_run_finish (f->trainer, result, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_false (pz_trainer_get_busy (f->trainer));

  /* The network is still there to be looked at. */
  g_assert_true (mlp_net_is_finite (pz_trainer_peek_net (f->trainer)));
}

/* Whether there is something to go on with is told at every change. */
static void
test_can_continue (Fixture      *f,
                   gconstpointer data)
{
  f->options.epochs = 2;
  start (f);
  g_assert_cmpuint (f->n_can_continue, ==, 0);
  finish (f);
  g_assert_cmpuint (f->n_can_continue, ==, 1);
  go_on (f, 1);
  g_assert_false (pz_trainer_get_can_continue (f->trainer));
  g_assert_cmpuint (f->n_can_continue, ==, 2);
  finish (f);
  g_assert_cmpuint (f->n_can_continue, ==, 3);
  start (f);
  g_assert_cmpuint (f->n_can_continue, ==, 4);
  finish (f);
  g_assert_cmpuint (f->n_can_continue, ==, 5);
  pz_trainer_forget (f->trainer);
  g_assert_cmpuint (f->n_can_continue, ==, 6);
  pz_trainer_forget (f->trainer);
  g_assert_cmpuint (f->n_can_continue, ==, 6);
}

/* Orders from inside the signals of a run: the first snapshot stops it. */
static void
test_stop_from_signal (Fixture      *f,
                       gconstpointer data)
{
  f->options.epochs = 1000000;
  start (f);
  g_signal_connect (f->trainer, "net-changed", G_CALLBACK (pz_trainer_stop), NULL);
  g_assert_cmpint (finish (f), ==, MLP_STOP_STOPPED);
  g_assert_cmpint (pz_trainer_get_state (f->trainer), ==, PZ_TRAINER_IDLE);
}

#define ADD(path, func) \
  g_test_add ("/model/trainer-orders/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("ten-and-ten", test_ten_and_ten);
  ADD ("stop", test_stop);
  ADD ("rate", test_rate);
  ADD ("rate-then-stop", test_rate_then_stop);
  ADD ("checkpoint-after-pause", test_checkpoint_after_pause);
  ADD ("past", test_past);
  ADD ("forget", test_forget);
  ADD ("can-continue", test_can_continue);
  ADD ("stop-from-signal", test_stop_from_signal);

  return g_test_run ();
}
