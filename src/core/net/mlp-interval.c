/* mlp-interval.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "core/net/mlp-interval.h"

/* The 97.5 % quantile of the normal distribution. */
#define Z 1.959963984540054

/* Up to so many the exact formulas, whose sums have as many terms. */
#define FEW 100

/* Halves of an interval until doubles are exhausted. */
#define HALVES 60

/* P(|t| < √ν tan θ) for ν degrees of freedom: Abramowitz and Stegun, Handbook of
 * Mathematical Functions (1964), 26.7.3 and 26.7.4. */
static double
student_within (gsize  n_degrees,
                double theta)
{
  const double square = cos (theta) * cos (theta);
  const gboolean odd = n_degrees % 2 == 1;
  double term = odd ? cos (theta) : 1.0;
  double sum = n_degrees > 1 ? term : 0.0;

  for (gsize k = odd ? 3 : 2; k + 2 <= n_degrees; k += 2)
    {
      term *= square * (double) (k - 1) / (double) k;
      sum += term;
    }

  return odd ? 2.0 / G_PI * (theta + sin (theta) * sum) : sin (theta) * sum;
}

/* Cornish and Fisher's expansion: Abramowitz and Stegun, 26.7.5. */
static double
expand_student (double n_degrees)
{
  const double z2 = Z * Z;
  const double terms[] = {
    Z *(z2 + 1.0) / 4.0,
    Z *((5.0 * z2 + 16.0) * z2 + 3.0) / 96.0,
    Z *(((3.0 * z2 + 19.0) * z2 + 17.0) * z2 - 15.0) / 384.0,
    Z *((((79.0 * z2 + 776.0) * z2 + 1482.0) * z2 - 1920.0) * z2 - 945.0) / 92160.0,
  };
  double sum = Z;
  double power = 1.0;

  for (gsize i = 0; i < G_N_ELEMENTS (terms); i++)
    {
      power /= n_degrees;
      sum += power * terms[i];
    }

  return sum;
}

double
mlp_interval_student_quantile (gsize n_degrees)
{
  double low = 0.0;
  double high = G_PI_2;

  g_return_val_if_fail (n_degrees >= 1, (double) NAN);

  if (n_degrees > FEW)
    return expand_student ((double) n_degrees);

  for (int i = 0; i < HALVES; i++)
    {
      const double middle = 0.5 * (low + high);

      if (student_within (n_degrees, middle) < 0.95)
        low = middle;
      else
        high = middle;
    }

  return sqrt ((double) n_degrees) * tan (low);
}

double
mlp_interval_mean_half_width (double sum,
                              double squares,
                              gsize  n)
{
  const double count = (double) n;
  double mean, variance;

  if (n < 2)
    return (double) NAN;

  mean = sum / count;
  variance = MAX (0.0, (squares - count * mean * mean) / (count - 1.0));

  return mlp_interval_student_quantile (n - 1) * sqrt (variance / count);
}

void
mlp_interval_wilson (gsize   n_right,
                     gsize   n,
                     double *low,
                     double *high)
{
  double p, middle, half, scale;

  g_return_if_fail (n > 0 && n_right <= n);

  p = (double) n_right / (double) n;
  scale = 1.0 / (1.0 + Z * Z / (double) n);
  middle = scale * (p + Z * Z / (2.0 * (double) n));
  half = scale * Z * sqrt (p * (1.0 - p) / (double) n + Z * Z / (4.0 * (double) n * (double) n));

  *low = MAX (0.0, middle - half);
  *high = MIN (1.0, middle + half);
}

/* How likely @n_right or fewer of @n are, each with probability @p, in (0, 1). */
static double
binomial_up_to (gsize  n_right,
                gsize  n,
                double p)
{
  double choose = 0.0;     /* ln of n over k */
  double sum = 0.0;

  for (gsize k = 0; k <= n_right; k++)
    {
      sum += exp (choose + (double) k * log (p) + (double) (n - k) * log1p (-p));
      choose += log ((double) (n - k)) - log ((double) (k + 1));
    }

  return sum;
}

/* The share of which @n_right or fewer have a chance of 2.5 %. */
static double
find_upper (gsize n_right,
            gsize n)
{
  double low = 0.0;
  double high = 1.0;

  if (n_right == n)
    return 1.0;

  for (int i = 0; i < HALVES; i++)
    {
      const double middle = 0.5 * (low + high);

      if (binomial_up_to (n_right, n, middle) > 0.025)
        low = middle;
      else
        high = middle;
    }

  return low;
}

void
mlp_interval_share (gsize   n_right,
                    gsize   n,
                    double *low,
                    double *high)
{
  g_return_if_fail (n_right <= n);

  if (n < 2)
    *low = *high = (double) NAN;
  else if (n > FEW)
    mlp_interval_wilson (n_right, n, low, high);
  else
    {
      *low = 1.0 - find_upper (n - n_right, n);
      *high = find_upper (n_right, n);
    }
}
