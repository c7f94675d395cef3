/* ds-eigenvalues.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <float.h>
#include <math.h>

#include "datasets/ds-eigenvalues-private.h"

/* Shifts for one eigenvalue. Two or three do; the limit is for what is no
 * matrix of finite numbers. */
#define MAX_SHIFTS 60

/* A ← P A P with P = 1 − 2 v vᵀ / vᵀv, on the rows and columns behind @k, where v
 * stands in column @k: with w = β A v − ½ β² (vᵀA v) v and β = 2 / vᵀv it is
 * A − v wᵀ − w vᵀ. */
static void
reflect (double *a,
         guint   n,
         guint   k,
         double *w)
{
  double vv = 0.0;
  double vw = 0.0;

  for (guint i = k + 1; i < n; i++)
    {
      double sum = 0.0;

      for (guint j = k + 1; j < n; j++)
        sum += a[i * n + j] * a[j * n + k];
      w[i] = sum;
      vv += a[i * n + k] * a[i * n + k];
      vw += a[i * n + k] * sum;
    }

  for (guint i = k + 1; i < n; i++)
    w[i] = 2.0 / vv * (w[i] - vw / vv * a[i * n + k]);

  for (guint i = k + 1; i < n; i++)
    for (guint j = k + 1; j < n; j++)
      a[i * n + j] -= a[i * n + k] * w[j] + w[i] * a[j * n + k];
}

/* The diagonal and, beside it, @e[i] between i and i + 1. @e has room for n and
 * is used as w on the way, behind what is already there. */
static void
make_tridiagonal (double *a,
                  guint   n,
                  double *d,
                  double *e)
{
  for (guint k = 0; k < n; k++)
    {
      double norm = 0.0;

      d[k] = a[k * n + k];
      e[k] = 0.0;
      if (k + 1 == n)
        break;

      for (guint i = k + 1; i < n; i++)
        norm += a[i * n + k] * a[i * n + k];
      norm = sqrt (norm);
      if (norm == 0.0)
        continue;

      /* v = x + sign (x₁) ‖x‖ e₁: nothing cancels. */
      e[k] = -copysign (norm, a[(k + 1) * n + k]);
      a[(k + 1) * n + k] -= e[k];
      reflect (a, n, k, e);
    }
}

/* One QL step on the block @low … @high, shifted by the eigenvalue of its first
 * two rows that is nearer to d[low]. */
static void
chase (double *d,
       double *e,
       guint   low,
       guint   high)
{
  double t = (d[low + 1] - d[low]) / (2.0 * e[low]);
  double g = d[high] - d[low] + e[low] / (t + copysign (hypot (t, 1.0), t));
  double s = 1.0;
  double c = 1.0;
  double p = 0.0;

  for (guint i = high; i-- > low;)
    {
      double f = s * e[i];
      double b = c * e[i];
      double r = hypot (f, g);

      e[i + 1] = r;
      if (r == 0.0)
        {
          /* The block falls apart here. */
          d[i + 1] -= p;
          e[high] = 0.0;
          return;
        }

      s = f / r;
      c = g / r;
      g = d[i + 1] - p;
      r = (d[i] - g) * s + 2.0 * c * b;
      p = s * r;
      d[i + 1] = g + p;
      g = c * r - b;
    }

  d[low] -= p;
  e[low] = g;
  e[high] = 0.0;
}

void
ds_eigenvalues (double *a,
                guint   n,
                double *values)
{
  g_autofree double *e = g_new (double, n);
  double *d = values;

  make_tridiagonal (a, n, d, e);

  for (guint low = 0; low < n; low++)
    for (guint shifts = 0; shifts < MAX_SHIFTS; shifts++)
      {
        guint high = low;

        while (high + 1 < n && fabs (e[high]) > DBL_EPSILON * (fabs (d[high]) + fabs (d[high + 1])))
          high++;
        if (high == low)
          break;

        chase (d, e, low, high);
      }
}
