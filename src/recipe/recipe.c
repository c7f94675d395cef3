/* recipe.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/mlp-error.h"
#include "datasets/ds-split.h"
#include "recipe/recipe.h"

Recipe *
recipe_new (void)
{
  Recipe *recipe = g_new0 (Recipe, 1);

  recipe->source = g_strdup ("builtin:digits");
  recipe->split = (DsSplitOptions) DS_SPLIT_OPTIONS_DEFAULT;
  ds_task_init (&recipe->task);
  recipe->hidden = g_array_new (FALSE, FALSE, sizeof (MlpLayer));
  recipe_apply_preset (recipe, "default", NULL);
  recipe->training.seed = 1;

  return recipe;
}

Recipe *
recipe_copy (const Recipe *recipe)
{
  Recipe *copy;

  g_return_val_if_fail (recipe != NULL, NULL);

  copy = g_new0 (Recipe, 1);
  *copy = *recipe;
  copy->source = g_strdup (recipe->source);
  copy->add = g_strdup (recipe->add);
  ds_task_copy (&recipe->task, &copy->task);
  copy->hidden = g_array_copy (recipe->hidden);

  return copy;
}

void
recipe_free (Recipe *recipe)
{
  if (recipe == NULL)
    return;

  g_free (recipe->source);
  g_free (recipe->add);
  ds_task_clear (&recipe->task);
  g_array_unref (recipe->hidden);
  g_free (recipe);
}

/* (transfer full): "identity, sigmoid, …" */
static char *
list_hidden_activations (void)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < MLP_N_ACTIVATIONS; i++)
    if (i != MLP_SOFTMAX)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", mlp_activation_get_name ((MlpActivation) i));

  return g_string_free (names, FALSE);
}

/* "30:sigmoid", "30" */
static gboolean
parse_layer (char     *text,
             MlpLayer *layer,
             GError  **error)
{
  char *colon = strchr (text, ':');
  guint64 width;

  layer->activation = MLP_RELU;

  if (colon != NULL)
    {
      *colon = '\0';

      if (!mlp_activation_from_name (g_strstrip (colon + 1), &layer->activation, error))
        return FALSE;

      if (layer->activation == MLP_SOFTMAX)
        {
          g_autofree char *others = list_hidden_activations ();

          g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                       /* Translators: a list of names, “sigmoid, tanh, relu” */
                       _("Softmax is for the output layer only; a hidden layer can use one of %s"), others);
          return FALSE;
        }
    }

  if (!g_ascii_string_to_unsigned (g_strstrip (text), 10, 1, G_MAXINT32, &width, NULL))
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                   _("“%s” is not a hidden layer; expected the number of units and an activation function, such as "
                     "30:sigmoid, with commas between layers"), text);
      return FALSE;
    }

  layer->width = (gsize) width;

  return TRUE;
}

gboolean
recipe_set_hidden (Recipe     *recipe,
                   const char *text,
                   GError    **error)
{
  g_autoptr(GArray) layers = NULL;
  g_auto(GStrv) parts = NULL;

  g_return_val_if_fail (recipe != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  layers = g_array_new (FALSE, FALSE, sizeof (MlpLayer));

  if (strcmp (text, "none") != 0)
    parts = g_strsplit (text, ",", -1);

  for (gsize i = 0; parts != NULL && parts[i] != NULL; i++)
    {
      MlpLayer layer;

      if (!parse_layer (parts[i], &layer, error))
        return FALSE;

      g_array_append_val (layers, layer);
    }

  if (layers->len > RECIPE_MAX_HIDDEN)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                   _("%u hidden layers are too many; the maximum is %d"),
                   layers->len, RECIPE_MAX_HIDDEN);
      return FALSE;
    }

  g_array_unref (recipe->hidden);
  recipe->hidden = g_steal_pointer (&layers);

  return TRUE;
}

static void
append_width (GString *text,
              gsize    width)
{
  if (text->len > 0)
    g_string_append_c (text, '-');

  if (width > 0)
    g_string_append_printf (text, "%" G_GSIZE_FORMAT, width);
  else
    g_string_append_c (text, '?');
}

char *
recipe_describe_network (const Recipe *recipe,
                         gsize         n_inputs,
                         gsize         n_outputs)
{
  GString *text;

  g_return_val_if_fail (recipe != NULL, NULL);

  text = g_string_new (NULL);
  append_width (text, n_inputs);

  for (guint i = 0; i < recipe->hidden->len; i++)
    append_width (text, g_array_index (recipe->hidden, MlpLayer, i).width);

  append_width (text, n_outputs);

  return g_string_free (text, FALSE);
}

/* (transfer full): layers 1 … L */
static GArray *
make_layers (const Recipe *recipe,
             gsize         n_outputs)
{
  GArray *layers = g_array_copy (recipe->hidden);
  const MlpLayer output = { n_outputs, recipe->output };

  g_array_append_val (layers, output);

  return layers;
}

MlpNet *
recipe_make_zero_net (const Recipe *recipe,
                      gsize         n_inputs,
                      gsize         n_outputs,
                      GError      **error)
{
  g_autoptr(GArray) layers = NULL;

  g_return_val_if_fail (recipe != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  layers = make_layers (recipe, n_outputs);

  return mlp_net_new (n_inputs, (const MlpLayer *) (void *) layers->data, layers->len, error);
}

MlpNet *
recipe_make_net (const Recipe *recipe,
                 gsize         n_inputs,
                 gsize         n_outputs,
                 GError      **error)
{
  MlpNet *net = recipe_make_zero_net (recipe, n_inputs, n_outputs, error);

  if (net != NULL)
    mlp_net_init (net, recipe->training.init, recipe->training.random_biases,
                  recipe->training.seed);

  return net;
}
