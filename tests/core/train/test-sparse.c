/* test-sparse.c: a first layer that skips zeros learns what a dense one does.
 *
 * The same samples as bytes, most of them zero, and as floats: the second never
 * skip anything.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "core/mlp-random.h"
#include "core/net/mlp-samples-private.h"
#include "core/net/mlp-sparse-input-private.h"
#include "core/net/mlp-split.h"
#include "core/runs.h"
#include "test-util.h"

#define N_SAMPLES 150
#define N_TRAIN 130
#define N_INPUTS 50
#define N_CLASSES 3

/* Inputs that are zero in all samples. */
#define N_BLANK 5

typedef struct
{
  gsize           n_hidden;
  gsize           batch_size;
  MlpTrainOptions options;
} Case;

/* One of five inputs is not zero; sample 3 is all zeros. */
static guint8 *
make_bytes (void)
{
  guint8 *x = g_new0 (guint8, N_INPUTS * N_SAMPLES);
  MlpRandom random;

  mlp_random_seed (&random, 5, 5);

  for (gsize s = 0; s < N_SAMPLES; s++)
    {
      for (gsize i = N_BLANK; i < N_INPUTS && s != 3; i++)
        {
          if (mlp_random_below (&random, 5) == 0)
            x[s * N_INPUTS + i] = (guint8) (1 + mlp_random_below (&random, 255));
        }
    }

  return x;
}

static MlpSamples *
make_samples (gboolean as_bytes)
{
  guint8 *x = make_bytes ();
  g_autofree guint8 *classes = g_new (guint8, N_SAMPLES);
  float *values;
  float *y;

  for (gsize s = 0; s < N_SAMPLES; s++)
    classes[s] = (guint8) (s % N_CLASSES);

  if (as_bytes)
    return mlp_samples_new_classes (x, 1.0f / 256.0f, g_steal_pointer (&classes),
                                    N_INPUTS, N_CLASSES, N_SAMPLES);

  values = g_new (float, N_INPUTS * N_SAMPLES);
  y = g_new0 (float, N_CLASSES * N_SAMPLES);

  for (gsize i = 0; i < N_INPUTS * N_SAMPLES; i++)
    values[i] = (float) x[i] / 256.0f;
  for (gsize s = 0; s < N_SAMPLES; s++)
    y[s * N_CLASSES + classes[s]] = 1.0f;

  g_free (x);

  return mlp_samples_new_values (values, y, N_INPUTS, N_CLASSES, N_SAMPLES);
}

static MlpTraining *
make_training (gboolean    as_bytes,
               const Case *c,
               guint       threads)
{
  const MlpLayer layers[] = { { c->n_hidden, MLP_TANH }, { N_CLASSES, MLP_SOFTMAX } };
  MlpTrainOptions options = c->options;
  g_autoptr(MlpNet) net = mlp_net_new (N_INPUTS, layers, 2, NULL);
  g_autoptr(MlpSamples) samples = make_samples (as_bytes);
  g_autoptr(MlpSplit) split = mlp_split_new (run_count_up (N_SAMPLES), N_TRAIN, N_SAMPLES - N_TRAIN, 0);
  g_autoptr(GError) error = NULL;
  MlpTraining *training;

  mlp_net_init (net, MLP_INIT_XAVIER, FALSE, 1);
  options.batch_size = c->batch_size;
  options.threads = threads;
  training = mlp_training_new (net, samples, split, &options, &error);
  g_assert_no_error (error);

  return training;
}

static MlpTrainOptions
make_options (MlpOptimizerKind kind)
{
  MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;

  options.optimizer.kind = kind;
  options.optimizer.epsilon = 1e-4f;
  options.rate = kind == MLP_SGD ? 0.05f : 0.005f;

  return options;
}

static const float *
peek_params (const MlpTraining *training)
{
  return mlp_net_peek_params (mlp_training_peek_net (training));
}

static gsize
get_n_params (const MlpTraining *training)
{
  return mlp_net_get_n_params (mlp_training_peek_net (training));
}

static void
assert_same_bits (const MlpTraining *a,
                  const MlpTraining *b)
{
  const gsize n_bytes = get_n_params (a) * sizeof (float);

  g_assert_cmpmem (peek_params (a), n_bytes, peek_params (b), n_bytes);
}

