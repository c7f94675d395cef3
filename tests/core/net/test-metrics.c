/* test-metrics.c: figures by hand, Wilson's interval as published.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "core/mlp-error.h"
#include "core/mlp-random.h"
#include "core/net/mlp-interval.h"
#include "core/net/mlp-metrics-private.h"
#include "core/net/mlp-pass.h"
#include "core/net/mlp-regression-metrics.h"
#include "test-util.h"

/* A network whose output is its input. */
static MlpNet *
make_identity (gsize n)
{
  const MlpLayer layer = { n, MLP_IDENTITY };
  MlpNet *net = mlp_net_new (n, &layer, 1, NULL);

  for (gsize i = 0; i < n; i++)
    mlp_net_get_params (net)[i * n + i] = 1.0f;

  return net;
}

/* Two outputs; h against y:
 *   sample 0: (1, 10) (2, 10)    r = −1, 0
 *   sample 1: (3, 20) (2, 24)    r = 1, −4
 *   sample 2: (5, 60) (5, 56)    r = 0, 4
 */
static void
test_values (void)
{
  static const float x[] = { 1.0f, 10.0f, 3.0f, 20.0f, 5.0f, 60.0f };
  static const float y[] = { 2.0f, 10.0f, 2.0f, 24.0f, 5.0f, 56.0f };
  static const guint32 items[] = { 2, 0, 1 };
  g_autoptr(MlpNet) net = make_identity (2);
  g_autoptr(MlpSamples) samples = mlp_samples_new_values (g_memdup2 (x, sizeof x), g_memdup2 (y, sizeof y), 2, 2, 3);
  g_autoptr(GError) error = NULL;
  MlpMetrics metrics;

  g_assert_true (mlp_metrics_evaluate (net, samples, items, 3, MLP_LOSS_SQUARED, NULL, &metrics, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (metrics.n, ==, 3);
  assert_close (metrics.loss, 0.5 * 34.0 / 3.0, 1e-12);
  assert_close (metrics.mae, 10.0 / 6.0, 1e-12);
  assert_close (metrics.rmse, sqrt (34.0 / 6.0), 1e-12);
  g_assert_true (isnan (metrics.accuracy));
  /* ȳ = (3, 30): 1 + 1 + 4 and 400 + 36 + 676 */
  assert_close (metrics.r2, 1.0 - 34.0 / 1118.0, 1e-12);

  g_assert_true (mlp_metrics_evaluate (net, samples, items, 3, MLP_LOSS_HUBER, NULL, &metrics, &error));
  assert_close (metrics.loss, (0.5 + 0.5 + 3.5 + 3.5) / 3.0, 1e-12);

  /* One sample of them; a mean of one has no spread. */
  g_assert_true (mlp_metrics_evaluate (net, samples, items + 1, 1, MLP_LOSS_SQUARED, NULL, &metrics, &error));
  assert_close (metrics.mae, 0.5, 1e-12);
  g_assert_true (isnan (metrics.r2));
}

/* A shift by 10⁷, whose squares' sum no double holds, does not eat R². */
static void
test_r2_far_away (void)
{
  float *x = g_new (float, 1000);
  float *y = g_new (float, 1000);
  g_autofree guint32 *items = g_new (guint32, 1000);
  g_autoptr(MlpNet) net = make_identity (1);
  g_autoptr(MlpSamples) samples = mlp_samples_new_values (x, y, 1, 1, 1000);
  MlpMetrics metrics;

  /* y spreads as 0 … 9 evenly: variance 8.25; half of h is 1 off. */
  for (guint32 i = 0; i < 1000; i++)
    {
      items[i] = i;
      y[i] = (float) (10000000 + i % 10);
      x[i] = y[i] + (float) (i % 2);
    }

  g_assert_true (mlp_metrics_evaluate (net, samples, items, 1000, MLP_LOSS_SQUARED, NULL, &metrics, NULL));
  assert_close (metrics.r2, 1.0 - 0.5 / 8.25, 1e-9);
}

/* 600 samples, so that there are several passes and a short one. Of class k the
 * answer is k + 1 for every third, else k; where both are equal, the first.
 */
static void
test_classes (void)
{
  const gsize n = 600;
  guint8 *x = g_malloc0 (n * 4);
  guint8 *classes = g_malloc (n);
  g_autofree guint32 *items = g_new (guint32, n);
  g_autoptr(MlpNet) net = make_identity (4);
  g_autoptr(MlpSamples) samples = mlp_samples_new_classes (x, 1.0f, classes, 4, 4, n);
  g_autoptr(GError) error = NULL;
  guint confusion[16] = { 99 };
  guint sum = 0;
  MlpMetrics metrics;

  for (guint32 i = 0; i < n; i++)
    {
      const gsize truth = i % 4;
      const gsize answer = i % 3 == 0 ? (truth + 1) % 4 : truth;

      items[i] = i;
      classes[i] = (guint8) truth;
      x[i * 4 + answer] = 1;
    }

  g_assert_true (mlp_metrics_evaluate (net, samples, items, n, MLP_LOSS_SQUARED, confusion, &metrics, &error));
  g_assert_no_error (error);
  assert_close (metrics.accuracy, 2.0 / 3.0, 1e-12);
  /* A wrong one is ½ (1 + 1); a right one 0. */
  assert_close (metrics.loss, 1.0 / 3.0, 1e-12);
  assert_close (metrics.mae, 2.0 / 4.0 / 3.0, 1e-12);
  g_assert_true (isnan (metrics.r2));

  for (guint truth = 0; truth < 4; truth++)
    {
      for (guint answer = 0; answer < 4; answer++)
        {
          guint want = answer == truth ? 100 : answer == (truth + 1) % 4 ? 50 : 0;

          g_assert_cmpuint (confusion[truth + 4 * answer], ==, want);
          sum += confusion[truth + 4 * answer];
        }
    }
  g_assert_cmpuint (sum, ==, n);
}

/* Pictures that are mostly zero: the figures are those of passes in which no zero
 * is skipped, and the same at any number of threads.
 */
static void
test_sparse (void)
{
  enum { N = 700, N_INPUTS = 60, N_CLASSES = 5 };
  static const MlpLayer layers[] = { { 70, MLP_TANH }, { N_CLASSES, MLP_SOFTMAX } };
  guint8 *x = g_malloc0 (N * N_INPUTS);
  guint8 *classes = g_malloc (N);
  g_autofree guint32 *items = g_new (guint32, N);
  g_autoptr(MlpSamples) samples = mlp_samples_new_classes (x, 1.0f / 256.0f, classes, N_INPUTS, N_CLASSES, N);
  g_autoptr(MlpNet) net = mlp_net_new (N_INPUTS, layers, 2, NULL);
  g_autoptr(MlpWork) work = mlp_work_new (net, 1, FALSE, NULL);
  g_autoptr(MlpSparse) sparse = NULL;
  guint confusion[N_CLASSES * N_CLASSES];
  guint expected[N_CLASSES * N_CLASSES] = { 0 };
  double loss = 0.0, absolute = 0.0, squares = 0.0;
  MlpMetrics metrics, shared;
  MlpRandom random;

  mlp_random_seed (&random, 3, 3);
  for (guint32 i = 0; i < N; i++)
    {
      items[i] = N - 1 - i;
      classes[i] = (guint8) (i % N_CLASSES);
    }
  for (gsize i = 0; i < N * N_INPUTS; i++)
    {
      if (mlp_random_below (&random, 5) == 0)
        x[i] = (guint8) mlp_random_below (&random, 256);
    }

  mlp_net_init (net, MLP_INIT_XAVIER, TRUE, 1);
  for (guint32 i = 0; i < N; i++)
    {
      const float *h;

      mlp_samples_get_batch (samples, &i, 1, mlp_work_get_input (work), NULL);
      h = mlp_pass_forward (net, work, 1);
      loss -= log ((double) h[classes[i]]);
      expected[classes[i] + N_CLASSES * mlp_metrics_find_largest (h, N_CLASSES)]++;
      for (gsize k = 0; k < N_CLASSES; k++)
        {
          const double r = (double) h[k] - (k == classes[i] ? 1.0 : 0.0);

          absolute += fabs (r);
          squares += r * r;
        }
    }

  g_assert_true (mlp_metrics_evaluate (net, samples, items, N, MLP_LOSS_CROSS_ENTROPY, confusion, &metrics, NULL));
  g_assert_cmpmem (confusion, sizeof confusion, expected, sizeof expected);
  assert_close (metrics.loss, loss / N, 1e-6);
  assert_close (metrics.mae, absolute / N / N_CLASSES, 1e-6);
  assert_close (metrics.rmse, sqrt (squares / N / N_CLASSES), 1e-6);

  sparse = mlp_sparse_new (net, samples, 1, 1);
  g_assert_nonnull (sparse);
  mlp_sparse_load (sparse, net);
  for (guint threads = 1; threads <= 3; threads++)
    {
      g_autoptr(MlpWorkers) workers = mlp_workers_new (threads);

      g_assert_true (mlp_metrics_evaluate_shared (net, sparse, samples, items, N, MLP_LOSS_CROSS_ENTROPY, NULL,
                                                  workers, &shared, NULL));
      g_assert_cmpfloat (shared.loss, ==, metrics.loss);
      g_assert_cmpfloat (shared.accuracy, ==, metrics.accuracy);
      g_assert_cmpfloat (shared.mae, ==, metrics.mae);
      g_assert_cmpfloat (shared.rmse, ==, metrics.rmse);
    }
}

static void
test_find_largest (void)
{
  const float h[] = { 0.5f, -1.0f, 2.0f, 2.0f, NAN };

  g_assert_cmpuint (mlp_metrics_find_largest (h, 5), ==, 2);
  g_assert_cmpuint (mlp_metrics_find_largest (h, 2), ==, 0);
  g_assert_cmpuint (mlp_metrics_find_largest (h + 1, 1), ==, 0);
}

static void
test_nothing (void)
{
  g_autoptr(MlpNet) net = make_identity (2);
  g_autoptr(MlpNet) other = make_identity (3);
  g_autoptr(MlpSamples) samples = mlp_samples_new_values (g_new0 (float, 2), g_new0 (float, 2), 2, 2, 1);
  g_autoptr(GError) error = NULL;
  const guint32 item = 0;
  MlpMetrics metrics;

  g_assert_true (mlp_metrics_evaluate (net, samples, NULL, 0, MLP_LOSS_SQUARED, NULL, &metrics, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (metrics.n, ==, 0);
  g_assert_true (isnan (metrics.loss) && isnan (metrics.mae) && isnan (metrics.rmse));

  g_assert_false (mlp_metrics_evaluate (other, samples, &item, 1, MLP_LOSS_SQUARED, NULL, &metrics, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_SHAPE);
}

/* The score interval without continuity correction: Newcombe, Statistics in
 * Medicine 17 (1998) 857, table I, method 3. */
static void
assert_not_finite (GError **error)
{
  g_assert_error (*error, MLP_ERROR, MLP_ERROR_NOT_FINITE);
  g_clear_error (error);
}

/* Weights that are finite, and products that are not: an error wherever a figure would
 * be. Classes by squared error, and values. */
static void
test_not_finite (void)
{
  static const guint32 items[] = { 0, 1, 2 };
  const MlpLayer layers[] = { { 2, MLP_IDENTITY }, { 2, MLP_IDENTITY } };
  const MlpLayer softmax[] = { { 2, MLP_IDENTITY }, { 2, MLP_SOFTMAX } };
  float values[] = { 0.0f, 0.0f, 1.0f, 1.0f, 1.0f, 1.0f };
  const guint8 bytes[] = { 0, 0, 1, 1, 1, 1 };
  const guint8 classes[] = { 0, 1, 0 };
  g_autoptr(MlpSamples) tables = mlp_samples_new_values (g_memdup2 (values, sizeof values),
                                                         g_new0 (float, 6), 2, 2, 3);
  g_autoptr(MlpSamples) pictures = mlp_samples_new_classes (g_memdup2 (bytes, sizeof bytes), 1.0f,
                                                            g_memdup2 (classes, sizeof classes), 2, 2, 3);
  g_autoptr(MlpNet) net = mlp_net_new (2, layers, 2, NULL);
  g_autoptr(MlpNet) other = mlp_net_new (2, softmax, 2, NULL);
  g_autoptr(GError) error = NULL;
  MlpMetrics metrics;
  float h[6];

  for (gsize i = 0; i < mlp_net_get_n_params (net); i++)
    mlp_net_get_params (net)[i] = mlp_net_get_params (other)[i] = i % 3 == 2 ? -1e30f : 1e30f;
  g_assert_true (mlp_net_is_finite (net));

  g_assert_false (mlp_metrics_evaluate (net, tables, items, 3, MLP_LOSS_SQUARED, NULL, &metrics, &error));
  assert_not_finite (&error);
  g_assert_false (mlp_metrics_evaluate (net, pictures, items, 3, MLP_LOSS_SQUARED, NULL, &metrics, &error));
  assert_not_finite (&error);
  g_assert_false (mlp_metrics_evaluate (other, pictures, items, 3, MLP_LOSS_CROSS_ENTROPY, NULL, &metrics, &error));
  assert_not_finite (&error);
  g_assert_false (mlp_regression_metrics_predict (net, tables, items, 3, 1, h, NULL, &error));
  assert_not_finite (&error);

  h[0] = 1e30f;
  h[1] = -1e38f;
  g_assert_true (mlp_metrics_check_outputs (h, 2, &error));
  h[1] = NAN;
  g_assert_false (mlp_metrics_check_outputs (h, 2, &error));
  assert_not_finite (&error);
}

static void
test_wilson (void)
{
  static const struct
  {
    gsize  n_right;
    gsize  n;
    double low;
    double high;
  } published[] = {
    { 81, 263, 0.2553, 0.3662 },
    { 15, 148, 0.0624, 0.1605 },
    { 0, 20, 0.0000, 0.1611 },
    { 1, 29, 0.0061, 0.1718 },
  };
  double low, high;

  for (gsize i = 0; i < G_N_ELEMENTS (published); i++)
    {
      mlp_interval_wilson (published[i].n_right, published[i].n, &low, &high);
      assert_close (low, published[i].low, 0.00005);
      assert_close (high, published[i].high, 0.00005);

      /* It mirrors. */
      mlp_interval_wilson (published[i].n - published[i].n_right, published[i].n, &low, &high);
      assert_close (1.0 - high, published[i].low, 0.00005);
      assert_close (1.0 - low, published[i].high, 0.00005);
    }

  mlp_interval_wilson (1, 1, &low, &high);
  g_assert_cmpfloat (high, ==, 1.0);
  g_assert_cmpfloat (low, >, 0.0);
}

/* However many threads there are, the figures are those of one. */
static void
test_shared (void)
{
  enum { N = 1000 };
  static const guint threads[] = { 1, 2, 3, 5 };
  float *x = g_new (float, 2 * N);
  float *y = g_new (float, 2 * N);
  g_autofree guint32 *items = g_new (guint32, N);
  g_autoptr(MlpNet) net = make_identity (2);
  g_autoptr(MlpSamples) samples = mlp_samples_new_values (x, y, 2, 2, N);
  MlpMetrics alone;

  for (guint32 i = 0; i < N; i++)
    items[i] = i;
  for (guint32 i = 0; i < 2 * N; i++)
    {
      x[i] = sinf ((float) i);
      y[i] = cosf ((float) (i * i));
    }

  g_assert_true (mlp_metrics_evaluate (net, samples, items, N, MLP_LOSS_SQUARED, NULL, &alone, NULL));

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr(MlpWorkers) workers = mlp_workers_new (threads[i]);
      MlpMetrics shared;

      g_assert_true (mlp_metrics_evaluate_shared (net, NULL, samples, items, N, MLP_LOSS_SQUARED, NULL, workers,
                                                  &shared, NULL));
      g_assert_cmpfloat (shared.loss, ==, alone.loss);
      g_assert_cmpfloat (shared.mae, ==, alone.mae);
      g_assert_cmpfloat (shared.rmse, ==, alone.rmse);
      g_assert_cmpfloat (shared.r2, ==, alone.r2);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/metrics/values", test_values);
  g_test_add_func ("/core/metrics/r2-far-away", test_r2_far_away);
  g_test_add_func ("/core/metrics/classes", test_classes);
  g_test_add_func ("/core/metrics/sparse", test_sparse);
  g_test_add_func ("/core/metrics/find-largest", test_find_largest);
  g_test_add_func ("/core/metrics/nothing", test_nothing);
  g_test_add_func ("/core/metrics/shared", test_shared);
  g_test_add_func ("/core/metrics/not-finite", test_not_finite);
  g_test_add_func ("/core/metrics/wilson", test_wilson);

  return g_test_run ();
}
