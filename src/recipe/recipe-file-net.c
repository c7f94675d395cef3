/* recipe-file-net.c: from the tensors of a .perz file to a network.
 *
 * Memory for the network is taken when its tensors were found to fill the rest
 * of the file exactly, so it is never more than the file has.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "recipe/recipe-file-private.h"
#include "recipe/recipe-json-private.h"

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
  const RecipeFileTensor *tensor = recipe_file_tensors_get (tensors, name);
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
    return recipe_file_tensors_find (tensors, source, error);

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
      !recipe_file_tensors_find (tensors, source, error))
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