static void
check_against_dense (const Case *c)
{
  g_autoptr(MlpTraining) sparse = make_training (TRUE, c, 2);
  g_autoptr(MlpTraining) dense = make_training (FALSE, c, 1);
  RunLog sparse_log;
  RunLog dense_log;

  run_log_init (&sparse_log);
  run_log_init (&dense_log);
  run_training (sparse, 3, &sparse_log);
  run_training (dense, 3, &dense_log);

  for (gsize i = 0; i < get_n_params (sparse); i++)
    assert_close ((double) peek_params (sparse)[i], (double) peek_params (dense)[i], 2e-5);

  for (guint e = 0; e < 3; e++)
    {
      assert_close (run_log_get (&sparse_log, e)->train_loss, run_log_get (&dense_log, e)->train_loss, 1e-5);
      assert_close (run_log_get (&sparse_log, e)->validation_loss,
                    run_log_get (&dense_log, e)->validation_loss, 1e-5);
    }

  run_log_clear (&sparse_log);
  run_log_clear (&dense_log);
}

/* Rows of every number of vectors, full and filled up; one panel and several. */
static void
test_widths (void)
{
  static const gsize widths[] = { 1, 7, 8, 9, 17, 30, 33, 41, 50, 57, 63, 64, 65, 130, 200 };

  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      check_against_dense (&(Case) { widths[i], 16, make_options (MLP_SGD) });
      check_against_dense (&(Case) { widths[i], 64, make_options (MLP_ADAM) });
    }
}

static void
test_batch_sizes (void)
{
  static const gsize batch_sizes[] = { 1, 2, 10, 64, 65, 128, 130, 1000 };

  for (gsize i = 0; i < G_N_ELEMENTS (batch_sizes); i++)
    {
      check_against_dense (&(Case) { 70, batch_sizes[i], make_options (MLP_SGD) });
      check_against_dense (&(Case) { 70, batch_sizes[i], make_options (MLP_MOMENTUM) });
    }
}

static void
test_optimizers (void)
{
  for (guint kind = 0; kind < MLP_N_OPTIMIZERS; kind++)
    {
      Case c = { 70, 16, make_options (kind) };

      check_against_dense (&c);
      c.options.l1 = 0.001f;
      c.options.l2 = 0.01f;
      check_against_dense (&c);
      c.options.max_norm = 1.0f;
      c.options.dropout = 0.3f;
      check_against_dense (&c);
      c.options.clip_norm = 0.1f;
      check_against_dense (&c);
    }
}

/* Plain gradient descent does not move the weights of an input that is 0. */
static void
test_blank_inputs (void)
{
  const Case c = { 70, 10, make_options (MLP_SGD) };
  g_autoptr(MlpTraining) training = make_training (TRUE, &c, 1);
  g_autofree float *before = g_memdup2 (peek_params (training), get_n_params (training) * sizeof (float));
  const float *after;

  run_training (training, 2, NULL);
  after = peek_params (training);

  for (gsize u = 0; u < c.n_hidden; u++)
    {
      g_assert_cmpmem (before + u * N_INPUTS, N_BLANK * sizeof (float),
                       after + u * N_INPUTS, N_BLANK * sizeof (float));

      for (gsize i = N_BLANK; i < N_INPUTS; i++)
        g_assert_cmpfloat (before[u * N_INPUTS + i], !=, after[u * N_INPUTS + i]);
    }
}

static void
test_threads (void)
{
  static const guint threads[] = { 2, 3, 5 };

  for (guint kind = 0; kind < MLP_N_OPTIMIZERS; kind++)
    {
      Case c = { 200, 128, make_options (kind) };
      g_autoptr(MlpTraining) first = NULL;

      c.options.dropout = 0.2f;
      first = make_training (TRUE, &c, 1);
      run_training (first, 3, NULL);

      for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
        {
          g_autoptr(MlpTraining) training = make_training (TRUE, &c, threads[i]);

          run_training (training, 3, NULL);
          assert_same_bits (training, first);
        }
    }
}

typedef struct
{
  float *last;
  gsize  n_batches;
} Looker;

/* After every batch the network is the newest one. */
static gboolean
look (MlpTraining       *training,
      const MlpProgress *progress,
      gpointer           user_data)
{
  Looker *looker = user_data;
  const gsize n_weights = 70 * N_INPUTS;

  g_assert_true (memcmp (looker->last, peek_params (training), n_weights * sizeof (float)) != 0);
  memcpy (looker->last, peek_params (training), n_weights * sizeof (float));
  looker->n_batches++;

  return TRUE;
}

