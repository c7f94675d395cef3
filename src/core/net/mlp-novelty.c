/* mlp-novelty.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/linalg/mlp-gemm.h"
#include "core/linalg/mlp-memory-private.h"
#include "core/linalg/mlp-vector.h"
#include "core/mlp-error.h"
#include "core/mlp-random.h"
#include "core/net/mlp-novelty.h"

/* Measured on MNIST, with digits drawn by sloppy users, letters and scribbles: more
 * directions let letters pass, fewer refuse digits. */
#define RANK 12
#define TOO_MUCH 0.015

/* Training samples that are looked at, at most and at least; every fourth gives the
 * limits. */
#define MOST 8000
#define LEAST 400
#define EACH 4

/* Rounds of the subspace iteration: what is between the directions that are kept
 * and those that are not does not matter. */
#define ROUNDS 6

#define SEED 1976

struct _MlpNovelty
{
  gsize           n_inputs;
  gsize           n_classes;
  gsize           rank;
  float          *means;      /* n_inputs × n_classes */
  float          *axes;       /* n_inputs × (rank × n_classes) */
  float           limits[MLP_NOVELTY_N_LIMITS];
  gatomicrefcount ref_count;
};

/* What is left over of one picture. */
typedef struct
{
  double squares;     /* ‖r‖² */
  double share;       /* ‖r‖² / ‖x‖² */
} Rest;

static MlpNovelty *
new_novelty (gsize n_inputs,
             gsize n_classes,
             gsize rank)
{
  MlpNovelty *novelty = g_new0 (MlpNovelty, 1);

  novelty->n_inputs = n_inputs;
  novelty->n_classes = n_classes;
  novelty->rank = rank;
  novelty->means = g_try_new0 (float, n_inputs * n_classes);
  novelty->axes = g_try_new0 (float, n_inputs * n_classes * rank);
  g_atomic_ref_count_init (&novelty->ref_count);

  if (novelty->means != NULL && novelty->axes != NULL)
    return novelty;

  mlp_novelty_unref (novelty);

  return NULL;
}

MLP_VECTOR_CLONES
static double
dot_product (const float *a,
             const float *b,
             gsize        n)
{
  float sums[16] = { 0.0f };
  double sum = 0.0;
  gsize i = 0;

  for (; i + 16 <= n; i += 16)
    {
      for (gsize k = 0; k < 16; k++)
        sums[k] += a[i + k] * b[i + k];
    }

  for (; i < n; i++)
    sum += (double) (a[i] * b[i]);

  for (gsize k = 0; k < 16; k++)
    sum += (double) sums[k];

  return sum;
}

MLP_VECTOR_CLONES
static void
add_scaled (float       *y,
            float        factor,
            const float *x,
            gsize        n)
{
  for (gsize i = 0; i < n; i++)
    y[i] += factor * x[i];
}

/* Of the class that explains most of it. @scratch: n_inputs */
static Rest
find_rest (const MlpNovelty *novelty,
           const float      *x,
           float            *scratch)
{
  const gsize n = novelty->n_inputs;
  const double ink = dot_product (x, x, n);
  Rest rest = { (double) INFINITY, (double) INFINITY };

  for (gsize c = 0; c < novelty->n_classes; c++)
    {
      const float *axes = novelty->axes + c * novelty->rank * n;
      double squares;

      memcpy (scratch, x, n * sizeof *x);
      add_scaled (scratch, -1.0f, novelty->means + c * n, n);
      squares = dot_product (scratch, scratch, n);

      for (gsize k = 0; k < novelty->rank; k++)
        {
          const double along = dot_product (scratch, axes + k * n, n);

          squares -= along * along;
        }

      rest.squares = MIN (rest.squares, MAX (squares, 0.0));
    }

  if (ink > 0.0 && isfinite (ink))
    rest.share = rest.squares / ink;

  return rest;
}

/* Columns of length 1 at right angles (Gram and Schmidt, twice); those that depend
 * on others become 0. */
static void
orthonormalise_columns (float *Q,
                        gsize  n,
                        gsize  rank)
{
  for (gsize k = 0; k < rank; k++)
    {
      float *q = Q + k * n;
      const double before = sqrt (dot_product (q, q, n));
      double length;

      for (guint round = 0; round < 2; round++)
        {
          for (gsize j = 0; j < k; j++)
            add_scaled (q, (float) -dot_product (q, Q + j * n, n), Q + j * n, n);
        }

      length = sqrt (dot_product (q, q, n));
      if (!(length > 1e-5 * before))
        memset (q, 0, n * sizeof *q);
      else
        for (gsize i = 0; i < n; i++)
          q[i] = (float) ((double) q[i] / length);
    }
}

