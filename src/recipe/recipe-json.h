/* recipe-json.h: JSON format of recipes and epochs, for files and logs.
 *
 * Numbers have a point in every locale. Reading checks every type and range; a
 * member that is not known is passed over, so that older programs read newer
 * files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "recipe/recipe.h"

G_BEGIN_DECLS

/* (transfer full) */
JsonNode *recipe_json_from_recipe (const Recipe   *recipe);

/* Errors: %MLP_ERROR_FORMAT, naming the member and what was expected */
Recipe   *recipe_json_to_recipe   (JsonNode       *node,
                                   GError        **error);

/* {"epoch": 1, "train_loss": …, "validation_loss": …, "train_accuracy": …,
 * "validation_accuracy": …, "train_mae": …, "validation_mae": …,
 * "learning_rate": …}; what is NaN is left out. */
JsonNode *recipe_json_from_epoch  (const MlpEpoch *epoch);
gboolean  recipe_json_to_epoch    (JsonNode       *node,
                                   MlpEpoch       *epoch,
                                   GError        **error);

/* (transfer full): one line without spaces, for files and logs; numbers with as
 * few digits as give the same number again, never rounded */
char     *recipe_json_to_text     (JsonNode       *node);

G_END_DECLS
