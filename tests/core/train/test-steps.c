/* test-steps.c: what one batch of a run does to the weights: by hand where a
 * network is small enough, else against a reference in double.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "core/net/mlp-pass.h"
#include "core/net/mlp-split.h"
#include "core/reference.h"
#include "core/train/mlp-train.h"
#include "test-util.h"

/* The smallest network: h = w x + b, and all samples are x = 1, y = 1. With
 * w = b = 0 at first the error e = h − 1 is −1, and a step of the rate η makes it
 * e (1 − 2 η): whatever a batch's size is, if its mean is taken over that size.
 * With η = 1/8 every number is exact.
 */
static const ReferenceNet tiny = { 1, { 1, 1 }, { 0, MLP_IDENTITY }, MLP_LOSS_SQUARED };

static MlpTraining *
make_tiny (gsize                  n_samples,
           const MlpTrainOptions *options)
{
  float *x = g_new (float, n_samples);
  float *y = g_new (float, n_samples);
  guint32 *order = g_new (guint32, n_samples);
  g_autoptr(MlpNet) net = reference_make_net (&tiny);
  g_autoptr(MlpSamples) samples = mlp_samples_new_values (x, y, 1, 1, n_samples);
  g_autoptr(MlpSplit) split = mlp_split_new (order, n_samples, 0, 0);
  g_autoptr(GError) error = NULL;
  MlpTraining *training;

  for (gsize i = 0; i < n_samples; i++)
    {
      x[i] = y[i] = 1.0f;
      order[i] = (guint32) i;
    }

  training = mlp_training_new (net, samples, split, options, &error);
  g_assert_no_error (error);

  return training;
}

static double
get_error (MlpTraining *training)
{
  const float *params = mlp_net_peek_params (mlp_training_peek_net (training));

  return (double) params[0] + (double) params[1] - 1.0;
}

/* What a monitor expects and does. */
typedef struct
{
  double error;           /* of the network before the next batch */
  double rate;            /* η of the next batch */
  gsize  n_samples;
  gsize  batch_size;
  gsize  n_batches;
  double loss;            /* Σ ½ e² over the epoch's samples */
  double absolute;
  guint  n_epochs;
  float (*next_rate)(gsize n_batches);
} Watch;

static gboolean
on_batch_done (MlpTraining       *training,
               const MlpProgress *progress,
               gpointer           user_data)
{
  Watch *watch = user_data;
  const gsize n_per_epoch = (progress->n_samples + watch->batch_size - 1) / watch->batch_size;
  const gsize batch = watch->n_batches % n_per_epoch;
  const gsize B = MIN (watch->batch_size, progress->n_samples - batch * watch->batch_size);

  g_assert_cmpuint (progress->epoch, ==, watch->n_batches / n_per_epoch + 1);
  g_assert_cmpuint (progress->n_done, ==, batch * watch->batch_size + B);

  watch->loss += (double) B * 0.5 * watch->error * watch->error;
  watch->absolute += (double) B * fabs (watch->error);
  watch->error *= 1.0 - 2.0 * watch->rate;
  assert_close (get_error (training), watch->error, 1e-6);
  watch->n_batches++;

  if (watch->next_rate != NULL)
    {
      watch->rate = (double) watch->next_rate (watch->n_batches);
      mlp_training_set_rate (training, (float) watch->rate);
    }

  return TRUE;
}

static void
on_epoch_done (MlpTraining    *training,
               const MlpEpoch *epoch,
               gpointer        user_data)
{
  Watch *watch = user_data;

  g_assert_cmpuint (epoch->epoch, ==, ++watch->n_epochs);
  assert_close (epoch->train_loss * (double) watch->n_samples, watch->loss, 1e-6);
  assert_close (epoch->train_mae * (double) watch->n_samples, watch->absolute, 1e-6);
  g_assert_true (isnan (epoch->train_accuracy));
  g_assert_true (isnan (epoch->validation_loss));
  g_assert_true (isnan (epoch->validation_mae));

  watch->loss = watch->absolute = 0.0;
}

