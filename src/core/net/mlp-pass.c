/* mlp-pass.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "core/linalg/mlp-gemm.h"
#include "core/linalg/mlp-memory-private.h"
#include "core/linalg/mlp-vector.h"
#include "core/mlp-error.h"
#include "core/net/mlp-pass-private.h"

/* One cache line: no matrix shares its ends with another thread's. */
#define ALIGNMENT 64

struct _MlpWork
{
  gsize      L;
  gsize      max_batch;
  gsize     *n;             /* L + 1 widths */

  float     *block;         /* everything but the masks, aligned */
  float    **A;             /* L + 1; A[0] is NULL */
  float    **H;             /* L + 1 */
  float    **D;             /* L + 1; NULL without backward */
  float     *target;
  float     *gradient;      /* NULL without backward */

  float      dropout;
  MlpRandom *random;        /* borrowed; not NULL: units are dropped */
  float     *mask_block;
  float    **masks;         /* L + 1; of hidden layers: 0, or 1 / (1 − dropout) */
  float    **kept;          /* L + 1; of hidden layers: mask ⊙ H */
};

/* Floats for a matrix, rounded up so that the next one is aligned, too. */
static gboolean
add_matrix (gsize *total,
            gsize  rows,
            gsize  columns)
{
  const gsize step = ALIGNMENT / sizeof (float);
  gsize size;

  return g_size_checked_mul (&size, rows, columns) &&
         g_size_checked_add (&size, size, step - 1) &&
         g_size_checked_add (total, *total, size / step * step);
}

static float *
take_matrix (float **place,
             gsize   rows,
             gsize   columns)
{
  const gsize step = ALIGNMENT / sizeof (float);
  float *matrix = *place;

  *place += (rows * columns + step - 1) / step * step;

  return matrix;
}

/* Whether A[l] has memory of its own. */
static gboolean
has_a (MlpWorkParts parts,
       gsize        l,
       gsize        L)
{
  return l > 0 && ((parts & MLP_WORK_A) || l == L);
}

static gboolean
has_h (MlpWorkParts parts,
       gsize        l)
{
  return l > 0 || (parts & MLP_WORK_INPUT);
}

static gboolean
has_d (MlpWorkParts parts,
       gsize        l)
{
  return l > 0 && (parts & MLP_WORK_DELTAS);
}

static gboolean
count_floats (const MlpNet *net,
              gsize         max_batch,
              MlpWorkParts  parts,
              gsize        *total)
{
  const gsize L = mlp_net_get_n_layers (net);

  *total = 0;

  for (gsize l = 0; l <= L; l++)
    {
      const gsize n = mlp_net_get_width (net, l);

      if ((has_h (parts, l) && !add_matrix (total, n, max_batch)) ||
          (has_a (parts, l, L) && !add_matrix (total, n, max_batch)) ||
          (has_d (parts, l) && !add_matrix (total, n, max_batch)))
        return FALSE;
    }

  return add_matrix (total, mlp_net_get_width (net, L), max_batch) &&
         (!(parts & MLP_WORK_GRADIENT) || add_matrix (total, mlp_net_get_n_params (net), 1));
}

