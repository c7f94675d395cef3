/* cli-redrawn.h: accuracy on redrawn digits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli/cli.h"
#include "datasets/ds-redrawn.h"

G_BEGIN_DECLS

/* Draws @items of @set in each way of ds-redrawn.h and asks the network, with a bar
 * where stdout is a terminal; Ctrl+C ends it. @metrics: (out): of each way. */
gboolean    cli_redrawn_measure (const RecipeFile *file,
                                 const DsSet      *set,
                                 const guint32    *items,
                                 gsize             n_items,
                                 MlpLoss           loss,
                                 MlpMetrics        metrics[DS_N_REDRAWN],
                                 GError          **error);

/* A line a way: "shifted  97.38 % right (95 % interval 97.05 to 97.68 %)" … */
void        cli_redrawn_print   (const MlpMetrics *metrics);

/* (transfer full): {"accuracy": …, "low": …, "high": …, "n": …, "split": "test", "disturbances":
 *  {"none": {the first four}, "shifted": …, "small": …, "thin": …, "tilted": …, "sloppy": …}};
 * on top that of the sloppy user. */
JsonObject *cli_redrawn_to_json (const char       *part,
                                 const MlpMetrics *metrics);

G_END_DECLS