/* Who looks at the network changes nothing; ten epochs and ten more are twenty. */
static void
test_looking (void)
{
  const Case c = { 70, 50, make_options (MLP_ADAM) };
  g_autoptr(MlpTraining) seen = make_training (TRUE, &c, 2);
  g_autoptr(MlpTraining) unseen = make_training (TRUE, &c, 1);
  g_autofree float *last = g_memdup2 (peek_params (seen), get_n_params (seen) * sizeof (float));
  Looker looker = { last, 0 };
  const MlpMonitor monitor = { look, NULL, &looker };
  MlpStopReason end;

  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (mlp_training_run (seen, 10, &monitor, &end, NULL));
      assert_same_bits (seen, seen);
    }

  run_training (unseen, 20, NULL);
  g_assert_cmpuint (looker.n_batches, ==, 60);
  assert_same_bits (seen, unseen);
}

static gboolean
look_and_rise (MlpTraining       *training,
               const MlpProgress *progress,
               gpointer           user_data)
{
  if (progress->epoch == 2)
    mlp_training_set_rate (training, 1e30f);

  return TRUE;
}

/* A run that fails leaves the last finite weights, those of the first epoch. */
static void
test_not_finite (void)
{
  Case c = { 70, 50, make_options (MLP_SGD) };
  g_autoptr(MlpTraining) failed = NULL;
  g_autoptr(MlpTraining) good = NULL;
  const MlpMonitor monitor = { look_and_rise, NULL, NULL };
  g_autoptr(GError) error = NULL;
  MlpStopReason end;

  c.options.l2 = 0.01f;
  failed = make_training (TRUE, &c, 2);
  good = make_training (TRUE, &c, 2);
  run_training (good, 1, NULL);
  g_assert_false (mlp_training_run (failed, 3, &monitor, &end, &error));
  g_assert_nonnull (error);
  assert_same_bits (failed, good);
}

/* (nullable) */
static MlpSparseInput *
make_lists (const MlpSamples *samples)
{
  return mlp_sparse_input_new (mlp_samples_peek_bytes (samples, 0), mlp_samples_get_n (samples),
                               mlp_samples_get_n_inputs (samples), mlp_samples_get_scale (samples));
}

static void
test_lists (void)
{
  g_autoptr(MlpSamples) samples = make_samples (TRUE);
  g_autoptr(MlpSamples) values = make_samples (FALSE);
  g_autoptr(MlpSamples) dense = run_make_stripes (N_INPUTS, N_SAMPLES);
  g_autoptr(MlpSparseInput) sparse_input = make_lists (samples);

  g_assert_nonnull (sparse_input);
  g_assert_null (make_lists (values));
  g_assert_null (make_lists (dense));
  g_assert_cmpuint (mlp_sparse_input_get (sparse_input, 3).n, ==, 0);

  /* The samples keep theirs, or that they have none. */
  g_assert_nonnull (mlp_samples_peek_sparse_input (samples));
  g_assert_true (mlp_samples_peek_sparse_input (samples) == mlp_samples_peek_sparse_input (samples));
  g_assert_null (mlp_samples_peek_sparse_input (values));
  g_assert_null (mlp_samples_peek_sparse_input (dense));

  for (gsize s = 0; s < N_SAMPLES; s++)
    {
      const guint8 *bytes = mlp_samples_peek_bytes (samples, s);
      const MlpList list = mlp_sparse_input_get (sparse_input, s);
      gsize k = 0;

      for (guint i = 0; i < N_INPUTS; i++)
        {
          if (bytes[i] == 0)
            continue;

          g_assert_cmpuint (k, <, list.n);
          g_assert_cmpuint (MLP_ENTRY_PLACE (list.entries[k]), ==, i);
          g_assert_cmpuint (MLP_ENTRY_BYTE (list.entries[k]), ==, bytes[i]);
          g_assert_cmpfloat (mlp_sparse_input_peek_levels (sparse_input)[bytes[i]], ==, (float) bytes[i] / 256.0f);
          k++;
        }

      g_assert_cmpuint (k, ==, list.n);
    }

}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/sparse/lists", test_lists);
  g_test_add_func ("/core/sparse/widths", test_widths);
  g_test_add_func ("/core/sparse/batch-sizes", test_batch_sizes);
  g_test_add_func ("/core/sparse/optimizers", test_optimizers);
  g_test_add_func ("/core/sparse/blank-inputs", test_blank_inputs);
  g_test_add_func ("/core/sparse/threads", test_threads);
  g_test_add_func ("/core/sparse/looking", test_looking);
  g_test_add_func ("/core/sparse/not-finite", test_not_finite);

  return g_test_run ();
}
