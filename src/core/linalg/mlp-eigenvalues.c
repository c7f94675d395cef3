/* mlp-eigenvalues.c
 *
 * The inner loops run along rows, so that the compiler makes vector code of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "core/linalg/mlp-eigenvalues-private.h"
#include "core/linalg/mlp-vector.h"

/* Shifts for one eigenvalue. Two or three do; the limit is for what is no
 * matrix of finite numbers. */
#define MAX_SHIFTS 60

/* A ← P A P with P = 1 − v vᵀ and vᵀv = 2, on the rows and columns from @begin on,
 * which is where v begins: with w = A v − ½ (vᵀA v) v it is A − v wᵀ − w vᵀ. */
MLP_VECTOR_CLONES
static void
reflect_matrix (double       *a,
                guint         n,
                guint         begin,
                const double *v,
                double       *w)
{
  double vw = 0.0;

  memset (w + begin, 0, (n - begin) * sizeof (double));
  for (guint i = begin; i < n; i++)
    {
      const double *row = a + i * n;
      double vi = v[i];

      for (guint j = begin; j < n; j++)
        w[j] += vi * row[j];
    }

  for (guint i = begin; i < n; i++)
    vw += v[i] * w[i];
  for (guint i = begin; i < n; i++)
    w[i] -= 0.5 * vw * v[i];

  for (guint i = begin; i < n; i++)
    {
      double *row = a + i * n;
      double vi = v[i];
      double wi = w[i];

      for (guint j = begin; j < n; j++)
        row[j] -= vi * w[j] + wi * v[j];
    }
}

/* The diagonal and, beside it, @e[i] between i and i + 1. The v of step k stands
 * then in row k of @a, behind the diagonal; it is 0 where nothing was to do. */
static void
make_tridiagonal (double *a,
                  guint   n,
                  double *d,
                  double *e,
                  double *w)
{
  for (guint k = 0; k < n; k++)
    {
      double *v = a + k * n;
      double norm = 0.0;
      double scale;

      d[k] = v[k];
      e[k] = 0.0;
      if (k + 1 == n)
        break;

      for (guint i = k + 1; i < n; i++)
        norm += v[i] * v[i];
      norm = sqrt (norm);
      if (norm == 0.0)
        continue;

      /* v = x + sign (x₁) ‖x‖ e₁: nothing cancels. */
      e[k] = -copysign (norm, v[k + 1]);
      v[k + 1] -= e[k];
      scale = 1.0 / sqrt (norm * fabs (v[k + 1]));
      for (guint i = k + 1; i < n; i++)
        v[i] *= scale;
      reflect_matrix (a, n, k + 1, v, w);
    }
}

/* Rows of @vectors ← rows of (P_0 P_1 …)ᵀ. */
MLP_VECTOR_CLONES
static void
make_rotation (const double *a,
               guint         n,
               double       *vectors)
{
  memset (vectors, 0, n * n * sizeof (double));
  for (guint i = 0; i < n; i++)
    vectors[i * n + i] = 1.0;

  /* From the last on, so that the rows before it are still those of 1. */
  for (guint k = n - 1; k-- > 0;)
    {
      const double *v = a + k * n;

      for (guint i = k + 1; i < n; i++)
        {
          double *row = vectors + i * n;
          double dot = 0.0;

          for (guint j = k + 1; j < n; j++)
            dot += row[j] * v[j];
          for (guint j = k + 1; j < n; j++)
            row[j] -= dot * v[j];
        }
    }
}

/* Rows x and y ← c x − s y, s x + c y. */
MLP_VECTOR_CLONES
static void
rotate_rows (double *x,
             double *y,
             guint   n,
             double  c,
             double  s)
{
  for (guint j = 0; j < n; j++)
    {
      double t = y[j];

      y[j] = s * x[j] + c * t;
      x[j] = c * x[j] - s * t;
    }
}

/* One QL step on the block @low … @high, shifted by the eigenvalue of its first
 * two rows that is nearer to d[low]. */
static void
chase_bulge (double *d,
             double *e,
             guint   n,
             guint   low,
             guint   high,
             double *vectors)
{
  double t = (d[low + 1] - d[low]) / (2.0 * e[low]);
  double g = d[high] - d[low] + e[low] / (t + copysign (sqrt (t * t + 1.0), t));
  double s = 1.0;
  double c = 1.0;
  double p = 0.0;

  for (guint i = high; i-- > low;)
    {
      double f = s * e[i];
      double b = c * e[i];
      double r = sqrt (f * f + g * g);

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
      if (vectors != NULL)
        rotate_rows (vectors + i * n, vectors + (i + 1) * n, n, c, s);
    }

  d[low] -= p;
  e[low] = g;
  e[high] = 0.0;
}

void
mlp_eigenvalues (double *a,
                 guint   n,
                 double *values,
                 double *vectors)
{
  g_autofree double *e = g_new (double, n);
  g_autofree double *w = g_new (double, n);
  double *d = values;

  make_tridiagonal (a, n, d, e, w);
  if (vectors != NULL)
    make_rotation (a, n, vectors);

  for (guint low = 0; low < n; low++)
    for (guint shifts = 0; shifts < MAX_SHIFTS; shifts++)
      {
        guint high = low;

        while (high + 1 < n && fabs (e[high]) > DBL_EPSILON * (fabs (d[high]) + fabs (d[high + 1])))
          high++;
        if (high == low)
          break;

        chase_bulge (d, e, n, low, high, vectors);
      }
}
