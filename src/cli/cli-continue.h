/* cli-continue.h: continuation of the training run in a file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli/cli-options.h"
#include "core/net/mlp-split.h"
#include "recipe/recipe-file.h"

G_BEGIN_DECLS

/* (transfer full) (nullable): the file at @path. Errors: those of cli_load_model();
 * %MLP_ERROR_FORMAT if it has not the state of a training */
RecipeFile *cli_continue_load        (const char       *path,
                                      GError          **error);

/* The last epoch that is done, 0 before the first. */
guint       cli_continue_get_epoch   (const RecipeFile *file);

/**
 * cli_continue_make_recipe:
 * @path: of @file
 * @file: from cli_continue_load()
 * @options: what was asked for
 * @error: return location for a #GError
 *
 * The recipe of the run with another number of epochs in all, learning rate, patience or number
 * of threads; anything else would be another run.
 *
 * Errors: those of cli_options_apply(), %G_OPTION_ERROR with what the file has and what was
 * asked for; also if there is no epoch left to do
 */
Recipe     *cli_continue_make_recipe (const char       *path,
                                      const RecipeFile *file,
                                      CliOptions       *options,
                                      GError          **error);

/* Whether these are the data of the run. Errors: %MLP_ERROR_SHAPE naming both */
gboolean    cli_continue_check_data  (const char       *path,
                                      const RecipeFile *file,
                                      const DsSet      *set,
                                      GError          **error);

/* The same of the samples, those that were added included, which have no part in the identity. */
gboolean    cli_continue_check_split (const char       *path,
                                      const RecipeFile *file,
                                      const DsSet      *set,
                                      const MlpSplit   *split,
                                      GError          **error);

G_END_DECLS
