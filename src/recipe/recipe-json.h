/* recipe-json.h: recipes and epochs as JSON, one spelling for files and logs.
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
JsonNode *recipe_to_json         (const Recipe    *recipe);

/* Errors: %MLP_ERROR_FORMAT, naming the member and what was expected */
Recipe   *recipe_from_json       (JsonNode        *node,
                                  GError         **error);

/* {"epoch": 1, "train_loss": …, "validation_loss": …, "train_accuracy": …,
 * "validation_accuracy": …, "train_mae": …, "validation_mae": …,
 * "learning_rate": …}; what is NaN is left out. */
JsonNode *recipe_epoch_to_json   (const MlpEpoch  *epoch);
gboolean  recipe_epoch_from_json (JsonNode        *node,
                                  MlpEpoch        *epoch,
                                  GError         **error);

/* (transfer full): one line without spaces, for files and logs; numbers with as
 * few digits as give the same number again, never rounded */
char     *recipe_json_to_text    (JsonNode        *node);

G_END_DECLS
