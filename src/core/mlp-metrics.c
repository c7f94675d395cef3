/* mlp-metrics.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/mlp-metrics.h"
#include "core/mlp-pass.h"

/* Samples in one pass: large enough for the matrix products, small enough for
 * the cache. */
#define BATCH 256

/* Sums over samples. Those of y are taken from its first value, so that the
 * difference of two large sums is not all that is left. */
typedef struct
{
  double  loss;
  double  absolute;
  double  squares;
  gsize   n_right;
  double *origin;      /* of each output */
  double *sum;         /* Σ (y − origin) of each output */
  double *sum_squares;
} Sums;

gsize
mlp_find_largest (const float *h,
                  gsize        n)
{
  gsize largest = 0;

  for (gsize i = 1; i < n; i++)
    {
      if (h[i] > h[largest])
        largest = i;
    }

  return largest;
}

static void
add_values (Sums        *sums,
            const float *h,
            const float *y,
            gsize        n,
            gsize        B)
{
  for (gsize s = 0; s < B; s++)
    {
      for (gsize i = 0; i < n; i++)
        {
          const double r = (double) h[s * n + i] - (double) y[s * n + i];
          const double shifted = (double) y[s * n + i] - sums->origin[i];

          sums->absolute += fabs (r);
          sums->squares += r * r;
          sums->sum[i] += shifted;
          sums->sum_squares[i] += shifted * shifted;
        }
    }
}

static void
add_classes (Sums             *sums,
             const MlpSamples *samples,
             const guint32    *items,
             const float      *h,
             gsize             n,
             gsize             B,
             guint            *confusion)
{
  for (gsize s = 0; s < B; s++)
    {
      const gsize predicted = mlp_find_largest (h + s * n, n);
      const gsize truth = mlp_samples_get_class (samples, items[s]);

      sums->n_right += predicted == truth;
      if (confusion != NULL)
        confusion[truth + n * predicted]++;
    }
}

static void
finish (const Sums *sums,
        gsize       n_items,
        gsize       n,
        gboolean    has_classes,
        MlpMetrics *metrics)
{
  const double n_values = (double) n_items * (double) n;
  double spread = 0.0;

  for (gsize i = 0; i < n; i++)
    spread += sums->sum_squares[i] - sums->sum[i] * sums->sum[i] / (double) n_items;

  metrics->n = n_items;
  metrics->loss = sums->loss / (double) n_items;
  metrics->accuracy = has_classes ? (double) sums->n_right / (double) n_items : (double) NAN;
  metrics->mae = sums->absolute / n_values;
  metrics->rmse = sqrt (sums->squares / n_values);
  metrics->r2 = has_classes || !(spread > 0.0) ? (double) NAN : 1.0 - sums->squares / spread;
}

gboolean
mlp_evaluate (const MlpNet     *net,
              const MlpSamples *samples,
              const guint32    *items,
              gsize             n_items,
              MlpLoss           loss,
              guint            *confusion,
              MlpMetrics       *metrics,
              GError          **error)
{
  const gsize L = mlp_net_get_n_layers (net);
  const gsize n = mlp_net_get_width (net, L);
  const gboolean has_classes = mlp_samples_has_classes (samples);
  g_autoptr(MlpWork) work = NULL;
  g_autofree double *per_output = NULL;
  Sums sums = { 0 };

  g_return_val_if_fail (metrics != NULL, FALSE);

  if (mlp_samples_get_n_inputs (samples) != mlp_net_get_width (net, 0) ||
      mlp_samples_get_n_outputs (samples) != n)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   _("The samples have %zu inputs and %zu outputs, the network has %zu and %zu; they must be the same"),
                   mlp_samples_get_n_inputs (samples), mlp_samples_get_n_outputs (samples),
                   mlp_net_get_width (net, 0), n);
      return FALSE;
    }

  if (confusion != NULL)
    memset (confusion, 0, n * n * sizeof *confusion);

  if (n_items == 0)
    {
      const double none = (double) NAN;

      *metrics = (MlpMetrics) { 0, none, none, none, none, none };
      return TRUE;
    }

  if (!(work = mlp_work_new (net, MIN (BATCH, n_items), FALSE, error)))
    return FALSE;

  per_output = g_new0 (double, 3 * n);
  sums.origin = per_output;
  sums.sum = per_output + n;
  sums.sum_squares = per_output + 2 * n;

  for (gsize begin = 0; begin < n_items; begin += BATCH)
    {
      const gsize B = MIN (BATCH, n_items - begin);
      float *y = mlp_work_get_target (work);
      const float *h;

      mlp_samples_get_batch (samples, items + begin, B, mlp_work_get_input (work), y);
      h = mlp_forward (net, work, B);

      for (gsize i = 0; i < n && begin == 0; i++)
        sums.origin[i] = (double) y[i];

      sums.loss += mlp_loss_delta (loss, mlp_net_get_activation (net, L),
                                   mlp_work_peek_a (work, L), h, y, NULL, n, B);
      add_values (&sums, h, y, n, B);
      if (has_classes)
        add_classes (&sums, samples, items + begin, h, n, B, confusion);
    }

  finish (&sums, n_items, n, has_classes, metrics);

  return TRUE;
}

void
mlp_wilson_interval (gsize   n_right,
                     gsize   n,
                     double *low,
                     double *high)
{
  /* The 97.5 % quantile of the normal distribution. */
  const double z = 1.959963984540054;
  double p, middle, half, scale;

  g_return_if_fail (n > 0 && n_right <= n);

  p = (double) n_right / (double) n;
  scale = 1.0 / (1.0 + z * z / (double) n);
  middle = scale * (p + z * z / (2.0 * (double) n));
  half = scale * z * sqrt (p * (1.0 - p) / (double) n + z * z / (4.0 * (double) n * (double) n));

  *low = MAX (0.0, middle - half);
  *high = MIN (1.0, middle + half);
}
