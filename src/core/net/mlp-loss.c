/* mlp-loss.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "core/linalg/mlp-vector.h"
#include "core/mlp-error.h"
#include "core/net/mlp-enum-names-private.h"
#include "core/net/mlp-loss.h"

/* Where Huber's loss turns from a parabola into a line. */
#define HUBER_KNEE 1.0

/* Sums that are formed side by side. */
#define LANES 8

static const char *const names[MLP_N_LOSSES] = {
  [MLP_LOSS_SQUARED] = "squared",
  [MLP_LOSS_HUBER] = "huber",
  [MLP_LOSS_BINARY_CROSS_ENTROPY] = "binary-cross-entropy",
  [MLP_LOSS_CROSS_ENTROPY] = "cross-entropy",
};

const char *
mlp_loss_get_name (MlpLoss loss)
{
  g_return_val_if_fail ((guint) loss < MLP_N_LOSSES, NULL);

  return names[loss];
}

gboolean
mlp_loss_from_name (const char *name,
                    MlpLoss    *loss,
                    GError    **error)
{
  int i = mlp_enum_names_find (names, MLP_N_LOSSES, _("loss"), name, error);

  if (i < 0)
    return FALSE;

  *loss = (MlpLoss) i;

  return TRUE;
}

gboolean
mlp_loss_check (MlpLoss       loss,
                MlpActivation output,
                GError      **error)
{
  if (loss == MLP_LOSS_CROSS_ENTROPY && output != MLP_SOFTMAX)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                   _("Cross-entropy needs outputs that are probabilities: use softmax instead of %s in the output layer, "
                     "or squared error as the loss"),
                   mlp_activation_get_name (output));
      return FALSE;
    }

  if (loss == MLP_LOSS_BINARY_CROSS_ENTROPY && output != MLP_SIGMOID)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                   output == MLP_SOFTMAX
                   ? _("Binary cross-entropy needs independent outputs between 0 and 1: use sigmoid instead of %s in the "
                       "output layer, or cross-entropy as the loss")
                   : _("Binary cross-entropy needs independent outputs between 0 and 1: use sigmoid instead of %s in the "
                       "output layer, or squared error as the loss"),
                   mlp_activation_get_name (output));
      return FALSE;
    }

  return TRUE;
}

/* Σ (h − y)², in an order that depends on n only. */
MLP_VECTOR_CLONES static double
sum_squares (const float *h,
             const float *y,
             gsize        n)
{
  double sums[LANES] = { 0.0 };
  double sum = 0.0;
  gsize i = 0;

  for (; i + LANES <= n; i += LANES)
    {
      for (gsize k = 0; k < LANES; k++)
        {
          const double r = (double) h[i + k] - (double) y[i + k];

          sums[k] += r * r;
        }
    }

  for (; i < n; i++)
    {
      const double r = (double) h[i] - (double) y[i];

      sum += r * r;
    }

  for (gsize k = 0; k < LANES; k++)
    sum += sums[k];

  return sum;
}

static double
squared_error (MlpActivation output,
               const float  *h,
               const float  *y,
               float        *d,
               gsize         n,
               gsize         B)
{
  if (d != NULL)
    {
      for (gsize i = 0; i < n * B; i++)
        d[i] = h[i] - y[i];
      mlp_activation_multiply_by_slope (output, h, d, n, B);
    }

  return 0.5 * sum_squares (h, y, n * B);
}

static double
huber_loss (MlpActivation output,
            const float  *h,
            const float  *y,
            float        *d,
            gsize         n,
            gsize         B)
{
  double sum = 0.0;

  for (gsize i = 0; i < n * B; i++)
    {
      const double r = (double) h[i] - (double) y[i];

      /* NaN is neither and makes the sum NaN. */
      sum += fabs (r) > HUBER_KNEE ? HUBER_KNEE * (fabs (r) - 0.5 * HUBER_KNEE) : 0.5 * r * r;
      if (d != NULL)
        d[i] = (float) CLAMP (r, -HUBER_KNEE, HUBER_KNEE);
    }

  if (d != NULL)
    mlp_activation_multiply_by_slope (output, h, d, n, B);

  return sum;
}

/* −y ln h − (1 − y) ln (1 − h) with h = 1 / (1 + e^−a) is
 * max (a, 0) − a y + ln (1 + e^−|a|), where nothing overflows. */
static double
binary_cross_entropy (const float *a,
                      const float *y,
                      gsize        n,
                      gsize        B)
{
  double sum = 0.0;

  for (gsize i = 0; i < n * B; i++)
    {
      const double x = (double) a[i];

      sum += (x < 0.0 ? 0.0 : x) - x * (double) y[i] + log1p (exp (-fabs (x)));
    }

  return sum;
}

/* −Σ y ln h = Σ y (ln Σ e^a − a). The logarithm of the sum is a − ln h of any
 * unit; that of the largest h, at least 1/n, is the safe one. */
static double
cross_entropy (const float *a,
               const float *h,
               const float *y,
               gsize        n,
               gsize        B)
{
  double sum = 0.0;

  for (gsize s = 0; s < B; s++, a += n, h += n, y += n)
    {
      gsize largest = 0;
      double log_sum;

      for (gsize i = 1; i < n; i++)
        {
          if (a[i] > a[largest])
            largest = i;
        }

      log_sum = (double) a[largest] - log ((double) h[largest]);

      for (gsize i = 0; i < n; i++)
        {
          if (y[i] != 0.0f)
            sum += (double) y[i] * (log_sum - (double) a[i]);
        }
    }

  return sum;
}

double
mlp_loss_delta (MlpLoss       loss,
                MlpActivation output,
                const float  *a,
                const float  *h,
                const float  *y,
                float        *d,
                gsize         n,
                gsize         B)
{
  switch (loss)
    {
    case MLP_LOSS_SQUARED:
      return squared_error (output, h, y, d, n, B);

    case MLP_LOSS_HUBER:
      return huber_loss (output, h, y, d, n, B);

    case MLP_LOSS_BINARY_CROSS_ENTROPY:
    case MLP_LOSS_CROSS_ENTROPY:
      if (d != NULL)
        {
          for (gsize i = 0; i < n * B; i++)
            d[i] = h[i] - y[i];
        }

      return loss == MLP_LOSS_CROSS_ENTROPY ? cross_entropy (a, h, y, n, B) :
             binary_cross_entropy (a, y, n, B);

    default:
      g_assert_not_reached ();
    }
}
