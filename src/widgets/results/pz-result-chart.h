/* pz-result-chart.h: result chart, ready to be drawn.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-canvas.h"
#include "model/pz-learning.h"
#include "model/pz-predictions.h"
#include "widgets/results/pz-parity-chart.h"

G_BEGIN_DECLS

typedef enum
{
  PZ_RESULT_PARITY,         /* predicted against true */
  PZ_RESULT_RESIDUALS,      /* histogram of predicted − true */
  PZ_RESULT_HEAVY_ATOMS,    /* error by how many there are */
  PZ_RESULT_ELEMENTS,       /* error by what is in it */
  PZ_RESULT_LITERATURE,     /* beside what others have published */
  PZ_RESULT_LEARNING,       /* error against the number of training samples */
} PzResultKind;

#define PZ_N_RESULT_KINDS (PZ_RESULT_LEARNING + 1)

/* Has items with numbers from 0: points or bars, one of which can be pointed at. */
typedef struct _PzResultChart PzResultChart;

/* @t: the target, below their number of targets. References are taken. */
PzResultChart *pz_result_chart_new          (PzResultKind         kind,
                                             PzPredictions       *predictions,
                                             gsize                t);

/* (nullable): without a finished point there is none. */
PzResultChart *pz_result_chart_new_learning (PzLearning          *learning,
                                             gsize                t);
void           pz_result_chart_free         (PzResultChart       *chart);

PzResultKind   pz_result_chart_get_kind     (const PzResultChart *chart);

gsize          pz_result_chart_get_n_items  (const PzResultChart *chart);

/* @scale: pixels a unit, for the points. @pointer: the item to mark; −1: none */
void           pz_result_chart_draw         (PzResultChart       *chart,
                                             const DrawCanvas    *canvas,
                                             double               scale,
                                             gssize               pointer);

/* A DrawFunc, for a file; @chart is a PzResultChart. */
void           pz_result_chart_export       (const DrawCanvas    *canvas,
                                             gpointer             chart);

/* The item at a pixel of what was drawn last; −1: none */
gssize         pz_result_chart_locate       (PzResultChart       *chart,
                                             const DrawCanvas    *canvas,
                                             double               x,
                                             double               y);

/* The item so many further: to the right; of points to those with a smaller
 * error. From −1 the first. Does not leave the ends. */
gssize         pz_result_chart_step         (PzResultChart       *chart,
                                             gssize               pointer,
                                             int                  by);

/* (transfer full): the whole in words; with a pointer that item */
char          *pz_result_chart_describe     (PzResultChart       *chart,
                                             gssize               pointer);

/* (nullable) (transfer none): of PZ_RESULT_PARITY: the points, to look nearer */
PzParityChart *pz_result_chart_get_parity   (PzResultChart       *chart);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PzResultChart, pz_result_chart_free)

G_END_DECLS
