/* mlp-update.c
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
#include "core/linalg/mlp-transpose-private.h"
#include "core/linalg/mlp-vector.h"
#include "core/mlp-error.h"
#include "core/net/mlp-pass-private.h"
#include "core/train/mlp-update-private.h"

#define ALIGNMENT 64

/* Units in a block, and the most weights into them: with its moments and with
 * the outputs below, a block is to fit the level 2 cache. */
#define BLOCK_UNITS 128
#define BLOCK_WEIGHTS 65536

/* Multiplications of a step below which it is done before another thread hears
 * of it. */
#define MIN_SHARED_WORK 1e6

typedef struct
{
  gsize    layer;
  gsize    first;      /* unit */
  gsize    n_units;
  gsize    n_weights;  /* floats of W: of a panel, those that fill it up, too */
  gsize    place;      /* of the weights, then the biases, among moments and gradients */
  gboolean is_panel;   /* W is a panel of the sparse first layer */
  gsize    panel;      /* which */
  double   squares;    /* Σ g² */
} Block;

struct _MlpUpdate
{
  MlpOptimizer  *optimizer;
  float          l1;
  float          l2;
  float          max_norm;
  float          clip_norm;
  gboolean       descends;    /* plain gradient descent and nothing else */
  MlpSparse     *sparse;      /* borrowed, or NULL */
  gsize          n_params;
  GArray        *blocks;
  gsize          largest;     /* floats of the largest block's gradient */
  float         *gradients;   /* of each thread, largest floats; or of all blocks */

  /* The running step. */
  float          rate;
  float          factor;      /* 1 / B */
  float          clip;        /* what the gradient is multiplied by */
  MlpNet        *net;
  const MlpWork *work;
  gsize          B;
};

/* A multiple of the cache line, in floats. */
static gsize
round_up (gsize n)
{
  const gsize step = ALIGNMENT / sizeof (float);

  return (n + step - 1) / step * step;
}

static void
add_block (MlpUpdate   *update,
           const Block *block,
           gsize       *place)
{
  const gsize size = round_up (block->n_weights) + round_up (block->n_units);

  g_array_append_vals (update->blocks, block, 1);
  g_array_index (update->blocks, Block, update->blocks->len - 1).place = *place;
  update->largest = MAX (update->largest, size);
  *place += size;
}

static void
add_layer (MlpUpdate    *update,
           const MlpNet *net,
           gsize         layer,
           gsize        *place)
{
  const gsize m = mlp_net_get_width (net, layer - 1);
  const gsize n = mlp_net_get_width (net, layer);
  const gsize step = MAX (BLOCK_UNITS, BLOCK_WEIGHTS / m);

  for (gsize i = 0; i < n; i += step)
    {
      const gsize n_units = MIN (step, n - i);
      const Block block = { .layer = layer, .first = i, .n_units = n_units, .n_weights = m * n_units };

      add_block (update, &block, place);
    }
}

static void
add_panels (MlpUpdate    *update,
            const MlpNet *net,
            gsize        *place)
{
  const gsize m = mlp_net_get_width (net, 0);
  gsize first = 0;

  for (gsize p = 0; p < mlp_sparse_get_n_panels (update->sparse); p++)
    {
      const gsize n_units = mlp_sparse_get_n_units (update->sparse, p);
      const Block block = {
        .layer = 1, .first = first, .n_units = n_units,
        .n_weights = m * mlp_sparse_get_row (update->sparse, p),
        .is_panel = TRUE, .panel = p,
      };

      add_block (update, &block, place);
      first += n_units;
    }
}

