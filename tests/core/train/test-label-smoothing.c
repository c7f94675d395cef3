/* test-label-smoothing.c: smoothed targets against the definition in double: one step, its
 * loss, and that validation knows nothing of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/net/mlp-split.h"
#include "core/reference.h"
#include "core/runs.h"
#include "test-util.h"

#define N_INPUTS 6
#define N_CLASSES 3
#define N_TRAIN 70
#define N_VALIDATION 20
#define N_SAMPLES (N_TRAIN + N_VALIDATION)

/* Batches of 70 are two chunks. */
static const ReferenceNet shape = {
  2, { N_INPUTS, 5, N_CLASSES }, { 0, MLP_TANH, MLP_SOFTMAX }, MLP_LOSS_CROSS_ENTROPY,
};

typedef struct
{
  MlpSamples *samples;
  MlpSplit   *split;
  MlpNet     *net;
  double     *x;          /* of all samples */
  double     *y;          /* one-hot */
  double     *smoothed;
} Problem;

/* (1 − ε) y + ε / K, from the paper */
static void
problem_init (Problem *p,
              double   epsilon)
{
  g_autofree float *x = g_new (float, N_INPUTS * N_SAMPLES);
  g_autofree float *y = g_new (float, N_CLASSES * N_SAMPLES);
  g_autofree guint32 *items = run_count_up (N_SAMPLES);
  MlpRandom random;

  p->samples = run_make_stripes (N_INPUTS, N_SAMPLES);
  p->split = mlp_split_new (run_count_up (N_SAMPLES), N_TRAIN, N_VALIDATION, 0);
  p->net = reference_make_net (&shape);
  mlp_random_seed (&random, 5, 0);
  for (gsize i = 0; i < mlp_net_get_n_params (p->net); i++)
    mlp_net_get_params (p->net)[i] = (float) (0.7 * mlp_random_normal (&random));

  mlp_samples_get_batch (p->samples, items, N_SAMPLES, x, y);
  p->x = reference_widen (x, N_INPUTS * N_SAMPLES);
  p->y = reference_widen (y, N_CLASSES * N_SAMPLES);
  p->smoothed = g_new (double, N_CLASSES * N_SAMPLES);
  for (gsize i = 0; i < N_CLASSES * N_SAMPLES; i++)
    p->smoothed[i] = (1.0 - epsilon) * p->y[i] + epsilon / N_CLASSES;
}

static void
problem_clear (Problem *p)
{
  mlp_samples_unref (p->samples);
  mlp_split_unref (p->split);
  mlp_net_free (p->net);
  g_free (p->x);
  g_free (p->y);
  g_free (p->smoothed);
}

/* One step of gradient descent with the rate 1 is the gradient of the mean loss. */
static void
check_step (double epsilon)
{
  Problem p;
  MlpTrainOptions options = {
    .loss = MLP_LOSS_CROSS_ENTROPY, .rate = 1.0f, .epochs = 1, .batch_size = N_TRAIN,
    .label_smoothing = (float) epsilon,
  };
  g_autoptr(MlpTraining) training = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree double *before = NULL;
  g_autofree double *after = NULL;
  g_autofree double *gradient = NULL;
  ReferenceBatch batch = { .B = N_TRAIN };
  ReferenceBatch validation = { .B = N_VALIDATION };
  RunLog log;
  gsize n;

  problem_init (&p, epsilon);
  n = mlp_net_get_n_params (p.net);
  before = reference_widen (mlp_net_peek_params (p.net), n);
  gradient = g_new (double, n);
  batch.x = p.x;
  batch.y = p.smoothed;
  reference_gradient (&shape, before, &batch, gradient);

  run_log_init (&log);
  training = mlp_training_new (p.net, p.samples, p.split, &options, &error);
  g_assert_no_error (error);
  run_training (training, 1, &log);
  after = reference_widen (mlp_net_peek_params (mlp_training_peek_net (training)), n);

  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (before[i] - after[i], gradient[i] / N_TRAIN, 1e-6);

  /* The training loss has it, that of the validation set has not. */
  assert_close (run_log_get (&log, 0)->train_loss,
                reference_loss (&shape, before, &batch, NULL, NULL) / N_TRAIN, 1e-6);
  validation.x = p.x + N_INPUTS * N_TRAIN;
  validation.y = p.y + N_CLASSES * N_TRAIN;
  assert_close (run_log_get (&log, 0)->validation_loss,
                reference_loss (&shape, after, &validation, NULL, NULL) / N_VALIDATION, 1e-6);

  run_log_clear (&log);
  problem_clear (&p);
}

