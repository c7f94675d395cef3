/* bench-train.c: samples a second of training, for the networks people use.
 *
 * bench-train [DATA]: the networks take turns, so that what else the machine
 * does meets them all; each figure is a median.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>

#include "core/mlp-train.h"
#include "datasets/ds-set.h"

#define ROUNDS 5
#define MAX_HIDDEN 2

typedef struct
{
  const char      *name;
  gsize            hidden[MAX_HIDDEN];
  gsize            n_hidden;
  MlpActivation    activation;
  MlpActivation    output;
  MlpLoss          loss;
  MlpOptimizerKind optimizer;
  float            rate;
  gsize            batch_size;
} Work;

static const Work works[] = {
  { "S: 30 sigmoid, squared error, SGD, batch 10", { 30 }, 1,
    MLP_SIGMOID, MLP_SIGMOID, MLP_LOSS_SQUARED, MLP_SGD, 1.0f, 10 },
  { "M: 128 ReLU, cross-entropy, Adam, batch 64", { 128 }, 1,
    MLP_RELU, MLP_SOFTMAX, MLP_LOSS_CROSS_ENTROPY, MLP_ADAM, 0.001f, 64 },
  { "L: 512-512 ReLU, cross-entropy, Adam, batch 128", { 512, 512 }, 2,
    MLP_RELU, MLP_SOFTMAX, MLP_LOSS_CROSS_ENTROPY, MLP_ADAM, 0.001f, 128 },
};

static int
compare_doubles (const void *a,
                 const void *b)
{
  const double x = *(const double *) a;
  const double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Samples a second of one epoch, the training itself, without evaluation. */
static double
time_epoch (const Work  *work,
            const DsSet *set,
            guint        threads,
            GError     **error)
{
  MlpLayer layers[MAX_HIDDEN + 1];
  MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;
  const gsize n_outputs = mlp_samples_get_n_outputs (set->samples);
  DsSplitOptions split_options = DS_SPLIT_OPTIONS_DEFAULT;
  g_autoptr(MlpNet) net = NULL;
  g_autoptr(MlpSplit) split = NULL;
  g_autoptr(MlpTraining) training = NULL;
  gsize n_train;
  gint64 begin;
  MlpEnd end;

  for (gsize l = 0; l < work->n_hidden; l++)
    layers[l] = (MlpLayer) { work->hidden[l], work->activation }
  ;
  layers[work->n_hidden] = (MlpLayer) { n_outputs, work->output };

  options.loss = work->loss;
  options.optimizer.kind = work->optimizer;
  options.rate = work->rate;
  options.batch_size = work->batch_size;
  options.threads = threads;
  split_options.n_validation = 0;

  net = mlp_net_new (mlp_samples_get_n_inputs (set->samples), layers, work->n_hidden + 1, error);
  split = ds_set_split (set, &split_options, error);
  if (net == NULL || split == NULL)
    return 0.0;

  mlp_net_init (net, MLP_INIT_XAVIER, FALSE, 1);
  mlp_split_peek (split, MLP_TRAIN, &n_train);
  training = mlp_training_new (net, set->samples, split, &options, error);
  if (training == NULL)
    return 0.0;

  begin = g_get_monotonic_time ();
  if (!mlp_training_run (training, 1, NULL, &end, error))
    return 0.0;

  return (double) n_train * G_USEC_PER_SEC / (double) (g_get_monotonic_time () - begin);
}

int
main (int   argc,
      char *argv[])
{
  static const guint threads[] = { 1, 2 };
  static double rates[G_N_ELEMENTS (works)][G_N_ELEMENTS (threads)][ROUNDS];
  g_autoptr(GError) error = NULL;
  g_autoptr(DsSet) set = ds_set_open (argc > 1 ? argv[1] : "builtin:digits", NULL, NULL, &error);

  if (set == NULL)
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }

  for (guint round = 0; round < ROUNDS; round++)
    {
      for (guint w = 0; w < G_N_ELEMENTS (works); w++)
        {
          for (guint t = 0; t < G_N_ELEMENTS (threads); t++)
            {
              rates[w][t][round] = time_epoch (&works[w], set, threads[t], &error);
              if (error != NULL)
                {
                  g_printerr ("%s\n", error->message);
                  return EXIT_FAILURE;
                }
            }
        }
    }

  g_print ("Training on %s, samples/s, median of %d\n\n", set->name, ROUNDS);
  g_print ("| network | 1 thread | 2 threads |\n|---|---|---|\n");

  for (guint w = 0; w < G_N_ELEMENTS (works); w++)
    {
      g_print ("| %s", works[w].name);
      for (guint t = 0; t < G_N_ELEMENTS (threads); t++)
        {
          qsort (rates[w][t], ROUNDS, sizeof (double), compare_doubles);
          g_print (" | %.0f", rates[w][t][ROUNDS / 2]);
        }
      g_print (" |\n");
    }

  return EXIT_SUCCESS;
}
