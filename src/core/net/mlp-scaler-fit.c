/* mlp-scaler-fit.c: means, deviations, ranges and a linear law of training samples.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "core/linalg/mlp-ridge.h"
#include "core/linalg/mlp-vector.h"
#include "core/net/mlp-scaler-private.h"

/* Samples read in one go while a scaler is fitted: enough for the products. */
#define BATCH 1024

/* The least deviation, as part of the largest of the block. */
#define BLOCK_FLOOR 1e-3f

/* λ: as much as one sample with inputs of deviation 1 weighs, so that a law of few samples and
 * many inputs does not follow each sample; and for each training sample as much as keeps
 * coefficients of inputs that say the same from running away from each other. */
#define RIDGE 1.0
#define RIDGE_A_SAMPLE 1e-5

/* Of one side while a scaler is fitted, for each row. */
typedef struct
{
  float  *origin;       /* the first sample */
  float  *low;
  float  *high;
  double *sum;          /* Σ (v − origin) */
  double *squares;      /* Σ (v − origin)² */
} Sums;

static void
init_sums (Sums        *sums,
           const float *first,
           gsize        n)
{
  sums->origin = g_memdup2 (first, n * sizeof *first);
  sums->low = g_memdup2 (first, n * sizeof *first);
  sums->high = g_memdup2 (first, n * sizeof *first);
  sums->sum = g_new0 (double, n);
  sums->squares = g_new0 (double, n);
}

static void
clear_sums (Sums *sums)
{
  g_free (sums->origin);
  g_free (sums->low);
  g_free (sums->high);
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
  float *restrict low = sums->low;
  float *restrict high = sums->high;
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
          low[i] = MIN (low[i], v[i]);
          high[i] = MAX (high[i], v[i]);
        }
    }
}

/* What is left of the squares of something constant is rounding. */
static void
finish_side (MlpScalerSide *side,
             const Sums    *sums,
             gsize          n_items)
{
  for (gsize i = 0; i < side->n; i++)
    {
      const double shift = sums->sum[i] / (double) n_items;
      const double variance = sums->squares[i] / (double) n_items - shift * shift;
      const double deviation = variance > 1e-12 * shift * shift ? sqrt (variance) : 0.0;

      side->mean[i] = (float) ((double) sums->origin[i] + shift);
      side->deviation[i] = deviation > (double) G_MINFLOAT ? (float) deviation : 1.0f;
      side->low[i] = sums->low[i];
      side->high[i] = sums->high[i];
    }

  mlp_scaler_side_derive (side);
}

/* What is constant is as small as can be in its block. */
static void
raise_to_floor (MlpScalerSide *side,
                const guint   *blocks)
{
  g_autofree float *floors = g_new (float, side->n);

  mlp_scaler_side_find_floors (side, blocks, BLOCK_FLOOR, floors);
  for (gsize i = 0; i < side->n; i++)
    {
      if (!mlp_scaler_side_is_constant (side, i))
        side->deviation[i] = MAX (side->deviation[i], floors[i]);
      else if (blocks != NULL && floors[i] > 0.0f)
        side->deviation[i] = floors[i];
    }
}

/* What is rare is not made large. */
static void
limit_farthest (MlpScalerSide *side,
                const Sums    *sums)
{
  for (gsize i = 0; i < side->n; i++)
    {
      const float origin = sums->origin[i];
      const float farthest = MAX (sums->high[i] - origin, origin - sums->low[i]);

      side->deviation[i] = MAX (side->deviation[i], farthest / MLP_SCALER_FARTHEST);
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

  finish_side (&scaler->x, &x, batches->n_items);
  finish_side (&scaler->y, &y, batches->n_items);
  raise_to_floor (&scaler->x, mlp_samples_peek_blocks (batches->samples));
  limit_farthest (&scaler->x, &x);
  mlp_scaler_side_derive (&scaler->x);
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
  if (!mlp_ridge_solve (ridge, RIDGE + RIDGE_A_SAMPLE * (double) batches->n_items, linear))
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
    }

  mlp_scaler_side_derive (&scaler->y);

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

  scaler = mlp_scaler_new_empty (n_inputs, n_outputs);
  fit_moments (scaler, &batches);
  if (linear && !fit_linear (scaler, &batches, error))
    return NULL;

  return g_steal_pointer (&scaler);
}

static gboolean
widen_limits (MlpScalerSide *side,
              const float   *values,
              gsize          B)
{
  gboolean changed = FALSE;

  for (gsize s = 0; s < B; s++)
    {
      for (gsize i = 0; i < side->n; i++)
        {
          const float value = values[s * side->n + i];

          changed |= value < side->low[i] || value > side->high[i];
          side->low[i] = MIN (side->low[i], value);
          side->high[i] = MAX (side->high[i], value);
        }
    }

  return changed;
}

MlpScaler *
mlp_scaler_new_widened (const MlpScaler  *scaler,
                        const MlpSamples *samples,
                        const guint32    *items,
                        gsize             n_items)
{
  g_autoptr(MlpScaler) widened = mlp_scaler_copy (scaler);
  g_autofree float *x = g_new (float, scaler->x.n * BATCH);
  g_autofree float *y = g_new (float, scaler->y.n * BATCH);
  const Batches batches = { samples, items, n_items, x, y };
  gboolean changed = FALSE;

  for (gsize done = 0; done < n_items; done += BATCH)
    {
      const gsize B = get_batch (&batches, done);

      changed |= widen_limits (&widened->x, x, B);
      changed |= widen_limits (&widened->y, y, B);
    }

  if (!changed)
    return mlp_scaler_ref (scaler);

  mlp_scaler_side_derive (&widened->x);
  mlp_scaler_side_derive (&widened->y);

  return g_steal_pointer (&widened);
}
