/* test-train.c: runs: what they tell, stopping, early, going on, divergence.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/net/mlp-metrics.h"
#include "core/net/mlp-split.h"
#include "core/runs.h"
#include "test-util.h"

/* What is told is what mlp_metrics_evaluate() says, and the run learns. */
static void
test_figures (void)
{
  MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;
  g_autoptr(MlpSamples) samples = run_make_stripes (20, 300);
  g_autoptr(MlpTraining) training = NULL;
  g_autofree guint32 *items = run_count_up (300);
  const MlpEpoch *epoch;
  double best = (double) INFINITY;
  guint best_epoch = 0;
  MlpMetrics metrics;
  RunLog log;

  options.rate = 0.01f;
  training = run_make_training (20, 9, &options);
  run_log_init (&log);
  g_assert_cmpuint (mlp_training_get_best_epoch (training), ==, 0);
  g_assert_cmpuint (run_training (training, 30, &log), ==, MLP_STOP_DONE);
  g_assert_cmpuint (log.epochs->len, ==, 30);
  g_assert_cmpuint (log.n_batches, ==, 30 * 4);

  epoch = run_log_get (&log, 29);
  g_assert_true (mlp_metrics_evaluate (mlp_training_peek_net (training), samples, items + 250, 50,
                                       MLP_LOSS_CROSS_ENTROPY, NULL, &metrics, NULL));
  g_assert_cmpfloat (epoch->validation_loss, ==, metrics.loss);
  g_assert_cmpfloat (epoch->validation_accuracy, ==, metrics.accuracy);
  g_assert_true (isnan (epoch->validation_mae));
  g_assert_true (isnan (epoch->train_mae));
  assert_close (epoch->rate, 0.01, 1e-8);

  g_assert_cmpfloat (epoch->validation_accuracy, >, 0.9);
  g_assert_cmpfloat (epoch->train_accuracy, >, 0.9);
  g_assert_cmpfloat (epoch->train_loss, <, 0.5 * run_log_get (&log, 0)->train_loss);

  for (guint i = 0; i < 30; i++)
    {
      g_assert_cmpuint (run_log_get (&log, i)->epoch, ==, i + 1);
      if (run_log_get (&log, i)->validation_loss < best)
        {
          best = run_log_get (&log, i)->validation_loss;
          best_epoch = i + 1;
        }
    }
  g_assert_cmpuint (mlp_training_get_best_epoch (training), ==, best_epoch);

  run_log_clear (&log);
}

/* The smallest network, h = w + b: one sample to train, one to validate. With
 * the rate 1/8 the error of the first shrinks by ¾ a step. */
static MlpTraining *
make_tiny (float y_train,
           float y_validation,
           float rate,
           float momentum,
           guint patience)
{
  const MlpLayer layer = { 1, MLP_IDENTITY };
  const MlpTrainOptions options = {
    .loss = MLP_LOSS_SQUARED, .optimizer = { MLP_MOMENTUM, momentum },
    .rate = rate, .epochs = 100, .batch_size = 1, .patience = patience,
  };
  const float inputs[] = { 1.0f, 1.0f };
  const float targets[] = { y_train, y_validation };
  g_autoptr(MlpNet) net = mlp_net_new (1, &layer, 1, NULL);
  g_autoptr(MlpSamples) samples = mlp_samples_new_values (g_memdup2 (inputs, sizeof inputs),
                                                          g_memdup2 (targets, sizeof targets), 1, 1, 2);
  g_autoptr(MlpSplit) split = mlp_split_new (run_count_up (2), 1, 1, 0);
  g_autoptr(GError) error = NULL;
  MlpTraining *training = mlp_training_new (net, samples, split, &options, &error);

  g_assert_no_error (error);

  return training;
}

static double
get_output (const MlpTraining *training)
{
  const float *params = mlp_net_peek_params (mlp_training_peek_net (training));

  return (double) params[0] + (double) params[1];
}

