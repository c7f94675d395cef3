/* recipe-file-tensors.c: from the tensors of a .perz file to a network.
 *
 * Memory for the network is taken when its tensors were found to fill the rest
 * of the file exactly, so it is never more than the file has.
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
                   _("“%s” has not %u numbers, as its network says"), name, n);
      return FALSE;
    }

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (json_node_get_value_type (node) != G_TYPE_INT64 || json_node_get_int (node) < 0)
        {
          g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                       _("“%s” has something that is not a whole number"), name);
          return FALSE;
        }

      numbers[i] = (guint64) json_node_get_int (node);
    }

  return TRUE;
}

/* Where a tensor of @n × @m floats (a vector where @m is 0) begins. */
static gboolean
read_tensor (const RecipeSource *source,
             const char         *name,
             gsize               n,
             gsize               m,
             gsize              *begin,
             GError            **error)
{
  const guint n_dimensions = m > 0 ? 2 : 1;
  gsize size;
  JsonObject *tensor;
  const char *type = NULL;
  guint64 shape[2] = { 0, 0 };
  guint64 offsets[2];

  if (!recipe_json_get_object (source->header, name, &tensor, error))
    return FALSE;

  if (tensor == NULL)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   _("there is no tensor “%s”, of which its network speaks"), name);
      return FALSE;
    }

  if (!recipe_json_get_string (tensor, "dtype", &type, error) ||
      !read_numbers (tensor, "shape", shape, n_dimensions, error) ||
      !read_numbers (tensor, "data_offsets", offsets, 2, error))
    {
      g_prefix_error (error, _("tensor “%s”: "), name);
      return FALSE;
    }

  if (g_strcmp0 (type, "F32") != 0)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("the tensor “%s” is of type %s; expected F32"), name,
                   type != NULL ? type : _("unknown"));
      return FALSE;
    }

  if (shape[0] != n || shape[1] != m)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   _("the tensor “%s” is %" PRIu64 " × %" PRIu64
                     "; its network says %zu × %zu"),
                   name, shape[0], MAX (shape[1], 1), n, MAX (m, 1));
      return FALSE;
    }

  if (!g_size_checked_mul (&size, n, MAX (m, 1)) || !g_size_checked_mul (&size, size, sizeof (float)) ||
      offsets[0] > offsets[1] || offsets[1] - offsets[0] != size)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("the tensor “%s” lies from byte %" PRIu64 " to %" PRIu64
                     "; it has %zu bytes"), name, offsets[0], offsets[1], size);
      return FALSE;
    }

  if (offsets[1] > source->n_tensors)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TRUNCATED,
                   _("the file ends %" PRIu64 " bytes before the end of the tensor “%s”"),
                   offsets[1] - source->n_tensors, name);
      return FALSE;
    }

  *begin = (gsize) offsets[0];

  return TRUE;
}

/* Tensors in whatever order, as other programs sort them, but without a gap. */
static gboolean
check_places (const RecipeSource *source,
              const gsize        *begins,
              const gsize        *sizes,
              gsize               n,
              GError            **error)
{
  gsize end = 0;

  for (gsize placed = 0; placed < n; placed++)
    {
      gsize i = 0;

      while (i < n && begins[i] != end)
        i++;

      if (i == n)
        {
          g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                       _("no tensor begins at byte %zu, where one ends"), end);
          return FALSE;
        }

      end += sizes[i];
    }

  if (end != source->n_tensors)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("%zu bytes follow the last tensor"), source->n_tensors - end);
      return FALSE;
    }

  return TRUE;
}

/* What there is besides the layers. */
typedef struct
{
  guint n_scaler;      /* tensors */
  guint n_novelty;
  gsize rank;          /* of the novelty, or 0 */
} Extras;

