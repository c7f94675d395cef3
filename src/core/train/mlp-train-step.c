/* mlp-train-step.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "core/linalg/mlp-thread-tuner-private.h"
#include "core/linalg/mlp-vector.h"
#include "core/mlp-error.h"
#include "core/mlp-workers.h"
#include "core/net/mlp-metrics-private.h"
#include "core/net/mlp-pass-private.h"
#include "core/net/mlp-sparse-input-private.h"
#include "core/train/mlp-augment.h"
#include "core/train/mlp-train-step-private.h"
#include "core/train/mlp-update-private.h"

/* Columns of a chunk: enough for the matrix products; a batch that has two
 * small ones has those, so that two threads have work. */
#define CHUNK 128
#define MIN_CHUNK 32
#define MAX_CHUNKS MLP_MAX_DROPOUT

/* Pictures that a thread disturbs at a time: few enough for an even division, and whole
 * cache lines of what is told of each. */
#define PORTION 16

/* Operations in a batch, or an evaluation, from which on a second thread pays. */
#define MIN_SHARED_FLOPS 1e7

/* As mlp_thread_tuner_init() takes them. Batches have turns of four, so that both ways
 * meet the same neighbours. */
#define STEPS 4, 8, 256
#define EVALUATIONS 1, 2, 32

/* The chunks' sequences of the seed; mlp_net_init() has the small numbers and
 * the shuffling 0x10000. */
#define STREAM_DROPOUT 0x20000

typedef struct
{
  MlpRandom     dropout;
  MlpBatchStats stats;
} Chunk;

struct _MlpTrainStep
{
  MlpSamples     *samples;
  MlpLoss         loss;
  float           label_smoothing;
  gsize           max_batch;

  MlpWorkers     *workers;
  MlpWorkers     *alone;           /* the caller: when more threads do not pay */
  gboolean        chooses;         /* by time which of the two computes: evaluations, and … */
  gboolean        chooses_steps; /* … steps, where they are not too small */
  gboolean        is_alone;        /* as a step was made last */
  MlpThreadTuner  steps;
  MlpThreadTuner  evaluations;
  MlpUpdate      *update;
  MlpWork        *work;
  MlpSparse      *sparse;          /* or NULL: the first layer is dense */
  gboolean        sorts;           /* whether the update needs the batch sorted by inputs */
  guint           n_chunks;
  Chunk           chunks[MAX_CHUNKS];

  /* Where pictures are disturbed */
  MlpAugmenter   *augmenter;       /* or NULL */
  guint8         *pictures;        /* one for each thread */
  MlpSparseInput *sparse_input;    /* sparse: those of the batch */
  guint           epoch;

  /* The running batch. */
  const MlpNet   *net;
  const guint32  *items;
  gsize           B;
  guint           n_batch_chunks;
};

static guint
count_chunks (gsize B)
{
  if (B < 2 * MIN_CHUNK)
    return 1;

  return (guint) CLAMP (B / CHUNK, 2, MAX_CHUNKS);
}

static gsize
get_chunk_begin (gsize B,
                 guint n_chunks,
                 guint chunk)
{
  return B / n_chunks * chunk + MIN (B % n_chunks, chunk);
}

/* Whether the steps may be large enough for more than one thread. */
static gboolean
shares_steps (const MlpTrainStep *train_step,
              gsize               n_params)
{
  return train_step->n_chunks > 1 &&
         6.0 * (double) n_params * (double) train_step->max_batch >= MIN_SHARED_FLOPS;
}