/* Mean and directions of one class from @B pictures, of which the mean is then
 * taken away. @T: B × rank */
static void
fit_class (MlpNovelty *novelty,
           gsize       c,
           float      *X,
           gsize       B,
           float      *T)
{
  const gsize n = novelty->n_inputs;
  float *mean = novelty->means + c * n;
  float *Q = novelty->axes + c * novelty->rank * n;
  MlpRandom random;

  if (B == 0)
    return;

  for (gsize i = 0; i < n; i++)
    {
      double sum = 0.0;

      for (gsize s = 0; s < B; s++)
        sum += (double) X[s * n + i];
      mean[i] = (float) (sum / (double) B);
    }
  for (gsize s = 0; s < B; s++)
    add_scaled (X + s * n, -1.0f, mean, n);

  mlp_random_seed (&random, SEED, c);
  for (gsize i = 0; i < n * novelty->rank; i++)
    Q[i] = (float) mlp_random_normal (&random);

  for (guint round = 0; round < ROUNDS; round++)
    {
      /* Q ← X Xᵀ Q */
      mlp_gemm_tn (B, novelty->rank, n, X, Q, 0.0f, T);
      mlp_gemm_nn (n, novelty->rank, B, X, T, 0.0f, Q);
      orthonormalise_columns (Q, n, novelty->rank);
    }
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  const double x = *(const double *) a;
  const double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* What TOO_MUCH of @n values exceed. */
static float
find_limit (double *values,
            gsize   n)
{
  qsort (values, n, sizeof *values, compare_doubles);

  return (float) values[(gsize) ((1.0 - TOO_MUCH) * (double) (n - 1))];
}

/* @look: 0 … n_looks − 1, evenly spaced among the items */
static guint32
get_item (const guint32 *items,
          gsize          n_items,
          gsize          n_looks,
          gsize          look)
{
  return items[(gsize) ((double) look * (double) n_items / (double) n_looks)];
}

static gboolean
fit_classes (MlpNovelty       *novelty,
             const MlpSamples *samples,
             const guint32    *items,
             gsize             n_items,
             gsize             n_looks)
{
  const gsize n = novelty->n_inputs;
  g_autofree gsize *counts = g_new0 (gsize, novelty->n_classes);
  gsize most = 0, size;
  float *X, *T;

  for (gsize look = 0; look < n_looks; look++)
    {
      if (look % EACH > 0)
        counts[mlp_samples_get_class (samples, get_item (items, n_items, n_looks, look))]++;
    }
  for (gsize c = 0; c < novelty->n_classes; c++)
    most = MAX (most, counts[c]);

  X = g_size_checked_mul (&size, n, most) ? mlp_memory_new (size) : NULL;
  T = mlp_memory_new (most * novelty->rank);
  for (gsize c = 0; c < novelty->n_classes && X != NULL && T != NULL; c++)
    {
      gsize B = 0;

      for (gsize look = 0; look < n_looks && B < counts[c]; look++)
        {
          const guint32 item = get_item (items, n_items, n_looks, look);

          if (look % EACH > 0 && mlp_samples_get_class (samples, item) == c)
            mlp_samples_get_batch (samples, &item, 1, X + B++ *n, NULL);
        }
      fit_class (novelty, c, X, B, T);
    }

  size = X != NULL && T != NULL;
  free (X);
  free (T);

  return size > 0;
}

static void
fit_limits (MlpNovelty       *novelty,
            const MlpSamples *samples,
            const guint32    *items,
            gsize             n_items,
            gsize             n_looks)
{
  const gsize n_rests = (n_looks + EACH - 1) / EACH;
  g_autofree double *squares = g_new (double, n_rests);
  g_autofree double *shares = g_new (double, n_rests);
  g_autofree float *x = g_new (float, 2 * novelty->n_inputs);

  for (gsize i = 0; i < n_rests; i++)
    {
      const guint32 item = get_item (items, n_items, n_looks, i * EACH);
      Rest rest;

      mlp_samples_get_batch (samples, &item, 1, x, NULL);
      rest = find_rest (novelty, x, x + novelty->n_inputs);
      squares[i] = rest.squares;
      shares[i] = rest.share;
    }

  novelty->limits[0] = find_limit (squares, n_rests);
  novelty->limits[1] = find_limit (shares, n_rests);
}

static gboolean
limits_are_sound (const float *limits)
{
  return isfinite (limits[0]) && limits[0] > 0.0f && isfinite (limits[1]) && limits[1] > 0.0f;
}

MlpNovelty *
mlp_novelty_new_fit (const MlpSamples *samples,
                     const guint32    *items,
                     gsize             n_items)
{
  g_autoptr(MlpNovelty) novelty = NULL;
  const gsize n_looks = MIN (n_items, MOST);
  gsize size;

  g_return_val_if_fail (samples != NULL && mlp_samples_has_classes (samples), NULL);
  g_return_val_if_fail (items != NULL || n_items == 0, NULL);

  if (n_items < LEAST ||
      !g_size_checked_mul (&size, mlp_samples_get_n_inputs (samples), mlp_samples_get_n_outputs (samples)) ||
      !g_size_checked_mul (&size, size, RANK))
    return NULL;

  mlp_gemm_init ();

  novelty = new_novelty (mlp_samples_get_n_inputs (samples), mlp_samples_get_n_outputs (samples), RANK);
  if (novelty == NULL || !fit_classes (novelty, samples, items, n_items, n_looks))
    return NULL;

  fit_limits (novelty, samples, items, n_items, n_looks);

  return limits_are_sound (novelty->limits) ? g_steal_pointer (&novelty) : NULL;
}

static gboolean
all_finite (const float *values,
            gsize        n)
{
  for (gsize i = 0; i < n; i++)
    {
      if (!isfinite (values[i]))
        return FALSE;
    }

  return TRUE;
}

MlpNovelty *
mlp_novelty_new (gsize        n_inputs,
                 gsize        n_classes,
                 gsize        rank,
                 const float *means,
                 const float *axes,
                 const float *limits,
                 GError     **error)
{
  MlpNovelty *novelty;

  g_return_val_if_fail (n_inputs > 0 && n_classes > 0, NULL);
  g_return_val_if_fail (rank > 0 && rank <= MLP_NOVELTY_MAX_RANK, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!all_finite (means, n_inputs * n_classes) || !all_finite (axes, n_inputs * n_classes * rank) ||
      !limits_are_sound (limits))
    {
      g_set_error_literal (error, MLP_ERROR, MLP_ERROR_FORMAT,
                           _("the novelty model contains a number that is not finite, or a limit that is not positive"));
      return NULL;
    }

  novelty = new_novelty (n_inputs, n_classes, rank);
  if (novelty == NULL)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   _("Not enough memory for %zu parameters"), n_inputs * n_classes * (rank + 1));
      return NULL;
    }

  memcpy (novelty->means, means, n_inputs * n_classes * sizeof *means);
  memcpy (novelty->axes, axes, n_inputs * n_classes * rank * sizeof *axes);
  memcpy (novelty->limits, limits, sizeof novelty->limits);

  return novelty;
}

