/* cli-options.h: command-line options that change a recipe.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "recipe/recipe.h"

G_BEGIN_DECLS

typedef struct _CliOptions CliOptions;

CliOptions  *cli_options_new         (void);
void         cli_options_free        (CliOptions  *options);

/* (transfer container): their entries and @others, closed; the values that are
 * parsed go into @options. @others is closed by { NULL }. */
GOptionEntry *cli_options_make_entries (CliOptions *options,
                                      const GOptionEntry *others);

/* (transfer full): the presets, for --help */
char        *cli_options_describe    (void);

/* The default recipe for @source (pictures or molecules) with the preset and then
 * the options that were given, in whatever order they stood. Errors: %G_OPTION_ERROR, %MLP_ERROR_INVALID */
Recipe      *cli_options_make_recipe (CliOptions  *options,
                                      const char  *source,
                                      GError     **error);

/* The same on a recipe that is there. */
gboolean     cli_options_apply       (CliOptions  *options,
                                      Recipe      *recipe,
                                      GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliOptions, cli_options_free)

G_END_DECLS