static gboolean
start_augmenting (MlpTrainStep          *train_step,
                  const MlpTrainOptions *options,
                  guint                  n_threads,
                  GError               **error)
{
  const gsize n_inputs = mlp_samples_get_n_inputs (train_step->samples);
  gsize rows, columns;

  if (options->augment == MLP_AUGMENT_NONE)
    return TRUE;

  mlp_samples_get_picture (train_step->samples, &rows, &columns);
  train_step->augmenter = mlp_augmenter_new (options->augment, rows, columns, options->seed, n_threads, error);
  if (train_step->augmenter == NULL)
    return FALSE;

  train_step->pictures = g_try_new (guint8, n_threads * n_inputs);
  if (train_step->sparse != NULL)
    train_step->sparse_input = mlp_sparse_input_new_empty (train_step->max_batch, n_inputs,
                                                           mlp_samples_get_scale (train_step->samples));

  if (train_step->pictures != NULL && (train_step->sparse == NULL || train_step->sparse_input != NULL))
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
               _("Not enough memory to augment batches of %zu images"), train_step->max_batch);
  return FALSE;
}

MlpTrainStep *
mlp_train_step_new (const MlpNet          *net,
                    const MlpSamples      *samples,
                    const MlpTrainOptions *options,
                    gsize                  n_train,
                    GError               **error)
{
  g_autoptr(MlpTrainStep) train_step = NULL;
  MlpWorkParts parts;
  guint threads;

  g_return_val_if_fail (net != NULL, NULL);
  g_return_val_if_fail (samples != NULL, NULL);
  g_return_val_if_fail (options != NULL, NULL);
  g_return_val_if_fail (n_train >= 1, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  train_step = g_new0 (MlpTrainStep, 1);
  train_step->samples = mlp_samples_ref (samples);
  train_step->loss = options->loss;
  train_step->label_smoothing = options->label_smoothing;
  train_step->max_batch = MIN (options->batch_size, n_train);
  train_step->n_chunks = count_chunks (train_step->max_batch);

  for (guint c = 0; c < train_step->n_chunks; c++)
    mlp_random_seed (&train_step->chunks[c].dropout, options->seed, STREAM_DROPOUT + c);

  /* If threads cannot be had, one gives the same weights, later. */
  threads = options->threads;
  if (threads == 0)
    threads = MIN (g_get_num_processors (), MAX (train_step->n_chunks, 2));
  train_step->workers = mlp_workers_new (threads);
  if (train_step->workers == NULL)
    train_step->workers = mlp_workers_new (1);

  train_step->alone = mlp_workers_new (1);
  threads = mlp_workers_get_n_threads (train_step->workers);
  train_step->chooses = options->threads == 0 && threads > 1;
  train_step->is_alone = train_step->chooses && !shares_steps (train_step, mlp_net_get_n_params (net));
  train_step->chooses_steps = train_step->chooses && !train_step->is_alone;
  mlp_thread_tuner_init (&train_step->steps, STEPS);
  mlp_thread_tuner_init (&train_step->evaluations, EVALUATIONS);

  train_step->sparse = mlp_sparse_new (net, samples, train_step->max_batch, threads);
  parts = MLP_WORK_DELTAS | (train_step->sparse == NULL ? MLP_WORK_INPUT : 0);
  train_step->work = mlp_work_new_shared (net, train_step->max_batch, parts, options->dropout, error);
  if (train_step->work == NULL ||
      !(train_step->update = mlp_update_new (net, options, train_step->sparse, threads, error)) ||
      !start_augmenting (train_step, options, threads, error))
    return NULL;

  train_step->sorts = train_step->sparse != NULL && !mlp_update_descends (train_step->update);

  return g_steal_pointer (&train_step);
}

void
mlp_train_step_free (MlpTrainStep *train_step)
{
  if (train_step == NULL)
    return;

  g_clear_pointer (&train_step->workers, mlp_workers_free);
  g_clear_pointer (&train_step->alone, mlp_workers_free);
  g_clear_pointer (&train_step->update, mlp_update_free);
  g_clear_pointer (&train_step->sparse, mlp_sparse_free);
  g_clear_pointer (&train_step->work, mlp_work_free);
  g_clear_pointer (&train_step->augmenter, mlp_augmenter_free);
  g_clear_pointer (&train_step->sparse_input, mlp_sparse_input_free);
  g_free (train_step->pictures);
  g_clear_pointer (&train_step->samples, mlp_samples_unref);
  g_free (train_step);
}

gsize
mlp_train_step_get_batch_size (const MlpTrainStep *train_step)
{
  g_return_val_if_fail (train_step != NULL, 0);

  return train_step->max_batch;
}

guint
mlp_train_step_get_threads (const MlpTrainStep *train_step)
{
  g_return_val_if_fail (train_step != NULL, 1);

  return train_step->is_alone ? 1 : mlp_workers_get_n_threads (train_step->workers);
}

/* @deviation: (nullable): of each output, where they are standardised */
static void
count_outputs (const MlpSamples *samples,
               const guint32    *items,
               const float      *deviation,
               const float      *h,
               const float      *y,
               gsize             B,
               MlpBatchStats    *stats)
{
  const gsize n = mlp_samples_get_n_outputs (samples);

  stats->n_right = 0;
  stats->absolute = 0.0;

  if (mlp_samples_has_classes (samples))
    {
      for (gsize s = 0; s < B; s++)
        stats->n_right += mlp_metrics_find_largest (h + s * n, n) == mlp_samples_get_class (samples, items[s]);
    }
  else
    {
      for (gsize i = 0; i < n * B; i++)
        stats->absolute += fabs ((double) h[i] - (double) y[i]) *
                           (deviation != NULL ? (double) deviation[i % n] : 1.0);
    }
}

MLP_VECTOR_CLONES static void
scale_bytes (const guint8 *bytes,
             float         scale,
             float        *x,
             gsize         n)
{
  for (gsize i = 0; i < n; i++)
    x[i] = scale * (float) bytes[i];
}

/* Any thread: some pictures of the running batch, disturbed, into lists or the input. */
static void
disturb_portion (guint    item,
                 guint    thread,
                 gpointer user_data)
{
  MlpTrainStep *train_step = user_data;
  const gsize n_inputs = mlp_samples_get_n_inputs (train_step->samples);
  const gsize end = MIN (train_step->B, (gsize) (item + 1) * PORTION);
  guint8 *picture = train_step->pictures + thread * n_inputs;

  for (gsize s = (gsize) item * PORTION; s < end; s++)
    {
      mlp_augmenter_run (train_step->augmenter, thread, train_step->epoch, train_step->items[s],
                         mlp_samples_peek_bytes (train_step->samples, train_step->items[s]), picture);

      if (train_step->sparse != NULL)
        mlp_sparse_input_set (train_step->sparse_input, s, picture);
      else
        scale_bytes (picture, mlp_samples_get_scale (train_step->samples),
                     mlp_work_get_input (train_step->work) + s * n_inputs, n_inputs);
    }
}

/* Label smoothing: y ← (1 − ε) y + ε / K of K classes, so that δ_L is softmax (a) less that
 * (Szegedy et al., Rethinking the Inception architecture for computer vision, 2016, section 7). */
static void
smooth_targets (float  share,
                float *y,
                gsize  n_classes,
                gsize  B)
{
  const float rest = share / (float) n_classes;

  for (gsize i = 0; i < n_classes * B; i++)
    y[i] = (1.0f - share) * y[i] + rest;
}

/* Any thread: one chunk of the running batch, forward and back. */
static void
run_chunk (guint    item,
           guint    thread,
           gpointer user_data)
{
  MlpTrainStep *train_step = user_data;
  Chunk *chunk = &train_step->chunks[item];
  const gsize begin = get_chunk_begin (train_step->B, train_step->n_batch_chunks, item);
  const gsize end = get_chunk_begin (train_step->B, train_step->n_batch_chunks, item + 1);
  const gsize L = mlp_net_get_n_layers (train_step->net);
  const gsize n_outputs = mlp_samples_get_n_outputs (train_step->samples);
  const guint32 *items = train_step->items + begin;
  const MlpScaler *scaler = mlp_net_peek_scaler (train_step->net);
  MlpWork *work = train_step->work;
  float *x = NULL;
  float *y = mlp_work_get_target (work) + begin * n_outputs;
  guint mode = mlp_vector_flush_denormals ();

  if (train_step->sparse == NULL)
    x = mlp_work_get_input (work) + begin * mlp_samples_get_n_inputs (train_step->samples);

  /* Pictures that are disturbed are there already. */
  mlp_samples_get_batch (train_step->samples, items, end - begin, train_step->augmenter != NULL ? NULL : x, y);
  if (scaler != NULL)
    {
      mlp_scaler_scale_inputs (scaler, x, end - begin);
      mlp_scaler_scale_targets (scaler, x, y, end - begin);
    }

  if (train_step->label_smoothing > 0.0f)
    smooth_targets (train_step->label_smoothing, y, n_outputs, end - begin);

  mlp_pass_forward_columns (train_step->net, work, train_step->sparse, begin, begin, end, &chunk->dropout);
  count_outputs (train_step->samples, items, scaler != NULL ? mlp_scaler_peek_y_deviation (scaler) : NULL,
                 mlp_work_peek_h (work, L) + begin * n_outputs, y,
                 end - begin, &chunk->stats);
  chunk->stats.loss = mlp_pass_backward_columns (train_step->net, work, begin, end, train_step->loss);

  mlp_vector_restore_denormals (mode);
}

/* Any thread: the chunks, and before them what only the update needs. */
static void
run_item (guint    item,
          guint    thread,
          gpointer user_data)
{
  MlpTrainStep *train_step = user_data;

  if (!train_step->sorts)
    run_chunk (item, thread, train_step);
  else if (item > 0)
    run_chunk (item - 1, thread, train_step);
  else
    mlp_sparse_sort_batch (train_step->sparse);
}

void
mlp_train_step_load (MlpTrainStep *train_step,
                     const MlpNet *net)
{
  g_return_if_fail (train_step != NULL);

  if (train_step->sparse != NULL)
    mlp_sparse_load (train_step->sparse, net);
}

void
mlp_train_step_store (const MlpTrainStep *train_step,
                      MlpNet             *net)
{
  g_return_if_fail (train_step != NULL);

  if (train_step->sparse != NULL)
    mlp_sparse_store (train_step->sparse, net);
}

void
mlp_train_step_set_epoch (MlpTrainStep *train_step,
                          guint         epoch)
{
  g_return_if_fail (train_step != NULL);

  train_step->epoch = epoch;
}

static gboolean
run_batch (MlpTrainStep  *train_step,
           MlpNet        *net,
           const guint32 *items,
           gsize          B,
           gsize          n_known,
           float          rate,
           MlpBatchStats *stats)
{
  MlpWorkers *workers = train_step->is_alone ? train_step->alone : train_step->workers;
  double loss = 0.0;

  train_step->net = net;
  train_step->items = items;
  train_step->B = B;
  train_step->n_batch_chunks = count_chunks (B);

  if (train_step->augmenter != NULL)
    mlp_workers_run (workers, (guint) ((B + PORTION - 1) / PORTION), disturb_portion, train_step);

  if (train_step->sparse_input != NULL)
    mlp_sparse_set_batch_input (train_step->sparse, train_step->sparse_input, B);
  else if (train_step->sparse != NULL)
    mlp_sparse_set_batch (train_step->sparse, items, B, n_known);

  mlp_workers_run (workers, train_step->n_batch_chunks + train_step->sorts, run_item, train_step);

  for (guint c = 0; c < train_step->n_batch_chunks; c++)
    {
      const MlpBatchStats *part = &train_step->chunks[c].stats;

      loss += part->loss;
      stats->absolute += part->absolute;
      stats->n_right += part->n_right;
    }

  stats->loss += loss;

  return isfinite (loss) &&
         mlp_update_run (train_step->update, workers, rate, net, train_step->work, B);
}

gboolean
mlp_train_step_run (MlpTrainStep  *train_step,
                    MlpNet        *net,
                    const guint32 *items,
                    gsize          B,
                    gsize          n_known,
                    float          rate,
                    MlpClockFunc   now,
                    MlpBatchStats *stats)
{
  gint64 begin;
  gboolean ok;

  g_return_val_if_fail (train_step != NULL, FALSE);
  g_return_val_if_fail (net != NULL, FALSE);
  g_return_val_if_fail (B >= 1 && B <= train_step->max_batch, FALSE);

  /* A short batch says nothing. */
  if (!train_step->chooses_steps || now == NULL || B < train_step->max_batch)
    return run_batch (train_step, net, items, B, n_known, rate, stats);

  train_step->is_alone = mlp_thread_tuner_make (&train_step->steps);
  begin = now ();
  ok = run_batch (train_step, net, items, B, n_known, rate, stats);
  mlp_thread_tuner_add (&train_step->steps, now () - begin);

  return ok;
}

gboolean
mlp_train_step_evaluate (MlpTrainStep  *train_step,
                         const MlpNet  *net,
                         const guint32 *items,
                         gsize          n_items,
                         MlpClockFunc   now,
                         MlpMetrics    *metrics,
                         GError       **error)
{
  const double flops = 2.0 * (double) mlp_net_get_n_params (net) * (double) n_items;
  MlpWorkers *workers = train_step->workers;
  gint64 begin;
  gboolean ok;

  if (train_step->chooses && flops < MIN_SHARED_FLOPS)
    workers = train_step->alone;

  if (!train_step->chooses || now == NULL || flops < MIN_SHARED_FLOPS)
    return mlp_metrics_evaluate_shared (net, train_step->sparse, train_step->samples, items, n_items,
                                        train_step->loss, NULL, workers, metrics, error);

  if (mlp_thread_tuner_make (&train_step->evaluations))
    workers = train_step->alone;
  begin = now ();
  ok = mlp_metrics_evaluate_shared (net, train_step->sparse, train_step->samples, items, n_items,
                                    train_step->loss, NULL, workers, metrics, error);
  mlp_thread_tuner_add (&train_step->evaluations, now () - begin);

  return ok;
}

void
mlp_train_step_reset (MlpTrainStep *train_step)
{
  g_return_if_fail (train_step != NULL);

  mlp_update_reset (train_step->update);
}

guint
mlp_train_step_get_n_dropout (const MlpTrainStep *train_step)
{
  g_return_val_if_fail (train_step != NULL, 0);

  return train_step->n_chunks;
}

void
mlp_train_step_save_state (MlpTrainStep     *train_step,
                           const MlpNet     *net,
                           MlpTrainingState *state)
{
  g_return_if_fail (train_step != NULL);
  g_return_if_fail (state->n_params == mlp_net_get_n_params (net));

  for (guint i = 0; i < state->n_moments; i++)
    mlp_update_get_moment (train_step->update, net, i, state->moments[i]);

  state->n_steps = mlp_optimizer_get_steps (mlp_update_get_optimizer (train_step->update));
  state->n_dropout = train_step->n_chunks;
  for (guint c = 0; c < train_step->n_chunks; c++)
    state->dropout[c] = train_step->chunks[c].dropout;
}

void
mlp_train_step_load_state (MlpTrainStep           *train_step,
                           const MlpNet           *net,
                           const MlpTrainingState *state)
{
  g_return_if_fail (train_step != NULL);
  g_return_if_fail (state->n_params == mlp_net_get_n_params (net));
  g_return_if_fail (state->n_dropout == train_step->n_chunks);

  for (guint i = 0; i < state->n_moments; i++)
    mlp_update_set_moment (train_step->update, net, i, state->moments[i]);

  mlp_optimizer_set_steps (mlp_update_get_optimizer (train_step->update), state->n_steps);
  for (guint c = 0; c < train_step->n_chunks; c++)
    train_step->chunks[c].dropout = state->dropout[c];
}
