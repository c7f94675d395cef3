/* mlp-update.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "core/mlp-update-private.h"
#include "core/mlp-vector-private.h"

/* Parameters in a block: with its gradients and moments it fits the level 2
 * cache. */
#define BLOCK_SIZE 16384

/* Below so many parameters a step is done before another thread hears of it. */
#define MIN_SHARED_PARAMS 65536

/* Whole columns of one W[l], or (a piece of) one b[l]. */
typedef struct
{
  gsize  begin;
  gsize  end;
  gsize  column;    /* n[l-1], or 0 where these are biases */
  double squares;   /* Σ g² */
} Block;

struct _MlpUpdate
{
  MlpOptimizer *optimizer;
  float         l1;
  float         l2;
  float         max_norm;
  float         clip_norm;
  gsize         n_params;
  GArray       *blocks;

  /* The running step. */
  float         rate;
  float         clip;         /* what the gradient is multiplied by */
  float        *params;
  float *const *gradients;
  guint         n_gradients;
};

static void
add_blocks (GArray  *blocks,
            gsize    begin,
            gsize    n_columns,
            gsize    column,
            gboolean weights)
{
  const gsize step = MAX (1, BLOCK_SIZE / column);

  for (gsize i = 0; i < n_columns; i += step)
    {
      Block block = {
        .begin = begin + i * column,
        .end = begin + MIN (i + step, n_columns) * column,
        .column = weights ? column : 0,
      };

      g_array_append_val (blocks, block);
    }
}

MlpUpdate *
mlp_update_new (const MlpNet          *net,
                const MlpTrainOptions *options,
                GError               **error)
{
  g_autoptr(MlpUpdate) update = NULL;

  g_return_val_if_fail (net != NULL, NULL);
  g_return_val_if_fail (options != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  update = g_new0 (MlpUpdate, 1);
  update->l1 = options->l1;
  update->l2 = options->l2;
  update->max_norm = options->max_norm;
  update->clip_norm = options->clip_norm;
  update->n_params = mlp_net_get_n_params (net);
  update->blocks = g_array_new (FALSE, FALSE, sizeof (Block));

  if (!(update->optimizer = mlp_optimizer_new (&options->optimizer, update->n_params, error)))
    return NULL;

  for (gsize l = 1; l <= mlp_net_get_n_layers (net); l++)
    {
      gsize n = mlp_net_get_width (net, l);
      gsize m = mlp_net_get_width (net, l - 1);

      add_blocks (update->blocks, mlp_net_get_weight_offset (net, l), n, m, TRUE);
      add_blocks (update->blocks, mlp_net_get_bias_offset (net, l), n, 1, FALSE);
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
  g_free (update);
}

void
mlp_update_reset (MlpUpdate *update)
{
  g_return_if_fail (update != NULL);

  mlp_optimizer_reset (update->optimizer);
}

/* g ← g + h */
MLP_VECTOR_CLONES static void
add (gsize                 n,
     const float *restrict h,
     float *restrict       g)
{
  for (gsize i = 0; i < n; i++)
    g[i] += h[i];
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
multiply (gsize           n,
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
limit_columns (const Block *block,
               double       max,
               float       *params)
{
  for (gsize i = block->begin; i < block->end; i += block->column)
    {
      double squares = sum_squares (block->column, params + i);

      if (squares > max * max)
        multiply (block->column, (float) (max / sqrt (squares)), params + i);
    }
}

/* The block's gradient: of all chunks, in order, and of the penalties. */
static void
collect (MlpUpdate *update,
         Block     *block)
{
  const gsize n = block->end - block->begin;
  float *g = update->gradients[0] + block->begin;

  for (guint c = 1; c < update->n_gradients; c++)
    add (n, update->gradients[c] + block->begin, g);

  if (block->column > 0 && (update->l1 > 0.0f || update->l2 > 0.0f))
    add_penalties (n, update->l1, update->l2, update->params + block->begin, g);
}

static void
step (MlpUpdate *update,
      Block     *block)
{
  if (update->clip < 1.0f)
    multiply (block->end - block->begin, update->clip, update->gradients[0] + block->begin);

  mlp_optimizer_step_range (update->optimizer, update->rate, block->begin, block->end,
                            block->column > 0, update->params, update->gradients[0]);

  if (block->column > 0 && update->max_norm > 0.0f)
    limit_columns (block, (double) update->max_norm, update->params);
}

/* Any thread. */
static void
do_collect (guint    item,
            guint    thread,
            gpointer user_data)
{
  MlpUpdate *update = user_data;
  Block *block = &g_array_index (update->blocks, Block, item);
  guint mode = mlp_denormals_flush ();

  collect (update, block);
  block->squares = sum_squares (block->end - block->begin, update->gradients[0] + block->begin);

  mlp_denormals_restore (mode);
}

/* Any thread. */
static void
do_step (guint    item,
         guint    thread,
         gpointer user_data)
{
  guint mode = mlp_denormals_flush ();

  step (user_data, &g_array_index (((MlpUpdate *) user_data)->blocks, Block, item));

  mlp_denormals_restore (mode);
}

/* Any thread. */
static void
do_both (guint    item,
         guint    thread,
         gpointer user_data)
{
  MlpUpdate *update = user_data;
  Block *block = &g_array_index (update->blocks, Block, item);
  guint mode = mlp_denormals_flush ();

  collect (update, block);
  step (update, block);

  mlp_denormals_restore (mode);
}

static void
for_each_block (MlpUpdate  *update,
                MlpWorkers *workers,
                MlpWorkFunc func)
{
  if (update->n_params >= MIN_SHARED_PARAMS)
    {
      mlp_workers_run (workers, update->blocks->len, func, update);
      return;
    }

  for (guint i = 0; i < update->blocks->len; i++)
    func (i, 0, update);
}

gboolean
mlp_update_run (MlpUpdate    *update,
                MlpWorkers   *workers,
                float         rate,
                MlpNet       *net,
                float *const *gradients,
                guint         n_gradients)
{
  g_return_val_if_fail (update != NULL, FALSE);
  g_return_val_if_fail (n_gradients >= 1, FALSE);

  update->rate = rate;
  update->clip = 1.0f;
  update->params = mlp_net_get_params (net);
  update->gradients = gradients;
  update->n_gradients = n_gradients;

  if (update->clip_norm > 0.0f)
    {
      double squares = 0.0;
      double norm;

      for_each_block (update, workers, do_collect);

      for (guint i = 0; i < update->blocks->len; i++)
        squares += g_array_index (update->blocks, Block, i).squares;

      norm = sqrt (squares);

      if (!isfinite (norm))
        return FALSE;

      if (norm > (double) update->clip_norm)
        update->clip = (float) ((double) update->clip_norm / norm);

      mlp_optimizer_advance (update->optimizer);
      for_each_block (update, workers, do_step);
    }
  else
    {
      mlp_optimizer_advance (update->optimizer);
      for_each_block (update, workers, do_both);
    }

  return TRUE;
}
