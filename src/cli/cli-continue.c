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
#include "recipe/recipe-json.h"

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

/* The first member in which @a is another than @b, in words: "training.optimizer.kind "adam"".
 * @name: of the objects themselves, or "" */
static gboolean
find_difference (const char *name,
                 JsonNode   *a,
                 JsonNode   *b,
                 char      **text_a,
                 char      **text_b)
{
  g_autofree char *json_a = NULL;
  g_autofree char *json_b = NULL;

  if (a != NULL && b != NULL && JSON_NODE_HOLDS_OBJECT (a) && JSON_NODE_HOLDS_OBJECT (b))
    {
      g_autoptr(GList) members = json_object_get_members (json_node_get_object (a));

      for (GList *l = members; l != NULL; l = l->next)
        {
          g_autofree char *path = g_strjoin (*name != '\0' ? "." : "", name, l->data, NULL);

          if (find_difference (path, json_object_get_member (json_node_get_object (a), l->data),
                               json_object_get_member (json_node_get_object (b), l->data), text_a, text_b))
            return TRUE;
        }

      return FALSE;
    }

  json_a = a != NULL ? recipe_json_to_text (a) : g_strdup ("–");
  json_b = b != NULL ? recipe_json_to_text (b) : g_strdup ("–");
  if (strcmp (json_a, json_b) == 0)
    return FALSE;

  *text_a = g_strdup_printf ("%s %s", name, json_a);
  *text_b = g_strdup_printf ("%s %s", name, json_b);

  return TRUE;
}

static gboolean
check_same_run (const char   *path,
                const Recipe *then,
                const Recipe *now,
                GError      **error)
{
  g_autoptr(Recipe) changed = recipe_copy (then);
  g_autoptr(JsonNode) a = NULL;
  g_autoptr(JsonNode) b = NULL;
  g_autofree char *text_a = NULL;
  g_autofree char *text_b = NULL;

  changed->training.rate = now->training.rate;
  changed->training.epochs = now->training.epochs;
  changed->training.patience = now->training.patience;
  changed->training.threads = now->training.threads;

  if (recipe_equal (changed, now))
    return TRUE;

  /* What is new is looked for from its side as well. */
  a = recipe_json_from_recipe (changed);
  b = recipe_json_from_recipe (now);
  if (!find_difference ("", a, b, &text_a, &text_b))
    find_difference ("", b, a, &text_b, &text_a);

  return cli_set_usage_error (error, "“%s” was trained with %s, which cannot become %s: only --epochs, --learning-rate, "
                              "--patience and --threads may change when a run is continued",
                              path, text_a != NULL ? text_a : "another recipe", text_b != NULL ? text_b : "this one");
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
