/* model-util.h: samples and networks for the tests of src/model.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/mlp-random.h"
#include "core/net/mlp-split.h"
#include "core/train/mlp-train.h"
#include "model/pz-task.h"
#include "test-util.h"

/* Runs the main context for @milliseconds: to see that nothing happens, or how
 * often something does. */
static inline void
run_for (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + (gint64) milliseconds * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

/* Runs what is there to run. */
static inline void
run_pending (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Until nothing is under way any more, and all of it has been told. */
static inline void
finish_tasks (void)
{
  do
    {
      wait_until (pz_task_count () == 0);
      run_pending ();
    }
  while (pz_task_count () > 0);
}

/* 28 × 28 pictures of ten classes, one bright band each, under noise: easily
 * learnt. */
static inline MlpSamples *
make_pictures (gsize n)
{
  guint8 *x = g_malloc (n * 784);
  guint8 *classes = g_malloc (n);
  MlpRandom random;

  mlp_random_seed (&random, 42, 0);
  for (gsize s = 0; s < n; s++)
    {
      classes[s] = (guint8) (s % 10);
      for (gsize i = 0; i < 784; i++)
        {
          gboolean bright = i / 78 == classes[s];

          x[784 * s + i] = (guint8) (mlp_random_below (&random, 128) + (bright ? 127 : 0));
        }
    }

  return mlp_samples_new_classes (x, 1.0f / 256.0f, classes, 784, 10, n);
}

/* In order: @n_train train, the rest validates. */
static inline MlpSplit *
make_split (gsize n,
            gsize n_train)
{
  guint32 *order = g_new (guint32, n);

  for (gsize i = 0; i < n; i++)
    order[i] = (guint32) i;

  return mlp_split_new (order, n_train, n - n_train, 0);
}

/* 784-@hidden-10, ReLU and softmax, with first weights. */
static inline MlpNet *
make_net (gsize   hidden,
          guint64 seed)
{
  const MlpLayer layers[] = { { hidden, MLP_RELU }, { 10, MLP_SOFTMAX } };
  MlpNet *net = mlp_net_new (784, layers, G_N_ELEMENTS (layers), NULL);

  g_assert_nonnull (net);
  mlp_net_init (net, MLP_INIT_HE, FALSE, seed);

  return net;
}

static inline void
assert_same_params (const MlpNet *a,
                    const MlpNet *b)
{
  g_assert_nonnull (a);
  g_assert_nonnull (b);
  g_assert_true (mlp_net_same_shape (a, b));
  g_assert_cmpmem (mlp_net_peek_params (a), mlp_net_get_n_params (a) * sizeof (float),
                   mlp_net_peek_params (b), mlp_net_get_n_params (b) * sizeof (float));
}