MlpUpdate *
mlp_update_new (const MlpNet          *net,
                const MlpTrainOptions *options,
                MlpSparse             *sparse,
                guint                  n_threads,
                GError               **error)
{
  g_autoptr(MlpUpdate) update = NULL;
  gsize n_places = 0;
  gsize n_floats;

  g_return_val_if_fail (net != NULL, NULL);
  g_return_val_if_fail (options != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  update = g_new0 (MlpUpdate, 1);
  update->l1 = options->l1;
  update->l2 = options->l2;
  update->max_norm = options->max_norm;
  update->clip_norm = options->clip_norm;
  update->descends = options->optimizer.kind == MLP_SGD && options->l1 <= 0.0f &&
                     options->l2 <= 0.0f && options->max_norm <= 0.0f && options->clip_norm <= 0.0f;
  update->sparse = sparse;
  update->n_params = mlp_net_get_n_params (net);
  update->blocks = g_array_new (FALSE, FALSE, sizeof (Block));

  for (gsize l = 1; l <= mlp_net_get_n_layers (net); l++)
    {
      if (l == 1 && sparse != NULL)
        add_panels (update, net, &n_places);
      else
        add_layer (update, net, l, &n_places);
    }

  if (!(update->optimizer = mlp_optimizer_new (&options->optimizer, n_places, error)))
    return NULL;

  n_floats = update->clip_norm > 0.0f ? n_places : update->largest * n_threads;
  update->gradients = mlp_memory_new (n_floats);
  if (update->gradients == NULL)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   _("Not enough memory for the gradient of %zu parameters"), update->n_params);
      return NULL;
    }

  return g_steal_pointer (&update);
}

void
mlp_update_free (MlpUpdate *update)
{
  if (update == NULL)
    return;

  mlp_optimizer_free (update->optimizer);
  g_clear_pointer (&update->blocks, g_array_unref);
  free (update->gradients);
  g_free (update);
}

gboolean
mlp_update_descends (const MlpUpdate *update)
{
  g_return_val_if_fail (update != NULL, FALSE);

  return update->descends;
}

MlpOptimizer *
mlp_update_get_optimizer (MlpUpdate *update)
{
  g_return_val_if_fail (update != NULL, NULL);

  return update->optimizer;
}

void
mlp_update_get_moment (MlpUpdate    *update,
                       const MlpNet *net,
                       guint         i,
                       float        *values)
{
  const float *moment = mlp_optimizer_get_moment (update->optimizer, i);

  for (guint k = 0; k < update->blocks->len; k++)
    {
      const Block *block = &g_array_index (update->blocks, Block, k);
      const gsize m = mlp_net_get_width (net, block->layer - 1);
      const float *from = moment + block->place;
      float *W = values + mlp_net_get_weight_offset (net, block->layer) + block->first * m;

      /* What fills up a panel has no gradient, and so no moments. */
      if (block->is_panel)
        mlp_transpose (block->n_units, m, from, block->n_weights / m, W, m);
      else
        memcpy (W, from, block->n_weights * sizeof *W);

      memcpy (values + mlp_net_get_bias_offset (net, block->layer) + block->first,
              from + round_up (block->n_weights), block->n_units * sizeof *values);
    }
}

void
mlp_update_set_moment (MlpUpdate    *update,
                       const MlpNet *net,
                       guint         i,
                       const float  *values)
{
  float *moment = mlp_optimizer_get_moment (update->optimizer, i);

  for (guint k = 0; k < update->blocks->len; k++)
    {
      const Block *block = &g_array_index (update->blocks, Block, k);
      const gsize m = mlp_net_get_width (net, block->layer - 1);
      const float *W = values + mlp_net_get_weight_offset (net, block->layer) + block->first * m;
      float *to = moment + block->place;

      if (block->is_panel)
        mlp_transpose (m, block->n_units, W, m, to, block->n_weights / m);
      else
        memcpy (to, W, block->n_weights * sizeof *W);

      memcpy (to + round_up (block->n_weights),
              values + mlp_net_get_bias_offset (net, block->layer) + block->first, block->n_units * sizeof *values);
    }
}

void
mlp_update_reset (MlpUpdate *update)
{
  g_return_if_fail (update != NULL);

  mlp_optimizer_reset (update->optimizer);
}

/* g ← g + λ₁ sign w + λ₂ w */
MLP_VECTOR_CLONES static void
add_penalties (gsize                 n,
               float                 l1,
               float                 l2,
               const float *restrict w,
               float *restrict       g)
{
  for (gsize i = 0; i < n; i++)
    {
      float sign = (float) (w[i] > 0.0f) - (float) (w[i] < 0.0f);

      g[i] += l1 * sign + l2 * w[i];
    }
}

MLP_VECTOR_CLONES static void
scale_values (gsize           n,
              float           factor,
              float *restrict x)
{
  for (gsize i = 0; i < n; i++)
    x[i] *= factor;
}

