/* test-trainer.c: runs in the background: what is told, when, and what stays.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/mlp-error.h"
#include "model-util.h"
#include "model/pz-task.h"
#include "model/pz-trainer.h"

/* Rates are measured in windows of this many ms, and the best of a few counts:
 * other programs may hold one up.
 */
#define WINDOW    500
#define N_WINDOWS 12

typedef struct
{
  gsize n;
  gsize n_train;
  gsize hidden;
  guint epochs;
  gsize batch_size;
} Setup;

/* An epoch of seconds. */
static const Setup slow = { 4000, 3990, 512, 100, 1 };

/* An epoch of some tenths. */
static const Setup steady = { 600, 590, 128, 100, 1 };

/* Hundreds of epochs a second. */
static const Setup quick = { 60, 40, 4, 1500, 20 };

static const Setup few = { 400, 300, 8, 5, 20 };

typedef struct
{
  PzTrainer      *trainer;
  PzHistory      *history;
  GCancellable   *cancellable;
  MlpSamples     *samples;
  MlpSplit       *split;
  MlpNet         *net;
  MlpTrainOptions options;

  guint           n_progress;
  guint           n_nets;
  guint           n_busy;
  guint           n_changed;     /* of the history */
  guint           n_after;       /* anything after the result */
  double          last_progress;

  gboolean        done;
  gboolean        ok;
  MlpEnd          end;
  GError         *error;
} Fixture;

