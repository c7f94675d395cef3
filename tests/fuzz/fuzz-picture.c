/* fuzz-picture.c: picture files of whatever bytes, decoded in this process.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fuzz-bytes.h"
#include "image/image-private.h"

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         n_bytes);

static gsize
read_input (guint8  *block,
            gsize    size,
            gpointer user_data)
{
  const FuzzBytes taken = fuzz_take (user_data, size);

  if (taken.n > 0)
    memcpy (block, taken.at, taken.n);

  return taken.n;
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         n_bytes)
{
  static gboolean is_restricted = FALSE;
  FuzzBytes input = { bytes, n_bytes };
  g_autoptr(ImagePixels) pixels = NULL;
  g_autofree guint8 *grey = NULL;
  ImageReport report;
  gsize sum = 0;

  if (!is_restricted)
    image_decode_restrict ();
  is_restricted = TRUE;

  pixels = image_decode (read_input, &input, &report);
  g_assert_true ((pixels == NULL) == (report.verdict != IMAGE_DECODED));
  g_assert_nonnull (memchr (report.reason, '\0', sizeof report.reason));
  if (pixels == NULL)
    return 0;

  g_assert_true (pixels->width >= 1 && pixels->width <= IMAGE_MAX_SIDE);
  g_assert_true (pixels->height >= 1 && pixels->height <= IMAGE_MAX_SIDE);
  grey = image_pixels_to_grey (pixels);
  for (gsize i = 0; i < pixels->width * pixels->height; i++)
    sum += grey[i] | pixels->rgb[i] >> 24;
  g_assert_cmpuint (sum, <=, 255 * pixels->width * pixels->height);

  return 0;
}
