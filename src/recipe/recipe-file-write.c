/* recipe-file-write.c: writes .perz files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/net/mlp-split.h"
#include "io/io-replace.h"
#include "recipe/recipe-file-private.h"
#include "recipe/recipe-json-private.h"
#include "recipe/recipe-json.h"

/* Takes @object. */
static void
set_json (JsonObject *metadata,
          const char *name,
          JsonObject *object)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_take_object (node, object);
  text = recipe_json_to_text (node);
  json_object_set_string_member (metadata, name, text);
}

static JsonObject *
network_to_json (const MlpNet *net)
{
  const MlpScaler *scaler = mlp_net_peek_scaler (net);
  const MlpNovelty *novelty = mlp_net_peek_novelty (net);
  JsonObject *object = json_object_new ();
  gsize L = mlp_net_get_n_layers (net);
  g_autofree MlpLayer *layers = g_new (MlpLayer, L);

  for (gsize l = 1; l <= L; l++)
    {
      layers[l - 1] = (MlpLayer) { mlp_net_get_width (net, l), mlp_net_get_activation (net, l) };
    }

  recipe_json_set_uint64 (object, "inputs", mlp_net_get_width (net, 0));
  json_object_set_boolean_member (object, "scaler", scaler != NULL);
  json_object_set_boolean_member (object, "ranges", scaler != NULL);
  json_object_set_boolean_member (object, "linear_path",
                                  scaler != NULL && mlp_scaler_peek_linear (scaler) != NULL);
  if (novelty != NULL)
    recipe_json_set_uint64 (object, "novelty_rank", mlp_novelty_get_rank (novelty));
  json_object_set_array_member (object, "layers", recipe_json_from_layers (layers, L));

  return object;
}

static JsonObject *
seen_to_json (const RecipeSeen *seen)
{
  JsonObject *object = json_object_new ();
  gsize n_train, n_validation;

  recipe_seen_peek (seen, MLP_TRAIN, &n_train);
  recipe_seen_peek (seen, MLP_VALIDATION, &n_validation);
  recipe_json_set_uint64 (object, "train", n_train);
  recipe_json_set_uint64 (object, "validation", n_validation);
  json_object_set_boolean_member (object, "complete", recipe_seen_is_complete (seen));

  return object;
}

static JsonObject *
data_to_json (const RecipeData *data)
{
  JsonObject *object = json_object_new ();

  recipe_json_set_string (object, "name", data->name);
  recipe_json_set_string (object, "identity", data->identity);
  recipe_json_set_uint64 (object, "inputs", data->n_inputs);
  recipe_json_set_uint64 (object, "outputs", data->n_outputs);
  recipe_json_set_uint64 (object, "rows", data->rows);
  recipe_json_set_uint64 (object, "columns", data->columns);
  recipe_json_set_float (object, "scale", data->scale);

  if (data->class_names != NULL)
    {
      JsonArray *names = json_array_new ();

      for (gsize i = 0; data->class_names[i] != NULL; i++)
        {
          g_autofree char *name = g_utf8_make_valid (data->class_names[i], -1);

          json_array_add_string_element (names, name);
        }

      json_object_set_array_member (object, "class_names", names);
    }

  if (data->n_added > 0)
    recipe_json_set_uint64 (object, "added", data->n_added);

  if (data->whole_pictures)
    json_object_set_boolean_member (object, "whole_pictures", TRUE);

  if (data->task != NULL)
    json_object_set_object_member (object, "task", recipe_json_from_task (data->task));

  if (data->seen != NULL)
    json_object_set_object_member (object, "seen", seen_to_json (data->seen));

  return object;
}

/* Whether an epoch is written: the first, the best, the last, and those whose number is a multiple of
 * @step. */
static gboolean
is_written (const RecipeFile *file,
            guint             i,
            guint             step)
{
  const guint epoch = g_array_index (file->epochs, MlpEpoch, i).epoch;

  return epoch % step == 0 || i == 0 || i == file->epochs->len - 1 || epoch == file->best_epoch;
}

/* The smallest power of two with which there are few enough. Of a run that goes on, what an earlier
 * file kept is then all that a later one would. */
