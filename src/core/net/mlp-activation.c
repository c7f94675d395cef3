/* mlp-activation.c
 *
 * The exponential is our own, so that the compiler makes vector code of the
 * loops: e^x = 2^k e^r with |r| ≤ ½ ln 2, where e^r − 1 is its Taylor polynomial
 * of degree 7 (what is cut off is below 2·10⁻⁸ of it). Against libm the
 * functions are within 4·10⁻⁷ of the true value, relative, where that is not
 * smaller than 10⁻³⁷.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "core/linalg/mlp-vector.h"
#include "core/net/mlp-activation.h"
#include "core/net/mlp-enum-names-private.h"

#define LEAK 0.01f

/* Beyond it e^±x is no normal float any more. */
#define EXP_LIMIT 87.0f

/* Added and taken off again it rounds to an integer, whose bits are then the
 * lowest of the sum. */
#define ROUNDER 12582912.0f

static const char *const names[MLP_N_ACTIVATIONS] = {
  [MLP_IDENTITY] = "identity",
  [MLP_SIGMOID] = "sigmoid",
  [MLP_TANH] = "tanh",
  [MLP_RELU] = "relu",
  [MLP_LEAKY_RELU] = "leaky-relu",
  [MLP_ELU] = "elu",
  [MLP_SOFTMAX] = "softmax",
};

const char *
mlp_activation_get_name (MlpActivation sigma)
{
  g_return_val_if_fail ((guint) sigma < MLP_N_ACTIVATIONS, NULL);

  return names[sigma];
}

gboolean
mlp_activation_from_name (const char    *name,
                          MlpActivation *sigma,
                          GError       **error)
{
  int i = mlp_enum_names_find (names, MLP_N_ACTIVATIONS, _("activation function"), name, error);

  if (i < 0)
    return FALSE;

  *sigma = (MlpActivation) i;

  return TRUE;
}

static inline float
clamp_exponent (float x)
{
  /* In this order NaN comes through. */
  x = x > EXP_LIMIT ? EXP_LIMIT : x;

  return x < -EXP_LIMIT ? -EXP_LIMIT : x;
}

/* e^r − 1, and 2^k in @scale:  e^x = scale · (1 + result) */
static inline float
reduce_exponent (float  x,
                 float *scale)
{
  const float sum = x * 1.44269504f + ROUNDER;
  const float k = sum - ROUNDER;
  /* ln 2 in two parts, the first with so few bits that k times it is exact. */
  const float r = (x - k * 0.693359375f) - k * -2.12194440e-4f;
  float p = 1.0f / 5040.0f;
  guint32 bits;

  memcpy (&bits, &sum, sizeof bits);
  bits = (bits + 127) << 23;
  memcpy (scale, &bits, sizeof bits);

  p = p * r + 1.0f / 720.0f;
  p = p * r + 1.0f / 120.0f;
  p = p * r + 1.0f / 24.0f;
  p = p * r + 1.0f / 6.0f;
  p = p * r + 0.5f;

  return p * r * r + r;
}

static inline float
fast_exp (float x)
{
  float scale;
  float q = reduce_exponent (clamp_exponent (x), &scale);

  return scale + scale * q;
}

/* e^x − 1, exact to the last bits near 0, too. */
static inline float
fast_expm1 (float x)
{
  float scale;
  float q = reduce_exponent (clamp_exponent (x), &scale);

  return (scale - 1.0f) + scale * q;
}

MLP_VECTOR_CLONES
static void
apply_sigmoid (const float *a,
               float       *h,
               gsize        n)
{
  for (gsize i = 0; i < n; i++)
    h[i] = 1.0f / (1.0f + fast_exp (-a[i]));
}

MLP_VECTOR_CLONES
static void
apply_tanh (const float *a,
            float       *h,
            gsize        n)
{
  for (gsize i = 0; i < n; i++)
    {
      /* At 20 the tangent is 1 in float; NaN comes through. */
      const float x = fabsf (a[i]) > 20.0f ? 20.0f : fabsf (a[i]);
      const float t = fast_expm1 (2.0f * x);

      h[i] = copysignf (t / (t + 2.0f), a[i]);
    }
}

MLP_VECTOR_CLONES
static void
apply_relu (const float *a,
            float       *h,
            gsize        n)
{
  for (gsize i = 0; i < n; i++)
    h[i] = a[i] < 0.0f ? 0.0f : a[i];
}

MLP_VECTOR_CLONES
static void
apply_leaky_relu (const float *a,
                  float       *h,
                  gsize        n)
{
  for (gsize i = 0; i < n; i++)
    h[i] = a[i] < 0.0f ? LEAK * a[i] : a[i];
}

