/* io-stream.h: byte stream of a file or of memory, plain or packed in gzip, bzip2 or xz.
 *
 * Packed data are recognised by their first bytes and unpacked while they are read; bzip2 or xz
 * may be in gzip. Every read is bounded; an error names the file, and where it can the offset in
 * the unpacked bytes. Reading to the end checks every checksum there is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _IoStream IoStream;

/* Errors: %MLP_ERROR_OPEN */
IoStream   *io_stream_open             (const char     *path,
                                        GError        **error);

/* @name stands in messages. @data is borrowed and outlives the stream. */
IoStream   *io_stream_new_memory       (const char     *name,
                                        const guint8   *data,
                                        gsize           size);
void        io_stream_close            (IoStream       *stream);

const char *io_stream_get_name         (const IoStream *stream);

/* Bytes handed out so far. */
gsize       io_stream_get_offset       (const IoStream *stream);

/* Where the reading is in the (packed) file, 0 to 1. */
double      io_stream_get_fraction     (const IoStream *stream);

/**
 * io_stream_read:
 * @buffer: (out caller-allocates): @size bytes
 * @what: what is being read, for the message: "the header of the images"
 *
 * Reads exactly @size bytes.
 *
 * Errors: %MLP_ERROR_TRUNCATED if the file ends before, %MLP_ERROR_FORMAT if its packed data are
 * damaged, %MLP_ERROR_TOO_LARGE if they are more than io_stream_check_unpacked() allows or take
 * too much memory to unpack, %MLP_ERROR_OPEN on an input error. After an error nothing more can
 * be read.
 */
gboolean    io_stream_read             (IoStream       *stream,
                                        void           *buffer,
                                        gsize           size,
                                        const char     *what,
                                        GError        **error);

/**
 * io_stream_read_some:
 * @buffer: (out caller-allocates): room for @size bytes
 * @n_read: (out): @size, unless the file ends before; then what there was
 *
 * Reads up to @size bytes, for files that do not say how long they are.
 *
 * Errors: as io_stream_read(); %MLP_ERROR_TRUNCATED if packed data end before their checksum
 */
gboolean    io_stream_read_some        (IoStream       *stream,
                                        void           *buffer,
                                        gsize           size,
                                        gsize          *n_read,
                                        GError        **error);

/* As many as there are, up to @size; nothing is consumed. @size at most 512. An error is met
 * again by the next read, and by io_stream_check(). */
gsize       io_stream_peek             (IoStream       *stream,
                                        void           *buffer,
                                        gsize           size);

/**
 * io_stream_check_size:
 * @size: bytes that a header promises to follow
 * @what: what they are, for the message
 *
 * Whether the rest of the file can hold that much: exactly for a plain file,
 * by the best ratio deflate can reach for one in gzip, by io_stream_check_unpacked() for another
 * packed one. To be asked before @size bytes are allocated.
 *
 * Errors: %MLP_ERROR_TRUNCATED if it cannot; %MLP_ERROR_TOO_LARGE as io_stream_check_unpacked()
 */
gboolean    io_stream_check_size       (IoStream       *stream,
                                        guint64         size,
                                        const char     *what,
                                        GError        **error);

/* Whether all that was read and peeked at could be read. Errors: as io_stream_read() */
gboolean    io_stream_check            (const IoStream *stream,
                                        GError        **error);

/* Bytes of the file as it is, packed or not. */
guint64     io_stream_get_file_size    (const IoStream *stream);

/* Bytes in memory that a packed file of @file_size bytes is trusted with: 64 MiB, and a hundred
 * times its size. */
guint64     io_stream_get_trusted_size (guint64         file_size);

/**
 * io_stream_check_unpacked:
 * @size: bytes that come out of the file, in memory
 *
 * Whether a packed file of its size holds that much in earnest (io_stream_get_trusted_size()).
 * Data that are worth learning from pack to a fifth, thin strokes on wide paper to a
 * fiftieth; what is beyond is made to fill the memory of whoever opens it. The functions that
 * read ask by themselves.
 *
 * Errors: %MLP_ERROR_TOO_LARGE
 */
gboolean    io_stream_check_unpacked   (const IoStream *stream,
                                        guint64         size,
                                        GError        **error);

/**
 * io_stream_finish:
 * @what: what was read, for the message
 *
 * Checks that nothing follows, and that the checksum of packed data is right.
 *
 * Errors: %MLP_ERROR_FORMAT if something follows or the checksum is wrong,
 * %MLP_ERROR_TRUNCATED if the checksum is missing
 */
gboolean    io_stream_finish           (IoStream       *stream,
                                        const char     *what,
                                        GError        **error);

/* Whether the file is packed. */
gboolean    io_stream_is_packed        (const IoStream *stream);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IoStream, io_stream_close)

G_END_DECLS
