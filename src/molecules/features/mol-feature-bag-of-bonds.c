/* mol-feature-bag-of-bonds.c: the off-diagonal entries of the Coulomb matrix,
 * sorted by the elements that meet, after Hansen et al., J. Phys. Chem. Lett. 6,
 * 2326 (2015):
 *
 *   x = the bags H–H, H–C, … F–F one after the other; a bag holds all
 *   Z_i Z_j / |R_i − R_j| of its two elements, greatest first, then zeros
 *
 * The bags are as large as QM9's molecules ask for: 20 H, 9 C, 7 N, 5 O, 6 F. Of
 * a molecule beyond that the greatest entries are kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "molecules/features/mol-coulomb-private.h"
#include "molecules/features/mol-features-private.h"
#include "molecules/mol-element.h"

/* Pairs of atoms in one molecule. */
#define MAX_ENTRIES (MOL_MAX_ATOMS * (MOL_MAX_ATOMS - 1) / 2)

static const guint most[MOL_N_ELEMENTS] = { 20, 9, 7, 5, 6 };

static int
compare_falling (const void *a,
                 const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return x > y ? -1 : x < y;
}

/* Writes the bag of elements @a and @b. Returns: its size */
static guint
fill_bag (const MolCoulomb *coulomb,
          const guint      *elements,
          guint             a,
          guint             b,
          float            *bag)
{
  double entries[MAX_ENTRIES];
  guint size = a == b ? most[a] * (most[a] - 1) / 2 : most[a] * most[b];
  guint n = 0;

  for (guint i = 0; i < coulomb->n; i++)
    for (guint j = 0; j < i; j++)
      if ((elements[i] == a && elements[j] == b) || (elements[i] == b && elements[j] == a))
        entries[n++] = coulomb->m[i][j];

  qsort (entries, n, sizeof (double), compare_falling);
  for (guint k = 0; k < size; k++)
    bag[k] = k < n ? (float) entries[k] : 0.0f;

  return size;
}

void
mol_feature_bag_of_bonds (const MolMolecule *molecule,
                          float             *x)
{
  MolCoulomb coulomb;
  guint elements[MOL_MAX_ATOMS];
  float *end = x;

  mol_coulomb_init (&coulomb, molecule);
  for (guint i = 0; i < coulomb.n; i++)
    elements[i] = (guint) mol_element_from_number (molecule->z[i]);

  for (guint a = 0; a < MOL_N_ELEMENTS; a++)
    for (guint b = a; b < MOL_N_ELEMENTS; b++)
      end += fill_bag (&coulomb, elements, a, b, end);

  g_assert (end == x + MOL_BAG_OF_BONDS_LENGTH);
}
