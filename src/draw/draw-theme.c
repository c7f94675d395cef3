/* draw-theme.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <pango/pangocairo.h>

#include "draw/draw-scales-private.h"
#include "draw/draw-theme.h"

/* Families in the order in which they are looked for. */
#define DEFAULT_FAMILY "Cantarell, Adwaita Sans, sans-serif"

/* Nobody can read less. */
#define MIN_FONT_SIZE 9.0

/* A text of fewer letters says nothing. */
#define MIN_LETTERS 3

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

static DrawColor
from_knot (const float *knot)
{
  return (DrawColor) { (double) knot[0], (double) knot[1], (double) knot[2], 1.0 };
}

/* @place 0 … 1 */
static DrawColor
interpolate (const float scale[N_KNOTS][3],
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
    return interpolate (theme->dark ? dark_blue : light_blue, -value);

  return interpolate (theme->dark ? dark_orange : light_orange, value);
}

DrawColor
draw_theme_get_sequential (const DrawTheme *theme,
                           double           value)
{
  if (isnan (value))
    return get_nan_color (theme);

  return interpolate (theme->dark ? dark_sequential : light_sequential,
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
draw_theme_paint_background (cairo_t         *cr,
                             const DrawTheme *theme,
                             double           width,
                             double           height)
{
  if (theme->background.alpha <= 0)
    return;

  cairo_save (cr);
  draw_set_color (cr, theme->background);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
  cairo_restore (cr);
}

void
draw_set_color (cairo_t  *cr,
                DrawColor color)
{
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha);
}

void
draw_rounded_rectangle (cairo_t *cr,
                        double   x,
                        double   y,
                        double   width,
                        double   height,
                        double   radius)
{
  radius = MIN (radius, MIN (width, height) / 2);

  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

/* One layout serves all text of a cairo_t: making one for each costs more than
 * drawing it.
 */
static PangoLayout *
get_layout (cairo_t         *cr,
            const DrawTheme *theme,
            double           scale,
            const char      *text)
{
  static const cairo_user_data_key_t key;
  g_autoptr(PangoFontDescription) font = NULL;
  double size = MAX (theme->font_size * scale, MIN_FONT_SIZE);
  PangoLayout *layout = cairo_get_user_data (cr, &key);

  if (layout == NULL)
    {
      g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();
      cairo_font_options_t *options = cairo_font_options_create ();

      layout = pango_cairo_create_layout (cr);

      /* The same shape on a screen, at twice the size, and on paper */
      cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
      cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
      pango_cairo_context_set_font_options (pango_layout_get_context (layout), options);
      cairo_font_options_destroy (options);

      /* Figures of one width: a number that changes does not move. */
      pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
      pango_layout_set_attributes (layout, attributes);

      if (cairo_set_user_data (cr, &key, layout, g_object_unref) != CAIRO_STATUS_SUCCESS)
        return layout;      /* the context has failed already; nothing will be seen */
    }

  font = pango_font_description_new ();
  pango_font_description_set_family (font, theme->font_family);
  pango_font_description_set_size (font, (int) lround (size * PANGO_SCALE));
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_cairo_update_layout (cr, layout);

  return layout;
}

void
draw_text (cairo_t         *cr,
           const DrawTheme *theme,
           double           x,
           double           y,
           DrawAnchor       horizontal,
           DrawAnchor       vertical,
           double           scale,
           const char      *text)
{
  PangoRectangle area;
  PangoLayout *layout;

  g_return_if_fail (cr != NULL);
  g_return_if_fail (theme != NULL);

  if (text == NULL || text[0] == '\0')
    return;

  layout = get_layout (cr, theme, scale, text);
  pango_layout_get_extents (layout, NULL, &area);

  x -= 0.5 * horizontal * pango_units_to_double (area.width);
  y -= 0.5 * vertical * pango_units_to_double (area.height);

  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
  cairo_new_path (cr);
}

void
draw_text_measure (cairo_t         *cr,
                   const DrawTheme *theme,
                   double           scale,
                   const char      *text,
                   double          *width,
                   double          *height)
{
  PangoRectangle area;

  g_return_if_fail (cr != NULL);
  g_return_if_fail (theme != NULL);

  pango_layout_get_extents (get_layout (cr, theme, scale, text != NULL ? text : ""), NULL, &area);

  if (width != NULL)
    *width = pango_units_to_double (area.width);
  if (height != NULL)
    *height = pango_units_to_double (area.height);
}

char *
draw_text_shorten (cairo_t         *cr,
                   const DrawTheme *theme,
                   double           scale,
                   const char      *text,
                   double           width)
{
  glong low, high;
  double needed;

  g_return_val_if_fail (text != NULL, NULL);

  draw_text_measure (cr, theme, scale, text, &needed, NULL);
  if (needed <= width)
    return g_strdup (text);

  low = 0;
  high = g_utf8_strlen (text, -1);
  while (low + 1 < high)
    {
      glong middle = (low + high) / 2;
      g_autofree char *part = g_utf8_substring (text, 0, middle);
      g_autofree char *shorter = g_strconcat (g_strchomp (part), "…", NULL);

      draw_text_measure (cr, theme, scale, shorter, &needed, NULL);
      if (needed <= width)
        low = middle;
      else
        high = middle;
    }

  if (low < MIN_LETTERS)
    return NULL;

  {
    g_autofree char *part = g_utf8_substring (text, 0, low);

    return g_strconcat (g_strchomp (part), "…", NULL);
  }
}
