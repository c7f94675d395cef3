/* test-continued.c: a run that is interrupted, kept and continued gives the bits of one
 * that was not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/net/mlp-split.h"
#include "core/runs.h"
#include "core/same-epochs.h"
#include "test-util.h"

#define N_INPUTS 120
#define N_SAMPLES 300
#define N_TRAIN 250
#define BATCH 90

/* What one run and its parts have in common. */
typedef struct
{
  MlpSamples     *samples;
  MlpSplit       *split;
  MlpTrainOptions options;
} Problem;

static void
problem_init (Problem         *problem,
              gboolean         sparse,
              MlpOptimizerKind kind,
              MlpAugment       augment,
              guint            threads)
{
  const MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;

  problem->samples = run_make_bars (sparse, N_SAMPLES);
  problem->split = mlp_split_new (run_count_up (N_SAMPLES), N_TRAIN, N_SAMPLES - N_TRAIN, 0);
  problem->options = options;
  problem->options.optimizer.kind = kind;
  problem->options.rate = kind <= MLP_NESTEROV ? 0.05f : 0.002f;
  problem->options.augment = augment;
  problem->options.threads = threads;
  problem->options.batch_size = BATCH;
  problem->options.epochs = 6;
  problem->options.dropout = 0.2f;
  problem->options.label_smoothing = 0.1f;
  problem->options.schedule.kind = MLP_SCHEDULE_COSINE;
  problem->options.schedule.warmup_epochs = 1;
}

static void
problem_clear (Problem *problem)
{
  mlp_samples_unref (problem->samples);
  mlp_split_unref (problem->split);
}

static MlpTraining *
make_training (const Problem *problem)
{
  g_autoptr(MlpNet) net = run_make_net (N_INPUTS, 70);
  g_autoptr(GError) error = NULL;
  MlpTraining *training = mlp_training_new (net, problem->samples, problem->split, &problem->options, &error);

  g_assert_no_error (error);

  return training;
}

/* What is left of @training, and nothing else. */
static MlpTraining *
reopen (const Problem *problem,
        MlpTraining   *training)
{
  g_autoptr(MlpNet) net = NULL;
  g_autoptr(MlpTrainingState) state = mlp_training_dup_state (training, &net);
  g_autoptr(GError) error = NULL;
  MlpTraining *continued;

  g_assert_true (mlp_training_state_check (state, &error));
  g_assert_no_error (error);
  continued = mlp_training_new_continued (net, problem->samples, problem->split, &problem->options, state, &error);
  g_assert_no_error (error);
  mlp_training_free (training);

  return continued;
}

static void
assert_same_floats (const float *a,
                    const float *b,
                    gsize        n)
{
  if ((a == NULL) != (b == NULL))
    g_error ("There is one of two vectors");

  if (a != NULL)
    g_assert_cmpmem (a, n * sizeof *a, b, n * sizeof *b);
}

/* Everything: network, moments, order, random numbers, early stopping. */
static void
assert_same (const MlpTraining *a,
             const MlpTraining *b)
{
  g_autoptr(MlpNet) net_a = NULL;
  g_autoptr(MlpNet) net_b = NULL;
  g_autoptr(MlpTrainingState) x = mlp_training_dup_state (a, &net_a);
  g_autoptr(MlpTrainingState) y = mlp_training_dup_state (b, &net_b);

  assert_same_floats (mlp_net_peek_params (net_a), mlp_net_peek_params (net_b), x->n_params);
  assert_same_floats (x->last, y->last, x->n_params);
  for (guint i = 0; i < x->n_moments; i++)
    assert_same_floats (x->moments[i], y->moments[i], x->n_params);

  g_assert_cmpmem (x->order, x->n_train * sizeof *x->order, y->order, y->n_train * sizeof *y->order);
  g_assert_cmpmem (&x->shuffle, sizeof x->shuffle, &y->shuffle, sizeof y->shuffle);
  g_assert_cmpmem (x->dropout, sizeof x->dropout, y->dropout, sizeof y->dropout);
  g_assert_cmpuint (x->n_steps, ==, y->n_steps);
  g_assert_cmpuint (x->n_epochs, ==, y->n_epochs);
  g_assert_cmpuint (x->best_epoch, ==, y->best_epoch);
  g_assert_cmpfloat (x->best_loss, ==, y->best_loss);
  g_assert_cmpuint (x->n_worse, ==, y->n_worse);
}

