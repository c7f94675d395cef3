/* mol-atom-types.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "molecules/mol-atom-types-private.h"
#include "molecules/mol-element.h"

/* The kinds of an element: the first, for the fewest neighbours, and how many
 * more follow, each for one neighbour more; H C N O F. */
static const struct
{
  guint first;
  guint n_more;
  guint fewest;
} ranges[MOL_N_ELEMENTS] = { { 0, 2, 0 }, { 3, 2, 2 }, { 6, 3, 1 }, { 10, 1, 1 }, { 12, 0, 1 } };

/* Hydrogen is of the kind of its neighbours; without any, of that of carbon's. */
static void
share_hydrogen (double         *shares,
                const MolAtoms *atoms,
                guint           i)
{
  double sum = 0.0;

  for (guint j = 0; j < atoms->n; j++)
    {
      double bond = i == j ? 0.0 : mol_atoms_bond (atoms, i, j);
      guint element = atoms->element[j];
      guint kind = element == 2 || element == 3 ? element - 1 : 0;

      shares[kind] += bond;
      sum += bond;
    }

  if (sum < 1.0)
    shares[0] += 1.0 - sum;
  else
    for (guint kind = 0; kind < 3; kind++)
      shares[kind] /= sum;
}

void
mol_atom_types_init (double          shares[MOL_MAX_ATOMS][MOL_N_ATOM_TYPES],
                     const MolAtoms *atoms)
{
  memset (shares, 0, MOL_MAX_ATOMS * sizeof (shares[0]));

  for (guint i = 0; i < atoms->n; i++)
    {
      guint element = atoms->element[i];
      double more = -(double) ranges[element].fewest;
      guint whole;

      if (element == 0)
        {
          share_hydrogen (shares[i], atoms, i);
          continue;
        }

      for (guint j = 0; j < atoms->n; j++)
        if (j != i)
          more += mol_atoms_bond (atoms, i, j);

      more = CLAMP (more, 0.0, (double) ranges[element].n_more);
      whole = (guint) more;
      shares[i][ranges[element].first + whole] += 1.0 - (more - whole);
      if (whole < ranges[element].n_more)
        shares[i][ranges[element].first + whole + 1] += more - whole;
    }
}
