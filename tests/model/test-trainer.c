/* test-trainer.c: runs in the background: what is told, when, and what stays.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "trainer-util.h"

/* The thread computes what core computes; all epochs come, in order. */
static void
test_result (Fixture      *f,
             gconstpointer data)
{
  g_autoptr(MlpNet) expected = trainer_run_directly (f, f->options.epochs);

  trainer_start (f);
  g_assert_true (pz_trainer_get_history (f->trainer) == f->history);
  assert_same_params (pz_trainer_peek_net (f->trainer), f->net);
  trainer_finish (f);

  g_assert_no_error (f->error);
  g_assert_cmpint (f->end, ==, MLP_STOP_DONE);
  assert_same_params (pz_trainer_peek_net (f->trainer), expected);
  trainer_assert_epochs (f, f->options.epochs);
  g_assert_cmpuint (f->n_busy, ==, 2);
  g_assert_cmpfloat (pz_trainer_get_progress (f->trainer), ==, 1.0);
  g_assert_cmpuint (pz_trainer_get_epoch (f->trainer), ==, f->options.epochs);
  g_assert_cmpuint (pz_trainer_get_n_epochs (f->trainer), ==, f->options.epochs);
  g_assert_cmpuint (pz_trainer_get_threads (f->trainer), ==, 1);
  g_assert_true (pz_trainer_get_can_continue (f->trainer));
}

/* How often the main loop is told, at most: 25 times a second, and at the beginning and the end. */
static void
assert_rarely (guint  n_told,
               gint64 begin)
{
  const double seconds = (double) (g_get_monotonic_time () - begin) / G_TIME_SPAN_SECOND;

  g_test_message ("told %u times in %.1f s", n_told, seconds);
  g_assert_cmpfloat (n_told, <=, 25.0 * seconds + 4.0);
}

/* Many epochs go into one delivery. */
static void
test_many_epochs (Fixture      *f,
                  gconstpointer data)
{
  const gint64 begin = g_get_monotonic_time ();

  trainer_start (f);
  trainer_finish (f);

  g_assert_no_error (f->error);
  trainer_assert_epochs (f, f->options.epochs);
  assert_rarely (f->n_changed, begin);
}

/* Within one epoch: progress and snapshots come while it lasts, neither too often. */
static void
test_within_epoch (Fixture      *f,
                   gconstpointer data)
{
  const gint64 begin = g_get_monotonic_time ();

  trainer_start (f);
  wait_until (f->n_progress > 4 && f->n_nets > 3);

  g_assert_cmpuint (pz_history_get_n_epochs (f->history), ==, 0);
  g_assert_cmpfloat (pz_trainer_get_samples_per_second (f->trainer), >, 0.0);
  g_assert_cmpfloat (pz_trainer_get_seconds_left (f->trainer), >, 0.0);
  assert_rarely (f->n_progress, begin);
  assert_rarely (f->n_nets, begin);

  pz_trainer_stop (f->trainer);
  trainer_finish (f);
}

static void
test_stop (Fixture      *f,
           gconstpointer data)
{
  guint n_nets;

  trainer_start (f);
  n_nets = f->n_nets;
  wait_until (f->n_nets > n_nets);

  pz_trainer_stop (f->trainer);
  g_assert_cmpint (pz_trainer_get_state (f->trainer), ==, PZ_TRAINER_STOPPING);
  pz_trainer_stop (f->trainer);
  trainer_finish (f);

  g_assert_no_error (f->error);
  g_assert_cmpint (f->end, ==, MLP_STOP_STOPPED);
  g_assert_cmpint (memcmp (mlp_net_peek_params (pz_trainer_peek_net (f->trainer)), mlp_net_peek_params (f->net),
                           mlp_net_get_n_params (f->net) * sizeof (float)), !=, 0);
  g_assert_cmpfloat (pz_trainer_get_progress (f->trainer), <, 1.0);
  g_assert_true (pz_trainer_get_can_continue (f->trainer));
  trainer_assert_epochs (f, pz_history_get_n_epochs (f->history));
}

/* Before the thread has begun, too. */
static void
test_stop_at_once (Fixture      *f,
                   gconstpointer data)
{
  trainer_start (f);
  pz_trainer_stop (f->trainer);
  trainer_finish (f);

  g_assert_no_error (f->error);
  g_assert_cmpint (f->end, ==, MLP_STOP_STOPPED);
  g_assert_cmpuint (pz_history_get_n_epochs (f->history), <, f->options.epochs);
}

/* Held and let go, a run ends where it would have. */
static void
test_pause (Fixture      *f,
            gconstpointer data)
{
  g_autoptr(MlpNet) expected = NULL;

  f->options.epochs = 2;
  expected = trainer_run_directly (f, f->options.epochs);

  trainer_start_paused (f);
  wait_until (pz_trainer_get_held (f->trainer));
  pz_trainer_resume (f->trainer);
  g_assert_false (pz_trainer_get_held (f->trainer));
  trainer_finish (f);

  g_assert_cmpint (f->end, ==, MLP_STOP_DONE);
  assert_same_params (pz_trainer_peek_net (f->trainer), expected);
}

/* Held, looked at and let go again and again: nothing comes while it is held, and its
 * weights stay on the way that they would have gone.
 */
