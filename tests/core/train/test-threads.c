/* test-threads.c: how many threads compute, when nobody says it.
 *
 * The clock is the test's: a batch takes as long as it says.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/runs.h"
#include "test-util.h"

/* Batches of 100, 100 and 50 in an epoch; the short ones are not timed. */
#define N_EPOCHS 150

typedef struct
{
  MlpTraining *training;
  gint64       time;
  gint64       alone;         /* what each call of the clock adds when one thread computes */
  gint64       shared;        /* when all do */
  guint        n_calls;
  guint        n_batches;     /* with one thread, and … */
  guint        n_alone;
} Clock;

/* What now () takes; it has no argument. */
static Clock the;

static gint64
now (void)
{
  the.n_calls++;
  the.time += mlp_training_get_threads (the.training) == 1 ? the.alone : the.shared;

  return the.time;
}

static gboolean
count (MlpTraining       *training,
       const MlpProgress *progress,
       gpointer           user_data)
{
  the.n_batches++;
  the.n_alone += mlp_training_get_threads (training) == 1;

  return TRUE;
}

static void
run (guint    threads,
     gint64   alone,
     gint64   shared,
     gint64 (*clock)(void))
{
  const MlpMonitor monitor = { count, NULL, NULL, clock };
  MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;
  g_autoptr(MlpTraining) training = NULL;
  g_autoptr(MlpTraining) other = NULL;
  const MlpNet *x;
  const MlpNet *y;
  MlpStopReason end;

  options.batch_size = 100;
  options.threads = threads;
  training = run_make_training (330, 100, &options);
  the = (Clock) { .training = training, .alone = alone, .shared = shared };
  g_assert_true (mlp_training_run (training, N_EPOCHS, &monitor, &end, NULL));
  g_assert_cmpuint (the.n_batches, ==, 3 * N_EPOCHS);

  /* Whatever was chosen, and when: the bits are the same. */
  options.threads = 1;
  other = run_make_training (330, 100, &options);
  run_training (other, N_EPOCHS, NULL);
  x = mlp_training_peek_net (training);
  y = mlp_training_peek_net (other);
  g_assert_cmpmem (mlp_net_peek_params (x), mlp_net_get_n_params (x) * sizeof (float),
                   mlp_net_peek_params (y), mlp_net_get_n_params (y) * sizeof (float));
}

static gboolean
has_threads (void)
{
  if (g_get_num_processors () > 1)
    return TRUE;

  g_test_skip ("There is one processor, and so no choice");

  return FALSE;
}

/* Two rounds of eight batches each way; the rest of the 450 the faster way. */
static void
test_shared_is_faster (void)
{
  if (!has_threads ())
    return;

  run (0, 100, 60, now);
  g_assert_cmpuint (the.n_alone, >=, 16);
  g_assert_cmpuint (the.n_alone, <, 16 + 16);
}

static void
test_alone_is_faster (void)
{
  if (!has_threads ())
    return;

  run (0, 100, 300, now);
  g_assert_cmpuint (the.n_batches - the.n_alone, >=, 4);
  g_assert_cmpuint (the.n_batches - the.n_alone, <, 16);
}

/* As fast together as alone: leave the others their processor. */
static void
test_same (void)
{
  if (!has_threads ())
    return;

  run (0, 100, 98, now);
  g_assert_cmpuint (the.n_batches - the.n_alone, <, 16 + 16);
}

/* Who says a number gets it, and no clock is looked at. */
static void
test_said (void)
{
  run (1, 100, 1, now);
  g_assert_cmpuint (the.n_alone, ==, the.n_batches);
  g_assert_cmpuint (the.n_calls, ==, 0);

  run (2, 100, 1000, now);
  g_assert_cmpuint (the.n_alone, ==, 0);
  g_assert_cmpuint (the.n_calls, ==, 0);
}

static void
test_no_clock (void)
{
  if (!has_threads ())
    return;

  run (0, 100, 1000, NULL);
  g_assert_cmpuint (the.n_alone, ==, 0);
}

/* Evaluations are chosen for, too, and say the same every time. */
static void
test_evaluations (void)
{
  enum { N_EVALUATED = 36 };
  MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;
  g_autoptr(MlpTraining) training = NULL;
  g_autoptr(MlpTraining) other = NULL;
  RunLog log, other_log;
  MlpMonitor monitor = { NULL, run_log_add_epoch, &log, now };
  MlpStopReason end;

  if (!has_threads ())
    return;

  run_log_init (&log);
  run_log_init (&other_log);

  /* Steps too small to share, so that it is evaluations that look at the clock. */
  options.batch_size = 10;
  training = run_make_training (330, 310, &options);
  the = (Clock) { .training = training, .alone = 1, .shared = 1 };
  g_assert_true (mlp_training_run (training, N_EVALUATED, &monitor, &end, NULL));
  g_assert_cmpuint (the.n_calls, ==, 2 * N_EVALUATED);
  g_assert_cmpuint (mlp_training_get_threads (training), ==, 1);

  options.threads = 1;
  other = run_make_training (330, 310, &options);
  run_training (other, N_EVALUATED, &other_log);

  for (guint i = 0; i < N_EVALUATED; i++)
    {
      g_assert_cmpfloat (run_log_get (&log, i)->validation_loss, ==,
                         run_log_get (&other_log, i)->validation_loss);
      g_assert_cmpfloat (run_log_get (&log, i)->validation_accuracy, ==,
                         run_log_get (&other_log, i)->validation_accuracy);
    }

  run_log_clear (&log);
  run_log_clear (&other_log);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/threads/shared-is-faster", test_shared_is_faster);
  g_test_add_func ("/core/threads/alone-is-faster", test_alone_is_faster);
  g_test_add_func ("/core/threads/same", test_same);
  g_test_add_func ("/core/threads/said", test_said);
  g_test_add_func ("/core/threads/no-clock", test_no_clock);
  g_test_add_func ("/core/threads/evaluations", test_evaluations);

  return g_test_run ();
}
