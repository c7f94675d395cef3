/* recipe-rescue.h: rescue of a network that could not be saved to its file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "recipe/recipe-file.h"

G_BEGIN_DECLS

/**
 * recipe_rescue:
 * @file: what could not be saved
 * @path: where; the name it gets is made of this one
 * @error: (inout) (nullable): why; what became of the network is added to its message
 *
 * Saves @file in the folder "rescued" of the program's folder in the user's data folder, or
 * else in the folder for temporary files, under a name that is not taken. Blocks.
 *
 * Returns: (transfer full) (nullable): the path of the copy; %NULL where there could
 *   be none either
 */
char *recipe_rescue (const RecipeFile *file,
                     const char       *path,
                     GError          **error);

G_END_DECLS
