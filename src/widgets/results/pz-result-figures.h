/* pz-result-figures.h: regression metrics, each in a small box.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/pz-predictions.h"

G_BEGIN_DECLS

/* Fills @box anew: MAE, RMSE and R² with their 95 % intervals, bias, “always the
 * mean”, chemical accuracy, and the largest error, a button that activates
 * "results.open-molecule" with its number in the predictions. */
void pz_result_figures_fill (GtkFlowBox          *box,
                             const PzPredictions *predictions,
                             gsize                t);

G_END_DECLS
