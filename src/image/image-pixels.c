/* image-pixels.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "image/image-pixels-private.h"

void
image_pixels_free (ImagePixels *pixels)
{
  g_free (pixels->rgb);
  g_free (pixels);
}

/* Sums of premultiplied pixels. */
typedef struct
{
  guint64 n;
  guint64 alpha, red, green, blue;
} Sum;

static void
add_pixel (Sum    *sum,
           guint32 argb)
{
  sum->n++;
  sum->alpha += argb >> 24;
  sum->red += argb >> 16 & 0xff;
  sum->green += argb >> 8 & 0xff;
  sum->blue += argb & 0xff;
}

/* Their mean, premultiplied. */
static guint32
average_pixels (const Sum *sum)
{
  const guint64 n = sum->n;
  const guint64 alpha = (sum->alpha + n / 2) / n;
  const guint64 red = (sum->red + n / 2) / n;
  const guint64 green = (sum->green + n / 2) / n;
  const guint64 blue = (sum->blue + n / 2) / n;

  return (guint32) (alpha << 24 | red << 16 | green << 8 | blue);
}

/* Of a picture that is mostly clear what there is is ink. */
#define CLEAR 0.5

/* Whether the ink of a picture on nothing is light, so that it would not be seen on white. One that is
 * clear at its edges only has paper of its own. */
static gboolean
has_light_ink (const guint32 *argb,
               gsize          n)
{
  guint64 alpha = 0, light = 0;

  for (gsize i = 0; i < n; i++)
    {
      alpha += argb[i] >> 24;
      light += 77 * (argb[i] >> 16 & 0xff) + 150 * (argb[i] >> 8 & 0xff) + 29 * (argb[i] & 0xff);
    }

  /* The weights are 256 together. */
  return (double) alpha < CLEAR * 255.0 * (double) n && light > 128 * alpha;
}

/* Premultiplied pixels become opaque, on white paper or on black. */
static void
lay_on_paper (guint32 *argb,
              gsize    n)
{
  const gboolean black = has_light_ink (argb, n);

  for (gsize i = 0; i < n; i++)
    {
      const guint32 clear = black ? 0 : 255 - (argb[i] >> 24);
      const guint32 red = MIN (255, (argb[i] >> 16 & 0xff) + clear);
      const guint32 green = MIN (255, (argb[i] >> 8 & 0xff) + clear);
      const guint32 blue = MIN (255, (argb[i] & 0xff) + clear);

      argb[i] = red << 16 | green << 8 | blue;
    }
}

ImagePixels *
image_pixels_new_rows (gsize        width,
                       gsize        height,
                       ImageRowFunc get_row,
                       gpointer     user_data)
{
  g_autoptr(ImagePixels) pixels = g_new0 (ImagePixels, 1);
  const gsize step = MAX (1, (MAX (width, height) + IMAGE_MAX_SIDE - 1) / IMAGE_MAX_SIDE);
  g_autofree guint32 *row = g_try_new (guint32, width);
  g_autofree Sum *sums = NULL;

  pixels->step = step;
  pixels->width = (width + step - 1) / step;
  pixels->height = (height + step - 1) / step;
  pixels->rgb = g_try_new (guint32, pixels->width * pixels->height);
  sums = g_try_new0 (Sum, pixels->width);
  if (pixels->rgb == NULL || row == NULL || sums == NULL)
    return NULL;

  for (gsize y = 0; y < height; y++)
    {
      get_row (row, y, user_data);
      for (gsize x = 0; x < width; x++)
        add_pixel (&sums[x / step], row[x]);

      if ((y + 1) % step != 0 && y + 1 < height)
        continue;

      for (gsize x = 0; x < pixels->width; x++)
        pixels->rgb[y / step * pixels->width + x] = average_pixels (&sums[x]);
      memset (sums, 0, pixels->width * sizeof *sums);
    }
  lay_on_paper (pixels->rgb, pixels->width * pixels->height);

  return g_steal_pointer (&pixels);
}

void
image_pixels_orient (ImagePixels *pixels,
                     guint        orientation)
{
  const gboolean is_transposed = orientation >= 5 && orientation <= 8;
  const gboolean is_mirrored = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const gboolean is_upside_down = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  const gsize from_width = pixels->width, from_height = pixels->height;
  const gsize width = is_transposed ? from_height : from_width;
  const gsize height = is_transposed ? from_width : from_height;
  guint32 *rgb;

  if (orientation < 2 || orientation > 8)
    return;

  rgb = g_new (guint32, width * height);
  for (gsize y = 0; y < height; y++)
    for (gsize x = 0; x < width; x++)
      {
        gsize from_x = is_transposed ? y : x;
        gsize from_y = is_transposed ? x : y;

        if (is_mirrored)
          from_x = from_width - 1 - from_x;
        if (is_upside_down)
          from_y = from_height - 1 - from_y;
        rgb[y * width + x] = pixels->rgb[from_y * from_width + from_x];
      }

  g_free (pixels->rgb);
  pixels->rgb = rgb;
  pixels->width = width;
  pixels->height = height;
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
