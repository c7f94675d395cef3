/* pz-class-words.h: class probabilities in words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "recipe/recipe-file.h"

G_BEGIN_DECLS

/* (transfer full): class @i by the name that the network's data had for it, or its
 * number. @data: (nullable) */
char       *pz_class_words_dup_name               (const RecipeData *data,
                                                   gsize             i);

/* (transfer full): "98 %", with the locale's spaces */
char       *pz_class_words_dup_probability        (double            share);

/* (transfer full): "7: 98 %, 9: 1 %, 4: 0 %", the best three first */
char       *pz_class_words_describe_probabilities (const RecipeData *data,
                                                   const float      *probabilities,
                                                   gsize             n);

/* "Not a digit?", or "None of these?" where the classes are others. */
const char *pz_class_words_get_doubt              (const RecipeData *data);

G_END_DECLS
