/* mlp-train.c: epochs, and what follows from them. A batch is the business of
 * mlp-train-step.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/mlp-random.h"
#include "core/net/mlp-split.h"
#include "core/train/mlp-train-private.h"

/* Its sequence of the seed; mlp_net_init() has the small numbers, dropout those
 * from 0x20000. */
#define STREAM_SHUFFLE 0x10000

static gboolean
check_items (const MlpSamples *samples,
             const MlpSplit   *split,
             MlpPart           part,
             GError          **error)
{
  gsize n_samples = mlp_samples_get_n (samples);
  gsize n_items;
  const guint32 *items = mlp_split_peek (split, part, &n_items);

  for (gsize i = 0; i < n_items; i++)
    {
      if (items[i] >= n_samples)
        {
          g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                       _("The %s set refers to sample %u, but there are only %zu samples"),
                       mlp_split_get_part_name (part), items[i], n_samples);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
check_shapes (const MlpNet     *net,
              const MlpSamples *samples,
              const MlpSplit   *split,
              GError          **error)
{
  gsize n_in = mlp_net_get_width (net, 0);
  gsize n_out = mlp_net_get_width (net, mlp_net_get_n_layers (net));
  gsize n_train;

  if (mlp_samples_get_n_inputs (samples) != n_in || mlp_samples_get_n_outputs (samples) != n_out)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   _("Shape mismatch: the samples have %zu inputs and %zu outputs, the network has %zu and %zu"),
                   mlp_samples_get_n_inputs (samples), mlp_samples_get_n_outputs (samples),
                   n_in, n_out);
      return FALSE;
    }

  mlp_split_peek (split, MLP_TRAIN, &n_train);

  if (n_train == 0)
    {
      g_set_error_literal (error, MLP_ERROR, MLP_ERROR_SHAPE,
                           _("The training set is empty"));
      return FALSE;
    }

  return check_items (samples, split, MLP_TRAIN, error) &&
         check_items (samples, split, MLP_VALIDATION, error);
}

MlpTraining *
mlp_training_new (const MlpNet          *net,
                  const MlpSamples      *samples,
                  const MlpSplit        *split,
                  const MlpTrainOptions *options,
                  GError               **error)
{
  g_autoptr(MlpTraining) training = NULL;
  const guint32 *items;
  gsize n_params;
  gsize n_validation;

  g_return_val_if_fail (net != NULL, NULL);
  g_return_val_if_fail (samples != NULL, NULL);
  g_return_val_if_fail (split != NULL, NULL);
  g_return_val_if_fail (options != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  mlp_split_peek (split, MLP_VALIDATION, &n_validation);

  if (!check_shapes (net, samples, split, error) ||
      !mlp_train_options_check (options,
                                mlp_net_get_activation (net, mlp_net_get_n_layers (net)),
                                n_validation, NULL, error) ||
      !mlp_augment_check (options->augment, samples, error))
    return NULL;

  training = g_new0 (MlpTraining, 1);
  training->net = mlp_net_copy (net);
  if (mlp_samples_has_classes (samples))
    mlp_net_set_scaler (training->net, NULL);

  training->samples = mlp_samples_ref (samples);
  training->split = mlp_split_ref (split);
  training->options = *options;
  training->has_classes = mlp_samples_has_classes (samples);
  training->rate = options->rate;
  training->schedule_epochs = options->epochs;
  training->best_loss = (double) INFINITY;

  items = mlp_split_peek (split, MLP_TRAIN, &training->n_train);
  n_params = mlp_net_get_n_params (net);

  training->order = g_try_new (guint32, training->n_train);
  training->safe = g_try_new (float, n_params);
  if (options->patience > 0)
    training->best = g_try_new (float, n_params);

  if (training->order == NULL || training->safe == NULL ||
      (options->patience > 0 && training->best == NULL))
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   _("Not enough memory to train %zu parameters"), n_params);
      return NULL;
    }

  memcpy (training->order, items, training->n_train * sizeof *items);
  mlp_random_seed (&training->shuffle, options->seed, STREAM_SHUFFLE);

  if (options->standardise && !training->has_classes && mlp_net_peek_scaler (net) == NULL)
    {
      g_autoptr(MlpScaler) scaler = mlp_scaler_new_fit (samples, items, training->n_train,
                                                        options->linear_path, error);

      if (scaler == NULL)
        return NULL;

      mlp_net_set_scaler (training->net, scaler);
    }
  else if (mlp_net_peek_scaler (training->net) != NULL)
    {
      g_autoptr(MlpScaler) scaler = mlp_scaler_new_widened (mlp_net_peek_scaler (training->net), samples,
                                                            items, training->n_train);

      mlp_net_set_scaler (training->net, scaler);
    }

  /* Anew where it goes on, for the samples may be others. */
  mlp_net_set_novelty (training->net, NULL);
  if (training->has_classes)
    {
      g_autoptr(MlpNovelty) novelty = mlp_novelty_new_fit (samples, items, training->n_train);

      mlp_net_set_novelty (training->net, novelty);
    }

  if (!(training->train_step = mlp_train_step_new (net, samples, options, training->n_train, error)))
    return NULL;

  return g_steal_pointer (&training);
}

