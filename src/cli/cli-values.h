/* cli-values.h: regression metrics for each target.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli/cli.h"
#include "core/net/mlp-regression-metrics.h"
#include "core/net/mlp-split.h"

G_BEGIN_DECLS

/* (transfer full) (nullable) (array): a fit for each target of @set, of the
 * samples of @part */
MlpRegressionMetrics *cli_values_measure   (const RecipeFile           *file,
                                            const DsSet                *set,
                                            const MlpSplit             *split,
                                            MlpPart                     part,
                                            GError                    **error);

/* A line a target: "gap: MAE 0.123 eV (95 % interval 0.121 to 0.125), …" */
void                  cli_values_print     (const DsSet                *set,
                                            const char                 *what,
                                            const MlpRegressionMetrics *target_metrics);

/* "eV", "D": of target @t of @task */
const char           *cli_values_get_unit  (const DsTask               *task,
                                            gsize                       t);

/* Adds "units": {"gap": "eV", "mu": "D"}, and where all are in one "unit": "eV". */
void                  cli_values_add_units (JsonObject                 *object,
                                            const DsTask               *task,
                                            char                      **names);

/* (transfer full): {"gap": {"mae": …, "unit": "eV", …}, …} */
JsonObject           *cli_values_to_json   (const DsSet                *set,
                                            const MlpRegressionMetrics *target_metrics);

G_END_DECLS
