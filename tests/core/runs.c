/* runs.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "core/mlp-random.h"
#include "core/net/mlp-split.h"
#include "runs.h"

static gboolean
on_batch_done (MlpTraining       *training,
               const MlpProgress *progress,
               gpointer           user_data)
{
  RunLog *log = user_data;

  return ++log->n_batches != log->stop_after;
}

void
run_log_add_epoch (MlpTraining    *training,
                   const MlpEpoch *epoch,
                   gpointer        user_data)
{
  RunLog *log = user_data;
  const MlpNet *net = mlp_training_peek_net (training);

  g_array_append_vals (log->epochs, epoch, 1);
  g_array_append_vals (log->params, mlp_net_peek_params (net), mlp_net_get_n_params (net));
}

void
run_log_init (RunLog *log)
{
  *log = (RunLog) { g_array_new (FALSE, FALSE, sizeof (MlpEpoch)), g_array_new (FALSE, FALSE, sizeof (float)), 0, 0 };
}

void
run_log_clear (RunLog *log)
{
  g_array_unref (log->epochs);
  g_array_unref (log->params);
}

const MlpEpoch *
run_log_get (const RunLog *log,
             guint         i)
{
  g_assert_cmpuint (i, <, log->epochs->len);

  return &g_array_index (log->epochs, MlpEpoch, i);
}

MlpStopReason
run_training (MlpTraining *training,
              guint        n_epochs,
              RunLog      *log)
{
  const MlpMonitor monitor = { on_batch_done, run_log_add_epoch, log };
  g_autoptr(GError) error = NULL;
  MlpStopReason end;

  g_assert_true (mlp_training_run (training, n_epochs, log != NULL ? &monitor : NULL, &end, &error));
  g_assert_no_error (error);

  return end;
}

guint32 *
run_count_up (gsize n)
{
  guint32 *order = g_new (guint32, n);

  for (gsize i = 0; i < n; i++)
    order[i] = (guint32) i;

  return order;
}

MlpSamples *
run_make_stripes (gsize n_inputs,
                  gsize n_samples)
{
  guint8 *x = g_new (guint8, n_inputs * n_samples);
  guint8 *classes = g_new (guint8, n_samples);
  MlpRandom random;

  mlp_random_seed (&random, 9, 9);

  for (gsize s = 0; s < n_samples; s++)
    {
      classes[s] = (guint8) mlp_random_below (&random, 3);

      for (gsize i = 0; i < n_inputs; i++)
        x[s * n_inputs + i] = (guint8) (mlp_random_below (&random, 128) + (i * 3 / n_inputs == classes[s] ? 64 : 0));
    }

  return mlp_samples_new_classes (x, 1.0f / 256.0f, classes, n_inputs, 3, n_samples);
}

MlpSamples *
run_make_bars (gboolean sparse,
               gsize    n_samples)
{
  const gsize rows = 12;
  const gsize columns = 10;
  guint8 *x = g_new0 (guint8, rows * columns * n_samples);
  guint8 *classes = g_new (guint8, n_samples);
  MlpRandom random;

  mlp_random_seed (&random, 10, 10);

  for (gsize s = 0; s < n_samples; s++)
    {
      guint8 *picture = x + s * rows * columns;

      classes[s] = (guint8) mlp_random_below (&random, 3);

      for (gsize i = 0; i < rows * columns; i++)
        {
          if (!sparse)
            picture[i] = (guint8) (1 + mlp_random_below (&random, 60));
          if (i / columns >= 3 && i / columns < 9 && i % columns == 2 + 2 * classes[s])
            picture[i] = (guint8) (150 + mlp_random_below (&random, 100));
        }
    }

  return mlp_samples_new_pictures (x, 1.0f / 256.0f, classes, rows, columns, 3, n_samples);
}

MlpNet *
run_make_net (gsize n_inputs,
              gsize n_hidden)
{
  const MlpLayer layers[] = { { n_hidden, MLP_RELU }, { 3, MLP_SOFTMAX } };
  MlpNet *net = mlp_net_new (n_inputs, layers, 2, NULL);

  mlp_net_init (net, MLP_INIT_HE, FALSE, 1);

  return net;
}

MlpTraining *
run_make_training (gsize                  n_inputs,
                   gsize                  n_hidden,
                   const MlpTrainOptions *options)
{
  g_autoptr(MlpNet) net = run_make_net (n_inputs, n_hidden);
  g_autoptr(MlpSamples) samples = run_make_stripes (n_inputs, 300);
  g_autoptr(MlpSplit) split = mlp_split_new (run_count_up (300), 250, 50, 0);
  g_autoptr(GError) error = NULL;
  MlpTraining *training = mlp_training_new (net, samples, split, options, &error);

  g_assert_no_error (error);

  return training;
}
