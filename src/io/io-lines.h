/* io-lines.h: a file of text, line by line, of which one is in memory; as UTF-8,
 * whichever encoding it is in.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "io/io-unpack.h"

G_BEGIN_DECLS

typedef struct _DsLines DsLines;

/* A longer line is refused. */
#define DS_LINES_MAX (64 * 1024)

typedef enum
{
  DS_ENCODING_UTF8,             /* bytes are handed on as they are */
  DS_ENCODING_WINDOWS_1252,     /* Latin-1, with letters where that has control characters */
  DS_ENCODING_UTF16_LE,
  DS_ENCODING_UTF16_BE,
} DsEncoding;

/* "UTF-8", "Windows-1252", "UTF-16LE", "UTF-16BE" */
const char *ds_encoding_get_name  (DsEncoding      encoding);

/* From the first @n bytes of a text: by a byte order mark; UTF-16 without one by
 * its zeros; else UTF-8 if they are valid, Windows-1252 if not. */
DsEncoding  ds_encoding_recognise (const char     *bytes,
                                   gsize           n);

/* (transfer full): the bytes, without a byte order mark, as UTF-8; what cannot be
 * converted becomes U+FFFD (with %DS_ENCODING_UTF8 it stays). A character that is
 * not whole at the end is left out. */
char       *ds_encoding_decode    (DsEncoding      encoding,
                                   const char     *bytes,
                                   gsize           n,
                                   gsize          *length);

/* Takes over @stream, which may be packed. Its encoding is recognised. Lines end
 * with LF or CR LF; with CR in a file whose beginning has no LF. Errors: as
 * ds_unpack_new() */
DsLines    *ds_lines_new          (DsStream       *stream,
                                   GError        **error);
void        ds_lines_close        (DsLines        *lines);

/* (array length=n) (transfer none): the first bytes as they are in the file, 64 KiB
 * at most; before the first line. */
const char *ds_lines_peek         (const DsLines  *lines,
                                   gsize          *n);

/* Instead of the one that was recognised; before the first line. */
void        ds_lines_set_encoding (DsLines        *lines,
                                   DsEncoding      encoding);

/**
 * ds_lines_next:
 * @line: (out): the line, without what ends it; until the next call
 * @length: (out): its bytes
 * @error: return location for a #GError
 *
 * Errors: as ds_unpack_read() and ds_unpack_check_lines(); %MLP_ERROR_FORMAT if the line is too long: the
 * lines after it can be read
 *
 * Returns: FALSE at the end, or with @error set
 */
gboolean    ds_lines_next         (DsLines        *lines,
                                   const char    **line,
                                   gsize          *length,
                                   GError        **error);

/* Whether the last call failed because of a line that is too long. */
gboolean    ds_lines_was_too_long (const DsLines  *lines);

/* Of the line that was read last, from 1. */
guint       ds_lines_get_number   (const DsLines  *lines);

/* Of the file. */
const char *ds_lines_get_name     (const DsLines  *lines);
double      ds_lines_get_fraction (const DsLines  *lines);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DsLines, ds_lines_close)

G_END_DECLS
