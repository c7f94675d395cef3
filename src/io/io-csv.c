/* io-csv.c: a table of delimiter-separated values, row by row.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "io/io-csv-private.h"

/* A table with more columns is none of ours. */
#define MAX_COLUMNS 1000

/* A line of the file. */
typedef struct
{
  guint    number;
  gboolean too_long;
  gsize    length;
  char     text[];
} Line;

struct _IoCsv
{
  IoLines      *lines;
  IoCsvSettings settings;
  GStrv         names;
  guint         n_columns;
  IoCsvRow      row;
  IoCsvState    state;          /* at its end */
  gboolean      too_long;
  gboolean      kept;           /* the row is there already: the first, without a header */
  GQueue        pending;        /* of Line: read behind a quote that turned out not to be closed */
  Line         *current;        /* (nullable): the one of those that was handed out last */
  guint         line;
  guint         n_rows;         /* so far, with the header */
};

static Line *
line_new (guint       number,
          gboolean    too_long,
          const char *text,
          gsize       length)
{
  Line *line = g_malloc (sizeof (Line) + length);

  *line = (Line) { number, too_long, length };
  memcpy (line->text, text, length);

  return line;
}

/* The next line, of those that are pending or of the file; one that is too long is
 * empty. FALSE at the end, or with @error set. */
static gboolean
next_line (IoCsv       *csv,
           const char **text,
           gsize       *length,
           guint       *number,
           gboolean    *too_long,
           GError     **error)
{
  g_autoptr(GError) local_error = NULL;

  g_clear_pointer (&csv->current, g_free);
  csv->current = g_queue_pop_head (&csv->pending);
  if (csv->current != NULL)
    {
      *text = csv->current->text;
      *length = csv->current->length;
      *number = csv->current->number;
      *too_long = csv->current->too_long;
      return TRUE;
    }

  *too_long = FALSE;
  if (!io_lines_next (csv->lines, text, length, &local_error))
    {
      if (!io_lines_was_too_long (csv->lines))
        {
          if (local_error != NULL)
            g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      *too_long = TRUE;
      *length = 0;
    }
  *number = io_lines_get_number (csv->lines);

  return TRUE;
}

/* What makes a row of no use, but for the number of its values. */
static gboolean
is_broken (const IoCsv *csv)
{
  return csv->too_long || csv->state != IO_CSV_DONE;
}

/* Goes on with a quoted value, line by line. Where that makes no row the lines are
 * read again, each as a row of its own. */
static gboolean
read_quoted (IoCsv   *csv,
             GError **error)
{
  GQueue ahead = G_QUEUE_INIT;
  gsize n_bytes = csv->row.text->len;
  gboolean good = TRUE;

  /* With too many values it can be no row any more. */
  while (csv->state == IO_CSV_QUOTED && n_bytes <= IO_LINES_MAX && ahead.length < IO_CSV_MAX_LINES - 1 &&
         (csv->n_columns == 0 || csv->row.starts->len <= csv->n_columns))
    {
      g_autoptr(GError) local_error = NULL;
      gboolean too_long;
      const char *text;
      gsize length;
      guint number;

      if (!next_line (csv, &text, &length, &number, &too_long, &local_error))
        {
          good = local_error == NULL;
          if (!good)
            g_propagate_error (error, g_steal_pointer (&local_error));
          break;
        }
      g_queue_push_tail (&ahead, line_new (number, too_long, text, length));
      if (too_long)
        break;
      csv->state = io_csv_row_add (&csv->row, &csv->settings, csv->state, text, length);
      n_bytes += length + 1;
    }

  if (good && (csv->state != IO_CSV_DONE || (csv->n_columns > 0 && csv->row.starts->len != csv->n_columns)))
    {
      Line *line;

      csv->state = csv->state == IO_CSV_BROKEN ? IO_CSV_BROKEN : IO_CSV_QUOTED;
      while ((line = g_queue_pop_tail (&ahead)) != NULL)
        g_queue_push_head (&csv->pending, line);
    }
  g_queue_clear_full (&ahead, g_free);

  return good;
}

/* Reads a row; a quoted value may go over several lines. */
static gboolean
read_row (IoCsv   *csv,
          GError **error)
{
  const char *text;
  gsize length;

  do
    if (!next_line (csv, &text, &length, &csv->line, &csv->too_long, error))
      return FALSE;
  while (length == 0 && !csv->too_long);

  csv->n_rows++;
  io_csv_row_start (&csv->row);
  csv->state = io_csv_row_add (&csv->row, &csv->settings, IO_CSV_DONE, text, length);

  return csv->state != IO_CSV_QUOTED || read_quoted (csv, error);
}

/* Reads the first row, past a line that tells the delimiter. */
static gboolean
read_first (IoCsv   *csv,
            GError **error)
{
  IoWord word;

  if (!read_row (csv, error))
    return FALSE;
  if (csv->row.starts->len > 2)
    return TRUE;

  /* Taken apart with another delimiter, or with itself. */
  word = io_csv_row_get (&csv->row, 0);
  if ((word.length == 5 && io_csv_read_delimiter (word.start, 5) != '\0') ||
      (csv->row.starts->len == 2 && word.length == 4 && g_ascii_strncasecmp (word.start, "sep=", 4) == 0 &&
       io_csv_row_get (&csv->row, 1).length == 0))
    return read_row (csv, error);

  return TRUE;
}

static void
take_names (IoCsv *csv)
{
  csv->n_columns = csv->row.starts->len;
  csv->names = g_new0 (char *, csv->n_columns + 1);
  for (guint i = 0; i < csv->n_columns; i++)
    {
      IoWord word = io_csv_row_get (&csv->row, i);

      csv->names[i] = csv->settings.header ? g_utf8_make_valid (word.start, (gssize) word.length)
                      : g_strdup_printf (_("Column %u"), i + 1);
    }
  csv->kept = !csv->settings.header;
  csv->n_rows = csv->kept ? 1 : 0;
}

IoCsv *
io_csv_new_with_settings (IoLines             *lines,
                          const IoCsvSettings *settings,
                          GError             **error)
{
  g_autoptr(IoCsv) csv = NULL;
  g_autoptr(GError) local_error = NULL;

  g_return_val_if_fail (lines != NULL && settings != NULL, NULL);

  csv = g_new0 (IoCsv, 1);
  csv->lines = lines;
  csv->settings = *settings;
  io_csv_row_init (&csv->row);
  io_lines_set_encoding (lines, settings->encoding);

  if (!read_first (csv, &local_error) || is_broken (csv) || csv->row.starts->len > MAX_COLUMNS)
    {
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      else
        g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                     _("“%s” is not a table: expected column names in the first line"),
                     io_lines_get_name (lines));
      return NULL;
    }
  take_names (csv);

  return g_steal_pointer (&csv);
}

