/* mlp-regression-metrics.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/mlp-workers.h"
#include "core/net/mlp-interval.h"
#include "core/net/mlp-metrics.h"
#include "core/net/mlp-pass.h"
#include "core/net/mlp-regression-metrics.h"
#include "core/net/mlp-split.h"

/* Samples in one pass. */
#define BATCH 256

typedef struct
{
  const MlpNet     *net;
  const MlpSamples *samples;
  const guint32    *items;
  gsize             n_items;
  float            *h;
  guint8           *extrapolates;    /* (nullable) */
  MlpWork         **works;
} Prediction;

/* Any thread: one batch. */
static void
predict_batch (guint    item,
               guint    thread,
               gpointer user_data)
{
  const Prediction *p = user_data;
  const MlpScaler *scaler = mlp_net_peek_scaler (p->net);
  const gsize n = mlp_net_get_width (p->net, mlp_net_get_n_layers (p->net));
  const gsize begin = item * (gsize) BATCH;
  const gsize B = MIN (BATCH, p->n_items - begin);
  MlpWork *work = p->works[thread];
  float *x = mlp_work_get_input (work);
  float *h = p->h + begin * n;

  mlp_samples_get_batch (p->samples, p->items + begin, B, x, NULL);
  for (gsize s = 0; s < B && p->extrapolates != NULL; s++)
    memset (p->extrapolates + (begin + s) * n,
            scaler != NULL && mlp_scaler_is_far (scaler, x + s * mlp_net_get_width (p->net, 0)), n);
  if (scaler != NULL)
    mlp_scaler_scale_inputs (scaler, x, B);

  memcpy (h, mlp_pass_forward (p->net, work, B), n * B * sizeof *h);
  if (scaler != NULL)
    mlp_scaler_undo_outputs (scaler, x, h, B);

  for (gsize i = 0; i < n * B && scaler != NULL && p->extrapolates != NULL; i++)
    p->extrapolates[begin * n + i] |= mlp_scaler_is_outside (scaler, i % n, (double) h[i]);
}

gboolean
mlp_regression_metrics_predict (const MlpNet     *net,
                                const MlpSamples *samples,
                                const guint32    *items,
                                gsize             n_items,
                                guint             n_threads,
                                float            *h,
                                guint8           *extrapolates,
                                GError          **error)
{
  const gsize n_batches = (n_items + BATCH - 1) / BATCH;
  g_autoptr(MlpWorkers) workers = NULL;
  g_autofree MlpWork **works = NULL;
  Prediction p = { net, samples, items, n_items, h, extrapolates };
  gboolean ok = TRUE;

  g_return_val_if_fail (n_threads >= 1, FALSE);

  if (mlp_samples_get_n_inputs (samples) != mlp_net_get_width (net, 0) ||
      mlp_samples_get_n_outputs (samples) != mlp_net_get_width (net, mlp_net_get_n_layers (net)))
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   _("Shape mismatch: the samples have %zu inputs and %zu outputs, the network has %zu and %zu"),
                   mlp_samples_get_n_inputs (samples), mlp_samples_get_n_outputs (samples),
                   mlp_net_get_width (net, 0), mlp_net_get_width (net, mlp_net_get_n_layers (net)));
      return FALSE;
    }

  if (n_items == 0)
    return TRUE;

  workers = mlp_workers_new ((guint) MIN (n_threads, n_batches));
  if (workers == NULL)
    workers = mlp_workers_new (1);

  n_threads = mlp_workers_get_n_threads (workers);
  p.works = works = g_new0 (MlpWork *, n_threads);
  for (guint t = 0; t < n_threads && ok; t++)
    ok = (works[t] = mlp_work_new (net, MIN (BATCH, n_items), FALSE, error)) != NULL;

  if (ok)
    {
      mlp_workers_run (workers, (guint) n_batches, predict_batch, &p);
      ok = mlp_metrics_check_outputs (h, n_items * mlp_samples_get_n_outputs (samples), error);
    }

  for (guint t = 0; t < n_threads; t++)
    mlp_work_free (works[t]);

  return ok;
}

