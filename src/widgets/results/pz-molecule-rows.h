/* pz-molecule-rows.h: molecule rows of the recipe form: features, units and excluded molecules.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "widgets/common/pz-project-widget.h"

G_BEGIN_DECLS

#define PZ_TYPE_MOLECULE_ROWS (pz_molecule_rows_get_type ())

/* Not visible with other data. */
G_DECLARE_FINAL_TYPE (PzMoleculeRows, pz_molecule_rows, PZ, MOLECULE_ROWS, PzProjectWidget)

G_END_DECLS