/* Σ x² in double, in an order that depends on n only. */
MLP_VECTOR_CLONES static double
sum_squares (gsize        n,
             const float *x)
{
  double sums[8] = { 0.0 };
  double sum = 0.0;
  gsize i = 0;

  for (; i + 8 <= n; i += 8)
    {
      for (gsize k = 0; k < 8; k++)
        sums[k] += (double) x[i + k] * (double) x[i + k];
    }

  for (; i < n; i++)
    sum += (double) x[i] * (double) x[i];

  for (gsize k = 0; k < 8; k++)
    sum += sums[k];

  return sum;
}

/* ‖w‖ ≤ max for the weights into every unit. */
static void
limit_columns (gsize  m,
               gsize  n,
               double max,
               float *W)
{
  for (gsize i = 0; i < n; i++)
    {
      const double squares = sum_squares (m, W + i * m);

      if (squares > max * max)
        scale_values (m, (float) (max / sqrt (squares)), W + i * m);
    }
}

/* The same where a unit's weights are a column of @m rows of @n ≤ 64. */
MLP_VECTOR_CLONES static void
limit_rows (gsize  m,
            gsize  n,
            double max,
            float *W)
{
  double squares[BLOCK_UNITS] = { 0.0 };

  for (gsize i = 0; i < m; i++)
    {
      for (gsize u = 0; u < n; u++)
        squares[u] += (double) W[i * n + u] * (double) W[i * n + u];
    }

  for (gsize u = 0; u < n; u++)
    {
      if (!(squares[u] > max * max))
        continue;

      for (gsize i = 0; i < m; i++)
        W[i * n + u] *= (float) (max / sqrt (squares[u]));
    }
}

static float *
get_weights (const MlpUpdate *update,
             const Block     *block)
{
  if (block->is_panel)
    return mlp_sparse_get_panel (update->sparse, block->panel);

  return mlp_net_get_params (update->net) + mlp_net_get_weight_offset (update->net, block->layer) +
         block->first * mlp_net_get_width (update->net, block->layer - 1);
}

static float *
get_biases (const MlpUpdate *update,
            const Block     *block)
{
  return mlp_net_get_params (update->net) + mlp_net_get_bias_offset (update->net, block->layer) +
         block->first;
}

/* Where the block's gradient is while @thread works on it. */
static float *
get_gradient (const MlpUpdate *update,
              const Block     *block,
              guint            thread)
{
  return update->gradients + (update->clip_norm > 0.0f ? block->place : update->largest *thread);
}

/* The block's gradient, weights and then biases, penalties included. */
static void
collect_gradient (MlpUpdate   *update,
                  const Block *block,
                  guint        thread,
                  float       *g)
{
  const gsize l = block->layer;
  const gsize n = mlp_net_get_width (update->net, l);
  const float *D = mlp_work_peek_d (update->work, l);

  /* ∂W_l = H_{l-1} δ_lᵀ / B */
  if (block->is_panel)
    mlp_sparse_gradient (update->sparse, block->panel, thread, D, update->factor, g);
  else
    mlp_gemm_nt (mlp_net_get_width (update->net, l - 1), block->n_units, update->B, update->factor,
                 mlp_work_peek_output (update->work, l - 1), D + block->first, n, g);

  /* ∂b_l = δ_l 1 / B */
  mlp_pass_sum_columns (D + block->first, block->n_units, n, update->B, update->factor,
                        g + round_up (block->n_weights));

  if (update->l1 > 0.0f || update->l2 > 0.0f)
    add_penalties (block->n_weights, update->l1, update->l2, get_weights (update, block), g);
}

static void
step_biases (MlpUpdate   *update,
             const Block *block,
             const float *g)
{
  const gsize after = round_up (block->n_weights);

  mlp_optimizer_step_range (update->optimizer, update->rate, block->place + after, block->n_units,
                            FALSE, get_biases (update, block), g + after);
}

