/* mol-feature-coulomb-matrix.c: the Coulomb matrix (see mol-coulomb-private.h)
 * with its atoms sorted, after Rupp et al., Phys. Rev. Lett. 108, 058301 (2012)
 * and Montavon et al., New J. Phys. 15, 095003 (2013):
 *
 *   x = the upper triangle of M, row by row, padded with zeros to 29 × 29, with
 *   ‖M_i‖ ≥ ‖M_i+1‖
 *
 * Rows that are equally long by symmetry, and so in their rounding, would make
 * the order one of chance: among these, the row comes first that is greater
 * where it meets the rows already placed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "molecules/features/mol-coulomb-private.h"
#include "molecules/features/mol-features-private.h"

/* Relative difference below which two numbers are equal: what turning a molecule
 * does to places in float, with room. */
#define SAME 1e-5

/* Of @left, keeps the atoms whose @keys, at least 0, are the greatest; in order.
 * Returns: how many these are */
static guint
keep_greatest (const double *keys,
               guint        *left,
               guint         n_left)
{
  double greatest = 0.0;
  guint n = 0;

  for (guint i = 0; i < n_left; i++)
    greatest = MAX (greatest, keys[left[i]]);
  for (guint i = 0; i < n_left; i++)
    if (keys[left[i]] >= greatest * (1.0 - SAME))
      left[n++] = left[i];

  return n;
}

static void
sort_rows (const MolCoulomb *coulomb,
           guint            *order)
{
  double norms[MOL_MAX_ATOMS];
  gboolean placed[MOL_MAX_ATOMS] = { FALSE };

  for (guint i = 0; i < coulomb->n; i++)
    {
      double sum = 0.0;

      for (guint j = 0; j < coulomb->n; j++)
        sum += coulomb->m[i][j] * coulomb->m[i][j];
      norms[i] = sqrt (sum);
    }

  for (guint p = 0; p < coulomb->n; p++)
    {
      guint left[MOL_MAX_ATOMS];
      guint n_left = 0;

      for (guint i = 0; i < coulomb->n; i++)
        if (!placed[i])
          left[n_left++] = i;

      n_left = keep_greatest (norms, left, n_left);
      for (guint q = 0; q < p && n_left > 1; q++)
        n_left = keep_greatest (coulomb->m[order[q]], left, n_left);

      order[p] = left[0];
      placed[left[0]] = TRUE;
    }
}

void
mol_feature_coulomb_matrix (const MolMolecule *molecule,
                            float             *x)
{
  MolCoulomb coulomb;
  guint order[MOL_MAX_ATOMS];

  mol_coulomb_init (&coulomb, molecule);
  sort_rows (&coulomb, order);

  for (guint i = 0; i < MOL_MAX_ATOMS; i++)
    for (guint j = i; j < MOL_MAX_ATOMS; j++)
      *x++ = j < coulomb.n ? (float) coulomb.m[order[i]][order[j]] : 0.0f;
}
