/* recipe-option.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "datasets/ds-european.h"
#include "recipe/recipe-option.h"

static const char *
get_activation_name (guint value)
{
  return mlp_activation_get_name ((MlpActivation) value);
}

static gboolean
find_activation (const char *name,
                 guint      *value,
                 GError    **error)
{
  return mlp_activation_from_name (name, (MlpActivation *) value, error);
}

static const char *
get_unit_name (guint value)
{
  return mol_target_get_unit_name ((MolUnit) value);
}

static gboolean
find_unit (const char *name,
           guint      *value,
           GError    **error)
{
  return mol_target_unit_from_name (name, (MolUnit *) value, error);
}

static const MlpOptionChoices activation_choices = { MLP_N_ACTIVATIONS, get_activation_name, find_activation, NULL };
static const MlpOptionChoices unit_choices = { MOL_N_UNITS, get_unit_name, find_unit, NULL };

#define FIELD(the_id, Struct, field, the_name, the_member, the_kind)                     \
  .id = RECIPE_OPTION_ ## the_id, .name = the_name, .member = the_member,                \
  .kind = MLP_KIND_ ## the_kind, .offset = G_STRUCT_OFFSET (Struct, field)

/* In the order of files. */
static const struct
{
  RecipeSection section;
  MlpOptionRow  row;
} own[] = {
  { RECIPE_SECTION_RECIPE,
    { FIELD (SOURCE, Recipe, source, "data", "source", STRING), .flags = MLP_OPTION_NO_ARGUMENT,
      .title = N_("Data"),
      .help = N_("Built-in data set, file or folder") } },

  { RECIPE_SECTION_RECIPE,
    { FIELD (ADD, Recipe, add, "add", "add", STRING), .flags = MLP_OPTION_OMIT_DEFAULT,
      .title = N_("Drawings"),
      .help = N_("Also train on these images, such as your own drawings; a fifth is reserved for testing") } },

  { RECIPE_SECTION_SPLIT,
    { FIELD (VALIDATION, DsSplitOptions, n_validation, "validation", "validation", SIZE),
      .flags = MLP_OPTION_OMIT_DEFAULT,
      .title = N_("Validation"),
      .help = N_("Size of the validation set in samples, or its share such as 0.1 (that of the data set, or a sixth)") } },

  { RECIPE_SECTION_SPLIT,
    { FIELD (TEST, DsSplitOptions, n_test, "test-size", "test", SIZE), .flags = MLP_OPTION_OMIT_DEFAULT,
      .title = N_("Test"),
      .help = N_("Molecules: size of the test set in samples, or its share (a tenth)") } },

  { RECIPE_SECTION_SPLIT,
    { FIELD (VALIDATION_SHARE, DsSplitOptions, validation_share, "validation-share", "validation_share", FLOAT),
      .upper = 1.0, .flags = MLP_RANGE_OPEN_UPPER | MLP_OPTION_NO_ARGUMENT | MLP_OPTION_OMIT_DEFAULT,
      .title = N_("Validation"),
      .help = N_("Share of all samples in the validation set") } },

  { RECIPE_SECTION_SPLIT,
    { FIELD (TEST_SHARE, DsSplitOptions, test_share, "test-share", "test_share", FLOAT),
      .upper = 1.0, .flags = MLP_RANGE_OPEN_UPPER | MLP_OPTION_NO_ARGUMENT | MLP_OPTION_OMIT_DEFAULT,
      .title = N_("Test"),
      .help = N_("Share of all samples in the test set") } },

  { RECIPE_SECTION_SPLIT,
    { FIELD (EUROPEAN_SHARE, DsSplitOptions, european_share, "european-hands", "european_share", FLOAT),
      .upper = (double) DS_EUROPEAN_MAX_SHARE, .flags = MLP_OPTION_OMIT_DEFAULT, .example = "0.05",
      .title = N_("Share of European Handwriting"),
      .help = N_("Digits: share of European handwriting in the training set, such as 0.05") } },

  { RECIPE_SECTION_SPLIT,
    { FIELD (LIMIT, DsSplitOptions, limit, "limit", "limit", SIZE),
      .title = N_("Training Samples at Most"),
      .hint = N_("0: all"),
      .help = N_("Upper limit of the number of training samples") } },

  { RECIPE_SECTION_SPLIT,
    { FIELD (SHUFFLE, DsSplitOptions, shuffle, "shuffle-split", "shuffle", SWITCH),
      .title = N_("Shuffle"),
      .hint = N_("Draw the validation set at random"),
      .help = N_("Draw the validation set at random, using the seed") } },

  { RECIPE_SECTION_SPLIT,
    { FIELD (SPLIT_SEED, DsSplitOptions, seed, "split-seed", "seed", UINT64), .flags = MLP_OPTION_NO_ARGUMENT,
      .title = N_("Seed of the Split"),
      .help = N_("The same seed reproduces the split") } },

  { RECIPE_SECTION_TASK,
    { FIELD (FEATURES, DsTask, features, "features", "features", STRING),
      .title = N_("Features"),
      .help = N_("Molecules: input features") } },

  { RECIPE_SECTION_TASK,
    { FIELD (TARGETS, DsTask, targets, "target", "targets", STRING),
      .title = N_("Target"),
      .help = N_("Molecules: targets, such as gap or gap,mu") } },

  { RECIPE_SECTION_TASK,
    { FIELD (UNIT, DsTask, unit, "unit", "unit", CHOICE), .choices = &unit_choices,
      .title = N_("Unit"),
      .help = N_("Unit of energies") } },

  { RECIPE_SECTION_TASK,
    { FIELD (KEEP_UNCHARACTERIZED, DsTask, keep_uncharacterized,
             "keep-uncharacterized", "keep_uncharacterized", SWITCH),
      .title = N_("Uncharacterised Molecules"),
      .help = N_("QM9: keep the molecules that failed the authors’ consistency check") } },

  { RECIPE_SECTION_RECIPE,
    { FIELD (HIDDEN, Recipe, hidden, "hidden", "hidden", LAYERS),
      .title = N_("Hidden Layers"),
      .help = N_("Hidden layers, such as 30:sigmoid or 100:relu,50:tanh, or none") } },

  { RECIPE_SECTION_RECIPE,
    { FIELD (OUTPUT, Recipe, output, "output", "output", CHOICE), .choices = &activation_choices,
      .title = N_("Output"),
      .help = N_("Output activation") } },
};

