/* ds-stream.h: bytes of a file or of memory, gzip'd or plain, read once.
 *
 * gzip is recognised by its first bytes. Every read is bounded; an error names
 * the file and the offset in the inflated bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _DsStream DsStream;

/* Errors: %MLP_ERROR_OPEN */
DsStream   *ds_stream_open        (const char    *path,
                                   GError       **error);

/* @name stands in messages. @data is borrowed and outlives the stream. */
DsStream   *ds_stream_new_memory  (const char    *name,
                                   const guint8  *data,
                                   gsize          size);
void        ds_stream_close       (DsStream      *stream);

const char *ds_stream_get_name    (const DsStream *stream);

/* Bytes handed out so far. */
gsize       ds_stream_get_offset  (const DsStream *stream);

/* Where the reading is in the (compressed) file, 0 to 1. */
double      ds_stream_get_fraction (const DsStream *stream);

/**
 * ds_stream_read:
 * @buffer: (out caller-allocates): @size bytes
 * @what: what is being read, for the message: "the header of the images"
 *
 * Reads exactly @size bytes.
 *
 * Errors: %MLP_ERROR_TRUNCATED if the file ends before, %MLP_ERROR_FORMAT if
 * its gzip data are damaged, %MLP_ERROR_OPEN on an input error
 */
gboolean    ds_stream_read        (DsStream      *stream,
                                   void          *buffer,
                                   gsize          size,
                                   const char    *what,
                                   GError       **error);

/* As many as there are, up to @size; nothing is consumed. @size at most 64. */
gsize       ds_stream_peek        (DsStream      *stream,
                                   void          *buffer,
                                   gsize          size);

/* Whether all was read (trailing bytes are an error of the caller's format). */
gboolean    ds_stream_at_end      (DsStream      *stream);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DsStream, ds_stream_close)

G_END_DECLS
