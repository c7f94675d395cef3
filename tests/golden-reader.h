/* golden-reader.h: numbers from a binary file that a script in tests/golden wrote.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <string.h>

typedef struct
{
  const guint8 *at;
  const guint8 *end;
} Reader;

static inline const guint8 *
take (Reader *reader,
      gsize   n)
{
  const guint8 *at = reader->at;

  g_assert_cmpuint (n, <=, reader->end - reader->at);
  reader->at += n;

  return at;
}

/* Least significant byte first */
static inline guint64
take_number (Reader *reader,
             gsize   n)
{
  const guint8 *bytes = take (reader, n);
  guint64 number = 0;

  for (gsize i = 0; i < n; i++)
    number |= (guint64) bytes[i] << 8 * i;

  return number;
}

static inline double
take_double (Reader *reader)
{
  guint64 bits = take_number (reader, 8);
  double number;

  memcpy (&number, &bits, sizeof (number));

  return number;
}
