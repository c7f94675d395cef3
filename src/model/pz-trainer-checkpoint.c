/* pz-trainer-checkpoint.c: the state of a run, taken while it is on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "core/net/mlp-split.h"
#include "model/pz-trainer-private.h"

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
