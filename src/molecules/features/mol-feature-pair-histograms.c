/* mol-feature-pair-histograms.c: how far atoms are apart, per pair of elements:
 *
 *   x = the atom counts, then for each pair of elements and each centre c_k
 *   Σ exp (−½ ((ln r_ij − c_k) / σ)²) over its pairs of atoms
 *
 * The scale is that of ln r, so that a bond is told from another by hundredths
 * of an Å and the far end of the molecule is seen roughly. It is the two-body
 * part of HDAD (Faber et al., J. Chem. Theory Comput. 13, 5255 (2017)) with
 * smooth bins.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "molecules/features/mol-features-private.h"
#include "molecules/features/mol-histogram-private.h"
#include "molecules/mol-element.h"

/* From 0.95 to 9.5 Å, in ln Å. */
static const MolHistogram histogram = { MOL_PAIR_BINS, -0.05, 0.1, 0.08 };

void
mol_feature_pair_histograms (const MolMolecule *molecule,
                             float             *x)
{
  float *bins = x + MOL_N_ELEMENTS;
  MolAtoms atoms;

  mol_atoms_init (&atoms, molecule);
  mol_feature_composition (molecule, x);
  memset (bins, 0, MOL_N_PAIRS * MOL_PAIR_BINS * sizeof (float));

  for (guint i = 0; i < atoms.n; i++)
    for (guint j = 0; j < i; j++)
      {
        guint pair = mol_atoms_pair_from_elements (atoms.element[i], atoms.element[j]);

        mol_histogram_add (&histogram, log (atoms.distance[i][j]), 1.0, bins + pair * MOL_PAIR_BINS);
      }
}
