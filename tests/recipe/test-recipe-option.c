/* test-recipe-option.c: each option of the table is compared, written and read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "recipe/recipe-json-private.h"
#include "recipe/recipe-json.h"
#include "recipe/recipe-option.h"

/* Gives an option another value than it has. */
static void
change_option (RecipeOption option,
               Recipe      *recipe)
{
  const MlpOptionRow *row = option.row;
  gpointer data = recipe_option_get_data (option, recipe);
  char **text;

  switch (row->kind)
    {
    case MLP_KIND_CHOICE:
      mlp_option_write (row, data, (guint) (mlp_option_read (row, data) + 1.0) % row->choices->n);
      break;

    case MLP_KIND_SWITCH:
      mlp_option_write (row, data, mlp_option_read (row, data) == 0.0);
      break;

    case MLP_KIND_FLOAT:
      mlp_option_write (row, data, 0.3125);
      break;

    case MLP_KIND_UINT:
    case MLP_KIND_SIZE:
    case MLP_KIND_UINT64:
      mlp_option_write (row, data, 77.0);
      break;

    case MLP_KIND_STRING:
      text = (char **) G_STRUCT_MEMBER_P (data, row->offset);
      g_free (*text);
      *text = g_strdup (row->id == RECIPE_OPTION_FEATURES ? "pair-histograms" : row->id == RECIPE_OPTION_TARGETS ? "mu" : "/else");
      break;

    case MLP_KIND_LAYERS:
      g_assert_true (recipe_set_hidden (recipe, "7:tanh", NULL));
      break;

    default:
      g_assert_not_reached ();
    }
}

static void
test_each (void)
{
  g_autoptr(Recipe) fresh = recipe_new ();

  for (guint i = 0; i < RECIPE_N_OPTIONS; i++)
    {
      const RecipeOption option = recipe_option_get (i);
      const char *member = strrchr (option.row->member, '.');
      g_autofree char *quoted = g_strdup_printf ("\"%s\":", member != NULL ? member + 1 : option.row->member);
      g_autoptr(Recipe) recipe = recipe_new ();
      g_autoptr(Recipe) again = NULL;
      g_autoptr(JsonNode) node = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *text = NULL;

      change_option (option, recipe);
      g_test_message ("%s", option.row->name);
      g_assert_false (recipe_equal (recipe, fresh));

      node = recipe_json_from_recipe (recipe);
      text = recipe_json_to_text (node);
      g_assert_nonnull (strstr (text, quoted));
      again = recipe_json_to_recipe (node, &error);
      g_assert_no_error (error);
      g_assert_true (recipe_equal (recipe, again));
    }
}

/* Values in the spelling of the command line. */
static void
test_strings (void)
{
  static const char *const expected[] = {
    "data /d/x", "add none", "validation default", "test-size default", "validation-share 0.1", "limit 500",
    "shuffle-split on", "split-seed 18446744073709551615", "target gap,mu", "unit meV", "hidden 30:sigmoid,2:tanh",
    "output softmax", "loss cross-entropy", "optimizer nesterov", "learning-rate 0.001", "epsilon 1e-08",
    "batch-size 64", "patience 3", "bias-init normal", "label-smoothing 0.30000004", "seed 1", "linear-path off",
  };
  g_autoptr(Recipe) recipe = recipe_new ();
  g_autoptr(GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_free (recipe->source);
  recipe->source = g_strdup ("/d/x");
  recipe->split.n_validation = recipe->split.n_test = G_MAXSIZE;
  recipe->split.validation_share = 0.1f;
  recipe->split.limit = 500;
  recipe->split.shuffle = TRUE;
  recipe->split.seed = G_MAXUINT64;
  g_free (recipe->task.targets);
  recipe->task.targets = g_strdup ("gap,mu");
  recipe->task.unit = MOL_UNIT_MEV;
  g_assert_true (recipe_set_hidden (recipe, "30:sigmoid,2:tanh", NULL));
  recipe->output = MLP_SOFTMAX;
  recipe->training = (MlpTrainOptions) MLP_TRAIN_OPTIONS_DEFAULT;
  recipe->training.optimizer.kind = MLP_NESTEROV;
  recipe->training.patience = 3;
  recipe->training.random_biases = TRUE;
  recipe->training.label_smoothing = nextafterf (0.3f, 1.0f);
  for (guint i = 0; i < RECIPE_N_OPTIONS; i++)
    {
      const RecipeOption option = recipe_option_get (i);
      g_autofree char *value = mlp_option_to_string (option.row, recipe_option_peek_data (option, recipe));

      g_hash_table_add (all, g_strconcat (option.row->name, " ", value, NULL));
    }

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_test_message ("%s", expected[i]);
      g_assert_true (g_hash_table_contains (all, expected[i]));
    }
}

/* Names are for the command line and members for files: each is there once in its struct. */
static void
test_names (void)
{
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean seen[RECIPE_OPTION_END] = { FALSE };

  for (guint i = 0; i < RECIPE_N_OPTIONS; i++)
    {
      const RecipeOption option = recipe_option_get (i);
      const RecipeOption in_file = recipe_option_get_in_file (i);

      g_assert_true (g_hash_table_add (names, (gpointer) option.row->name));
      g_assert_true (g_hash_table_add (members, g_strdup_printf ("%d.%s", option.section, option.row->member)));
      g_assert_false (seen[in_file.row->id]);
      seen[in_file.row->id] = TRUE;
    }
}

/* What depends on the layers and the data, besides other options of the training. */
static void
test_applies (void)
{
  g_autoptr(Recipe) recipe = recipe_new ();

  for (guint i = 0; i < RECIPE_N_OPTIONS; i++)
    {
      const RecipeOption option = recipe_option_get (i);

      switch (option.row->id)
        {
        case MLP_OPTION_DROPOUT:
          g_assert_true (recipe_option_applies (option, recipe, FALSE));
          g_assert_true (recipe_set_hidden (recipe, "none", NULL));
          g_assert_false (recipe_option_applies (option, recipe, FALSE));
          break;

        case MLP_OPTION_STANDARDISE:
          g_assert_false (recipe_option_applies (option, recipe, FALSE));
          g_assert_true (recipe_option_applies (option, recipe, TRUE));
          break;

        case MLP_OPTION_LINEAR_PATH:
          recipe->training.standardise = FALSE;
          g_assert_false (recipe_option_applies (option, recipe, TRUE));
          recipe->training.standardise = TRUE;
          g_assert_true (recipe_option_applies (option, recipe, TRUE));
          g_assert_false (recipe_option_applies (option, recipe, FALSE));
          break;

        default:
          break;
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/recipe/option/each", test_each);
  g_test_add_func ("/recipe/option/strings", test_strings);
  g_test_add_func ("/recipe/option/names", test_names);
  g_test_add_func ("/recipe/option/applies", test_applies);

  return g_test_run ();
}