/* The layers 1 … L that the metadata speak of, and what else there is. */
static GArray *
read_network (const RecipeSource *source,
              gsize              *n_inputs,
              Extras             *extras,
              GError            **error)
{
  gboolean has_scaler = FALSE;
  gboolean has_linear = FALSE;
  g_autoptr(JsonNode) node = recipe_source_read_metadata (source, "network", error);
  JsonArray *array;

  if (node == NULL ||
      !recipe_json_get_size (json_node_get_object (node), "inputs", n_inputs, error) ||
      !recipe_json_get_boolean (json_node_get_object (node), "scaler", &has_scaler, error) ||
      !recipe_json_get_boolean (json_node_get_object (node), "linear_path", &has_linear, error) ||
      !recipe_json_get_size (json_node_get_object (node), "novelty_rank", &extras->rank, error) ||
      !recipe_json_get_array (json_node_get_object (node), "layers", &array, error))
    return NULL;

  if (array == NULL)
    {
      g_set_error_literal (error, MLP_ERROR, MLP_ERROR_FORMAT, _("its network has no “layers”"));
      return NULL;
    }

  if (extras->rank > MLP_NOVELTY_MAX_RANK)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("“novelty_rank” is %zu; expected 0 to %d"), extras->rank, MLP_NOVELTY_MAX_RANK);
      return NULL;
    }

  extras->n_novelty = extras->rank > 0 ? RECIPE_FILE_N_NOVELTY : 0;
  extras->n_scaler = !has_scaler ? 0 : has_linear ? RECIPE_FILE_N_SCALER : RECIPE_FILE_N_SCALER - 1;

  return recipe_layers_from_json (array, error);
}

/* *@begins: where W[1], b[1], W[2] … and then the scaler's tensors and the novelty's
 * begin among the tensors' bytes */
static gboolean
read_places (const RecipeSource *source,
             gsize               n_inputs,
             GArray             *layers,
             const Extras       *extras,
             gsize              *begins,
             GError            **error)
{
  const gsize n_layers = 2 * (gsize) layers->len;
  const gsize n_places = n_layers + extras->n_scaler + extras->n_novelty;
  g_autofree gsize *sizes = g_new (gsize, n_places);
  gsize m = n_inputs;

  for (guint i = 0; i < layers->len; i++)
    {
      g_autofree char *weight = recipe_file_weight_name (i + 1);
      g_autofree char *bias = recipe_file_bias_name (i + 1);
      gsize n = g_array_index (layers, MlpLayer, i).width;

      if (!read_tensor (source, weight, n, m, &begins[2 * i], error) ||
          !read_tensor (source, bias, n, 0, &begins[2 * i + 1], error))
        return FALSE;

      sizes[2 * i] = n * m * sizeof (float);
      sizes[2 * i + 1] = n * sizeof (float);
      m = n;
    }

  for (gsize i = n_layers; i < n_layers + extras->n_scaler; i++)
    {
      const gsize which = i - n_layers;
      const gsize rows = which < 2 ? n_inputs : m;
      const gsize columns = which == RECIPE_FILE_N_SCALER - 1 ? n_inputs : 0;

      if (!read_tensor (source, recipe_file_scaler_names[which], rows, columns, &begins[i], error))
        return FALSE;

      sizes[i] = rows * MAX (columns, 1) * sizeof (float);
    }

  for (gsize i = n_layers + extras->n_scaler; i < n_places; i++)
    {
      const gsize which = i - n_layers - extras->n_scaler;
      const gsize rows = which == 0 ? m : which == 1 ? m * extras->rank : MLP_NOVELTY_N_LIMITS;
      const gsize columns = which < 2 ? n_inputs : 0;

      if (!read_tensor (source, recipe_file_novelty_names[which], rows, columns, &begins[i], error))
        return FALSE;

      sizes[i] = rows * MAX (columns, 1) * sizeof (float);
    }

  return check_places (source, begins, sizes, n_places, error);
}

static void
copy_tensor (const RecipeSource *source,
             gsize               begin,
             gsize               n,
             float              *to)
{
  for (gsize i = 0; i < n; i++)
    {
      guint32 bits;

      memcpy (&bits, source->tensors + begin + i * sizeof bits, sizeof bits);
      bits = GUINT32_FROM_LE (bits);
      memcpy (to + i, &bits, sizeof bits);
    }
}

static gboolean
read_scaler (const RecipeSource *source,
             const gsize        *begins,
             guint               n_tensors,
             MlpNet             *net,
             GError            **error)
{
  const gsize n_inputs = mlp_net_get_width (net, 0);
  const gsize n_outputs = mlp_net_get_width (net, mlp_net_get_n_layers (net));
  g_autofree float *vectors = g_new (float, 2 * (n_inputs + n_outputs));
  float *y = vectors + 2 * n_inputs;
  g_autofree float *linear = NULL;
  g_autoptr(MlpScaler) scaler = NULL;

  copy_tensor (source, begins[0], n_inputs, vectors);
  copy_tensor (source, begins[1], n_inputs, vectors + n_inputs);
  copy_tensor (source, begins[2], n_outputs, y);
  copy_tensor (source, begins[3], n_outputs, y + n_outputs);

  if (n_tensors == RECIPE_FILE_N_SCALER)
    {
      linear = g_new (float, n_inputs * n_outputs);
      copy_tensor (source, begins[4], n_inputs * n_outputs, linear);
    }

  scaler = mlp_scaler_new (n_inputs, n_outputs, vectors, vectors + n_inputs, y, y + n_outputs, linear, error);
  if (scaler == NULL)
    return FALSE;

  mlp_net_set_scaler (net, scaler);

  return TRUE;
}

