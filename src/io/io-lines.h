/* io-lines.h: text file reader, line by line, converted to UTF-8.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "io/io-stream.h"

G_BEGIN_DECLS

typedef struct _IoLines IoLines;

/* A longer line is refused. */
#define IO_LINES_MAX (64 * 1024)

typedef enum
{
  IO_ENCODING_UTF8,             /* bytes are handed on as they are */
  IO_ENCODING_WINDOWS_1252,     /* Latin-1, with letters where that has control characters */
  IO_ENCODING_UTF16_LE,
  IO_ENCODING_UTF16_BE,
} IoEncoding;

/* "UTF-8", "Windows-1252", "UTF-16LE", "UTF-16BE" */
const char *io_lines_encoding_get_name  (IoEncoding     encoding);

/* From the first @n bytes of a text: by a byte order mark; UTF-16 without one by
 * its zeros; else UTF-8 if they are valid, Windows-1252 if not. */
IoEncoding  io_lines_encoding_recognise (const char    *bytes,
                                         gsize          n);

/* (transfer full): the bytes, without a byte order mark, as UTF-8; what cannot be
 * converted becomes U+FFFD (with %IO_ENCODING_UTF8 it stays). A character that is
 * not whole at the end is left out. */
char       *io_lines_encoding_decode    (IoEncoding     encoding,
                                         const char    *bytes,
                                         gsize          n,
                                         gsize         *length);

/* Takes over @stream. Its encoding is recognised. Lines end with LF or CR LF; with CR
 * in a file whose beginning has no LF. */
IoLines    *io_lines_new                (IoStream      *stream);
void        io_lines_close              (IoLines       *lines);

/* (array length=n) (transfer none): the first bytes as they are in the file, 64 KiB
 * at most; before the first line. */
const char *io_lines_peek               (const IoLines *lines,
                                         gsize         *n);

/* Instead of the one that was recognised; before the first line. */
void        io_lines_set_encoding       (IoLines       *lines,
                                         IoEncoding     encoding);

/**
 * io_lines_next:
 * @line: (out): the line, without what ends it; until the next call
 * @length: (out): its bytes
 * @error: return location for a #GError
 *
 * Errors: as io_stream_read_some(); %MLP_ERROR_TOO_LARGE if a packed file has more lines than a
 * file of its size holds in earnest: 32,768, and one for every two bytes; %MLP_ERROR_FORMAT if the
 * line is too long: the lines after it can be read
 *
 * Returns: FALSE at the end, or with @error set
 */
gboolean    io_lines_next               (IoLines       *lines,
                                         const char   **line,
                                         gsize         *length,
                                         GError       **error);

/* Whether the last call failed because of a line that is too long. */
gboolean    io_lines_was_too_long       (const IoLines *lines);

/* Of the line that was read last, from 1. */
guint       io_lines_get_number         (const IoLines *lines);

/* Of the file. */
const char *io_lines_get_name           (const IoLines *lines);
double      io_lines_get_fraction       (const IoLines *lines);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IoLines, io_lines_close)

G_END_DECLS