void
mlp_training_free (MlpTraining *training)
{
  if (training == NULL)
    return;

  g_clear_pointer (&training->train_step, mlp_train_step_free);
  g_clear_pointer (&training->net, mlp_net_free);
  g_clear_pointer (&training->samples, mlp_samples_unref);
  g_clear_pointer (&training->split, mlp_split_unref);
  g_free (training->order);
  g_free (training->safe);
  g_free (training->best);
  g_free (training);
}

void
mlp_training_update_net (const MlpTraining *training)
{
  if (!training->net_is_old)
    return;

  mlp_train_step_store (training->train_step, training->net);
  ((MlpTraining *) training)->net_is_old = FALSE;
}

/* What the schedule says of a batch of @B samples behind @n_done of the epoch. A cosine that ended
 * holds the rate of its last batch: at 0 nothing would be learnt any more.
 */
static double
get_rate_factor (const MlpTraining *training,
                 gsize              n_done,
                 gsize              B)
{
  const MlpSchedule *schedule = &training->options.schedule;
  guint epoch = training->n_epochs_done;

  if (schedule->kind == MLP_SCHEDULE_COSINE && epoch >= training->schedule_epochs)
    {
      const gsize max_batch = mlp_train_step_get_batch_size (training->train_step);

      epoch = training->schedule_epochs - 1;
      B = training->n_train % max_batch != 0 ? training->n_train % max_batch : max_batch;
      n_done = training->n_train - B;
    }

  return mlp_schedule_get_factor (schedule,
                                  epoch + ((double) n_done + 0.5 * (double) B) / (double) training->n_train,
                                  training->schedule_epochs);
}

/* Of the batch of @B samples after @n_done of the epoch. */
static float
get_batch_rate (const MlpTraining *training,
                gsize              n_done,
                gsize              B)
{
  return (float) ((double) training->rate * get_rate_factor (training, n_done, B));
}

/* One pass over the training samples, or the rest of one. Sets @stopped if the monitor
 * said so, and then the epoch is over only if it was its last batch.
 */
