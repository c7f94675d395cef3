/* recipe-json.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "recipe/recipe-json-private.h"
#include "recipe/recipe-json.h"
#include "recipe/recipe-option.h"

static JsonNode *
take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);

  return node;
}

/* A name that is not known is a fault of the file, not of a person's choice. */
static gboolean
set_format_error (gboolean ok,
                  GError **error)
{
  if (!ok && error != NULL && *error != NULL)
    (*error)->code = MLP_ERROR_FORMAT;

  return ok;
}

JsonArray *
recipe_json_from_layers (const MlpLayer *layers,
                         gsize           n_layers)
{
  JsonArray *array = json_array_sized_new (n_layers);

  for (gsize i = 0; i < n_layers; i++)
    {
      JsonObject *object = json_object_new ();

      recipe_json_set_uint64 (object, "width", layers[i].width);
      json_object_set_string_member (object, "activation",
                                     mlp_activation_get_name (layers[i].activation));
      json_array_add_object_element (array, object);
    }

  return array;
}

static gboolean
layer_from_json (JsonNode *node,
                 MlpLayer *layer,
                 GError  **error)
{
  JsonObject *object = recipe_json_as_object (node, _("a layer"), error);
  const char *activation = NULL;

  if (object == NULL ||
      !recipe_json_get_size (object, "width", &layer->width, error) ||
      !recipe_json_get_string (object, "activation", &activation, error))
    return FALSE;

  if (activation == NULL || !json_object_has_member (object, "width"))
    {
      g_set_error_literal (error, MLP_ERROR, MLP_ERROR_FORMAT,
                           _("a layer lacks “width” or “activation”"));
      return FALSE;
    }

  return set_format_error (mlp_activation_from_name (activation, &layer->activation, error), error);
}

GArray *
recipe_json_to_layers (JsonArray *array,
                       GError   **error)
{
  g_autoptr(GArray) layers = g_array_new (FALSE, FALSE, sizeof (MlpLayer));
  guint n = json_array_get_length (array);

  if (n > RECIPE_MAX_HIDDEN + 1)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("there are %u layers; the maximum is %d hidden layers"),
                   n, RECIPE_MAX_HIDDEN);
      return NULL;
    }

  for (guint i = 0; i < n; i++)
    {
      MlpLayer layer;

      if (!layer_from_json (json_array_get_element (array, i), &layer, error))
        return NULL;

      g_array_append_val (layers, layer);
    }

  return g_steal_pointer (&layers);
}

/* The object that "kind" of "optimizer.kind" is a member of. */
static JsonObject *
make_owner (JsonObject  *object,
            const char  *path,
            const char **name)
{
  const char *dot = strchr (path, '.');
  g_autofree char *group = NULL;
  JsonObject *owner;

  *name = path;
  if (dot == NULL)
    return object;

  *name = dot + 1;
  group = g_strndup (path, (gsize) (dot - path));
  if (json_object_has_member (object, group))
    return json_object_get_object_member (object, group);

  owner = json_object_new ();
  json_object_set_object_member (object, group, owner);

  return owner;
}

/* The same, NULL where there is none. */
static gboolean
find_owner (JsonObject  *object,
            const char  *path,
            JsonObject **owner,
            const char **name,
            GError     **error)
{
  const char *dot = strchr (path, '.');
  g_autofree char *group = NULL;

  *owner = object;
  *name = path;
  if (dot == NULL)
    return TRUE;

  *name = dot + 1;
  group = g_strndup (path, (gsize) (dot - path));

  return recipe_json_get_object (object, group, owner, error);
}

