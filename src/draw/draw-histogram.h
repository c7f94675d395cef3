/* draw-histogram.h: histogram of residuals.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-axes.h"
#include "draw/draw-bins.h"

G_BEGIN_DECLS

/* All borrowed. Bars are numbered from the left: 0 is the lower tail, 1 the first
 * bin, bins->n_bins + 1 the upper tail; they have their numbers also where a
 * tail is empty and not drawn. */
typedef struct
{
  const DrawBins *bins;         /* of residuals: predicted − true */
  const char     *x_label;      /* "Residual (eV)" */
  const char     *y_label;      /* "Molecules" */
  const char     *unit;         /* (nullable): "eV" */
  gssize          pointer;      /* outlined; −1: none */
} DrawHistogram;

/* Bars with the zero line, the median, and the mean absolute error as an interval
 * around zero. A tail is one hatched bar beyond the axis with its count. */
void     draw_histogram          (const DrawCanvas    *canvas,
                                  const DrawHistogram *histogram);

/* The bar that a pixel is in or above of. */
gboolean draw_histogram_locate   (const DrawCanvas    *canvas,
                                  const DrawHistogram *histogram,
                                  double               pixel_x,
                                  double               pixel_y,
                                  gsize               *bar);

/* (transfer full): in words; with a pointer what that bar says */
char    *draw_histogram_describe (const DrawHistogram *histogram);

G_END_DECLS
