/* draw-explain.h: attribution and counterfactual maps over an image.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-axes.h"

G_BEGIN_DECLS

/* What each pixel says, over the outline of the drawing. */
typedef struct
{
  const float  *values;     /* row by row; diverging colours */
  const guint8 *bytes;      /* (nullable): the drawing, 0 = paper; its outline is where it is half ink */
  gsize         rows;
  gsize         columns;
} DrawAttribution;

/* With a scale bar at the right, where there is room for one. */
void draw_explain_attribution    (const DrawCanvas         *canvas,
                                  const DrawAttribution    *attribution);

/* A drawing, and what is to be changed of it: ink to add, marked +, and to take away,
 * marked −. */
typedef struct
{
  const guint8 *bytes;      /* row by row; 0 = paper */
  const float  *change;     /* −1 … 1 of full ink; what is nearly 0 is left out */
  gsize         rows;
  gsize         columns;
} DrawCounterfactual;

/* What less than this share of full ink is not worth a mark. */
#define DRAW_COUNTERFACTUAL_LEAST 0.04

void draw_explain_counterfactual (const DrawCanvas         *canvas,
                                  const DrawCounterfactual *change);

G_END_DECLS