/* Towards 2: 0.5, 0.875, 1.15625, …; best for 1 after the second epoch. */
static void
test_early (void)
{
  g_autoptr(MlpTraining) training = make_tiny (2.0f, 1.0f, 0.125f, 0.0f, 3);
  RunLog log;

  run_log_init (&log);
  g_assert_cmpuint (run_training (training, 50, &log), ==, MLP_STOP_EARLY);
  g_assert_cmpuint (log.epochs->len, ==, 5);
  g_assert_cmpuint (mlp_training_get_best_epoch (training), ==, 2);
  g_assert_cmpfloat (get_output (training), ==, 0.875);
  assert_close (run_log_get (&log, 4)->validation_mae, 2.0 * (1.0 - pow (0.75, 5)) - 1.0, 1e-6);

  /* Whoever goes on does so from the last epoch, and has patience again. */
  g_assert_cmpuint (run_training (training, 2, &log), ==, MLP_STOP_DONE);
  g_assert_cmpuint (run_log_get (&log, 6)->epoch, ==, 7);
  assert_close (run_log_get (&log, 6)->validation_mae, 2.0 * (1.0 - pow (0.75, 7)) - 1.0, 1e-6);
  g_assert_cmpfloat (get_output (training), ==, 0.875);

  g_assert_cmpuint (run_training (training, 50, &log), ==, MLP_STOP_EARLY);
  g_assert_cmpuint (log.epochs->len, ==, 8);
  g_assert_cmpfloat (get_output (training), ==, 0.875);

  run_log_clear (&log);
}

/* Without patience the last weights stay, and the best epoch is known. */
static void
test_best_epoch (void)
{
  g_autoptr(MlpTraining) training = make_tiny (2.0f, 1.0f, 0.125f, 0.0f, 0);

  g_assert_cmpuint (run_training (training, 5, NULL), ==, MLP_STOP_DONE);
  g_assert_cmpuint (mlp_training_get_best_epoch (training), ==, 2);
  assert_close (get_output (training), 2.0 * (1.0 - pow (0.75, 5)), 1e-6);
}

/* With patience, a stop gives the best weights, too. */
static void
test_stop_with_patience (void)
{
  g_autoptr(MlpTraining) training = make_tiny (2.0f, 1.0f, 0.125f, 0.0f, 30);
  RunLog log;

  run_log_init (&log);
  log.stop_after = 6;
  g_assert_cmpuint (run_training (training, 50, &log), ==, MLP_STOP_STOPPED);
  g_assert_cmpfloat (get_output (training), ==, 0.875);
  run_log_clear (&log);
}

/* Four batches an epoch; the weights after the batch that stopped are kept. */
static void
test_stop (void)
{
  MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;
  g_autoptr(MlpTraining) training = NULL;
  g_autofree float *kept = NULL;
  const MlpNet *net;
  gsize n_params;
  RunLog log;

  options.batch_size = 64;
  training = run_make_training (20, 9, &options);
  net = mlp_training_peek_net (training);
  n_params = mlp_net_get_n_params (net);
  run_log_init (&log);

  /* Within the second epoch: it is not told, not counted, and not undone. */
  log.stop_after = 6;
  g_assert_cmpuint (run_training (training, 9, &log), ==, MLP_STOP_STOPPED);
  g_assert_cmpuint (log.n_batches, ==, 6);
  g_assert_cmpuint (log.epochs->len, ==, 1);
  g_assert_cmpint (memcmp (mlp_net_peek_params (net), log.params->data, n_params * sizeof (float)), !=, 0);
  kept = g_memdup2 (mlp_net_peek_params (net), n_params * sizeof (float));

  /* No epoch is no change. */
  log.stop_after = 0;
  g_assert_cmpuint (run_training (training, 0, &log), ==, MLP_STOP_DONE);
  g_assert_cmpmem (mlp_net_peek_params (net), n_params * sizeof (float), kept, n_params * sizeof (float));

  /* On from there with the rest of the epoch, stopped by its last batch: it counts. */
  log.stop_after = 8;
  g_assert_cmpuint (run_training (training, 9, &log), ==, MLP_STOP_STOPPED);
  g_assert_cmpuint (log.epochs->len, ==, 2);
  g_assert_cmpuint (run_log_get (&log, 1)->epoch, ==, 2);
  g_assert_cmpmem (mlp_net_peek_params (net), n_params * sizeof (float),
                   (float *) (gpointer) log.params->data + n_params, n_params * sizeof (float));

  run_log_clear (&log);
}

