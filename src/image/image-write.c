/* image-write.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>

#include "core/mlp-error.h"
#include "image/image-write.h"

GBytes *
image_write_png (const guint8 *grey,
                 gsize         width,
                 gsize         height,
                 GError      **error)
{
  g_autoptr(GdkPixbuf) pixbuf = NULL;
  g_autoptr(GError) own_error = NULL;
  guint8 *pixels;
  char *png;
  gsize stride, size;

  g_return_val_if_fail (grey != NULL && width > 0 && height > 0, NULL);
  g_return_val_if_fail (width <= G_MAXINT && height <= G_MAXINT, NULL);

  pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, (int) width, (int) height);
  if (pixbuf == NULL)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE, _("Not enough memory for an image of %zu × %zu pixels"),
                   width, height);
      return NULL;
    }

  pixels = gdk_pixbuf_get_pixels (pixbuf);
  stride = (gsize) gdk_pixbuf_get_rowstride (pixbuf);
  for (gsize y = 0; y < height; y++)
    for (gsize x = 0; x < 3 * width; x++)
      pixels[y * stride + x] = grey[y * width + x / 3];

  if (gdk_pixbuf_save_to_buffer (pixbuf, &png, &size, "png", &own_error, NULL))
    return g_bytes_new_take (png, size);

  g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE, _("An image could not be created: %s"), own_error->message);

  return NULL;
}
