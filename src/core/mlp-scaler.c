/* mlp-scaler.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/mlp-scaler.h"
#include "core/mlp-vector-private.h"

/* Samples read in one go while a scaler is fitted. */
#define BATCH 64

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

/* Σ (v − origin) and Σ (v − origin)² of each row of n × B values. */
MLP_VECTOR_CLONES
static void
add_columns (const float *values,
             const float *origin,
             gsize        n,
             gsize        B,
             double      *sum,
             double      *squares)
{
  for (gsize s = 0; s < B; s++)
    {
      const float *v = values + s * n;

      for (gsize i = 0; i < n; i++)
        {
          const double shifted = (double) v[i] - (double) origin[i];

          sum[i] += shifted;
          squares[i] += shifted * shifted;
        }
    }
}

/* What is left of the squares of something constant is rounding. */
static void
finish_side (Side         *side,
             const float  *origin,
             const double *sum,
             const double *squares,
             gsize         n_items)
{
  for (gsize i = 0; i < side->n; i++)
    {
      const double shift = sum[i] / (double) n_items;
      const double variance = squares[i] / (double) n_items - shift * shift;
      const double deviation = variance > 1e-12 * shift * shift ? sqrt (variance) : 0.0;

      side->mean[i] = (float) ((double) origin[i] + shift);
      side->deviation[i] = deviation > (double) G_MINFLOAT ? (float) deviation : 1.0f;
      side->factor[i] = 1.0f / side->deviation[i];
    }
}

MlpScaler *
mlp_scaler_new_fit (const MlpSamples *samples,
                    const guint32    *items,
                    gsize             n_items)
{
  const gsize n_inputs = mlp_samples_get_n_inputs (samples);
  const gsize n_outputs = mlp_samples_get_n_outputs (samples);
  g_autofree double *sums = g_new0 (double, 2 * (n_inputs + n_outputs));
  g_autofree float *origin = g_new (float, n_inputs + n_outputs);
  g_autofree float *x = g_new (float, n_inputs * BATCH);
  g_autofree float *y = g_new (float, n_outputs * BATCH);
  double *y_sums = sums + 2 * n_inputs;
  MlpScaler *scaler;

  g_return_val_if_fail (!mlp_samples_has_classes (samples), NULL);
  g_return_val_if_fail (n_items > 0, NULL);

  mlp_samples_get_batch (samples, items, 1, origin, origin + n_inputs);

  for (gsize done = 0; done < n_items; done += BATCH)
    {
      const gsize B = MIN (BATCH, n_items - done);

      mlp_samples_get_batch (samples, items + done, B, x, y);
      add_columns (x, origin, n_inputs, B, sums, sums + n_inputs);
      add_columns (y, origin + n_inputs, n_outputs, B, y_sums, y_sums + n_outputs);
    }

  scaler = new_scaler (n_inputs, n_outputs);
  finish_side (&scaler->x, origin, sums, sums + n_inputs, n_items);
  finish_side (&scaler->y, origin + n_inputs, y_sums, y_sums + n_outputs, n_items);

  return scaler;
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

MlpScaler *
mlp_scaler_new (gsize        n_inputs,
                gsize        n_outputs,
                const float *x_mean,
                const float *x_deviation,
                const float *y_mean,
                const float *y_deviation,
                GError     **error)
{
  g_autoptr(MlpScaler) scaler = NULL;

  g_return_val_if_fail (n_inputs > 0 && n_outputs > 0, NULL);

  scaler = new_scaler (n_inputs, n_outputs);
  if (!set_side (&scaler->x, x_mean, x_deviation, error) ||
      !set_side (&scaler->y, y_mean, y_deviation, error))
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
                          float           *y,
                          gsize            B)
{
  scale_columns (scaler->y.mean, scaler->y.factor, y, scaler->y.n, B);
}

void
mlp_scaler_undo_outputs (const MlpScaler *scaler,
                         float           *h,
                         gsize            B)
{
  for (gsize s = 0; s < B; s++)
    {
      for (gsize i = 0; i < scaler->y.n; i++)
        {
          float *value = h + s * scaler->y.n + i;

          *value = *value * scaler->y.deviation[i] + scaler->y.mean[i];
        }
    }
}
