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
ds_column_kind_get_name (DsColumnKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

void
ds_csv_summary_free (DsCsvSummary *summary)
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
count_distinct (DsColumnSummary *column,
                GHashTable      *known,
                DsWord           word)
{
  const gsize hash = (gsize) ds_hash ((const guint8 *) word.start, word.length, 0);

  if (g_hash_table_size (known) < DS_COLUMN_MAX_DISTINCT)
    g_hash_table_add (known, (gpointer) hash);
  column->n_distinct = g_hash_table_size (known);
}

static void
add_value (DsColumnSummary *column,
           GHashTable      *known,
           const DsCsv     *csv,
           guint            i)
{
  double value;

  if (ds_csv_is_missing (csv, i))
    {
      column->n_missing++;
      return;
    }

  count_distinct (column, known, ds_csv_get (csv, i));
  if (!ds_csv_get_number (csv, i, &value))
    {
      column->kind = DS_COLUMN_TEXT;
      column->n_words++;
      return;
    }

  if (column->kind != DS_COLUMN_TEXT)
    column->kind = MAX (column->kind, floor (value) == value ? DS_COLUMN_INTEGER : DS_COLUMN_NUMBER);
  column->least = column->n_numbers == 0 ? value : MIN (column->least, value);
  column->greatest = column->n_numbers == 0 ? value : MAX (column->greatest, value);
  column->n_numbers++;
  column->mean = column->n_numbers == 1 ? value
                 : column->mean + (value - column->mean) / (double) column->n_numbers;
}

static void
add_bad_row (DsCsvSummary *summary,
             const DsCsv  *csv,
             char         *problem)
{
  summary->n_bad++;
  if (summary->n_named < DS_MAX_BAD_ROWS)
    summary->bad[summary->n_named++] = (DsBadRow) { ds_csv_get_line (csv), g_strdup (problem) }
  ;
}

static gboolean
read_rows (DsCsvSummary  *summary,
           DsCsv         *csv,
           GPtrArray     *known,
           DsProgressFunc progress,
           gpointer       user_data,
           GError       **error)
{
  g_autoptr(GError) local_error = NULL;
  char *problem;

  while (ds_csv_next (csv, &problem, &local_error))
    {
      if (problem != NULL)
        add_bad_row (summary, csv, problem);
      for (guint i = 0; problem == NULL && i < summary->n_columns; i++)
        add_value (&summary->columns[i], g_ptr_array_index (known, i), csv, i);
      g_free (problem);

      if (summary->n_rows++ % ROWS_A_CALL == 0 && progress != NULL &&
          !progress (ds_csv_get_fraction (csv), user_data))
        {
          g_set_error (error, MLP_ERROR, MLP_ERROR_CANCELLED, _("Reading of “%s” was cancelled"),
                       ds_csv_get_name (csv));
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

DsCsvSummary *
ds_csv_summary_read (const char    *path,
                     DsProgressFunc progress,
                     gpointer       user_data,
                     GError       **error)
{
  DsStream *stream = ds_stream_open (path, error);
  DsLines *lines = stream != NULL ? ds_lines_new (stream, error) : NULL;
  g_autoptr(DsCsv) csv = lines != NULL ? ds_csv_new (lines, error) : NULL;
  g_autoptr(DsCsvSummary) summary = NULL;
  g_autoptr(GPtrArray) known = NULL;

  if (csv == NULL)
    return NULL;

  known = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  summary = g_new0 (DsCsvSummary, 1);
  summary->settings = *ds_csv_get_settings (csv);
  summary->n_columns = ds_csv_get_n_columns (csv);
  summary->columns = g_new0 (DsColumnSummary, summary->n_columns);
  for (guint i = 0; i < summary->n_columns; i++)
    {
      DsColumnSummary *column = &summary->columns[i];

      column->name = g_strdup (ds_csv_get_column (csv, i));
      column->least = column->greatest = column->mean = (double) NAN;
      g_ptr_array_add (known, g_hash_table_new (NULL, NULL));
    }

  return read_rows (summary, csv, known, progress, user_data, error) ? g_steal_pointer (&summary) : NULL;
}

gboolean
ds_csv_recognise_file (const char *path)
{
  DsStream *stream = ds_stream_open (path, NULL);
  g_autoptr(DsLines) lines = stream != NULL ? ds_lines_new (stream, NULL) : NULL;
  const char *bytes;
  gsize n;

  if (lines == NULL)
    return FALSE;

  bytes = ds_lines_peek (lines, &n);

  return ds_csv_recognise (bytes, n);
}
