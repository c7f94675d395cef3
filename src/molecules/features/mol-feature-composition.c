/* mol-feature-composition.c: how many atoms of each element.
 *
 *   x = (n_H, n_C, n_N, n_O, n_F)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "molecules/features/mol-features-private.h"
#include "molecules/mol-element.h"

void
mol_feature_composition (const MolMolecule *molecule,
                         float             *x)
{
  guint counts[MOL_N_ELEMENTS];

  mol_atoms_count (molecule, counts);
  for (guint e = 0; e < MOL_N_ELEMENTS; e++)
    x[e] = (float) counts[e];
}
