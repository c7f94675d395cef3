/* mlp-scaler.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "core/linalg/mlp-vector.h"
#include "core/mlp-error.h"
#include "core/net/mlp-scaler-private.h"

/* From so many deviations outside the limits of an input on, a sample is far: where the
 * training range is narrower than a deviation, which then is the floor, and elsewhere. */
#define FAR_FROM_NARROW 20.0f
#define FAR 1.0f

/* Of an old file's block: what is less was trained on rounding. */
#define OLD_BLOCK_FLOOR 1e-5f

/* Of the targets of an old file, in deviations. */
#define OLD_TARGETS 3.0

static void
init_side (MlpScalerSide *side,
           gsize          n)
{
  side->n = n;
  side->mean = g_new0 (float, n);
  side->deviation = g_new (float, n);
  side->factor = g_new (float, n);
  side->low = g_new (float, n);
  side->high = g_new (float, n);
  side->least = g_new (float, n);
  side->most = g_new (float, n);
}

static void
clear_side (MlpScalerSide *side)
{
  g_free (side->mean);
  g_free (side->deviation);
  g_free (side->factor);
  g_free (side->low);
  g_free (side->high);
  g_free (side->least);
  g_free (side->most);
}

MlpScaler *
mlp_scaler_new_empty (gsize n_inputs,
                      gsize n_outputs)
{
  MlpScaler *scaler = g_new0 (MlpScaler, 1);

  init_side (&scaler->x, n_inputs);
  init_side (&scaler->y, n_outputs);
  g_atomic_ref_count_init (&scaler->ref_count);

  return scaler;
}

/* What follows from mean, deviation and range. Halves, so that nothing overflows
 * that need not. */
void
mlp_scaler_side_derive (MlpScalerSide *side)
{
  for (gsize i = 0; i < side->n; i++)
    {
      const float half = 0.5f * side->high[i] - 0.5f * side->low[i];

      side->factor[i] = 1.0f / side->deviation[i];
      side->least[i] = side->low[i] - half;
      side->most[i] = side->high[i] + half;
    }
}

gboolean
mlp_scaler_side_is_constant (const MlpScalerSide *side,
                             gsize                i)
{
  return !(side->high[i] > side->low[i]);
}

/* @floors: (out): for each input, the least deviation that is more than next to
 * nothing in its block, and than rounding. */
void
mlp_scaler_side_find_floors (const MlpScalerSide *side,
                             const guint         *blocks,
                             float                block_floor,
                             float               *floors)
{
  gsize begin = 0;

  for (gsize i = 0; i < side->n; i++)
    floors[i] = MLP_SCALER_MAGNITUDE_FLOOR * MAX (fabsf (side->low[i]), fabsf (side->high[i]));

  for (gsize b = 0; blocks != NULL && blocks[b] > 0; b++)
    {
      const gsize end = begin + blocks[b];
      float largest = 0.0f;

      for (gsize i = begin; i < end; i++)
        largest = mlp_scaler_side_is_constant (side, i) ? largest : MAX (largest, side->deviation[i]);
      for (gsize i = begin; i < end; i++)
        floors[i] = MAX (floors[i], block_floor * largest);

      begin = end;
    }
}

static gboolean
set_moments (MlpScalerSide *side,
             const float   *mean,
             const float   *deviation,
             GError       **error)
{
  for (gsize i = 0; i < side->n; i++)
    {
      if (!isfinite (mean[i]) || !isfinite (deviation[i]) || !(deviation[i] > 0.0f))
        {
          g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                       _("entry %zu of a scaler is %g ± %g; expected a finite mean and a positive standard deviation"),
                       i + 1, (double) mean[i], (double) deviation[i]);
          return FALSE;
        }
    }

  memcpy (side->mean, mean, side->n * sizeof *mean);
  memcpy (side->deviation, deviation, side->n * sizeof *deviation);

  return TRUE;
}