G_STATIC_ASSERT (G_N_ELEMENTS (own) + MLP_N_OPTIONS - 1 == RECIPE_N_OPTIONS);

RecipeOption
recipe_option_get (guint i)
{
  RecipeOption option;

  if (i < G_N_ELEMENTS (own))
    {
      option.row = &own[i].row;
      option.section = own[i].section;
    }
  else
    {
      option.row = mlp_train_options_get (i - G_N_ELEMENTS (own));
      option.section = RECIPE_SECTION_TRAINING;
    }

  return option;
}

RecipeOption
recipe_option_get_in_file (guint i)
{
  RecipeOption option = recipe_option_get (i);

  if (i >= G_N_ELEMENTS (own))
    option.row = mlp_train_options_find ((MlpOption) (i - G_N_ELEMENTS (own) + 1));

  return option;
}

const char *
recipe_option_get_section (RecipeOption option)
{
  static const char *const names[] = {
    [RECIPE_SECTION_RECIPE] = NULL,
    [RECIPE_SECTION_SPLIT] = "split",
    [RECIPE_SECTION_TASK] = "task",
    [RECIPE_SECTION_TRAINING] = "training",
  };

  return names[option.section];
}

gconstpointer
recipe_option_peek_data (RecipeOption  option,
                         const Recipe *recipe)
{
  switch (option.section)
    {
    case RECIPE_SECTION_SPLIT:
      return &recipe->split;

    case RECIPE_SECTION_TASK:
      return &recipe->task;

    case RECIPE_SECTION_TRAINING:
      return &recipe->training;

    case RECIPE_SECTION_RECIPE:
    default:
      return recipe;
    }
}

gpointer
recipe_option_get_data (RecipeOption option,
                        Recipe      *recipe)
{
  return (gpointer) recipe_option_peek_data (option, recipe);
}

gconstpointer
recipe_option_peek_default (RecipeOption option)
{
  static Recipe *recipe;

  if (g_once_init_enter (&recipe))
    g_once_init_leave (&recipe, recipe_new ());

  return recipe_option_peek_data (option, recipe);
}

gboolean
recipe_option_applies (RecipeOption  option,
                       const Recipe *recipe,
                       gboolean      values)
{
  if ((option.row->flags & MLP_OPTION_NEEDS_HIDDEN) && recipe->hidden->len == 0)
    return FALSE;

  if ((option.row->flags & MLP_OPTION_NEEDS_VALUES) && !values)
    return FALSE;

  return option.section != RECIPE_SECTION_TRAINING || mlp_train_options_apply (&recipe->training, option.row);
}
