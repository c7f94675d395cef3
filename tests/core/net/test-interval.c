/* test-interval.c: confidence intervals against published values.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "core/net/mlp-interval.h"
#include "core/net/mlp-regression-metrics.h"
#include "test-util.h"

/* Published tables, and for large numbers of degrees ten digits of R's qt (0.975, ν). */
static void
test_student (void)
{
  static const struct
  {
    gsize  n_degrees;
    double quantile;
  } published[] = {
    { 1, 12.7062047364 }, { 2, 4.3026527297 }, { 3, 3.1824463053 }, { 4, 2.7764451052 },
    { 5, 2.5705818356 }, { 9, 2.2621571628 }, { 10, 2.2281388520 }, { 29, 2.0452296421 },
    { 30, 2.0422724563 }, { 100, 1.9839715185 }, { 120, 1.9799304051 }, { 1000, 1.9623390808 },
    { G_MAXUINT32, 1.9599639845 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (published); i++)
    assert_close (mlp_interval_student_quantile (published[i].n_degrees), published[i].quantile, 2e-9);

  /* Where the formula changes. */
  g_assert_cmpfloat (fabs (mlp_interval_student_quantile (101) - mlp_interval_student_quantile (100)), <, 3e-4);
  g_assert_cmpfloat (mlp_interval_student_quantile (101), <, mlp_interval_student_quantile (100));
}

/* By hand: 1, 2, 6 have the mean 3 and the variance 7. */
static void
test_mean (void)
{
  assert_close (mlp_interval_mean_half_width (9.0, 41.0, 3), 4.3026527297 * sqrt (7.0 / 3.0), 1e-9);
  g_assert_true (isnan (mlp_interval_mean_half_width (4.0, 16.0, 1)));
  g_assert_true (isnan (mlp_interval_mean_half_width (0.0, 0.0, 0)));
}

/* Clopper and Pearson's, from tables; 0 of n: 1 − 0.025^(1/n). */
static void
test_shares (void)
{
  static const struct
  {
    gsize  n_right, n;
    double low, high;
  } published[] = {
    { 5, 10, 0.1870860, 0.8129140 },
    { 1, 10, 0.0025286, 0.4450161 },
    { 8, 10, 0.4439045, 0.9747893 },
    { 10, 10, 0.6915029, 1.0 },
    { 1, 2, 0.0125791, 0.9874209 },
  };
  double low, high, wilson_low, wilson_high;

  for (gsize i = 0; i < G_N_ELEMENTS (published); i++)
    {
      mlp_interval_share (published[i].n_right, published[i].n, &low, &high);
      g_assert_cmpfloat (fabs (low - published[i].low), <, 1e-7);
      g_assert_cmpfloat (fabs (high - published[i].high), <, 1e-7);
    }

  for (gsize n = 2; n <= 100; n++)
    {
      mlp_interval_share (0, n, &low, &high);
      g_assert_cmpfloat (low, ==, 0.0);
      assert_close (high, 1.0 - pow (0.025, 1.0 / (double) n), 1e-12);
    }

  /* Of many Wilson's; of one none. */
  mlp_interval_share (970, 1000, &low, &high);
  mlp_interval_wilson (970, 1000, &wilson_low, &wilson_high);
  g_assert_cmpfloat (low, ==, wilson_low);
  g_assert_cmpfloat (high, ==, wilson_high);
  mlp_interval_share (1, 1, &low, &high);
  g_assert_true (isnan (low) && isnan (high));
}

/* Errors of one sample say nothing of their spread; of two, very little. */
static void
test_few (void)
{
  static const float h[] = { 1.0f, 5.0f };
  static const float y[] = { 0.0f, 2.0f };
  MlpRegressionMetrics metrics;

  mlp_regression_metrics_measure (h, y, NULL, 1, NULL, 1, 0.0, &metrics);
  assert_close (metrics.mae, 1.0, 1e-12);
  g_assert_true (isnan (metrics.mae_low) && isnan (metrics.mae_high));
  g_assert_true (isnan (metrics.rmse_low) && isnan (metrics.rmse_high));
  g_assert_true (isnan (metrics.r2_low) && isnan (metrics.r2_high));

  /* |r| is 1 3: mean 2, s = √2, half an interval t s / √2 = t. */
  mlp_regression_metrics_measure (h, y, NULL, 1, NULL, 2, 0.0, &metrics);
  assert_close (metrics.mae_high, 2.0 + 12.7062047364, 1e-9);
  g_assert_cmpfloat (metrics.mae_low, ==, 0.0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/interval/student", test_student);
  g_test_add_func ("/core/interval/mean", test_mean);
  g_test_add_func ("/core/interval/shares", test_shares);
  g_test_add_func ("/core/interval/few", test_few);

  return g_test_run ();
}
