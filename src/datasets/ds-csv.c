/* ds-csv.c: a table of comma-separated values, row by row.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "datasets/ds-csv.h"

/* A table with more columns is none of ours. */
#define MAX_COLUMNS 1000

struct _DsCsv
{
  DsLines *lines;
  GStrv    names;
  guint    n_columns;
  GString *text;          /* this row's values, each ended by 0 */
  GArray  *starts;        /* … and where each starts in it */
  guint    line;
};

static void
start_value (DsCsv *csv)
{
  gsize start = csv->text->len;

  g_array_append_val (csv->starts, start);
}

static void
end_value (DsCsv *csv)
{
  g_string_append_c (csv->text, '\0');
}

/* Takes a line apart; *@quoted: in a quoted value, before it and after it. */
static void
split_line (DsCsv      *csv,
            const char *line,
            gsize       length,
            gboolean   *quoted)
{
  for (gsize i = 0; i < length; i++)
    {
      char c = line[i];

      if (c == '"' && *quoted && i + 1 < length && line[i + 1] == '"')
        {
          g_string_append_c (csv->text, '"');
          i++;
        }
      else if (c == '"')
        *quoted = !*quoted;
      else if (c == ',' && !*quoted)
        {
          end_value (csv);
          start_value (csv);
        }
      else
        g_string_append_c (csv->text, c);
    }
}

/* Reads a row; a quoted value may go over several lines. */
static gboolean
read_row (DsCsv    *csv,
          gboolean *quoted,
          GError  **error)
{
  const char *line;
  gsize length;

  *quoted = FALSE;
  do
    if (!ds_lines_next (csv->lines, &line, &length, error))
      return FALSE;
  while (length == 0);

  csv->line = ds_lines_get_number (csv->lines);
  g_string_truncate (csv->text, 0);
  g_array_set_size (csv->starts, 0);
  start_value (csv);
  split_line (csv, line, length, quoted);

  /* One that is never closed must not swallow the file. */
  while (*quoted && csv->text->len <= DS_LINES_MAX)
    {
      g_autoptr(GError) local_error = NULL;

      if (!ds_lines_next (csv->lines, &line, &length, &local_error))
        {
          if (local_error == NULL)
            break;
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      g_string_append_c (csv->text, '\n');
      split_line (csv, line, length, quoted);
    }
  end_value (csv);

  return TRUE;
}

DsCsv *
ds_csv_new (DsLines *lines,
            GError **error)
{
  g_autoptr(DsCsv) csv = NULL;
  g_autoptr(GError) local_error = NULL;
  gboolean quoted;

  g_return_val_if_fail (lines != NULL, NULL);

  csv = g_new0 (DsCsv, 1);
  csv->lines = lines;
  csv->text = g_string_new (NULL);
  csv->starts = g_array_new (FALSE, FALSE, sizeof (gsize));

  if (!read_row (csv, &quoted, &local_error) || quoted || csv->starts->len > MAX_COLUMNS)
    {
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      else
        g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                     _("“%s” is no table: expected the names of its columns in its first line"),
                     ds_lines_get_name (lines));
      return NULL;
    }

  csv->n_columns = csv->starts->len;
  csv->names = g_new0 (char *, csv->n_columns + 1);
  for (guint i = 0; i < csv->n_columns; i++)
    csv->names[i] = g_strstrip (g_strdup (csv->text->str + g_array_index (csv->starts, gsize, i)));

  return g_steal_pointer (&csv);
}

void
ds_csv_close (DsCsv *csv)
{
  if (csv == NULL)
    return;

  ds_lines_close (csv->lines);
  g_strfreev (csv->names);
  g_string_free (csv->text, TRUE);
  g_array_unref (csv->starts);
  g_free (csv);
}

int
ds_csv_find (const DsCsv *csv,
             const char  *name)
{
  g_return_val_if_fail (csv != NULL && name != NULL, -1);

  for (guint i = 0; i < csv->n_columns; i++)
    if (g_ascii_strcasecmp (csv->names[i], name) == 0)
      return (int) i;

  return -1;
}

gboolean
ds_csv_next (DsCsv   *csv,
             char   **problem,
             GError **error)
{
  gboolean quoted;

  g_return_val_if_fail (csv != NULL && problem != NULL, FALSE);

  *problem = NULL;
  if (!read_row (csv, &quoted, error))
    return FALSE;

  if (quoted)
    *problem = g_strdup (_("a quote is not closed"));
  else if (csv->starts->len != csv->n_columns)
    *problem = g_strdup_printf (_("expected %u values, as many as there are columns; found %u"),
                                csv->n_columns, csv->starts->len);

  return TRUE;
}

DsWord
ds_csv_get (const DsCsv *csv,
            guint        column)
{
  const char *start, *end;

  g_return_val_if_fail (csv != NULL && column < csv->starts->len, (DsWord) { NULL });

  start = csv->text->str + g_array_index (csv->starts, gsize, column);
  end = column + 1 < csv->starts->len ? csv->text->str + g_array_index (csv->starts, gsize, column + 1)
                                      : csv->text->str + csv->text->len;
  end--;                /* … and what ends it */
  while (start < end && g_ascii_isspace (*start))
    start++;
  while (start < end && g_ascii_isspace (end[-1]))
    end--;

  return (DsWord) { start, (gsize) (end - start) };
}

guint
ds_csv_get_line (const DsCsv *csv)
{
  g_return_val_if_fail (csv != NULL, 0);

  return csv->line;
}

const char *
ds_csv_get_name (const DsCsv *csv)
{
  g_return_val_if_fail (csv != NULL, NULL);

  return ds_lines_get_name (csv->lines);
}

double
ds_csv_get_fraction (const DsCsv *csv)
{
  g_return_val_if_fail (csv != NULL, 0.0);

  return ds_lines_get_fraction (csv->lines);
}