static void
on_progress (Fixture *f)
{
  double progress = pz_trainer_get_progress (f->trainer);

  g_assert_true (g_main_context_is_owner (NULL));
  g_assert_cmpfloat (progress, >=, 0.0);
  g_assert_cmpfloat (progress, <=, 1.0);

  f->n_progress++;
  f->n_after += f->done;
  f->last_progress = progress;
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

static void
set_up (Fixture      *f,
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

static void
tear_down (Fixture      *f,
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

static void
on_done (GObject      *object,
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

static void
start (Fixture *f)
{
  f->done = FALSE;
  pz_trainer_run_async (f->trainer, f->net, f->samples, f->split, &f->options, f->history,
                        f->cancellable, on_done, f);
  g_assert_true (pz_trainer_get_busy (f->trainer));
  g_assert_cmpint (pz_trainer_get_state (f->trainer), ==, PZ_TRAINER_RUNNING);
}

/* Until the result, and a little longer: nothing comes after it. */
static void
finish (Fixture *f)
{
  wait_until (f->done);
  run_for (60);
  g_assert_cmpuint (f->n_after, ==, 0);
  g_assert_false (pz_trainer_get_busy (f->trainer));
  g_assert_true (isnan (pz_trainer_get_seconds_left (f->trainer)));
}

/* What core makes of the same, in this thread. */
static MlpNet *
train_directly (Fixture *f,
                guint    n_epochs)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MlpTraining) training = mlp_training_new (f->net, f->samples, f->split, &f->options, &error);
  MlpEnd end;

  g_assert_no_error (error);
  g_assert_true (mlp_training_run (training, n_epochs, NULL, &end, &error));

  return mlp_net_copy (mlp_training_peek_net (training));
}

static void
assert_epochs_in_order (Fixture *f,
                        guint    expected)
{
  guint n_epochs;
  const MlpEpoch *epochs = pz_history_peek_epochs (f->history, &n_epochs);

  g_assert_cmpuint (n_epochs, ==, expected);
  for (guint i = 0; i < n_epochs; i++)
    g_assert_cmpuint (epochs[i].epoch, ==, i + 1);
}

/* The thread computes what core computes; all epochs come, in order. */
static void
test_result (Fixture      *f,
             gconstpointer data)
{
  g_autoptr(MlpNet) expected = train_directly (f, f->options.epochs);

  start (f);
  g_assert_true (pz_trainer_get_history (f->trainer) == f->history);
  assert_same_params (pz_trainer_peek_net (f->trainer), f->net);
  finish (f);

  g_assert_no_error (f->error);
  g_assert_cmpint (f->end, ==, MLP_END_DONE);
  assert_same_params (pz_trainer_peek_net (f->trainer), expected);
  assert_epochs_in_order (f, f->options.epochs);
  g_assert_cmpuint (f->n_busy, ==, 2);
  g_assert_cmpfloat (pz_trainer_get_progress (f->trainer), ==, 1.0);
  g_assert_cmpuint (pz_trainer_get_epoch (f->trainer), ==, f->options.epochs);
  g_assert_cmpuint (pz_trainer_get_n_epochs (f->trainer), ==, f->options.epochs);
  g_assert_cmpuint (pz_trainer_get_threads (f->trainer), ==, 1);
  g_assert_true (pz_trainer_get_can_continue (f->trainer));
}

static void
test_many_epochs (Fixture      *f,
                  gconstpointer data)
{
  start (f);
  finish (f);

  g_assert_no_error (f->error);
  assert_epochs_in_order (f, f->options.epochs);

  /* Many a delivery: the main loop hears 25 times a second, not 1500 times. */
  g_test_message ("%u epochs in %u deliveries", f->options.epochs, f->n_changed);
  g_assert_cmpuint (f->n_changed, <, f->options.epochs / 4);
}

/* Within one epoch: progress at 10 Hz, snapshots at 5 Hz, or better. */
static void
test_frequencies (Fixture      *f,
                  gconstpointer data)
{
  guint best_progress = 0;
  guint best_nets = 0;
  guint n_within = 0;

  start (f);
  wait_until (f->n_progress > 0);

  for (guint i = 0; i < N_WINDOWS && (best_progress < WINDOW / 100 || best_nets < WINDOW / 200); i++)
    {
      guint n_progress = f->n_progress;
      guint n_nets = f->n_nets;
      guint epoch = pz_trainer_get_epoch (f->trainer);

      run_for (WINDOW);
      n_within += epoch == pz_trainer_get_epoch (f->trainer);
      best_progress = MAX (best_progress, f->n_progress - n_progress);
      best_nets = MAX (best_nets, f->n_nets - n_nets);
    }

  g_test_message ("%u progress, %u snapshots in %d ms", best_progress, best_nets, WINDOW);
  g_assert_cmpuint (n_within, >, 0);
  g_assert_cmpuint (best_progress, >=, WINDOW / 100);
  g_assert_cmpuint (best_nets, >=, WINDOW / 200);
  g_assert_cmpfloat (pz_trainer_get_samples_per_second (f->trainer), >, 0.0);
  g_assert_cmpfloat (pz_trainer_get_seconds_left (f->trainer), >, 0.0);

  pz_trainer_stop (f->trainer);
  finish (f);
}

static void
test_stop (Fixture      *f,
           gconstpointer data)
{
  guint n_nets;

  start (f);
  n_nets = f->n_nets;
  wait_until (f->n_nets > n_nets);

  pz_trainer_stop (f->trainer);
  g_assert_cmpint (pz_trainer_get_state (f->trainer), ==, PZ_TRAINER_STOPPING);
  pz_trainer_stop (f->trainer);
  finish (f);

  g_assert_no_error (f->error);
  g_assert_cmpint (f->end, ==, MLP_END_STOPPED);
  g_assert_cmpint (memcmp (mlp_net_peek_params (pz_trainer_peek_net (f->trainer)), mlp_net_peek_params (f->net),
                           mlp_net_get_n_params (f->net) * sizeof (float)), !=, 0);
  g_assert_cmpfloat (pz_trainer_get_progress (f->trainer), <, 1.0);
  g_assert_true (pz_trainer_get_can_continue (f->trainer));
  assert_epochs_in_order (f, pz_history_get_n_epochs (f->history));
}

/* Before the thread has begun, too. */
static void
test_stop_at_once (Fixture      *f,
                   gconstpointer data)
{
  start (f);
  pz_trainer_stop (f->trainer);
  finish (f);

  g_assert_no_error (f->error);
  g_assert_cmpint (f->end, ==, MLP_END_STOPPED);
  g_assert_cmpuint (pz_history_get_n_epochs (f->history), <, f->options.epochs);
}

/* Held, looked at and let go a few times, a run ends where it would have. */
static void
test_pause (Fixture      *f,
            gconstpointer data)
{
  g_autoptr(MlpNet) expected = NULL;
  guint n_epochs = 2;
  guint n_pauses;

  f->options.epochs = n_epochs;
  expected = train_directly (f, n_epochs);

  start (f);
  for (n_pauses = 0; n_pauses < 3 && !f->done; n_pauses++)
    {
      guint n_nets = f->n_nets;
      guint n_progress;

      pz_trainer_pause (f->trainer);
      g_assert_cmpint (pz_trainer_get_state (f->trainer), ==, PZ_TRAINER_PAUSED);
      g_assert_true (isnan (pz_trainer_get_seconds_left (f->trainer)));

      /* The thread sends what it has, and then nothing. */
      wait_until (f->n_nets > n_nets);
      run_for (20);
      n_nets = f->n_nets;
      n_progress = f->n_progress;
      run_for (150);
      g_assert_cmpuint (f->n_nets, ==, n_nets);
      g_assert_cmpuint (f->n_progress, ==, n_progress);
      g_assert_false (f->done);

      pz_trainer_resume (f->trainer);
      g_assert_cmpint (pz_trainer_get_state (f->trainer), ==, PZ_TRAINER_RUNNING);
      wait_until (f->n_progress > n_progress || f->done);
    }
  finish (f);
  g_assert_cmpuint (n_pauses, >, 0);

  g_assert_cmpint (f->end, ==, MLP_END_DONE);
  assert_same_params (pz_trainer_peek_net (f->trainer), expected);
}

static void
test_stop_paused (Fixture      *f,
                  gconstpointer data)
{
  start (f);
  wait_until (f->n_progress > 1);
  pz_trainer_pause (f->trainer);
  pz_trainer_stop (f->trainer);
  finish (f);

  g_assert_cmpint (f->end, ==, MLP_END_STOPPED);
}

/* The rate holds from the next batch on, so for the rest of this epoch. */
static void
test_rate (Fixture      *f,
           gconstpointer data)
{
  const MlpEpoch *epochs;
  guint n_epochs;

  f->options.epochs = 1;
  start (f);
  pz_trainer_pause (f->trainer);
  wait_until (f->n_nets > 1);
  g_assert_cmpuint (pz_history_get_n_epochs (f->history), ==, 0);
  pz_trainer_set_rate (f->trainer, 0.0005f);
  pz_trainer_resume (f->trainer);
  finish (f);

  /* And after the run: for the next one. */
  pz_trainer_set_rate (f->trainer, 0.0001f);
  f->done = FALSE;
  pz_trainer_continue_async (f->trainer, 1, NULL, on_done, f);
  finish (f);

  epochs = pz_history_peek_epochs (f->history, &n_epochs);
  g_assert_cmpuint (n_epochs, ==, 2);
  assert_close (epochs[0].rate, 0.0005, 1e-9);
  assert_close (epochs[1].rate, 0.0001, 1e-9);
}

static void
test_divergence (Fixture      *f,
                 gconstpointer data)
{
  const MlpLayer layers[] = { { 8, MLP_IDENTITY }, { 10, MLP_IDENTITY } };

  mlp_net_free (f->net);
  f->net = mlp_net_new (784, layers, 2, NULL);
  mlp_net_init (f->net, MLP_INIT_HE, FALSE, 1);
  f->options.loss = MLP_LOSS_SQUARED;
  f->options.optimizer.kind = MLP_SGD;
  f->options.rate = 1e10f;

  start (f);
  finish (f);

  g_assert_false (f->ok);
  g_assert_error (f->error, MLP_ERROR, MLP_ERROR_NOT_FINITE);
  g_test_message ("%s", f->error->message);
  g_assert_true (mlp_net_is_finite (pz_trainer_peek_net (f->trainer)));
  assert_same_params (pz_trainer_peek_net (f->trainer), f->net);
  g_assert_false (pz_trainer_get_can_continue (f->trainer));

  /* A better rate helps: the trainer is as good as new. */
  f->options.rate = 1e-3f;
  start (f);
  finish (f);
  g_assert_no_error (f->error);
}

/* What cannot be begun ends with its reason. */
static void
test_wrong_shape (Fixture      *f,
                  gconstpointer data)
{
  const MlpLayer layers[] = { { 10, MLP_SOFTMAX } };

  mlp_net_free (f->net);
  f->net = mlp_net_new (7, layers, 1, NULL);

  start (f);
  finish (f);
  g_assert_error (f->error, MLP_ERROR, MLP_ERROR_SHAPE);
  g_assert_false (pz_trainer_get_can_continue (f->trainer));
}

static void
test_early_stop (Fixture      *f,
                 gconstpointer data)
{
  /* Too large a step: the validation loss gets worse at once. */
  f->options.optimizer.kind = MLP_SGD;
  f->options.rate = 5.0f;
  f->options.epochs = 1000;
  f->options.patience = 2;

  start (f);
  finish (f);
  g_assert_no_error (f->error);
  g_assert_cmpint (f->end, ==, MLP_END_EARLY);
  g_assert_cmpuint (pz_history_get_n_epochs (f->history), ==, pz_history_get_best_epoch (f->history) + 2);
  g_assert_cmpfloat (pz_trainer_get_progress (f->trainer), ==, 1.0);
}

static void
test_cancel (Fixture      *f,
             gconstpointer data)
{
  gboolean paused = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (f->trainer), "paused"));

  start (f);
  wait_until (f->n_progress > 1);
  if (paused)
    pz_trainer_pause (f->trainer);
  g_cancellable_cancel (f->cancellable);
  finish (f);

  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (pz_trainer_get_can_continue (f->trainer));
  g_assert_cmpuint (f->n_busy, ==, 2);
}

