/* image-read.c: the one file that knows GdkPixbuf.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>

#include "core/mlp-error.h"
#include "image/image-pixels.h"

/* Between two looks at the cancellable. */
#define BLOCK (64 * 1024)

/* The longer side of a drawing that may have any size. */
#define DRAWING_SIDE 1200

typedef struct
{
  GdkPixbufLoader *loader;
  int              width;        /* as the file promises it; 0: nothing yet */
  int              height;
  gboolean         too_large;
} Reading;

/* Before memory is asked for. */
static void
on_size_prepared (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  gpointer         user_data)
{
  Reading *reading = user_data;
  GdkPixbufFormat *format = gdk_pixbuf_loader_get_format (loader);

  reading->width = width;
  reading->height = height;

  if (format != NULL && gdk_pixbuf_format_is_scalable (format) && width > 0 && height > 0)
    {
      double scale = (double) DRAWING_SIDE / (double) MAX (width, height);

      gdk_pixbuf_loader_set_size (loader, MAX (1, (int) (scale * width + 0.5)), MAX (1, (int) (scale * height + 0.5)));
      return;
    }

  /* Without a size the loader gives up before it asks for memory. */
  reading->too_large = width <= 0 || height <= 0 || (guint64) width * (guint64) height > IMAGE_MAX_PIXELS;
  if (reading->too_large)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
}

static void
translate_error (GError     *loader_error,
                 const char *name,
                 GError    **error)
{
  if (g_error_matches (loader_error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_UNKNOWN_TYPE))
    g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                 _("“%s” is not a picture that can be read; PNG, JPEG and SVG can"), name);
  else if (g_error_matches (loader_error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY))
    g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE, _("“%s” does not fit into memory"), name);
  else if (g_error_matches (loader_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error (error, MLP_ERROR, MLP_ERROR_CANCELLED, _("Reading “%s” was cancelled"), name);
  else if (loader_error != NULL && loader_error->domain == G_IO_ERROR)
    g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN, _("“%s” cannot be read: %s"), name, loader_error->message);
  else
    g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT, _("“%s” is a damaged picture: %s"), name,
                 loader_error != NULL ? loader_error->message : _("it ends too early"));
}

static void
set_too_large (const Reading *reading,
               const char    *name,
               GError       **error)
{
  g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
               _("“%s” has %d × %d pixels; make it smaller, a digit needs a few hundred"),
               name, reading->width, reading->height);
}

/* Feeds the loader until the stream ends, or the picture turns out to be too large. */
static gboolean
feed (Reading      *reading,
      GInputStream *stream,
      const char   *name,
      GCancellable *cancellable,
      GError      **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK);
  g_autoptr(GError) own_error = NULL;
  gssize n;

  do
    {
      /* Not each stream looks itself. */
      if (g_cancellable_set_error_if_cancelled (cancellable, &own_error))
        break;
      n = g_input_stream_read (stream, block, BLOCK, cancellable, &own_error);
      if (n < 0)
        break;
      if (n > 0 && !gdk_pixbuf_loader_write (reading->loader, block, (gsize) n, &own_error))
        break;
    }
  while (n > 0 && !reading->too_large);

  if (reading->too_large)
    {
      set_too_large (reading, name, error);
      return FALSE;
    }
  if (own_error != NULL)
    {
      translate_error (own_error, name, error);
      return FALSE;
    }

  return TRUE;
}

/* As Cairo has it. (transfer full) */
static guint32 *
to_argb (const GdkPixbuf *pixbuf)
{
  const gsize width = (gsize) gdk_pixbuf_get_width (pixbuf);
  const gsize height = (gsize) gdk_pixbuf_get_height (pixbuf);
  const gsize stride = (gsize) gdk_pixbuf_get_rowstride (pixbuf);
  const gsize n_channels = (gsize) gdk_pixbuf_get_n_channels (pixbuf);
  const gboolean has_alpha = gdk_pixbuf_get_has_alpha (pixbuf);
  const guint8 *bytes = gdk_pixbuf_read_pixels (pixbuf);
  guint32 *argb = g_try_new (guint32, width * height);

  for (gsize y = 0; argb != NULL && y < height; y++)
    for (gsize x = 0; x < width; x++)
      {
        const guint8 *from = bytes + y * stride + x * n_channels;
        guint32 alpha = has_alpha ? from[3] : 255;

        argb[y * width + x] = alpha << 24 | (from[0] * alpha + 127) / 255 << 16 |
                              (from[1] * alpha + 127) / 255 << 8 | (from[2] * alpha + 127) / 255;
      }

  return argb;
}

/* The picture that the loader has, turned as the camera was held. */
static ImagePixels *
take_pixels (GdkPixbufLoader *loader,
             const char      *name,
             GError         **error)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  g_autoptr(GdkPixbuf) turned = NULL;
  g_autofree guint32 *argb = NULL;
  ImagePixels *pixels = NULL;

  if (pixbuf == NULL || gdk_pixbuf_get_bits_per_sample (pixbuf) != 8)
    {
      translate_error (NULL, name, error);
      return NULL;
    }

  turned = gdk_pixbuf_apply_embedded_orientation (pixbuf);
  argb = turned != NULL ? to_argb (turned) : NULL;
  if (argb != NULL)
    pixels = image_pixels_new_argb (argb, (gsize) gdk_pixbuf_get_width (turned),
                                    (gsize) gdk_pixbuf_get_height (turned), NULL);
  if (pixels == NULL)
    g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE, _("“%s” does not fit into memory"), name);

  return pixels;
}

ImagePixels *
image_read (GInputStream *stream,
            const char   *name,
            GCancellable *cancellable,
            GError      **error)
{
  g_autoptr(GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_autoptr(GError) own_error = NULL;
  Reading reading = { .loader = loader };

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream) && name != NULL, NULL);

  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), &reading);

  if (!feed (&reading, stream, name, cancellable, error))
    {
      gdk_pixbuf_loader_close (loader, NULL);
      return NULL;
    }

  /* The last of the work, of a drawing all of it. */
  if (!gdk_pixbuf_loader_close (loader, &own_error))
    {
      if (reading.too_large)
        set_too_large (&reading, name, error);
      else
        translate_error (own_error, name, error);
      return NULL;
    }
  if (reading.too_large)
    {
      set_too_large (&reading, name, error);
      return NULL;
    }

  return take_pixels (loader, name, error);
}

ImagePixels *
image_read_file (GFile        *file,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  g_autoptr(GFileInputStream) stream = NULL;
  g_autoptr(GError) own_error = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  base = g_file_get_basename (file);
  name = g_filename_display_name (base);
  stream = g_file_read (file, cancellable, &own_error);
  if (stream == NULL)
    {
      translate_error (own_error, name, error);
      return NULL;
    }

  return image_read (G_INPUT_STREAM (stream), name, cancellable, error);
}
