/* pz-curve-series.h: curve series of the runs, and their description in words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "draw/draw-curve.h"
#include "model/pz-history.h"

G_BEGIN_DECLS

typedef enum
{
  PZ_CURVE_LOSS,
  PZ_CURVE_ACCURACY,
  PZ_CURVE_MAE,          /* of values, in their unit */
} PzCurveKind;

/* Earlier runs that are still drawn. */
#define PZ_CURVE_MAX_EARLIER 8

/* For reading. Earlier runs come first and are faint, so that the newest run is
 * drawn over them. */
typedef struct
{
  PzCurveKind       kind;
  DrawCurveSeries  *series;
  gsize             n_series;
  gsize             n_earlier;     /* how many of them are earlier runs */
  guint             n_epochs;      /* of the newest run */
  guint             best_epoch;    /* of the newest run; 0: none */
  char             *title;         /* of the axis: "Accuracy", "MAE (eV)" */

  GPtrArray        *values;        /* private, as the next: what the series borrow */
  GPtrArray        *strings;
  DsTask            task;          /* of the newest run, if the kind is that of values */
} PzCurveSeries;

/* How well the newest of @runs does, besides its loss. @runs: (nullable) */
/* What is drawn beside the loss; PZ_CURVE_LOSS where that is all there is: targets in
 * several units have no mean error. */
PzCurveKind    pz_curve_series_get_kind (GListModel          *runs);

/* @runs: (nullable): of PzHistory, the newest last; copied. Earlier ones are left
 * out where their errors are of other targets or in another unit. */
PzCurveSeries *pz_curve_series_new      (GListModel          *runs,
                                         PzCurveKind          kind);
void           pz_curve_series_free     (PzCurveSeries       *self);

/* (transfer full): "Validation loss 0.213 at epoch 12, falling. Best epoch: 12."
 */
char          *pz_curve_series_describe (const PzCurveSeries *self);

/* (transfer full): "Epoch 7: training loss 0.31, validation loss 0.29" */
char          *pz_curve_series_read     (const PzCurveSeries *self,
                                         guint                epoch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PzCurveSeries, pz_curve_series_free)

G_END_DECLS