static void
step_block (MlpUpdate   *update,
            const Block *block,
            const float *g)
{
  float *W = get_weights (update, block);

  mlp_optimizer_step_range (update->optimizer, update->rate, block->place, block->n_weights,
                            TRUE, W, g);
  step_biases (update, block, g);

  if (update->max_norm > 0.0f && block->is_panel)
    limit_rows (mlp_net_get_width (update->net, 0), block->n_weights / mlp_net_get_width (update->net, 0),
                (double) update->max_norm, W);
  else if (update->max_norm > 0.0f)
    limit_columns (mlp_net_get_width (update->net, block->layer - 1), block->n_units,
                   (double) update->max_norm, W);
}

/* Gradient and step in one, without room for the gradient of the weights. */
static void
descend_panel (MlpUpdate   *update,
               const Block *block,
               guint        thread,
               float       *g)
{
  const float *D = mlp_work_peek_d (update->work, 1);

  mlp_sparse_descend (update->sparse, block->panel, thread, D, update->rate * update->factor);
  mlp_pass_sum_columns (D + block->first, block->n_units, mlp_net_get_width (update->net, 1), update->B,
                        update->factor, g + round_up (block->n_weights));
  step_biases (update, block, g);
}

/* Any thread. */
static void
collect_block (guint    item,
               guint    thread,
               gpointer user_data)
{
  MlpUpdate *update = user_data;
  Block *block = &g_array_index (update->blocks, Block, item);
  float *g = get_gradient (update, block, thread);
  guint mode = mlp_vector_flush_denormals ();

  collect_gradient (update, block, thread, g);
  block->squares = sum_squares (block->n_weights, g) +
                   sum_squares (block->n_units, g + round_up (block->n_weights));

  mlp_vector_restore_denormals (mode);
}

/* Any thread. */
static void
update_block (guint    item,
              guint    thread,
              gpointer user_data)
{
  MlpUpdate *update = user_data;
  const Block *block = &g_array_index (update->blocks, Block, item);
  float *g = get_gradient (update, block, thread);
  guint mode = mlp_vector_flush_denormals ();

  if (update->clip < 1.0f)
    {
      scale_values (block->n_weights, update->clip, g);
      scale_values (block->n_units, update->clip, g + round_up (block->n_weights));
    }

  step_block (update, block, g);

  mlp_vector_restore_denormals (mode);
}

/* Any thread. */
static void
collect_and_update_block (guint    item,
                          guint    thread,
                          gpointer user_data)
{
  MlpUpdate *update = user_data;
  const Block *block = &g_array_index (update->blocks, Block, item);
  float *g = get_gradient (update, block, thread);
  guint mode = mlp_vector_flush_denormals ();

  if (block->is_panel && update->descends)
    {
      descend_panel (update, block, thread, g);
    }
  else
    {
      collect_gradient (update, block, thread, g);
      step_block (update, block, g);
    }

  mlp_vector_restore_denormals (mode);
}

static void
for_each_block (MlpUpdate  *update,
                MlpWorkers *workers,
                MlpWorkFunc func)
{
  if ((double) update->n_params * (double) update->B >= MIN_SHARED_WORK)
    {
      mlp_workers_run (workers, update->blocks->len, func, update);
      return;
    }

  for (guint i = 0; i < update->blocks->len; i++)
    func (i, 0, update);
}

gboolean
mlp_update_run (MlpUpdate     *update,
                MlpWorkers    *workers,
                float          rate,
                MlpNet        *net,
                const MlpWork *work,
                gsize          B)
{
  double squares = 0.0;
  double norm;

  g_return_val_if_fail (update != NULL, FALSE);
  g_return_val_if_fail (B >= 1, FALSE);

  update->rate = rate;
  update->factor = 1.0f / (float) B;
  update->clip = 1.0f;
  update->net = net;
  update->work = work;
  update->B = B;

  if (update->clip_norm <= 0.0f)
    {
      mlp_optimizer_advance (update->optimizer);
      for_each_block (update, workers, collect_and_update_block);

      return TRUE;
    }

  for_each_block (update, workers, collect_block);

  for (guint i = 0; i < update->blocks->len; i++)
    squares += g_array_index (update->blocks, Block, i).squares;

  norm = sqrt (squares);

  if (!isfinite (norm))
    return FALSE;

  if (norm > (double) update->clip_norm)
    update->clip = (float) ((double) update->clip_norm / norm);

  mlp_optimizer_advance (update->optimizer);
  for_each_block (update, workers, update_block);

  return TRUE;
}
