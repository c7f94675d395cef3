/* ds-task.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "datasets/ds-features.h"
#include "datasets/ds-task.h"

void
ds_task_init (DsTask *task)
{
  *task = (DsTask) {
    .features = g_strdup ("coulomb-eigenvalues-25"),
    .targets = g_strdup ("gap"),
    .unit = DS_UNIT_EV,
  };
}

void
ds_task_copy (const DsTask *task,
              DsTask       *copy)
{
  *copy = *task;
  copy->features = g_strdup (task->features);
  copy->targets = g_strdup (task->targets);
}

void
ds_task_clear (DsTask *task)
{
  g_clear_pointer (&task->features, g_free);
  g_clear_pointer (&task->targets, g_free);
}

gboolean
ds_task_equal (const DsTask *a,
               const DsTask *b)
{
  return g_strcmp0 (a->features, b->features) == 0 &&
         g_strcmp0 (a->targets, b->targets) == 0 &&
         a->unit == b->unit &&
         !a->keep_uncharacterized == !b->keep_uncharacterized;
}

gboolean
ds_task_check (const DsTask *task,
               GError      **error)
{
  g_autoptr(GPtrArray) targets = NULL;

  return ds_features_find (task->features, error) != NULL &&
         ds_targets_parse (task->targets, &targets, error);
}
