/* mlp-scaler.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/mlp-ridge.h"
#include "core/mlp-scaler.h"
#include "core/mlp-vector.h"

/* Samples read in one go while a scaler is fitted: enough for the products. */
#define BATCH 1024

/* Of an input, in deviations, among the training samples. */
#define FARTHEST 20.0f

/* λ for each training sample: coefficients of inputs that say the same do not
 * run away from each other. */
#define RIDGE 1e-5

/* Of the inputs, or of the targets. */
typedef struct
{
  gsize  n;
  float *mean;
  float *deviation;
  float *factor;      /* 1 / deviation */
} Side;

struct _MlpScaler
{
  Side            x;
  Side            y;
  float          *linear;     /* (nullable): n_inputs × n_outputs */
  gatomicrefcount ref_count;
};

static void
init_side (Side *side,
           gsize n)
{
  side->n = n;
  side->mean = g_new0 (float, n);
  side->deviation = g_new (float, n);
  side->factor = g_new (float, n);
}

static void
clear_side (Side *side)
{
  g_free (side->mean);
  g_free (side->deviation);
  g_free (side->factor);
}

static MlpScaler *
new_scaler (gsize n_inputs,
            gsize n_outputs)
{
  MlpScaler *scaler = g_new0 (MlpScaler, 1);

  init_side (&scaler->x, n_inputs);
  init_side (&scaler->y, n_outputs);
  g_atomic_ref_count_init (&scaler->ref_count);

  return scaler;
}

/* Of one side while a scaler is fitted, for each row. */
typedef struct
{
  float  *origin;       /* the first sample */
  float  *farthest;     /* max |v − origin| */
  double *sum;          /* Σ (v − origin) */
  double *squares;      /* Σ (v − origin)² */
} Sums;

static void
init_sums (Sums        *sums,
           const float *first,
           gsize        n)
{
  sums->origin = g_memdup2 (first, n * sizeof *first);
  sums->farthest = g_new0 (float, n);
  sums->sum = g_new0 (double, n);
  sums->squares = g_new0 (double, n);
}

static void
clear_sums (Sums *sums)
{
  g_free (sums->origin);
  g_free (sums->farthest);
  g_free (sums->sum);
  g_free (sums->squares);
}

/* @values: n × B */
MLP_VECTOR_CLONES
static void
add_columns (const float *restrict values,
             const Sums           *sums,
             gsize                 n,
             gsize                 B)
{
  const float *restrict origin = sums->origin;
  float *restrict farthest = sums->farthest;
  double *restrict sum = sums->sum;
  double *restrict squares = sums->squares;

  for (gsize s = 0; s < B; s++)
    {
      const float *restrict v = values + s * n;

      for (gsize i = 0; i < n; i++)
        {
          const double shifted = (double) v[i] - (double) origin[i];

          sum[i] += shifted;
          squares[i] += shifted * shifted;
          farthest[i] = MAX (farthest[i], fabsf ((float) shifted));
        }
    }
}

/* What is left of the squares of something constant is rounding. */
static void
finish_side (Side       *side,
             const Sums *sums,
             gsize       n_items,
             float       farthest)
{
  for (gsize i = 0; i < side->n; i++)
    {
      const double shift = sums->sum[i] / (double) n_items;
      const double variance = sums->squares[i] / (double) n_items - shift * shift;
      const double deviation = variance > 1e-12 * shift * shift ? sqrt (variance) : 0.0;

      side->mean[i] = (float) ((double) sums->origin[i] + shift);
      side->deviation[i] = deviation > (double) G_MINFLOAT ? (float) deviation : 1.0f;

      if (farthest > 0.0f)
        side->deviation[i] = MAX (side->deviation[i], sums->farthest[i] / farthest);

      side->factor[i] = 1.0f / side->deviation[i];
    }
}

/* Memory for a batch, and how it is filled. */
typedef struct
{
  const MlpSamples *samples;
  const guint32    *items;
  gsize             n_items;
  float            *x;
  float            *y;
} Batches;

static gsize
get_batch (const Batches *batches,
           gsize          done)
{
  const gsize B = MIN (BATCH, batches->n_items - done);

  mlp_samples_get_batch (batches->samples, batches->items + done, B, batches->x, batches->y);

  return B;
}

