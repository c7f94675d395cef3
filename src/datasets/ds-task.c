/* ds-task.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "datasets/ds-task.h"
#include "molecules/features/mol-features.h"

void
ds_task_init (DsTask *task)
{
  *task = (DsTask) {
    .features = g_strdup ("coulomb-eigenvalues-25"),
    .targets = g_strdup ("gap"),
    .unit = MOL_UNIT_EV,
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
  return ds_task_learns_same (a, b) &&
         !a->keep_uncharacterized == !b->keep_uncharacterized;
}

gboolean
ds_task_learns_same (const DsTask *a,
                     const DsTask *b)
{
  return g_strcmp0 (a->features, b->features) == 0 &&
         g_strcmp0 (a->targets, b->targets) == 0 &&
         a->unit == b->unit;
}

const char *
ds_task_get_unit (const DsTask *task)
{
  g_autoptr(GPtrArray) targets = NULL;
  const char *unit = "";

  g_return_val_if_fail (task != NULL, "");

  if (!mol_target_parse_list (task->targets, &targets, NULL))
    return "";

  for (guint t = 0; t < targets->len; t++)
    {
      const char *its = mol_target_get_unit (g_ptr_array_index (targets, t), task->unit);

      if (t > 0 && strcmp (its, unit) != 0)
        return "";

      unit = its;
    }

  return unit;
}

gboolean
ds_task_mixes_units (const DsTask *task)
{
  g_autoptr(GPtrArray) targets = NULL;

  g_return_val_if_fail (task != NULL, FALSE);

  return mol_target_parse_list (task->targets, &targets, NULL) && targets->len > 1 &&
         *ds_task_get_unit (task) == '\0';
}

const char *
ds_task_get_target_unit (const DsTask *task,
                         gsize         t)
{
  g_autoptr(GPtrArray) targets = NULL;

  g_return_val_if_fail (task != NULL, "");

  if (!mol_target_parse_list (task->targets, &targets, NULL) || t >= targets->len)
    return "";

  return mol_target_get_unit (g_ptr_array_index (targets, t), task->unit);
}

gboolean
ds_task_check (const DsTask *task,
               GError      **error)
{
  g_autoptr(GPtrArray) targets = NULL;

  return mol_features_find (task->features, error) != NULL &&
         mol_target_parse_list (task->targets, &targets, error);
}
