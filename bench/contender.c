/* contender.c: our core, asked like the peers; see peers/peer.py for the protocol.
 *
 * contender --export SOURCE FOLDER    writes the samples, see bench-works.h
 * contender THREADS FOLDER            answers; 0 threads: the core chooses
 *
 * It also answers
 *
 *   threads WORK       how many threads the last training of it used
 *   setup WORK         seconds that it takes to make a training
 *   prepare WORK       seconds that it takes to prepare a network for single samples
 *   affine WORK N      samples a second with this augmentation, as a share of those without,
 *   elastic WORK N     … in epochs of N samples, by turns
 *   validation WORK N  validating a sixth of N samples, as a share of the epoch
 *   gemm N             floating-point operations a second of matrix products in N threads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "bench-gemm.h"
#include "bench-works.h"

#include "core/mlp-workers.h"
#include "core/net/mlp-inference.h"
#include "core/net/mlp-metrics.h"
#include "core/net/mlp-pass.h"
#include "core/net/mlp-split.h"

#define N_EPOCHS 5
#define N_TURNS 9
#define N_MANY 10000
#define N_SINGLE 1000
#define N_TOGETHER 10
#define N_CHUNK 250
#define LEAST_USEC 300000

typedef struct
{
  const char      *folder;
  guint            threads;

  const BenchWork *work;        /* the one that the following are for */
  MlpSamples      *samples;
  MlpTraining     *training;
  gsize            n_train;     /* samples in an epoch of it */
} Contender;

