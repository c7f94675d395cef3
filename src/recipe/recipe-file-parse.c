/* recipe-file-parse.c: reads .perz files, and trusts nothing in them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "core/mlp-display.h"
#include "core/mlp-error.h"
#include "io/io-read.h"
#include "molecules/features/mol-features.h"
#include "recipe/recipe-file-private.h"
#include "recipe/recipe-json-private.h"
#include "recipe/recipe-json.h"

#define PREFIX 8

/* Whether the first bytes are those of a .perz file of @n_bytes. */
static gboolean
check_start (const guint8 *start,
             gsize         n_start,
             gsize         n_bytes,
             gsize        *n_header,
             GError      **error)
{
  guint64 length;

  if (n_start < PREFIX)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TRUNCATED,
                   _("the file ends after %zu bytes; a .perz file begins with 8 bytes giving the length of its header"), n_start);
      return FALSE;
    }

  memcpy (&length, start, PREFIX);
  length = GUINT64_FROM_LE (length);

  if (length < 2 || length > RECIPE_FILE_MAX_HEADER || (n_start > PREFIX && start[PREFIX] != '{'))
    {
      g_set_error_literal (error, MLP_ERROR, MLP_ERROR_FORMAT,
                           _("this is not a .perz file: it does not begin with the length of a JSON header"));
      return FALSE;
    }

  if (length > n_bytes - PREFIX)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TRUNCATED,
                   _("the file ends after %zu bytes, but its header ends at byte %" PRIu64), n_bytes, length + PREFIX);
      return FALSE;
    }

  *n_header = (gsize) length;

  return TRUE;
}

/* (transfer full): the header, checked to be there as a whole */
static JsonNode *
read_header (const guint8 *bytes,
             gsize         n_bytes,
             gsize        *n_header,
             GError      **error)
{
  gsize end;

  if (!check_start (bytes, n_bytes, n_bytes, n_header, error))
    return NULL;

  end = *n_header;
  while (end > 0 && bytes[PREFIX + end - 1] == ' ')
    end--;

  return recipe_json_parse ((const char *) bytes + PREFIX, end, _("its header"), error);
}

static gboolean
check_metadata (RecipeFileSource *source,
                GError          **error)
{
  g_autoptr(GList) values = NULL;
  const char *format = NULL;
  const char *version = NULL;

  if (!recipe_json_get_object (source->header, RECIPE_FILE_METADATA, &source->metadata, error))
    return FALSE;

  if (source->metadata != NULL)
    {
      values = json_object_get_values (source->metadata);

      for (GList *item = values; item != NULL; item = item->next)
        {
          if (json_node_get_value_type (item->data) != G_TYPE_STRING)
            {
              g_set_error_literal (error, MLP_ERROR, MLP_ERROR_FORMAT,
                                   _("its metadata are not all strings"));
              return FALSE;
            }
        }

      if (!recipe_json_get_string (source->metadata, "format", &format, error) ||
          !recipe_json_get_string (source->metadata, "version", &version, error))
        return FALSE;
    }

  if (g_strcmp0 (format, RECIPE_FILE_FORMAT) != 0)
    {
      const gboolean has_recipe = source->metadata != NULL && json_object_has_member (source->metadata, "recipe");

      if (has_recipe)
        g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                     _("its metadata give the format “%s”; expected “%s”"),
                     format != NULL ? format : "", RECIPE_FILE_FORMAT);
      else
        g_set_error_literal (error, MLP_ERROR, MLP_ERROR_FORMAT,
                             _("this is a safetensors file from another program: it has tensors, but no recipe for using "
                               "them"));
      return FALSE;
    }

  source->is_version_1 = g_strcmp0 (version, "1") == 0;
  if (!source->is_version_1 && g_strcmp0 (version, RECIPE_FILE_VERSION) != 0)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("this is a .perz file of version %s; this program reads versions up to %s; a newer version may be "
                     "able to read it"), version != NULL ? version : "?", RECIPE_FILE_VERSION);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_has (const RecipeFileSource *source,
           const char             *name,
           GError                **error)
{
  if (json_object_has_member (source->metadata, name))
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT, _("its metadata lack “%s”"), name);
  return FALSE;
}

JsonNode *
recipe_file_source_read_metadata (const RecipeFileSource *source,
                                  const char             *name,
                                  GError                **error)
{
  g_autoptr(JsonNode) node = NULL;
  const char *text = NULL;

  if (!check_has (source, name, error) ||
      !recipe_json_get_string (source->metadata, name, &text, error))
    return NULL;

  node = recipe_json_parse (text, strlen (text), name, error);
  if (node == NULL || recipe_json_as_object (node, name, error) == NULL)
    return NULL;

  return g_steal_pointer (&node);
}

