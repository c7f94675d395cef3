/* recipe-file-tensors.c: the list of the tensors of a .perz file: as it is to be written, or as a reader
 * expects it and then finds it in the file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "core/mlp-error.h"
#include "recipe/recipe-file-private.h"
#include "recipe/recipe-json-private.h"

const char *const recipe_file_scaler_names[RECIPE_FILE_N_SCALER] = {
  "scaler.input.mean",
  "scaler.input.deviation",
  "scaler.output.mean",
  "scaler.output.deviation",
  "scaler.input.low",
  "scaler.input.high",
  "scaler.output.low",
  "scaler.output.high",
  "scaler.linear",
};

gboolean
recipe_file_scaler_is_of_inputs (guint which)
{
  return which < RECIPE_FILE_SCALER_LINEAR && which % 4 < 2;
}

const char *const recipe_file_novelty_names[RECIPE_FILE_N_NOVELTY] = {
  "novelty.mean",
  "novelty.axes",
  "novelty.limits",
};

const char *const recipe_file_samples_names[RECIPE_FILE_N_SAMPLES] = {
  "samples.train",
  "samples.validation",
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

static void
clear_tensor (gpointer data)
{
  RecipeFileTensor *tensor = data;

  g_free (tensor->name);
}

GArray *
recipe_file_tensors_new (void)
{
  GArray *tensors = g_array_new (FALSE, FALSE, sizeof (RecipeFileTensor));

  g_array_set_clear_func (tensors, clear_tensor);

  return tensors;
}

void
recipe_file_tensors_add (GArray     *tensors,
                         const char *name,
                         const char *type,
                         gsize       rows,
                         gsize       columns,
                         const void *values)
{
  const RecipeFileTensor *last = tensors->len > 0 ? &g_array_index (tensors, RecipeFileTensor, tensors->len - 1) : NULL;
  const gsize width = strcmp (type, RECIPE_FILE_U8) == 0 ? 1 : sizeof (guint32);
  const RecipeFileTensor tensor = {
    .name = g_strdup (name),
    .type = type,
    .rows = rows,
    .columns = columns,
    .values = values,
    .begin = last != NULL ? last->begin + last->size : 0,
    .size = rows * MAX (columns, 1) * width,
  };

  g_array_append_val (tensors, tensor);
}

gboolean
recipe_file_tensors_expect (GArray     *tensors,
                            const char *name,
                            const char *type,
                            gsize       rows,
                            gsize       columns,
                            GError    **error)
{
  gsize size;

  if (!g_size_checked_mul (&size, rows, MAX (columns, 1)) || size > G_MAXSIZE / 64)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   _("the tensor “%s” would be too large: %zu × %zu"), name, rows, MAX (columns, 1));
      return FALSE;
    }

  recipe_file_tensors_add (tensors, name, type, rows, columns, NULL);

  return TRUE;
}

/* Whole numbers, @n of them. */
static gboolean
read_numbers (JsonObject *tensor,
              const char *name,
              guint64    *numbers,
              guint       n,
              GError    **error)
{
  JsonArray *array;

  if (!recipe_json_get_array (tensor, name, &array, error))
    return FALSE;

  if (array == NULL || json_array_get_length (array) != n)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   _("“%s” does not contain %u numbers, as its network requires"), name, n);
      return FALSE;
    }

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (json_node_get_value_type (node) != G_TYPE_INT64 || json_node_get_int (node) < 0)
        {
          g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                       _("“%s” contains a value that is not an integer"), name);
          return FALSE;
        }

      numbers[i] = (guint64) json_node_get_int (node);
    }

  return TRUE;
}