/* Interrupted after @stops (closed by 0) batches, counted from the beginning. */
static void
check_problem (const Problem *problem,
               const gsize   *stops)
{
  const guint n_epochs = problem->options.epochs;
  g_autoptr(MlpTraining) whole = make_training (problem);
  g_autoptr(MlpTraining) parts = make_training (problem);
  RunLog log_whole, log_parts;
  MlpStopReason end;

  run_log_init (&log_whole);
  run_log_init (&log_parts);
  end = run_training (whole, n_epochs, &log_whole);

  for (gsize i = 0; stops[i] != 0; i++)
    {
      log_parts.stop_after = stops[i];
      g_assert_cmpint (run_training (parts, n_epochs - mlp_training_get_n_epochs (parts, NULL), &log_parts),
                       ==, MLP_STOP_STOPPED);
      parts = reopen (problem, g_steal_pointer (&parts));
    }

  log_parts.stop_after = 0;
  g_assert_cmpint (run_training (parts, n_epochs - mlp_training_get_n_epochs (parts, NULL), &log_parts), ==, end);
  assert_same (whole, parts);
  assert_same_epochs (log_whole.epochs, log_parts.epochs);

  run_log_clear (&log_whole);
  run_log_clear (&log_parts);
}

/* Three batches an epoch: in the first one, at the end of the second, and later twice in one. */
static const gsize stops[] = { 2, 6, 13, 14, 0 };

/* All optimisers, with and without augmentation, by 1 and 2 threads, dense and sparse. */
static void
test_same_bits (void)
{
  static const MlpAugment augments[] = { MLP_AUGMENT_NONE, MLP_AUGMENT_ELASTIC };

  for (guint kind = 0; kind < MLP_N_OPTIMIZERS; kind++)
    {
      for (guint augment = 0; augment < G_N_ELEMENTS (augments); augment++)
        {
          for (guint threads = 1; threads <= 2; threads++)
            {
              for (gboolean sparse = FALSE; sparse <= TRUE; sparse++)
                {
                  Problem problem;

                  problem_init (&problem, sparse, kind, augments[augment], threads);
                  check_problem (&problem, stops);
                  problem_clear (&problem);
                }
            }
        }
    }
}

/* What else there is to a step. */
static void
test_penalties (void)
{
  Problem problem;

  problem_init (&problem, TRUE, MLP_ADAMW, MLP_AUGMENT_AFFINE, 2);
  problem.options.l1 = 1e-4f;
  problem.options.l2 = 1e-3f;
  problem.options.max_norm = 1.5f;
  problem.options.clip_norm = 1.0f;
  check_problem (&problem, stops);
  problem_clear (&problem);
}

/* Early stopping counts on, and the best weights stay the best, however often the run is
 * interrupted; also where it is a weight of the first part. */
static void
test_patience (void)
{
  Problem problem;

  problem_init (&problem, FALSE, MLP_ADAM, MLP_AUGMENT_NONE, 1);
  problem.options.patience = 4;
  problem.options.epochs = 60;
  problem.options.rate = 0.05f;

  {
    static const gsize many[] = { 1, 2, 4, 6, 7, 9, 11, 12, 13, 14, 15, 16, 18, 0 };
    g_autoptr(MlpTraining) whole = make_training (&problem);
    RunLog log;

    /* It does stop early, behind all that. */
    run_log_init (&log);
    g_assert_cmpint (run_training (whole, 60, &log), ==, MLP_STOP_EARLY);
    g_assert_cmpuint (log.epochs->len, >=, 7);
    g_assert_cmpuint (log.epochs->len, ==, mlp_training_get_best_epoch (whole) + 4);
    run_log_clear (&log);

    check_problem (&problem, many);
  }

  problem_clear (&problem);
}

typedef struct
{
  RunLog            log;      /* the first: run_log_add_epoch() takes it */
  gsize             at;       /* batches until it is taken */
  MlpNet           *net;
  MlpTrainingState *state;
} Taken;

static gboolean
take_state (MlpTraining       *training,
            const MlpProgress *progress,
            gpointer           user_data)
{
  Taken *taken = user_data;

  if (++taken->log.n_batches == taken->at)
    taken->state = mlp_training_dup_state (training, &taken->net);

  return TRUE;
}