MLP_VECTOR_CLONES
static void
apply_elu (const float *a,
           float       *h,
           gsize        n)
{
  for (gsize i = 0; i < n; i++)
    {
      const float below = fast_expm1 (a[i]);

      h[i] = a[i] < 0.0f ? below : a[i];
    }
}

MLP_VECTOR_CLONES
static void
apply_softmax (const float *a,
               float       *h,
               gsize        n,
               gsize        B)
{
  for (gsize s = 0; s < B; s++, a += n, h += n)
    {
      float largest = a[0];
      float sum = 0.0f;

      for (gsize i = 1; i < n; i++)
        largest = a[i] > largest ? a[i] : largest;

      for (gsize i = 0; i < n; i++)
        h[i] = fast_exp (a[i] - largest);

      for (gsize i = 0; i < n; i++)
        sum += h[i];

      for (gsize i = 0; i < n; i++)
        h[i] /= sum;
    }
}

void
mlp_activation_apply (MlpActivation sigma,
                      const float  *a,
                      float        *h,
                      gsize         n,
                      gsize         B)
{
  switch (sigma)
    {
    case MLP_IDENTITY:
      if (h != a)
        memcpy (h, a, n * B * sizeof *h);
      break;
    case MLP_SIGMOID:
      apply_sigmoid (a, h, n * B);
      break;
    case MLP_TANH:
      apply_tanh (a, h, n * B);
      break;
    case MLP_RELU:
      apply_relu (a, h, n * B);
      break;
    case MLP_LEAKY_RELU:
      apply_leaky_relu (a, h, n * B);
      break;
    case MLP_ELU:
      apply_elu (a, h, n * B);
      break;
    case MLP_SOFTMAX:
      apply_softmax (a, h, n, B);
      break;
    default:
      g_assert_not_reached ();
    }
}

MLP_VECTOR_CLONES
static void
slope_sigmoid (const float *h,
               float       *d,
               gsize        n)
{
  for (gsize i = 0; i < n; i++)
    d[i] *= h[i] * (1.0f - h[i]);
}

MLP_VECTOR_CLONES
static void
slope_tanh (const float *h,
            float       *d,
            gsize        n)
{
  for (gsize i = 0; i < n; i++)
    d[i] *= 1.0f - h[i] * h[i];
}

MLP_VECTOR_CLONES
static void
slope_relu (const float *h,
            float       *d,
            gsize        n)
{
  for (gsize i = 0; i < n; i++)
    d[i] = h[i] > 0.0f ? d[i] : 0.0f;
}

MLP_VECTOR_CLONES
static void
slope_leaky_relu (const float *h,
                  float       *d,
                  gsize        n)
{
  for (gsize i = 0; i < n; i++)
    d[i] = h[i] > 0.0f ? d[i] : LEAK * d[i];
}

MLP_VECTOR_CLONES
static void
slope_elu (const float *h,
           float       *d,
           gsize        n)
{
  for (gsize i = 0; i < n; i++)
    d[i] = h[i] > 0.0f ? d[i] : (h[i] + 1.0f) * d[i];
}

static void
slope_softmax (const float *h,
               float       *d,
               gsize        n,
               gsize        B)
{
  for (gsize s = 0; s < B; s++, h += n, d += n)
    {
      double dot = 0.0;

      for (gsize i = 0; i < n; i++)
        dot += (double) h[i] * (double) d[i];

      for (gsize i = 0; i < n; i++)
        d[i] = h[i] * (d[i] - (float) dot);
    }
}

void
mlp_activation_multiply_by_slope (MlpActivation sigma,
                                  const float  *h,
                                  float        *d,
                                  gsize         n,
                                  gsize         B)
{
  switch (sigma)
    {
    case MLP_IDENTITY:
      break;
    case MLP_SIGMOID:
      slope_sigmoid (h, d, n * B);
      break;
    case MLP_TANH:
      slope_tanh (h, d, n * B);
      break;
    case MLP_RELU:
      slope_relu (h, d, n * B);
      break;
    case MLP_LEAKY_RELU:
      slope_leaky_relu (h, d, n * B);
      break;
    case MLP_ELU:
      slope_elu (h, d, n * B);
      break;
    case MLP_SOFTMAX:
      slope_softmax (h, d, n, B);
      break;
    default:
      g_assert_not_reached ();
    }
}

void
mlp_activation_to_probabilities (MlpActivation sigma,
                                 const float  *h,
                                 float        *probabilities,
                                 gsize         n)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      probabilities[i] = sigma == MLP_SOFTMAX || h[i] > 0.0f ? h[i] : 0.0f;
      sum += (double) probabilities[i];
    }

  for (gsize i = 0; i < n && sigma != MLP_SOFTMAX; i++)
    probabilities[i] = sum > 0.0 && isfinite (sum) ? (float) ((double) probabilities[i] / sum) : 1.0f / (float) n;
}
