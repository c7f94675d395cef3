/* io-decoder-private.h: decoders of bzip2 and xz data.
 *
 * Reading to the end checks every checksum there is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _IoDecoder IoDecoder;

/* The packed bytes: up to @size of them into @buffer; *@n_read is less at their end only. */
typedef gboolean (*IoDecoderInput) (gpointer   user_data,
                                    void      *buffer,
                                    gsize      size,
                                    gsize     *n_read,
                                    GError   **error);

/* What io_decoder_new() wants to see of the packed bytes */
#define IO_DECODER_N_LOOK 10

/**
 * io_decoder_new:
 * @name: of the file, for messages
 * @bytes: (array length=n): its first bytes; nothing of it is consumed
 * @n: %IO_DECODER_N_LOOK, or how many there are
 *
 * Nothing is read yet.
 *
 * Returns: (transfer full) (nullable): %NULL if the bytes begin neither like bzip2 nor like xz
 */
IoDecoder *io_decoder_new  (const char     *name,
                            const guint8   *bytes,
                            gsize           n,
                            IoDecoderInput  input,
                            gpointer        user_data);
void       io_decoder_free (IoDecoder      *decoder);

/**
 * io_decoder_read:
 * @buffer: (out caller-allocates): room for @size bytes
 * @n_read: (out): @size, unless the data end before; then what there was
 *
 * Errors: %MLP_ERROR_FORMAT if the data are damaged, %MLP_ERROR_TRUNCATED if they end before
 * they should, %MLP_ERROR_TOO_LARGE if unpacking takes more memory than is given,
 * %MLP_ERROR_OPEN if bzip2 cannot be unpacked here; and those of the input. After an error
 * nothing more can be read.
 */
gboolean   io_decoder_read (IoDecoder      *decoder,
                            guint8         *buffer,
                            gsize           size,
                            gsize          *n_read,
                            GError        **error);

G_END_DECLS
