/* io-decoder-private.h: decompressing byte stream: plain, gzip, bzip2 or xz.
 *
 * Reading to the end checks every checksum there is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "io/io-stream.h"

G_BEGIN_DECLS

typedef struct _IoUnpack IoUnpack;

/**
 * io_unpack_new:
 * @stream: (transfer full): of which nothing was read
 *
 * Errors: %MLP_ERROR_FORMAT, %MLP_ERROR_TRUNCATED, %MLP_ERROR_OPEN
 */
IoUnpack *io_unpack_new          (IoStream       *stream,
                                  GError        **error);
void      io_unpack_close        (IoUnpack       *unpack);

/**
 * io_unpack_read:
 * @buffer: (out caller-allocates): room for @size bytes
 * @n_read: (out): @size, unless the data end before; then what there was
 *
 * Errors: as io_unpack_new(); the message names the file. After an error
 * nothing more can be read.
 */
gboolean  io_unpack_read         (IoUnpack       *unpack,
                                  void           *buffer,
                                  gsize           size,
                                  gsize          *n_read,
                                  GError        **error);

/**
 * io_unpack_check_lines:
 * @n: lines that were read of it so far
 *
 * Whether a packed text of its size holds so many lines in earnest: 32,768, and one for every
 * two bytes of the file. SMILES alone take three bytes each at best, the lines of an SD file as
 * many; each may become a molecule, which takes fifty times that in memory. A file that is not
 * packed may have as many as it has.
 *
 * Errors: %MLP_ERROR_TOO_LARGE
 */
gboolean  io_unpack_check_lines  (const IoUnpack *unpack,
                                  guint64         n,
                                  GError        **error);

/* Where the reading is in the packed file, 0 to 1. */
double    io_unpack_get_fraction (const IoUnpack *unpack);

/* Whether @stream, gunzipped, begins like bzip2 or xz. Consumes nothing. */
gboolean  io_unpack_recognise    (IoStream       *stream);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IoUnpack, io_unpack_close)

G_END_DECLS