static gboolean
read_novelty (const RecipeSource *source,
              const gsize        *begins,
              gsize               rank,
              MlpNet             *net,
              GError            **error)
{
  const gsize n_inputs = mlp_net_get_width (net, 0);
  const gsize n_classes = mlp_net_get_width (net, mlp_net_get_n_layers (net));
  g_autofree float *means = g_new (float, n_inputs * n_classes);
  g_autofree float *axes = g_new (float, n_inputs * n_classes * rank);
  float limits[MLP_NOVELTY_N_LIMITS];
  g_autoptr(MlpNovelty) novelty = NULL;

  copy_tensor (source, begins[0], n_inputs * n_classes, means);
  copy_tensor (source, begins[1], n_inputs * n_classes * rank, axes);
  copy_tensor (source, begins[2], MLP_NOVELTY_N_LIMITS, limits);

  novelty = mlp_novelty_new (n_inputs, n_classes, rank, means, axes, limits, error);
  if (novelty == NULL)
    return FALSE;

  mlp_net_set_novelty (net, novelty);

  return TRUE;
}

gboolean
recipe_source_read_net (const RecipeSource *source,
                        MlpNet            **net,
                        GError            **error)
{
  g_autoptr(GArray) layers = NULL;
  g_autoptr(MlpNet) made = NULL;
  g_autofree gsize *begins = NULL;
  const MlpLayer *first;
  const gsize *begins_of_extras;
  Extras extras = { 0 };
  gsize n_inputs = 0;
  guint n_members = 1;

  *net = NULL;

  if (json_object_has_member (source->metadata, "network"))
    {
      layers = read_network (source, &n_inputs, &extras, error);
      if (layers == NULL)
        return FALSE;

      n_members += 2 * layers->len + extras.n_scaler + extras.n_novelty;
    }

  if (json_object_get_size (source->header) != n_members)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   _("there are %u tensors; its network has %u"),
                   json_object_get_size (source->header) - 1, n_members - 1);
      return FALSE;
    }

  if (layers == NULL)
    return check_places (source, NULL, NULL, 0, error);

  /* Sizes cannot overflow once the network's shape was found sound. */
  first = (const MlpLayer *) (void *) layers->data;
  begins = g_new (gsize, 2 * layers->len + RECIPE_FILE_N_SCALER + RECIPE_FILE_N_NOVELTY);
  if (!mlp_net_check (n_inputs, first, layers->len, NULL, error) ||
      !read_places (source, n_inputs, layers, &extras, begins, error))
    return FALSE;

  made = mlp_net_new (n_inputs, first, layers->len, error);
  if (made == NULL)
    return FALSE;

  for (gsize l = 1; l <= layers->len; l++)
    {
      gsize n = mlp_net_get_width (made, l);
      gsize m = mlp_net_get_width (made, l - 1);
      float *params = mlp_net_get_params (made);

      copy_tensor (source, begins[2 * l - 2], n * m, params + mlp_net_get_weight_offset (made, l));
      copy_tensor (source, begins[2 * l - 1], n, params + mlp_net_get_bias_offset (made, l));
    }

  if (!mlp_net_is_finite (made))
    {
      g_set_error_literal (error, MLP_ERROR, MLP_ERROR_FORMAT,
                           _("one of its weights is not a finite number"));
      return FALSE;
    }

  begins_of_extras = begins + 2 * layers->len;
  if (extras.n_scaler > 0 && !read_scaler (source, begins_of_extras, extras.n_scaler, made, error))
    return FALSE;
  if (extras.n_novelty > 0 &&
      !read_novelty (source, begins_of_extras + extras.n_scaler, extras.rank, made, error))
    return FALSE;

  *net = g_steal_pointer (&made);

  return TRUE;
}