void
mlp_regression_metrics_measure (const float          *h,
                                const float          *y,
                                const guint8         *extrapolates,
                                gsize                 stride,
                                const guint32        *which,
                                gsize                 n,
                                double                mean,
                                MlpRegressionMetrics *metrics)
{
  const double none = (double) NAN;
  const double count = (double) n;
  const double origin = n > 0 ? (double) y[(which != NULL ? which[0] : 0) * stride] : 0.0;
  double absolute = 0.0, squares = 0.0, fourths = 0.0, bias = 0.0, mean_absolute = 0.0;
  double sum = 0.0, sum_squares = 0.0;
  double half, spread, middle;

  *metrics = (MlpRegressionMetrics) { n, none, none, none, none, none, none, none, none, none, none, 0.0, 0, none, 0, none, none };
  if (n == 0)
    return;

  for (gsize i = 0; i < n; i++)
    {
      const gsize at = which != NULL ? which[i] : i;
      const double target = (double) y[at * stride];
      const double prediction = (double) h[at * stride];
      const double r = prediction - target;

      metrics->lowest = i > 0 ? MIN (metrics->lowest, prediction) : prediction;
      metrics->highest = i > 0 ? MAX (metrics->highest, prediction) : prediction;
      absolute += fabs (r);
      squares += r * r;
      fourths += r * r * r * r;
      bias += r;
      mean_absolute += fabs (target - mean);
      sum += target - origin;
      sum_squares += (target - origin) * (target - origin);
      metrics->n_extrapolated += extrapolates != NULL && extrapolates[at * stride];

      if (fabs (r) > metrics->largest)
        {
          metrics->largest = fabs (r);
          metrics->largest_at = at;
        }
    }

  metrics->mae = absolute / count;
  half = mlp_interval_mean_half_width (absolute, squares, n);
  metrics->mae_low = MAX (0.0, metrics->mae - half);
  metrics->mae_high = metrics->mae + half;

  middle = squares / count;
  half = mlp_interval_mean_half_width (squares, fourths, n);
  metrics->rmse = sqrt (middle);
  metrics->rmse_low = sqrt (MAX (0.0, middle - half));
  metrics->rmse_high = sqrt (middle + half);

  metrics->bias = bias / count;
  metrics->mean_mae = mean_absolute / count;

  spread = (sum_squares - sum * sum / count) / count;
  if (spread > 0.0)
    {
      metrics->r2 = 1.0 - middle / spread;
      metrics->r2_low = 1.0 - (middle + half) / spread;
      metrics->r2_high = 1.0 - MAX (0.0, middle - half) / spread;
    }
}

double *
mlp_regression_metrics_dup_means (const MlpNet     *net,
                                  const MlpSamples *samples,
                                  const MlpSplit   *split)
{
  const gsize n_outputs = mlp_samples_get_n_outputs (samples);
  const MlpScaler *scaler = mlp_net_peek_scaler (net);
  double *means = g_new0 (double, n_outputs);
  g_autofree float *y = g_new (float, n_outputs);
  const guint32 *items;
  gsize n;

  if (scaler != NULL)
    {
      for (gsize t = 0; t < n_outputs; t++)
        means[t] = (double) mlp_scaler_peek_y_mean (scaler)[t];

      return means;
    }

  items = mlp_split_peek (split, MLP_TRAIN, &n);
  for (gsize t = 0; n == 0 && t < n_outputs; t++)
    means[t] = NAN;
  for (gsize i = 0; i < n; i++)
    {
      mlp_samples_get_batch (samples, items + i, 1, NULL, y);
      for (gsize t = 0; t < n_outputs; t++)
        means[t] += (double) y[t] / (double) n;
    }

  return means;
}