static void
write_option (JsonObject   *object,
              RecipeOption  option,
              gconstpointer data)
{
  const MlpOptionRow *row = option.row;
  gconstpointer field = G_STRUCT_MEMBER_P (data, row->offset);
  const char *name;
  JsonObject *owner;

  if ((row->flags & MLP_OPTION_OMIT_DEFAULT) && mlp_option_equal (row, data, recipe_option_peek_default (option)))
    return;

  owner = make_owner (object, row->member, &name);
  switch (row->kind)
    {
    case MLP_KIND_CHOICE:
      json_object_set_string_member (owner, name, row->choices->get_name (*(const guint *) field));
      break;

    case MLP_KIND_SWITCH:
      json_object_set_boolean_member (owner, name, *(const gboolean *) field);
      break;

    case MLP_KIND_FLOAT:
      recipe_json_set_float (owner, name, *(const float *) field);
      break;

    case MLP_KIND_UINT:
      recipe_json_set_uint64 (owner, name, *(const guint *) field);
      break;

    case MLP_KIND_SIZE:
      recipe_json_set_uint64 (owner, name, *(const gsize *) field);
      break;

    case MLP_KIND_UINT64:
      recipe_json_set_uint64 (owner, name, *(const guint64 *) field);
      break;

    case MLP_KIND_STRING:
      recipe_json_set_string (owner, name, *(char *const *) field);
      break;

    case MLP_KIND_LAYERS:
      {
        const GArray *layers = *(GArray *const *) field;

        json_object_set_array_member (owner, name,
                                      recipe_json_from_layers ((const MlpLayer *) (void *) layers->data, layers->len));
        break;
      }

    default:
      g_assert_not_reached ();
    }
}

static gboolean
read_choice (JsonObject         *owner,
             const char         *name,
             const MlpOptionRow *row,
             guint              *value,
             GError            **error)
{
  const char *word = NULL;

  if (!recipe_json_get_string (owner, name, &word, error))
    return FALSE;

  return word == NULL || set_format_error (row->choices->find (word, value, error), error);
}

static gboolean
read_string (JsonObject *owner,
             const char *name,
             char      **value,
             GError    **error)
{
  const char *text = NULL;

  if (!recipe_json_get_string (owner, name, &text, error))
    return FALSE;

  if (text != NULL)
    {
      g_free (*value);
      *value = g_strdup (text);
    }

  return TRUE;
}

static gboolean
read_layers (JsonObject *owner,
             const char *name,
             GArray    **value,
             GError    **error)
{
  g_autoptr(GArray) layers = NULL;
  JsonArray *array;

  if (!recipe_json_get_array (owner, name, &array, error))
    return FALSE;

  if (array == NULL)
    return TRUE;

  layers = recipe_json_to_layers (array, error);
  if (layers == NULL)
    return FALSE;

  g_array_unref (*value);
  *value = g_steal_pointer (&layers);

  return TRUE;
}

/* What is not there stays as it is. */
static gboolean
read_option (JsonObject         *object,
             const MlpOptionRow *row,
             gpointer            data,
             GError            **error)
{
  gpointer field = G_STRUCT_MEMBER_P (data, row->offset);
  const char *name;
  JsonObject *owner;

  if (!find_owner (object, row->member, &owner, &name, error))
    return FALSE;

  if (owner == NULL)
    return TRUE;

  switch (row->kind)
    {
    case MLP_KIND_CHOICE:
      return read_choice (owner, name, row, field, error);

    case MLP_KIND_SWITCH:
      return recipe_json_get_boolean (owner, name, field, error);

    case MLP_KIND_FLOAT:
      return recipe_json_get_float (owner, name, field, error);

    case MLP_KIND_UINT:
      return recipe_json_get_uint (owner, name, field, error);

    case MLP_KIND_SIZE:
      return recipe_json_get_size (owner, name, field, error);

    case MLP_KIND_UINT64:
      return recipe_json_get_uint64 (owner, name, G_MAXUINT64, field, error);

    case MLP_KIND_STRING:
      return read_string (owner, name, field, error);

    case MLP_KIND_LAYERS:
      return read_layers (owner, name, field, error);

    default:
      g_assert_not_reached ();
    }
}

JsonObject *
recipe_json_from_task (const DsTask *task)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < RECIPE_N_OPTIONS; i++)
    {
      const RecipeOption option = recipe_option_get_in_file (i);

      if (option.section == RECIPE_SECTION_TASK)
        write_option (object, option, task);
    }

  return object;
}