/* A rate of 10 makes the error −19-fold each epoch, until no float holds it. */
static void
test_divergence (void)
{
  g_autoptr(MlpTraining) training = make_tiny (1.0f, 1.0f, 10.0f, 0.0f, 0);
  const MlpNet *net = mlp_training_peek_net (training);
  g_autoptr(GError) error = NULL;
  g_autofree char *epoch = NULL;
  const float *last;
  MlpStopReason end;
  RunLog log;
  const MlpMonitor monitor = { NULL, run_log_add_epoch, &log };

  run_log_init (&log);
  g_assert_false (mlp_training_run (training, 100, &monitor, &end, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_NOT_FINITE);
  g_assert_cmpuint (log.epochs->len, >, 20);
  g_assert_cmpuint (log.epochs->len, <, 40);

  epoch = g_strdup_printf ("epoch %u;", log.epochs->len + 1);
  g_assert_nonnull (strstr (error->message, epoch));
  g_assert_nonnull (strstr (error->message, "below 10"));

  last = (float *) (gpointer) log.params->data + 2 * (log.epochs->len - 1);
  g_assert_true (mlp_net_is_finite (net));
  g_assert_cmpmem (mlp_net_peek_params (net), 2 * sizeof (float), last, 2 * sizeof (float));

  /* A smaller rate brings it back. */
  mlp_training_set_rate (training, 0.125f);
  run_training (training, 600, &log);
  assert_close (get_output (training), 1.0, 1e-6);

  run_log_clear (&log);
}

/* With patience the best weights are what is left. */
static void
test_divergence_with_patience (void)
{
  g_autoptr(MlpTraining) training = make_tiny (1.0f, 1.0f, 10.0f, 0.0f, 90);
  g_autoptr(GError) error = NULL;
  MlpStopReason end;

  g_assert_false (mlp_training_run (training, 100, NULL, &end, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_NOT_FINITE);
  g_assert_cmpuint (mlp_training_get_best_epoch (training), ==, 1);
  g_assert_cmpfloat (get_output (training), ==, 20.0);
}

/* The moments of a run that failed do not spoil the next one. */
static void
test_divergence_forgets (void)
{
  g_autoptr(MlpTraining) training = make_tiny (1.0f, 1.0f, 10.0f, 0.75f, 0);
  g_autoptr(MlpTraining) fresh = make_tiny (1.0f, 1.0f, 0.125f, 0.75f, 0);
  g_autoptr(GError) error = NULL;
  double failed;
  double got;
  MlpStopReason end;

  g_assert_false (mlp_training_run (training, 100, NULL, &end, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_NOT_FINITE);
  failed = get_output (training);

  mlp_training_set_rate (training, 0.125f);
  run_training (training, 3, NULL);
  got = get_output (training);

  /* The error shrinks as that of a fresh run, from −1, does. */
  run_training (fresh, 3, NULL);
  assert_close ((got - 1.0) / (failed - 1.0), 1.0 - get_output (fresh), 1e-5);
}

static gboolean
count_batch (MlpTraining       *training,
             const MlpProgress *progress,
             gpointer           user_data)
{
  (*(guint *) user_data)++;

  return TRUE;
}

static void
do_not_tell (MlpTraining    *training,
             const MlpEpoch *epoch,
             gpointer        user_data)
{
  g_assert_not_reached ();
}

/* Weights of 10³⁰ both ways: the loss of the first batch is NaN. */
static void
test_not_finite_from_start (void)
{
  MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;
  g_autoptr(MlpNet) net = run_make_net (20, 9);
  g_autoptr(MlpSamples) samples = run_make_stripes (20, 30);
  g_autoptr(MlpSplit) split = mlp_split_new (run_count_up (30), 30, 0, 0);
  g_autoptr(MlpTraining) training = NULL;
  g_autoptr(GError) error = NULL;
  const gsize n_bytes = mlp_net_get_n_params (net) * sizeof (float);
  guint n_batches = 0;
  const MlpMonitor monitor = { count_batch, do_not_tell, &n_batches };
  MlpStopReason end;

  for (gsize i = 0; i < mlp_net_get_n_params (net); i++)
    mlp_net_get_params (net)[i] = i % 2 == 0 ? 1e30f : -1e30f;

  training = mlp_training_new (net, samples, split, &options, NULL);
  g_assert_false (mlp_training_run (training, 3, &monitor, &end, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_NOT_FINITE);
  g_assert_nonnull (strstr (error->message, "epoch 1;"));
  g_assert_cmpuint (n_batches, ==, 0);
  g_assert_cmpmem (mlp_net_peek_params (mlp_training_peek_net (training)), n_bytes,
                   mlp_net_peek_params (net), n_bytes);
}

/* A loss that is finite, with a gradient that is not: h = 0, y = x = 10³⁰. What
 * has to be clipped cannot be; else the epoch's end sees it. */
static void
test_infinite_gradient (void)
{
  for (guint clip = 0; clip < 2; clip++)
    {
      const MlpLayer layer = { 1, MLP_IDENTITY };
      const MlpTrainOptions options = {
        .loss = MLP_LOSS_SQUARED, .rate = 1.0f, .epochs = 1, .batch_size = 1,
        .clip_norm = clip > 0 ? 1.0f : 0.0f,
      };
      const float large = 1e30f;
      g_autoptr(MlpNet) net = mlp_net_new (1, &layer, 1, NULL);
      g_autoptr(MlpSamples) samples = mlp_samples_new_values (g_memdup2 (&large, sizeof large),
                                                              g_memdup2 (&large, sizeof large), 1, 1, 1);
      g_autoptr(MlpSplit) split = mlp_split_new (run_count_up (1), 1, 0, 0);
      g_autoptr(MlpTraining) training = mlp_training_new (net, samples, split, &options, NULL);
      g_autoptr(GError) error = NULL;
      guint n_batches = 0;
      const MlpMonitor monitor = { count_batch, do_not_tell, &n_batches };
      MlpStopReason end;

      g_assert_false (mlp_training_run (training, 1, &monitor, &end, &error));
      g_assert_error (error, MLP_ERROR, MLP_ERROR_NOT_FINITE);
      g_assert_nonnull (strstr (error->message, "epoch 1;"));
      g_assert_cmpuint (n_batches, ==, clip > 0 ? 0 : 1);
      g_assert_cmpfloat (get_output (training), ==, 0.0);
    }
}

/* XOR, which no linear network learns. */
static void
test_xor (void)
{
  static const float inputs[] = { 0.0f, 0.0f, 0.0f, 1.0f, 1.0f, 0.0f, 1.0f, 1.0f };
  static const float targets[] = { 0.0f, 1.0f, 1.0f, 0.0f };
  const MlpLayer layers[] = { { 4, MLP_TANH }, { 1, MLP_SIGMOID } };
  MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;
  g_autoptr(MlpNet) net = mlp_net_new (2, layers, 2, NULL);
  g_autoptr(MlpSamples) samples = mlp_samples_new_values (g_memdup2 (inputs, sizeof inputs),
                                                          g_memdup2 (targets, sizeof targets), 2, 1, 4);
  g_autoptr(MlpSplit) split = mlp_split_new (run_count_up (4), 4, 0, 0);
  g_autoptr(MlpTraining) training = NULL;
  RunLog log;

  options.loss = MLP_LOSS_BINARY_CROSS_ENTROPY;
  options.rate = 0.05f;
  options.batch_size = 4;
  mlp_net_init (net, MLP_INIT_XAVIER, FALSE, 1);
  training = mlp_training_new (net, samples, split, &options, NULL);
  run_log_init (&log);
  run_training (training, 500, &log);

  g_assert_cmpfloat (run_log_get (&log, 0)->train_mae, >, 0.3);
  g_assert_cmpfloat (run_log_get (&log, 499)->train_mae, <, 0.02);
  /* Nothing validates: the train loss says which epoch is best. */
  g_assert_cmpuint (mlp_training_get_best_epoch (training), >, 400);

  run_log_clear (&log);
}

/* The network that was given is copied; the samples live as long as they must. */
static void
test_ownership (void)
{
  MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;
  g_autoptr(MlpTraining) training = NULL;
  MlpNet *net = run_make_net (20, 9);
  MlpSamples *samples = run_make_stripes (20, 300);
  MlpSplit *split = mlp_split_new (run_count_up (300), 250, 50, 0);
  float before = mlp_net_peek_params (net)[0];

  training = mlp_training_new (net, samples, split, &options, NULL);
  mlp_samples_unref (samples);
  mlp_split_unref (split);
  run_training (training, 1, NULL);
  g_assert_cmpfloat (mlp_net_peek_params (net)[0], ==, before);
  mlp_net_free (net);
  run_training (training, 1, NULL);
}

static void
test_refused (void)
{
  MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;
  g_autoptr(MlpNet) net = run_make_net (20, 9);
  g_autoptr(MlpSamples) samples = run_make_stripes (20, 30);
  g_autoptr(MlpSamples) wide = run_make_stripes (21, 30);
  g_autoptr(MlpSplit) split = mlp_split_new (run_count_up (30), 20, 10, 0);
  g_autoptr(MlpSplit) beyond_train = mlp_split_new (run_count_up (32), 32, 0, 0);
  g_autoptr(MlpSplit) beyond_validation = mlp_split_new (run_count_up (32), 20, 12, 0);
  g_autoptr(GError) error = NULL;

  g_assert_null (mlp_training_new (net, wide, split, &options, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_SHAPE);
  g_assert_nonnull (strstr (error->message, "21 inputs"));
  g_clear_error (&error);

  g_assert_null (mlp_training_new (net, samples, beyond_train, &options, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_SHAPE);
  g_assert_nonnull (strstr (error->message, "sample 30"));
  g_clear_error (&error);

  g_assert_null (mlp_training_new (net, samples, beyond_validation, &options, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_SHAPE);
  g_assert_nonnull (strstr (error->message, "validation set refers to"));
  g_clear_error (&error);

  options.rate = -1.0f;
  g_assert_null (mlp_training_new (net, samples, split, &options, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/train/figures", test_figures);
  g_test_add_func ("/core/train/early", test_early);
  g_test_add_func ("/core/train/best-epoch", test_best_epoch);
  g_test_add_func ("/core/train/stop", test_stop);
  g_test_add_func ("/core/train/stop-with-patience", test_stop_with_patience);
  g_test_add_func ("/core/train/divergence", test_divergence);
  g_test_add_func ("/core/train/divergence-with-patience", test_divergence_with_patience);
  g_test_add_func ("/core/train/divergence-forgets", test_divergence_forgets);
  g_test_add_func ("/core/train/infinite-gradient", test_infinite_gradient);
  g_test_add_func ("/core/train/not-finite-from-start", test_not_finite_from_start);
  g_test_add_func ("/core/train/xor", test_xor);
  g_test_add_func ("/core/train/ownership", test_ownership);
  g_test_add_func ("/core/train/refused", test_refused);

  return g_test_run ();
}