static guint
choose_step (const RecipeFile *file)
{
  guint step = 1;

  for (;; step *= 2)
    {
      guint n = 0;

      for (guint i = 0; i < file->epochs->len; i++)
        n += is_written (file, i, step);

      if (n <= RECIPE_FILE_MAX_EPOCHS || step > G_MAXUINT / 2)
        return step;
    }
}

static JsonObject *
history_to_json (const RecipeFile *file)
{
  const guint step = choose_step (file);
  JsonObject *object = json_object_new ();
  JsonArray *epochs = json_array_new ();

  for (guint i = 0; i < file->epochs->len; i++)
    if (is_written (file, i, step))
      json_array_add_element (epochs, recipe_json_from_epoch (&g_array_index (file->epochs, MlpEpoch, i)));

  recipe_json_set_uint64 (object, "best_epoch", file->best_epoch);
  json_object_set_array_member (object, "epochs", epochs);

  return object;
}

/* (transfer full): "eV, D" */
static char *
join_units (const DsTask *task)
{
  g_autoptr(GPtrArray) targets = NULL;
  GString *text = g_string_new (NULL);

  if (mol_target_parse_list (task->targets, &targets, NULL))
    {
      for (guint t = 0; t < targets->len; t++)
        g_string_append_printf (text, "%s%s", t > 0 ? ", " : "",
                                mol_target_get_unit (g_ptr_array_index (targets, t), task->unit));
    }

  return g_string_free (text, FALSE);
}

/* Bytes are those of pictures, and pictures have classes. */
static JsonObject *
units_to_json (const RecipeData *data)
{
  JsonObject *object = json_object_new ();

  if (data->task != NULL)
    {
      g_autofree char *units = join_units (data->task);

      json_object_set_string_member (object, "inputs", "1");
      json_object_set_string_member (object, "outputs", units);

      return object;
    }

  json_object_set_string_member (object, "inputs", data->scale > 0.0f ? "byte × scale" : "1");
  json_object_set_string_member (object, "outputs", data->scale > 0.0f ? "class" : "1");

  return object;
}

static JsonObject *
make_metadata (const RecipeFile *file,
               const GArray     *tensors,
               const guint8     *bytes)
{
  JsonObject *metadata = json_object_new ();
  g_autoptr(JsonNode) recipe = recipe_json_from_recipe (file->recipe);
  g_autofree char *recipe_text = recipe_json_to_text (recipe);
  g_autofree char *checked = NULL;
  g_autofree char *checksum = NULL;

  json_object_set_string_member (metadata, "format", RECIPE_FILE_FORMAT);
  json_object_set_string_member (metadata, "version", RECIPE_FILE_VERSION);
  json_object_set_string_member (metadata, "recipe", recipe_text);

  if (file->net != NULL)
    set_json (metadata, "network", network_to_json (file->net));

  if (file->net != NULL && file->trained != NULL && !recipe_equal (file->trained, file->recipe))
    {
      g_autoptr(JsonNode) trained = recipe_json_from_recipe (file->trained);
      g_autofree char *text = recipe_json_to_text (trained);

      json_object_set_string_member (metadata, "trained", text);
    }

  if (file->net != NULL && file->state != NULL)
    set_json (metadata, "training", recipe_file_training_to_json (file->state));

  set_json (metadata, "data", data_to_json (&file->data));
  set_json (metadata, "history", history_to_json (file));
  set_json (metadata, "units", units_to_json (&file->data));
  json_object_set_string_member (metadata, "program", "Perzeptron " PACKAGE_VERSION);

  checked = recipe_file_list_checked (metadata);
  json_object_set_string_member (metadata, "checked", checked);
  checksum = recipe_file_checksum (metadata, tensors, bytes);
  json_object_set_string_member (metadata, "checksum", checksum);

  return metadata;
}

