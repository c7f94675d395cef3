/* pz-mae.h: mean absolute error with its unit, as text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "datasets/ds-task.h"

G_BEGIN_DECLS

/* Only of tasks whose targets are in one unit (ds_task_mixes_units()). */

/* (transfer full): of an axis: "MAE (eV)"; "MAE, mean of 3 targets (eV)" */
char *pz_mae_get_title (const DsTask *task);

/* (transfer full): "0.123 eV" */
char *pz_mae_format    (double        mae,
                        const DsTask *task);

G_END_DECLS
