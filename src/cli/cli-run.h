/* cli-run.h: one training run, reported to the terminal and to a log.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli/cli-log.h"
#include "core/net/mlp-split.h"
#include "recipe/recipe-file.h"

G_BEGIN_DECLS

/* What a run is to do. */
typedef struct
{
  const Recipe     *recipe;             /* checked; its epochs are those in all */
  const DsSet      *set;                /* its data */
  const MlpSplit   *split;              /* its split */
  CliLog           *log;                /* (nullable): started when the run can be; gets a line of JSON an epoch */
  const RecipeFile *past;               /* (nullable): that goes on, with a state */
  const char       *checkpoint;         /* (nullable): the file that the run is kept in … */
  guint             checkpoint_epochs;  /* … at each multiple of so many epochs */
} CliPlan;

/**
 * cli_run:
 * @plan: what to do
 * @file: (out): the network, its history and the state of its training, whenever an epoch
 *   was done or the run was stopped; also beside an error, but without the state
 * @error: return location for a #GError
 *
 * A signal that asks the program to end is no error: the weights so far are kept. Nor is a
 * checkpoint that cannot be kept: that is said on stderr, once.
 *
 * Errors: those of mlp_training_new(), mlp_training_new_continued(), cli_log_start() and
 * mlp_training_run()
 */
gboolean cli_run (const CliPlan *plan,
                  RecipeFile   **file,
                  GError       **error);

G_END_DECLS
