/* test-scaler.c: standardised inputs and targets, and figures in their units.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "core/linalg/mlp-ridge.h"
#include "core/mlp-error.h"
#include "core/mlp-random.h"
#include "core/net/mlp-metrics.h"
#include "core/net/mlp-regression-metrics.h"
#include "core/net/mlp-split.h"
#include "core/runs.h"
#include "core/train/mlp-train.h"
#include "test-util.h"

#define N 600
#define N_INPUTS 5
#define N_OUTPUTS 2

/* Inputs of very different sizes, one of them constant, one nearly; targets
 * that are linear in them, one of them large. */
static MlpSamples *
make_samples (void)
{
  float *x = g_new (float, N_INPUTS * N);
  float *y = g_new (float, N_OUTPUTS * N);
  MlpRandom random;

  mlp_random_seed (&random, 7, 1);

  for (gsize s = 0; s < N; s++)
    {
      const double u = mlp_random_normal (&random);
      const double v = mlp_random_normal (&random);

      x[s * N_INPUTS] = (float) (1000.0 + 5.0 * u);
      x[s * N_INPUTS + 1] = (float) (-3e-4 * v);
      x[s * N_INPUTS + 2] = 36.858105f;
      x[s * N_INPUTS + 3] = s == N - 1 ? 1.0f : 0.0f;
      x[s * N_INPUTS + 4] = (float) (u + v);
      y[s * N_OUTPUTS] = (float) (-76.0 + 10.0 * u - v);
      y[s * N_OUTPUTS + 1] = (float) (0.25 + 0.04 * v);
    }

  return mlp_samples_new_values (x, y, N_INPUTS, N_OUTPUTS, N);
}

/* Against two passes in double, as the definition is written. */
static void
test_fit (void)
{
  const gsize n_train = 500;
  g_autoptr(MlpSamples) samples = make_samples ();
  g_autofree guint32 *items = run_count_up (N);
  g_autoptr(MlpScaler) scaler = mlp_scaler_new_fit (samples, items, n_train, FALSE, NULL);
  float x[N_INPUTS * N], y[N_OUTPUTS * N];

  mlp_samples_get_batch (samples, items, N, x, y);

  for (gsize i = 0; i < N_INPUTS + N_OUTPUTS; i++)
    {
      const gboolean is_input = i < N_INPUTS;
      const gsize n = is_input ? N_INPUTS : N_OUTPUTS;
      const float *values = is_input ? x + i : y + i - N_INPUTS;
      const float mean_found = is_input ? mlp_scaler_peek_x_mean (scaler)[i] :
                               mlp_scaler_peek_y_mean (scaler)[i - N_INPUTS];
      const float deviation_found = is_input ? mlp_scaler_peek_x_deviation (scaler)[i] :
                                    mlp_scaler_peek_y_deviation (scaler)[i - N_INPUTS];
      double mean = 0.0, squares = 0.0;

      for (gsize s = 0; s < n_train; s++)
        mean += (double) values[s * n] / (double) n_train;
      for (gsize s = 0; s < n_train; s++)
        squares += ((double) values[s * n] - mean) * ((double) values[s * n] - mean);

      /* The fourth input is 0 among those that train. */
      if (i == 2 || i == 3)
        squares = (double) n_train;

      g_assert_cmpfloat (fabs ((double) mean_found - mean), <=, 1e-6 * MAX (fabs (mean), 1e-6));
      g_assert_cmpfloat (fabs ((double) deviation_found / sqrt (squares / (double) n_train) - 1.0), <=, 2e-6);
    }

  mlp_scaler_scale_inputs (scaler, x, N);
  for (gsize s = 0; s < N; s++)
    g_assert_cmpfloat (x[s * N_INPUTS + 2], ==, 0.0f);
}

static void
test_there_and_back (void)
{
  g_autoptr(MlpSamples) samples = make_samples ();
  g_autofree guint32 *items = run_count_up (N);
  g_autoptr(MlpScaler) scaler = mlp_scaler_new_fit (samples, items, N, FALSE, NULL);
  float y[N_OUTPUTS * N], h[N_OUTPUTS * N];
  double mean = 0.0, squares = 0.0;

  mlp_samples_get_batch (samples, items, N, NULL, y);
  memcpy (h, y, sizeof h);
  mlp_scaler_scale_targets (scaler, NULL, h, N);

  for (gsize s = 0; s < N; s++)
    {
      mean += (double) h[s * N_OUTPUTS] / N;
      squares += (double) h[s * N_OUTPUTS] * (double) h[s * N_OUTPUTS] / N;
    }

  g_assert_cmpfloat (fabs (mean), <, 1e-5);
  g_assert_cmpfloat (fabs (squares - 1.0), <, 1e-5);

  mlp_scaler_undo_outputs (scaler, NULL, h, N);
  for (gsize i = 0; i < N_OUTPUTS * N; i++)
    g_assert_cmpfloat (fabsf (h[i] - y[i]), <=, 1e-5f * (1.0f + fabsf (y[i])));
}