static MlpWork *
new_work (const MlpNet *net,
          gsize         max_batch,
          MlpWorkParts  parts,
          GError      **error)
{
  MlpWork *work;
  gsize n_floats;
  float *block = NULL;
  float *place;
  gsize L;

  mlp_gemm_init ();

  if (max_batch <= G_MAXINT && count_floats (net, max_batch, parts, &n_floats))
    block = mlp_memory_new (n_floats);

  if (block == NULL)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   _("Not enough memory for a batch of %zu samples in this network; try a smaller batch size"), max_batch);
      return NULL;
    }

  L = mlp_net_get_n_layers (net);
  work = g_new0 (MlpWork, 1);
  work->L = L;
  work->max_batch = max_batch;
  work->n = g_new (gsize, L + 1);
  work->block = place = block;
  work->A = g_new0 (float *, L + 1);
  work->H = g_new0 (float *, L + 1);
  work->D = g_new0 (float *, L + 1);

  for (gsize l = 0; l <= L; l++)
    {
      const gsize n = work->n[l] = mlp_net_get_width (net, l);

      if (has_h (parts, l))
        work->H[l] = take_matrix (&place, n, max_batch);
      if (l > 0)
        work->A[l] = has_a (parts, l, L) ? take_matrix (&place, n, max_batch) : work->H[l];
      if (has_d (parts, l))
        work->D[l] = take_matrix (&place, n, max_batch);
    }

  work->target = take_matrix (&place, work->n[L], max_batch);
  if (parts & MLP_WORK_GRADIENT)
    work->gradient = take_matrix (&place, mlp_net_get_n_params (net), 1);

  return work;
}

