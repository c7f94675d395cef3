/* io-lines.c: a file of text, line by line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "core/mlp-error.h"
#include "io/io-lines.h"

/* More than one line, so that not every line moves what follows it. */
#define BUFFER_SIZE (4 * IO_LINES_MAX)

/* Bytes of the file, before they are decoded. */
#define RAW_SIZE (64 * 1024)

/* Lines that a packed text may have: so many, and one for that many bytes of the file. */
#define PACKED_LINES   32768
#define BYTES_PER_LINE 2

/* No character has more bytes as UTF-8. */
#define MAX_CHARACTER 4

/* Bytes that tell UTF-16 without a byte order mark. */
#define N_LOOK 64

struct _IoLines
{
  char      *name;
  IoStream  *stream;
  char      *raw;          /* of the file */
  gsize      raw_start;    /* of what was not decoded */
  gsize      raw_end;
  gboolean   raw_ended;    /* nothing is left but what is in raw */
  GError    *error;        /* (nullable): met beyond that */
  IoEncoding encoding;
  char      *buffer;       /* UTF-8 */
  gsize      start;        /* of what was not handed out */
  gsize      end;
  gboolean   ended;        /* nothing is left but what is in the buffer */
  char       line_end;
  guint      number;
  gboolean   skips;        /* the rest of a line that was too long comes next */
  gboolean   too_long;
};

static const char *const encoding_names[] = { "UTF-8", "Windows-1252", "UTF-16LE", "UTF-16BE" };

const char *
io_lines_encoding_get_name (IoEncoding encoding)
{
  g_return_val_if_fail (encoding < G_N_ELEMENTS (encoding_names), NULL);

  return encoding_names[encoding];
}

/* What of the first bytes is no text but a byte order mark. */
static gsize
get_mark_length (IoEncoding  encoding,
                 const char *bytes,
                 gsize       n)
{
  if (encoding == IO_ENCODING_UTF8)
    return n >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  if (encoding == IO_ENCODING_WINDOWS_1252)
    return 0;

  return n >= 2 && memcmp (bytes, encoding == IO_ENCODING_UTF16_LE ? "\xff\xfe" : "\xfe\xff", 2) == 0 ? 2 : 0;
}

/* Whether the bytes are UTF-8; the last character may be cut off. */
static gboolean
is_utf8 (const char *bytes,
         gsize       n)
{
  while (n > 0)
    {
      const char *bad;

      if (g_utf8_validate_len (bytes, n, &bad))
        return TRUE;
      n -= (gsize) (bad - bytes);
      bytes = bad;
      if (*bytes != '\0')
        return n < MAX_CHARACTER && g_utf8_get_char_validated (bytes, (gssize) n) == (gunichar) -2;
      bytes++;
      n--;
    }

  return TRUE;
}

IoEncoding
io_lines_encoding_recognise (const char *bytes,
                             gsize       n)
{
  gsize zeros[2] = { 0, 0 };
  gsize pairs = MIN (n, N_LOOK) / 2;

  if (get_mark_length (IO_ENCODING_UTF16_LE, bytes, n) > 0)
    return IO_ENCODING_UTF16_LE;
  if (get_mark_length (IO_ENCODING_UTF16_BE, bytes, n) > 0)
    return IO_ENCODING_UTF16_BE;

  /* No other text has zeros, and of the first letters most are ASCII. */
  for (gsize i = 0; i < 2 * pairs; i++)
    zeros[i % 2] += bytes[i] == '\0';
  if (pairs > 1 && 4 * zeros[0] < zeros[1] && 2 * zeros[1] > pairs)
    return IO_ENCODING_UTF16_LE;
  if (pairs > 1 && 4 * zeros[1] < zeros[0] && 2 * zeros[0] > pairs)
    return IO_ENCODING_UTF16_BE;

  return is_utf8 (bytes, n) ? IO_ENCODING_UTF8 : IO_ENCODING_WINDOWS_1252;
}

/* Decodes bytes, as many as there is room for, and says how many of both. One that
 * is not whole at the end is left. */