static void
test_bad (void)
{
  static const float mean[] = { 1.0f, 2.0f };
  static const float zero[] = { 1.0f, 0.0f };
  static const float infinite[] = { 1.0f, INFINITY };
  static const float good[] = { 1.0f, 0.5f };
  const MlpScalerValues sound = { .x_mean = mean, .x_deviation = good, .y_mean = mean, .y_deviation = good };
  g_autoptr(MlpScaler) scaler = mlp_scaler_new (2, 1, &sound, NULL);

  g_assert_nonnull (scaler);

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr(GError) error = NULL;
      MlpScalerValues bad = sound;

      if (i == 0)
        bad.x_deviation = zero;
      else if (i == 1)
        bad.y_mean = infinite;
      else
        {
          bad.x_low = bad.y_low = mean;
          bad.x_high = i == 2 ? infinite : mean;
          bad.y_high = i == 2 ? mean : good;
        }

      g_assert_null (mlp_scaler_new (2, 2, &bad, &error));
      g_assert_error (error, MLP_ERROR, MLP_ERROR_FORMAT);
    }
}

static MlpSplit *
make_split (void)
{
  return mlp_split_new (run_count_up (N), 400, 100, 100);
}

/* Two blocks: the first input of each varies by 1; the second by a hundred-millionth,
 * the third never does. */
#define N_BLOCK 3
#define N_BLOCKED (2 * N_BLOCK)

static MlpSamples *
make_blocked (gboolean blocks)
{
  const guint lengths[] = { N_BLOCK, N_BLOCK, 0 };
  float *x = g_new0 (float, N_BLOCKED * N);
  float *y = g_new (float, N);
  MlpSamples *samples;
  MlpRandom random;

  mlp_random_seed (&random, 3, 1);
  for (gsize s = 0; s < N; s++)
    {
      for (gsize i = 0; i < N_BLOCKED; i++)
        x[s * N_BLOCKED + i] = i % N_BLOCK == 2 ? 0.0f :
                               (float) mlp_random_normal (&random) * (i % N_BLOCK == 0 ? 1.0f : 1e-8f);
      y[s] = x[s * N_BLOCKED] - x[s * N_BLOCKED + N_BLOCK];
    }

  samples = mlp_samples_new_values (x, y, N_BLOCKED, 1, N);
  if (blocks)
    mlp_samples_set_blocks (samples, lengths);

  return samples;
}

/* A thousandth of the largest of the block; a block of its own keeps its own. */
static void
test_floor (void)
{
  g_autoptr(MlpSamples) samples = make_blocked (TRUE);
  g_autoptr(MlpSamples) alone = make_blocked (FALSE);
  g_autofree guint32 *items = run_count_up (N);
  g_autoptr(MlpScaler) scaler = mlp_scaler_new_fit (samples, items, N, FALSE, NULL);
  g_autoptr(MlpScaler) other = mlp_scaler_new_fit (alone, items, N, FALSE, NULL);
  const float *deviation = mlp_scaler_peek_x_deviation (scaler);

  for (gsize i = 0; i < N_BLOCKED; i += N_BLOCK)
    {
      g_assert_cmpfloat (fabs ((double) deviation[i] - 1.0), <, 0.1);
      assert_close ((double) deviation[i + 1], 1e-3 * (double) deviation[i], 1e-6);
      assert_close ((double) deviation[i + 2], 1e-3 * (double) deviation[i], 1e-6);
      g_assert_cmpfloat (fabs (1e8 * (double) mlp_scaler_peek_x_deviation (other)[i + 1] - 1.0), <, 0.1);
      g_assert_cmpfloat (mlp_scaler_peek_x_deviation (other)[i + 2], ==, 1.0f);
    }
}

