/* draw-export.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-display.h"
#include "core/mlp-error.h"
#include "draw/draw-export.h"

/* PDF and SVG count in points of 1/72 inch. */
#define POINTS_PER_PIXEL 0.75

#define PNG_SCALE 2

/* What Cairo can make an image of */
#define MAX_SIDE 16000.0

typedef enum
{
  FORMAT_PNG,
  FORMAT_SVG,
  FORMAT_PDF,
} Format;

static gboolean
find_format (const char *path,
             Format     *format,
             GError    **error)
{
  static const char *const suffixes[] = { ".png", ".svg", ".pdf" };
  g_autofree char *lower = g_ascii_strdown (path, -1);
  g_autofree char *name = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      if (g_str_has_suffix (lower, suffixes[i]))
        {
          *format = (Format) i;
          return TRUE;
        }
    }

  name = mlp_display_basename (path);
  g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
               _("“%s” has no known extension; use .png, .svg or .pdf"), name);

  return FALSE;
}

static cairo_status_t
append_bytes (void                *closure,
              const unsigned char *data,
              unsigned int         length)
{
  g_byte_array_append (closure, data, length);

  return CAIRO_STATUS_SUCCESS;
}

static void
paint_surface (cairo_surface_t *surface,
               double           scale,
               const DrawTheme *theme,
               double           width,
               double           height,
               DrawFunc         draw,
               gpointer         user_data)
{
  double margin = MIN (DRAW_EXPORT_MARGIN, MIN (width, height) / 10);
  cairo_t *cr = cairo_create (surface);
  const DrawCanvas whole = { cr, theme, width, height };
  const DrawCanvas inside = { cr, theme, width - 2 * margin, height - 2 * margin };

  cairo_scale (cr, scale, scale);
  draw_canvas_paint_background (&whole);
  cairo_translate (cr, margin, margin);
  draw (&inside, user_data);

  cairo_destroy (cr);
}

static cairo_status_t
render_format (Format           format,
               const DrawTheme *theme,
               double           width,
               double           height,
               DrawFunc         draw,
               gpointer         user_data,
               GByteArray      *bytes)
{
  double w = width * POINTS_PER_PIXEL;
  double h = height * POINTS_PER_PIXEL;
  double scale = POINTS_PER_PIXEL;
  cairo_surface_t *surface = NULL;
  cairo_status_t status;

  switch (format)
    {
    case FORMAT_PNG:
      scale = PNG_SCALE;
      surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) (width * scale), (int) (height * scale));
      break;
    case FORMAT_SVG:
      surface = cairo_svg_surface_create_for_stream (append_bytes, bytes, w, h);
      break;
    case FORMAT_PDF:
      surface = cairo_pdf_surface_create_for_stream (append_bytes, bytes, w, h);
      break;
    default:
      g_assert_not_reached ();
    }

  paint_surface (surface, scale, theme, width, height, draw, user_data);

  if (format == FORMAT_PNG)
    {
      status = cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
    }
  else
    {
      cairo_surface_finish (surface);
      status = cairo_surface_status (surface);
    }
  cairo_surface_destroy (surface);

  return status;
}

GBytes *
draw_export (const char      *path,
             const DrawTheme *theme,
             double           width,
             double           height,
             DrawFunc         draw,
             gpointer         user_data,
             GError         **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autofree char *name = NULL;
  cairo_status_t status;
  Format format;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (theme != NULL, NULL);
  g_return_val_if_fail (draw != NULL, NULL);

  if (!find_format (path, &format, error))
    return NULL;

  name = mlp_display_filename (path);

  if (!(width >= 1 && width <= MAX_SIDE && height >= 1 && height <= MAX_SIDE))
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                   _("“%s” cannot have %g × %g pixels; each side must be 1 to %g"),
                   name, width, height, MAX_SIDE);
      return NULL;
    }

  status = render_format (format, theme, width, height, draw, user_data, bytes);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN,
                   _("The image “%s” could not be created: %s"), name, cairo_status_to_string (status));
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
