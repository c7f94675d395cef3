/* mol-coulomb-private.h: Coulomb matrix, shared by several features.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "molecules/mol-molecule.h"

G_BEGIN_DECLS

/* M_ii = ½ Z_i^2.4 and M_ij = Z_i Z_j / |R_i − R_j|, in atomic units (Rupp et
 * al., Phys. Rev. Lett. 108, 058301 (2012)). Distances are those of MolAtoms. */
typedef struct
{
  guint  n;                                    /* atoms */
  double m[MOL_MAX_ATOMS][MOL_MAX_ATOMS];      /* Ha */
} MolCoulomb;

void mol_coulomb_init (MolCoulomb        *coulomb,
                       const MolMolecule *molecule);

G_END_DECLS
