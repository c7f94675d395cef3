/* draw-text.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <pango/pangocairo.h>

#include "draw/draw-text.h"

/* A text of fewer letters says nothing. */
#define MIN_LETTERS 3

/* Nobody can read less. */
#define MIN_FONT_SIZE 9.0

/* One layout serves all text of a cairo_t: making one for each costs more than
 * drawing it.
 */
static PangoLayout *
get_layout (const DrawCanvas *canvas,
            double            scale,
            const char       *text)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
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
draw_text (const DrawCanvas *canvas,
           double            x,
           double            y,
           DrawAnchor        horizontal,
           DrawAnchor        vertical,
           double            scale,
           const char       *text)
{
  cairo_t *cr = canvas->cr;
  PangoRectangle area;
  PangoLayout *layout;

  g_return_if_fail (cr != NULL);
  g_return_if_fail (canvas->theme != NULL);

  if (text == NULL || text[0] == '\0')
    return;

  layout = get_layout (canvas, scale, text);
  pango_layout_get_extents (layout, NULL, &area);

  x -= 0.5 * horizontal * pango_units_to_double (area.width);
  y -= 0.5 * vertical * pango_units_to_double (area.height);

  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
  cairo_new_path (cr);
}

void
draw_text_measure (const DrawCanvas *canvas,
                   double            scale,
                   const char       *text,
                   double           *width,
                   double           *height)
{
  PangoRectangle area;

  g_return_if_fail (canvas->cr != NULL);
  g_return_if_fail (canvas->theme != NULL);

  pango_layout_get_extents (get_layout (canvas, scale, text != NULL ? text : ""), NULL, &area);

  if (width != NULL)
    *width = pango_units_to_double (area.width);
  if (height != NULL)
    *height = pango_units_to_double (area.height);
}

char *
draw_text_shorten (const DrawCanvas *canvas,
                   double            scale,
                   const char       *text,
                   double            width)
{
  glong low, high;
  double needed;

  g_return_val_if_fail (text != NULL, NULL);

  draw_text_measure (canvas, scale, text, &needed, NULL);
  if (needed <= width)
    return g_strdup (text);

  low = 0;
  high = g_utf8_strlen (text, -1);
  while (low + 1 < high)
    {
      glong middle = (low + high) / 2;
      g_autofree char *part = g_utf8_substring (text, 0, middle);
      g_autofree char *shorter = g_strconcat (g_strchomp (part), "…", NULL);

      draw_text_measure (canvas, scale, shorter, &needed, NULL);
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
