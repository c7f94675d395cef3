/* recipe-file.c: files in memory, and how they are written.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "recipe/recipe-file-private.h"
#include "recipe/recipe-json-private.h"
#include "recipe/recipe-json.h"

RecipeFile *
recipe_file_new_empty (void)
{
  RecipeFile *file = g_new0 (RecipeFile, 1);

  file->epochs = g_array_new (FALSE, FALSE, sizeof (MlpEpoch));

  return file;
}

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
recipe_data_copy (const RecipeData *data,
                  RecipeData       *copy)
{
  *copy = *data;
  copy->name = g_strdup (data->name);
  copy->identity = g_strdup (data->identity);
  copy->class_names = g_strdupv (data->class_names);
  copy->task = dup_task (data->task);
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
  *data = (RecipeData) { NULL };
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
    {
      file->net = mlp_net_copy (net);
      file->data.n_inputs = mlp_net_get_width (net, 0);
      file->data.n_outputs = mlp_net_get_width (net, mlp_net_get_n_layers (net));
    }

  if (set == NULL)
    {
      file->data.name = g_strdup ("");
      file->data.identity = g_strdup ("");

      return file;
    }

  file->data.name = g_strdup (set->name);
  file->data.identity = g_strdup (set->identity);
  file->data.n_inputs = mlp_samples_get_n_inputs (set->samples);
  file->data.n_outputs = mlp_samples_get_n_outputs (set->samples);
  file->data.rows = set->rows;
  file->data.columns = set->columns;
  file->data.class_names = g_strdupv (set->class_names);
  file->data.task = dup_task (set->task);
  file->data.n_added = set->n_added;

  if (mlp_samples_peek_bytes (set->samples, 0) != NULL)
    file->data.scale = mlp_samples_get_scale (set->samples);

  return file;
}

void
recipe_file_free (RecipeFile *file)
{
  if (file == NULL)
    return;

  g_clear_pointer (&file->recipe, recipe_free);
  recipe_data_clear (&file->data);
  g_clear_pointer (&file->net, mlp_net_free);
  g_clear_pointer (&file->epochs, g_array_unref);
  g_free (file);
}

const char *const recipe_file_scaler_names[RECIPE_FILE_N_SCALER] = {
  "scaler.input.mean",
  "scaler.input.deviation",
  "scaler.output.mean",
  "scaler.output.deviation",
  "scaler.linear",
};

const char *const recipe_file_novelty_names[RECIPE_FILE_N_NOVELTY] = {
  "novelty.mean",
  "novelty.axes",
  "novelty.limits",
};

char *
recipe_file_weight_name (gsize l)
{
  return g_strdup_printf ("layers.%" G_GSIZE_FORMAT ".weight", l);
}

char *
recipe_file_bias_name (gsize l)
{
  return g_strdup_printf ("layers.%" G_GSIZE_FORMAT ".bias", l);
}

char *
recipe_file_checksum (JsonObject   *metadata,
                      const guint8 *tensors,
                      gsize         n_bytes)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr(GList) names = g_list_sort (json_object_get_members (metadata), (GCompareFunc) strcmp);

  for (GList *item = names; item != NULL; item = item->next)
    {
      const char *name = item->data;

      if (strcmp (name, "checksum") == 0)
        continue;

      g_checksum_update (checksum, (const guchar *) name, -1);
      g_checksum_update (checksum, (const guchar *) "\n", 1);
      g_checksum_update (checksum,
                         (const guchar *) json_object_get_string_member (metadata, name), -1);
      g_checksum_update (checksum, (const guchar *) "\n", 1);
    }

  /* GLib counts in gssize. */
  for (gsize done = 0; done < n_bytes;)
    {
      gsize step = MIN (n_bytes - done, G_MAXINT32);

      g_checksum_update (checksum, tensors + done, (gssize) step);
      done += step;
    }

  return g_strdup (g_checksum_get_string (checksum));
}

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
    layers[l - 1] = (MlpLayer) { mlp_net_get_width (net, l), mlp_net_get_activation (net, l) }
  ;

  recipe_json_set_uint64 (object, "inputs", mlp_net_get_width (net, 0));
  json_object_set_boolean_member (object, "scaler", scaler != NULL);
  json_object_set_boolean_member (object, "linear_path",
                                  scaler != NULL && mlp_scaler_peek_linear (scaler) != NULL);
  if (novelty != NULL)
    recipe_json_set_uint64 (object, "novelty_rank", mlp_novelty_get_rank (novelty));
  json_object_set_array_member (object, "layers", recipe_layers_to_json (layers, L));

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

  if (data->task != NULL)
    json_object_set_object_member (object, "task", recipe_task_to_json (data->task));

  return object;
}

