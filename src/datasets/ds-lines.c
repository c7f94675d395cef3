/* ds-lines.c: a file of text, line by line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "datasets/ds-lines.h"

/* More than one line, so that not every line moves what follows it. */
#define BUFFER_SIZE (4 * DS_LINES_MAX)

struct _DsLines
{
  char     *name;
  DsUnpack *unpack;
  char     *buffer;
  gsize     start;        /* of what was not handed out */
  gsize     end;
  guint     number;
  gboolean  ended;        /* nothing is left but what is in the buffer */
};

DsLines *
ds_lines_new (DsStream *stream,
              GError  **error)
{
  g_autoptr(DsLines) lines = NULL;

  g_return_val_if_fail (stream != NULL, NULL);

  lines = g_new0 (DsLines, 1);
  lines->name = g_strdup (ds_stream_get_name (stream));
  lines->unpack = ds_unpack_new (stream, error);
  if (lines->unpack == NULL)
    return NULL;
  lines->buffer = g_malloc (BUFFER_SIZE);

  return g_steal_pointer (&lines);
}

void
ds_lines_close (DsLines *lines)
{
  if (lines == NULL)
    return;

  ds_unpack_close (lines->unpack);
  g_free (lines->buffer);
  g_free (lines->name);
  g_free (lines);
}

static gboolean
fill (DsLines *lines,
      GError **error)
{
  gsize wanted, n;

  memmove (lines->buffer, lines->buffer + lines->start, lines->end - lines->start);
  lines->end -= lines->start;
  lines->start = 0;

  wanted = BUFFER_SIZE - lines->end;
  if (!ds_unpack_read (lines->unpack, lines->buffer + lines->end, wanted, &n, error))
    return FALSE;
  lines->end += n;
  lines->ended = n < wanted;

  if (lines->number == 0 && lines->end >= 3 && memcmp (lines->buffer, "\xef\xbb\xbf", 3) == 0)
    lines->start = 3;

  return TRUE;
}

gboolean
ds_lines_next (DsLines     *lines,
               const char **line,
               gsize       *length,
               GError     **error)
{
  const char *newline;
  gsize left;

  g_return_val_if_fail (lines != NULL, FALSE);
  g_return_val_if_fail (line != NULL && length != NULL, FALSE);

  left = lines->end - lines->start;
  newline = memchr (lines->buffer + lines->start, '\n', left);
  if (newline == NULL && !lines->ended && left <= DS_LINES_MAX)
    {
      if (!fill (lines, error))
        return FALSE;
      left = lines->end - lines->start;
      newline = memchr (lines->buffer + lines->start, '\n', left);
    }

  *line = lines->buffer + lines->start;
  *length = newline != NULL ? (gsize) (newline - *line) : left;
  if (newline == NULL && left == 0)
    return FALSE;

  lines->number++;
  lines->start += *length + (newline != NULL ? 1 : 0);
  if (*length > DS_LINES_MAX)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("Line %u of “%s” has more than %d characters; that is no text of molecules"),
                   lines->number, lines->name, DS_LINES_MAX);
      return FALSE;
    }
  if (*length > 0 && (*line)[*length - 1] == '\r')
    (*length)--;

  return TRUE;
}

guint
ds_lines_get_number (const DsLines *lines)
{
  g_return_val_if_fail (lines != NULL, 0);

  return lines->number;
}

const char *
ds_lines_get_name (const DsLines *lines)
{
  g_return_val_if_fail (lines != NULL, NULL);

  return lines->name;
}

double
ds_lines_get_fraction (const DsLines *lines)
{
  g_return_val_if_fail (lines != NULL, 0.0);

  return ds_unpack_get_fraction (lines->unpack);
}