MlpNovelty *
mlp_novelty_ref (const MlpNovelty *novelty)
{
  g_atomic_ref_count_inc (&((MlpNovelty *) novelty)->ref_count);

  return (MlpNovelty *) novelty;
}

void
mlp_novelty_unref (MlpNovelty *novelty)
{
  if (novelty == NULL || !g_atomic_ref_count_dec (&novelty->ref_count))
    return;

  g_free (novelty->means);
  g_free (novelty->axes);
  g_free (novelty);
}

gsize
mlp_novelty_get_n_inputs (const MlpNovelty *novelty)
{
  return novelty->n_inputs;
}

gsize
mlp_novelty_get_n_classes (const MlpNovelty *novelty)
{
  return novelty->n_classes;
}

gsize
mlp_novelty_get_rank (const MlpNovelty *novelty)
{
  return novelty->rank;
}

const float *
mlp_novelty_peek_means (const MlpNovelty *novelty)
{
  return novelty->means;
}

const float *
mlp_novelty_peek_axes (const MlpNovelty *novelty)
{
  return novelty->axes;
}

const float *
mlp_novelty_peek_limits (const MlpNovelty *novelty)
{
  return novelty->limits;
}

double
mlp_novelty_score (const MlpNovelty *novelty,
                   const float      *x)
{
  g_autofree float *scratch = NULL;
  Rest rest;

  g_return_val_if_fail (novelty != NULL, 0.0);

  scratch = g_new (float, novelty->n_inputs);
  rest = find_rest (novelty, x, scratch);

  return MAX (rest.squares / (double) novelty->limits[0], rest.share / (double) novelty->limits[1]);
}