static void
run_tiny (gsize   n_samples,
          gsize   batch_size,
          guint   threads,
          float (*next_rate)(gsize n_batches))
{
  const MlpTrainOptions options = {
    .loss = MLP_LOSS_SQUARED, .rate = 0.125f, .epochs = 2, .batch_size = batch_size, .threads = threads,
  };
  g_autoptr(MlpTraining) training = make_tiny (n_samples, &options);
  g_autoptr(GError) error = NULL;
  Watch watch = {
    .error = -1.0, .rate = 0.125, .n_samples = n_samples, .batch_size = batch_size, .next_rate = next_rate,
  };
  const MlpMonitor monitor = { on_batch_done, on_epoch_done, &watch };
  MlpStopReason end;

  g_assert_true (mlp_training_run (training, 2, &monitor, &end, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (end, ==, MLP_STOP_DONE);
  g_assert_cmpuint (watch.n_epochs, ==, 2);
  g_assert_cmpuint (watch.n_batches, ==, 2 * ((n_samples + batch_size - 1) / batch_size));
}

/* Batches of one chunk and of several, with short last ones of one and several. */
static void
test_batch_sizes (void)
{
  run_tiny (7, 1, 1, NULL);
  run_tiny (7, 2, 1, NULL);
  run_tiny (7, 3, 1, NULL);
  run_tiny (7, 7, 1, NULL);
  run_tiny (127, 64, 2, NULL);
  run_tiny (150, 100, 2, NULL);
  run_tiny (200, 199, 3, NULL);
  run_tiny (700, 300, 2, NULL);

  /* A batch that is larger than the epoch is the epoch. */
  run_tiny (7, 1000, 1, NULL);
}

static float
get_odd_rate (gsize n_batches)
{
  return n_batches % 3 == 0 ? 0.25f : 0.03125f;
}

static void
test_set_rate (void)
{
  run_tiny (10, 3, 1, get_odd_rate);
}

/* One batch an epoch: the factor is the schedule's in the middle of it. */
static void
test_schedule (void)
{
  const MlpTrainOptions options = {
    .loss = MLP_LOSS_SQUARED, .rate = 0.25f, .epochs = 8, .batch_size = 4,
    .schedule = { MLP_SCHEDULE_COSINE, .warmup_epochs = 2 },
  };
  g_autoptr(MlpTraining) training = make_tiny (4, &options);
  double error = -1.0;
  MlpStopReason end;

  for (guint epoch = 0; epoch < 8; epoch++)
    {
      /* However many calls there are, the schedule is that of the eight epochs. */
      double factor = mlp_schedule_get_factor (&options.schedule, epoch + 0.5, 8);

      g_assert_true (mlp_training_run (training, 1, NULL, &end, NULL));
      error *= 1.0 - 2.0 * 0.25 * factor;
      assert_close (get_error (training), error, 1e-6);
    }
}

/* An input and a weight for each sample: where sample i was in a batch of B, the
 * weight i has moved by about η / B. An epoch takes every sample once, in an
 * order of its own.
 */
static void
test_every_sample_once (void)
{
  enum { N = 10 };
  const ReferenceNet shape = { 1, { N, 1 }, { 0, MLP_IDENTITY }, MLP_LOSS_SQUARED };
  const float rate = 1.0f / 4096.0f;
  const MlpTrainOptions options = {
    .loss = MLP_LOSS_SQUARED, .rate = rate, .epochs = 1, .batch_size = 3,
  };
  float *x = g_new0 (float, N * N);
  float *y = g_new (float, N);
  guint32 *order = g_new (guint32, N);
  g_autoptr(MlpNet) net = reference_make_net (&shape);
  g_autoptr(MlpSamples) samples = mlp_samples_new_values (x, y, N, 1, N);
  g_autoptr(MlpSplit) split = mlp_split_new (order, N, 0, 0);
  g_autoptr(MlpTraining) training = NULL;
  float before[N] = { 0.0f };
  guint was_last = 0;
  MlpStopReason end;

  for (guint32 i = 0; i < N; i++)
    {
      x[i * N + i] = 1.0f;
      y[i] = 1.0f;
      order[i] = i;
    }

  training = mlp_training_new (net, samples, split, &options, NULL);

  for (guint epoch = 0; epoch < 20; epoch++)
    {
      const float *w = mlp_net_peek_params (mlp_training_peek_net (training));
      guint n_last = 0;

      g_assert_true (mlp_training_run (training, 1, NULL, &end, NULL));

      for (guint i = 0; i < N; i++)
        {
          double steps = (double) (w[i] - before[i]) / (double) rate;
          gboolean is_last = steps > 0.5;

          assert_close (steps, is_last ? 1.0 : 1.0 / 3.0, 0.03);
          n_last += is_last;
          was_last |= (guint) is_last << i;
          before[i] = w[i];
        }

      g_assert_cmpuint (n_last, ==, 1);
    }

  /* Twenty draws of one of ten. */
  g_assert_cmpuint (was_last & (was_last - 1), !=, 0);
}

/* 64 samples in two chunks; the weights into the output are 0, so that their
 * step says how often each of 50 units was awake. The chunks have masks of their
 * own: else all of them would be so an even number of times.
 */
static void
test_masks_of_chunks (void)
{
  const ReferenceNet shape = { 2, { 1, 50, 1 }, { 0, MLP_IDENTITY, MLP_IDENTITY }, MLP_LOSS_SQUARED };
  const MlpTrainOptions options = {
    .loss = MLP_LOSS_SQUARED, .rate = 1.0f, .epochs = 1, .batch_size = 64, .dropout = 0.5f,
  };
  float *x = g_new (float, 64);
  float *y = g_new (float, 64);
  guint32 *order = g_new (guint32, 64);
  g_autoptr(MlpNet) net = reference_make_net (&shape);
  g_autoptr(MlpSamples) samples = mlp_samples_new_values (x, y, 1, 1, 64);
  g_autoptr(MlpSplit) split = mlp_split_new (order, 64, 0, 0);
  g_autoptr(MlpTraining) training = NULL;
  const float *w;
  guint n_odd = 0;
  guint sum = 0;
  MlpStopReason end;

  for (guint32 i = 0; i < 64; i++)
    {
      x[i] = y[i] = 1.0f;
      order[i] = i;
    }

  for (gsize i = 0; i < 50; i++)
    mlp_net_get_params (net)[i] = 1.0f;

  training = mlp_training_new (net, samples, split, &options, NULL);
  g_assert_true (mlp_training_run (training, 1, NULL, &end, NULL));
  w = mlp_net_peek_weights (mlp_training_peek_net (training), 2);

  for (gsize i = 0; i < 50; i++)
    {
      /* η · 1 · 2 · count / 64 */
      guint count = (guint) lroundf (32.0f * w[i]);

      g_assert_cmpfloat (w[i], ==, (float) count / 32.0f);
      sum += count;
      n_odd += count % 2;
    }

  g_assert_cmpuint (n_odd, >, 5);
  /* Of 3200 coins; σ is 28. */
  g_assert_cmpuint (sum, >, 1600 - 120);
  g_assert_cmpuint (sum, <, 1600 + 120);
}

/* A problem for the regularisations: three inputs, two outputs, six samples. */
static const ReferenceNet small = {
  2, { 3, 4, 2 }, { 0, MLP_TANH, MLP_SIGMOID }, MLP_LOSS_BINARY_CROSS_ENTROPY,
};

#define N_SMALL 6

typedef struct
{
  const char     *name;
  MlpTrainOptions options;
} Regularisation;

static const Regularisation regularisations[] = {
  { "none", { 0 } },
  { "l1", { .l1 = 0.05f } },
  { "l2", { .l2 = 0.1f } },
  { "both", { .l1 = 0.02f, .l2 = 0.05f } },
  { "max-norm", { .max_norm = 1.0f } },
  { "clip", { .clip_norm = 0.05f } },
  { "no-clip", { .clip_norm = 1000.0f } },
  { "all", { .l1 = 0.02f, .l2 = 0.05f, .max_norm = 1.2f, .clip_norm = 0.1f } },
};

static gboolean
is_weight (const MlpNet *net,
           gsize         i)
{
  for (gsize l = 1; l <= mlp_net_get_n_layers (net); l++)
    {
      if (i >= mlp_net_get_weight_offset (net, l) && i < mlp_net_get_bias_offset (net, l))
        return TRUE;
    }

  return FALSE;
}

/* One step of plain gradient descent in double: penalties, clipping, step,
 * max-norm. @g is the gradient of the loss alone. */
static void
reference_step (const MlpNet          *net,
                const MlpTrainOptions *o,
                double                *theta,
                double                *g)
{
  const gsize n = mlp_net_get_n_params (net);
  double squares = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      if (is_weight (net, i))
        g[i] += (double) o->l1 * (theta[i] > 0.0 ? 1.0 : theta[i] < 0.0 ? -1.0 : 0.0) + (double) o->l2 * theta[i];
      squares += g[i] * g[i];
    }

  for (gsize i = 0; i < n; i++)
    {
      if (o->clip_norm > 0.0f && sqrt (squares) > (double) o->clip_norm)
        g[i] *= (double) o->clip_norm / sqrt (squares);
      theta[i] -= (double) o->rate * g[i];
    }

  for (gsize l = 1; o->max_norm > 0.0f && l <= mlp_net_get_n_layers (net); l++)
    {
      const gsize m = mlp_net_get_width (net, l - 1);

      for (gsize j = 0; j < mlp_net_get_width (net, l); j++)
        {
          double *w = theta + mlp_net_get_weight_offset (net, l) + j * m;
          double norm = 0.0;

          for (gsize i = 0; i < m; i++)
            norm += w[i] * w[i];
          norm = sqrt (norm);
          for (gsize i = 0; i < m && norm > (double) o->max_norm; i++)
            w[i] *= (double) o->max_norm / norm;
        }
    }
}

static void
test_regularisation (gconstpointer data)
{
  const Regularisation *r = data;
  MlpTrainOptions options = r->options;
  g_autoptr(MlpNet) net = reference_make_net (&small);
  const gsize n_params = mlp_net_get_n_params (net);
  float *x = g_new (float, 3 * N_SMALL);
  float *y = g_new (float, 2 * N_SMALL);
  guint32 *order = g_new (guint32, N_SMALL);
  g_autoptr(MlpSamples) samples = mlp_samples_new_values (x, y, 3, 2, N_SMALL);
  g_autoptr(MlpSplit) split = mlp_split_new (order, N_SMALL, 0, 0);
  g_autoptr(MlpTraining) training = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree double *theta = NULL;
  g_autofree double *gradient = g_new (double, n_params);
  g_autofree double *wide_x = NULL;
  g_autofree double *wide_y = NULL;
  ReferenceBatch batch = { .B = N_SMALL };
  MlpRandom random;
  MlpStopReason end;

  mlp_random_seed (&random, 3, 3);
  mlp_net_init (net, MLP_INIT_NORMAL, TRUE, 4);

  /* A weight that is 0 has no sign. */
  mlp_net_get_params (net)[2] = 0.0f;

  for (gsize i = 0; i < 3 * N_SMALL; i++)
    x[i] = (float) mlp_random_normal (&random);
  for (gsize i = 0; i < 2 * N_SMALL; i++)
    y[i] = (float) (i % 3 == 0);
  for (guint32 i = 0; i < N_SMALL; i++)
    order[i] = i;

  options.loss = small.loss;
  options.rate = 0.5f;
  options.epochs = 5;
  options.batch_size = N_SMALL;

  theta = reference_widen (mlp_net_peek_params (net), n_params);
  batch.x = wide_x = reference_widen (x, 3 * N_SMALL);
  batch.y = wide_y = reference_widen (y, 2 * N_SMALL);
  training = mlp_training_new (net, samples, split, &options, &error);
  g_assert_no_error (error);

  for (guint k = 0; k < 5; k++)
    {
      g_assert_true (mlp_training_run (training, 1, NULL, &end, &error));
      g_assert_no_error (error);

      reference_gradient (&small, theta, &batch, gradient);
      for (gsize i = 0; i < n_params; i++)
        gradient[i] /= N_SMALL;
      reference_step (net, &options, theta, gradient);

      for (gsize i = 0; i < n_params; i++)
        assert_close ((double) mlp_net_peek_params (mlp_training_peek_net (training))[i], theta[i], 3e-6);
    }
}

/* Layers that are several blocks, the last of which is smaller; steps shared by
 * threads. @decay: AdamW instead of all the rest.
 */
static void
check_blocks (gboolean decay)
{
  static const MlpLayer layers[] = { { 600, MLP_TANH }, { 400, MLP_TANH }, { 300, MLP_TANH }, { 2, MLP_IDENTITY } };
  const gsize B = 8;
  MlpTrainOptions options = {
    .loss = MLP_LOSS_SQUARED, .optimizer = MLP_OPTIMIZER_OPTIONS_DEFAULT,
    .rate = 0.01f, .epochs = 2, .batch_size = B, .threads = 3,
    .l1 = 0.001f, .l2 = 0.01f, .max_norm = 1.4f, .clip_norm = 0.3f,
  };
  g_autoptr(MlpNet) net = mlp_net_new (2, layers, G_N_ELEMENTS (layers), NULL);
  g_autoptr(MlpWork) work = mlp_work_new (net, B, TRUE, NULL);
  g_autoptr(MlpOptimizer) optimizer = NULL;
  const gsize n_params = mlp_net_get_n_params (net);
  float *x = g_new (float, 2 * B);
  float *y = g_new0 (float, 2 * B);
  guint32 *order = g_new (guint32, B);
  g_autoptr(MlpSamples) samples = mlp_samples_new_values (x, y, 2, 2, B);
  g_autoptr(MlpSplit) split = mlp_split_new (order, B, 0, 0);
  g_autoptr(MlpTraining) training = NULL;
  gsize decays[2 * G_N_ELEMENTS (layers) + 1];
  MlpStopReason end;

  for (gsize l = 1; l <= G_N_ELEMENTS (layers); l++)
    {
      decays[2 * l - 2] = mlp_net_get_weight_offset (net, l);
      decays[2 * l - 1] = mlp_net_get_bias_offset (net, l);
    }
  decays[2 * G_N_ELEMENTS (layers)] = G_MAXSIZE;

  for (gsize i = 0; i < 2 * B; i++)
    x[i] = sinf ((float) i);
  for (guint32 i = 0; i < B; i++)
    order[i] = i;

  if (decay)
    {
      options.l1 = options.l2 = options.max_norm = options.clip_norm = 0.0f;
      options.optimizer.kind = MLP_ADAMW;
      options.optimizer.weight_decay = 0.5f;
      /* So large that a step does not depend on the last bits of g. */
      options.optimizer.epsilon = 1e-3f;
    }

  mlp_net_init (net, MLP_INIT_HE, TRUE, 1);
  optimizer = mlp_optimizer_new (&options.optimizer, n_params, NULL);
  training = mlp_training_new (net, samples, split, &options, NULL);
  g_assert_cmpuint (mlp_training_get_threads (training), ==, 3);

  for (guint k = 0; k < 2; k++)
    {
      float *params = mlp_net_get_params (net);

      memcpy (mlp_work_get_input (work), x, 2 * B * sizeof *x);
      mlp_pass_forward (net, work, B);
      mlp_pass_backward (net, work, y, B, MLP_LOSS_SQUARED, B);

      if (decay)
        {
          mlp_optimizer_step (optimizer, options.rate, params, mlp_work_get_gradient (work), decays);
        }
      else
        {
          g_autofree double *theta = reference_widen (params, n_params);
          g_autofree double *g = reference_widen (mlp_work_get_gradient (work), n_params);

          reference_step (net, &options, theta, g);
          for (gsize i = 0; i < n_params; i++)
            params[i] = (float) theta[i];
        }

      g_assert_true (mlp_training_run (training, 1, NULL, &end, NULL));
      for (gsize i = 0; i < n_params; i++)
        assert_close ((double) mlp_net_peek_params (mlp_training_peek_net (training))[i], (double) params[i], 2e-5);
    }
}

static void
test_blocks (void)
{
  check_blocks (FALSE);
  check_blocks (TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/steps/batch-sizes", test_batch_sizes);
  g_test_add_func ("/core/steps/set-rate", test_set_rate);
  g_test_add_func ("/core/steps/schedule", test_schedule);
  g_test_add_func ("/core/steps/every-sample-once", test_every_sample_once);
  g_test_add_func ("/core/steps/masks-of-chunks", test_masks_of_chunks);

  for (gsize i = 0; i < G_N_ELEMENTS (regularisations); i++)
    {
      g_autofree char *path = g_strdup_printf ("/core/steps/regularisation/%s", regularisations[i].name);

      g_test_add_data_func (path, &regularisations[i], test_regularisation);
    }

  g_test_add_func ("/core/steps/blocks", test_blocks);

  return g_test_run ();
}
