/* mol-feature-hdad-orbitals.c: where the atoms are, and what their electrons do:
 *
 *   x = the histograms of distances, angles and dihedrals (mol-feature-hdad.c), then
 *   levels, charges, bonds, dipole and polarisability (mol-feature-orbitals.c)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "molecules/features/mol-features-private.h"

void
mol_feature_hdad_orbitals (const MolMolecule *molecule,
                           float             *x)
{
  mol_feature_hdad (molecule, x);
  mol_feature_orbitals (molecule, x + MOL_HDAD_LENGTH);
}
