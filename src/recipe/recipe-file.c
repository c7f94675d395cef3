/* recipe-file.c: files in memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "core/net/mlp-split.h"
#include "recipe/recipe-file-private.h"
#include "recipe/recipe-image.h"

RecipeFile *
recipe_file_new_empty (void)
{
  RecipeFile *file = g_new0 (RecipeFile, 1);

  file->epochs = g_array_new (FALSE, FALSE, sizeof (MlpEpoch));

  return file;
}

RecipeFile *
recipe_file_new (const Recipe   *recipe,
                 const DsSet    *set,
                 const MlpNet   *net,
                 const MlpEpoch *epochs,
                 gsize           n_epochs,
                 guint           best_epoch)
{
  RecipeFile *file;

  g_return_val_if_fail (recipe != NULL, NULL);
  g_return_val_if_fail (epochs != NULL || n_epochs == 0, NULL);
  g_return_val_if_fail (n_epochs <= G_MAXUINT, NULL);

  file = recipe_file_new_empty ();
  file->recipe = recipe_copy (recipe);
  file->best_epoch = best_epoch;

  if (n_epochs > 0)
    g_array_append_vals (file->epochs, epochs, (guint) n_epochs);

  if (net != NULL)
    file->net = mlp_net_copy (net);
  recipe_data_init (&file->data, set);
  file->data.whole_pictures = set != NULL && recipe_image_fills_frame (set);
  if (set == NULL && net != NULL)
    {
      file->data.n_inputs = mlp_net_get_width (net, 0);
      file->data.n_outputs = mlp_net_get_width (net, mlp_net_get_n_layers (net));
    }

  return file;
}

void
recipe_file_free (RecipeFile *file)
{
  if (file == NULL)
    return;

  g_clear_pointer (&file->recipe, recipe_free);
  g_clear_pointer (&file->trained, recipe_free);
  recipe_data_clear (&file->data);
  g_clear_pointer (&file->net, mlp_net_free);
  g_clear_pointer (&file->state, mlp_training_state_unref);
  g_clear_pointer (&file->epochs, g_array_unref);
  g_free (file);
}

const Recipe *
recipe_file_peek_trained (const RecipeFile *file)
{
  g_return_val_if_fail (file != NULL, NULL);

  return file->trained != NULL ? file->trained : file->recipe;
}

MlpSplit *
recipe_file_divide (const RecipeFile *file,
                    const DsSet      *set,
                    RecipeParts      *parts,
                    GError          **error)
{
  g_return_val_if_fail (file != NULL && set != NULL, NULL);

  return recipe_seen_divide (file->data.seen, g_strcmp0 (file->data.identity, set->identity) == 0, set,
                             &recipe_file_peek_trained (file)->split, parts, error);
}