IoCsv *
io_csv_new (IoLines *lines,
            GError **error)
{
  IoCsvSettings settings;
  const char *bytes;
  gsize n;

  g_return_val_if_fail (lines != NULL, NULL);

  bytes = io_lines_peek (lines, &n);
  io_csv_settings_recognise (bytes, n, &settings);

  return io_csv_new_with_settings (lines, &settings, error);
}

void
io_csv_close (IoCsv *csv)
{
  if (csv == NULL)
    return;

  io_lines_close (csv->lines);
  g_strfreev (csv->names);
  io_csv_row_clear (&csv->row);
  g_queue_clear_full (&csv->pending, g_free);
  g_free (csv->current);
  g_free (csv);
}

const IoCsvSettings *
io_csv_get_settings (const IoCsv *csv)
{
  g_return_val_if_fail (csv != NULL, NULL);

  return &csv->settings;
}

guint
io_csv_get_n_columns (const IoCsv *csv)
{
  g_return_val_if_fail (csv != NULL, 0);

  return csv->n_columns;
}

const char *
io_csv_get_column (const IoCsv *csv,
                   guint        column)
{
  g_return_val_if_fail (csv != NULL && column < csv->n_columns, NULL);

  return csv->names[column];
}

int
io_csv_find (const IoCsv *csv,
             const char  *name)
{
  g_return_val_if_fail (csv != NULL && name != NULL, -1);

  for (guint i = 0; i < csv->n_columns; i++)
    if (g_ascii_strcasecmp (csv->names[i], name) == 0)
      return (int) i;

  return -1;
}

gboolean
io_csv_next (IoCsv   *csv,
             char   **problem,
             GError **error)
{
  g_return_val_if_fail (csv != NULL && problem != NULL, FALSE);

  *problem = NULL;
  if (csv->kept)
    {
      csv->kept = FALSE;
      return TRUE;
    }
  if (!read_row (csv, error))
    return FALSE;

  if (csv->too_long)
    *problem = g_strdup_printf (_("the line has more than %d characters"), IO_LINES_MAX);
  else if (csv->state == IO_CSV_QUOTED)
    *problem = g_strdup (_("a quoted value is not closed"));
  else if (csv->state == IO_CSV_BROKEN)
    *problem = g_strdup (_("a closing quote is followed by more characters"));
  else if (csv->row.starts->len != csv->n_columns)
    *problem = g_strdup_printf (_("expected %u values, one per column; found %u"),
                                csv->n_columns, csv->row.starts->len);

  return TRUE;
}

IoWord
io_csv_get (const IoCsv *csv,
            guint        column)
{
  g_return_val_if_fail (csv != NULL, (IoWord) { NULL });

  return column < csv->row.starts->len ? io_csv_row_get (&csv->row, column) : (IoWord) { "", 0 };
}

gboolean
io_csv_is_missing (const IoCsv *csv,
                   guint        column)
{
  return io_csv_word_is_missing (io_csv_get (csv, column));
}

gboolean
io_csv_get_number (const IoCsv *csv,
                   guint        column,
                   double      *value)
{
  g_return_val_if_fail (csv != NULL && value != NULL, FALSE);

  return io_csv_word_to_double (io_csv_get (csv, column), csv->settings.decimal, value);
}

guint
io_csv_get_line (const IoCsv *csv)
{
  g_return_val_if_fail (csv != NULL, 0);

  return csv->line;
}

guint
io_csv_get_row (const IoCsv *csv)
{
  g_return_val_if_fail (csv != NULL, 0);

  return csv->n_rows;
}

const char *
io_csv_get_name (const IoCsv *csv)
{
  g_return_val_if_fail (csv != NULL, NULL);

  return io_lines_get_name (csv->lines);
}

double
io_csv_get_fraction (const IoCsv *csv)
{
  g_return_val_if_fail (csv != NULL, 0.0);

  return io_lines_get_fraction (csv->lines);
}
