/* mol-feature-coulomb-spectra.c: spectra of the Coulomb matrix (see
 * mol-coulomb-private.h) and of parts of it, also where it falls off faster. For
 * p = 1, 2, 4, 8
 *
 *   M_ii = ½ Z_i^2.4,  M_ij = Z_i Z_j / r_ij · (1.5 Å / r_ij)^(p−1)
 *
 *   x = for each p the eigenvalues, falling, of M on all atoms (29 of them), on all
 *   but hydrogen, on C and N, on C and O, on N and O (9 each), then zeros
 *
 * The spectrum of one matrix (Rupp et al., Phys. Rev. Lett. 108, 058301 (2012)) is
 * that of many molecules; the more matrices, the fewer share all their spectra. A
 * fast fall-off leaves the bonds, and with them something like Hückel's matrix.
 * The powers and parts are this program's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>

#include "core/linalg/mlp-eigenvalues-private.h"
#include "molecules/features/mol-coulomb-private.h"
#include "molecules/features/mol-features-private.h"

/* Where the matrices of all p agree: a bond's length, in Å. */
#define BOND 1.5

/* The element with index e belongs to a part if bit e is set. */
static const struct
{
  guint elements;
  guint length;
} parts[MOL_COULOMB_SPECTRA_PARTS] = {
  { 0x1f, MOL_MAX_ATOMS },
  { 0x1e, MOL_COULOMB_SPECTRA_PART },      /* C N O F */
  { 0x06, MOL_COULOMB_SPECTRA_PART },      /* C N */
  { 0x0a, MOL_COULOMB_SPECTRA_PART },      /* C O */
  { 0x0c, MOL_COULOMB_SPECTRA_PART },      /* N O */
};

static int
compare_falling (const void *a,
                 const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return x > y ? -1 : x < y;
}

static void
write_spectrum (const MolAtoms   *atoms,
                const MolCoulomb *coulomb,
                guint             elements,
                guint             length,
                float            *x)
{
  double part[MOL_MAX_ATOMS * MOL_MAX_ATOMS];
  double values[MOL_MAX_ATOMS];
  guint members[MOL_MAX_ATOMS];
  guint n = 0;

  for (guint i = 0; i < atoms->n; i++)
    if (elements >> atoms->element[i] & 1)
      members[n++] = i;

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      part[i * n + j] = coulomb->m[members[i]][members[j]];

  if (n > 0)
    mlp_eigenvalues (part, n, values, NULL);
  qsort (values, n, sizeof (double), compare_falling);

  for (guint i = 0; i < length; i++)
    x[i] = i < n ? (float) values[i] : 0.0f;
}

void
mol_feature_coulomb_spectra (const MolMolecule *molecule,
                             float             *x)
{
  MolCoulomb coulomb;
  MolAtoms atoms;

  mol_atoms_init (&atoms, molecule);
  mol_coulomb_init (&coulomb, molecule);

  for (guint p = 1; p <= MOL_COULOMB_SPECTRA_MOST; p *= 2)
    {
      for (guint k = 0; k < MOL_COULOMB_SPECTRA_PARTS; k++)
        {
          write_spectrum (&atoms, &coulomb, parts[k].elements, parts[k].length, x);
          x += parts[k].length;
        }

      /* From p to 2 p: times q^p. */
      for (guint i = 0; i < atoms.n; i++)
        for (guint j = 0; j < atoms.n; j++)
          for (guint q = 0; q < p && i != j; q++)
            coulomb.m[i][j] *= BOND / atoms.distance[i][j];
    }
}
