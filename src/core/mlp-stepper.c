/* mlp-stepper.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "core/mlp-metrics.h"
#include "core/mlp-pass.h"
#include "core/mlp-stepper-private.h"
#include "core/mlp-update-private.h"
#include "core/mlp-vector-private.h"

#define MIN_CHUNK 32
#define MAX_CHUNKS 8

/* Operations in a batch from which on a second thread pays. */
#define MIN_SHARED_FLOPS 1e7

/* The chunks' sequences of the seed; mlp_net_init() has the small numbers and
 * the shuffling 0x10000. */
#define STREAM_DROPOUT 0x20000

typedef struct
{
  MlpWork  *work;
  MlpRandom dropout;
  MlpTally  tally;
} Chunk;

struct _MlpStepper
{
  MlpSamples    *samples;
  MlpLoss        loss;
  gsize          max_batch;

  MlpWorkers    *workers;
  MlpUpdate     *update;
  guint          n_chunks;
  Chunk          chunks[MAX_CHUNKS];
  float         *gradients[MAX_CHUNKS];

  /* The running batch. */
  const MlpNet  *net;
  const guint32 *items;
  gsize          B;
  guint          n_batch_chunks;
};

static guint
count_chunks (gsize B)
{
  return (guint) CLAMP (B / MIN_CHUNK, 1, MAX_CHUNKS);
}

static gsize
get_chunk_begin (gsize B,
                 guint n_chunks,
                 guint chunk)
{
  return B / n_chunks * chunk + MIN (B % n_chunks, chunk);
}

/* The largest chunk of a batch of @B: the first is never smaller than others. */
static gsize
get_largest_chunk (gsize B)
{
  return B > 0 ? get_chunk_begin (B, count_chunks (B), 1) : 0;
}

static guint
choose_threads (const MlpStepper *stepper,
                guint             threads,
                gsize             n_params)
{
  double flops = 6.0 * (double) n_params * (double) stepper->max_batch;

  if (threads > 0)
    return threads;

  if (stepper->n_chunks == 1 || flops < MIN_SHARED_FLOPS)
    return 1;

  return MIN (g_get_num_processors (), stepper->n_chunks);
}

static gboolean
make_chunks (MlpStepper            *stepper,
             const MlpNet          *net,
             const MlpTrainOptions *o,
             gsize                  n_train,
             GError               **error)
{
  const gsize B = stepper->max_batch;

  /* A short last batch may be in fewer chunks, and those larger. */
  const gsize largest = MAX (get_largest_chunk (B), get_largest_chunk (n_train % B));

  stepper->n_chunks = count_chunks (B);

  for (guint c = 0; c < stepper->n_chunks; c++)
    {
      Chunk *chunk = &stepper->chunks[c];

      if (!(chunk->work = mlp_work_new (net, largest, TRUE, error)))
        return FALSE;

      mlp_random_seed (&chunk->dropout, o->seed, STREAM_DROPOUT + c);
      if (!mlp_work_set_dropout (chunk->work, o->dropout,
                                 o->dropout > 0.0f ? &chunk->dropout : NULL, error))
        return FALSE;

      stepper->gradients[c] = mlp_work_get_gradient (chunk->work);
    }

  return TRUE;
}

