/* mol-feature-coulomb-eigenvalues.c: the spectrum of the Coulomb matrix M (see
 * mol-coulomb-private.h), after Rupp et al., Phys. Rev. Lett. 108, 058301 (2012):
 *
 *   x = (ε_1, ε_2, …) with M v_i = ε_i v_i and |ε_i| ≥ |ε_i+1|, then zeros
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "core/linalg/mlp-eigenvalues-private.h"
#include "molecules/features/mol-coulomb-private.h"
#include "molecules/features/mol-features-private.h"

static int
compare_magnitudes (const void *a,
                    const void *b)
{
  double x = fabs (*(const double *) a);
  double y = fabs (*(const double *) b);

  return x > y ? -1 : x < y;
}

static void
write_eigenvalues (const MolMolecule *molecule,
                   guint              length,
                   float             *x)
{
  MolCoulomb coulomb;
  double dense[MOL_MAX_ATOMS * MOL_MAX_ATOMS];
  double values[MOL_MAX_ATOMS];

  mol_coulomb_init (&coulomb, molecule);
  for (guint i = 0; i < coulomb.n; i++)
    for (guint j = 0; j < coulomb.n; j++)
      dense[i * coulomb.n + j] = coulomb.m[i][j];

  mlp_eigenvalues (dense, coulomb.n, values, NULL);
  qsort (values, coulomb.n, sizeof (double), compare_magnitudes);

  for (guint i = 0; i < length; i++)
    x[i] = i < coulomb.n ? (float) values[i] : 0.0f;
}

void
mol_feature_coulomb_eigenvalues (const MolMolecule *molecule,
                                 float             *x)
{
  write_eigenvalues (molecule, MOL_COULOMB_EIGENVALUES_LENGTH, x);
}

void
mol_feature_coulomb_eigenvalues_25 (const MolMolecule *molecule,
                                    float             *x)
{
  write_eigenvalues (molecule, MOL_COULOMB_EIGENVALUES_25_LENGTH, x);
}
