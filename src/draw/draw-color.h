/* draw-color.h: a colour, its luminance, and the mix of two.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double red;
  double green;
  double blue;
  double alpha;
} DrawColor;

/* How bright it is, 0 … 1 (WCAG's relative luminance) */
double    draw_color_get_luminance (DrawColor color);

/* From one colour to another; @share 0 is @from. */
DrawColor draw_color_mix           (DrawColor from,
                                    DrawColor to,
                                    double    share);

void      draw_color_set_source    (cairo_t  *cr,
                                    DrawColor color);

G_END_DECLS