static void
decode_bytes (IoEncoding  encoding,
              const char *bytes,
              gsize       n,
              char       *text,
              gsize       room,
              gsize      *n_used,
              gsize      *n_made)
{
  char *from = (char *) bytes;
  char *to = text;
  gsize n_left = n, room_left = room;
  GIConv converter;

  if (encoding == IO_ENCODING_UTF8)
    {
      *n_used = *n_made = MIN (n, room);
      memcpy (text, bytes, *n_made);
      return;
    }

  converter = g_iconv_open ("UTF-8", encoding == IO_ENCODING_WINDOWS_1252 ? "CP1252" : encoding_names[encoding]);
  g_return_if_fail (converter != (GIConv) -1);
  while (n_left > 0 && g_iconv (converter, &from, &n_left, &to, &room_left) == (gsize) -1 && errno == EILSEQ)
    {
      gsize unit = MIN (encoding == IO_ENCODING_WINDOWS_1252 ? 1 : 2, n_left);

      if (room_left < MAX_CHARACTER)
        break;
      memcpy (to, "\xef\xbf\xbd", 3);
      to += 3;
      room_left -= 3;
      from += unit;
      n_left -= unit;
    }
  g_iconv_close (converter);

  *n_used = n - n_left;
  *n_made = room - room_left;
}

char *
io_lines_encoding_decode (IoEncoding  encoding,
                          const char *bytes,
                          gsize       n,
                          gsize      *length)
{
  gsize mark, room, n_used;
  char *text;

  g_return_val_if_fail (bytes != NULL || n == 0, NULL);
  g_return_val_if_fail (n <= RAW_SIZE && length != NULL, NULL);

  mark = get_mark_length (encoding, bytes, n);
  room = MAX_CHARACTER * n + MAX_CHARACTER;
  text = g_malloc (room + 1);
  decode_bytes (encoding, n > 0 ? bytes + mark : "", n - mark, text, room, &n_used, length);
  text[*length] = '\0';

  return text;
}

/* Reads as many bytes as there is room for. An error is kept: it comes after them. */
static void
load_bytes (IoLines *lines)
{
  gsize wanted, n;

  memmove (lines->raw, lines->raw + lines->raw_start, lines->raw_end - lines->raw_start);
  lines->raw_end -= lines->raw_start;
  lines->raw_start = 0;

  wanted = RAW_SIZE - lines->raw_end;
  if (lines->raw_ended || wanted == 0)
    return;
  if (!io_stream_read_some (lines->stream, lines->raw + lines->raw_end, wanted, &n, &lines->error))
    n = 0;
  lines->raw_end += n;
  lines->raw_ended = n < wanted;
}

IoLines *
io_lines_new (IoStream *stream)
{
  IoLines *lines;

  g_return_val_if_fail (stream != NULL, NULL);

  lines = g_new0 (IoLines, 1);
  lines->name = g_strdup (io_stream_get_name (stream));
  lines->stream = stream;
  lines->buffer = g_malloc (BUFFER_SIZE);
  lines->raw = g_malloc (RAW_SIZE);
  load_bytes (lines);
  lines->encoding = io_lines_encoding_recognise (lines->raw, lines->raw_end);

  return lines;
}

void
io_lines_close (IoLines *lines)
{
  if (lines == NULL)
    return;

  io_stream_close (lines->stream);
  g_clear_error (&lines->error);
  g_free (lines->raw);
  g_free (lines->buffer);
  g_free (lines->name);
  g_free (lines);
}

const char *
io_lines_peek (const IoLines *lines,
               gsize         *n)
{
  g_return_val_if_fail (lines != NULL && n != NULL, NULL);
  g_return_val_if_fail (lines->line_end == '\0', NULL);

  *n = lines->raw_end;

  return lines->raw;
}

void
io_lines_set_encoding (IoLines   *lines,
                       IoEncoding encoding)
{
  g_return_if_fail (lines != NULL);
  g_return_if_fail (lines->line_end == '\0');

  lines->encoding = encoding;
}

/* How the lines of a text end, from its first bytes. */
static char
find_line_end (const char *text,
               gsize       n)
{
  return memchr (text, '\n', n) == NULL && memchr (text, '\r', n) != NULL ? '\r' : '\n';
}

