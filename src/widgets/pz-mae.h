/* pz-mae.h: the mean absolute error of values, with its unit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "datasets/ds-task.h"

G_BEGIN_DECLS

/* (transfer full): of an axis: "MAE (eV)"; "MAE, mean of 3 targets (eV)", without
 * the unit where they have several. */
char *pz_mae_get_title (const DsTask *task);

/* (transfer full): "0.123 eV", "0.123 (mean of 3 targets)" */
char *pz_mae_format    (double        mae,
                        const DsTask *task);

G_END_DECLS