static gboolean
check_checksum (const RecipeFileSource *source,
                const GArray           *tensors,
                GError                **error)
{
  g_autofree char *expected = NULL;
  const char *found = NULL;

  if (!check_has (source, "checksum", error) ||
      !recipe_json_get_string (source->metadata, "checksum", &found, error))
    return FALSE;

  if (source->is_version_1 && found != NULL)
    {
      if (recipe_file_check_version_1 (source->metadata, tensors, source->tensors, source->n_tensors, found))
        return TRUE;
    }
  else if (found != NULL)
    {
      expected = recipe_file_checksum (source->metadata, tensors, source->tensors);
      if (g_strcmp0 (found, expected) == 0)
        return TRUE;
    }

  g_set_error_literal (error, MLP_ERROR, MLP_ERROR_FORMAT,
                       _("its checksum does not match its content: the file is damaged or was modified; use another copy"));
  return FALSE;
}

static char **
read_names (JsonArray *array,
            GError   **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (json_node_get_value_type (node) != G_TYPE_STRING)
        {
          g_set_error_literal (error, MLP_ERROR, MLP_ERROR_FORMAT,
                               _("a class name of its data is not a string"));
          return NULL;
        }

      g_ptr_array_add (names, mlp_display_text (json_node_get_string (node), NULL));
    }

  g_ptr_array_add (names, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

static gboolean
check_data (const RecipeData *data,
            const MlpNet     *net,
            GError          **error)
{
  if (net != NULL &&
      (mlp_net_get_width (net, 0) != data->n_inputs ||
       mlp_net_get_width (net, mlp_net_get_n_layers (net)) != data->n_outputs))
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   _("its network does not match its data, which have %zu inputs and %zu outputs"),
                   data->n_inputs, data->n_outputs);
      return FALSE;
    }

  if ((guint64) data->rows * data->columns != (data->rows > 0 ? data->n_inputs : 0))
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   _("its images of %u × %u do not have %zu pixels"),
                   data->rows, data->columns, data->n_inputs);
      return FALSE;
    }

  if (data->class_names != NULL && g_strv_length (data->class_names) != data->n_outputs)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   _("its data list %u class names, but there are %zu outputs"),
                   g_strv_length (data->class_names), data->n_outputs);
      return FALSE;
    }

  if (data->scale < 0.0f)
    {
      g_set_error_literal (error, MLP_ERROR, MLP_ERROR_FORMAT, _("“scale” of its data is negative"));
      return FALSE;
    }

  return TRUE;
}

