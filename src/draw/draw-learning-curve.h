/* draw-learning-curve.h: how an error falls with the number of training samples.
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
} DrawLearningPoint;

/* All borrowed. */
typedef struct
{
  const DrawLearningPoint *points;
  gsize                    n_points;
  const DrawReference     *references;      /* literature: "HDAD" */
  gsize                    n_references;
  const char              *x_label;         /* "Training molecules" */
  const char              *y_label;         /* "Mean absolute error (eV)" */
  const char              *unit;            /* (nullable): "eV" */
  gssize                   pointer;         /* a point to mark; −1: none */
} DrawLearning;

/* Both axes are logarithmic. From two sizes on, with the power law that fits
 * best. */
void     draw_learning          (cairo_t            *cr,
                                 const DrawTheme    *theme,
                                 double              width,
                                 double              height,
                                 const DrawLearning *learning);

/* The point at a pixel, or nearby. */
gboolean draw_learning_locate   (cairo_t            *cr,
                                 const DrawTheme    *theme,
                                 double              width,
                                 double              height,
                                 const DrawLearning *learning,
                                 double              pixel_x,
                                 double              pixel_y,
                                 gsize              *point);

/* value ≈ @factor · n^@exponent, least squares of the logarithms. Returns FALSE
 * where there are not two sizes. */
gboolean draw_learning_fit      (const DrawLearning *learning,
                                 double             *factor,
                                 double             *exponent);

/* (transfer full): in words; with a pointer about that point */
char    *draw_learning_describe (const DrawLearning *learning);

G_END_DECLS