static void
test_cancel_paused (Fixture      *f,
                    gconstpointer data)
{
  g_object_set_data (G_OBJECT (f->trainer), "paused", GINT_TO_POINTER (TRUE));
  test_cancel (f, data);
}

static void
test_cancelled_before (Fixture      *f,
                       gconstpointer data)
{
  g_cancellable_cancel (f->cancellable);
  start (f);
  finish (f);
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
on_refused (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  gboolean *refused = user_data;
  g_autoptr(GError) error = NULL;

  g_assert_false (pz_trainer_run_finish (PZ_TRAINER (object), result, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  *refused = TRUE;
}

static void
test_busy (Fixture      *f,
           gconstpointer data)
{
  gboolean refused = FALSE;

  start (f);
  pz_trainer_run_async (f->trainer, f->net, f->samples, f->split, &f->options, f->history,
                        NULL, on_refused, &refused);
  wait_until (refused);
  refused = FALSE;
  pz_trainer_continue_async (f->trainer, 1, NULL, on_refused, &refused);
  wait_until (refused);
  g_assert_true (pz_trainer_get_busy (f->trainer));
  pz_trainer_stop (f->trainer);
  finish (f);
}

/* Nobody holds the trainer but its run: it goes with it, in this thread. */
static void
on_gone (gpointer user_data,
         GObject *where)
{
  gboolean *gone = user_data;

  g_assert_true (g_main_context_is_owner (NULL));
  *gone = TRUE;
}

static void
test_dropped (Fixture      *f,
              gconstpointer data)
{
  gboolean gone = FALSE;

  start (f);
  g_object_weak_ref (G_OBJECT (f->trainer), on_gone, &gone);
  g_signal_handlers_disconnect_by_data (f->trainer, f);
  g_clear_object (&f->trainer);
  run_for (30);
  g_assert_false (gone);
  g_cancellable_cancel (f->cancellable);
  wait_until (gone);
  g_assert_true (f->done);
}

#define ADD(path, setup, func) \
  g_test_add ("/model/trainer/" path, Fixture, setup, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  /* Everything is delivered to the default context, which is this thread's. */
  g_assert_true (g_main_context_acquire (NULL));

  ADD ("result", &few, test_result);
  ADD ("many-epochs", &quick, test_many_epochs);
  ADD ("frequencies", &slow, test_frequencies);
  ADD ("stop", &steady, test_stop);
  ADD ("stop-at-once", &steady, test_stop_at_once);
  ADD ("pause", &steady, test_pause);
  ADD ("stop-paused", &steady, test_stop_paused);
  ADD ("rate", &steady, test_rate);
  ADD ("divergence", &few, test_divergence);
  ADD ("wrong-shape", &few, test_wrong_shape);
  ADD ("early-stop", &few, test_early_stop);
  ADD ("cancel", &steady, test_cancel);
  ADD ("cancel-paused", &steady, test_cancel_paused);
  ADD ("cancelled-before", &steady, test_cancelled_before);
  ADD ("busy", &steady, test_busy);
  ADD ("dropped", &steady, test_dropped);

  return g_test_run ();
}
