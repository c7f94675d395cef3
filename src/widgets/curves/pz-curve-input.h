/* pz-curve-input.h: input handling of the curve plot: mouse, wheel, touch and keys.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "widgets/curves/pz-curve-plot.h"

G_BEGIN_DECLS

typedef struct _PzCurveInput PzCurveInput;

/* Adds controllers and keys to @plot; they are taken away again when the result is freed,
 * before the plot goes. */
PzCurveInput *pz_curve_input_new  (PzCurvePlot  *plot);
void          pz_curve_input_free (PzCurveInput *self);

G_END_DECLS
