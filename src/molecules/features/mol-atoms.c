/* mol-atoms.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "molecules/features/mol-atoms-private.h"
#include "molecules/mol-element.h"

/* Where a bond begins to fade and where it has gone, in sums of radii: of QM9's
 * bonds the longest is at 1.2, of what is no bond the nearest at 1.5. */
#define BOND_WHOLE 1.2
#define BOND_GONE  1.5

/* Å; H C N O F */
static const double radii[MOL_N_ELEMENTS] = { 0.31, 0.76, 0.71, 0.66, 0.57 };

void
mol_atoms_init (MolAtoms          *atoms,
                const MolMolecule *molecule)
{
  atoms->n = molecule->n_atoms;

  for (guint i = 0; i < atoms->n; i++)
    {
      atoms->element[i] = (guint) mol_element_from_number (molecule->z[i]);
      for (guint k = 0; k < 3; k++)
        atoms->place[i][k] = (double) molecule->xyz[3 * i + k];
    }

  for (guint i = 0; i < atoms->n; i++)
    {
      atoms->distance[i][i] = 0.0;
      for (guint j = 0; j < i; j++)
        {
          double x = atoms->place[i][0] - atoms->place[j][0];
          double y = atoms->place[i][1] - atoms->place[j][1];
          double z = atoms->place[i][2] - atoms->place[j][2];
          double r = MAX (sqrt (x * x + y * y + z * z), MOL_LEAST_DISTANCE);

          atoms->distance[i][j] = r;
          atoms->distance[j][i] = r;
        }
    }
}

guint
mol_atoms_pair_from_elements (guint a,
                              guint b)
{
  guint low = MIN (a, b);
  guint high = MAX (a, b);

  return low * (2 * MOL_N_ELEMENTS - 1 - low) / 2 + high;
}

void
mol_atoms_count (const MolMolecule *molecule,
                 guint              counts[MOL_N_ELEMENTS])
{
  memset (counts, 0, MOL_N_ELEMENTS * sizeof (guint));
  for (guint i = 0; i < molecule->n_atoms; i++)
    counts[mol_element_from_number (molecule->z[i])]++;
}

double
mol_atoms_bond (const MolAtoms *atoms,
                guint           a,
                guint           b)
{
  double r = atoms->distance[a][b] / (radii[atoms->element[a]] + radii[atoms->element[b]]);

  if (r <= BOND_WHOLE)
    return 1.0;
  if (r >= BOND_GONE)
    return 0.0;

  return 0.5 + 0.5 * cos (G_PI * (r - BOND_WHOLE) / (BOND_GONE - BOND_WHOLE));
}

double
mol_atoms_angle (const MolAtoms *atoms,
                 guint           a,
                 guint           b,
                 guint           c)
{
  double dot = 0.0;

  for (guint k = 0; k < 3; k++)
    dot += (atoms->place[a][k] - atoms->place[b][k]) * (atoms->place[c][k] - atoms->place[b][k]);

  /* Rounding, and distances that are shorter than the least. */
  return acos (CLAMP (dot / (atoms->distance[a][b] * atoms->distance[b][c]), -1.0, 1.0));
}