/* Where @tensor begins, found to be as it should. */
static gboolean
find_tensor (const RecipeFileSource *source,
             RecipeFileTensor       *tensor,
             GError                **error)
{
  const char *name = tensor->name;
  const gsize n = tensor->rows;
  const gsize m = tensor->columns;
  JsonObject *object;
  const char *type = NULL;
  guint64 shape[2] = { 0, 0 };
  guint64 offsets[2];

  if (!recipe_json_get_object (source->header, name, &object, error))
    return FALSE;

  if (object == NULL)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   _("the tensor “%s” required by its network is missing"), name);
      return FALSE;
    }

  if (!recipe_json_get_string (object, "dtype", &type, error) ||
      !read_numbers (object, "shape", shape, m > 0 ? 2 : 1, error) ||
      !read_numbers (object, "data_offsets", offsets, 2, error))
    {
      g_prefix_error (error, _("tensor “%s”: "), name);
      return FALSE;
    }

  if (g_strcmp0 (type, tensor->type) != 0)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("the tensor “%s” has type %s; expected %s"), name,
                   type != NULL ? type : _("unknown"), tensor->type);
      return FALSE;
    }

  if (shape[0] != n || shape[1] != m)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   _("the tensor “%s” has shape %" PRIu64 " × %" PRIu64 "; its network requires %zu × %zu"),
                   name, shape[0], MAX (shape[1], 1), n, MAX (m, 1));
      return FALSE;
    }

  if (offsets[0] > offsets[1] || offsets[1] - offsets[0] != tensor->size)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("the tensor “%s” extends from byte %" PRIu64 " to %" PRIu64 ", but needs %zu bytes"),
                   name, offsets[0], offsets[1], tensor->size);
      return FALSE;
    }

  if (offsets[1] > source->n_tensors)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TRUNCATED,
                   _("the file ends %" PRIu64 " bytes before the end of the tensor “%s”"),
                   offsets[1] - source->n_tensors, name);
      return FALSE;
    }

  tensor->begin = (gsize) offsets[0];

  return TRUE;
}

/* Tensors in whatever order, as other programs sort them, but without a gap. */
static gboolean
check_places (const RecipeFileSource *source,
              const GArray           *tensors,
              GError                **error)
{
  gsize end = 0;

  for (guint placed = 0; placed < tensors->len; placed++)
    {
      guint i = 0;

      while (i < tensors->len && g_array_index (tensors, RecipeFileTensor, i).begin != end)
        i++;

      if (i == tensors->len)
        {
          g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                       _("the tensors are not contiguous: none begins at byte %zu"), end);
          return FALSE;
        }

      end += g_array_index (tensors, RecipeFileTensor, i).size;
    }

  if (end != source->n_tensors)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("%zu bytes follow the last tensor"), source->n_tensors - end);
      return FALSE;
    }

  return TRUE;
}

gboolean
recipe_file_tensors_find (GArray                 *tensors,
                          const RecipeFileSource *source,
                          GError                **error)
{
  if (json_object_get_size (source->header) != 1 + tensors->len)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   _("there are %u tensors, but its network has %u"),
                   json_object_get_size (source->header) - 1, tensors->len);
      return FALSE;
    }

  for (guint i = 0; i < tensors->len; i++)
    if (!find_tensor (source, &g_array_index (tensors, RecipeFileTensor, i), error))
      return FALSE;

  return check_places (source, tensors, error);
}

const RecipeFileTensor *
recipe_file_tensors_get (const GArray *tensors,
                         const char   *name)
{
  for (guint i = 0; i < tensors->len; i++)
    if (strcmp (g_array_index (tensors, RecipeFileTensor, i).name, name) == 0)
      return &g_array_index (tensors, RecipeFileTensor, i);

  return NULL;
}

void
recipe_file_source_copy_words (const RecipeFileSource *source,
                               const GArray           *tensors,
                               const char             *name,
                               gpointer                to)
{
  const RecipeFileTensor *tensor = recipe_file_tensors_get (tensors, name);

  for (gsize i = 0; i < tensor->size / sizeof (guint32); i++)
    {
      guint32 bits;

      memcpy (&bits, source->tensors + tensor->begin + i * sizeof bits, sizeof bits);
      bits = GUINT32_FROM_LE (bits);
      memcpy ((guint8 *) to + i * sizeof bits, &bits, sizeof bits);
    }
}
