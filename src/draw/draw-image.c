/* draw-image.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "draw/draw-image.h"

/* Programs that show SVG or PDF smooth an image that they enlarge, whatever
 * filter is asked for. It is given at this many pixels a point, so that what
 * they smooth is too thin to be seen.
 */
#define VECTOR_RESOLUTION 4.0
#define MAX_SIDE 8192.0

static gboolean
is_vector (cairo_surface_t *surface)
{
  cairo_surface_type_t type = cairo_surface_get_type (surface);

  return type == CAIRO_SURFACE_TYPE_SVG || type == CAIRO_SURFACE_TYPE_PDF;
}

/* How many times larger a side of @n pixels has to be. */
static int
find_factor (int    n,
             double device_size)
{
  double factor = ceil (fabs (device_size) * VECTOR_RESOLUTION / n);

  return (int) CLAMP (factor, 1, MAX (1, floor (MAX_SIDE / n)));
}

static void
paint_squares (cairo_t         *cr,
               cairo_surface_t *image,
               const DrawArea  *area,
               cairo_filter_t   filter)
{
  cairo_save (cr);
  cairo_rectangle (cr, area->x, area->y, area->width, area->height);
  cairo_translate (cr, area->x, area->y);
  cairo_scale (cr, area->width / cairo_image_surface_get_width (image),
               area->height / cairo_image_surface_get_height (image));
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), filter);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_fill (cr);
  cairo_restore (cr);
}

void
draw_image (cairo_t         *cr,
            cairo_surface_t *image,
            const DrawArea  *area,
            gboolean         average)
{
  double device_width, device_height;
  int columns, rows;

  g_return_if_fail (cr != NULL && image != NULL && area != NULL);

  columns = cairo_image_surface_get_width (image);
  rows = cairo_image_surface_get_height (image);
  if (columns <= 0 || rows <= 0 || !(area->width > 0) || !(area->height > 0))
    return;

  device_width = area->width;
  device_height = area->height;
  cairo_user_to_device_distance (cr, &device_width, &device_height);

  if (is_vector (cairo_get_target (cr)))
    {
      int width = columns * find_factor (columns, device_width);
      int height = rows * find_factor (rows, device_height);
      const DrawArea all = { 0, 0, width, height };
      cairo_surface_t *large = cairo_image_surface_create (cairo_image_surface_get_format (image), width, height);
      cairo_t *large_cr = cairo_create (large);

      paint_squares (large_cr, image, &all, CAIRO_FILTER_NEAREST);
      cairo_destroy (large_cr);
      paint_squares (cr, large, area, CAIRO_FILTER_NEAREST);
      cairo_surface_destroy (large);
    }
  else
    {
      gboolean smaller = columns > fabs (device_width) || rows > fabs (device_height);

      paint_squares (cr, image, area, average && smaller ? CAIRO_FILTER_GOOD : CAIRO_FILTER_NEAREST);
    }
}
