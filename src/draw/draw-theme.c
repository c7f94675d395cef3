/* draw-theme.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "draw/draw-color.h"
#include "draw/draw-scales-private.h"
#include "draw/draw-theme.h"

/* Families in the order in which they are looked for. */
#define DEFAULT_FAMILY "Cantarell, Adwaita Sans, sans-serif"

/* Nobody can read less. */
#define MIN_FONT_SIZE 9.0

static DrawColor
from_knot (const float *knot)
{
  return (DrawColor) { (double) knot[0], (double) knot[1], (double) knot[2], 1.0 };
}

/* @place 0 … 1 */
static DrawColor
interpolate_scale (const float scale[N_KNOTS][3],
                   double      place)
{
  double at = place * (N_KNOTS - 1);
  int knot = MIN ((int) at, N_KNOTS - 2);
  double rest = at - knot;

  return draw_color_mix (from_knot (scale[knot]), from_knot (scale[knot + 1]), rest);
}

static DrawColor
get_nan_color (const DrawTheme *theme)
{
  double grey = theme->dark ? 0.62 : 0.45;

  return (DrawColor) { grey, grey, grey, 1.0 };
}

void
draw_theme_init (DrawTheme       *theme,
                 const DrawColor *foreground,
                 const DrawColor *background,
                 gboolean         high_contrast,
                 const char      *font_family,
                 double           font_size)
{
  g_return_if_fail (theme != NULL);
  g_return_if_fail (foreground != NULL);

  *theme = (DrawTheme) {
    .foreground = *foreground,
    .high_contrast = high_contrast,
    .font_size = MAX (font_size, MIN_FONT_SIZE),
  };
  if (background != NULL)
    theme->background = *background;

  /* Light text stands on a dark background, also where that is not known. */
  if (theme->background.alpha > 0.5)
    theme->dark = draw_color_get_luminance (theme->background) < draw_color_get_luminance (*foreground);
  else
    theme->dark = draw_color_get_luminance (*foreground) > 0.3;

  if (font_family == NULL || font_family[0] == '\0')
    font_family = DEFAULT_FAMILY;
  g_strlcpy (theme->font_family, font_family, sizeof theme->font_family);
}

void
draw_theme_init_print (DrawTheme *theme)
{
  const DrawColor black = { 0, 0, 0, 1 };
  const DrawColor white = { 1, 1, 1, 1 };

  draw_theme_init (theme, &black, &white, FALSE, NULL, 11);
}

DrawColor
draw_theme_get_category (const DrawTheme *theme,
                         guint            category)
{
  const float (*categories)[3];

  if (theme->dark)
    categories = theme->high_contrast ? dark_contrast_categories : dark_categories;
  else
    categories = theme->high_contrast ? light_contrast_categories : light_categories;

  return from_knot (categories[category % N_CATEGORIES]);
}

DrawColor
draw_theme_get_diverging (const DrawTheme *theme,
                          double           value)
{
  if (isnan (value))
    return get_nan_color (theme);

  value = CLAMP (value, -1.0, 1.0);

  if (value < 0)
    return interpolate_scale (theme->dark ? dark_blue : light_blue, -value);

  return interpolate_scale (theme->dark ? dark_orange : light_orange, value);
}

DrawColor
draw_theme_get_sequential (const DrawTheme *theme,
                           double           value)
{
  if (isnan (value))
    return get_nan_color (theme);

  return interpolate_scale (theme->dark ? dark_sequential : light_sequential,
                            CLAMP (value, 0.0, 1.0));
}

DrawColor
draw_theme_get_faint (const DrawTheme *theme,
                      double           alpha)
{
  DrawColor color = theme->foreground;

  /* High contrast keeps hints faint, but never hard to see. */
  if (theme->high_contrast)
    alpha = MIN (1.0, 0.15 + 1.4 * alpha);

  color.alpha *= alpha;

  return color;
}

DrawColor
draw_theme_get_paper (const DrawTheme *theme)
{
  double grey = theme->dark ? 0.12 : 1;

  if (theme->background.alpha > 0.5)
    return theme->background;

  return (DrawColor) { grey, grey, grey, 1 };
}
