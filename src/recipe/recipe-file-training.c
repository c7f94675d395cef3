/* recipe-file-training.c: the state of a training run in a .perz file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "recipe/recipe-file-private.h"
#include "recipe/recipe-json-private.h"

#define ORDER "training.order"
#define LAST  "training.last."

/* Of a generator: 4 words of 16 hex digits. */
#define RANDOM_LENGTH 64

/* (transfer full): what stands before "layers.1.weight" */
static char *
get_moment_prefix (guint i)
{
  return g_strdup_printf ("optimizer.moments.%u.", i + 1);
}

/* --- writing --- */

/* @params: (nullable): in the order of the network's */
static void
add_params (GArray       *tensors,
            const MlpNet *net,
            const char   *prefix,
            const float  *params)
{
  for (gsize l = 1; l <= mlp_net_get_n_layers (net); l++)
    {
      g_autofree char *weight = recipe_file_weight_name (l);
      g_autofree char *bias = recipe_file_bias_name (l);
      g_autofree char *weight_name = g_strconcat (prefix, weight, NULL);
      g_autofree char *bias_name = g_strconcat (prefix, bias, NULL);
      const gsize n = mlp_net_get_width (net, l);

      recipe_file_tensors_add (tensors, weight_name, RECIPE_FILE_F32, n, mlp_net_get_width (net, l - 1),
                               params != NULL ? params + mlp_net_get_weight_offset (net, l) : NULL);
      recipe_file_tensors_add (tensors, bias_name, RECIPE_FILE_F32, n, 0,
                               params != NULL ? params + mlp_net_get_bias_offset (net, l) : NULL);
    }
}

void
recipe_file_training_add_tensors (GArray                 *tensors,
                                  const MlpNet           *net,
                                  const MlpTrainingState *state)
{
  for (guint i = 0; i < state->n_moments; i++)
    {
      g_autofree char *prefix = get_moment_prefix (i);

      add_params (tensors, net, prefix, state->moments[i]);
    }

  if (state->last != NULL)
    add_params (tensors, net, LAST, state->last);

  recipe_file_tensors_add (tensors, ORDER, RECIPE_FILE_I32, state->n_train, 0, state->order);
}

static char *
random_to_text (const MlpRandom *random)
{
  return g_strdup_printf ("%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x"
                          "%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x",
                          random->s[0], random->s[1], random->s[2], random->s[3]);
}

JsonObject *
recipe_file_training_to_json (const MlpTrainingState *state)
{
  JsonObject *object = json_object_new ();
  JsonArray *dropout = json_array_new ();
  g_autofree char *shuffle = random_to_text (&state->shuffle);

  recipe_json_set_uint64 (object, "epochs", state->n_epochs);
  recipe_json_set_uint64 (object, "samples", state->n_done);
  recipe_json_set_double (object, "loss", state->loss);
  recipe_json_set_double (object, "absolute", state->absolute);
  recipe_json_set_uint64 (object, "right", state->n_right);
  recipe_json_set_float (object, "rate", state->rate);
  recipe_json_set_uint64 (object, "schedule_epochs", state->schedule_epochs);
  recipe_json_set_uint64 (object, "best_epoch", state->best_epoch);
  recipe_json_set_double (object, "best_loss", state->best_loss);
  recipe_json_set_uint64 (object, "epochs_since_best", state->n_worse);
  recipe_json_set_uint64 (object, "steps", state->n_steps);
  recipe_json_set_uint64 (object, "moments", state->n_moments);
  json_object_set_boolean_member (object, "last", state->last != NULL);
  recipe_json_set_uint64 (object, "train", state->n_train);
  json_object_set_string_member (object, "shuffle", shuffle);

  for (guint i = 0; i < state->n_dropout; i++)
    {
      g_autofree char *text = random_to_text (&state->dropout[i]);

      json_array_add_string_element (dropout, text);
    }

  json_object_set_array_member (object, "dropout", dropout);

  return object;
}

/* --- reading --- */

static gboolean
random_from_text (const char *text,
                  MlpRandom  *random)
{
  if (text == NULL || strlen (text) != RANDOM_LENGTH)
    return FALSE;

  for (guint i = 0; i < RANDOM_LENGTH; i++)
    {
      const int digit = g_ascii_xdigit_value (text[i]);

      if (digit < 0)
        return FALSE;

      random->s[i / 16] = random->s[i / 16] << 4 | (guint64) digit;
    }

  return TRUE;
}

static gboolean
refuse_random (GError **error)
{
  g_set_error_literal (error, MLP_ERROR, MLP_ERROR_FORMAT,
                       _("the random number states of its training are not 64 hexadecimal digits each"));
  return FALSE;
}

static gboolean
read_randoms (JsonObject       *object,
              MlpTrainingState *state,
              GError          **error)
{
  const char *shuffle = NULL;
  JsonArray *dropout;

  if (!recipe_json_get_string (object, "shuffle", &shuffle, error) ||
      !recipe_json_get_array (object, "dropout", &dropout, error))
    return FALSE;

  if (!random_from_text (shuffle, &state->shuffle) || dropout == NULL ||
      json_array_get_length (dropout) > MLP_MAX_DROPOUT)
    return refuse_random (error);

  state->n_dropout = json_array_get_length (dropout);
  for (guint i = 0; i < state->n_dropout; i++)
    {
      JsonNode *node = json_array_get_element (dropout, i);

      if (json_node_get_value_type (node) != G_TYPE_STRING ||
          !random_from_text (json_node_get_string (node), &state->dropout[i]))
        return refuse_random (error);
    }

  return TRUE;
}

