/* mlp-metrics.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "core/linalg/mlp-vector.h"
#include "core/mlp-error.h"
#include "core/net/mlp-metrics-private.h"
#include "core/net/mlp-pass-private.h"

/* Samples in one pass: large enough for the matrix products, small enough for
 * the cache. */
#define BATCH 256

/* Sums that are formed side by side. */
#define LANES 8

/* Sums over the samples of a batch. Those of y, which only R² needs, are taken
 * from the first value of all, so that the difference of two large sums is not all
 * that is left. */
typedef struct
{
  double  loss;
  double  absolute;
  double  squares;
  gsize   n_right;
  gsize   n_bad;       /* samples with an output that is not finite */
  double *sum;         /* Σ (y − origin) of each output */
  double *sum_squares;
} Sums;

/* One call of mlp_metrics_evaluate(), shared by threads. */
typedef struct
{
  const MlpNet     *net;
  const MlpSparse  *sparse;      /* or NULL */
  const MlpSamples *samples;
  const guint32    *items;
  gsize             n_items;
  MlpLoss           loss;
  guint            *confusion;
  MlpWork         **works;       /* of each thread */
  double           *origin;      /* the first y */
  Sums             *sums;        /* of each batch */
} Evaluation;

gsize
mlp_metrics_find_largest (const float *h,
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

/* A sum of zeros is 0 unless one of them came of an infinity, or of no number. */
MLP_VECTOR_CLONES static gboolean
are_finite (const float *h,
            gsize        n)
{
  float zeros[LANES] = { 0.0f };
  float sum = 0.0f;
  gsize i = 0;

  for (; i + LANES <= n; i += LANES)
    {
      for (gsize k = 0; k < LANES; k++)
        zeros[k] += 0.0f * h[i + k];
    }

  for (; i < n; i++)
    sum += 0.0f * h[i];

  for (gsize k = 0; k < LANES; k++)
    sum += zeros[k];

  return sum == 0.0f;
}

gboolean
mlp_metrics_check_outputs (const float *h,
                           gsize        n,
                           GError     **error)
{
  if (are_finite (h, n))
    return TRUE;

  g_set_error_literal (error, MLP_ERROR, MLP_ERROR_NOT_FINITE,
                       _("The network’s outputs are not finite; retrain it with a smaller learning rate"));
  return FALSE;
}

/* Samples of @n outputs each. */
static gsize
count_bad (const float *h,
           gsize        n,
           gsize        B)
{
  gsize n_bad = 0;

  if (are_finite (h, n * B))
    return 0;

  for (gsize s = 0; s < B; s++)
    n_bad += !are_finite (h + s * n, n);

  return n_bad;
}

/* Σ |h − y| and Σ (h − y)², in an order that depends on n only. */
MLP_VECTOR_CLONES static void
add_errors (Sums        *sums,
            const float *h,
            const float *y,
            gsize        n)
{
  double absolute[LANES] = { 0.0 };
  double squares[LANES] = { 0.0 };
  gsize i = 0;

  for (; i + LANES <= n; i += LANES)
    {
      for (gsize k = 0; k < LANES; k++)
        {
          const double r = (double) h[i + k] - (double) y[i + k];

          absolute[k] += fabs (r);
          squares[k] += r * r;
        }
    }

  for (; i < n; i++)
    {
      const double r = (double) h[i] - (double) y[i];

      sums->absolute += fabs (r);
      sums->squares += r * r;
    }

  for (gsize k = 0; k < LANES; k++)
    {
      sums->absolute += absolute[k];
      sums->squares += squares[k];
    }
}

/* The same of standardised outputs, n × B, in the units of the targets. */
static void
add_scaled_errors (Sums        *sums,
                   const float *deviation,
                   const float *h,
                   const float *y,
                   gsize        n,
                   gsize        B)
{
  for (gsize s = 0; s < B; s++)
    {
      for (gsize i = 0; i < n; i++)
        {
          const double r = (double) deviation[i] * ((double) h[s * n + i] - (double) y[s * n + i]);

          sums->absolute += fabs (r);
          sums->squares += r * r;
        }
    }
}

/* Of the targets as they are. */
static void
add_values (Sums         *sums,
            const double *origin,
            const float  *y,
            gsize         n,
            gsize         B)
{
  for (gsize s = 0; s < B; s++)
    {
      for (gsize i = 0; i < n; i++)
        {
          const double shifted = (double) y[s * n + i] - origin[i];

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
      const gsize predicted = mlp_metrics_find_largest (h + s * n, n);
      const gsize truth = mlp_samples_get_class (samples, items[s]);

      sums->n_right += predicted == truth;
      if (confusion != NULL)
        confusion[truth + n * predicted]++;
    }
}

static gboolean
finish_metrics (const Sums       *sums,
                gsize             n_items,
                gsize             n,
                const MlpSamples *samples,
                MlpMetrics       *metrics,
                GError          **error)
{
  const gboolean has_classes = mlp_samples_has_classes (samples);
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
  if (mlp_samples_get_mixes_units (samples))
    metrics->mae = metrics->rmse = metrics->r2 = (double) NAN;

  if (sums->n_bad == 0 && isfinite (metrics->loss))
    return TRUE;

  if (sums->n_bad > 0)
    g_set_error (error, MLP_ERROR, MLP_ERROR_NOT_FINITE,
                 _("The network’s outputs for %zu of %zu samples are not finite; retrain it with a smaller learning rate"),
                 sums->n_bad, n_items);
  else
    g_set_error (error, MLP_ERROR, MLP_ERROR_NOT_FINITE,
                 _("The loss over %zu samples is not finite; retrain the network with a smaller learning rate"), n_items);

  return FALSE;
}

/* (nullable): classes are not standardised. */
static const MlpScaler *
get_scaler (const Evaluation *e)
{
  return mlp_samples_has_classes (e->samples) ? NULL : mlp_net_peek_scaler (e->net);
}

/* Any thread: one batch. */
static void
evaluate_batch (guint    item,
                guint    thread,
                gpointer user_data)
{
  const Evaluation *e = user_data;
  const gsize L = mlp_net_get_n_layers (e->net);
  const gsize n = mlp_net_get_width (e->net, L);
  const gsize begin = item * (gsize) BATCH;
  const gsize B = MIN (BATCH, e->n_items - begin);
  const MlpScaler *scaler = get_scaler (e);
  MlpWork *work = e->works[thread];
  Sums *sums = &e->sums[item];
  const float *h = mlp_work_peek_h (work, L);
  float *y = mlp_work_get_target (work);
  guint mode = mlp_vector_flush_denormals ();

  mlp_samples_get_batch (e->samples, e->items + begin, B, mlp_work_get_input (work), y);
  if (!mlp_samples_has_classes (e->samples))
    add_values (sums, e->origin, y, n, B);

  if (scaler != NULL)
    {
      mlp_scaler_scale_inputs (scaler, mlp_work_get_input (work), B);
      mlp_scaler_scale_targets (scaler, mlp_work_get_input (work), y, B);
    }

  mlp_pass_forward_columns (e->net, work, e->sparse, begin, 0, B, NULL);

  sums->loss = mlp_loss_delta (e->loss, mlp_net_get_activation (e->net, L),
                               mlp_work_peek_a (work, L), h, y, NULL, n, B);
  sums->n_bad = count_bad (h, n, B);
  if (scaler != NULL)
    add_scaled_errors (sums, mlp_scaler_peek_y_deviation (scaler), h, y, n, B);
  else
    add_errors (sums, h, y, n * B);

  if (mlp_samples_has_classes (e->samples))
    add_classes (sums, e->samples, e->items + begin, h, n, B, e->confusion);

  mlp_vector_restore_denormals (mode);
}

/* The batches' sums in their order. */
static void
add_up (const Evaluation *e,
        gsize             n_batches,
        gsize             n)
{
  Sums *all = &e->sums[0];

  for (gsize k = 1; k < n_batches; k++)
    {
      const Sums *sums = &e->sums[k];

      all->loss += sums->loss;
      all->absolute += sums->absolute;
      all->squares += sums->squares;
      all->n_right += sums->n_right;
      all->n_bad += sums->n_bad;

      for (gsize i = 0; i < n; i++)
        {
          all->sum[i] += sums->sum[i];
          all->sum_squares[i] += sums->sum_squares[i];
        }
    }
}

static gboolean
make_works (Evaluation *e,
            guint       n_threads,
            GError    **error)
{
  const MlpWorkParts parts = e->sparse == NULL ? MLP_WORK_INPUT : 0;

  for (guint t = 0; t < n_threads; t++)
    {
      if (!(e->works[t] = mlp_work_new_shared (e->net, MIN (BATCH, e->n_items), parts, 0.0f, error)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
run_batches (Evaluation *e,
             MlpWorkers *workers,
             gsize       n,
             MlpMetrics *metrics,
             GError    **error)
{
  const gsize n_batches = (e->n_items + BATCH - 1) / BATCH;
  g_autofree double *per_output = g_new0 (double, (2 * n_batches + 1) * n);
  g_autofree float *first = g_new (float, n);
  g_autofree Sums *sums = g_new0 (Sums, n_batches);

  e->sums = sums;
  e->origin = per_output;

  mlp_samples_get_batch (e->samples, e->items, 1, NULL, first);
  for (gsize i = 0; i < n; i++)
    e->origin[i] = (double) first[i];

  for (gsize k = 0; k < n_batches; k++)
    {
      sums[k].sum = per_output + (2 * k + 1) * n;
      sums[k].sum_squares = sums[k].sum + n;
    }

  if (workers != NULL)
    {
      mlp_workers_run (workers, (guint) n_batches, evaluate_batch, e);
    }
  else
    {
      for (guint k = 0; k < n_batches; k++)
        evaluate_batch (k, 0, e);
    }

  add_up (e, n_batches, n);

  return finish_metrics (&sums[0], e->n_items, n, e->samples, metrics, error);
}

gboolean
mlp_metrics_evaluate_shared (const MlpNet     *net,
                             MlpSparse        *sparse,
                             const MlpSamples *samples,
                             const guint32    *items,
                             gsize             n_items,
                             MlpLoss           loss,
                             guint            *confusion,
                             MlpWorkers       *workers,
                             MlpMetrics       *metrics,
                             GError          **error)
{
  const gsize n = mlp_net_get_width (net, mlp_net_get_n_layers (net));
  const guint n_threads = workers != NULL ? mlp_workers_get_n_threads (workers) : 1;
  g_autofree MlpWork **works = NULL;
  Evaluation e = { net, sparse, samples, items, n_items, loss, confusion };
  gboolean ok;

  g_return_val_if_fail (metrics != NULL, FALSE);
  g_return_val_if_fail (confusion == NULL || n_threads == 1, FALSE);

  if (confusion != NULL)
    memset (confusion, 0, n * n * sizeof *confusion);

  if (n_items == 0)
    {
      const double none = (double) NAN;

      *metrics = (MlpMetrics) { 0, none, none, none, none, none };
      return TRUE;
    }

  if (sparse != NULL)
    mlp_sparse_set_batch (sparse, items, n_items, n_items);

  e.works = works = g_new0 (MlpWork *, n_threads);
  ok = make_works (&e, n_threads, error) && run_batches (&e, workers, n, metrics, error);

  for (guint t = 0; t < n_threads; t++)
    mlp_work_free (works[t]);

  return ok;
}

gboolean
mlp_metrics_evaluate (const MlpNet     *net,
                      const MlpSamples *samples,
                      const guint32    *items,
                      gsize             n_items,
                      MlpLoss           loss,
                      guint            *confusion,
                      MlpMetrics       *metrics,
                      GError          **error)
{
  const gsize n = mlp_net_get_width (net, mlp_net_get_n_layers (net));
  g_autoptr(MlpSparse) sparse = NULL;

  if (mlp_samples_get_n_inputs (samples) != mlp_net_get_width (net, 0) ||
      mlp_samples_get_n_outputs (samples) != n)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   _("Shape mismatch: the samples have %zu inputs and %zu outputs, the network has %zu and %zu"),
                   mlp_samples_get_n_inputs (samples), mlp_samples_get_n_outputs (samples),
                   mlp_net_get_width (net, 0), n);
      return FALSE;
    }

  sparse = mlp_sparse_new (net, samples, 1, 1);
  if (sparse != NULL)
    mlp_sparse_load (sparse, net);

  return mlp_metrics_evaluate_shared (net, sparse, samples, items, n_items, loss, confusion, NULL, metrics, error);
}