/* 1000 ± 10⁻⁴ is rounding: floats are 6 · 10⁻⁵ apart there. */
static void
test_rounding (void)
{
  float *x = g_new (float, N);
  g_autoptr(MlpSamples) samples = mlp_samples_new_values (x, g_new0 (float, N), 1, 1, N);
  g_autofree guint32 *items = run_count_up (N);
  g_autoptr(MlpScaler) scaler = NULL;

  for (gsize s = 0; s < N; s++)
    x[s] = s % 2 == 0 ? 1000.0f : nextafterf (1000.0f, 2000.0f);

  scaler = mlp_scaler_new_fit (samples, items, N, FALSE, NULL);
  assert_close ((double) mlp_scaler_peek_x_deviation (scaler)[0], 1e-3, 1e-6);
}

/* By hand: range −1 to 3, so limits −3 and 5; mean 1, deviation 2. What is no number
 * is not made one. */
static void
test_limits (void)
{
  static const float values[] = { -1.0f, 3.0f, -1.0f, 3.0f };
  static const float given[] = { -4.0f, -3.0f, -2.0f, 1.0f, 5.0f, 6.0f, 1e30f, INFINITY };
  static const float expected[] = { -2.0f, -2.0f, -1.5f, 0.0f, 2.0f, 2.0f, 2.0f, 2.0f };
  g_autoptr(MlpSamples) samples = mlp_samples_new_values (g_memdup2 (values, sizeof values),
                                                          g_memdup2 (values, sizeof values), 1, 1, 4);
  g_autofree guint32 *items = run_count_up (4);
  g_autoptr(MlpScaler) scaler = mlp_scaler_new_fit (samples, items, 4, FALSE, NULL);
  float x[G_N_ELEMENTS (given)];
  float none = NAN;

  g_assert_cmpfloat (mlp_scaler_peek_x_low (scaler)[0], ==, -1.0f);
  g_assert_cmpfloat (mlp_scaler_peek_y_high (scaler)[0], ==, 3.0f);

  memcpy (x, given, sizeof x);
  mlp_scaler_scale_inputs (scaler, x, G_N_ELEMENTS (given));
  for (gsize i = 0; i < G_N_ELEMENTS (given); i++)
    g_assert_cmpfloat (x[i], ==, expected[i]);

  mlp_scaler_scale_inputs (scaler, &none, 1);
  g_assert_true (isnan (none));

  g_assert_false (mlp_scaler_is_outside (scaler, 0, 5.0));
  g_assert_true (mlp_scaler_is_outside (scaler, 0, 5.01));
  g_assert_false (mlp_scaler_is_outside (scaler, 0, -3.0));
  g_assert_true (mlp_scaler_is_outside (scaler, 0, -3.01));

  /* A deviation of 2 outside the limits. */
  x[0] = 7.0f;
  g_assert_false (mlp_scaler_is_far (scaler, x));
  x[0] = 7.1f;
  g_assert_true (mlp_scaler_is_far (scaler, x));
}

/* A sample with 1 where there was next to nothing, or nothing, stays near the targets'
 * range, with a linear path and without, and is marked; evaluation says the same. */
static void
test_near_constant (void)
{
  const MlpLayer layers[] = { { 16, MLP_RELU }, { 1, MLP_IDENTITY } };
  g_autofree guint32 *items = run_count_up (N);

  for (int linear = 0; linear < 2; linear++)
    {
      g_autoptr(MlpSamples) samples = make_blocked (TRUE);
      g_autoptr(MlpSplit) split = make_split ();
      g_autoptr(MlpNet) net = mlp_net_new (N_BLOCKED, layers, 2, NULL);
      g_autoptr(MlpTraining) training = NULL;
      g_autoptr(MlpSamples) odd = NULL;
      MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;
      float *x = g_new0 (float, 3 * N_BLOCKED);
      guint8 marks[3];
      float h[3];
      MlpMetrics metrics;
      RunLog log;

      options.loss = MLP_LOSS_SQUARED;
      options.optimizer.kind = MLP_ADAM;
      options.rate = 0.01f;
      options.standardise = TRUE;
      options.linear_path = linear == 1;
      mlp_net_init (net, MLP_INIT_HE, FALSE, 5);
      training = mlp_training_new (net, samples, split, &options, NULL);
      run_log_init (&log);
      run_training (training, 20, &log);
      run_log_clear (&log);

      x[0] = 0.5f;
      x[N_BLOCKED + 1] = 1.0f;
      x[2 * N_BLOCKED + 2] = 1.0f;
      odd = mlp_samples_new_values (x, g_new0 (float, 3), N_BLOCKED, 1, 3);
      g_assert_true (mlp_regression_metrics_predict (mlp_training_peek_net (training), odd, items, 3, 1, h, marks,
                                                     NULL));
      g_assert_cmpfloat (fabsf (h[0] - 0.5f), <, 0.3f);
      g_assert_cmpfloat (fabsf (h[1]), <, 0.3f);
      g_assert_cmpfloat (fabsf (h[2]), <, 0.3f);
      g_assert_cmpuint (marks[0], ==, 0);
      g_assert_cmpuint (marks[1], ==, 1);
      g_assert_cmpuint (marks[2], ==, 1);

      g_assert_true (mlp_metrics_evaluate (mlp_training_peek_net (training), odd, items, 3, MLP_LOSS_SQUARED,
                                           NULL, &metrics, NULL));
      assert_close (metrics.mae, (double) (fabsf (h[0]) + fabsf (h[1]) + fabsf (h[2])) / 3.0, 1e-5);
    }
}

