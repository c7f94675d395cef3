/* recipe-option.h: the table of all options of a recipe: data, split, task, layers, training.
 *
 * The command line, the form, files, comparison and checking go through it; what they know
 * of an option is its row. A new training option is a row in mlp-train-options.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "recipe/recipe.h"

G_BEGIN_DECLS

/* Those that are not of the training, in the order of files; they go on where MlpOption ends. */
typedef enum
{
  RECIPE_OPTION_SOURCE = MLP_N_OPTIONS,
  RECIPE_OPTION_ADD,
  RECIPE_OPTION_VALIDATION,
  RECIPE_OPTION_TEST,
  RECIPE_OPTION_VALIDATION_SHARE,
  RECIPE_OPTION_TEST_SHARE,
  RECIPE_OPTION_EUROPEAN_SHARE,
  RECIPE_OPTION_LIMIT,
  RECIPE_OPTION_SHUFFLE,
  RECIPE_OPTION_SPLIT_SEED,
  RECIPE_OPTION_FEATURES,
  RECIPE_OPTION_TARGETS,
  RECIPE_OPTION_UNIT,
  RECIPE_OPTION_KEEP_UNCHARACTERIZED,
  RECIPE_OPTION_HIDDEN,
  RECIPE_OPTION_OUTPUT,
  RECIPE_OPTION_END
} RecipeOptionId;

/* How many there are, without MLP_OPTION_NONE */
#define RECIPE_N_OPTIONS (RECIPE_OPTION_END - 1)

/* The struct of a recipe that an option is a field of. */
typedef enum
{
  RECIPE_SECTION_RECIPE,
  RECIPE_SECTION_SPLIT,
  RECIPE_SECTION_TASK,
  RECIPE_SECTION_TRAINING,
} RecipeSection;

typedef struct
{
  const MlpOptionRow *row;       /* its place is one in the section */
  RecipeSection       section;
} RecipeOption;

/* Option @i, below %RECIPE_N_OPTIONS, in the order in which a person meets them */
RecipeOption  recipe_option_get         (guint               i);

/* The same in the order of files */
RecipeOption  recipe_option_get_in_file (guint               i);

/* (nullable): "training"; NULL: of the recipe itself */
const char   *recipe_option_get_section (RecipeOption        option);

/* (transfer none): the struct of @recipe that the option's row is for */
gpointer      recipe_option_get_data    (RecipeOption        option,
                                         Recipe             *recipe);
gconstpointer recipe_option_peek_data   (RecipeOption        option,
                                         const Recipe       *recipe);

/* The struct of a new recipe that the row is for: what an option's default is read from. (transfer none) */
gconstpointer recipe_option_peek_default (RecipeOption       option);

/* Whether a run would look at the option at all; @values: whether values are predicted, not
 * classes */
gboolean      recipe_option_applies     (RecipeOption        option,
                                         const Recipe       *recipe,
                                         gboolean            values);

G_END_DECLS
