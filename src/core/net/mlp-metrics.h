/* mlp-metrics.h: evaluation metrics of a network on a part of the samples.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-interval.h"
#include "core/net/mlp-loss.h"
#include "core/net/mlp-net.h"
#include "core/net/mlp-samples.h"

G_BEGIN_DECLS

typedef struct
{
  gsize  n;          /* samples that were looked at */
  double loss;       /* mean over the samples */
  double accuracy;   /* classes: share that is right, 0 to 1; otherwise NaN */
  double mae;        /* mean |h − y| over samples and outputs, in the unit of y, also where a scaler stands between */
  double rmse;
  double r2;         /* 1 − Σ(h − y)² / Σ(y − ȳ)², ȳ of each output; values only, otherwise NaN */

  /* MAE, RMSE and R² are NaN where outputs are in several units
   * (mlp_samples_set_mixes_units()); mlp-regression-metrics.h has them one by one. */
} MlpMetrics;

/* Whether the outputs of a network, @n of them, are numbers. Errors:
 * %MLP_ERROR_NOT_FINITE */
gboolean mlp_metrics_check_outputs (const float      *h,
                                    gsize             n,
                                    GError          **error);

/* The answer of a network with classes: the first of the largest of @n outputs. */
gsize    mlp_metrics_find_largest  (const float      *h,
                                    gsize             n);

/**
 * mlp_metrics_evaluate:
 * @net: a network
 * @samples: samples of its widths
 * @items: (array length=n_items): which
 * @n_items: how many; 0 gives NaN
 * @loss: the loss to report
 * @confusion: (out caller-allocates) (nullable): n[L] × n[L] counts, cleared
 *   first; confusion[true + n[L] · predicted]
 * @metrics: (out): the figures
 * @error: return location for a #GError
 *
 * One thread, the calling one; sums are in double and in order, so that equal
 * networks give equal figures.
 *
 * Errors: %MLP_ERROR_SHAPE if widths differ, %MLP_ERROR_TOO_LARGE,
 * %MLP_ERROR_NOT_FINITE if an output or the loss is infinite or no number
 */
gboolean mlp_metrics_evaluate      (const MlpNet     *net,
                                    const MlpSamples *samples,
                                    const guint32    *items,
                                    gsize             n_items,
                                    MlpLoss           loss,
                                    guint            *confusion,
                                    MlpMetrics       *metrics,
                                    GError          **error);

G_END_DECLS
