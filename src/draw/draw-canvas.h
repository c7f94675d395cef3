/* draw-canvas.h: canvas: what a picture is painted on, in what colours and how large.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>

#include "draw/draw-theme.h"

G_BEGIN_DECLS

/* The rectangle (0, 0) … (@width, @height) in user units of @cr. Functions take it by
 * const pointer, keep nothing of it, and leave @cr with the transformation and the clip
 * that it had. Those that only measure paint nothing; marks and text use @cr and @theme alone. */
typedef struct
{
  cairo_t         *cr;
  const DrawTheme *theme;
  double           width;
  double           height;
} DrawCanvas;

/* What every picture does first: fills its rectangle, unless alpha is 0. */
void draw_canvas_paint_background  (const DrawCanvas *canvas);

/* A path; the radius is made to fit. */
void draw_canvas_rounded_rectangle (cairo_t          *cr,
                                    double            x,
                                    double            y,
                                    double            width,
                                    double            height,
                                    double            radius);

G_END_DECLS
