/* mlp-train-continue.c: a run is kept, and goes on from what was kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/net/mlp-split.h"
#include "core/train/mlp-train-private.h"

MlpTrainingState *
mlp_training_dup_state (const MlpTraining *training,
                        MlpNet           **net)
{
  const gsize n_params = mlp_net_get_n_params (training->net);
  const gboolean has_last = training->best != NULL && training->best_epoch > 0;
  g_autoptr(MlpTrainingState) state = NULL;
  const float *params;

  g_return_val_if_fail (training != NULL, NULL);
  g_return_val_if_fail (net != NULL, NULL);

  *net = NULL;
  mlp_training_update_net (training);
  params = mlp_net_peek_params (training->net);

  state = mlp_training_state_new (n_params, mlp_optimizer_get_n_moments (training->options.optimizer.kind),
                                  has_last, training->n_train);
  if (state == NULL)
    return NULL;

  state->n_epochs = training->n_epochs_done;
  state->n_done = training->n_done;
  if (training->n_done > 0)
    {
      state->loss = training->stats.loss;
      state->absolute = training->stats.absolute;
      state->n_right = training->stats.n_right;
    }

  state->rate = training->rate;
  state->schedule_epochs = training->schedule_epochs;
  state->best_epoch = training->best_epoch;
  state->best_loss = training->best_loss;
  state->n_worse = training->n_worse;
  state->shuffle = training->shuffle;
  memcpy (state->order, training->order, training->n_train * sizeof *state->order);
  mlp_train_step_save_state (training->train_step, training->net, state);

  *net = mlp_net_copy (training->net);
  if (has_last)
    {
      memcpy (state->last, training->best_is_out ? training->best : params, n_params * sizeof *params);
      memcpy (mlp_net_get_params (*net), training->best_is_out ? params : training->best, n_params * sizeof *params);
    }

  return g_steal_pointer (&state);
}

/* Whether the same items are trained with, each as often. */
static gboolean
is_same_order (const MlpTraining      *training,
               const MlpTrainingState *state)
{
  const gsize n_samples = mlp_samples_get_n (training->samples);
  g_autofree guint32 *counts = g_new0 (guint32, n_samples);

  for (gsize i = 0; i < training->n_train; i++)
    counts[training->order[i]]++;

  for (gsize i = 0; i < training->n_train; i++)
    {
      if (state->order[i] >= n_samples || counts[state->order[i]]-- == 0)
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_state (const MlpTraining      *training,
             const MlpTrainingState *state,
             GError                **error)
{
  if (state->n_params != mlp_net_get_n_params (training->net) ||
      state->n_moments != mlp_optimizer_get_n_moments (training->options.optimizer.kind) ||
      state->n_dropout != mlp_train_step_get_n_dropout (training->train_step))
    {
      g_set_error_literal (error, MLP_ERROR, MLP_ERROR_SHAPE,
                           _("The training cannot be continued: its network, optimiser or batch size was different"));
      return FALSE;
    }

  if (state->n_train != training->n_train)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   _("The training cannot be continued: it had %zu training samples, now there are %zu"),
                   state->n_train, training->n_train);
      return FALSE;
    }

  if (!is_same_order (training, state))
    {
      g_set_error_literal (error, MLP_ERROR, MLP_ERROR_SHAPE,
                           _("The training cannot be continued: its training samples were different"));
      return FALSE;
    }

  return TRUE;
}

MlpTraining *
mlp_training_new_continued (const MlpNet           *net,
                            const MlpSamples       *samples,
                            const MlpSplit         *split,
                            const MlpTrainOptions  *options,
                            const MlpTrainingState *state,
                            GError                **error)
{
  g_autoptr(MlpTraining) training = mlp_training_new (net, samples, split, options, error);
  const gsize size = mlp_net_get_n_params (net) * sizeof (float);
  float *params;

  if (training == NULL || !check_state (training, state, error))
    return NULL;

  training->n_epochs_done = state->n_epochs;
  training->n_done = state->n_done;
  training->stats = (MlpBatchStats) { state->loss, state->absolute, state->n_right };
  training->schedule_epochs = state->schedule_epochs;
  training->best_epoch = state->best_epoch;
  training->best_loss = state->best_loss;
  training->n_worse = state->n_worse;
  training->shuffle = state->shuffle;
  memcpy (training->order, state->order, training->n_train * sizeof *training->order);
  mlp_train_step_load_state (training->train_step, training->net, state);

  params = mlp_net_get_params (training->net);
  if (state->last != NULL && training->best != NULL)
    {
      memcpy (training->best, state->last, size);
      training->best_is_out = TRUE;
    }
  else if (state->last != NULL)
    memcpy (params, state->last, size);
  else if (training->best != NULL && state->n_worse == 0 && state->n_done == 0)
    memcpy (training->best, params, size);
  else if (training->best != NULL)
    {
      /* The run had no patience, and so not the weights of its best epoch. */
      training->best_loss = (double) INFINITY;
      training->best_epoch = 0;
      training->n_worse = 0;
    }

  memcpy (training->safe, state->last != NULL ? state->last : params, size);

  return g_steal_pointer (&training);
}
