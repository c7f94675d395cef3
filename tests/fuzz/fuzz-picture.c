/* fuzz-picture.c: picture files of whatever bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "image/image-pixels.h"

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         n_bytes);

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         n_bytes)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data (bytes, (gssize) n_bytes, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(ImagePixels) pixels = image_read (stream, "fuzz", NULL, &error);
  g_autofree guint8 *grey = NULL;
  guint sum = 0;

  g_assert_true ((pixels == NULL) == (error != NULL));
  if (pixels == NULL)
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }

  g_assert_true (pixels->width >= 1 && pixels->width <= IMAGE_MAX_SIDE);
  g_assert_true (pixels->height >= 1 && pixels->height <= IMAGE_MAX_SIDE);
  grey = image_pixels_to_grey (pixels);
  for (gsize i = 0; i < pixels->width * pixels->height; i++)
    sum += grey[i] | pixels->rgb[i] >> 24;
  g_assert_cmpuint (sum, <=, 255 * pixels->width * pixels->height);

  return 0;
}
