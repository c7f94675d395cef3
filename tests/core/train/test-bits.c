/* test-bits.c: the same seed gives the same weights, bit for bit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/runs.h"
#include "test-util.h"

static void
assert_same_bits (const MlpTraining *a,
                  const MlpTraining *b)
{
  const MlpNet *x = mlp_training_peek_net (a);
  const MlpNet *y = mlp_training_peek_net (b);
  const gsize n_bytes = mlp_net_get_n_params (x) * sizeof (float);

  g_assert_cmpmem (mlp_net_peek_params (x), n_bytes, mlp_net_peek_params (y), n_bytes);
}

static void
assert_same_log (const RunLog *a,
                 const RunLog *b)
{
  const gsize n_bytes = sizeof (MlpEpoch) - G_STRUCT_OFFSET (MlpEpoch, rate);

  g_assert_cmpuint (a->epochs->len, >, 0);
  g_assert_cmpuint (a->epochs->len, ==, b->epochs->len);

  for (guint i = 0; i < a->epochs->len; i++)
    {
      const MlpEpoch *x = run_log_get (a, i);
      const MlpEpoch *y = run_log_get (b, i);

      g_assert_cmpuint (x->epoch, ==, y->epoch);
      g_assert_cmpmem (&x->rate, n_bytes, &y->rate, n_bytes);
    }
}

/* Two runs, and runs with two, three and five threads, give the bits of the
 * first: weights and figures. The wide network's steps are shared, too.
 */
static void
check_same_bits (gsize            n_inputs,
                 gsize            n_hidden,
                 gsize            batch_size,
                 MlpOptimizerKind optimizer,
                 float            clip_norm)
{
  static const guint threads[] = { 1, 1, 2, 3, 5 };
  g_autoptr(MlpTraining) first = NULL;
  RunLog first_log;

  run_log_init (&first_log);

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;
      g_autoptr(MlpTraining) training = NULL;
      RunLog log;

      options.optimizer.kind = optimizer;
      options.batch_size = batch_size;
      options.threads = threads[i];
      options.dropout = 0.3f;
      options.l2 = 0.001f;
      options.clip_norm = clip_norm;
      options.max_norm = 2.0f;
      training = run_make_training (n_inputs, n_hidden, &options);
      g_assert_cmpuint (mlp_training_get_threads (training), ==, threads[i]);

      if (first == NULL)
        {
          run_training (training, 2, &first_log);
          first = g_steal_pointer (&training);
          continue;
        }

      run_log_init (&log);
      run_training (training, 2, &log);
      assert_same_bits (training, first);
      assert_same_log (&log, &first_log);
      run_log_clear (&log);
    }

  run_log_clear (&first_log);
}

static void
test_threads (void)
{
  static const gsize batch_sizes[] = { 1, 7, 64, 65, 100, 250 };

  for (gsize i = 0; i < G_N_ELEMENTS (batch_sizes); i++)
    check_same_bits (20, 9, batch_sizes[i], MLP_ADAM, 1.0f);
}

/* With clipping, the gradient is whole before a step; without it, a block is
 * stepped as soon as its gradient is there. */
static void
test_optimizers (void)
{
  for (guint kind = 0; kind < MLP_N_OPTIMIZERS; kind++)
    {
      check_same_bits (330, 200, 100, kind, 1.0f);
      check_same_bits (330, 200, 100, kind, 0.0f);
    }
}

/* Another seed is another run. */
static void
test_seed (void)
{
  MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;
  g_autoptr(MlpTraining) a = run_make_training (20, 9, &options);
  g_autoptr(MlpTraining) b = NULL;

  options.seed = 2;
  b = run_make_training (20, 9, &options);
  run_training (a, 1, NULL);
  run_training (b, 1, NULL);
  g_assert_cmpfloat (mlp_net_peek_params (mlp_training_peek_net (a))[0], !=,
                     mlp_net_peek_params (mlp_training_peek_net (b))[0]);
}

/* Ten epochs and ten more are twenty: moments, order and masks go on. With
 * patience the best network is out in between. */
static void
test_going_on (void)
{
  for (guint patience = 0; patience <= 100; patience += 100)
    {
      MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;
      g_autoptr(MlpTraining) whole = NULL;
      g_autoptr(MlpTraining) parts = NULL;
      RunLog whole_log;
      RunLog parts_log;

      options.dropout = 0.2f;
      options.epochs = 20;
      options.patience = patience;
      options.rate = 0.01f;
      whole = run_make_training (20, 9, &options);
      parts = run_make_training (20, 9, &options);
      run_log_init (&whole_log);
      run_log_init (&parts_log);

      run_training (whole, 20, &whole_log);
      run_training (parts, 10, &parts_log);
      g_assert_cmpuint (parts_log.epochs->len, ==, 10);
      run_training (parts, 10, &parts_log);

      assert_same_bits (whole, parts);
      assert_same_log (&whole_log, &parts_log);
      g_assert_cmpuint (run_log_get (&parts_log, 19)->epoch, ==, 20);
      g_assert_cmpuint (mlp_training_get_best_epoch (whole), ==, mlp_training_get_best_epoch (parts));

      run_log_clear (&whole_log);
      run_log_clear (&parts_log);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/bits/threads", test_threads);
  g_test_add_func ("/core/bits/optimizers", test_optimizers);
  g_test_add_func ("/core/bits/seed", test_seed);
  g_test_add_func ("/core/bits/going-on", test_going_on);

  return g_test_run ();
}
