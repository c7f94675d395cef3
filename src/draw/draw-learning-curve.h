/* draw-learning-curve.h: learning curve: error against training set size.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-references.h"

G_BEGIN_DECLS

typedef struct
{
  double n;           /* training samples; above 0 */
  double value;       /* above 0; what is not is left out */
  double low;         /* 95 % interval; NaN: none */
  double high;
} DrawLearningCurvePoint;

/* All borrowed. */
typedef struct
{
  const DrawLearningCurvePoint *points;
  gsize                         n_points;
  const DrawReference          *references;      /* literature: "HDAD" */
  gsize                         n_references;
  const char                   *x_label;         /* "Training molecules" */
  const char                   *y_label;         /* "Mean absolute error (eV)" */
  const char                   *unit;            /* (nullable): "eV" */
  gssize                        pointer;         /* a point to mark; −1: none */
} DrawLearningCurve;

/* Both axes are logarithmic. From two sizes on, with the power law that fits
 * best. */
void     draw_learning_curve          (const DrawCanvas        *canvas,
                                       const DrawLearningCurve *learning);

/* The point at a pixel, or nearby. */
gboolean draw_learning_curve_locate   (const DrawCanvas        *canvas,
                                       const DrawLearningCurve *learning,
                                       double                   pixel_x,
                                       double                   pixel_y,
                                       gsize                   *point);

/* value ≈ @factor · n^@exponent, least squares of the logarithms. Returns FALSE
 * where there are not two sizes. */
gboolean draw_learning_curve_fit      (const DrawLearningCurve *learning,
                                       double                  *factor,
                                       double                  *exponent);

/* (transfer full): in words; with a pointer about that point */
char    *draw_learning_curve_describe (const DrawLearningCurve *learning);

G_END_DECLS
