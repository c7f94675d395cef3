/* cli-run.h: one training run, told to the terminal and to a log.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli/cli-log.h"
#include "recipe/recipe-file.h"

G_BEGIN_DECLS

/**
 * cli_run:
 * @recipe: checked
 * @set: its data
 * @split: its split
 * @log: (nullable): is started when the run can be, and gets a line of JSON an epoch
 * @file: (out): the network and its history, whenever an epoch was done or the
 *   run was stopped; also beside an error
 * @error: return location for a #GError
 *
 * A signal that asks the program to end is no error: the weights so far are kept.
 *
 * Errors: those of mlp_training_new(), cli_log_start() and mlp_training_run()
 */
gboolean cli_run (const Recipe    *recipe,
                  const DsSet     *set,
                  const MlpSplit  *split,
                  CliLog          *log,
                  RecipeFile     **file,
                  GError         **error);

G_END_DECLS
