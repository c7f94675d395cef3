/* test-augmented.c: runs whose pictures are disturbed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/mlp-error.h"
#include "core/net/mlp-samples-private.h"
#include "core/net/mlp-sparse-input-private.h"
#include "core/net/mlp-split.h"
#include "core/runs.h"
#include "test-util.h"

#define N_INPUTS 120
#define N_SAMPLES 300
#define N_TRAIN 250

static MlpTraining *
make_training (const MlpSamples      *samples,
               const MlpTrainOptions *options)
{
  g_autoptr(MlpNet) net = run_make_net (N_INPUTS, 70);
  g_autoptr(MlpSplit) split = mlp_split_new (run_count_up (N_SAMPLES), N_TRAIN, N_SAMPLES - N_TRAIN, 0);
  g_autoptr(GError) error = NULL;
  MlpTraining *training = mlp_training_new (net, samples, split, options, &error);

  g_assert_no_error (error);

  return training;
}

static void
assert_same_bits (const MlpTraining *a,
                  const MlpTraining *b)
{
  const MlpNet *x = mlp_training_peek_net (a);
  const MlpNet *y = mlp_training_peek_net (b);
  const gsize n_bytes = mlp_net_get_n_params (x) * sizeof (float);

  g_assert_cmpmem (mlp_net_peek_params (x), n_bytes, mlp_net_peek_params (y), n_bytes);
}

/* The samples as the first epoch sees them; those that validate stay. */
static MlpSamples *
disturb (const MlpSamples *samples,
         MlpAugment        augment,
         guint64           seed)
{
  g_autoptr(MlpAugmenter) augmenter = mlp_augmenter_new (augment, 12, 10, seed, 1, NULL);
  guint8 *x = g_new (guint8, N_INPUTS * N_SAMPLES);
  guint8 *classes = g_new (guint8, N_SAMPLES);

  for (guint32 i = 0; i < N_SAMPLES; i++)
    {
      classes[i] = (guint8) mlp_samples_get_class (samples, i);
      memcpy (x + i * N_INPUTS, mlp_samples_peek_bytes (samples, i), N_INPUTS);
      if (i < N_TRAIN)
        mlp_augmenter_run (augmenter, 0, 1, i, x + i * N_INPUTS, x + i * N_INPUTS);
    }

  return mlp_samples_new_pictures (x, 1.0f / 256.0f, classes, 12, 10, 3, N_SAMPLES);
}

/* An epoch of disturbed pictures is an epoch of pictures that were disturbed before, where the
 * first layer is sparse and where it is dense, with whole batches and a short one; and
 * what validates is not disturbed. */
static void
test_first_epoch (void)
{
  for (gboolean sparse = FALSE; sparse <= TRUE; sparse++)
    {
      for (guint augment = MLP_AUGMENT_AFFINE; augment < MLP_N_AUGMENTS; augment++)
        {
          g_autoptr(MlpSamples) samples = run_make_bars (sparse, N_SAMPLES);
          g_autoptr(MlpSamples) disturbed = disturb (samples, augment, 7);
          g_autoptr(MlpTraining) a = NULL;
          g_autoptr(MlpTraining) b = NULL;
          MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;
          RunLog log_a, log_b;

          g_assert_cmpint (mlp_samples_peek_sparse_input (samples) != NULL, ==, sparse);
          g_assert_cmpint (mlp_samples_peek_sparse_input (disturbed) != NULL, ==, sparse);

          options.batch_size = 100;
          options.dropout = 0.2f;
          options.seed = 7;
          options.augment = augment;
          a = make_training (samples, &options);
          options.augment = MLP_AUGMENT_NONE;
          b = make_training (disturbed, &options);

          run_log_init (&log_a);
          run_log_init (&log_b);
          run_training (a, 1, &log_a);
          run_training (b, 1, &log_b);
          assert_same_bits (a, b);
          g_assert_cmpfloat (run_log_get (&log_a, 0)->train_loss, ==, run_log_get (&log_b, 0)->train_loss);
          g_assert_cmpfloat (run_log_get (&log_a, 0)->validation_loss, ==, run_log_get (&log_b, 0)->validation_loss);

          /* The second one sees them otherwise. */
          run_training (a, 1, &log_a);
          run_training (b, 1, &log_b);
          g_assert_cmpfloat (run_log_get (&log_a, 1)->train_loss, !=, run_log_get (&log_b, 1)->train_loss);

          run_log_clear (&log_a);
          run_log_clear (&log_b);
        }
    }
}

/* The same bits at any number of threads, and ten epochs in two parts are ten. */
static void
test_same_bits (void)
{
  static const guint threads[] = { 2, 3, 5 };

  for (gboolean sparse = FALSE; sparse <= TRUE; sparse++)
    {
      g_autoptr(MlpSamples) samples = run_make_bars (sparse, N_SAMPLES);
      MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;
      g_autoptr(MlpTraining) first = NULL;
      g_autoptr(MlpTraining) parts = NULL;

      options.augment = MLP_AUGMENT_ELASTIC;
      options.batch_size = 70;
      options.threads = 1;
      first = make_training (samples, &options);
      run_training (first, 10, NULL);

      for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
        {
          g_autoptr(MlpTraining) training = NULL;

          options.threads = threads[i];
          training = make_training (samples, &options);
          run_training (training, 10, NULL);
          assert_same_bits (training, first);
        }

      parts = make_training (samples, &options);
      run_training (parts, 4, NULL);
      run_training (parts, 6, NULL);
      assert_same_bits (parts, first);
    }
}

/* What is learnt of disturbed bars holds for those that are not. */
static void
test_learns (void)
{
  g_autoptr(MlpSamples) samples = run_make_bars (TRUE, N_SAMPLES);
  g_autoptr(MlpTraining) training = NULL;
  MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;
  RunLog log;

  options.augment = MLP_AUGMENT_AFFINE;
  training = make_training (samples, &options);
  run_log_init (&log);
  run_training (training, 15, &log);
  g_assert_cmpfloat (run_log_get (&log, 14)->validation_accuracy, >, 0.95);
  run_log_clear (&log);
}

/* Samples that are no pictures are refused. */
static void
test_refused (void)
{
  g_autoptr(MlpNet) net = run_make_net (20, 5);
  g_autoptr(MlpSamples) samples = run_make_stripes (20, 30);
  g_autoptr(MlpSplit) split = mlp_split_new (run_count_up (30), 30, 0, 0);
  g_autoptr(GError) error = NULL;
  MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;

  options.augment = MLP_AUGMENT_AFFINE;
  g_assert_null (mlp_training_new (net, samples, split, &options, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "needs images"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/augmented/first-epoch", test_first_epoch);
  g_test_add_func ("/core/augmented/same-bits", test_same_bits);
  g_test_add_func ("/core/augmented/learns", test_learns);
  g_test_add_func ("/core/augmented/refused", test_refused);

  return g_test_run ();
}