static void
fit_moments (MlpScaler     *scaler,
             const Batches *batches)
{
  Sums x, y;

  get_batch (batches, 0);
  init_sums (&x, batches->x, scaler->x.n);
  init_sums (&y, batches->y, scaler->y.n);

  for (gsize done = 0; done < batches->n_items; done += BATCH)
    {
      const gsize B = get_batch (batches, done);

      add_columns (batches->x, &x, scaler->x.n, B);
      add_columns (batches->y, &y, scaler->y.n, B);
    }

  finish_side (&scaler->x, &x, batches->n_items, FARTHEST);
  finish_side (&scaler->y, &y, batches->n_items, 0.0f);
  clear_sums (&x);
  clear_sums (&y);
}

/* The law for standardised targets, then in their units, and how far what it
 * leaves over spreads. */
static gboolean
fit_linear (MlpScaler     *scaler,
            const Batches *batches,
            GError       **error)
{
  const gsize n_inputs = scaler->x.n;
  const gsize n_outputs = scaler->y.n;
  g_autofree double *squares = g_new0 (double, n_outputs);
  g_autofree float *linear = g_new (float, n_inputs * n_outputs);
  g_autoptr(MlpRidge) ridge = mlp_ridge_new (n_inputs, n_outputs, error);

  if (ridge == NULL)
    return FALSE;

  for (gsize done = 0; done < batches->n_items; done += BATCH)
    {
      const gsize B = get_batch (batches, done);

      mlp_scaler_scale_inputs (scaler, batches->x, B);
      mlp_scaler_scale_targets (scaler, batches->x, batches->y, B);
      mlp_ridge_add (ridge, batches->x, batches->y, B);
    }

  /* Without a law, as for inputs that are not finite, there is no path. */
  if (!mlp_ridge_solve (ridge, 1e-3 + RIDGE * (double) batches->n_items, linear))
    return TRUE;

  for (gsize t = 0; t < n_outputs; t++)
    {
      for (gsize i = 0; i < n_inputs; i++)
        linear[t * n_inputs + i] *= scaler->y.deviation[t];
    }

  scaler->linear = g_steal_pointer (&linear);

  for (gsize done = 0; done < batches->n_items; done += BATCH)
    {
      const gsize B = get_batch (batches, done);

      mlp_scaler_scale_inputs (scaler, batches->x, B);
      mlp_scaler_scale_targets (scaler, batches->x, batches->y, B);

      for (gsize s = 0; s < B; s++)
        {
          for (gsize t = 0; t < n_outputs; t++)
            squares[t] += (double) batches->y[s * n_outputs + t] * (double) batches->y[s * n_outputs + t];
        }
    }

  /* Where the law leaves nothing over, dividing by it would make noise of it. */
  for (gsize t = 0; t < n_outputs; t++)
    {
      const double left = sqrt (squares[t] / (double) batches->n_items);

      scaler->y.deviation[t] *= (float) MAX (left, 1e-4);
      scaler->y.factor[t] = 1.0f / scaler->y.deviation[t];
    }

  return TRUE;
}

MlpScaler *
mlp_scaler_new_fit (const MlpSamples *samples,
                    const guint32    *items,
                    gsize             n_items,
                    gboolean          linear,
                    GError          **error)
{
  const gsize n_inputs = mlp_samples_get_n_inputs (samples);
  const gsize n_outputs = mlp_samples_get_n_outputs (samples);
  g_autofree float *x = g_new (float, n_inputs * BATCH);
  g_autofree float *y = g_new (float, n_outputs * BATCH);
  const Batches batches = { samples, items, n_items, x, y };
  g_autoptr(MlpScaler) scaler = NULL;

  g_return_val_if_fail (!mlp_samples_has_classes (samples), NULL);
  g_return_val_if_fail (n_items > 0, NULL);

  scaler = new_scaler (n_inputs, n_outputs);
  fit_moments (scaler, &batches);
  if (linear && !fit_linear (scaler, &batches, error))
    return NULL;

  return g_steal_pointer (&scaler);
}

static gboolean
set_side (Side        *side,
          const float *mean,
          const float *deviation,
          GError     **error)
{
  for (gsize i = 0; i < side->n; i++)
    {
      if (!isfinite (mean[i]) || !isfinite (deviation[i]) || !(deviation[i] > 0.0f))
        {
          g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                       _("value %zu of a scaler is %g ± %g; expected a finite mean and a deviation above 0"),
                       i + 1, (double) mean[i], (double) deviation[i]);
          return FALSE;
        }

      side->factor[i] = 1.0f / deviation[i];
    }

  memcpy (side->mean, mean, side->n * sizeof *mean);
  memcpy (side->deviation, deviation, side->n * sizeof *deviation);

  return TRUE;
}

