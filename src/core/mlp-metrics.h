/* mlp-metrics.h: how good a network is on a part of the samples.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/mlp-loss.h"
#include "core/mlp-net.h"
#include "core/mlp-samples.h"

G_BEGIN_DECLS

typedef struct
{
  gsize  n;          /* samples that were looked at */
  double loss;       /* mean over the samples */
  double accuracy;   /* classes: share that is right, 0 to 1; otherwise NaN */
  double mae;        /* mean |h − y| over samples and outputs, in the units of y, also where a scaler stands between */
  double rmse;
  double r2;         /* 1 − Σ(h − y)² / Σ(y − ȳ)², ȳ of each output; values only, otherwise NaN */
} MlpMetrics;

/* The answer of a network with classes: the first of the largest of @n outputs. */
gsize    mlp_find_largest      (const float       *h,
                                gsize              n);

/**
 * mlp_evaluate:
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
 * Errors: %MLP_ERROR_SHAPE if widths differ, %MLP_ERROR_TOO_LARGE
 */
gboolean mlp_evaluate          (const MlpNet      *net,
                                const MlpSamples  *samples,
                                const guint32     *items,
                                gsize              n_items,
                                MlpLoss            loss,
                                guint             *confusion,
                                MlpMetrics        *metrics,
                                GError           **error);

/**
 * mlp_wilson_interval:
 * @n_right: how many of @n are right
 * @n: of how many, at least 1
 * @low: (out): lower bound of the share, 95 %
 * @high: (out): upper bound
 *
 * Wilson's score interval (Wilson, 1927).
 */
void     mlp_wilson_interval   (gsize              n_right,
                                gsize              n,
                                double            *low,
                                double            *high);

G_END_DECLS