MlpStepper *
mlp_stepper_new (const MlpNet          *net,
                 const MlpSamples      *samples,
                 const MlpTrainOptions *options,
                 gsize                  n_train,
                 GError               **error)
{
  g_autoptr(MlpStepper) stepper = NULL;
  guint threads;

  g_return_val_if_fail (net != NULL, NULL);
  g_return_val_if_fail (samples != NULL, NULL);
  g_return_val_if_fail (options != NULL, NULL);
  g_return_val_if_fail (n_train >= 1, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  stepper = g_new0 (MlpStepper, 1);
  stepper->samples = mlp_samples_ref (samples);
  stepper->loss = options->loss;
  stepper->max_batch = MIN (options->batch_size, n_train);

  if (!make_chunks (stepper, net, options, n_train, error) ||
      !(stepper->update = mlp_update_new (net, options, error)))
    return NULL;

  /* If threads cannot be had, one gives the same weights, later. */
  threads = choose_threads (stepper, options->threads, mlp_net_get_n_params (net));
  stepper->workers = mlp_workers_new (threads);
  if (stepper->workers == NULL)
    stepper->workers = mlp_workers_new (1);

  return g_steal_pointer (&stepper);
}

void
mlp_stepper_free (MlpStepper *stepper)
{
  if (stepper == NULL)
    return;

  g_clear_pointer (&stepper->workers, mlp_workers_free);
  g_clear_pointer (&stepper->update, mlp_update_free);

  for (guint c = 0; c < stepper->n_chunks; c++)
    g_clear_pointer (&stepper->chunks[c].work, mlp_work_free);

  g_clear_pointer (&stepper->samples, mlp_samples_unref);
  g_free (stepper);
}

gsize
mlp_stepper_get_batch_size (const MlpStepper *stepper)
{
  g_return_val_if_fail (stepper != NULL, 0);

  return stepper->max_batch;
}

guint
mlp_stepper_get_threads (const MlpStepper *stepper)
{
  g_return_val_if_fail (stepper != NULL, 1);

  return mlp_workers_get_n_threads (stepper->workers);
}

static void
count_outputs (const MlpSamples *samples,
               const guint32    *items,
               const float      *h,
               const float      *y,
               gsize             B,
               MlpTally         *tally)
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
        tally->absolute += fabs ((double) h[i] - (double) y[i]);
    }
}

/* Any thread: the gradient of one chunk of the running batch. */
static void
do_chunk (guint    item,
          guint    thread,
          gpointer user_data)
{
  MlpStepper *stepper = user_data;
  Chunk *chunk = &stepper->chunks[item];
  const gsize begin = get_chunk_begin (stepper->B, stepper->n_batch_chunks, item);
  const gsize end = get_chunk_begin (stepper->B, stepper->n_batch_chunks, item + 1);
  const guint32 *items = stepper->items + begin;
  float *y = mlp_work_get_target (chunk->work);
  const float *h;
  guint mode = mlp_denormals_flush ();

  mlp_samples_get_batch (stepper->samples, items, end - begin,
                         mlp_work_get_input (chunk->work), y);

  h = mlp_forward (stepper->net, chunk->work, end - begin);
  count_outputs (stepper->samples, items, h, y, end - begin, &chunk->tally);
  chunk->tally.loss = mlp_backward (stepper->net, chunk->work, y, end - begin,
                                    stepper->loss, stepper->B);

  mlp_denormals_restore (mode);
}

gboolean
mlp_stepper_run (MlpStepper    *stepper,
                 MlpNet        *net,
                 const guint32 *items,
                 gsize          B,
                 float          rate,
                 MlpTally      *tally)
{
  double loss = 0.0;

  g_return_val_if_fail (stepper != NULL, FALSE);
  g_return_val_if_fail (net != NULL, FALSE);
  g_return_val_if_fail (B >= 1 && B <= stepper->max_batch, FALSE);

  stepper->net = net;
  stepper->items = items;
  stepper->B = B;
  stepper->n_batch_chunks = count_chunks (B);

  mlp_workers_run (stepper->workers, stepper->n_batch_chunks, do_chunk, stepper);

  for (guint c = 0; c < stepper->n_batch_chunks; c++)
    {
      const MlpTally *part = &stepper->chunks[c].tally;

      loss += part->loss;
      tally->absolute += part->absolute;
      tally->n_right += part->n_right;
    }

  tally->loss += loss;

  return isfinite (loss) &&
         mlp_update_run (stepper->update, stepper->workers, rate, net,
                         stepper->gradients, stepper->n_batch_chunks);
}

void
mlp_stepper_reset (MlpStepper *stepper)
{
  g_return_if_fail (stepper != NULL);

  mlp_update_reset (stepper->update);
}