/* Taken while it runs, after the last batch of the second epoch, which is not validated yet. */
static void
test_end_of_epoch (void)
{
  Taken taken = { .at = 6 };
  const MlpMonitor monitor = { take_state, run_log_add_epoch, &taken };
  g_autoptr(MlpTraining) whole = NULL;
  g_autoptr(MlpTraining) rest = NULL;
  g_autoptr(GError) error = NULL;
  Problem problem;
  RunLog log;
  MlpStopReason end;

  problem_init (&problem, FALSE, MLP_ADAM, MLP_AUGMENT_NONE, 1);
  problem.options.epochs = 4;
  whole = make_training (&problem);
  run_log_init (&taken.log);
  run_log_init (&log);
  g_assert_true (mlp_training_run (whole, 4, &monitor, &end, &error));
  g_assert_no_error (error);

  g_assert_nonnull (taken.state);
  g_assert_cmpuint (taken.state->n_done, ==, N_TRAIN);
  g_assert_cmpuint (taken.state->n_epochs, ==, 1);
  g_assert_true (mlp_training_state_check (taken.state, &error));
  rest = mlp_training_new_continued (taken.net, problem.samples, problem.split, &problem.options, taken.state, &error);
  g_assert_no_error (error);
  g_assert_cmpint (run_training (rest, 3, &log), ==, end);
  assert_same (whole, rest);

  g_array_remove_index (taken.log.epochs, 0);
  assert_same_epochs (taken.log.epochs, log.epochs);

  mlp_net_free (taken.net);
  mlp_training_state_unref (taken.state);
  run_log_clear (&taken.log);
  run_log_clear (&log);
  problem_clear (&problem);
}

/* The cosine is planned once; beyond its end the rate of its last batch holds. */
static void
test_schedule (void)
{
  Problem problem;
  g_autoptr(MlpTraining) training = NULL;
  double last;
  RunLog log;

  problem_init (&problem, FALSE, MLP_SGD, MLP_AUGMENT_NONE, 1);
  problem.options.schedule.warmup_epochs = 0;
  problem.options.epochs = 3;

  run_log_init (&log);
  training = make_training (&problem);
  run_training (training, 3, &log);
  training = reopen (&problem, g_steal_pointer (&training));
  run_training (training, 2, &log);
  problem.options.epochs = 20;
  training = reopen (&problem, g_steal_pointer (&training));
  run_training (training, 2, &log);

  /* Batches of 90, 90 and 70: the last one is in the middle at 2 + 215 / 250 of 3 epochs. */
  last = 0.05 * 0.5 * (1.0 + cos (G_PI * (2.0 + 215.0 / 250.0) / 3.0));
  g_assert_cmpuint (log.epochs->len, ==, 7);
  for (guint i = 2; i < 7; i++)
    assert_close (run_log_get (&log, i)->rate, last, 1e-6);

  run_log_clear (&log);
  problem_clear (&problem);
}

static void
assert_refused (const Problem          *problem,
                const MlpNet           *net,
                const MlpTrainingState *state)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (mlp_training_new_continued (net, problem->samples, problem->split, &problem->options, state, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_SHAPE);
}

/* Another network, optimizer, batch size, or other samples: an error, nothing else. */
static void
test_others (void)
{
  g_autoptr(MlpTraining) training = NULL;
  g_autoptr(MlpTrainingState) state = NULL;
  g_autoptr(MlpNet) net = NULL;
  g_autoptr(MlpNet) other_net = run_make_net (N_INPUTS, 69);
  Problem problem;
  guint32 *items;

  problem_init (&problem, FALSE, MLP_ADAM, MLP_AUGMENT_NONE, 1);
  training = make_training (&problem);
  run_training (training, 1, NULL);
  state = mlp_training_dup_state (training, &net);

  assert_refused (&problem, other_net, state);
  problem.options.optimizer.kind = MLP_RMSPROP;
  assert_refused (&problem, net, state);
  problem.options.optimizer.kind = MLP_ADAM;
  problem.options.batch_size = 20;
  assert_refused (&problem, net, state);
  problem.options.batch_size = BATCH;

  mlp_split_unref (problem.split);
  problem.split = mlp_split_new (run_count_up (N_SAMPLES), N_TRAIN - 1, 50, 0);
  assert_refused (&problem, net, state);

  items = run_count_up (N_SAMPLES);
  items[0] = N_SAMPLES - 1;
  items[N_SAMPLES - 1] = 0;
  mlp_split_unref (problem.split);
  problem.split = mlp_split_new (items, N_TRAIN, 50, 0);
  assert_refused (&problem, net, state);

  problem_clear (&problem);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/continued/same-bits", test_same_bits);
  g_test_add_func ("/core/continued/penalties", test_penalties);
  g_test_add_func ("/core/continued/patience", test_patience);
  g_test_add_func ("/core/continued/end-of-epoch", test_end_of_epoch);
  g_test_add_func ("/core/continued/schedule", test_schedule);
  g_test_add_func ("/core/continued/others", test_others);

  return g_test_run ();
}
