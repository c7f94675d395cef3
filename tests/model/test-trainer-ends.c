/* test-trainer-ends.c: runs that do not end as they should.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "core/mlp-error.h"
#include "trainer-util.h"

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

  trainer_start (f);
  trainer_finish (f);

  g_assert_false (f->ok);
  g_assert_error (f->error, MLP_ERROR, MLP_ERROR_NOT_FINITE);
  g_test_message ("%s", f->error->message);
  g_assert_true (mlp_net_is_finite (pz_trainer_peek_net (f->trainer)));
  assert_same_params (pz_trainer_peek_net (f->trainer), f->net);
  g_assert_false (pz_trainer_get_can_continue (f->trainer));

  /* A better rate helps: the trainer is as good as new. */
  f->options.rate = 1e-3f;
  trainer_start (f);
  trainer_finish (f);
  g_assert_no_error (f->error);
}

/* Weights that one batch made infinite, before a loss could say so: even a pause,
 * which shows what there is, does not show them.
 */
static void
test_divergence_paused (Fixture      *f,
                        gconstpointer data)
{
  const MlpLayer layer = { 10, MLP_IDENTITY };

  mlp_net_free (f->net);
  f->net = mlp_net_new (784, &layer, 1, NULL);
  mlp_net_init (f->net, MLP_INIT_NORMAL, TRUE, 1);
  f->options.loss = MLP_LOSS_SQUARED;
  f->options.optimizer.kind = MLP_SGD;
  f->options.rate = G_MAXFLOAT;

  trainer_start_paused (f);
  wait_until (pz_trainer_get_held (f->trainer));
  g_assert_true (mlp_net_is_finite (pz_trainer_peek_net (f->trainer)));
  pz_trainer_resume (f->trainer);
  trainer_finish (f);

  g_assert_error (f->error, MLP_ERROR, MLP_ERROR_NOT_FINITE);
  assert_same_params (pz_trainer_peek_net (f->trainer), f->net);
}

/* What cannot be begun ends with its reason. */
static void
test_wrong_shape (Fixture      *f,
                  gconstpointer data)
{
  const MlpLayer layers[] = { { 10, MLP_SOFTMAX } };

  mlp_net_free (f->net);
  f->net = mlp_net_new (7, layers, 1, NULL);

  trainer_start (f);
  trainer_finish (f);
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

  trainer_start (f);
  trainer_finish (f);
  g_assert_no_error (f->error);
  g_assert_cmpint (f->end, ==, MLP_STOP_EARLY);
  g_assert_cmpuint (pz_history_get_n_epochs (f->history), ==, pz_history_get_best_epoch (f->history) + 2);
  g_assert_cmpfloat (pz_trainer_get_progress (f->trainer), ==, 1.0);
}

static void
test_cancel (Fixture      *f,
             gconstpointer data)
{
  gboolean paused = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (f->trainer), "paused"));

  trainer_start (f);
  wait_until (f->n_progress > 1);
  if (paused)
    pz_trainer_pause (f->trainer);
  g_cancellable_cancel (f->cancellable);
  trainer_finish (f);

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
  trainer_start (f);
  trainer_finish (f);
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
  const PzTrainerPlan plan = trainer_plan (f);
  gboolean refused = FALSE;

  trainer_start (f);
  pz_trainer_run_async (f->trainer, &plan, NULL, on_refused, &refused);
  wait_until (refused);
  refused = FALSE;
  pz_trainer_continue_async (f->trainer, 1, NULL, on_refused, &refused);
  wait_until (refused);
  g_assert_true (pz_trainer_get_busy (f->trainer));
  pz_trainer_stop (f->trainer);
  trainer_finish (f);
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

  trainer_start (f);
  g_object_weak_ref (G_OBJECT (f->trainer), on_gone, &gone);
  g_signal_handlers_disconnect_by_data (f->trainer, f);
  g_clear_object (&f->trainer);
  wait_until (pz_history_get_n_epochs (f->history) > 2);
  g_assert_false (gone);
  g_cancellable_cancel (f->cancellable);
  wait_until (gone);
  g_assert_true (f->done);
}

#define ADD(path, setup, func) \
  g_test_add ("/model/trainer/" path, Fixture, setup, trainer_set_up, func, trainer_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  /* Everything is delivered to the default context, which is this thread's. */
  g_assert_true (g_main_context_acquire (NULL));

  ADD ("divergence", &few, test_divergence);
  ADD ("divergence-paused", &few, test_divergence_paused);
  ADD ("wrong-shape", &few, test_wrong_shape);
  ADD ("early-stop", &few, test_early_stop);
  ADD ("cancel", &steady, test_cancel);
  ADD ("cancel-paused", &steady, test_cancel_paused);
  ADD ("cancelled-before", &steady, test_cancelled_before);
  ADD ("busy", &steady, test_busy);
  ADD ("dropped", &steady, test_dropped);

  return g_test_run ();
}
