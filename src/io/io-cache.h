/* io-cache.h: disk cache for results computed from large files.
 *
 * A cache is a folder of the caller's choice. What is in it can be lost at any
 * time: a file that is missing, damaged, of another version, or of another key is
 * as none, and is made anew. The files are for this machine: byte order and sizes
 * are its own.
 *
 * Thread: any; several programs may use one folder.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "io/io-part.h"

G_BEGIN_DECLS

/* A payload starts at a multiple of so many bytes, in the file and in memory. */
#define IO_CACHE_ALIGNMENT 64

/**
 * io_cache_load:
 * @folder: the cache's folder
 * @group: what it is kept for; see io_cache_store()
 * @key: what it was computed from
 *
 * Reads the whole file; its checksum is compared.
 *
 * Returns: (transfer full) (nullable): the payload, %NULL if there is none
 */
GBytes  *io_cache_load  (const char    *folder,
                         const char    *group,
                         const char    *key);

/**
 * io_cache_store:
 * @folder: the cache's folder, which is made if there is none
 * @group: what it is kept for, as a part of a file's name: letters, digits, "-",
 *   "_": of each group the cache keeps one key, the newest
 * @key: all that the payload depends on, in words: content of the source, version
 *   of what computes it, settings
 * @parts: (array length=n_parts): the payload, in pieces
 * @error: return location for a #GError
 *
 * The file takes its name when it is whole. Afterwards the files that were not
 * used for longest are removed until %IO_CACHE_LIMIT is kept, and what ended processes
 * left half-written.
 *
 * Errors: %MLP_ERROR_OPEN
 */
gboolean io_cache_store (const char    *folder,
                         const char    *group,
                         const char    *key,
                         const IoPiece *parts,
                         gsize          n_parts,
                         GError       **error);

/* Bytes that a folder holds at most. */
#define IO_CACHE_LIMIT (G_GUINT64_CONSTANT (2) << 30)

/* Removes the files that were not used for longest until at most @limit bytes are
 * left; the newest stays in any case. */
void     io_cache_trim  (const char    *folder,
                         guint64        limit);

G_END_DECLS