static void
test_pauses (Fixture      *f,
             gconstpointer data)
{
  trainer_start (f);
  for (guint i = 0; i < 3; i++)
    {
      guint n_nets, n_progress;

      pz_trainer_pause (f->trainer);
      g_assert_cmpint (pz_trainer_get_state (f->trainer), ==, PZ_TRAINER_PAUSED);
      g_assert_true (isnan (pz_trainer_get_seconds_left (f->trainer)));

      wait_until (pz_trainer_get_held (f->trainer));
      n_nets = f->n_nets;
      n_progress = f->n_progress;
      run_for (50);
      g_assert_cmpuint (f->n_nets, ==, n_nets);
      g_assert_cmpuint (f->n_progress, ==, n_progress);
      g_assert_true (pz_trainer_get_held (f->trainer));

      /* Again before the thread has woken, perhaps. */
      pz_trainer_resume (f->trainer);
      pz_trainer_pause (f->trainer);
      g_assert_false (pz_trainer_get_held (f->trainer));
      wait_until (pz_trainer_get_held (f->trainer));

      pz_trainer_resume (f->trainer);
      g_assert_cmpint (pz_trainer_get_state (f->trainer), ==, PZ_TRAINER_RUNNING);
      n_progress = f->n_progress;
      wait_until (f->n_progress > n_progress);
    }
  pz_trainer_stop (f->trainer);
  trainer_finish (f);

  g_assert_cmpint (f->end, ==, MLP_STOP_STOPPED);
  trainer_assert_on_way (f);
}

static void
test_stop_paused (Fixture      *f,
                  gconstpointer data)
{
  trainer_start (f);
  wait_until (f->n_progress > 1);
  pz_trainer_pause (f->trainer);
  wait_until (pz_trainer_get_held (f->trainer));
  pz_trainer_stop (f->trainer);
  trainer_finish (f);

  g_assert_cmpint (f->end, ==, MLP_STOP_STOPPED);
}

/* The rate holds from the next batch on, so for the rest of this epoch. */
static void
test_rate (Fixture      *f,
           gconstpointer data)
{
  const MlpEpoch *epochs;
  guint n_epochs;

  f->options.epochs = 1;
  trainer_start_paused (f);
  wait_until (pz_trainer_get_held (f->trainer));
  g_assert_cmpuint (pz_history_get_n_epochs (f->history), ==, 0);
  pz_trainer_set_rate (f->trainer, 0.0005f);
  pz_trainer_resume (f->trainer);
  trainer_finish (f);

  /* And after the run: for the next one. */
  pz_trainer_set_rate (f->trainer, 0.0001f);
  f->done = FALSE;
  pz_trainer_continue_async (f->trainer, 1, NULL, trainer_on_done, f);
  trainer_finish (f);

  epochs = pz_history_peek_epochs (f->history, &n_epochs);
  g_assert_cmpuint (n_epochs, ==, 2);
  assert_close (epochs[0].rate, 0.0005, 1e-9);
  assert_close (epochs[1].rate, 0.0001, 1e-9);
}

#define ADD(path, setup, func) \
  g_test_add ("/model/trainer/" path, Fixture, setup, trainer_set_up, func, trainer_tear_down)

/* The thread draws what mlp_net_init() draws. */
static void
test_drawn_in_the_thread (Fixture      *f,
                          gconstpointer data)
{
  g_autoptr(MlpNet) given = f->net;
  g_autoptr(MlpNet) expected = NULL;
  PzTrainerPlan plan;

  f->options.seed = 7;
  f->options.init = MLP_INIT_XAVIER;
  f->options.epochs = 2;

  f->net = mlp_net_copy (given);
  mlp_net_init (f->net, MLP_INIT_XAVIER, f->options.random_biases, 7);
  expected = trainer_run_directly (f, 2);
  mlp_net_free (g_steal_pointer (&f->net));

  f->net = mlp_net_copy (given);
  f->done = FALSE;
  plan = trainer_plan (f);
  plan.draw = TRUE;
  pz_trainer_run_async (f->trainer, &plan, NULL, trainer_on_done, f);
  trainer_finish (f);

  g_assert_true (f->ok);
  g_assert_cmpmem (mlp_net_peek_params (pz_trainer_peek_net (f->trainer)),
                   mlp_net_get_n_params (expected) * sizeof (float),
                   mlp_net_peek_params (expected),
                   mlp_net_get_n_params (expected) * sizeof (float));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  /* Everything is delivered to the default context, which is this thread's. */
  g_assert_true (g_main_context_acquire (NULL));

  ADD ("result", &few, test_result);
  ADD ("many-epochs", &quick, test_many_epochs);
  ADD ("within-epoch", &slow, test_within_epoch);
  ADD ("stop", &steady, test_stop);
  ADD ("stop-at-once", &steady, test_stop_at_once);
  ADD ("pause", &steady, test_pause);
  ADD ("pauses", &steady, test_pauses);
  ADD ("stop-paused", &steady, test_stop_paused);
  ADD ("rate", &steady, test_rate);
  ADD ("drawn-in-the-thread", &few, test_drawn_in_the_thread);

  return g_test_run ();
}
