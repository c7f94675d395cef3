/* runs.h: small problems to train on, and a log of what a run tells.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/train/mlp-train.h"

G_BEGIN_DECLS

/* What a run has told, and when it is to stop. */
typedef struct
{
  GArray *epochs;           /* MlpEpoch */
  GArray *params;           /* those after each epoch, one after another */
  gsize   n_batches;
  gsize   stop_after;       /* batches; 0: never */
} RunLog;

void            run_log_init      (RunLog                *log);
void            run_log_clear     (RunLog                *log);
const MlpEpoch *run_log_get       (const RunLog          *log,
                                   guint                  i);

/* Adds an epoch: MlpMonitor.epoch_done. */
void            run_log_add_epoch (MlpTraining           *training,
                                   const MlpEpoch        *epoch,
                                   gpointer               log);

/* Runs, which must not fail. @log may be NULL. */
MlpStopReason   run_training      (MlpTraining           *training,
                                   guint                  n_epochs,
                                   RunLog                *log);

/* (transfer full): 0 … n − 1 */
guint32        *run_count_up      (gsize                  n);

/* (transfer full): noisy pictures with one of three thirds brighter, which is
 * their class */
MlpSamples     *run_make_stripes  (gsize                  n_inputs,
                                   gsize                  n_samples);

/* (transfer full): pictures of 12 × 10 with a bar in one of three places, which is
 * their class; a little of it, or of everything, is grey */
MlpSamples     *run_make_bars     (gboolean               sparse,
                                   gsize                  n_samples);

/* (transfer full): a ReLU network for them */
MlpNet         *run_make_net      (gsize                  n_inputs,
                                   gsize                  n_hidden);

/* (transfer full): both together; 250 samples train, 50 validate */
MlpTraining    *run_make_training (gsize                  n_inputs,
                                   gsize                  n_hidden,
                                   const MlpTrainOptions *options);

G_END_DECLS
