/* mol-coulomb-private.h: the Coulomb matrix, which several features are made of.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "molecules/mol-molecule.h"

G_BEGIN_DECLS

/* M_ii = ½ Z_i^2.4 and M_ij = Z_i Z_j / |R_i − R_j|, in atomic units (Rupp et
 * al., Phys. Rev. Lett. 108, 058301 (2012)). Distances are those of DsAtoms. */
typedef struct
{
  guint  n;                                  /* atoms */
  double m[DS_MAX_ATOMS][DS_MAX_ATOMS];      /* Ha */
} DsCoulomb;

void ds_coulomb_init (DsCoulomb        *coulomb,
                      const DsMolecule *molecule);

G_END_DECLS
