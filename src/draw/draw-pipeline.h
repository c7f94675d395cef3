/* draw-pipeline.h: preprocessing stages of a drawing.
 *
 * Each picture fills the square of the canvas's shorter side. Ink and paper are those of
 * draw_sketch_image().
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-axes.h"
#include "draw/draw-sketch.h"

G_BEGIN_DECLS

/**
 * draw_pipeline_strokes:
 * @pen: width of the pen, in sides of the square
 * @points: strokes on the unit square
 * @n_points: how many points
 * @box: (nullable): drawn around them, in the unit square
 */
void draw_pipeline_strokes  (const DrawCanvas *canvas,
                             double            pen,
                             const InkPoint   *points,
                             gsize             n_points,
                             const DrawArea   *box);

/**
 * draw_pipeline_pixels:
 * @bytes: (nullable): @n × @n pixels, 0 = paper
 * @n: pixels a side
 * @middle: whether thin lines say where the middle is: of pixel n / 2, which is
 *   where MNIST has it
 * @barycentre: (nullable): x and y of a mark, in pixels from the upper left edge
 */
void draw_pipeline_pixels   (const DrawCanvas *canvas,
                             const guint8     *bytes,
                             gsize             n,
                             gboolean          middle,
                             const double     *barycentre);

/* Strikes the picture through: this step is left out. */
void draw_pipeline_left_out (const DrawCanvas *canvas);

G_END_DECLS