static void
test_step (void)
{
  check_step (0.0);
  check_step (0.1);
  check_step (0.75);
}

/* A network that says y as it is smoothed can do no better: its gradient is 0. */
static void
test_optimum (void)
{
  const ReferenceNet line = { 1, { N_INPUTS, N_CLASSES }, { 0, MLP_SOFTMAX }, MLP_LOSS_CROSS_ENTROPY };
  const double epsilon = 0.3;
  const MlpTrainOptions options = {
    .loss = MLP_LOSS_CROSS_ENTROPY, .rate = 1.0f, .epochs = 1, .batch_size = 1, .label_smoothing = (float) epsilon,
  };
  g_autoptr(MlpNet) net = reference_make_net (&line);
  g_autoptr(MlpSamples) samples = run_make_stripes (N_INPUTS, N_SAMPLES);
  g_autoptr(MlpSplit) split = mlp_split_new (run_count_up (1), 1, 0, 0);
  g_autoptr(MlpTraining) training = NULL;
  const guint class = mlp_samples_get_class (samples, 0);
  const float *b;
  float first[N_CLASSES];

  for (guint k = 0; k < N_CLASSES; k++)
    first[k] = (float) log ((k == class ? 1.0 - epsilon : 0.0) + epsilon / N_CLASSES);
  memcpy (mlp_net_get_params (net) + mlp_net_get_bias_offset (net, 1), first, sizeof first);

  training = mlp_training_new (net, samples, split, &options, NULL);
  run_training (training, 1, NULL);
  b = mlp_net_peek_biases (mlp_training_peek_net (training), 1);
  for (guint k = 0; k < N_CLASSES; k++)
    g_assert_cmpfloat_with_epsilon (b[k], first[k], 1e-6f);
}

/* The same weights by one thread and by two, with dense and sparse inputs; others than without. */
static void
test_threads (void)
{
  static const gsize n_inputs[] = { 12, 300 };

  for (gsize k = 0; k < G_N_ELEMENTS (n_inputs); k++)
    {
      const MlpNet *nets[3];
      MlpTraining *trainings[3];
      MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;
      gsize size;

      options.batch_size = 100;
      for (guint i = 0; i < 3; i++)
        {
          options.threads = i == 1 ? 2 : 1;
          options.label_smoothing = i == 2 ? 0.0f : 0.1f;
          trainings[i] = run_make_training (n_inputs[k], 20, &options);
          run_training (trainings[i], 3, NULL);
          nets[i] = mlp_training_peek_net (trainings[i]);
        }

      size = mlp_net_get_n_params (nets[0]) * sizeof (float);
      g_assert_cmpmem (mlp_net_peek_params (nets[0]), size, mlp_net_peek_params (nets[1]), size);
      g_assert_cmpint (memcmp (mlp_net_peek_params (nets[0]), mlp_net_peek_params (nets[2]), size), !=, 0);
      for (guint i = 0; i < 3; i++)
        g_clear_pointer (&trainings[i], mlp_training_free);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/label-smoothing/step", test_step);
  g_test_add_func ("/core/label-smoothing/optimum", test_optimum);
  g_test_add_func ("/core/label-smoothing/threads", test_threads);

  return g_test_run ();
}