static void
add_layers (GArray       *tensors,
            const MlpNet *net)
{
  const float *params = mlp_net_peek_params (net);

  for (gsize l = 1; l <= mlp_net_get_n_layers (net); l++)
    {
      g_autofree char *weight = recipe_file_weight_name (l);
      g_autofree char *bias = recipe_file_bias_name (l);
      const gsize n = mlp_net_get_width (net, l);

      recipe_file_tensors_add (tensors, weight, RECIPE_FILE_F32, n, mlp_net_get_width (net, l - 1),
                               params + mlp_net_get_weight_offset (net, l));
      recipe_file_tensors_add (tensors, bias, RECIPE_FILE_F32, n, 0, params + mlp_net_get_bias_offset (net, l));
    }
}

/* The tensors of a scaler, then those of a novelty, in the order of their names. */
static void
add_extras (GArray       *tensors,
            const MlpNet *net)
{
  const MlpScaler *scaler = mlp_net_peek_scaler (net);
  const MlpNovelty *novelty = mlp_net_peek_novelty (net);
  const gsize n_inputs = mlp_net_get_width (net, 0);
  const gsize n_outputs = mlp_net_get_width (net, mlp_net_get_n_layers (net));
  const char *const *names = recipe_file_scaler_names;

  if (scaler != NULL)
    {
      recipe_file_tensors_add (tensors, names[0], RECIPE_FILE_F32, n_inputs, 0, mlp_scaler_peek_x_mean (scaler));
      recipe_file_tensors_add (tensors, names[1], RECIPE_FILE_F32, n_inputs, 0, mlp_scaler_peek_x_deviation (scaler));
      recipe_file_tensors_add (tensors, names[2], RECIPE_FILE_F32, n_outputs, 0, mlp_scaler_peek_y_mean (scaler));
      recipe_file_tensors_add (tensors, names[3], RECIPE_FILE_F32, n_outputs, 0, mlp_scaler_peek_y_deviation (scaler));
      recipe_file_tensors_add (tensors, names[4], RECIPE_FILE_F32, n_inputs, 0, mlp_scaler_peek_x_low (scaler));
      recipe_file_tensors_add (tensors, names[5], RECIPE_FILE_F32, n_inputs, 0, mlp_scaler_peek_x_high (scaler));
      recipe_file_tensors_add (tensors, names[6], RECIPE_FILE_F32, n_outputs, 0, mlp_scaler_peek_y_low (scaler));
      recipe_file_tensors_add (tensors, names[7], RECIPE_FILE_F32, n_outputs, 0, mlp_scaler_peek_y_high (scaler));
      if (mlp_scaler_peek_linear (scaler) != NULL)
        recipe_file_tensors_add (tensors, names[8], RECIPE_FILE_F32, n_outputs, n_inputs,
                                 mlp_scaler_peek_linear (scaler));
    }

  names = recipe_file_novelty_names;
  if (novelty != NULL)
    {
      const gsize rank = mlp_novelty_get_rank (novelty);

      recipe_file_tensors_add (tensors, names[0], RECIPE_FILE_F32, n_outputs, n_inputs,
                               mlp_novelty_peek_means (novelty));
      recipe_file_tensors_add (tensors, names[1], RECIPE_FILE_F32, n_outputs * rank, n_inputs,
                               mlp_novelty_peek_axes (novelty));
      recipe_file_tensors_add (tensors, names[2], RECIPE_FILE_F32, MLP_NOVELTY_N_LIMITS, 0,
                               mlp_novelty_peek_limits (novelty));
    }
}

/* The hashes as bytes, eight each. */
static void
add_samples (GArray           *tensors,
             const RecipeSeen *seen)
{
  for (int part = 0; part < RECIPE_FILE_N_SAMPLES; part++)
    {
      gsize n;
      const guint64 *hashes = recipe_seen_peek (seen, (MlpPart) part, &n);

      if (n > 0)
        recipe_file_tensors_add (tensors, recipe_file_samples_names[part], RECIPE_FILE_U8, n, sizeof *hashes, hashes);
    }
}

/* (transfer full): all tensors of a file, with their values */
static GArray *
list_tensors (const RecipeFile *file)
{
  GArray *tensors = recipe_file_tensors_new ();

  if (file->net == NULL)
    return tensors;

  add_layers (tensors, file->net);
  add_extras (tensors, file->net);
  if (file->data.seen != NULL)
    add_samples (tensors, file->data.seen);
  if (file->state != NULL)
    recipe_file_training_add_tensors (tensors, file->net, file->state);

  return tensors;
}

