/* ds-feature-coulomb-matrix.c: the Coulomb matrix (see ds-coulomb-private.h)
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

#include "datasets/ds-coulomb-private.h"
#include "datasets/ds-features-private.h"

/* Relative difference below which two numbers are equal: what turning a molecule
 * does to places in float, with room. */
#define SAME 1e-5

/* −1, 0 or 1 as a is smaller than, the same as, or greater than b; b ≥ 0 */
static int
compare (double a,
         double b)
{
  if (a > b * (1.0 + SAME))
    return 1;

  return a < b * (1.0 - SAME) ? -1 : 0;
}

/* Whether atom @i comes before atom @k, behind the @n_placed of @order. */
static gboolean
comes_before (const DsCoulomb *coulomb,
              const double    *norms,
              const guint     *order,
              guint            n_placed,
              guint            i,
              guint            k)
{
  int difference = compare (norms[i], norms[k]);

  for (guint p = 0; difference == 0 && p < n_placed; p++)
    difference = compare (coulomb->m[i][order[p]], coulomb->m[k][order[p]]);

  return difference > 0;
}

static void
sort (const DsCoulomb *coulomb,
      guint           *order)
{
  double norms[DS_MAX_ATOMS];

  for (guint i = 0; i < coulomb->n; i++)
    {
      double sum = 0.0;

      for (guint j = 0; j < coulomb->n; j++)
        sum += coulomb->m[i][j] * coulomb->m[i][j];
      norms[i] = sqrt (sum);
      order[i] = i;
    }

  for (guint p = 0; p < coulomb->n; p++)
    for (guint q = p + 1; q < coulomb->n; q++)
      if (comes_before (coulomb, norms, order, p, order[q], order[p]))
        {
          guint first = order[q];

          order[q] = order[p];
          order[p] = first;
        }
}

void
ds_feature_coulomb_matrix (const DsMolecule *molecule,
                           float            *x)
{
  DsCoulomb coulomb;
  guint order[DS_MAX_ATOMS];

  ds_coulomb_init (&coulomb, molecule);
  sort (&coulomb, order);

  for (guint i = 0; i < DS_MAX_ATOMS; i++)
    for (guint j = i; j < DS_MAX_ATOMS; j++)
      *x++ = j < coulomb.n ? (float) coulomb.m[order[i]][order[j]] : 0.0f;
}
