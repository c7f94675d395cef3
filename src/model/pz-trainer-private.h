/* pz-trainer-private.h: internals of the trainer.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-split.h"
#include "model/pz-trainer-run.h"
#include "model/pz-trainer.h"

G_BEGIN_DECLS

struct _PzTrainer
{
  GObject        parent_instance;

  PzTrainerState state;
  PzTrainerRun  *run;            /* while busy */
  gulong         cancelled_id;
  MlpTraining   *training;       /* (nullable): the last run, to be continued */
  guint          n_before;       /* epochs that the history had before it */
  guint          n_done;         /* the last epoch that was done, those included */
  MlpNet        *net;            /* (nullable): the newest snapshot */
  PzHistory     *history;        /* (nullable) */
  PzTrainerRunStatus status;
  guint          checkpoint_epochs;
  gint64         checkpoint_interval;   /* µs */
};

G_END_DECLS
