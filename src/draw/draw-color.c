/* draw-color.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "draw/draw-color.h"

double
draw_color_get_luminance (DrawColor color)
{
  const double channels[] = { color.red, color.green, color.blue };
  const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      double c = CLAMP (channels[i], 0.0, 1.0);

      sum += weights[i] * (c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4));
    }

  return sum;
}

DrawColor
draw_color_mix (DrawColor from,
                DrawColor to,
                double    share)
{
  return (DrawColor) {
           from.red + share * (to.red - from.red),
           from.green + share * (to.green - from.green),
           from.blue + share * (to.blue - from.blue),
           from.alpha + share * (to.alpha - from.alpha),
  };
}

void
draw_color_set_source (cairo_t  *cr,
                       DrawColor color)
{
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha);
}