/* Of a file that does not know the ranges: what was trained on rounding is held at its
 * mean, all else at 20 deviations. */
static void
test_old (void)
{
  static const guint blocks[] = { 3, 0 };
  static const float mean[] = { 0.0f, 2.0f, 5.0f };
  static const float deviation[] = { 2.0f, 1e-7f, 1.0f };
  static const float y_mean[] = { 7.0f };
  static const float y_deviation[] = { 1.5f };
  static const float linear[] = { 2.0f, 0.0f, 0.0f };
  const MlpScalerValues values = { .x_mean = mean, .x_deviation = deviation, .y_mean = y_mean,
                                   .y_deviation = y_deviation, .linear = linear };
  g_autoptr(MlpScaler) old = mlp_scaler_new (3, 1, &values, NULL);
  g_autoptr(MlpScaler) scaler = mlp_scaler_new_floored (old, blocks);
  float x[] = { 1e6f, 3.0f, 6.0f };

  mlp_scaler_scale_inputs (scaler, x, 1);
  g_assert_cmpfloat (x[0], ==, 20.0f);
  g_assert_cmpfloat (x[1], ==, 0.0f);
  g_assert_cmpfloat (x[2], ==, 0.0f);

  /* 3 √(1.5² + 2²) on either side, and half of that width again. */
  g_assert_cmpfloat (mlp_scaler_peek_y_low (scaler)[0], ==, -0.5f);
  g_assert_false (mlp_scaler_is_outside (scaler, 0, 21.9));
  g_assert_true (mlp_scaler_is_outside (scaler, 0, 22.1));
}

/* What is rare is not made large: one of 600 is 1, the others are 0. */
static void
test_rare (void)
{
  g_autoptr(MlpSamples) samples = make_samples ();
  g_autofree guint32 *items = run_count_up (N);
  g_autoptr(MlpScaler) scaler = mlp_scaler_new_fit (samples, items, N, FALSE, NULL);

  assert_close ((double) mlp_scaler_peek_x_deviation (scaler)[3], 1.0 / 20.0, 1e-6);
}

/* The first target is 10 u − v and the second 0.25 + 0.04 v; the inputs say u and
 * −v and u + v. So the law is found, and nothing is left over. */
static void
test_linear (void)
{
  g_autoptr(MlpSamples) samples = make_samples ();
  g_autofree guint32 *items = run_count_up (N);
  g_autoptr(MlpScaler) scaler = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree float *x = g_new (float, N_INPUTS * N);
  g_autofree float *y = g_new (float, N_OUTPUTS * N);
  g_autofree float *h = g_new0 (float, N_OUTPUTS * N);

  scaler = mlp_scaler_new_fit (samples, items, 500, TRUE, &error);
  g_assert_no_error (error);
  mlp_samples_get_batch (samples, items, N, x, y);
  mlp_scaler_scale_inputs (scaler, x, N);

  /* A network that says nothing: the law alone, also for samples it never saw. */
  mlp_scaler_undo_outputs (scaler, x, h, N);
  for (gsize s = 0; s + 1 < N; s++)
    {
      /* The penalty takes a 500th of the coefficients. */
      g_assert_cmpfloat (fabsf (h[s * N_OUTPUTS] - y[s * N_OUTPUTS]), <, 0.1f);
      g_assert_cmpfloat (fabsf (h[s * N_OUTPUTS + 1] - y[s * N_OUTPUTS + 1]), <, 1e-3f);
    }

  /* There and back. */
  memcpy (h, y, N_OUTPUTS * N * sizeof *h);
  mlp_scaler_scale_targets (scaler, x, h, N);
  mlp_scaler_undo_outputs (scaler, x, h, N);
  for (gsize i = 0; i < N_OUTPUTS * N; i++)
    g_assert_cmpfloat (fabsf (h[i] - y[i]), <=, 2e-5f * (1.0f + fabsf (y[i])));
}

