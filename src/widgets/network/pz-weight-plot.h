/* pz-weight-plot.h: heatmap of one layer's weights.
 *
 * Where the inputs are an image the first layer is one image a unit, in rows,
 * to be scrolled when there are many; every other layer is a matrix, a unit a
 * row. One scale, with zero in its middle, for all that is shown.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "widgets/common/pz-project-widget.h"

G_BEGIN_DECLS

#define PZ_TYPE_WEIGHT_PLOT (pz_weight_plot_get_type ())

/* Properties: "layer" (uint, from 1; one that the network does not have shows its
 * last); "readout" (string, read-only): what is under the mouse, or selected with the
 * keyboard; "" for nothing; those of GtkScrollable. */
G_DECLARE_FINAL_TYPE (PzWeightPlot, pz_weight_plot, PZ, WEIGHT_PLOT, PzProjectWidget)

const char *pz_weight_plot_get_readout (PzWeightPlot *self);

G_END_DECLS