static void
contender_clear (Contender *self)
{
  g_clear_pointer (&self->training, mlp_training_free);
  g_clear_pointer (&self->samples, mlp_samples_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Contender, contender_clear)

static double
seconds_since (gint64 begin)
{
  return (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  const double x = *(const double *) a;
  const double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* The median time of a call, over at least LEAST_USEC. */
static double
median_seconds (void (  *call ) (gpointer user_data),
                gpointer user_data)
{
  g_autoptr(GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  const gint64 start = g_get_monotonic_time ();

  call (user_data);
  do
    {
      struct timespec begin, end;
      double seconds;

      clock_gettime (CLOCK_MONOTONIC, &begin);
      call (user_data);
      clock_gettime (CLOCK_MONOTONIC, &end);

      seconds = (double) (end.tv_sec - begin.tv_sec) + 1e-9 * (double) (end.tv_nsec - begin.tv_nsec);
      g_array_append_val (times, seconds);
    }
  while (g_get_monotonic_time () - start < LEAST_USEC);

  g_array_sort (times, compare_doubles);

  return g_array_index (times, double, times->len / 2);
}

/* -- Training -- */

static MlpTraining *
make_training (Contender *self,
               MlpAugment augment,
               gsize      n_train,
               gsize      n_validation,
               GError   **error)
{
  MlpTrainOptions options = bench_work_get_options (self->work);
  g_autoptr(MlpNet) net = bench_work_make_net (self->work, error);
  g_autoptr(MlpSplit) split = bench_make_split (n_train, n_validation);

  options.threads = self->threads;
  options.augment = augment;

  return net == NULL ? NULL : mlp_training_new (net, self->samples, split, &options, error);
}

/* Whole epochs of all samples, or one of the first @n. The next call goes on. */
static double
train (Contender *self,
       gsize      n,
       GError   **error)
{
  const gsize n_train = MIN (n, mlp_samples_get_n (self->samples));
  const guint epochs = (guint) (n / n_train);
  const MlpMonitor monitor = { .now = g_get_monotonic_time };
  gint64 begin;
  MlpStopReason end;

  if (self->training == NULL || self->n_train != n_train)
    {
      g_clear_pointer (&self->training, mlp_training_free);
      self->training = make_training (self, MLP_AUGMENT_NONE, n_train, 0, error);
      self->n_train = n_train;
      if (self->training == NULL)
        return 0.0;
    }

  begin = g_get_monotonic_time ();
  if (!mlp_training_run (self->training, epochs, &monitor, &end, error))
    return 0.0;

  return (double) n_train * epochs / seconds_since (begin);
}

/* As if the samples had just been loaded. */
static double
time_setup (Contender *self,
            GError   **error)
{
  g_autoptr(MlpTraining) training = NULL;
  gint64 begin;

  contender_clear (self);
  self->samples = bench_data_load (self->work, self->folder, error);
  if (self->samples == NULL)
    return 0.0;

  begin = g_get_monotonic_time ();
  training = make_training (self, MLP_AUGMENT_NONE, mlp_samples_get_n (self->samples), 0, error);

  return training == NULL ? 0.0 : seconds_since (begin);
}

/* -- Augmentation -- */

/* Seconds, or 0 on failure. */
static double
time_epoch (MlpTraining *training,
            GError     **error)
{
  const MlpMonitor monitor = { .now = g_get_monotonic_time };
  const gint64 begin = g_get_monotonic_time ();
  MlpStopReason end;

  return mlp_training_run (training, 1, &monitor, &end, error) ? seconds_since (begin) : 0.0;
}

/* One epoch without and one with it, by turns, after one of each that is not counted:
 * the median of the ratios. */
static double
time_augmentation (Contender *self,
                   MlpAugment augment,
                   gsize      n,
                   GError   **error)
{
  g_autoptr(MlpTraining) plain = make_training (self, MLP_AUGMENT_NONE, n, 0, error);
  g_autoptr(MlpTraining) augmented = plain == NULL ? NULL : make_training (self, augment, n, 0, error);
  double ratios[N_TURNS];

  for (guint i = 0; augmented != NULL && i <= N_TURNS; i++)
    {
      const double without = time_epoch (plain, error);
      const double with = without == 0.0 ? 0.0 : time_epoch (augmented, error);

      if (with == 0.0)
        return 0.0;
      if (i > 0)
        ratios[i - 1] = without / with;
    }

  if (augmented == NULL)
    return 0.0;

  qsort (ratios, N_TURNS, sizeof (double), compare_doubles);

  return ratios[N_TURNS / 2];
}

/* -- Validation -- */

typedef struct
{
  gint64 begin;        /* of the epoch */
  gint64 last_batch;
  double shares[N_EPOCHS];
  guint  n;
} Moments;

static gboolean
on_batch_done (MlpTraining       *training,
               const MlpProgress *progress,
               gpointer           user_data)
{
  Moments *moments = user_data;

  moments->last_batch = g_get_monotonic_time ();

  return TRUE;
}

static void
on_epoch_done (MlpTraining    *training,
               const MlpEpoch *epoch,
               gpointer        user_data)
{
  Moments *moments = user_data;
  const gint64 now = g_get_monotonic_time ();

  moments->shares[moments->n++] = (double) (now - moments->last_batch) / (double) (now - moments->begin);
  moments->begin = now;
}

/* What comes between an epoch's last batch and the word that it is done: the median
 * of some epochs. */
static double
time_validation (Contender *self,
                 gsize      n,
                 GError   **error)
{
  Moments moments = { 0 };
  const MlpMonitor monitor = { on_batch_done, on_epoch_done, &moments, g_get_monotonic_time };
  g_autoptr(MlpTraining) training = make_training (self, MLP_AUGMENT_NONE, n - n / 6, n / 6, error);
  MlpStopReason end;

  moments.begin = g_get_monotonic_time ();
  if (training == NULL || !mlp_training_run (training, N_EPOCHS, &monitor, &end, error))
    return 0.0;

  qsort (moments.shares, N_EPOCHS, sizeof (double), compare_doubles);

  return moments.shares[N_EPOCHS / 2];
}

/* -- Inference -- */

typedef struct
{
  const MlpNet     *net;
  const MlpSamples *samples;
  MlpInference     *single;
  guint32           next;        /* the sample to be asked about */
} Question;

/* One after the other; the clock would take a good part of the time of one. */
static void
ask_some (gpointer user_data)
{
  Question *question = user_data;

  for (guint i = 0; i < N_TOGETHER; i++)
    {
      mlp_samples_get_batch (question->samples, &question->next, 1, mlp_inference_get_input (question->single), NULL);
      mlp_inference_forward (question->single);
      question->next = (question->next + 1) % N_SINGLE;
    }
}

static void
prepare (gpointer user_data)
{
  Question *question = user_data;

  mlp_inference_load (question->single, question->net);
}

/* Calls of @call for one sample. */
static double
time_single (Contender *self,
             void (    *call ) (gpointer user_data),
             GError   **error)
{
  g_autoptr(MlpNet) net = bench_work_make_net (self->work, error);
  g_autoptr(MlpInference) single = net == NULL ? NULL : mlp_inference_new (net, error);
  Question question = { net, self->samples, single, 0 };

  return single == NULL ? 0.0 : median_seconds (call, &question);
}

typedef struct
{
  const MlpNet     *net;
  const MlpSamples *samples;
  MlpWork         **works;       /* one a thread */
  MlpWorkers       *workers;
} Inference;

static void
ask_chunk (guint    item,
           guint    thread,
           gpointer user_data)
{
  const Inference *inference = user_data;
  MlpWork *work = inference->works[thread];
  guint32 items[N_CHUNK];

  for (guint i = 0; i < N_CHUNK; i++)
    items[i] = item * N_CHUNK + i;
  mlp_samples_get_batch (inference->samples, items, N_CHUNK, mlp_work_get_input (work), NULL);
  mlp_pass_forward (inference->net, work, N_CHUNK);
}

static void
ask_many (gpointer user_data)
{
  const Inference *inference = user_data;

  mlp_workers_run (inference->workers, N_MANY / N_CHUNK, ask_chunk, user_data);
}

static double
time_many (Contender *self,
           GError   **error)
{
  const guint n_threads = self->threads == 0 ? g_get_num_processors () : self->threads;
  g_autoptr(MlpNet) net = bench_work_make_net (self->work, error);
  g_autoptr(MlpWorkers) workers = mlp_workers_new (n_threads);
  g_autoptr(GPtrArray) works = g_ptr_array_new_with_free_func ((GDestroyNotify) mlp_work_free);
  Inference inference;

  for (guint i = 0; i < n_threads; i++)
    {
      MlpWork *work = net == NULL ? NULL : mlp_work_new (net, N_CHUNK, FALSE, error);

      if (work == NULL)
        return 0.0;
      g_ptr_array_add (works, work);
    }

  inference = (Inference) { net, self->samples, (MlpWork **) works->pdata, workers };

  return N_MANY / median_seconds (ask_many, &inference);
}

/* -- Orders -- */

static gboolean
set_work (Contender *self,
          char       name,
          GError   **error)
{
  if (self->work != NULL && self->work->name == name)
    return TRUE;

  contender_clear (self);
  self->work = bench_work_find (name);
  if (self->work == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "There is no work %c", name);
      return FALSE;
    }
  self->samples = bench_data_load (self->work, self->folder, error);

  return self->samples != NULL;
}

static double
answer (Contender  *self,
        const char *line,
        GError    **error)
{
  char order[32], name[32];
  gsize n = 0;

  if (sscanf (line, "%31s %31s %zu", order, name, &n) < 2)
    return 0.0;
  if (g_str_equal (order, "gemm"))
    return bench_gemm ((guint) g_ascii_strtoull (name, NULL, 10));
  if (!set_work (self, name[0], error))
    return 0.0;
  if (g_str_equal (order, "train") && n > 0)
    return train (self, n, error);
  if (g_str_equal (order, "threads"))
    return self->training == NULL ? 0.0 : mlp_training_get_threads (self->training);
  if (g_str_equal (order, "setup"))
    return time_setup (self, error);
  if (g_str_equal (order, "affine") && n > 0)
    return time_augmentation (self, MLP_AUGMENT_AFFINE, MIN (n, mlp_samples_get_n (self->samples)), error);
  if (g_str_equal (order, "elastic") && n > 0)
    return time_augmentation (self, MLP_AUGMENT_ELASTIC, MIN (n, mlp_samples_get_n (self->samples)), error);
  if (g_str_equal (order, "validation"))
    return time_validation (self, MIN (n, mlp_samples_get_n (self->samples)), error);
  if (g_str_equal (order, "latency"))
    return time_single (self, ask_some, error) / N_TOGETHER;
  if (g_str_equal (order, "prepare"))
    return time_single (self, prepare, error);
  if (g_str_equal (order, "throughput"))
    return time_many (self, error);

  return 0.0;
}

int
main (int   argc,
      char *argv[])
{
  g_auto(Contender) self = { 0 };
  g_autoptr(GError) error = NULL;
  char line[256];

  if (argc == 4 && g_str_equal (argv[1], "--export"))
    {
      if (bench_data_export (argv[2], argv[3], &error))
        return EXIT_SUCCESS;
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  if (argc != 3)
    {
      g_printerr ("contender --export SOURCE FOLDER\ncontender THREADS FOLDER\n");
      return EXIT_FAILURE;
    }

  self.threads = (guint) g_ascii_strtoull (argv[1], NULL, 10);
  self.folder = argv[2];

  while (fgets (line, sizeof line, stdin) != NULL)
    {
      g_print ("%.9g\n", answer (&self, line, &error));
      fflush (stdout);
      if (error != NULL)
        g_printerr ("%s: %s\n", g_strstrip (line), error->message);
      g_clear_error (&error);
    }

  return EXIT_SUCCESS;
}