static gboolean
set_range (MlpScalerSide *side,
           const float   *low,
           const float   *high,
           GError       **error)
{
  for (gsize i = 0; i < side->n; i++)
    {
      if (!isfinite (low[i]) || !isfinite (high[i]) || low[i] > high[i])
        {
          g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                       _("range %zu of a scaler is %g to %g; expected finite numbers in ascending order"),
                       i + 1, (double) low[i], (double) high[i]);
          return FALSE;
        }
    }

  memcpy (side->low, low, side->n * sizeof *low);
  memcpy (side->high, high, side->n * sizeof *high);

  return TRUE;
}

/* @spread: times the deviation on either side of the mean, but finite. */
static void
estimate_limits (MlpScalerSide *side,
                 gsize          i,
                 double         spread)
{
  const double half = spread * (double) side->deviation[i];

  side->low[i] = (float) MAX ((double) side->mean[i] - half, -(double) G_MAXFLOAT);
  side->high[i] = (float) MIN ((double) side->mean[i] + half, (double) G_MAXFLOAT);
}

/* Ranges that a file does not say. The limits of inputs are just the 20 deviations
 * that training kept to. */
static void
estimate_ranges (MlpScaler *scaler)
{
  for (gsize i = 0; i < scaler->x.n; i++)
    estimate_limits (&scaler->x, i, 0.5 * (double) MLP_SCALER_FARTHEST);

  for (gsize t = 0; t < scaler->y.n; t++)
    {
      const double deviation = (double) scaler->y.deviation[t];
      double squares = 1.0;

      for (gsize i = 0; i < scaler->x.n && scaler->linear != NULL; i++)
        {
          const double a = (double) scaler->linear[t * scaler->x.n + i] / deviation;

          squares += a * a;
        }

      estimate_limits (&scaler->y, t, OLD_TARGETS * sqrt (squares));
    }
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
                       _("coefficient %zu of a linear baseline is not a finite number"), i + 1);
          return FALSE;
        }
    }

  scaler->linear = g_memdup2 (linear, n * sizeof *linear);

  return TRUE;
}

MlpScaler *
mlp_scaler_new (gsize                  n_inputs,
                gsize                  n_outputs,
                const MlpScalerValues *values,
                GError               **error)
{
  g_autoptr(MlpScaler) scaler = NULL;

  g_return_val_if_fail (n_inputs > 0 && n_outputs > 0, NULL);
  g_return_val_if_fail ((values->x_low != NULL) == (values->y_low != NULL), NULL);

  scaler = mlp_scaler_new_empty (n_inputs, n_outputs);
  if (!set_moments (&scaler->x, values->x_mean, values->x_deviation, error) ||
      !set_moments (&scaler->y, values->y_mean, values->y_deviation, error) ||
      (values->linear != NULL && !set_linear (scaler, values->linear, error)))
    return NULL;

  if (values->x_low == NULL)
    estimate_ranges (scaler);
  else if (!set_range (&scaler->x, values->x_low, values->x_high, error) ||
           !set_range (&scaler->y, values->y_low, values->y_high, error))
    return NULL;

  mlp_scaler_side_derive (&scaler->x);
  mlp_scaler_side_derive (&scaler->y);

  return g_steal_pointer (&scaler);
}

static void
copy_side (const MlpScalerSide *from,
           MlpScalerSide       *to)
{
  memcpy (to->mean, from->mean, from->n * sizeof *from->mean);
  memcpy (to->deviation, from->deviation, from->n * sizeof *from->deviation);
  memcpy (to->low, from->low, from->n * sizeof *from->low);
  memcpy (to->high, from->high, from->n * sizeof *from->high);
}

