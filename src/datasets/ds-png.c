/* ds-png.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>
#include <zlib.h>

#include "datasets/ds-png.h"

static void
append_word (GByteArray *bytes,
             guint32     word)
{
  word = GUINT32_TO_BE (word);
  g_byte_array_append (bytes, (const guint8 *) &word, sizeof (word));
}

/* Length, name, data, and the checksum of name and data. */
static void
append_chunk (GByteArray   *bytes,
              const char   *name,
              const guint8 *data,
              gsize         size)
{
  guint start = bytes->len + 4;

  append_word (bytes, (guint32) size);
  g_byte_array_append (bytes, (const guint8 *) name, 4);
  if (size > 0)
    g_byte_array_append (bytes, data, (guint) size);
  append_word (bytes, (guint32) crc32 (crc32 (0, NULL, 0), bytes->data + start, (uInt) size + 4));
}

GByteArray *
ds_png_make (const guint8 *grey,
             gsize         width,
             gsize         height)
{
  static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  GByteArray *bytes = g_byte_array_new ();
  guint8 header[13] = { 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0 };   /* 8 bits, grey */
  g_autofree guint8 *rows = NULL;
  g_autofree guint8 *packed = NULL;
  uLongf n_packed;

  g_return_val_if_fail (grey != NULL, NULL);
  g_return_val_if_fail (width > 0 && width <= 65535 && height > 0 && height <= 65535, NULL);

  header[2] = (guint8) (width >> 8);
  header[3] = (guint8) width;
  header[6] = (guint8) (height >> 8);
  header[7] = (guint8) height;

  /* Each row begins with the number of its filter: none. */
  rows = g_malloc0 ((width + 1) * height);
  for (gsize y = 0; y < height; y++)
    memcpy (rows + y * (width + 1) + 1, grey + y * width, width);

  n_packed = compressBound ((uLong) ((width + 1) * height));
  packed = g_malloc (n_packed);
  compress2 (packed, &n_packed, rows, (uLong) ((width + 1) * height), Z_BEST_COMPRESSION);

  g_byte_array_append (bytes, signature, sizeof (signature));
  append_chunk (bytes, "IHDR", header, sizeof (header));
  append_chunk (bytes, "IDAT", packed, n_packed);
  append_chunk (bytes, "IEND", NULL, 0);

  return bytes;
}