static gboolean
read_data (JsonObject *object,
           RecipeData *data,
           GError    **error)
{
  JsonObject *task;
  JsonArray *names;
  const char *name = "";
  const char *identity = "";

  if (!recipe_json_get_string (object, "name", &name, error) ||
      !recipe_json_get_string (object, "identity", &identity, error) ||
      !recipe_json_get_size (object, "inputs", &data->n_inputs, error) ||
      !recipe_json_get_size (object, "outputs", &data->n_outputs, error) ||
      !recipe_json_get_uint (object, "rows", &data->rows, error) ||
      !recipe_json_get_uint (object, "columns", &data->columns, error) ||
      !recipe_json_get_float (object, "scale", &data->scale, error) ||
      !recipe_json_get_size (object, "added", &data->n_added, error) ||
      !recipe_json_get_boolean (object, "whole_pictures", &data->whole_pictures, error) ||
      !recipe_json_get_object (object, "task", &task, error) ||
      !recipe_json_get_array (object, "class_names", &names, error))
    return FALSE;

  data->name = mlp_display_text (name, NULL);
  data->identity = mlp_display_text (identity, NULL);

  if (task != NULL)
    {
      data->task = g_new (DsTask, 1);
      ds_task_init (data->task);
      if (!recipe_json_to_task (task, data->task, error))
        return FALSE;
    }

  if (names != NULL)
    {
      data->class_names = read_names (names, error);
      if (data->class_names == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_history (const RecipeFileSource *source,
              RecipeFile             *file,
              GError                **error)
{
  g_autoptr(JsonNode) node = recipe_file_source_read_metadata (source, "history", error);
  JsonArray *epochs;

  if (node == NULL ||
      !recipe_json_get_uint (json_node_get_object (node), "best_epoch", &file->best_epoch, error) ||
      !recipe_json_get_array (json_node_get_object (node), "epochs", &epochs, error))
    return FALSE;

  for (guint i = 0; epochs != NULL && i < json_array_get_length (epochs); i++)
    {
      MlpEpoch epoch;

      if (!recipe_json_to_epoch (json_array_get_element (epochs, i), &epoch, error))
        return FALSE;

      /* Older files have a mean over several units. */
      if (file->data.task != NULL && ds_task_mixes_units (file->data.task))
        epoch.train_mae = epoch.validation_mae = (double) NAN;

      g_array_append_val (file->epochs, epoch);
    }

  return TRUE;
}

/* (transfer full) (nullable) */
static Recipe *
read_recipe (const RecipeFileSource *source,
             const char             *name,
             GError                **error)
{
  g_autoptr(JsonNode) node = recipe_file_source_read_metadata (source, name, error);

  return node != NULL ? recipe_json_to_recipe (node, error) : NULL;
}

/* A scaler without ranges was fitted before small deviations had a floor. */
static void
mend_scaler (const RecipeFileSource *source,
             RecipeFile             *file)
{
  const MlpScaler *scaler = file->net != NULL ? mlp_net_peek_scaler (file->net) : NULL;
  g_autoptr(MlpScaler) floored = NULL;
  const MolFeature *feature;

  if (scaler == NULL || file->data.task == NULL ||
      json_object_has_member (source->header, recipe_file_scaler_names[RECIPE_FILE_SCALER_RANGES]))
    return;

  feature = mol_features_find (file->data.task->features, NULL);
  if (feature == NULL || feature->length != mlp_scaler_get_n_inputs (scaler))
    return;

  floored = mlp_scaler_new_floored (scaler, feature->blocks);
  mlp_net_set_scaler (file->net, floored);
}

static RecipeFile *
read_file (RecipeFileSource *source,
           gboolean          verify,
           GError          **error)
{
  g_autoptr(RecipeFile) file = recipe_file_new_empty ();
  g_autoptr(GArray) tensors = recipe_file_tensors_new ();
  g_autoptr(JsonNode) node = NULL;
  JsonObject *data;

  if (!check_metadata (source, error) || !check_has (source, "recipe", error))
    return NULL;

  node = recipe_file_source_read_metadata (source, "data", error);
  if (node == NULL)
    return NULL;

  data = json_node_get_object (node);
  if (!recipe_file_source_read_net (source, data, tensors, &file->net, &file->data.seen, &file->state, error) ||
      (verify && !check_checksum (source, tensors, error)))
    return NULL;

  file->recipe = read_recipe (source, "recipe", error);
  if (file->recipe == NULL)
    return NULL;

  if (file->net != NULL && json_object_has_member (source->metadata, "trained"))
    {
      file->trained = read_recipe (source, "trained", error);
      if (file->trained == NULL)
        return NULL;
    }

  if (!read_data (data, &file->data, error) ||
      !check_data (&file->data, file->net, error) ||
      !read_history (source, file, error))
    return NULL;

  mend_scaler (source, file);

  return g_steal_pointer (&file);
}

RecipeFile *
recipe_file_parse_checked (const char   *name,
                           const guint8 *bytes,
                           gsize         n_bytes,
                           gboolean      verify,
                           GError      **error)
{
  g_autoptr(JsonNode) header = NULL;
  RecipeFileSource source = { NULL };
  RecipeFile *file = NULL;
  gsize n_header = 0;

  header = read_header (bytes, n_bytes, &n_header, error);
  if (header != NULL)
    source.header = recipe_json_as_object (header, _("its header"), error);

  if (source.header != NULL)
    {
      source.tensors = bytes + PREFIX + n_header;
      source.n_tensors = n_bytes - PREFIX - n_header;
      file = read_file (&source, verify, error);
    }

  if (file == NULL)
    /* Translators: the name of a file, before what is wrong with it */
    g_prefix_error (error, _("“%s”: "), name);

  return file;
}

RecipeFile *
recipe_file_parse (const char   *name,
                   const guint8 *bytes,
                   gsize         n_bytes,
                   GError      **error)
{
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (bytes != NULL || n_bytes == 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return recipe_file_parse_checked (name, bytes, n_bytes, TRUE, error);
}

/* A large file that is no .perz file is refused by its first bytes. */
static gboolean
check_file (const guint8 *start,
            gsize         n_start,
            guint64       size,
            gpointer      user_data,
            GError      **error)
{
  gsize n_header;

  return check_start (start, n_start, (gsize) size, &n_header, error);
}

RecipeFile *
recipe_file_load (const char *path,
                  GError    **error)
{
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) local_error = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  name = mlp_display_filename (path);
  bytes = io_read_file (path, check_file, NULL, &local_error);

  if (bytes != NULL)
    return recipe_file_parse (name, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);

  if (g_error_matches (local_error, MLP_ERROR, MLP_ERROR_OPEN))
    g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN, _("“%s” cannot be read: %s"), name, local_error->message);
  else
    g_propagate_prefixed_error (error, g_steal_pointer (&local_error), _("“%s”: "), name);

  return NULL;
}
