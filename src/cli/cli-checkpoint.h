/* cli-checkpoint.h: checkpoints of a long run, every few epochs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "recipe/recipe-file.h"

G_BEGIN_DECLS

/* (transfer full): "net.checkpoint.perz" beside "net.perz" */
char    *cli_checkpoint_make_path    (const char *out);

/**
 * cli_checkpoint_check:
 * @path: from cli_checkpoint_make_path()
 * @continued: (nullable): the file that the run goes on from
 * @error: return location for a #GError
 *
 * Whether nothing is lost if a run is kept there: no checkpoint of another run that was interrupted,
 * unless it is the one that goes on.
 *
 * Errors: %MLP_ERROR_OPEN, naming the epoch and how to go on
 */
gboolean cli_checkpoint_check        (const char *path,
                                      const char *continued,
                                      GError    **error);

/* Whether both are there and are one file, by whatever name or link. */
gboolean cli_checkpoint_is_same_file (const char *a,
                                      const char *b);

G_END_DECLS