MlpScaler *
mlp_scaler_copy (const MlpScaler *scaler)
{
  MlpScaler *copy = mlp_scaler_new_empty (scaler->x.n, scaler->y.n);

  copy_side (&scaler->x, &copy->x);
  copy_side (&scaler->y, &copy->y);
  if (scaler->linear != NULL)
    copy->linear = g_memdup2 (scaler->linear, scaler->x.n * scaler->y.n * sizeof *scaler->linear);

  return copy;
}

MlpScaler *
mlp_scaler_new_floored (const MlpScaler *scaler,
                        const guint     *blocks)
{
  MlpScaler *floored = mlp_scaler_copy (scaler);
  g_autofree float *floors = g_new (float, scaler->x.n);

  mlp_scaler_side_find_floors (&scaler->x, blocks, OLD_BLOCK_FLOOR, floors);
  for (gsize i = 0; i < floored->x.n; i++)
    {
      /* 1 is that of a constant. */
      if (scaler->x.deviation[i] < floors[i] || scaler->x.deviation[i] == 1.0f)
        floored->x.low[i] = floored->x.high[i] = floored->x.mean[i];
    }

  mlp_scaler_side_derive (&floored->x);
  mlp_scaler_side_derive (&floored->y);

  return floored;
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
mlp_scaler_peek_x_low (const MlpScaler *scaler)
{
  return scaler->x.low;
}

const float *
mlp_scaler_peek_x_high (const MlpScaler *scaler)
{
  return scaler->x.high;
}

const float *
mlp_scaler_peek_y_low (const MlpScaler *scaler)
{
  return scaler->y.low;
}

const float *
mlp_scaler_peek_y_high (const MlpScaler *scaler)
{
  return scaler->y.high;
}

const float *
mlp_scaler_peek_linear (const MlpScaler *scaler)
{
  return scaler->linear;
}

MLP_VECTOR_CLONES
static float
dot_product (const float *a,
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

/* Comparisons that leave a value alone that is not a number: it is to be seen. */
MLP_VECTOR_CLONES
static void
limit_columns (const float *restrict least,
               const float *restrict most,
               float *restrict       values,
               gsize                 n,
               gsize                 B)
{
  for (gsize s = 0; s < B; s++)
    {
      float *restrict v = values + s * n;

      for (gsize i = 0; i < n; i++)
        {
          const float above = v[i] < least[i] ? least[i] : v[i];

          v[i] = above > most[i] ? most[i] : above;
        }
    }
}

void
mlp_scaler_scale_inputs (const MlpScaler *scaler,
                         float           *x,
                         gsize            B)
{
  limit_columns (scaler->x.least, scaler->x.most, x, scaler->x.n, B);
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
        y[s * n + t] -= dot_product (scaler->linear + t * scaler->x.n, x + s * scaler->x.n, scaler->x.n);
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
            *value += dot_product (scaler->linear + t * scaler->x.n, x + s * scaler->x.n, scaler->x.n);
        }
    }
}

gboolean
mlp_scaler_is_far (const MlpScaler *scaler,
                   const float     *x)
{
  const MlpScalerSide *side = &scaler->x;

  for (gsize i = 0; i < side->n; i++)
    {
      const float outside = MAX (side->least[i] - x[i], x[i] - side->most[i]);

      /* What was always the same, and has no others to be compared with, still is, or not. */
      const gboolean is_narrow = !(side->high[i] - side->low[i] >= side->deviation[i]);
      const float limit = mlp_scaler_side_is_constant (side, i) && side->deviation[i] == 1.0f
                          ? MLP_SCALER_MAGNITUDE_FLOOR * fabsf (x[i])
                          : (is_narrow ? FAR_FROM_NARROW : FAR) * side->deviation[i];

      if (outside > limit)
        return TRUE;
    }

  return FALSE;
}

gboolean
mlp_scaler_is_outside (const MlpScaler *scaler,
                       gsize            t,
                       double           value)
{
  g_return_val_if_fail (t < scaler->y.n, FALSE);

  return value < (double) scaler->y.least[t] || value > (double) scaler->y.most[t];
}
