/* recipe-file-net.c: from the tensors of a .perz file to a network.
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

/* What there is besides the layers. */
typedef struct
{
  guint    scaler[RECIPE_FILE_N_SCALER];   /* which of its tensors */
  guint    n_scaler;
  guint    n_novelty;
  gsize    rank;          /* of the novelty, or 0 */
  gboolean has_seen;
  gsize    n_samples[RECIPE_FILE_N_SAMPLES];
  gboolean is_complete;   /* these are all that it has seen */
} Extras;

/* Which tensors the scaler has. */
static void
list_scaler (Extras  *extras,
             gboolean has_ranges,
             gboolean has_linear)
{
  for (guint which = 0; which < RECIPE_FILE_N_SCALER; which++)
    {
      if (which < RECIPE_FILE_SCALER_RANGES ||
          (which == RECIPE_FILE_SCALER_LINEAR ? has_linear : has_ranges))
        extras->scaler[extras->n_scaler++] = which;
    }
}

/* The layers 1 … L that the metadata speak of, and what else there is. */
static GArray *
read_network (const RecipeFileSource *source,
              gsize                  *n_inputs,
              Extras                 *extras,
              GError                **error)
{
  gboolean has_scaler = FALSE;
  gboolean has_ranges = FALSE;
  gboolean has_linear = FALSE;
  g_autoptr(JsonNode) node = recipe_file_source_read_metadata (source, "network", error);
  JsonArray *array;

  if (node == NULL ||
      !recipe_json_get_size (json_node_get_object (node), "inputs", n_inputs, error) ||
      !recipe_json_get_boolean (json_node_get_object (node), "scaler", &has_scaler, error) ||
      !recipe_json_get_boolean (json_node_get_object (node), "ranges", &has_ranges, error) ||
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
  if (has_scaler)
    list_scaler (extras, has_ranges, has_linear);

  return recipe_json_to_layers (array, error);
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

static gboolean
expect_layers (GArray       *tensors,
               gsize         n_inputs,
               const GArray *layers,
               GError      **error)
{
  gsize m = n_inputs;

  for (guint i = 0; i < layers->len; i++)
    {
      g_autofree char *weight = recipe_file_weight_name (i + 1);
      g_autofree char *bias = recipe_file_bias_name (i + 1);
      const gsize n = g_array_index (layers, MlpLayer, i).width;

      if (!recipe_file_tensors_expect (tensors, weight, RECIPE_FILE_F32, n, m, error) ||
          !recipe_file_tensors_expect (tensors, bias, RECIPE_FILE_F32, n, 0, error))
        return FALSE;

      m = n;
    }

  return TRUE;
}

static gboolean
expect_extras (GArray       *tensors,
               gsize         n_inputs,
               gsize         n_outputs,
               const Extras *extras,
               GError      **error)
{
  for (guint i = 0; i < extras->n_scaler; i++)
    {
      const guint which = extras->scaler[i];
      const gsize rows = recipe_file_scaler_is_of_inputs (which) ? n_inputs : n_outputs;
      const gsize columns = which == RECIPE_FILE_SCALER_LINEAR ? n_inputs : 0;

      if (!recipe_file_tensors_expect (tensors, recipe_file_scaler_names[which], RECIPE_FILE_F32, rows, columns, error))
        return FALSE;
    }

  for (guint i = 0; i < extras->n_novelty; i++)
    {
      const gsize rows = i == 0 ? n_outputs : i == 1 ? n_outputs * extras->rank : MLP_NOVELTY_N_LIMITS;
      const gsize columns = i < 2 ? n_inputs : 0;

      if (!recipe_file_tensors_expect (tensors, recipe_file_novelty_names[i], RECIPE_FILE_F32, rows, columns, error))
        return FALSE;
    }

  for (guint i = 0; i < RECIPE_FILE_N_SAMPLES; i++)
    if (extras->n_samples[i] > 0 &&
        !recipe_file_tensors_expect (tensors, recipe_file_samples_names[i], RECIPE_FILE_U8, extras->n_samples[i],
                                     sizeof (guint64), error))
      return FALSE;

  return TRUE;
}

static const RecipeFileTensor *
get_tensor (const GArray *tensors,
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
  const RecipeFileTensor *tensor = get_tensor (tensors, name);

  for (gsize i = 0; i < tensor->size / sizeof (guint32); i++)
    {
      guint32 bits;

      memcpy (&bits, source->tensors + tensor->begin + i * sizeof bits, sizeof bits);
      bits = GUINT32_FROM_LE (bits);
      memcpy ((guint8 *) to + i * sizeof bits, &bits, sizeof bits);
    }
}

static gboolean
read_scaler (const RecipeFileSource *source,
             const GArray           *tensors,
             const Extras           *extras,
             MlpNet                 *net,
             GError                **error)
{
  const gsize n_inputs = mlp_net_get_width (net, 0);
  const gsize n_outputs = mlp_net_get_width (net, mlp_net_get_n_layers (net));
  g_autofree float *vectors = g_new (float, 4 * (n_inputs + n_outputs));
  g_autofree float *linear = NULL;
  const float *values[RECIPE_FILE_N_SCALER] = { NULL };
  float *next = vectors;
  g_autoptr(MlpScaler) scaler = NULL;

  for (guint i = 0; i < extras->n_scaler; i++)
    {
      const guint which = extras->scaler[i];

      if (which == RECIPE_FILE_SCALER_LINEAR)
        next = linear = g_new (float, n_inputs * n_outputs);

      recipe_file_source_copy_words (source, tensors, recipe_file_scaler_names[which], next);
      values[which] = next;
      next += recipe_file_scaler_is_of_inputs (which) ? n_inputs : n_outputs;
    }

  scaler = mlp_scaler_new (n_inputs, n_outputs,
                           &(MlpScalerValues) { values[0], values[1], values[4], values[5],
                                                values[2], values[3], values[6], values[7],
                                                values[RECIPE_FILE_SCALER_LINEAR] },
                           error);
  if (scaler == NULL)
    return FALSE;

  mlp_net_set_scaler (net, scaler);

  return TRUE;
}

static gboolean
read_novelty (const RecipeFileSource *source,
              const GArray           *tensors,
              gsize                   rank,
              MlpNet                 *net,
              GError                **error)
{
  const char *const *names = recipe_file_novelty_names;
  const gsize n_inputs = mlp_net_get_width (net, 0);
  const gsize n_classes = mlp_net_get_width (net, mlp_net_get_n_layers (net));
  g_autofree float *means = g_new (float, n_inputs * n_classes);
  g_autofree float *axes = g_new (float, n_inputs * n_classes * rank);
  float limits[MLP_NOVELTY_N_LIMITS];
  g_autoptr(MlpNovelty) novelty = NULL;

  recipe_file_source_copy_words (source, tensors, names[0], means);
  recipe_file_source_copy_words (source, tensors, names[1], axes);
  recipe_file_source_copy_words (source, tensors, names[2], limits);

  novelty = mlp_novelty_new (n_inputs, n_classes, rank, means, axes, limits, error);
  if (novelty == NULL)
    return FALSE;

  mlp_net_set_novelty (net, novelty);

  return TRUE;
}

/* (transfer full): little-endian */
static guint64 *
read_hashes (const RecipeFileSource *source,
             const GArray           *tensors,
             const char             *name,
             gsize                   n)
{
  const RecipeFileTensor *tensor = get_tensor (tensors, name);
  guint64 *hashes = g_new (guint64, n);

  for (gsize i = 0; i < n; i++)
    {
      memcpy (&hashes[i], source->tensors + tensor->begin + i * sizeof *hashes, sizeof *hashes);
      hashes[i] = GUINT64_FROM_LE (hashes[i]);
    }

  return hashes;
}

static gboolean
read_samples (const RecipeFileSource *source,
              const GArray           *tensors,
              const Extras           *extras,
              RecipeSeen            **seen,
              GError                **error)
{
  const char *const *names = recipe_file_samples_names;
  g_autofree guint64 *train = read_hashes (source, tensors, names[0], extras->n_samples[0]);
  g_autofree guint64 *validation = read_hashes (source, tensors, names[1], extras->n_samples[1]);

  *seen = recipe_seen_new_from_hashes (train, extras->n_samples[0], validation, extras->n_samples[1], extras->is_complete);
  if (*seen != NULL)
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
               _("the hashes in “%s” and “%s” are not in ascending order, or some occur in both"), names[0], names[1]);
  return FALSE;
}

/* What the data say of the samples that were seen. */
static gboolean
read_seen_counts (JsonObject *data,
                  Extras     *extras,
                  GError    **error)
{
  JsonObject *object;

  if (!recipe_json_get_object (data, "seen", &object, error))
    return FALSE;

  extras->has_seen = object != NULL;
  if (object == NULL)
    return TRUE;

  return recipe_json_get_size (object, "train", &extras->n_samples[0], error) &&
         recipe_json_get_size (object, "validation", &extras->n_samples[1], error) &&
         recipe_json_get_boolean (object, "complete", &extras->is_complete, error);
}

static gboolean
read_params (const RecipeFileSource *source,
             const GArray           *tensors,
             MlpNet                 *net,
             GError                **error)
{
  float *params = mlp_net_get_params (net);

  for (gsize l = 1; l <= mlp_net_get_n_layers (net); l++)
    {
      g_autofree char *weight = recipe_file_weight_name (l);
      g_autofree char *bias = recipe_file_bias_name (l);

      recipe_file_source_copy_words (source, tensors, weight, params + mlp_net_get_weight_offset (net, l));
      recipe_file_source_copy_words (source, tensors, bias, params + mlp_net_get_bias_offset (net, l));
    }

  if (mlp_net_is_finite (net))
    return TRUE;

  g_set_error_literal (error, MLP_ERROR, MLP_ERROR_FORMAT,
                       _("one of its weights is not a finite number"));
  return FALSE;
}

/* All that the file should have, where it is. */
static gboolean
find_tensors (const RecipeFileSource *source,
              GArray                 *tensors,
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

gboolean
recipe_file_source_read_net (const RecipeFileSource *source,
                             JsonObject             *data,
                             GArray                 *tensors,
                             MlpNet                **net,
                             RecipeSeen            **seen,
                             MlpTrainingState      **state,
                             GError                **error)
{
  RecipeFileTrainingSizes sizes;
  g_autoptr(JsonNode) training = NULL;
  g_autoptr(GArray) layers = NULL;
  g_autoptr(MlpNet) made = NULL;
  const MlpLayer *first;
  Extras extras = { 0 };
  gsize n_inputs = 0;

  *net = NULL;
  *seen = NULL;
  *state = NULL;

  if (!json_object_has_member (source->metadata, "network"))
    return find_tensors (source, tensors, error);

  layers = read_network (source, &n_inputs, &extras, error);
  if (layers == NULL || !read_seen_counts (data, &extras, error))
    return FALSE;

  if (json_object_has_member (source->metadata, "training"))
    {
      training = recipe_file_source_read_metadata (source, "training", error);
      if (training == NULL || !recipe_file_training_read_sizes (json_node_get_object (training), &sizes, error))
        return FALSE;
    }

  /* Sizes cannot overflow once the network's shape was found sound. */
  first = (const MlpLayer *) (void *) layers->data;
  if (!mlp_net_check (n_inputs, first, layers->len, NULL, error) ||
      !expect_layers (tensors, n_inputs, layers, error) ||
      !expect_extras (tensors, n_inputs, first[layers->len - 1].width, &extras, error) ||
      (training != NULL && !recipe_file_training_expect (tensors, n_inputs, layers, &sizes, error)) ||
      !find_tensors (source, tensors, error))
    return FALSE;

  made = mlp_net_new (n_inputs, first, layers->len, error);
  if (made == NULL || !read_params (source, tensors, made, error))
    return FALSE;

  if (extras.n_scaler > 0 &&
      !read_scaler (source, tensors, &extras, made, error))
    return FALSE;
  if (extras.n_novelty > 0 && !read_novelty (source, tensors, extras.rank, made, error))
    return FALSE;
  if (extras.has_seen && !read_samples (source, tensors, &extras, seen, error))
    return FALSE;

  if (training != NULL &&
      !(*state = recipe_file_training_read (source, tensors, made, json_node_get_object (training), &sizes, error)))
    return FALSE;

  *net = g_steal_pointer (&made);

  return TRUE;
}