static gboolean
read_numbers (JsonObject       *object,
              MlpTrainingState *state,
              GError          **error)
{
  return recipe_json_get_uint (object, "epochs", &state->n_epochs, error) &&
         recipe_json_get_size (object, "samples", &state->n_done, error) &&
         recipe_json_get_double (object, "loss", &state->loss, error) &&
         recipe_json_get_double (object, "absolute", &state->absolute, error) &&
         recipe_json_get_size (object, "right", &state->n_right, error) &&
         recipe_json_get_float (object, "rate", &state->rate, error) &&
         recipe_json_get_uint (object, "schedule_epochs", &state->schedule_epochs, error) &&
         recipe_json_get_uint (object, "best_epoch", &state->best_epoch, error) &&
         recipe_json_get_double (object, "best_loss", &state->best_loss, error) &&
         recipe_json_get_uint (object, "epochs_since_best", &state->n_worse, error) &&
         recipe_json_get_uint64 (object, "steps", G_MAXUINT64, &state->n_steps, error);
}

gboolean
recipe_file_training_read_sizes (JsonObject              *object,
                                 RecipeFileTrainingSizes *sizes,
                                 GError                 **error)
{
  *sizes = (RecipeFileTrainingSizes) { 0 };

  if (!recipe_json_get_uint (object, "moments", &sizes->n_moments, error) ||
      !recipe_json_get_boolean (object, "last", &sizes->has_last, error) ||
      !recipe_json_get_size (object, "train", &sizes->n_train, error))
    return FALSE;

  if (sizes->n_moments <= MLP_MAX_MOMENTS && sizes->n_train > 0 && sizes->n_train <= G_MAXINT32)
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
               _("its training has %u moments and %zu training samples; expected 0 to %d, and 1 to %d"),
               sizes->n_moments, sizes->n_train, MLP_MAX_MOMENTS, G_MAXINT32);
  return FALSE;
}

static gboolean
expect_params (GArray       *tensors,
               gsize         n_inputs,
               const GArray *layers,
               const char   *prefix,
               GError      **error)
{
  gsize m = n_inputs;

  for (guint i = 0; i < layers->len; i++)
    {
      g_autofree char *weight = recipe_file_weight_name (i + 1);
      g_autofree char *bias = recipe_file_bias_name (i + 1);
      g_autofree char *weight_name = g_strconcat (prefix, weight, NULL);
      g_autofree char *bias_name = g_strconcat (prefix, bias, NULL);
      const gsize n = g_array_index (layers, MlpLayer, i).width;

      if (!recipe_file_tensors_expect (tensors, weight_name, RECIPE_FILE_F32, n, m, error) ||
          !recipe_file_tensors_expect (tensors, bias_name, RECIPE_FILE_F32, n, 0, error))
        return FALSE;

      m = n;
    }

  return TRUE;
}

gboolean
recipe_file_training_expect (GArray                        *tensors,
                             gsize                          n_inputs,
                             const GArray                  *layers,
                             const RecipeFileTrainingSizes *sizes,
                             GError                       **error)
{
  for (guint i = 0; i < sizes->n_moments; i++)
    {
      g_autofree char *prefix = get_moment_prefix (i);

      if (!expect_params (tensors, n_inputs, layers, prefix, error))
        return FALSE;
    }

  if (sizes->has_last && !expect_params (tensors, n_inputs, layers, LAST, error))
    return FALSE;

  return recipe_file_tensors_expect (tensors, ORDER, RECIPE_FILE_I32, sizes->n_train, 0, error);
}

static void
copy_params (const RecipeFileSource *source,
             const GArray           *tensors,
             const MlpNet           *net,
             const char             *prefix,
             float                  *params)
{
  for (gsize l = 1; l <= mlp_net_get_n_layers (net); l++)
    {
      g_autofree char *weight = recipe_file_weight_name (l);
      g_autofree char *bias = recipe_file_bias_name (l);
      g_autofree char *weight_name = g_strconcat (prefix, weight, NULL);
      g_autofree char *bias_name = g_strconcat (prefix, bias, NULL);

      recipe_file_source_copy_words (source, tensors, weight_name, params + mlp_net_get_weight_offset (net, l));
      recipe_file_source_copy_words (source, tensors, bias_name, params + mlp_net_get_bias_offset (net, l));
    }
}

MlpTrainingState *
recipe_file_training_read (const RecipeFileSource        *source,
                           const GArray                  *tensors,
                           const MlpNet                  *net,
                           JsonObject                    *object,
                           const RecipeFileTrainingSizes *sizes,
                           GError                       **error)
{
  g_autoptr(MlpTrainingState) state = mlp_training_state_new (mlp_net_get_n_params (net), sizes->n_moments,
                                                              sizes->has_last, sizes->n_train);

  if (state == NULL)
    {
      g_set_error_literal (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                           _("not enough memory for its training state"));
      return NULL;
    }

  for (guint i = 0; i < state->n_moments; i++)
    {
      g_autofree char *prefix = get_moment_prefix (i);

      copy_params (source, tensors, net, prefix, state->moments[i]);
    }

  if (state->last != NULL)
    copy_params (source, tensors, net, LAST, state->last);
  recipe_file_source_copy_words (source, tensors, ORDER, state->order);

  if (!read_numbers (object, state, error) ||
      !read_randoms (object, state, error) ||
      !mlp_training_state_check (state, error))
    return NULL;

  return g_steal_pointer (&state);
}