static void
add_to_header (JsonObject             *header,
               const RecipeFileTensor *tensor)
{
  JsonObject *object = json_object_new ();
  JsonArray *shape = json_array_new ();
  JsonArray *offsets = json_array_new ();

  json_array_add_int_element (shape, (gint64) tensor->rows);
  if (tensor->columns > 0)
    json_array_add_int_element (shape, (gint64) tensor->columns);

  json_array_add_int_element (offsets, (gint64) tensor->begin);
  json_array_add_int_element (offsets, (gint64) (tensor->begin + tensor->size));

  json_object_set_string_member (object, "dtype", tensor->type);
  json_object_set_array_member (object, "shape", shape);
  json_object_set_array_member (object, "data_offsets", offsets);
  json_object_set_object_member (header, tensor->name, object);
}

/* Words of four bytes where these are floats, of eight where they are hashes: little-endian. */
static void
write_tensor (const RecipeFileTensor *tensor,
              guint8                 *bytes)
{
  memcpy (bytes + tensor->begin, tensor->values, tensor->size);

#if G_BYTE_ORDER == G_BIG_ENDIAN
  {
    const gsize width = strcmp (tensor->type, RECIPE_FILE_U8) == 0 ? sizeof (guint64) : sizeof (guint32);

    for (gsize i = 0; i < tensor->size; i += width)
      for (gsize k = 0; k < width; k++)
        bytes[tensor->begin + i + k] = ((const guint8 *) tensor->values)[i + width - 1 - k];
  }
#endif
}

/* (transfer full): the tensors, one behind the other */
static guint8 *
make_bytes (const GArray *tensors,
            gsize        *n_bytes)
{
  const RecipeFileTensor *last;
  guint8 *bytes;

  *n_bytes = 0;
  if (tensors->len == 0)
    return NULL;

  last = &g_array_index (tensors, RecipeFileTensor, tensors->len - 1);
  *n_bytes = last->begin + last->size;
  bytes = g_malloc (*n_bytes);

  for (guint i = 0; i < tensors->len; i++)
    write_tensor (&g_array_index (tensors, RecipeFileTensor, i), bytes);

  return bytes;
}

guint8 *
recipe_file_to_bytes (const RecipeFile *file,
                      gsize            *n_bytes)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr(GArray) tensors = list_tensors (file);
  g_autofree guint8 *data = NULL;
  g_autofree char *text = NULL;
  JsonObject *header = json_object_new ();
  gsize n_data, length, padded;
  guint64 prefix;
  guint8 *bytes;

  data = make_bytes (tensors, &n_data);

  json_object_set_object_member (header, RECIPE_FILE_METADATA, make_metadata (file, tensors, data));
  for (guint i = 0; i < tensors->len; i++)
    add_to_header (header, &g_array_index (tensors, RecipeFileTensor, i));

  json_node_take_object (node, header);
  text = recipe_json_to_text (node);

  /* Spaces up to a multiple of eight, so that the tensors are aligned. */
  length = strlen (text);
  padded = (length + 7) / 8 * 8;
  prefix = GUINT64_TO_LE ((guint64) padded);

  *n_bytes = sizeof prefix + padded + n_data;
  bytes = g_malloc (*n_bytes);
  memcpy (bytes, &prefix, sizeof prefix);
  memcpy (bytes + sizeof prefix, text, length);
  memset (bytes + sizeof prefix + length, ' ', padded - length);

  if (n_data > 0)
    memcpy (bytes + sizeof prefix + padded, data, n_data);

  return bytes;
}

gboolean
recipe_file_save (const RecipeFile *file,
                  const char       *path,
                  GError          **error)
{
  g_autofree guint8 *bytes = NULL;
  gsize n_bytes;

  g_return_val_if_fail (file != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  bytes = recipe_file_to_bytes (file, &n_bytes);

  return io_replace_contents (path, bytes, n_bytes, error);
}