/* y = x² has no linear part: what is left over is all of it, of deviation 1. */
static void
test_nothing_linear (void)
{
  const gsize n = 2001;
  float *x = g_new (float, n);
  float *y = g_new (float, n);
  g_autofree guint32 *items = run_count_up (n);
  g_autoptr(MlpSamples) samples = mlp_samples_new_values (x, y, 1, 1, n);
  g_autoptr(MlpScaler) plain = NULL;
  g_autoptr(MlpScaler) scaler = NULL;

  for (gsize i = 0; i < n; i++)
    {
      x[i] = (float) i / 1000.0f - 1.0f;
      y[i] = x[i] * x[i];
    }

  plain = mlp_scaler_new_fit (samples, items, n, FALSE, NULL);
  scaler = mlp_scaler_new_fit (samples, items, n, TRUE, NULL);
  g_assert_cmpfloat (fabsf (mlp_scaler_peek_linear (scaler)[0]), <, 1e-5f);
  assert_close ((double) mlp_scaler_peek_y_deviation (scaler)[0],
                (double) mlp_scaler_peek_y_deviation (plain)[0], 1e-5);
}

/* As many inputs as samples, of which one says something: without a penalty the law follows
 * each sample, and errs by several deviations on new ones. */
static void
test_few_samples (void)
{
  enum { N_TRAIN = 100, N_ALL = 1100, P = 100 };
  float *x = g_new (float, P * N_ALL);
  float *y = g_new (float, N_ALL);
  g_autofree guint32 *items = run_count_up (N_ALL);
  g_autoptr(MlpSamples) samples = mlp_samples_new_values (x, y, P, 1, N_ALL);
  g_autoptr(MlpScaler) scaler = NULL;
  g_autofree float *h = g_new0 (float, N_ALL);
  double squares = 0.0;
  MlpRandom random;

  mlp_random_seed (&random, 11, 1);
  for (gsize s = 0; s < N_ALL; s++)
    {
      for (gsize i = 0; i < P; i++)
        x[s * P + i] = (float) mlp_random_normal (&random);
      y[s] = x[s * P] + (float) (0.5 * mlp_random_normal (&random));
    }

  scaler = mlp_scaler_new_fit (samples, items, N_TRAIN, TRUE, NULL);
  mlp_scaler_scale_inputs (scaler, x, N_ALL);
  mlp_scaler_undo_outputs (scaler, x, h, N_ALL);
  for (gsize s = N_TRAIN; s < N_ALL; s++)
    squares += (double) (h[s] - y[s]) * (double) (h[s] - y[s]);

  g_assert_cmpfloat (sqrt (squares / (N_ALL - N_TRAIN)), <, 1.5);
}

/* By hand: XXᵀ = [2 1; 1 2], XYᵀ = (3, 0), λ = 1: (3 1; 1 3) w = (3, 0). */
static void
test_ridge (void)
{
  static const float x[] = { 1.0f, 0.0f, 0.0f, 1.0f, 1.0f, 1.0f };
  static const float y[] = { 2.0f, -1.0f, 1.0f };
  g_autoptr(MlpRidge) ridge = mlp_ridge_new (2, 1, NULL);
  float w[2];

  mlp_ridge_add (ridge, x, y, 1);
  mlp_ridge_add (ridge, x + 2, y + 1, 2);
  g_assert_true (mlp_ridge_solve (ridge, 1.0, w));
  assert_close ((double) w[0], 9.0 / 8.0, 1e-6);
  assert_close ((double) w[1], -3.0 / 8.0, 1e-6);
}

