/* cli-continue.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "cli/cli-continue.h"
#include "cli/cli.h"
#include "core/mlp-error.h"
#include "core/net/mlp-split.h"
#include "recipe/recipe-option.h"

RecipeFile *
cli_continue_load (const char *path,
                   GError    **error)
{
  g_autoptr(RecipeFile) file = cli_load_model (path, error);

  if (file == NULL || file->state != NULL)
    return g_steal_pointer (&file);

  g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
               "“%s” has a network, but not the state of its training: it was saved by an older version, "
               "while it was trained, or after an error; train it anew", path);
  return NULL;
}

guint
cli_continue_get_epoch (const RecipeFile *file)
{
  return file->epochs->len > 0 ? g_array_index (file->epochs, MlpEpoch, file->epochs->len - 1).epoch : 0;
}

/* The first option of which they have other values; of those with an argument on the command line, or with @any of all */
static gboolean
find_difference (const Recipe *a,
                 const Recipe *b,
                 gboolean      any,
                 RecipeOption *option)
{
  for (guint i = 0; i < RECIPE_N_OPTIONS; i++)
    {
      *option = recipe_option_get (i);

      if ((any || !(option->row->flags & MLP_OPTION_NO_ARGUMENT)) &&
          !mlp_option_equal (option->row, recipe_option_peek_data (*option, a), recipe_option_peek_data (*option, b)))
        return TRUE;
    }

  return FALSE;
}

static gboolean
check_same_run (const char   *path,
                const Recipe *then,
                const Recipe *now,
                GError      **error)
{
  g_autoptr(Recipe) changed = recipe_copy (then);
  g_autofree char *value_then = NULL;
  g_autofree char *value_now = NULL;
  RecipeOption option;

  changed->training.rate = now->training.rate;
  changed->training.epochs = now->training.epochs;
  changed->training.patience = now->training.patience;
  changed->training.threads = now->training.threads;

  if (!find_difference (changed, now, FALSE, &option) && !find_difference (changed, now, TRUE, &option))
    return TRUE;

  value_then = mlp_option_to_string (option.row, recipe_option_peek_data (option, changed));
  value_now = mlp_option_to_string (option.row, recipe_option_peek_data (option, now));

  return cli_set_usage_error (error, "“%s” was trained with %s %s, which cannot become %s: only --epochs, "
                              "--learning-rate, --patience and --threads may change when a run is continued",
                              path, option.row->name, value_then, value_now);
}

Recipe *
cli_continue_make_recipe (const char       *path,
                          const RecipeFile *file,
                          CliOptions       *options,
                          GError          **error)
{
  g_autoptr(Recipe) recipe = recipe_copy (recipe_file_peek_trained (file));
  const guint n_done = cli_continue_get_epoch (file);

  /* It may have been changed while the run was on. */
  recipe->training.rate = file->state->rate;

  if (!cli_options_apply (options, recipe, error) ||
      !check_same_run (path, recipe_file_peek_trained (file), recipe, error))
    return NULL;

  if (recipe->training.epochs > n_done)
    return g_steal_pointer (&recipe);

  cli_set_usage_error (error, "“%s” has %u epochs already; --epochs is how many there are in all, such as --epochs %u",
                       path, n_done, n_done + MAX (recipe->training.epochs, 1));
  return NULL;
}

gboolean
cli_continue_check_data (const char       *path,
                         const RecipeFile *file,
                         const DsSet      *set,
                         GError          **error)
{
  if (strcmp (set->identity, file->data.identity) == 0)
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
               "“%s” (%s, %s) is not what “%s” was trained on (%s, %s); continue with the same data",
               set->source, set->name, set->identity, path, file->data.name, file->data.identity);
  return FALSE;
}

gboolean
cli_continue_check_split (const char       *path,
                          const RecipeFile *file,
                          const DsSet      *set,
                          const MlpSplit   *split,
                          GError          **error)
{
  g_autoptr(RecipeSeen) now = recipe_seen_new (set, split);

  if (file->data.seen == NULL || recipe_seen_covers (file->data.seen, now))
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
               "“%s” has samples now that “%s” was not trained on (%s); continue with the same data",
               file->recipe->add != NULL ? file->recipe->add : set->source, path, file->data.name);
  return FALSE;
}
