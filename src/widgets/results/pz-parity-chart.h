/* pz-parity-chart.h: parity plot of predicted against true values, with zoom.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-canvas.h"
#include "model/pz-predictions.h"

G_BEGIN_DECLS

/* Points have the numbers of their samples in the predictions. */
typedef struct _PzParityChart PzParityChart;

PzParityChart *pz_parity_chart_new        (PzPredictions       *predictions,
                                           gsize                t);
void           pz_parity_chart_free       (PzParityChart       *parity);

/* Counts the points of a size, part and theme once, however often they are drawn. */
void           pz_parity_chart_draw       (PzParityChart       *parity,
                                           const DrawCanvas    *canvas,
                                           double               scale,
                                           gssize               pointer);

/* For a file: what is on the screen stays as it is. */
void           pz_parity_chart_export     (const PzParityChart *parity,
                                           const DrawCanvas    *canvas);

/* The point at a pixel of what was drawn last, or nearby; −1: none */
gssize         pz_parity_chart_locate     (PzParityChart       *parity,
                                           double               x,
                                           double               y);

/* The point whose error is so many places smaller. From −1 that of the largest
 * error. Does not leave the ends. */
gssize         pz_parity_chart_step       (PzParityChart       *parity,
                                           gssize               pointer,
                                           int                  by);

/* (transfer full): all of them in words */
char          *pz_parity_chart_describe   (const PzParityChart *parity);

/* Looks nearer (@factor < 1) around a pixel of what was drawn last, or around the
 * middle where that is outside of the axes. These return whether anything changed. */
gboolean       pz_parity_chart_zoom       (PzParityChart       *parity,
                                           double               x,
                                           double               y,
                                           double               factor);
gboolean       pz_parity_chart_pan        (PzParityChart       *parity,
                                           double               from_x,
                                           double               from_y,
                                           double               to_x,
                                           double               to_y);
gboolean       pz_parity_chart_reset_zoom (PzParityChart       *parity);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PzParityChart, pz_parity_chart_free)

G_END_DECLS
