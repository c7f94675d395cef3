/* mlp-ridge.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "core/linalg/mlp-gemm.h"
#include "core/linalg/mlp-ridge.h"
#include "core/linalg/mlp-vector.h"
#include "core/mlp-error.h"

struct _MlpRidge
{
  gsize   p;
  gsize   q;
  double *gram;      /* p × p: X Xᵀ; afterwards its factor, in the lower triangle */
  double *moment;    /* p × q: X Yᵀ; afterwards the solution */
  float  *product;   /* p × MAX (p, q): of one batch */
};

MlpRidge *
mlp_ridge_new (gsize    p,
               gsize    q,
               GError **error)
{
  g_autoptr(MlpRidge) ridge = g_new0 (MlpRidge, 1);
  gsize n;

  g_return_val_if_fail (p > 0 && q > 0, NULL);

  ridge->p = p;
  ridge->q = q;

  if (g_size_checked_mul (&n, p, MAX (p, q)))
    {
      ridge->gram = g_try_new0 (double, p * p);
      ridge->moment = g_try_new0 (double, p * q);
      ridge->product = g_try_new (float, n);
    }

  if (ridge->gram == NULL || ridge->moment == NULL || ridge->product == NULL)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   _("Not enough memory for a linear baseline with %zu inputs"), p);
      return NULL;
    }

  return g_steal_pointer (&ridge);
}

void
mlp_ridge_free (MlpRidge *ridge)
{
  if (ridge == NULL)
    return;

  g_free (ridge->gram);
  g_free (ridge->moment);
  g_free (ridge->product);
  g_free (ridge);
}

MLP_VECTOR_CLONES
static void
add_product (const float *product,
             double      *sum,
             gsize        n)
{
  for (gsize i = 0; i < n; i++)
    sum[i] += (double) product[i];
}

void
mlp_ridge_add (MlpRidge    *ridge,
               const float *x,
               const float *y,
               gsize        B)
{
  const gsize p = ridge->p;
  const gsize q = ridge->q;

  /* X Xᵀ */
  mlp_gemm_nt (p, p, B, 1.0f, x, x, p, ridge->product);
  add_product (ridge->product, ridge->gram, p * p);

  /* X Yᵀ */
  mlp_gemm_nt (p, q, B, 1.0f, x, y, q, ridge->product);
  add_product (ridge->product, ridge->moment, p * q);
}

MLP_VECTOR_CLONES
static double
dot_product (const double *a,
             const double *b,
             gsize         n)
{
  double sums[8] = { 0.0 };
  gsize i = 0;

  for (; i + 8 <= n; i += 8)
    {
      for (gsize k = 0; k < 8; k++)
        sums[k] += a[i + k] * b[i + k];
    }

  for (; i < n; i++)
    sums[0] += a[i] * b[i];

  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

/* L Lᵀ = A, row by row: a row of L is contiguous, and so is the sum. */
static gboolean
factorise_cholesky (double *a,
                    gsize   p)
{
  for (gsize i = 0; i < p; i++)
    {
      double *row = a + i * p;
      double square;

      for (gsize j = 0; j < i; j++)
        row[j] = (row[j] - dot_product (row, a + j * p, j)) / a[j * p + j];

      square = row[i] - dot_product (row, row, i);
      if (!(square > 0.0) || !isfinite (square))
        return FALSE;

      row[i] = sqrt (square);
    }

  return TRUE;
}

/* L Lᵀ w = b, in place. */
static void
solve_cholesky (const double *l,
                double       *b,
                gsize         p)
{
  for (gsize i = 0; i < p; i++)
    b[i] = (b[i] - dot_product (l + i * p, b, i)) / l[i * p + i];

  for (gsize i = p; i-- > 0;)
    {
      b[i] /= l[i * p + i];

      for (gsize j = 0; j < i; j++)
        b[j] -= l[i * p + j] * b[i];
    }
}

gboolean
mlp_ridge_solve (MlpRidge *ridge,
                 double    lambda,
                 float    *w)
{
  const gsize p = ridge->p;

  g_return_val_if_fail (lambda > 0.0, FALSE);

  for (gsize i = 0; i < p; i++)
    ridge->gram[i * p + i] += lambda;

  if (!factorise_cholesky (ridge->gram, p))
    return FALSE;

  for (gsize t = 0; t < ridge->q; t++)
    {
      solve_cholesky (ridge->gram, ridge->moment + t * p, p);
      for (gsize i = 0; i < p; i++)
        w[t * p + i] = (float) ridge->moment[t * p + i];
    }

  return TRUE;
}
