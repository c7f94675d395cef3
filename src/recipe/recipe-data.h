/* recipe-data.h: description of the data that a network was trained on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "datasets/ds-set.h"
#include "recipe/recipe-seen.h"

G_BEGIN_DECLS

/* What a data set tells a network to remember of it. */
typedef struct
{
  char   *name;            /* never NULL, but perhaps empty */
  char   *identity;        /* the same */
  gsize   n_inputs;
  gsize   n_outputs;
  guint   rows;            /* of a picture, or 0 */
  guint   columns;
  float   scale;           /* of a byte, or 0 where inputs are floats */
  char  **class_names;     /* (nullable) */
  DsTask *task;            /* (nullable): of molecules */
  gsize   n_added;         /* samples that the recipe's "add" gave besides; 0 without */
  RecipeSeen *seen;        /* (nullable): what a network has seen of them; NULL: that is not known */
  gboolean whole_pictures; /* they fill their frame: see recipe-image.h; FALSE also where it is not known */
} RecipeData;

/* What @set tells, but for whole_pictures; @set: (nullable): NULL is nothing, with an empty name */
void  recipe_data_init             (RecipeData       *data,
                                    const DsSet      *set);
void  recipe_data_copy             (const RecipeData *data,
                                    RecipeData       *copy);
void  recipe_data_clear            (RecipeData       *data);

/* (transfer full) (nullable): a translated sentence where the classes of @set are called otherwise than those that
 * a network of @data was trained on, and a score of it on @set may mean nothing; else %NULL */
char *recipe_data_describe_classes (const RecipeData *data,
                                    const DsSet      *set);

G_END_DECLS
