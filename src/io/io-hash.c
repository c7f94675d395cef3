/* io-hash.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <inttypes.h>
#include <xxhash.h>

#include "io/io-hash.h"

/* An IoHash is an XXH64_state_t. */

IoHash *
io_hash_new (guint64 seed)
{
  XXH64_state_t *state = XXH64_createState ();

  if (state == NULL)
    g_error ("No memory for libxxhash");
  XXH64_reset (state, seed);

  return (IoHash *) state;
}

void
io_hash_free (IoHash *hash)
{
  XXH64_freeState ((XXH64_state_t *) hash);
}

void
io_hash_update (IoHash     *hash,
                const void *data,
                gsize       size)
{
  g_return_if_fail (hash != NULL);
  g_return_if_fail (data != NULL || size == 0);

  if (size > 0)
    XXH64_update ((XXH64_state_t *) hash, data, size);
}

guint64
io_hash_get_value (const IoHash *hash)
{
  g_return_val_if_fail (hash != NULL, 0);

  return XXH64_digest ((const XXH64_state_t *) hash);
}

guint64
io_hash (const void *data,
         gsize       size,
         guint64     seed)
{
  g_return_val_if_fail (data != NULL || size == 0, 0);

  return XXH64 (data, size, seed);
}

char *
io_hash_to_string (guint64 hash)
{
  return g_strdup_printf ("xxh64:%016" PRIx64, hash);
}
