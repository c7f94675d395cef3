/* mlp-regression-metrics.h: regression predictions and metrics: MAE, RMSE, R².
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-net.h"
#include "core/net/mlp-samples.h"
#include "core/net/mlp-split.h"

G_BEGIN_DECLS

/**
 * mlp_regression_metrics_predict:
 * @net: a network
 * @samples: samples of its widths
 * @items: (array length=n_items): which
 * @n_items: how many
 * @n_threads: how many compute, the calling one included; at least 1
 * @h: (out caller-allocates): n[L] × n_items, in the units of the targets
 *   (the network's scaler undone)
 * @extrapolates: (out caller-allocates) (nullable): n[L] × n_items: 1 where a
 *   prediction is about a sample far outside the range of the training inputs, or is
 *   itself further outside that of the training targets than half its width
 *   (mlp_scaler_is_far(), mlp_scaler_is_outside()); 0 where it is not, and for a
 *   network without a scaler
 * @error: return location for a #GError
 *
 * The result does not depend on @n_threads.
 *
 * Errors: %MLP_ERROR_SHAPE if widths differ, %MLP_ERROR_TOO_LARGE,
 * %MLP_ERROR_NOT_FINITE if a prediction is infinite or no number; @h has them then
 */
gboolean mlp_regression_metrics_predict (const MlpNet         *net,
                                         const MlpSamples     *samples,
                                         const guint32        *items,
                                         gsize                 n_items,
                                         guint                 n_threads,
                                         float                *h,
                                         guint8               *extrapolates,
                                         GError              **error);

/* How well n predictions fit, in the units of the targets. Intervals are of
 * 95 %, from the spread of the errors over the samples, with Student's t; NaN where
 * there is one sample only. */
typedef struct
{
  gsize  n;
  double mae;            /* mean |h − y| */
  double mae_low, mae_high;
  double rmse;
  double rmse_low, rmse_high;
  double r2;             /* 1 − Σ(h − y)² / Σ(y − ȳ)²; NaN where all y are the same */
  double r2_low, r2_high;
  double bias;           /* mean h − y */
  double largest;        /* the largest |h − y| … */
  gsize  largest_at;     /* … and whose */
  double mean_mae;       /* of a prediction that is @mean for every sample */
  gsize  n_extrapolated; /* predictions that are extrapolations */
  double lowest, highest;  /* of the predictions */
} MlpRegressionMetrics;

/**
 * mlp_regression_metrics_measure:
 * @h: predictions, @stride apart
 * @y: targets, @stride apart
 * @extrapolates: (nullable): what mlp_regression_metrics_predict() says of them, @stride apart
 * @stride: n[L] where h and y are columns of a batch
 * @which: (array length=n) (nullable): take these only; %NULL: 0 … n − 1
 * @n: how many; 0 gives NaN
 * @mean: the mean baseline: the mean of the training targets
 * @metrics: (out): the figures
 */
void     mlp_regression_metrics_measure (const float          *h,
                                         const float          *y,
                                         const guint8         *extrapolates,
                                         gsize                 stride,
                                         const guint32        *which,
                                         gsize                 n,
                                         double                mean,
                                         MlpRegressionMetrics *metrics);

/* The mean baseline of each target: what the network was standardised with,
 * or the mean of the samples that train (NaN where there are none). (transfer full) (array length=n_outputs) */
double *mlp_regression_metrics_dup_means (const MlpNet     *net,
                                          const MlpSamples *samples,
                                          const MlpSplit   *split);

G_END_DECLS
