/* mol-histogram.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "molecules/features/mol-histogram-private.h"

#define REACH 5.5     /* σ; what is left out is below 3 · 10⁻⁷ */

void
mol_histogram_add (const MolHistogram *histogram,
                   double              value,
                   double              weight,
                   float              *bins)
{
  double reach = REACH * histogram->width;
  double low = ceil ((value - reach - histogram->first) / histogram->spacing);
  double high = floor ((value + reach - histogram->first) / histogram->spacing);
  int first = (int) CLAMP (low, 0.0, (double) histogram->n);
  int last = (int) CLAMP (high, -1.0, (double) histogram->n - 1.0);

  /* With u = (value − centre) / σ and s = spacing / σ the next centre's bump is
   * exp (−½ (u − s)²) = exp (−½ u²) · exp (s u − ½ s²), and the one behind it
   * has the last factor times exp (−s²): three exponentials for all of them. */
  double u = (value - histogram->first - first * histogram->spacing) / histogram->width;
  double s = histogram->spacing / histogram->width;
  double bump = weight * exp (-0.5 * u * u);
  double factor = exp (s * u - 0.5 * s * s);
  double fading = exp (-s * s);

  for (int k = first; k <= last; k++)
    {
      bins[k] += (float) bump;
      bump *= factor;
      factor *= fading;
    }
}