static gboolean
fill_buffer (IoLines *lines,
             GError **error)
{
  memmove (lines->buffer, lines->buffer + lines->start, lines->end - lines->start);
  lines->end -= lines->start;
  lines->start = 0;

  if (lines->line_end == '\0')
    lines->raw_start = get_mark_length (lines->encoding, lines->raw, lines->raw_end);

  while (!lines->ended && BUFFER_SIZE - lines->end > MAX_CHARACTER)
    {
      gsize n_used, n_made;

      decode_bytes (lines->encoding, lines->raw + lines->raw_start, lines->raw_end - lines->raw_start,
                    lines->buffer + lines->end, BUFFER_SIZE - lines->end, &n_used, &n_made);
      lines->raw_start += n_used;
      lines->end += n_made;

      if (lines->error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&lines->error));
          lines->ended = TRUE;
          return FALSE;
        }
      if (n_used == 0)
        lines->ended = lines->raw_ended;
      load_bytes (lines);
    }

  if (lines->line_end == '\0')
    lines->line_end = find_line_end (lines->buffer, lines->end);

  return TRUE;
}

/* Passes over the rest of a line that was too long. */
static gboolean
skip_line (IoLines *lines,
           GError **error)
{
  while (lines->skips)
    {
      gsize left = lines->end - lines->start;
      const char *end = memchr (lines->buffer + lines->start, lines->line_end, left);

      lines->start = end != NULL ? (gsize) (end + 1 - lines->buffer) : lines->end;
      lines->skips = end == NULL && !lines->ended;
      if (lines->skips && !fill_buffer (lines, error))
        return FALSE;
    }

  return TRUE;
}

/* Whether a packed file of its size holds one line more in earnest. SMILES alone take three bytes
 * each at best, the lines of an SD file as many; each may become a molecule, which takes fifty times
 * that in memory. A file that is not packed may have as many as it has.
 */
static gboolean
check_line_count (const IoLines *lines,
                  GError       **error)
{
  const guint64 size = io_stream_get_file_size (lines->stream);
  const guint64 most = PACKED_LINES + size / BYTES_PER_LINE;

  if (lines->number < most || !io_stream_is_packed (lines->stream))
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
               _("“%s” has more than %" PRIu64 " lines, the limit for a compressed file of %" PRIu64 " bytes; unpack it first "
                 "if you trust it"), lines->name, most, size);
  return FALSE;
}

gboolean
io_lines_next (IoLines     *lines,
               const char **line,
               gsize       *length,
               GError     **error)
{
  const char *end;
  gsize left;

  g_return_val_if_fail (lines != NULL, FALSE);
  g_return_val_if_fail (line != NULL && length != NULL, FALSE);

  lines->too_long = FALSE;
  if (!skip_line (lines, error))
    return FALSE;

  left = lines->end - lines->start;
  end = lines->line_end != '\0' ? memchr (lines->buffer + lines->start, lines->line_end, left) : NULL;
  if (end == NULL && !lines->ended && left <= IO_LINES_MAX)
    {
      if (!fill_buffer (lines, error))
        return FALSE;
      left = lines->end - lines->start;
      end = memchr (lines->buffer + lines->start, lines->line_end, left);
    }

  *line = lines->buffer + lines->start;
  *length = end != NULL ? (gsize) (end - *line) : left;
  if (end == NULL && left == 0)
    return FALSE;

  if (!check_line_count (lines, error))
    return FALSE;

  lines->number++;
  lines->start += *length + (end != NULL ? 1 : 0);
  if (*length > IO_LINES_MAX)
    {
      lines->too_long = TRUE;
      lines->skips = end == NULL;
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("Line %u of “%s” has more than %d characters"),
                   lines->number, lines->name, IO_LINES_MAX);
      return FALSE;
    }
  if (*length > 0 && (*line)[*length - 1] == '\r')
    (*length)--;

  return TRUE;
}

gboolean
io_lines_was_too_long (const IoLines *lines)
{
  g_return_val_if_fail (lines != NULL, FALSE);

  return lines->too_long;
}

guint
io_lines_get_number (const IoLines *lines)
{
  g_return_val_if_fail (lines != NULL, 0);

  return lines->number;
}

const char *
io_lines_get_name (const IoLines *lines)
{
  g_return_val_if_fail (lines != NULL, NULL);

  return lines->name;
}

double
io_lines_get_fraction (const IoLines *lines)
{
  g_return_val_if_fail (lines != NULL, 0.0);

  return io_stream_get_fraction (lines->stream);
}
