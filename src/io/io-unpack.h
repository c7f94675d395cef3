/* io-unpack.h: bytes of a file or of memory, plain or in gzip, bzip2 or xz, read
 * once.
 *
 * Reading to the end checks every checksum there is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "io/io-stream.h"

G_BEGIN_DECLS

typedef struct _DsUnpack DsUnpack;

/**
 * ds_unpack_new:
 * @stream: (transfer full): of which nothing was read
 *
 * Errors: %MLP_ERROR_FORMAT, %MLP_ERROR_TRUNCATED, %MLP_ERROR_OPEN
 */
DsUnpack   *ds_unpack_new          (DsStream        *stream,
                                    GError         **error);
void        ds_unpack_close        (DsUnpack        *unpack);

/**
 * ds_unpack_read:
 * @buffer: (out caller-allocates): room for @size bytes
 * @n_read: (out): @size, unless the data end before; then what there was
 *
 * Errors: as ds_unpack_new(); the message names the file. After an error
 * nothing more can be read.
 */
gboolean    ds_unpack_read         (DsUnpack        *unpack,
                                    void            *buffer,
                                    gsize            size,
                                    gsize           *n_read,
                                    GError         **error);

/**
 * ds_unpack_check_lines:
 * @n: lines that were read of it so far
 *
 * Whether a packed text of its size holds so many lines in earnest: 32,768, and one for every
 * two bytes of the file. SMILES alone take three bytes each at best, the lines of an SD file as
 * many; each may become a molecule, which takes fifty times that in memory. A file that is not
 * packed may have as many as it has.
 *
 * Errors: %MLP_ERROR_TOO_LARGE
 */
gboolean    ds_unpack_check_lines  (const DsUnpack  *unpack,
                                    guint64          n,
                                    GError         **error);

/* Where the reading is in the packed file, 0 to 1. */
double      ds_unpack_get_fraction (const DsUnpack  *unpack);

/* Whether @stream, gunzipped, begins like bzip2 or xz. Consumes nothing. */
gboolean    ds_unpack_recognise    (DsStream        *stream);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DsUnpack, ds_unpack_close)

G_END_DECLS
