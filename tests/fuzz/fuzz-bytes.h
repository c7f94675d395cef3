/* fuzz-bytes.h: an input taken apart from its front.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <string.h>

typedef struct
{
  const guint8 *at;
  gsize         n;      /* bytes that are left */
} FuzzBytes;

/* 0 behind the end. */
static inline guint
fuzz_take_byte (FuzzBytes *bytes)
{
  if (bytes->n == 0)
    return 0;
  bytes->n--;

  return *bytes->at++;
}

static inline guint
fuzz_take_uint16 (FuzzBytes *bytes)
{
  const guint low = fuzz_take_byte (bytes);

  return low | fuzz_take_byte (bytes) << 8;
}

static inline float
fuzz_take_float (FuzzBytes *bytes)
{
  float value = 0.0f;
  const gsize n = MIN (bytes->n, sizeof value);

  memcpy (&value, bytes->at, n);
  bytes->at += n;
  bytes->n -= n;

  return value;
}

/* At most so many of those that are left. */
static inline FuzzBytes
fuzz_take (FuzzBytes *bytes,
           gsize      n)
{
  const FuzzBytes taken = { bytes->at, MIN (n, bytes->n) };

  bytes->at += taken.n;
  bytes->n -= taken.n;

  return taken;
}

/* (transfer full): a text of as many bytes as the next one says */
static inline char *
fuzz_take_text (FuzzBytes *bytes)
{
  const guint length = fuzz_take_byte (bytes);
  const FuzzBytes taken = fuzz_take (bytes, length);

  return g_strndup ((const char *) taken.at, taken.n);
}
