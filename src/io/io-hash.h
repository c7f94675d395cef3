/* io-hash.h: a fast hash of many bytes, to tell contents apart.
 *
 * XXH64 (Yann Collet, xxHash specification 0.1.1). Good against chance, not
 * against malice: what is looked up by it is only ever what was computed from
 * the user's own files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 lanes[4];
  guint64 total;            /* bytes so far */
  guint8  rest[32];         /* those of them that fill no block yet */
  guint64 seed;
} IoHash;

void    io_hash_start     (IoHash       *hash,
                           guint64       seed);
void    io_hash_update    (IoHash       *hash,
                           const void   *data,
                           gsize         size);
guint64 io_hash_end       (const IoHash *hash);

/* Of one piece. */
guint64 io_hash           (const void   *data,
                           gsize         size,
                           guint64       seed);

/* (transfer full): "xxh64:" and 16 hexadecimal digits */
char   *io_hash_to_string (guint64       hash);

G_END_DECLS
