/* gate.c: a fixed piece of training, whose instructions gate.py counts.
 *
 * gate NAME: one of the runs below, with one thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/mlp-random.h"
#include "core/net/mlp-split.h"
#include "core/train/mlp-train.h"

#define N_SAMPLES 640
#define N_OUTPUTS 10

typedef struct
{
  const char      *name;
  gsize            n_inputs;
  gboolean         is_picture;
  gsize            n_hidden;
  MlpActivation    activation;
  MlpActivation    output;
  MlpLoss          loss;
  MlpOptimizerKind optimizer;
  gsize            batch_size;
} Run;

static const Run runs[] = {
  { "pictures-sgd", 784, TRUE, 30, MLP_SIGMOID, MLP_SIGMOID, MLP_LOSS_SQUARED, MLP_SGD, 10 },
  { "pictures-adam", 784, TRUE, 128, MLP_RELU, MLP_SOFTMAX, MLP_LOSS_CROSS_ENTROPY, MLP_ADAM, 64 },
  { "table-adam", 200, FALSE, 128, MLP_TANH, MLP_IDENTITY, MLP_LOSS_SQUARED, MLP_ADAM, 64 },
};

/* Four of five pixels are zero. */
static MlpSamples *
make_pictures (const Run *run,
               MlpRandom *random)
{
  guint8 *x = g_new0 (guint8, run->n_inputs * N_SAMPLES);
  guint8 *classes = g_new (guint8, N_SAMPLES);

  for (gsize i = 0; i < run->n_inputs * N_SAMPLES; i++)
    {
      if (mlp_random_below (random, 5) == 0)
        x[i] = (guint8) mlp_random_below (random, 256);
    }

  for (gsize s = 0; s < N_SAMPLES; s++)
    classes[s] = (guint8) (s % N_OUTPUTS);

  return mlp_samples_new_classes (x, 1.0f / 256.0f, classes, run->n_inputs, N_OUTPUTS, N_SAMPLES);
}

static MlpSamples *
make_table (const Run *run,
            MlpRandom *random)
{
  float *x = g_new (float, run->n_inputs * N_SAMPLES);
  float *y = g_new (float, N_OUTPUTS * N_SAMPLES);

  for (gsize i = 0; i < run->n_inputs * N_SAMPLES; i++)
    x[i] = (float) mlp_random_normal (random);
  for (gsize i = 0; i < N_OUTPUTS * N_SAMPLES; i++)
    y[i] = (float) mlp_random_normal (random);

  return mlp_samples_new_values (x, y, run->n_inputs, N_OUTPUTS, N_SAMPLES);
}

static gboolean
train (const Run *run,
       GError   **error)
{
  const MlpLayer layers[] = { { run->n_hidden, run->activation }, { N_OUTPUTS, run->output } };
  MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;
  guint32 *order = g_new (guint32, N_SAMPLES);
  g_autoptr(MlpSplit) split = mlp_split_new (order, N_SAMPLES, 0, 0);
  g_autoptr(MlpSamples) samples = NULL;
  g_autoptr(MlpNet) net = NULL;
  g_autoptr(MlpTraining) training = NULL;
  MlpRandom random;
  MlpStopReason end;

  for (guint32 i = 0; i < N_SAMPLES; i++)
    order[i] = i;

  options.loss = run->loss;
  options.optimizer.kind = run->optimizer;
  options.batch_size = run->batch_size;
  options.threads = 1;

  mlp_random_seed (&random, 1, 1);
  samples = run->is_picture ? make_pictures (run, &random) : make_table (run, &random);
  net = mlp_net_new (run->n_inputs, layers, G_N_ELEMENTS (layers), error);
  if (net == NULL)
    return FALSE;

  mlp_net_init (net, MLP_INIT_XAVIER, FALSE, 1);
  training = mlp_training_new (net, samples, split, &options, error);

  return training != NULL && mlp_training_run (training, 2, NULL, &end, error);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;

  for (gsize i = 0; argc == 2 && i < G_N_ELEMENTS (runs); i++)
    {
      if (strcmp (runs[i].name, argv[1]) != 0)
        continue;

      if (train (&runs[i], &error))
        return EXIT_SUCCESS;

      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }

  g_printerr ("usage: gate NAME\n");

  return EXIT_FAILURE;
}
