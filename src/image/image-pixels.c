/* image-pixels.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/mlp-error.h"
#include "image/image-pixels.h"

void
image_pixels_free (ImagePixels *pixels)
{
  g_free (pixels->rgb);
  g_free (pixels);
}

/* The mean of some premultiplied pixels, on white. */
static guint32
average (const guint32 *argb,
         gsize          stride,
         gsize          width,
         gsize          height)
{
  const guint64 n = (guint64) width * height;
  guint64 alpha = 0, red = 0, green = 0, blue = 0;
  guint64 white;

  for (gsize y = 0; y < height; y++)
    for (gsize x = 0; x < width; x++)
      {
        guint32 pixel = argb[y * stride + x];

        alpha += pixel >> 24;
        red += pixel >> 16 & 0xff;
        green += pixel >> 8 & 0xff;
        blue += pixel & 0xff;
      }

  white = 255 * n - alpha;
  red = MIN (255, (red + white + n / 2) / n);
  green = MIN (255, (green + white + n / 2) / n);
  blue = MIN (255, (blue + white + n / 2) / n);

  return (guint32) (red << 16 | green << 8 | blue);
}

ImagePixels *
image_pixels_new_argb (const guint32 *argb,
                       gsize          width,
                       gsize          height,
                       GError       **error)
{
  g_autoptr(ImagePixels) pixels = g_new0 (ImagePixels, 1);
  const gsize step = MAX (1, (MAX (width, height) + IMAGE_MAX_SIDE - 1) / IMAGE_MAX_SIDE);

  g_return_val_if_fail (argb != NULL && width > 0 && height > 0, NULL);

  pixels->step = step;
  pixels->width = (width + step - 1) / step;
  pixels->height = (height + step - 1) / step;
  pixels->rgb = g_try_new (guint32, pixels->width * pixels->height);
  if (pixels->rgb == NULL)
    {
      g_set_error_literal (error, MLP_ERROR, MLP_ERROR_TOO_LARGE, _("The picture does not fit into memory"));
      return NULL;
    }

  for (gsize y = 0; y < pixels->height; y++)
    for (gsize x = 0; x < pixels->width; x++)
      pixels->rgb[y * pixels->width + x] = average (argb + y * step * width + x * step, width,
                                                    MIN (step, width - x * step),
                                                    MIN (step, height - y * step));

  return g_steal_pointer (&pixels);
}

guint8 *
image_pixels_to_grey (const ImagePixels *pixels)
{
  const gsize n = pixels->width * pixels->height;
  guint8 *grey = g_malloc (n);

  /* Rec. 601, in 1/256: 77 + 150 + 29 is 256, so that grey stays grey. */
  for (gsize i = 0; i < n; i++)
    grey[i] = (guint8) ((77 * (pixels->rgb[i] >> 16 & 0xff) +
                         150 * (pixels->rgb[i] >> 8 & 0xff) +
                         29 * (pixels->rgb[i] & 0xff) + 128) >> 8);

  return grey;
}
