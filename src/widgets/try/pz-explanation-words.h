/* pz-explanation-words.h: explanations of a prediction in words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/pz-explainer.h"
#include "recipe/recipe-file.h"

G_BEGIN_DECLS

/* All (transfer full). */

/* "For 7, 98 %" */
char *pz_explanation_words_title_attribution       (const RecipeData       *data,
                                                    const PzAttribution    *attribution);

/* "Most for it at the top left, most against it in the middle": where the largest and
 * the smallest of @values are, which are as many as pixels */
char *pz_explanation_words_describe_places         (const float            *values);

/* "Unit 17: its activation 1.2 adds +4.1 to 7" */
char *pz_explanation_words_describe_unit           (const RecipeData       *data,
                                                    const PzAttribution    *attribution,
                                                    gsize                   k);

/* "Made a 9: 9, 73 %", "It is a 7 already", … */
char *pz_explanation_words_title_counterfactual    (const RecipeData       *data,
                                                    const PzCounterfactual *counterfactual);

/* "14 pixels darker, 6 lighter": (nullable) where nothing was found */
char *pz_explanation_words_describe_counterfactual (const PzCounterfactual *counterfactual);

G_END_DECLS
