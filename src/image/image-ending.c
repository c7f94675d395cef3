/* image-ending.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "image/image-ending.h"

#define PNG_SIGNATURE 8

/* Behind the data of a chunk */
#define PNG_CRC 4

/* JPEG's markers, without their first byte */
#define TEM  0x01
#define RST0 0xd0
#define SOI  0xd8
#define EOI  0xd9
#define SOS  0xda

enum
{
  BEGIN,
  CHUNK,                 /* of PNG: its length and type */

  MARKER = BEGIN,        /* of JPEG: 0xff is expected, … */
  MARKER_TYPE,           /* … what follows it */
  LENGTH_HIGH,
  LENGTH_LOW,
  SEGMENT,
  SCAN,                  /* coded pixels */
  SCAN_MARKER            /* 0xff in them */
};

/* How many of @n bytes are passed over. */
static gsize
skip_bytes (ImageEnding *ending,
            gsize        n)
{
  const gsize passed = (gsize) MIN (ending->n_left, (guint64) n);

  ending->n_left -= passed;

  return passed;
}

void
image_ending_follow_png (ImageEnding  *ending,
                         const guint8 *bytes,
                         gsize         n)
{
  if (ending->state == BEGIN)
    {
      ending->n_left = PNG_SIGNATURE;
      ending->state = CHUNK;
    }

  for (gsize i = skip_bytes (ending, n); i < n && !ending->reached; i += skip_bytes (ending, n - i))
    {
      guint32 length;

      ending->header[ending->n_header++] = bytes[i++];
      if (ending->n_header < sizeof ending->header)
        continue;

      memcpy (&length, ending->header, sizeof length);
      ending->n_header = 0;
      ending->n_left = (guint64) GUINT32_FROM_BE (length) + PNG_CRC;
      ending->reached = memcmp (ending->header + 4, "IEND", 4) == 0;
    }
}

/* What follows the marker. */
static void
take_marker (ImageEnding *ending,
             guint8       marker)
{
  ending->marker = marker;
  if (marker == EOI)
    ending->reached = TRUE;
  else if (marker == TEM || (marker >= RST0 && marker <= SOI))
    ending->state = MARKER;
  else if (marker != 0xff)
    ending->state = LENGTH_HIGH;
}

void
image_ending_follow_jpeg (ImageEnding  *ending,
                          const guint8 *bytes,
                          gsize         n)
{
  for (gsize i = 0; i < n && !ending->reached; i++)
    switch (ending->state)
      {
      case MARKER_TYPE:
        take_marker (ending, bytes[i]);
        break;

      case LENGTH_HIGH:
        ending->n_left = (guint64) bytes[i] << 8;
        ending->state = LENGTH_LOW;
        break;

      case LENGTH_LOW:
        /* The length counts its own two bytes. */
        ending->n_left += bytes[i];
        ending->n_left -= MIN (ending->n_left, 2);
        ending->state = ending->n_left > 0 ? SEGMENT : ending->marker == SOS ? SCAN : MARKER;
        break;

      case SEGMENT:
        i += skip_bytes (ending, n - i) - 1;
        if (ending->n_left == 0)
          ending->state = ending->marker == SOS ? SCAN : MARKER;
        break;

      case SCAN:
        if (bytes[i] == 0xff)
          ending->state = SCAN_MARKER;
        break;

      case SCAN_MARKER:
        if (bytes[i] == 0x00 || (bytes[i] >= RST0 && bytes[i] < SOI))
          ending->state = SCAN;
        else if (bytes[i] != 0xff)
          take_marker (ending, bytes[i]);
        break;

      case MARKER:
      default:
        if (bytes[i] == 0xff)
          ending->state = MARKER_TYPE;
        break;
      }
}
