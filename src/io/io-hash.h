/* io-hash.h: fast non-cryptographic hash, to tell contents apart.
 *
 * XXH64 (Yann Collet, xxHash specification 0.1.1) by libxxhash; the values are the same
 * on every machine and lie in files. Good against chance, not against malice: what is
 * looked up by it is only ever what was computed from the user's own files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of bytes that come in pieces. For one thread at a time. */
typedef struct _IoHash IoHash;

IoHash *io_hash_new       (guint64       seed);
void    io_hash_free      (IoHash       *hash);
void    io_hash_update    (IoHash       *hash,
                           const void   *data,
                           gsize         size);

/* Of the bytes so far; more may follow. */
guint64 io_hash_get_value (const IoHash *hash);

/* Of one piece. */
guint64 io_hash           (const void   *data,
                           gsize         size,
                           guint64       seed);

/* (transfer full): "xxh64:" and 16 hexadecimal digits */
char   *io_hash_to_string (guint64       hash);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IoHash, io_hash_free)

G_END_DECLS