static gboolean
run_batches (MlpTraining      *training,
             const MlpMonitor *monitor,
             guint             n_epochs,
             gboolean         *stopped,
             gboolean         *over)
{
  const gsize max_batch = mlp_train_step_get_batch_size (training->train_step);
  MlpProgress progress = {
    .epoch = training->n_epochs_done + 1,
    .n_epochs = n_epochs,
    .n_done = training->n_done,
    .n_samples = training->n_train,
  };

  if (training->n_done == 0)
    {
      training->stats = (MlpBatchStats) { 0 };
      mlp_random_shuffle (&training->shuffle, training->order, training->n_train);
    }

  /* A state that was taken after the epoch's last batch: it remains to validate. */
  if (progress.n_done == training->n_train && training->last_rate == 0.0f)
    {
      const gsize begin = (training->n_train - 1) / max_batch * max_batch;

      training->last_rate = get_batch_rate (training, begin, training->n_train - begin);
    }

  mlp_train_step_load (training->train_step, training->net);
  mlp_train_step_set_epoch (training->train_step, progress.epoch);

  while (progress.n_done < training->n_train && !*stopped)
    {
      gsize B = MIN (max_batch, training->n_train - progress.n_done);

      training->last_rate = get_batch_rate (training, progress.n_done, B);

      training->net_is_old = TRUE;
      if (!mlp_train_step_run (training->train_step, training->net, training->order + progress.n_done, B,
                               training->n_train - progress.n_done, training->last_rate,
                               monitor->now, &training->stats))
        return FALSE;

      progress.n_done += B;
      training->n_done = progress.n_done;

      if (monitor->batch_done != NULL)
        *stopped = !monitor->batch_done (training, &progress, monitor->user_data);
    }

  *over = progress.n_done == training->n_train;
  mlp_training_update_net (training);

  return TRUE;
}

/* Back to where the epoch began, as if nothing had been learnt about slopes. */
static void
fail_not_finite (MlpTraining *training,
                 GError     **error)
{
  memcpy (mlp_net_get_params (training->net), training->safe,
          mlp_net_get_n_params (training->net) * sizeof *training->safe);
  training->net_is_old = FALSE;
  training->n_done = 0;
  mlp_train_step_reset (training->train_step);

  g_set_error (error, MLP_ERROR, MLP_ERROR_NOT_FINITE,
               _("The loss became NaN in epoch %u; try a learning rate below %g"),
               training->n_epochs_done + 1, (double) training->last_rate);
}

/* What the epoch's batches gave, and what the validation samples say. */
static gboolean
validate_epoch (MlpTraining      *training,
                const MlpMonitor *monitor,
                MlpEpoch         *epoch,
                GError          **error)
{
  const double n = (double) training->n_train;
  const double n_outputs = (double) mlp_samples_get_n_outputs (training->samples);
  const MlpBatchStats *stats = &training->stats;
  const guint32 *items;
  gsize n_items;

  *epoch = (MlpEpoch) {
    .epoch = training->n_epochs_done + 1,
    .rate = (double) training->last_rate,
    .train_loss = stats->loss / n,
    .train_accuracy = training->has_classes ? (double) stats->n_right / n : (double) NAN,
    .train_mae = training->has_classes || mlp_samples_get_mixes_units (training->samples)
                 ? (double) NAN : stats->absolute / (n * n_outputs),
    .validation_loss = (double) NAN,
    .validation_accuracy = (double) NAN,
    .validation_mae = (double) NAN,
  };

  items = mlp_split_peek (training->split, MLP_VALIDATION, &n_items);

  if (n_items > 0)
    {
      g_autoptr(GError) local = NULL;
      MlpMetrics metrics;

      if (!mlp_train_step_evaluate (training->train_step, training->net, items, n_items, monitor->now,
                                    &metrics, &local))
        {
          if (g_error_matches (local, MLP_ERROR, MLP_ERROR_NOT_FINITE))
            fail_not_finite (training, error);
          else
            g_propagate_error (error, g_steal_pointer (&local));

          return FALSE;
        }

      epoch->validation_loss = metrics.loss;
      epoch->validation_accuracy = training->has_classes ? metrics.accuracy : (double) NAN;
      epoch->validation_mae = training->has_classes ? (double) NAN : metrics.mae;
    }

  return TRUE;
}

static void
remember_best (MlpTraining    *training,
               const MlpEpoch *epoch)
{
  double loss = isnan (epoch->validation_loss) ? epoch->train_loss : epoch->validation_loss;

  if (!(loss < training->best_loss))
    {
      training->n_worse++;
      return;
    }

  training->best_loss = loss;
  training->best_epoch = epoch->epoch;
  training->n_worse = 0;

  if (training->best != NULL)
    memcpy (training->best, mlp_net_peek_params (training->net),
            mlp_net_get_n_params (training->net) * sizeof *training->best);
}

