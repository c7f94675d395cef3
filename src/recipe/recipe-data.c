/* recipe-data.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "recipe/recipe-data.h"

static DsTask *
dup_task (const DsTask *task)
{
  DsTask *copy;

  if (task == NULL)
    return NULL;

  copy = g_new (DsTask, 1);
  ds_task_copy (task, copy);

  return copy;
}

void
recipe_data_init (RecipeData  *data,
                  const DsSet *set)
{
  *data = (RecipeData) { .name = g_strdup (set != NULL ? set->name : ""),
                         .identity = g_strdup (set != NULL ? set->identity : "") };
  if (set == NULL)
    return;

  data->n_inputs = mlp_samples_get_n_inputs (set->samples);
  data->n_outputs = mlp_samples_get_n_outputs (set->samples);
  data->rows = set->rows;
  data->columns = set->columns;
  data->class_names = g_strdupv (set->class_names);
  data->task = dup_task (set->task);
  data->n_added = set->n_added;

  if (mlp_samples_peek_bytes (set->samples, 0) != NULL)
    data->scale = mlp_samples_get_scale (set->samples);
}

void
recipe_data_copy (const RecipeData *data,
                  RecipeData       *copy)
{
  *copy = *data;
  copy->name = g_strdup (data->name);
  copy->identity = g_strdup (data->identity);
  copy->class_names = g_strdupv (data->class_names);
  copy->task = dup_task (data->task);
  copy->seen = data->seen != NULL ? recipe_seen_ref (data->seen) : NULL;
}

void
recipe_data_clear (RecipeData *data)
{
  g_free (data->name);
  g_free (data->identity);
  g_strfreev (data->class_names);
  if (data->task != NULL)
    ds_task_clear (data->task);

  g_free (data->task);
  g_clear_pointer (&data->seen, recipe_seen_unref);
  *data = (RecipeData) { NULL };
}

char *
recipe_data_describe_classes (const RecipeData *data,
                              const DsSet      *set)
{
  if (data->class_names == NULL || set->class_names == NULL || !mlp_samples_has_classes (set->samples))
    return NULL;

  for (gsize i = 0; data->class_names[i] != NULL && set->class_names[i] != NULL; i++)
    if (!g_str_equal (data->class_names[i], set->class_names[i]))
      return g_strdup_printf (_("The class names differ: the network was trained on “%s” where these data have “%s”."),
                              data->class_names[i], set->class_names[i]);

  return NULL;
}
