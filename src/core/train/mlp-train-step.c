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
  MlpBatchStats tally;
} Chunk;

struct _MlpTrainStep
{
  MlpSamples     *samples;
  MlpLoss         loss;
  gsize           max_batch;

  MlpWorkers     *workers;
  MlpWorkers     *alone;        /* the caller: when more threads do not pay */
  gboolean        chooses;      /* by time which of the two computes: evaluations, and … */
  gboolean        chooses_steps; /* … steps, where they are not too small */
  gboolean        is_alone;     /* as a step was made last */
  MlpThreadTuner  steps;
  MlpThreadTuner  evaluations;
  MlpUpdate      *update;
  MlpWork        *work;
  MlpSparse      *sparse;       /* or NULL: the first layer is dense */
  gboolean        sorts;        /* whether the update needs the batch sorted by inputs */
  guint           n_chunks;
  Chunk           chunks[MAX_CHUNKS];

  /* Where pictures are disturbed */
  MlpAugmenter   *augmenter;    /* or NULL */
  guint8         *pictures;     /* one for each thread */
  MlpSparseInput *lists;        /* sparse: those of the batch */
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
shares_steps (const MlpTrainStep *stepper,
              gsize               n_params)
{
  return stepper->n_chunks > 1 &&
         6.0 * (double) n_params * (double) stepper->max_batch >= MIN_SHARED_FLOPS;
}

static gboolean
start_augmenting (MlpTrainStep          *stepper,
                  const MlpTrainOptions *options,
                  guint                  n_threads,
                  GError               **error)
{
  const gsize n_inputs = mlp_samples_get_n_inputs (stepper->samples);
  gsize rows, columns;

  if (options->augment == MLP_AUGMENT_NONE)
    return TRUE;

  mlp_samples_get_picture (stepper->samples, &rows, &columns);
  stepper->augmenter = mlp_augmenter_new (options->augment, rows, columns, options->seed, n_threads, error);
  if (stepper->augmenter == NULL)
    return FALSE;

  stepper->pictures = g_try_new (guint8, n_threads * n_inputs);
  if (stepper->sparse != NULL)
    stepper->lists = mlp_sparse_input_new_empty (stepper->max_batch, n_inputs,
                                                 mlp_samples_get_scale (stepper->samples));

  if (stepper->pictures != NULL && (stepper->sparse == NULL || stepper->lists != NULL))
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
               _("Not enough memory to augment batches of %zu pictures"), stepper->max_batch);
  return FALSE;
}

