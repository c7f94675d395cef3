/* pz-theme.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <adwaita.h>
#include <pango/pangocairo.h>

#include "draw/draw-color.h"
#include "widgets/common/pz-theme.h"

/* Points at 96 dots per inch, which is what the pictures count in: text that the
 * desktop makes larger through its resolution is larger here, too.
 */
static double
get_font_size (PangoContext               *context,
               const PangoFontDescription *font)
{
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;
  double dpi = pango_cairo_context_get_resolution (context);

  if (pango_font_description_get_size_is_absolute (font))
    return size * 72.0 / 96.0;

  return dpi > 0.0 ? size * dpi / 96.0 : size;
}

void
pz_theme_from_widget (GtkWidget *widget,
                      DrawTheme *theme)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  const char *family = pango_font_description_get_family (font);
  const DrawColor background = { 0 };
  GdkRGBA rgba;
  DrawColor foreground;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &rgba);
  foreground = (DrawColor) {
    (double) rgba.red, (double) rgba.green, (double) rgba.blue, (double) rgba.alpha
  };

  draw_theme_init (theme, &foreground, &background,
                   adw_style_manager_get_high_contrast (manager),
                   family != NULL ? family : "sans",
                   get_font_size (context, font));
  theme->dark = adw_style_manager_get_dark (manager);
}

cairo_t *
pz_theme_create_measure (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_t *cr = cairo_create (surface);

  cairo_surface_destroy (surface);

  return cr;
}
