/* ds-histogram.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "datasets/ds-histogram-private.h"

#define REACH 5.0     /* σ */

void
ds_histogram_add (const DsHistogram *histogram,
                  double             value,
                  double             weight,
                  float             *bins)
{
  double reach = REACH * histogram->width;
  double low = ceil ((value - reach - histogram->first) / histogram->spacing);
  double high = floor ((value + reach - histogram->first) / histogram->spacing);
  int first = (int) CLAMP (low, 0.0, (double) histogram->n);
  int last = (int) CLAMP (high, -1.0, (double) histogram->n - 1.0);

  for (int k = first; k <= last; k++)
    {
      double u = (value - histogram->first - k * histogram->spacing) / histogram->width;

      bins[k] += (float) (weight * exp (-0.5 * u * u));
    }
}