MlpWork *
mlp_work_new (const MlpNet *net,
              gsize         max_batch,
              gboolean      backward,
              GError      **error)
{
  g_return_val_if_fail (net != NULL, NULL);
  g_return_val_if_fail (max_batch > 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return new_work (net, max_batch,
                   MLP_WORK_INPUT | MLP_WORK_A | (backward ? MLP_WORK_DELTAS | MLP_WORK_GRADIENT : 0),
                   error);
}

void
mlp_work_free (MlpWork *work)
{
  if (work == NULL)
    return;

  free (work->block);
  free (work->mask_block);
  g_free (work->masks);
  g_free (work->kept);
  g_free (work->A);
  g_free (work->H);
  g_free (work->D);
  g_free (work->n);
  g_free (work);
}

float *
mlp_work_get_input (MlpWork *work)
{
  return work->H[0];
}

float *
mlp_work_get_target (MlpWork *work)
{
  return work->target;
}

const float *
mlp_work_peek_a (const MlpWork *work,
                 gsize          l)
{
  g_return_val_if_fail (l >= 1 && l <= work->L, NULL);

  return work->A[l];
}

const float *
mlp_work_peek_h (const MlpWork *work,
                 gsize          l)
{
  g_return_val_if_fail (l <= work->L, NULL);

  return work->H[l];
}

const float *
mlp_work_peek_d (const MlpWork *work,
                 gsize          l)
{
  g_return_val_if_fail (l >= 1 && l <= work->L, NULL);

  return work->D[l];
}

float *
mlp_work_get_gradient (MlpWork *work)
{
  return work->gradient;
}

/* Masks and masked outputs of the hidden layers. They are no larger than what
 * mlp_work_new() was given. */
static gboolean
make_masks (MlpWork *work,
            GError **error)
{
  gsize n_floats = 0;
  float *place;

  for (gsize l = 1; l < work->L; l++)
    {
      add_matrix (&n_floats, work->n[l], work->max_batch);
      add_matrix (&n_floats, work->n[l], work->max_batch);
    }

  work->mask_block = place = mlp_memory_new (n_floats);
  if (place == NULL)
    {
      g_set_error_literal (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                           _("Not enough memory for the dropout masks; try a smaller batch size"));
      return FALSE;
    }

  work->masks = g_new0 (float *, work->L + 1);
  work->kept = g_new0 (float *, work->L + 1);

  for (gsize l = 1; l < work->L; l++)
    {
      work->masks[l] = take_matrix (&place, work->n[l], work->max_batch);
      work->kept[l] = take_matrix (&place, work->n[l], work->max_batch);
    }

  return TRUE;
}

gboolean
mlp_work_set_dropout (MlpWork   *work,
                      float      dropout,
                      MlpRandom *random,
                      GError   **error)
{
  g_return_val_if_fail (dropout >= 0.0f && dropout < 1.0f, FALSE);
  g_return_val_if_fail (dropout == 0.0f || random != NULL, FALSE);

  if (dropout > 0.0f && work->masks == NULL && !make_masks (work, error))
    return FALSE;

  work->dropout = dropout;
  work->random = dropout > 0.0f ? random : NULL;

  return TRUE;
}

MlpWork *
mlp_work_new_shared (const MlpNet *net,
                     gsize         max_batch,
                     MlpWorkParts  parts,
                     float         dropout,
                     GError      **error)
{
  g_autoptr(MlpWork) work = NULL;

  g_return_val_if_fail (net != NULL, NULL);
  g_return_val_if_fail (max_batch > 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  work = new_work (net, max_batch, parts, error);
  if (work == NULL || (dropout > 0.0f && !make_masks (work, error)))
    return NULL;

  work->dropout = dropout;

  return g_steal_pointer (&work);
}

static void
drop_units (MlpWork   *work,
            gsize      l,
            gsize      begin,
            gsize      end,
            MlpRandom *random)
{
  const float scale = 1.0f / (1.0f - work->dropout);
  const float *h = work->H[l];
  float *mask = work->masks[l];
  float *kept = work->kept[l];

  for (gsize i = work->n[l] * begin; i < work->n[l] * end; i++)
    {
      mask[i] = mlp_random_uniform (random) < (double) work->dropout ? 0.0f : scale;
      kept[i] = mask[i] * h[i];
    }
}

static gboolean
has_dropout (const MlpWork *work,
             gsize          l)
{
  return work->dropout > 0.0f && l > 0 && l < work->L;
}

const float *
mlp_work_peek_output (const MlpWork *work,
                      gsize          l)
{
  return has_dropout (work, l) ? work->kept[l] : work->H[l];
}

/* A_l = W_lᵀ H_{l-1} + b_l 1ᵀ */
static void
multiply_weights (const MlpNet *net,
                  MlpWork      *work,
                  gsize         l,
                  gsize         begin,
                  gsize         end)
{
  const gsize n = work->n[l];
  const gsize m = work->n[l - 1];
  const float *b = mlp_net_peek_biases (net, l);
  float *A = work->A[l] + begin * n;

  for (gsize s = 0; s < end - begin; s++)
    memcpy (A + s * n, b, n * sizeof *b);

  mlp_gemm_tn (n, end - begin, m, mlp_net_peek_weights (net, l),
               mlp_work_peek_output (work, l - 1) + begin * m, 1.0f, A);
}

void
mlp_pass_forward_columns (const MlpNet    *net,
                          MlpWork         *work,
                          const MlpSparse *sparse,
                          gsize            first,
                          gsize            begin,
                          gsize            end,
                          MlpRandom       *random)
{
  for (gsize l = 1; l <= work->L; l++)
    {
      const gsize n = work->n[l];
      float *A = work->A[l] + begin * n;

      if (l == 1 && sparse != NULL)
        mlp_sparse_forward (sparse, mlp_net_peek_biases (net, 1), first, first + end - begin, A);
      else
        multiply_weights (net, work, l, begin, end);

      mlp_activation_apply (mlp_net_get_activation (net, l), A, work->H[l] + begin * n, n, end - begin);

      if (has_dropout (work, l))
        drop_units (work, l, begin, end, random);
    }
}

const float *
mlp_pass_forward (const MlpNet *net,
                  MlpWork      *work,
                  gsize         B)
{
  g_return_val_if_fail (B >= 1 && B <= work->max_batch, NULL);

  mlp_pass_forward_columns (net, work, NULL, 0, 0, B, work->random);

  return work->H[work->L];
}

/* δ_{l-1} = σ'(a_{l-1}) ⊙ (W_l δ_l) */
static void
backpropagate_layer (const MlpNet *net,
                     MlpWork      *work,
                     gsize         l,
                     gsize         begin,
                     gsize         end)
{
  const gsize n = work->n[l - 1];
  float *D = work->D[l - 1] + begin * n;

  mlp_gemm_nn (n, end - begin, work->n[l], mlp_net_peek_weights (net, l),
               work->D[l] + begin * work->n[l], 0.0f, D);

  if (has_dropout (work, l - 1))
    {
      const float *mask = work->masks[l - 1] + begin * n;

      for (gsize i = 0; i < n * (end - begin); i++)
        D[i] *= mask[i];
    }

  mlp_activation_multiply_by_slope (mlp_net_get_activation (net, l - 1),
                                    work->H[l - 1] + begin * n, D, n, end - begin);
}

double
mlp_pass_backward_columns (const MlpNet *net,
                           MlpWork      *work,
                           gsize         begin,
                           gsize         end,
                           MlpLoss       loss)
{
  const gsize L = work->L;
  const gsize place = begin * work->n[L];
  const double sum = mlp_loss_delta (loss, mlp_net_get_activation (net, L),
                                     work->A[L] + place, work->H[L] + place, work->target + place,
                                     work->D[L] + place, work->n[L], end - begin);

  for (gsize l = L; l > 1; l--)
    backpropagate_layer (net, work, l, begin, end);

  return sum;
}

MLP_VECTOR_CLONES
void
mlp_pass_sum_columns (const float *D,
                      gsize        n,
                      gsize        ld,
                      gsize        B,
                      float        factor,
                      float       *b)
{
  memcpy (b, D, n * sizeof *b);

  for (gsize s = 1; s < B; s++)
    {
      for (gsize i = 0; i < n; i++)
        b[i] += D[s * ld + i];
    }

  for (gsize i = 0; i < n; i++)
    b[i] *= factor;
}

double
mlp_pass_backward (const MlpNet *net,
                   MlpWork      *work,
                   const float  *y,
                   gsize         B,
                   MlpLoss       loss,
                   gsize         divisor)
{
  const gsize *n = work->n;
  const gsize L = work->L;
  const float factor = 1.0f / (float) divisor;
  double sum;

  g_return_val_if_fail (work->gradient != NULL, 0.0);
  g_return_val_if_fail (B >= 1 && B <= work->max_batch, 0.0);
  g_return_val_if_fail (divisor >= 1, 0.0);

  sum = mlp_loss_delta (loss, mlp_net_get_activation (net, L), work->A[L], work->H[L], y,
                        work->D[L], n[L], B);

  for (gsize l = L; l >= 1; l--)
    {
      /* ∂W_l = H_{l-1} δ_lᵀ / divisor */
      mlp_gemm_nt (n[l - 1], n[l], B, factor, mlp_work_peek_output (work, l - 1), work->D[l], n[l],
                   work->gradient + mlp_net_get_weight_offset (net, l));
      mlp_pass_sum_columns (work->D[l], n[l], n[l], B, factor,
                            work->gradient + mlp_net_get_bias_offset (net, l));

      if (l > 1)
        backpropagate_layer (net, work, l, 0, B);
    }

  return sum;
}

void
mlp_pass_backward_output (const MlpNet *net,
                          MlpWork      *work,
                          const float  *d,
                          gsize         B)
{
  const gsize L = work->L;

  g_return_if_fail (work->D[L] != NULL);
  g_return_if_fail (B >= 1 && B <= work->max_batch);

  memcpy (work->D[L], d, work->n[L] * B * sizeof *d);
  for (gsize l = L; l > 1; l--)
    backpropagate_layer (net, work, l, 0, B);
}

void
mlp_pass_backward_to_input (const MlpNet  *net,
                            const MlpWork *work,
                            gsize          B,
                            float         *dx)
{
  g_return_if_fail (work->D[1] != NULL);

  /* ∂ℓ/∂h_0 = W_1 δ_1 */
  mlp_gemm_nn (work->n[0], B, work->n[1], mlp_net_peek_weights (net, 1), work->D[1], 0.0f, dx);
}
