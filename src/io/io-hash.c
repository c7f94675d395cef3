/* io-hash.c: XXH64.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "io/io-hash.h"

#define BLOCK 32

#define PRIME_1 G_GUINT64_CONSTANT (0x9e3779b185ebca87)
#define PRIME_2 G_GUINT64_CONSTANT (0xc2b2ae3d27d4eb4f)
#define PRIME_3 G_GUINT64_CONSTANT (0x165667b19e3779f9)
#define PRIME_4 G_GUINT64_CONSTANT (0x85ebca77c2b2ae63)
#define PRIME_5 G_GUINT64_CONSTANT (0x27d4eb2f165667c5)

static inline guint64
rotate (guint64 x,
        guint   bits)
{
  return x << bits | x >> (64 - bits);
}

static inline guint64
read_64 (const guint8 *bytes)
{
  guint64 x;

  memcpy (&x, bytes, sizeof (x));

  return GUINT64_FROM_LE (x);
}

static inline guint64
read_32 (const guint8 *bytes)
{
  guint32 x;

  memcpy (&x, bytes, sizeof (x));

  return GUINT32_FROM_LE (x);
}

static inline guint64
mix (guint64 lane,
     guint64 input)
{
  return rotate (lane + input * PRIME_2, 31) * PRIME_1;
}

static inline guint64
merge (guint64 h,
       guint64 lane)
{
  return (h ^ mix (0, lane)) * PRIME_1 + PRIME_4;
}

static void
mix_blocks (IoHash       *hash,
            const guint8 *data,
            gsize         n_blocks)
{
  guint64 a = hash->lanes[0], b = hash->lanes[1], c = hash->lanes[2], d = hash->lanes[3];

  for (; n_blocks > 0; n_blocks--, data += BLOCK)
    {
      a = mix (a, read_64 (data));
      b = mix (b, read_64 (data + 8));
      c = mix (c, read_64 (data + 16));
      d = mix (d, read_64 (data + 24));
    }

  hash->lanes[0] = a;
  hash->lanes[1] = b;
  hash->lanes[2] = c;
  hash->lanes[3] = d;
}

void
io_hash_start (IoHash *hash,
               guint64 seed)
{
  g_return_if_fail (hash != NULL);

  *hash = (IoHash) {
    .lanes = { seed + PRIME_1 + PRIME_2, seed + PRIME_2, seed, seed - PRIME_1 },
    .seed = seed,
  };
}

void
io_hash_update (IoHash     *hash,
                const void *data,
                gsize       size)
{
  const guint8 *bytes = data;
  gsize n_rest;

  g_return_if_fail (hash != NULL);
  g_return_if_fail (data != NULL || size == 0);

  if (size == 0)
    return;

  n_rest = hash->total % BLOCK;
  hash->total += size;

  if (n_rest > 0)
    {
      gsize n = MIN (BLOCK - n_rest, size);

      memcpy (hash->rest + n_rest, bytes, n);
      if (n_rest + n < BLOCK)
        return;
      mix_blocks (hash, hash->rest, 1);
      bytes += n;
      size -= n;
    }

  mix_blocks (hash, bytes, size / BLOCK);
  if (size % BLOCK > 0)
    memcpy (hash->rest, bytes + size / BLOCK * BLOCK, size % BLOCK);
}

guint64
io_hash_end (const IoHash *hash)
{
  const guint8 *bytes, *end;
  guint64 h;

  g_return_val_if_fail (hash != NULL, 0);

  if (hash->total >= BLOCK)
    {
      h = rotate (hash->lanes[0], 1) + rotate (hash->lanes[1], 7) +
          rotate (hash->lanes[2], 12) + rotate (hash->lanes[3], 18);
      for (gsize i = 0; i < 4; i++)
        h = merge (h, hash->lanes[i]);
    }
  else
    h = hash->seed + PRIME_5;
  h += hash->total;

  bytes = hash->rest;
  end = bytes + hash->total % BLOCK;
  for (; end - bytes >= 8; bytes += 8)
    h = rotate (h ^ mix (0, read_64 (bytes)), 27) * PRIME_1 + PRIME_4;
  for (; end - bytes >= 4; bytes += 4)
    h = rotate (h ^ read_32 (bytes) * PRIME_1, 23) * PRIME_2 + PRIME_3;
  for (; end - bytes >= 1; bytes += 1)
    h = rotate (h ^ *bytes * PRIME_5, 11) * PRIME_1;

  h = (h ^ h >> 33) * PRIME_2;
  h = (h ^ h >> 29) * PRIME_3;

  return h ^ h >> 32;
}

guint64
io_hash (const void *data,
         gsize       size,
         guint64     seed)
{
  IoHash hash;

  io_hash_start (&hash, seed);
  io_hash_update (&hash, data, size);

  return io_hash_end (&hash);
}

char *
io_hash_to_string (guint64 hash)
{
  return g_strdup_printf ("xxh64:%016" PRIx64, hash);
}