gboolean
recipe_json_to_task (JsonObject *object,
                     DsTask     *task,
                     GError    **error)
{
  g_auto(DsTask) read = { NULL };

  ds_task_copy (task, &read);
  for (guint i = 0; i < RECIPE_N_OPTIONS; i++)
    {
      const RecipeOption option = recipe_option_get_in_file (i);

      if (option.section == RECIPE_SECTION_TASK && !read_option (object, option.row, &read, error))
        return FALSE;
    }

  if (!set_format_error (ds_task_check (&read, error), error))
    return FALSE;

  ds_task_clear (task);
  ds_task_copy (&read, task);

  return TRUE;
}

JsonNode *
recipe_json_from_recipe (const Recipe *recipe)
{
  JsonObject *root;

  g_return_val_if_fail (recipe != NULL, NULL);

  root = json_object_new ();
  for (guint i = 0; i < RECIPE_N_OPTIONS; i++)
    {
      const RecipeOption option = recipe_option_get_in_file (i);
      const char *section = recipe_option_get_section (option);
      JsonObject *object = root;

      if (section != NULL && !json_object_has_member (root, section))
        json_object_set_object_member (root, section, json_object_new ());

      if (section != NULL)
        object = json_object_get_object_member (root, section);

      write_option (object, option, recipe_option_peek_data (option, recipe));
    }

  return take_object (root);
}

Recipe *
recipe_json_to_recipe (JsonNode *node,
                       GError  **error)
{
  g_autoptr(Recipe) recipe = NULL;
  JsonObject *root;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  root = recipe_json_as_object (node, _("the recipe"), error);
  if (root == NULL)
    return NULL;

  recipe = recipe_new ();
  for (guint i = 0; i < RECIPE_N_OPTIONS; i++)
    {
      const RecipeOption option = recipe_option_get_in_file (i);
      const char *section = recipe_option_get_section (option);
      JsonObject *object = root;

      if (section != NULL && !recipe_json_get_object (root, section, &object, error))
        return NULL;

      if (object != NULL &&
          !read_option (object, option.row, recipe_option_get_data (option, recipe), error))
        return NULL;
    }

  return set_format_error (ds_task_check (&recipe->task, error), error) ? g_steal_pointer (&recipe) : NULL;
}

JsonNode *
recipe_json_from_epoch (const MlpEpoch *epoch)
{
  JsonObject *object;

  g_return_val_if_fail (epoch != NULL, NULL);

  object = json_object_new ();
  recipe_json_set_uint64 (object, "epoch", epoch->epoch);
  recipe_json_set_double (object, "train_loss", epoch->train_loss);
  recipe_json_set_double (object, "validation_loss", epoch->validation_loss);
  recipe_json_set_double (object, "train_accuracy", epoch->train_accuracy);
  recipe_json_set_double (object, "validation_accuracy", epoch->validation_accuracy);
  recipe_json_set_double (object, "train_mae", epoch->train_mae);
  recipe_json_set_double (object, "validation_mae", epoch->validation_mae);
  recipe_json_set_double (object, "learning_rate", epoch->rate);

  return take_object (object);
}

gboolean
recipe_json_to_epoch (JsonNode *node,
                      MlpEpoch *epoch,
                      GError  **error)
{
  JsonObject *object;

  g_return_val_if_fail (node != NULL, FALSE);
  g_return_val_if_fail (epoch != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  *epoch = (MlpEpoch) { 0, NAN, NAN, NAN, NAN, NAN, NAN, NAN };

  object = recipe_json_as_object (node, _("an epoch"), error);

  return object != NULL &&
         recipe_json_get_uint (object, "epoch", &epoch->epoch, error) &&
         recipe_json_get_double (object, "train_loss", &epoch->train_loss, error) &&
         recipe_json_get_double (object, "validation_loss", &epoch->validation_loss, error) &&
         recipe_json_get_double (object, "train_accuracy", &epoch->train_accuracy, error) &&
         recipe_json_get_double (object, "validation_accuracy", &epoch->validation_accuracy, error) &&
         recipe_json_get_double (object, "train_mae", &epoch->train_mae, error) &&
         recipe_json_get_double (object, "validation_mae", &epoch->validation_mae, error) &&
         recipe_json_get_double (object, "learning_rate", &epoch->rate, error);
}
