/* pz-history.h: history of the epochs of one run.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "core/train/mlp-train.h"
#include "datasets/ds-task.h"

G_BEGIN_DECLS

#define PZ_TYPE_HISTORY (pz_history_get_type ())

G_DECLARE_FINAL_TYPE (PzHistory, pz_history, PZ, HISTORY, GObject)

/* @title: (nullable): what tells this run from others: "784-30-10 · sgd 1.0".
 * Signal "changed": main thread, once for however many epochs came. */
PzHistory      *pz_history_new            (const char     *title);
const char     *pz_history_get_title      (PzHistory      *self);

/* What was learnt, where it was values: what the errors are of and their unit.
 * Set before the first epoch; copied. */
void            pz_history_set_task       (PzHistory      *self,
                                           const DsTask   *task);

/* Which data were learnt (DsSet.identity), and by which loss: what makes curves comparable. Set before the
 * first epoch; copied. */
void            pz_history_set_origin     (PzHistory      *self,
                                           const char     *identity,
                                           MlpLoss         loss);

/* Whether a figure of @self may stand on one axis with that of @other: of the same data,
 * and where it is the loss, by the same. Of what nothing is known it may. */
gboolean        pz_history_compares       (PzHistory      *self,
                                           PzHistory      *other,
                                           gboolean        loss);

/* (nullable) (transfer none): NULL of a run that learnt classes */
const DsTask   *pz_history_peek_task      (PzHistory      *self);
void            pz_history_append         (PzHistory      *self,
                                           const MlpEpoch *epochs,
                                           guint           n_epochs);

/* (array length=n_epochs) (transfer none): valid until the next change */
const MlpEpoch *pz_history_peek_epochs    (PzHistory      *self,
                                           guint          *n_epochs);

/* That have ended: the number of the last one. Of a long run that comes from a file not all are known. */
guint           pz_history_get_n_epochs   (PzHistory      *self);

/* The epoch of the lowest validation loss (train loss without validation); 0
 * before the first. */
guint           pz_history_get_best_epoch (PzHistory      *self);

/* "epoch,learning_rate,train_loss,…" with points, for spreadsheets and
 * scripts; of values also "mae_unit", which is empty where the targets have
 * several. (transfer full) */
char           *pz_history_to_csv         (PzHistory      *self);

G_END_DECLS