/* A linear network finds the linear law, and says so in the targets' units. */
static void
test_training (void)
{
  const MlpLayer layer = { N_OUTPUTS, MLP_IDENTITY };
  g_autoptr(MlpSamples) samples = make_samples ();
  g_autoptr(MlpSplit) split = make_split ();
  g_autoptr(MlpNet) net = mlp_net_new (N_INPUTS, &layer, 1, NULL);
  g_autoptr(MlpTraining) training = NULL;
  g_autoptr(GError) error = NULL;
  MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;
  g_autofree float *h = g_new (float, N_OUTPUTS * 100);
  float y[N_OUTPUTS * 100];
  const guint32 *items;
  const MlpEpoch *last;
  MlpMetrics metrics;
  MlpRegressionMetrics fit[N_OUTPUTS];
  RunLog log;
  gsize n;

  options.loss = MLP_LOSS_SQUARED;
  options.rate = 0.02f;
  options.epochs = 60;
  options.batch_size = 20;
  options.standardise = TRUE;

  training = mlp_training_new (net, samples, split, &options, &error);
  g_assert_no_error (error);
  run_log_init (&log);
  run_training (training, 60, &log);

  items = mlp_split_peek (split, MLP_VALIDATION, &n);
  g_assert_true (mlp_metrics_evaluate (mlp_training_peek_net (training), samples, items, n,
                                       MLP_LOSS_SQUARED, NULL, &metrics, &error));
  g_assert_true (mlp_regression_metrics_predict (mlp_training_peek_net (training), samples, items, n, 1, h, NULL,
                                                 &error));
  mlp_samples_get_batch (samples, items, n, NULL, y);

  for (gsize i = 0; i < N_OUTPUTS; i++)
    mlp_regression_metrics_measure (h + i, y + i, NULL, N_OUTPUTS, NULL, n, 0.0, &fit[i]);

  /* 10 units of spread, learnt to a hundredth. */
  g_assert_cmpfloat (fit[0].mae, <, 0.1);
  g_assert_cmpfloat (fit[1].mae, <, 0.0004);
  g_assert_cmpfloat (fit[0].r2, >, 0.999);

  /* One network, one truth: the metrics are those of the predictions, and the
   * history's are the metrics. */
  assert_close (metrics.mae, 0.5 * (fit[0].mae + fit[1].mae), 1e-4);
  assert_close (metrics.rmse, sqrt (0.5 * (fit[0].rmse * fit[0].rmse + fit[1].rmse * fit[1].rmse)), 1e-4);
  last = run_log_get (&log, log.epochs->len - 1);
  g_assert_cmpfloat (last->validation_mae, ==, metrics.mae);
  g_assert_cmpfloat (fabs (last->train_mae - metrics.mae), <, 0.1);
  run_log_clear (&log);
}

/* The test and validation samples do not reach the scaler. */
static void
test_only_training_samples (void)
{
  const MlpLayer layer = { N_OUTPUTS, MLP_IDENTITY };
  g_autoptr(MlpSamples) samples = make_samples ();
  g_autoptr(MlpSplit) split = make_split ();
  g_autoptr(MlpNet) net = mlp_net_new (N_INPUTS, &layer, 1, NULL);
  g_autofree guint32 *items = run_count_up (N);
  g_autoptr(MlpScaler) expected = mlp_scaler_new_fit (samples, items, 400, FALSE, NULL);
  g_autoptr(MlpTraining) training = NULL;
  g_autoptr(MlpTraining) again = NULL;
  MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;
  const MlpScaler *found;

  options.loss = MLP_LOSS_SQUARED;
  options.standardise = TRUE;
  training = mlp_training_new (net, samples, split, &options, NULL);
  found = mlp_net_peek_scaler (mlp_training_peek_net (training));

  g_assert_cmpmem (mlp_scaler_peek_x_mean (found), N_INPUTS * sizeof (float),
                   mlp_scaler_peek_x_mean (expected), N_INPUTS * sizeof (float));
  g_assert_cmpmem (mlp_scaler_peek_y_deviation (found), N_OUTPUTS * sizeof (float),
                   mlp_scaler_peek_y_deviation (expected), N_OUTPUTS * sizeof (float));

  /* A network that has one keeps it: its weights belong to it. */
  again = mlp_training_new (mlp_training_peek_net (training), samples, split, &options, NULL);
  g_assert_true (mlp_net_peek_scaler (mlp_training_peek_net (again)) == found);

  /* And without the option there is none. */
  g_clear_pointer (&again, mlp_training_free);
  options.standardise = FALSE;
  again = mlp_training_new (net, samples, split, &options, NULL);
  g_assert_null (mlp_net_peek_scaler (mlp_training_peek_net (again)));
}