MlpTrainStep *
mlp_train_step_new (const MlpNet          *net,
                    const MlpSamples      *samples,
                    const MlpTrainOptions *options,
                    gsize                  n_train,
                    GError               **error)
{
  g_autoptr(MlpTrainStep) stepper = NULL;
  MlpWorkParts parts;
  guint threads;

  g_return_val_if_fail (net != NULL, NULL);
  g_return_val_if_fail (samples != NULL, NULL);
  g_return_val_if_fail (options != NULL, NULL);
  g_return_val_if_fail (n_train >= 1, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  stepper = g_new0 (MlpTrainStep, 1);
  stepper->samples = mlp_samples_ref (samples);
  stepper->loss = options->loss;
  stepper->max_batch = MIN (options->batch_size, n_train);
  stepper->n_chunks = count_chunks (stepper->max_batch);

  for (guint c = 0; c < stepper->n_chunks; c++)
    mlp_random_seed (&stepper->chunks[c].dropout, options->seed, STREAM_DROPOUT + c);

  /* If threads cannot be had, one gives the same weights, later. */
  threads = options->threads;
  if (threads == 0)
    threads = MIN (g_get_num_processors (), MAX (stepper->n_chunks, 2));
  stepper->workers = mlp_workers_new (threads);
  if (stepper->workers == NULL)
    stepper->workers = mlp_workers_new (1);

  stepper->alone = mlp_workers_new (1);
  threads = mlp_workers_get_n_threads (stepper->workers);
  stepper->chooses = options->threads == 0 && threads > 1;
  stepper->is_alone = stepper->chooses && !shares_steps (stepper, mlp_net_get_n_params (net));
  stepper->chooses_steps = stepper->chooses && !stepper->is_alone;
  mlp_thread_tuner_init (&stepper->steps, STEPS);
  mlp_thread_tuner_init (&stepper->evaluations, EVALUATIONS);

  stepper->sparse = mlp_sparse_new (net, samples, stepper->max_batch, threads);
  parts = MLP_WORK_DELTAS | (stepper->sparse == NULL ? MLP_WORK_INPUT : 0);
  stepper->work = mlp_work_new_shared (net, stepper->max_batch, parts, options->dropout, error);
  if (stepper->work == NULL ||
      !(stepper->update = mlp_update_new (net, options, stepper->sparse, threads, error)) ||
      !start_augmenting (stepper, options, threads, error))
    return NULL;

  stepper->sorts = stepper->sparse != NULL && !mlp_update_descends (stepper->update);

  return g_steal_pointer (&stepper);
}

void
mlp_train_step_free (MlpTrainStep *stepper)
{
  if (stepper == NULL)
    return;

  g_clear_pointer (&stepper->workers, mlp_workers_free);
  g_clear_pointer (&stepper->alone, mlp_workers_free);
  g_clear_pointer (&stepper->update, mlp_update_free);
  g_clear_pointer (&stepper->sparse, mlp_sparse_free);
  g_clear_pointer (&stepper->work, mlp_work_free);
  g_clear_pointer (&stepper->augmenter, mlp_augmenter_free);
  g_clear_pointer (&stepper->lists, mlp_sparse_input_free);
  g_free (stepper->pictures);
  g_clear_pointer (&stepper->samples, mlp_samples_unref);
  g_free (stepper);
}

gsize
mlp_train_step_get_batch_size (const MlpTrainStep *stepper)
{
  g_return_val_if_fail (stepper != NULL, 0);

  return stepper->max_batch;
}

guint
mlp_train_step_get_threads (const MlpTrainStep *stepper)
{
  g_return_val_if_fail (stepper != NULL, 1);

  return stepper->is_alone ? 1 : mlp_workers_get_n_threads (stepper->workers);
}

/* @deviation: (nullable): of each output, where they are standardised */
static void
count_outputs (const MlpSamples *samples,
               const guint32    *items,
               const float      *deviation,
               const float      *h,
               const float      *y,
               gsize             B,
               MlpBatchStats    *tally)
{
  const gsize n = mlp_samples_get_n_outputs (samples);

  tally->n_right = 0;
  tally->absolute = 0.0;

  if (mlp_samples_has_classes (samples))
    {
      for (gsize s = 0; s < B; s++)
        tally->n_right += mlp_find_largest (h + s * n, n) == mlp_samples_get_class (samples, items[s]);
    }
  else
    {
      for (gsize i = 0; i < n * B; i++)
        tally->absolute += fabs ((double) h[i] - (double) y[i]) *
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
  MlpTrainStep *stepper = user_data;
  const gsize n_inputs = mlp_samples_get_n_inputs (stepper->samples);
  const gsize end = MIN (stepper->B, (gsize) (item + 1) * PORTION);
  guint8 *picture = stepper->pictures + thread * n_inputs;

  for (gsize s = (gsize) item * PORTION; s < end; s++)
    {
      mlp_augmenter_run (stepper->augmenter, thread, stepper->epoch, stepper->items[s],
                         mlp_samples_peek_bytes (stepper->samples, stepper->items[s]), picture);

      if (stepper->sparse != NULL)
        mlp_sparse_input_set (stepper->lists, s, picture);
      else
        scale_bytes (picture, mlp_samples_get_scale (stepper->samples),
                     mlp_work_get_input (stepper->work) + s * n_inputs, n_inputs);
    }
}

/* Any thread: one chunk of the running batch, forward and back. */
static void
do_chunk (guint    item,
          guint    thread,
          gpointer user_data)
{
  MlpTrainStep *stepper = user_data;
  Chunk *chunk = &stepper->chunks[item];
  const gsize begin = get_chunk_begin (stepper->B, stepper->n_batch_chunks, item);
  const gsize end = get_chunk_begin (stepper->B, stepper->n_batch_chunks, item + 1);
  const gsize L = mlp_net_get_n_layers (stepper->net);
  const gsize n_outputs = mlp_samples_get_n_outputs (stepper->samples);
  const guint32 *items = stepper->items + begin;
  const MlpScaler *scaler = mlp_net_peek_scaler (stepper->net);
  MlpWork *work = stepper->work;
  float *x = NULL;
  float *y = mlp_work_get_target (work) + begin * n_outputs;
  guint mode = mlp_denormals_flush ();

  if (stepper->sparse == NULL)
    x = mlp_work_get_input (work) + begin * mlp_samples_get_n_inputs (stepper->samples);

  /* Pictures that are disturbed are there already. */
  mlp_samples_get_batch (stepper->samples, items, end - begin, stepper->augmenter != NULL ? NULL : x, y);
  if (scaler != NULL)
    {
      mlp_scaler_scale_inputs (scaler, x, end - begin);
      mlp_scaler_scale_targets (scaler, x, y, end - begin);
    }

  mlp_forward_columns (stepper->net, work, stepper->sparse, begin, begin, end, &chunk->dropout);
  count_outputs (stepper->samples, items, scaler != NULL ? mlp_scaler_peek_y_deviation (scaler) : NULL,
                 mlp_work_peek_h (work, L) + begin * n_outputs, y,
                 end - begin, &chunk->tally);
  chunk->tally.loss = mlp_backward_columns (stepper->net, work, begin, end, stepper->loss);

  mlp_denormals_restore (mode);
}

/* Any thread: the chunks, and before them what only the update needs. */
static void
do_item (guint    item,
         guint    thread,
         gpointer user_data)
{
  MlpTrainStep *stepper = user_data;

  if (!stepper->sorts)
    do_chunk (item, thread, stepper);
  else if (item > 0)
    do_chunk (item - 1, thread, stepper);
  else
    mlp_sparse_sort_batch (stepper->sparse);
}

void
mlp_train_step_load (MlpTrainStep *stepper,
                     const MlpNet *net)
{
  g_return_if_fail (stepper != NULL);

  if (stepper->sparse != NULL)
    mlp_sparse_load (stepper->sparse, net);
}

void
mlp_train_step_store (const MlpTrainStep *stepper,
                      MlpNet             *net)
{
  g_return_if_fail (stepper != NULL);

  if (stepper->sparse != NULL)
    mlp_sparse_store (stepper->sparse, net);
}

void
mlp_train_step_set_epoch (MlpTrainStep *stepper,
                          guint         epoch)
{
  g_return_if_fail (stepper != NULL);

  stepper->epoch = epoch;
}

static gboolean
run_batch (MlpTrainStep  *stepper,
           MlpNet        *net,
           const guint32 *items,
           gsize          B,
           gsize          n_known,
           float          rate,
           MlpBatchStats *tally)
{
  MlpWorkers *workers = stepper->is_alone ? stepper->alone : stepper->workers;
  double loss = 0.0;

  stepper->net = net;
  stepper->items = items;
  stepper->B = B;
  stepper->n_batch_chunks = count_chunks (B);

  if (stepper->augmenter != NULL)
    mlp_workers_run (workers, (guint) ((B + PORTION - 1) / PORTION), disturb_portion, stepper);

  if (stepper->lists != NULL)
    mlp_sparse_set_batch_lists (stepper->sparse, stepper->lists, B);
  else if (stepper->sparse != NULL)
    mlp_sparse_set_batch (stepper->sparse, items, B, n_known);

  mlp_workers_run (workers, stepper->n_batch_chunks + stepper->sorts, do_item, stepper);

  for (guint c = 0; c < stepper->n_batch_chunks; c++)
    {
      const MlpBatchStats *part = &stepper->chunks[c].tally;

      loss += part->loss;
      tally->absolute += part->absolute;
      tally->n_right += part->n_right;
    }

  tally->loss += loss;

  return isfinite (loss) &&
         mlp_update_run (stepper->update, workers, rate, net, stepper->work, B);
}

gboolean
mlp_train_step_run (MlpTrainStep  *stepper,
                    MlpNet        *net,
                    const guint32 *items,
                    gsize          B,
                    gsize          n_known,
                    float          rate,
                    gint64 (      *now ) (void),
                    MlpBatchStats *tally)
{
  gint64 begin;
  gboolean ok;

  g_return_val_if_fail (stepper != NULL, FALSE);
  g_return_val_if_fail (net != NULL, FALSE);
  g_return_val_if_fail (B >= 1 && B <= stepper->max_batch, FALSE);

  /* A short batch says nothing. */
  if (!stepper->chooses_steps || now == NULL || B < stepper->max_batch)
    return run_batch (stepper, net, items, B, n_known, rate, tally);

  stepper->is_alone = mlp_thread_tuner_make (&stepper->steps);
  begin = now ();
  ok = run_batch (stepper, net, items, B, n_known, rate, tally);
  mlp_thread_tuner_add (&stepper->steps, now () - begin);

  return ok;
}

gboolean
mlp_train_step_evaluate (MlpTrainStep  *stepper,
                         const MlpNet  *net,
                         const guint32 *items,
                         gsize          n_items,
                         gint64 (      *now ) (void),
                         MlpMetrics    *metrics,
                         GError       **error)
{
  const double flops = 2.0 * (double) mlp_net_get_n_params (net) * (double) n_items;
  MlpWorkers *workers = stepper->workers;
  gint64 begin;
  gboolean ok;

  if (stepper->chooses && flops < MIN_SHARED_FLOPS)
    workers = stepper->alone;

  if (!stepper->chooses || now == NULL || flops < MIN_SHARED_FLOPS)
    return mlp_evaluate_shared (net, stepper->sparse, stepper->samples, items, n_items,
                                stepper->loss, NULL, workers, metrics, error);

  if (mlp_thread_tuner_make (&stepper->evaluations))
    workers = stepper->alone;
  begin = now ();
  ok = mlp_evaluate_shared (net, stepper->sparse, stepper->samples, items, n_items,
                            stepper->loss, NULL, workers, metrics, error);
  mlp_thread_tuner_add (&stepper->evaluations, now () - begin);

  return ok;
}

void
mlp_train_step_reset (MlpTrainStep *stepper)
{
  g_return_if_fail (stepper != NULL);

  mlp_update_reset (stepper->update);
}

guint
mlp_train_step_get_n_dropout (const MlpTrainStep *stepper)
{
  g_return_val_if_fail (stepper != NULL, 0);

  return stepper->n_chunks;
}

void
mlp_train_step_save_state (MlpTrainStep     *stepper,
                           const MlpNet     *net,
                           MlpTrainingState *state)
{
  g_return_if_fail (stepper != NULL);
  g_return_if_fail (state->n_params == mlp_net_get_n_params (net));

  for (guint i = 0; i < state->n_moments; i++)
    mlp_update_get_moment (stepper->update, net, i, state->moments[i]);

  state->n_steps = mlp_optimizer_get_steps (mlp_update_get_optimizer (stepper->update));
  state->n_dropout = stepper->n_chunks;
  for (guint c = 0; c < stepper->n_chunks; c++)
    state->dropout[c] = stepper->chunks[c].dropout;
}

void
mlp_train_step_load_state (MlpTrainStep           *stepper,
                           const MlpNet           *net,
                           const MlpTrainingState *state)
{
  g_return_if_fail (stepper != NULL);
  g_return_if_fail (state->n_params == mlp_net_get_n_params (net));
  g_return_if_fail (state->n_dropout == stepper->n_chunks);

  for (guint i = 0; i < state->n_moments; i++)
    mlp_update_set_moment (stepper->update, net, i, state->moments[i]);

  mlp_optimizer_set_steps (mlp_update_get_optimizer (stepper->update), state->n_steps);
  for (guint c = 0; c < stepper->n_chunks; c++)
    stepper->chunks[c].dropout = state->dropout[c];
}
