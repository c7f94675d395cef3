/* pz-trainer-checkpoint.c: the state of a run, taken while it is on, and gone on from.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "core/net/mlp-split.h"
#include "model/pz-trainer-private.h"

void
pz_trainer_restore_async (PzTrainer             *self,
                          const MlpNet          *net,
                          MlpTrainingState      *state,
                          const MlpSamples      *samples,
                          const MlpSplit        *split,
                          const MlpTrainOptions *options,
                          guint                  n_epochs,
                          PzHistory             *history,
                          GCancellable          *cancellable,
                          GAsyncReadyCallback    callback,
                          gpointer               user_data)
{
  g_return_if_fail (PZ_IS_TRAINER (self));
  g_return_if_fail (net != NULL && state != NULL);
  g_return_if_fail (samples != NULL);
  g_return_if_fail (split != NULL);
  g_return_if_fail (options != NULL);
  g_return_if_fail (PZ_IS_HISTORY (history));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  pz_trainer_start (self, net, state, FALSE, samples, split, options, n_epochs, history,
                    cancellable, callback, user_data);
}

void
pz_trainer_set_checkpoints (PzTrainer *self,
                            guint      n_epochs,
                            gint64     interval)
{
  g_return_if_fail (PZ_IS_TRAINER (self));

  self->checkpoint_epochs = n_epochs;
  self->checkpoint_interval = interval;
}

void
pz_trainer_request_checkpoint (PzTrainer *self)
{
  g_return_if_fail (PZ_IS_TRAINER (self));

  if (self->run != NULL)
    pz_trainer_run_request_checkpoint (self->run);
}

MlpTrainingState *
pz_trainer_take_checkpoint (PzTrainer *self,
                            MlpNet   **net,
                            guint     *epoch)
{
  MlpTrainingState *state = NULL;

  g_return_val_if_fail (PZ_IS_TRAINER (self), NULL);
  g_return_val_if_fail (net != NULL && epoch != NULL, NULL);

  *net = NULL;
  if (self->run != NULL)
    state = pz_trainer_run_take_checkpoint (self->run, net);
  else if (self->training != NULL)
    state = mlp_training_dup_state (self->training, net);

  *epoch = state != NULL ? state->n_epochs + self->n_before : 0;

  return state;
}
