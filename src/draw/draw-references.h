/* draw-references.h: labelled reference lines across a plot.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-axes.h"

G_BEGIN_DECLS

typedef struct
{
  double      value;
  const char *label;      /* the value is written behind it */
} DrawReference;

/* The room right of a plot that the names of some references need, at most
 * @most (long ones are shortened); 0 if there is none worth having, and then
 * the lines stay without names. */
double draw_references_get_width (const DrawCanvas    *canvas,
                                  const DrawReference *references,
                                  gsize                n_references,
                                  double               most);

/* Dashed lines in @plot at values of @axis (of y); from each a thread to its name
 * in the @width right of the plot, where names that would touch are moved
 * apart. Where there are too many, the first ones have names. A value beyond
 * the axis has no line, but its name with an arrow at that end. */
void   draw_references           (const DrawCanvas    *canvas,
                                  const DrawArea      *plot,
                                  const DrawAxis      *axis,
                                  const DrawReference *references,
                                  gsize                n_references,
                                  double               width);

/* Moves @n places, which rise, apart to at least @distance, each as little as
 * possible (in the sense of least squares), between @low and @high, which
 * are (@n − 1) · @distance apart at least. */
void   draw_references_spread    (double              *places,
                                  gsize                n,
                                  double               distance,
                                  double               low,
                                  double               high);

/* Appends them to a description: "; mean baseline: 1.02 eV". @unit (nullable) */
void   draw_references_describe  (GString             *words,
                                  const DrawReference *references,
                                  gsize                n_references,
                                  const char          *unit);

G_END_DECLS
