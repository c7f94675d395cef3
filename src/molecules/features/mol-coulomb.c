/* mol-coulomb.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "molecules/features/mol-atoms-private.h"
#include "molecules/features/mol-coulomb-private.h"

#define BOHR 0.529177210903     /* Å */

void
mol_coulomb_init (MolCoulomb        *coulomb,
                  const MolMolecule *molecule)
{
  MolAtoms atoms;

  mol_atoms_init (&atoms, molecule);
  coulomb->n = atoms.n;

  for (guint i = 0; i < atoms.n; i++)
    {
      coulomb->m[i][i] = 0.5 * pow (molecule->z[i], 2.4);
      for (guint j = 0; j < i; j++)
        {
          double m = molecule->z[i] * molecule->z[j] * BOHR / atoms.distance[i][j];

          coulomb->m[i][j] = m;
          coulomb->m[j][i] = m;
        }
    }
}
