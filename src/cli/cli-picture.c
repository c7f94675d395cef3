/* cli-picture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <cairo.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli-picture.h"
#include "core/mlp-error.h"
#include "datasets/ds-pen.h"

/* A photograph of today; a hostile PNG promises more than memory has. */
#define MAX_PIXELS (100u * 1000 * 1000)

/* Signature, length and name of the first chunk, width, height. */
#define HEADER 24

typedef cairo_surface_t Surface;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Surface, cairo_surface_destroy)

static guint32
read_word (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

static gboolean
check_header (const char *path,
              const char *name,
              GError    **error)
{
  guint8 header[HEADER];
  gsize n_read;
  FILE *file = g_fopen (path, "rbe");

  if (file == NULL)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN, "“%s” cannot be read: %s", name, g_strerror (errno));
      return FALSE;
    }

  n_read = fread (header, 1, HEADER, file);
  fclose (file);

  if (n_read < HEADER || memcmp (header, "\x89PNG\r\n\x1a\n", 8) != 0)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   "“%s” is not a PNG picture; convert it to one", name);
      return FALSE;
    }

  if ((guint64) read_word (header + 16) * read_word (header + 20) > MAX_PIXELS)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   "“%s” has %u × %u pixels; make it smaller, a digit needs a few hundred",
                   name, read_word (header + 16), read_word (header + 20));
      return FALSE;
    }

  return TRUE;
}

/* The picture on white paper, whatever its format is. */
static Surface *
read_surface (const char *path,
              GError    **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autoptr(Surface) png = NULL;
  g_autoptr(Surface) paper = NULL;
  cairo_t *cr;

  if (!check_header (path, name, error))
    return NULL;

  png = cairo_image_surface_create_from_png (path);
  if (cairo_surface_status (png) != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT, "“%s” is a damaged PNG picture: %s",
                   name, cairo_status_to_string (cairo_surface_status (png)));
      return NULL;
    }

  paper = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                      cairo_image_surface_get_width (png),
                                      cairo_image_surface_get_height (png));
  cr = cairo_create (paper);
  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_paint (cr);
  cairo_set_source_surface (cr, png, 0.0, 0.0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_flush (paper);

  if (cairo_surface_status (paper) != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE, "“%s” does not fit into memory", name);
      return NULL;
    }

  return g_steal_pointer (&paper);
}

/* (transfer full): width × height bytes, black 0 */
static guint8 *
make_grey (Surface *surface)
{
  const gsize width = (gsize) cairo_image_surface_get_width (surface);
  const gsize height = (gsize) cairo_image_surface_get_height (surface);
  const gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  const guint8 *data = cairo_image_surface_get_data (surface);
  guint8 *grey = g_malloc (width * height);

  for (gsize y = 0; y < height; y++)
    {
      for (gsize x = 0; x < width; x++)
        {
          guint32 pixel;

          memcpy (&pixel, data + y * stride + 4 * x, sizeof pixel);

          /* Rec. 601, in 1/256: 77 + 150 + 29 is 256, so that grey stays grey. */
          grey[y * width + x] = (guint8) ((77 * (pixel >> 16 & 0xff) +
                                           150 * (pixel >> 8 & 0xff) +
                                           29 * (pixel & 0xff) + 128) >> 8);
        }
    }

  return grey;
}

guint8 *
cli_picture_read (const char *path,
                  GError    **error)
{
  g_autoptr(Surface) surface = read_surface (path, error);
  g_autofree guint8 *grey = NULL;
  g_autofree guint8 *ink = NULL;
  g_autofree guint8 *frame = NULL;
  gsize width, height;

  if (surface == NULL)
    return NULL;

  width = (gsize) cairo_image_surface_get_width (surface);
  height = (gsize) cairo_image_surface_get_height (surface);
  grey = make_grey (surface);
  ink = g_malloc (width * height);
  frame = g_malloc (DS_DIGIT_SIDE * DS_DIGIT_SIDE);
  ds_digit_from_grey (grey, width, height, width, ink);

  if (!ds_digit_from_any_pen (ink, width, height, width, frame))
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   "“%s” is empty: there is no ink on it to be read", name);
      return NULL;
    }

  return g_steal_pointer (&frame);
}

guint8 *
cli_picture_read_raw (const char *path,
                      guint       rows,
                      guint       columns,
                      GError    **error)
{
  g_autoptr(Surface) surface = read_surface (path, error);
  int width, height;

  if (surface == NULL)
    return NULL;

  width = cairo_image_surface_get_width (surface);
  height = cairo_image_surface_get_height (surface);

  if ((guint) width != columns || (guint) height != rows)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   "“%s” has %d × %d pixels; with --raw it must have %u × %u",
                   name, width, height, columns, rows);
      return NULL;
    }

  return make_grey (surface);
}
