/* cli-plots.h: plots of a run as image files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "recipe/recipe-file.h"

G_BEGIN_DECLS

/**
 * cli_plots_write:
 * @folder: an existing folder
 * @file: a run
 * @error: return location for a #GError
 *
 * Writes curve.png and curve.svg, loss above accuracy, and for each layer l
 * weights-l.png: the units of the first as pictures where the inputs are ones.
 *
 * Errors: %MLP_ERROR_OPEN
 */
gboolean cli_plots_write (const char        *folder,
                          const RecipeFile  *file,
                          GError           **error);

/* (transfer full): what cli_plots_write() writes for a network of @n_layers (L) */
char   **cli_plots_list  (const char        *folder,
                          gsize              n_layers);

G_END_DECLS
