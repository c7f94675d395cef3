/* pz-trainer-status.c: where a run is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "model/pz-trainer-private.h"

double
pz_trainer_get_progress (PzTrainer *self)
{
  g_return_val_if_fail (PZ_IS_TRAINER (self), 0.0);

  return self->status.progress;
}

guint
pz_trainer_get_epoch (PzTrainer *self)
{
  g_return_val_if_fail (PZ_IS_TRAINER (self), 0);

  return self->status.epoch;
}

guint
pz_trainer_get_n_epochs (PzTrainer *self)
{
  g_return_val_if_fail (PZ_IS_TRAINER (self), 0);

  return self->status.n_epochs;
}

double
pz_trainer_get_samples_per_second (PzTrainer *self)
{
  g_return_val_if_fail (PZ_IS_TRAINER (self), 0.0);

  return self->status.samples_per_second;
}

double
pz_trainer_get_seconds_left (PzTrainer *self)
{
  g_return_val_if_fail (PZ_IS_TRAINER (self), NAN);

  return self->status.seconds_left;
}

guint
pz_trainer_get_threads (PzTrainer *self)
{
  g_return_val_if_fail (PZ_IS_TRAINER (self), 0);

  return self->status.threads;
}
