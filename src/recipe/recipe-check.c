/* recipe-check.c: whether a recipe can be run, and whether two are the same.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/mlp-error.h"
#include "core/net/mlp-split.h"
#include "datasets/ds-european.h"
#include "recipe/recipe-option.h"
#include "recipe/recipe.h"

gboolean
recipe_equal (const Recipe *a,
              const Recipe *b)
{
  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  for (guint i = 0; i < RECIPE_N_OPTIONS; i++)
    {
      const RecipeOption option = recipe_option_get (i);

      if (!mlp_option_equal (option.row, recipe_option_peek_data (option, a), recipe_option_peek_data (option, b)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_shape (const Recipe *recipe,
             const DsSet  *set,
             GError      **error)
{
  g_autoptr(GArray) layers = g_array_copy (recipe->hidden);
  MlpLayer output = { 1, recipe->output };
  gsize n_inputs = 1;

  if (recipe->hidden->len > RECIPE_MAX_HIDDEN)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                   _("%u hidden layers are too many; the maximum is %d"),
                   recipe->hidden->len, RECIPE_MAX_HIDDEN);
      return FALSE;
    }

  if (set != NULL)
    {
      n_inputs = mlp_samples_get_n_inputs (set->samples);
      output.width = mlp_samples_get_n_outputs (set->samples);
    }

  g_array_append_val (layers, output);

  return mlp_net_check (n_inputs, (const MlpLayer *) (void *) layers->data, layers->len, NULL, error);
}

/* The ranges of what is not of the training. */
static gboolean
check_ranges (const Recipe *recipe,
              GError      **error)
{
  for (guint i = 0; i < RECIPE_N_OPTIONS; i++)
    {
      const RecipeOption option = recipe_option_get (i);

      if (option.section != RECIPE_SECTION_TRAINING &&
          !mlp_option_check (option.row, recipe_option_peek_data (option, recipe), error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_targets (const Recipe *recipe,
               const DsSet  *set,
               GError      **error)
{
  if (mlp_samples_has_classes (set->samples) ||
      recipe->training.loss == MLP_LOSS_SQUARED ||
      recipe->training.loss == MLP_LOSS_HUBER)
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
               _("The loss %s needs classes, but “%s” has numeric targets; use squared error or Huber with an identity "
                 "output"),
               mlp_loss_get_name (recipe->training.loss), set->name);
  return FALSE;
}

gboolean
recipe_check (const Recipe *recipe,
              const DsSet  *set,
              MlpOption    *option,
              GError      **error)
{
  gsize n_validation;

  g_return_val_if_fail (recipe != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (option != NULL)
    *option = MLP_OPTION_NONE;

  if (!check_shape (recipe, set, error) || !check_ranges (recipe, error))
    return FALSE;

  n_validation = recipe->split.n_validation;

  if (set != NULL)
    {
      g_autoptr(MlpSplit) split = NULL;

      if (!ds_european_check (set, recipe->split.european_share, error))
        return FALSE;

      split = ds_split_make (set, &recipe->split, error);
      if (split == NULL)
        return FALSE;

      mlp_split_peek (split, MLP_VALIDATION, &n_validation);
    }

  if (!mlp_train_options_check (&recipe->training, recipe->output, n_validation, option, error))
    return FALSE;

  if (set != NULL && !mlp_augment_check (recipe->training.augment, set->samples, error))
    {
      if (option != NULL)
        *option = MLP_OPTION_AUGMENT;

      return FALSE;
    }

  if (set != NULL && !check_targets (recipe, set, error))
    {
      if (option != NULL)
        *option = MLP_OPTION_LOSS;

      return FALSE;
    }

  return TRUE;
}
