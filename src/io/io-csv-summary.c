/* io-csv-summary.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "core/mlp-error.h"
#include "io/io-csv-summary.h"
#include "io/io-hash.h"

/* Between two calls of the progress function. */
#define ROWS_A_CALL 1000

static const char *const kind_names[] = { "empty", "integer", "number", "text" };

const char *
io_csv_summary_get_kind_name (IoColumnKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

void
io_csv_summary_free (IoCsvSummary *summary)
{
  if (summary == NULL)
    return;

  for (guint i = 0; i < summary->n_columns; i++)
    g_free (summary->columns[i].name);
  for (gsize i = 0; i < summary->n_named; i++)
    g_free (summary->bad[i].problem);
  g_free (summary->columns);
  g_free (summary);
}

/* By their hashes, which the set holds in place of pointers: of ten thousand values the chance that
 * two share one is 3e-12. */
static void
count_distinct (IoColumnSummary *column,
                GHashTable      *known,
                IoWord           word)
{
  const gsize hash = (gsize) io_hash ((const guint8 *) word.start, word.length, 0);

  if (g_hash_table_size (known) < IO_COLUMN_MAX_DISTINCT)
    g_hash_table_add (known, (gpointer) hash);
  column->n_distinct = g_hash_table_size (known);
}

static void
add_value (IoColumnSummary *column,
           GHashTable      *known,
           const IoCsv     *csv,
           guint            i)
{
  double value;

  if (io_csv_is_missing (csv, i))
    {
      column->n_missing++;
      return;
    }

  count_distinct (column, known, io_csv_get (csv, i));
  if (!io_csv_get_number (csv, i, &value))
    {
      column->kind = IO_COLUMN_TEXT;
      column->n_words++;
      return;
    }

  if (column->kind != IO_COLUMN_TEXT)
    column->kind = MAX (column->kind, floor (value) == value ? IO_COLUMN_INTEGER : IO_COLUMN_NUMBER);
  column->least = column->n_numbers == 0 ? value : MIN (column->least, value);
  column->greatest = column->n_numbers == 0 ? value : MAX (column->greatest, value);
  column->n_numbers++;
  column->mean = column->n_numbers == 1 ? value
                 : column->mean + (value - column->mean) / (double) column->n_numbers;
}

static void
add_bad_row (IoCsvSummary *summary,
             const IoCsv  *csv,
             char         *problem)
{
  summary->n_bad++;
  if (summary->n_named < IO_CSV_SUMMARY_MAX_BAD_ROWS)
    {
      summary->bad[summary->n_named++] = (IoBadRow) { io_csv_get_line (csv), g_strdup (problem) };
    }
}

static gboolean
read_rows (IoCsvSummary  *summary,
           IoCsv         *csv,
           GPtrArray     *known,
           IoProgressFunc progress,
           gpointer       user_data,
           GError       **error)
{
  g_autoptr(GError) local_error = NULL;
  char *problem;

  while (io_csv_next (csv, &problem, &local_error))
    {
      if (problem != NULL)
        add_bad_row (summary, csv, problem);
      for (guint i = 0; problem == NULL && i < summary->n_columns; i++)
        add_value (&summary->columns[i], g_ptr_array_index (known, i), csv, i);
      g_free (problem);

      if (summary->n_rows++ % ROWS_A_CALL == 0 && progress != NULL &&
          !progress (io_csv_get_fraction (csv), user_data))
        {
          g_set_error (error, MLP_ERROR, MLP_ERROR_CANCELLED, _("Reading “%s” was cancelled"),
                       io_csv_get_name (csv));
          return FALSE;
        }
    }

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

IoCsvSummary *
io_csv_summary_read (const char    *path,
                     IoProgressFunc progress,
                     gpointer       user_data,
                     GError       **error)
{
  IoStream *stream = io_stream_open (path, error);
  IoLines *lines = stream != NULL ? io_lines_new (stream) : NULL;
  g_autoptr(IoCsv) csv = lines != NULL ? io_csv_new (lines, error) : NULL;
  g_autoptr(IoCsvSummary) summary = NULL;
  g_autoptr(GPtrArray) known = NULL;

  if (csv == NULL)
    return NULL;

  known = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  summary = g_new0 (IoCsvSummary, 1);
  summary->settings = *io_csv_get_settings (csv);
  summary->n_columns = io_csv_get_n_columns (csv);
  summary->columns = g_new0 (IoColumnSummary, summary->n_columns);
  for (guint i = 0; i < summary->n_columns; i++)
    {
      IoColumnSummary *column = &summary->columns[i];

      column->name = g_strdup (io_csv_get_column (csv, i));
      column->least = column->greatest = column->mean = (double) NAN;
      g_ptr_array_add (known, g_hash_table_new (NULL, NULL));
    }

  return read_rows (summary, csv, known, progress, user_data, error) ? g_steal_pointer (&summary) : NULL;
}

gboolean
io_csv_summary_recognise_file (const char *path)
{
  IoStream *stream = io_stream_open (path, NULL);
  g_autoptr(IoLines) lines = stream != NULL ? io_lines_new (stream) : NULL;
  const char *bytes;
  gsize n;

  if (lines == NULL)
    return FALSE;

  bytes = io_lines_peek (lines, &n);

  return io_csv_recognise (bytes, n);
}