/* At the end of a run the network is the best one; the next run goes on from
 * the last one, to which the moments belong.
 */
static void
swap_best (MlpTraining *training)
{
  float *params = mlp_net_get_params (training->net);

  for (gsize i = 0; i < mlp_net_get_n_params (training->net); i++)
    {
      float other = training->best[i];

      training->best[i] = params[i];
      params[i] = other;
    }

  training->best_is_out = !training->best_is_out;
}

/* One epoch: batches, figures, and what follows from them. */
static gboolean
run_epoch (MlpTraining      *training,
           const MlpMonitor *monitor,
           guint             n_epochs,
           gboolean         *stopped,
           GError          **error)
{
  gboolean over = FALSE;
  MlpEpoch epoch;

  if (training->n_done == 0)
    memcpy (training->safe, mlp_net_peek_params (training->net),
            mlp_net_get_n_params (training->net) * sizeof *training->safe);

  if (!run_batches (training, monitor, n_epochs, stopped, &over) ||
      !mlp_net_is_finite (training->net))
    {
      fail_not_finite (training, error);
      return FALSE;
    }

  if (!over)
    return TRUE;

  if (!validate_epoch (training, monitor, &epoch, error))
    return FALSE;

  training->n_epochs_done++;
  training->n_done = 0;
  remember_best (training, &epoch);

  if (monitor->epoch_done != NULL)
    monitor->epoch_done (training, &epoch, monitor->user_data);

  return TRUE;
}

gboolean
mlp_training_run (MlpTraining      *training,
                  guint             n_epochs,
                  const MlpMonitor *monitor,
                  MlpStopReason    *end,
                  GError          **error)
{
  static const MlpMonitor nobody = { 0 };
  const guint patience = training != NULL ? training->options.patience : 0;
  gboolean stopped = FALSE;
  gboolean ok = TRUE;
  guint last;

  g_return_val_if_fail (training != NULL, FALSE);
  g_return_val_if_fail (end != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);
  g_return_val_if_fail (n_epochs <= G_MAXUINT - training->n_epochs_done, FALSE);

  if (monitor == NULL)
    monitor = &nobody;

  if (training->best_is_out)
    swap_best (training);

  /* Whoever goes on after an early end means it. */
  if (patience > 0 && training->n_worse >= patience)
    training->n_worse = 0;

  *end = MLP_STOP_DONE;
  last = training->n_epochs_done + n_epochs;

  while (ok && *end == MLP_STOP_DONE && training->n_epochs_done < last)
    {
      ok = run_epoch (training, monitor, last, &stopped, error);

      if (stopped)
        *end = MLP_STOP_STOPPED;
      else if (ok && patience > 0 && training->n_worse >= patience)
        *end = MLP_STOP_EARLY;
    }

  if (training->best != NULL && training->best_epoch > 0)
    swap_best (training);

  return ok;
}

void
mlp_training_set_rate (MlpTraining *training,
                       float        rate)
{
  g_return_if_fail (training != NULL);
  g_return_if_fail (rate > 0.0f && isfinite (rate));

  training->rate = rate;
}

const MlpNet *
mlp_training_peek_net (const MlpTraining *training)
{
  g_return_val_if_fail (training != NULL, NULL);

  mlp_training_update_net (training);

  return training->net;
}

guint
mlp_training_get_best_epoch (const MlpTraining *training)
{
  g_return_val_if_fail (training != NULL, 0);

  return training->best_epoch;
}

guint
mlp_training_get_n_epochs (const MlpTraining *training,
                           gsize             *n_done)
{
  g_return_val_if_fail (training != NULL, 0);

  if (n_done != NULL)
    *n_done = training->n_done;

  return training->n_epochs_done;
}

guint
mlp_training_get_threads (const MlpTraining *training)
{
  g_return_val_if_fail (training != NULL, 0);

  return mlp_train_step_get_threads (training->train_step);
}
