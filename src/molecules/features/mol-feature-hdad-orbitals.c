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
ds_feature_hdad_orbitals (const DsMolecule *molecule,
                          float            *x)
{
  ds_feature_hdad (molecule, x);
  ds_feature_orbitals (molecule, x + DS_HDAD_LENGTH);
}