static JsonObject *
history_to_json (const RecipeFile *file)
{
  JsonObject *object = json_object_new ();
  JsonArray *epochs = json_array_sized_new (file->epochs->len);

  for (guint i = 0; i < file->epochs->len; i++)
    json_array_add_element (epochs,
                            recipe_epoch_to_json (&g_array_index (file->epochs, MlpEpoch, i)));

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

  if (ds_targets_parse (task->targets, &targets, NULL))
    {
      for (guint t = 0; t < targets->len; t++)
        g_string_append_printf (text, "%s%s", t > 0 ? ", " : "",
                                ds_target_get_unit (g_ptr_array_index (targets, t), task->unit));
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
               const guint8     *tensors,
               gsize             n_tensors)
{
  JsonObject *metadata = json_object_new ();
  g_autoptr(JsonNode) recipe = recipe_to_json (file->recipe);
  g_autofree char *recipe_text = recipe_json_to_text (recipe);
  g_autofree char *checksum = NULL;

  json_object_set_string_member (metadata, "format", RECIPE_FILE_FORMAT);
  json_object_set_string_member (metadata, "version", RECIPE_FILE_VERSION);
  json_object_set_string_member (metadata, "recipe", recipe_text);

  if (file->net != NULL)
    set_json (metadata, "network", network_to_json (file->net));

  set_json (metadata, "data", data_to_json (&file->data));
  set_json (metadata, "history", history_to_json (file));
  set_json (metadata, "units", units_to_json (&file->data));
  json_object_set_string_member (metadata, "program", "Perzeptron " PACKAGE_VERSION);

  checksum = recipe_file_checksum (metadata, tensors, n_tensors);
  json_object_set_string_member (metadata, "checksum", checksum);

  return metadata;
}

/* Where a tensor lies: floats @begin to @end of all of them. A matrix of
 * @columns, or a vector where that is 0. */
static void
add_tensor (JsonObject *header,
            const char *name,
            gsize       rows,
            gsize       columns,
            gsize       begin,
            gsize       end)
{
  JsonObject *tensor = json_object_new ();
  JsonArray *shape = json_array_new ();
  JsonArray *offsets = json_array_new ();

  json_array_add_int_element (shape, (gint64) rows);
  if (columns > 0)
    json_array_add_int_element (shape, (gint64) columns);

  json_array_add_int_element (offsets, (gint64) (begin * sizeof (float)));
  json_array_add_int_element (offsets, (gint64) (end * sizeof (float)));

  json_object_set_string_member (tensor, "dtype", "F32");
  json_object_set_array_member (tensor, "shape", shape);
  json_object_set_array_member (tensor, "data_offsets", offsets);
  json_object_set_object_member (header, name, tensor);
}

/* What lies behind the parameters: a vector where there are no columns. */
typedef struct
{
  const char  *name;
  const float *values;     /* NULL: there is no such one */
  gsize        rows;
  gsize        columns;
} Extra;

#define N_EXTRAS (RECIPE_FILE_N_SCALER + RECIPE_FILE_N_NOVELTY)

static gsize
count_extra (const Extra *extra)
{
  return extra->rows * MAX (extra->columns, 1);
}

/* The tensors of a scaler, then those of a novelty, in the order of their names. */
static void
list_extras (const MlpNet *net,
             Extra         extras[N_EXTRAS])
{
  const MlpScaler *scaler = mlp_net_peek_scaler (net);
  const MlpNovelty *novelty = mlp_net_peek_novelty (net);
  const gsize n_inputs = mlp_net_get_width (net, 0);
  const gsize n_outputs = mlp_net_get_width (net, mlp_net_get_n_layers (net));
  const char *const *names = recipe_file_scaler_names;

  memset (extras, 0, N_EXTRAS * sizeof *extras);

  if (scaler != NULL)
    {
      extras[0] = (Extra) { names[0], mlp_scaler_peek_x_mean (scaler), n_inputs, 0 };
      extras[1] = (Extra) { names[1], mlp_scaler_peek_x_deviation (scaler), n_inputs, 0 };
      extras[2] = (Extra) { names[2], mlp_scaler_peek_y_mean (scaler), n_outputs, 0 };
      extras[3] = (Extra) { names[3], mlp_scaler_peek_y_deviation (scaler), n_outputs, 0 };
      extras[4] = (Extra) { names[4], mlp_scaler_peek_linear (scaler), n_outputs, n_inputs };
    }

  names = recipe_file_novelty_names;
  extras += RECIPE_FILE_N_SCALER;
  if (novelty != NULL)
    {
      extras[0] = (Extra) { names[0], mlp_novelty_peek_means (novelty), n_outputs, n_inputs };
      extras[1] = (Extra) { names[1], mlp_novelty_peek_axes (novelty),
                            n_outputs *mlp_novelty_get_rank (novelty), n_inputs };
      extras[2] = (Extra) { names[2], mlp_novelty_peek_limits (novelty), MLP_NOVELTY_N_LIMITS, 0 };
    }
}

static void
add_tensors (JsonObject   *header,
             const MlpNet *net)
{
  Extra extras[N_EXTRAS];
  gsize begin;

  for (gsize l = 1; l <= mlp_net_get_n_layers (net); l++)
    {
      g_autofree char *weight = recipe_file_weight_name (l);
      g_autofree char *bias = recipe_file_bias_name (l);
      gsize n = mlp_net_get_width (net, l);
      gsize m = mlp_net_get_width (net, l - 1);
      gsize W = mlp_net_get_weight_offset (net, l);
      gsize b = mlp_net_get_bias_offset (net, l);

      add_tensor (header, weight, n, m, W, W + n * m);
      add_tensor (header, bias, n, 0, b, b + n);
    }

  list_extras (net, extras);
  begin = mlp_net_get_n_params (net);
  for (guint i = 0; i < N_EXTRAS; i++)
    {
      if (extras[i].values == NULL)
        continue;

      add_tensor (header, extras[i].name, extras[i].rows, extras[i].columns, begin, begin + count_extra (&extras[i]));
      begin += count_extra (&extras[i]);
    }
}

/* (transfer full): the parameters and behind them the others, little-endian */
static guint8 *
make_tensors (const MlpNet *net,
              gsize        *n_bytes)
{
  Extra extras[N_EXTRAS];
  GArray *floats;

  *n_bytes = 0;
  if (net == NULL)
    return NULL;

  floats = g_array_new (FALSE, FALSE, sizeof (float));
  g_array_append_vals (floats, mlp_net_peek_params (net), (guint) mlp_net_get_n_params (net));

  list_extras (net, extras);
  for (guint i = 0; i < N_EXTRAS; i++)
    {
      if (extras[i].values != NULL)
        g_array_append_vals (floats, extras[i].values, (guint) count_extra (&extras[i]));
    }

  for (guint i = 0; i < floats->len; i++)
    {
      guint32 word;

      memcpy (&word, &g_array_index (floats, float, i), sizeof word);
      word = GUINT32_TO_LE (word);
      memcpy (&g_array_index (floats, float, i), &word, sizeof word);
    }

  *n_bytes = floats->len * sizeof (float);

  return (guint8 *) g_array_free (floats, FALSE);
}

guint8 *
recipe_file_to_bytes (const RecipeFile *file,
                      gsize            *n_bytes)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree guint8 *tensors = NULL;
  g_autofree char *text = NULL;
  JsonObject *header = json_object_new ();
  gsize n_tensors, length, padded;
  guint64 prefix;
  guint8 *bytes;

  tensors = make_tensors (file->net, &n_tensors);

  json_object_set_object_member (header, RECIPE_FILE_METADATA,
                                 make_metadata (file, tensors, n_tensors));
  if (file->net != NULL)
    add_tensors (header, file->net);

  json_node_take_object (node, header);
  text = recipe_json_to_text (node);

  /* Spaces up to a multiple of eight, so that the tensors are aligned. */
  length = strlen (text);
  padded = (length + 7) / 8 * 8;
  prefix = GUINT64_TO_LE ((guint64) padded);

  *n_bytes = sizeof prefix + padded + n_tensors;
  bytes = g_malloc (*n_bytes);
  memcpy (bytes, &prefix, sizeof prefix);
  memcpy (bytes + sizeof prefix, text, length);
  memset (bytes + sizeof prefix + length, ' ', padded - length);

  if (n_tensors > 0)
    memcpy (bytes + sizeof prefix + padded, tensors, n_tensors);

  return bytes;
}

gboolean
recipe_file_save (const RecipeFile *file,
                  const char       *path,
                  GError          **error)
{
  g_autofree guint8 *bytes = NULL;
  g_autofree char *name = NULL;
  g_autoptr(GError) local_error = NULL;
  gsize n_bytes;

  g_return_val_if_fail (file != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  bytes = recipe_file_to_bytes (file, &n_bytes);

  /* A new file, synchronised, renamed onto the old one. */
  if (g_file_set_contents_full (path, (const char *) bytes, (gssize) n_bytes,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                0666, &local_error))
    return TRUE;

  name = g_filename_display_name (path);
  g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN,
               _("“%s” could not be saved: %s"), name, local_error->message);
  return FALSE;
}
