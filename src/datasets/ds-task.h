/* ds-task.h: the learning task for molecules: features and targets.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "molecules/mol-target.h"

G_BEGIN_DECLS

/* Plain data; pictures need none of it. */
typedef struct
{
  char    *features;               /* id of a row of mol_features_get_all() */
  char    *targets;                /* ids of mol_target_get_all() with commas between */
  MolUnit  unit;                   /* of targets that are energies */
  gboolean keep_uncharacterized;   /* see mol-open.h */
} DsTask;

/* The gap in eV from the course's 25 eigenvalues. */
void     ds_task_init  (DsTask       *task);
void     ds_task_copy  (const DsTask *task,
                        DsTask       *copy);
void     ds_task_clear (DsTask       *task);
gboolean ds_task_equal (const DsTask *a,
                        const DsTask *b);

/* Whether both give a network the same to learn: features, targets, unit. */
gboolean ds_task_learns_same (const DsTask *a,
                              const DsTask *b);

/* (transfer none): "eV", what all targets are in; "" where they are in several */
const char *ds_task_get_unit (const DsTask *task);

/* Whether they are in several, so that no mean over them means anything */
gboolean ds_task_mixes_units (const DsTask *task);

/* (transfer none): "eV", what target @t is in; "" where there is no such target */
const char *ds_task_get_target_unit (const DsTask *task,
                                     gsize         t);

/* Whether there are such features and targets. Errors: %MLP_ERROR_INVALID, with
 * the ids there are */
gboolean ds_task_check (const DsTask *task,
                        GError      **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DsTask, ds_task_clear)

G_END_DECLS
