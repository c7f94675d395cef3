/* bench-works.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bench-works.h"

#include "core/mlp-error.h"
#include "core/net/mlp-split.h"

static const BenchWork works[] = {
  { 'S', 784, 2, { 30, 10 }, MLP_SIGMOID, MLP_SIGMOID, MLP_LOSS_SQUARED, MLP_SGD, 1.0f, 10 },
  { 'M', 784, 2, { 128, 10 }, MLP_RELU, MLP_SOFTMAX, MLP_LOSS_CROSS_ENTROPY, MLP_ADAM, 0.001f, 64 },
  { 'L', 784, 3, { 512, 512, 10 }, MLP_RELU, MLP_SOFTMAX, MLP_LOSS_CROSS_ENTROPY, MLP_ADAM, 0.001f, 128 },
  { 'X', 784, 3, { 2048, 2048, 10 }, MLP_RELU, MLP_SOFTMAX, MLP_LOSS_CROSS_ENTROPY, MLP_ADAM, 0.001f, 256 },
  { 'R', 435, 3, { 256, 128, 1 }, MLP_TANH, MLP_IDENTITY, MLP_LOSS_SQUARED, MLP_ADAM, 0.001f, 64 },
};

const BenchWork *
bench_work_find (char name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (works); i++)
    {
      if (works[i].name == name)
        return &works[i];
    }

  return NULL;
}

MlpNet *
bench_work_make_net (const BenchWork *work,
                     GError         **error)
{
  MlpLayer layers[BENCH_MAX_LAYERS];
  MlpNet *net;

  for (gsize l = 0; l < work->n_layers; l++)
    {
      layers[l].width = work->widths[l];
      layers[l].activation = l + 1 < work->n_layers ? work->hidden : work->output;
    }

  net = mlp_net_new (work->n_inputs, layers, work->n_layers, error);
  if (net != NULL)
    mlp_net_init (net, work->hidden == MLP_RELU ? MLP_INIT_HE : MLP_INIT_XAVIER, FALSE, 1);

  return net;
}

MlpTrainOptions
bench_work_get_options (const BenchWork *work)
{
  MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;

  options.loss = work->loss;
  options.optimizer.kind = work->optimizer;
  options.rate = work->rate;
  options.batch_size = work->batch_size;

  return options;
}

MlpSplit *
bench_make_split (gsize n_train,
                  gsize n_validation)
{
  guint32 *order = g_new (guint32, n_train + n_validation);

  for (gsize i = 0; i < n_train + n_validation; i++)
    order[i] = (guint32) i;

  return mlp_split_new (order, n_train, n_validation, 0);
}