static gboolean
set_linear (MlpScaler   *scaler,
            const float *linear,
            GError     **error)
{
  const gsize n = scaler->x.n * scaler->y.n;

  for (gsize i = 0; i < n; i++)
    {
      if (!isfinite (linear[i]))
        {
          g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                       _("value %zu of a linear path is not a finite number"), i + 1);
          return FALSE;
        }
    }

  scaler->linear = g_memdup2 (linear, n * sizeof *linear);

  return TRUE;
}

MlpScaler *
mlp_scaler_new (gsize        n_inputs,
                gsize        n_outputs,
                const float *x_mean,
                const float *x_deviation,
                const float *y_mean,
                const float *y_deviation,
                const float *linear,
                GError     **error)
{
  g_autoptr(MlpScaler) scaler = NULL;

  g_return_val_if_fail (n_inputs > 0 && n_outputs > 0, NULL);

  scaler = new_scaler (n_inputs, n_outputs);
  if (!set_side (&scaler->x, x_mean, x_deviation, error) ||
      !set_side (&scaler->y, y_mean, y_deviation, error) ||
      (linear != NULL && !set_linear (scaler, linear, error)))
    return NULL;

  return g_steal_pointer (&scaler);
}

MlpScaler *
mlp_scaler_ref (const MlpScaler *scaler)
{
  MlpScaler *self = (MlpScaler *) scaler;

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
mlp_scaler_unref (MlpScaler *scaler)
{
  if (scaler == NULL || !g_atomic_ref_count_dec (&scaler->ref_count))
    return;

  clear_side (&scaler->x);
  clear_side (&scaler->y);
  g_free (scaler->linear);
  g_free (scaler);
}

gsize
mlp_scaler_get_n_inputs (const MlpScaler *scaler)
{
  return scaler->x.n;
}

gsize
mlp_scaler_get_n_outputs (const MlpScaler *scaler)
{
  return scaler->y.n;
}

const float *
mlp_scaler_peek_x_mean (const MlpScaler *scaler)
{
  return scaler->x.mean;
}

const float *
mlp_scaler_peek_x_deviation (const MlpScaler *scaler)
{
  return scaler->x.deviation;
}

const float *
mlp_scaler_peek_y_mean (const MlpScaler *scaler)
{
  return scaler->y.mean;
}

const float *
mlp_scaler_peek_y_deviation (const MlpScaler *scaler)
{
  return scaler->y.deviation;
}

const float *
mlp_scaler_peek_linear (const MlpScaler *scaler)
{
  return scaler->linear;
}

MLP_VECTOR_CLONES
static float
dot (const float *a,
     const float *x,
     gsize        n)
{
  float sums[16] = { 0.0f };
  float sum = 0.0f;
  gsize i = 0;

  for (; i + 16 <= n; i += 16)
    {
      for (gsize k = 0; k < 16; k++)
        sums[k] += a[i + k] * x[i + k];
    }

  for (; i < n; i++)
    sum += a[i] * x[i];

  for (gsize k = 0; k < 16; k++)
    sum += sums[k];

  return sum;
}

MLP_VECTOR_CLONES
static void
scale_columns (const float *restrict mean,
               const float *restrict factor,
               float *restrict       values,
               gsize                 n,
               gsize                 B)
{
  for (gsize s = 0; s < B; s++)
    {
      float *restrict v = values + s * n;

      for (gsize i = 0; i < n; i++)
        v[i] = (v[i] - mean[i]) * factor[i];
    }
}

void
mlp_scaler_scale_inputs (const MlpScaler *scaler,
                         float           *x,
                         gsize            B)
{
  scale_columns (scaler->x.mean, scaler->x.factor, x, scaler->x.n, B);
}

void
mlp_scaler_scale_targets (const MlpScaler *scaler,
                          const float     *x,
                          float           *y,
                          gsize            B)
{
  const gsize n = scaler->y.n;

  for (gsize s = 0; s < B && scaler->linear != NULL; s++)
    {
      for (gsize t = 0; t < n; t++)
        y[s * n + t] -= dot (scaler->linear + t * scaler->x.n, x + s * scaler->x.n, scaler->x.n);
    }

  scale_columns (scaler->y.mean, scaler->y.factor, y, n, B);
}

void
mlp_scaler_undo_outputs (const MlpScaler *scaler,
                         const float     *x,
                         float           *h,
                         gsize            B)
{
  const gsize n = scaler->y.n;

  for (gsize s = 0; s < B; s++)
    {
      for (gsize t = 0; t < n; t++)
        {
          float *value = h + s * n + t;

          *value = *value * scaler->y.deviation[t] + scaler->y.mean[t];
          if (scaler->linear != NULL)
            *value += dot (scaler->linear + t * scaler->x.n, x + s * scaler->x.n, scaler->x.n);
        }
    }
}
