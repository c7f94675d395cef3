/* mol-histogram-private.h: smooth histograms: each value adds a Gaussian instead of a count in one bin.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The centres are first, first + spacing, …; the unit is the caller's. */
typedef struct
{
  guint  n;
  double first;
  double spacing;
  double width;       /* σ of a bump */
} MolHistogram;

/* bins[k] += weight · exp (−½ ((value − centre_k) / σ)²); what is below
 * 3 · 10⁻⁷ of the peak may be left out. */
void mol_histogram_add (const MolHistogram *histogram,
                        double              value,
                        double              weight,
                        float              *bins);

G_END_DECLS
