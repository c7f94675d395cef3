/* draw-bins.h: histogram bins.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DRAW_MAX_BINS 128

typedef struct
{
  double low;                /* where the first bin begins */
  double width;              /* of each bin; 1, 2 or 5 times a power of ten, unless all values are one */
  gsize  n_bins;             /* at most DRAW_MAX_BINS; 0 without values */
  gsize *counts;             /* owned: from low + i · width up to the next */
  gsize  n_below;            /* tails: values beyond the bins */
  gsize  n_above;
  gsize  n_values;           /* finite numbers; the others are left out */
  double least;              /* NaN without values, as all that follows */
  double greatest;
  double median;
  double mean_absolute;      /* of |value|: the mean absolute error, if they are residuals */
} DrawBins;

/* Bins of about the width of Freedman and Diaconis (Zeitschrift für
 * Wahrscheinlichkeitstheorie 57, 453, 1981), 2 · IQR / ∛n, neither too few nor
 * too many; their edges are multiples of it. They hold 99 % of the values or
 * more: what is far outside are the tails. Sorts a copy. Thread: any. */
void draw_bins_init (DrawBins     *bins,
                     const double *values,
                     gsize         n_values);
void draw_bins_clear (DrawBins *bins);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DrawBins, draw_bins_clear)

G_END_DECLS