/* By hand: errors 1, −1, 3, −1 around targets 0, 2, 4, 6. */
static void
test_measure (void)
{
  static const float h[] = { 1.0f, -9.0f, 1.0f, -9.0f, 7.0f, -9.0f, 5.0f, -9.0f };
  static const float y[] = { 0.0f, 0.0f, 2.0f, 0.0f, 4.0f, 0.0f, 6.0f, 0.0f };
  static const guint32 which[] = { 2, 3 };
  MlpRegressionMetrics fit;

  mlp_regression_metrics_measure (h, y, NULL, 2, NULL, 4, 3.0, &fit);
  g_assert_cmpuint (fit.n, ==, 4);
  assert_close (fit.mae, 1.5, 1e-12);
  assert_close (fit.rmse, sqrt (3.0), 1e-12);
  assert_close (fit.bias, 0.5, 1e-12);
  assert_close (fit.r2, 1.0 - 3.0 / 5.0, 1e-12);
  assert_close (fit.mean_mae, 2.0, 1e-12);
  assert_close (fit.largest, 3.0, 1e-12);
  g_assert_cmpuint (fit.largest_at, ==, 2);
  /* |r| is 1 1 3 1: s = 1; r² is 1 1 9 1: s = 4. Student's t of three degrees of freedom. */
  assert_close (fit.mae_high - fit.mae, 3.1824463053 * 1.0 / 2.0, 1e-9);
  assert_close (fit.rmse_high, sqrt (3.0 + 3.1824463053 * 4.0 / 2.0), 1e-9);
  assert_close (fit.rmse_low, 0.0, 1e-12);
  assert_close (fit.r2_low, 1.0 - (3.0 + 3.1824463053 * 2.0) / 5.0, 1e-9);

  mlp_regression_metrics_measure (h, y, NULL, 2, which, 2, 3.0, &fit);
  assert_close (fit.mae, 2.0, 1e-12);
  g_assert_cmpuint (fit.largest_at, ==, 2);

  mlp_regression_metrics_measure (h, y, NULL, 2, NULL, 0, 3.0, &fit);
  g_assert_true (isnan (fit.mae) && isnan (fit.r2));
}

/* Threads share the batches, not the answer. */
static void
test_predict_threads (void)
{
  const MlpLayer layers[] = { { 17, MLP_TANH }, { N_OUTPUTS, MLP_IDENTITY } };
  g_autoptr(MlpSamples) samples = make_samples ();
  g_autofree guint32 *items = run_count_up (N);
  g_autoptr(MlpNet) net = mlp_net_new (N_INPUTS, layers, 2, NULL);
  g_autoptr(MlpScaler) scaler = mlp_scaler_new_fit (samples, items, N, FALSE, NULL);
  float one[N_OUTPUTS * N], two[N_OUTPUTS * N];

  mlp_net_init (net, MLP_INIT_XAVIER, TRUE, 3);
  mlp_net_set_scaler (net, scaler);
  g_assert_true (mlp_regression_metrics_predict (net, samples, items, N, 1, one, NULL, NULL));
  g_assert_true (mlp_regression_metrics_predict (net, samples, items, N, 2, two, NULL, NULL));
  g_assert_cmpmem (one, sizeof one, two, sizeof two);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/scaler/fit", test_fit);
  g_test_add_func ("/core/scaler/there-and-back", test_there_and_back);
  g_test_add_func ("/core/scaler/bad", test_bad);
  g_test_add_func ("/core/scaler/rare", test_rare);
  g_test_add_func ("/core/scaler/floor", test_floor);
  g_test_add_func ("/core/scaler/rounding", test_rounding);
  g_test_add_func ("/core/scaler/limits", test_limits);
  g_test_add_func ("/core/scaler/near-constant", test_near_constant);
  g_test_add_func ("/core/scaler/old", test_old);
  g_test_add_func ("/core/scaler/linear", test_linear);
  g_test_add_func ("/core/scaler/nothing-linear", test_nothing_linear);
  g_test_add_func ("/core/scaler/few-samples", test_few_samples);
  g_test_add_func ("/core/ridge/by-hand", test_ridge);
  g_test_add_func ("/core/scaler/training", test_training);
  g_test_add_func ("/core/scaler/only-training-samples", test_only_training_samples);
  g_test_add_func ("/core/fit/measure", test_measure);
  g_test_add_func ("/core/fit/predict-threads", test_predict_threads);

  return g_test_run ();
}
