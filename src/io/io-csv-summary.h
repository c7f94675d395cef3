/* io-csv-summary.h: column summary of a table: types, ranges, missing values.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "io/io-csv.h"
#include "io/io-progress.h"

G_BEGIN_DECLS

typedef enum
{
  IO_COLUMN_EMPTY,          /* all values are missing */
  IO_COLUMN_INTEGER,
  IO_COLUMN_NUMBER,
  IO_COLUMN_TEXT,           /* some values are no numbers */
} IoColumnKind;

/* "empty", "integer", "number", "text" */
const char *io_csv_summary_get_kind_name (IoColumnKind kind);

/* No more different values are counted. */
#define IO_COLUMN_MAX_DISTINCT 10000

typedef struct
{
  char        *name;
  IoColumnKind kind;
  gsize        n_missing;
  gsize        n_numbers;
  gsize        n_words;     /* no numbers */
  gsize        n_distinct;  /* different values, up to %IO_COLUMN_MAX_DISTINCT */
  double       least;       /* of the numbers; NaN without one */
  double       greatest;
  double       mean;
} IoColumnSummary;

/* A row that is of no use. */
typedef struct
{
  guint line;
  char *problem;
} IoBadRow;

#define IO_CSV_SUMMARY_MAX_BAD_ROWS 10

typedef struct
{
  IoCsvSettings    settings;
  gsize            n_rows;      /* with those of no use */
  gsize            n_bad;
  gsize            n_named;     /* the first so many of those are named */
  IoBadRow         bad[IO_CSV_SUMMARY_MAX_BAD_ROWS];
  guint            n_columns;
  IoColumnSummary *columns;
} IoCsvSummary;

/**
 * io_csv_summary_read:
 * @path: a table in any form of io-csv.h, plain or packed
 * @progress: (nullable): told now and then
 * @user_data: for @progress
 * @error: return location for a #GError
 *
 * Reads all of it, a row at a time. Blocks.
 *
 * Errors: those of io_stream_open(), io_csv_new(), io_csv_next(); %MLP_ERROR_CANCELLED
 */
IoCsvSummary *io_csv_summary_read           (const char    *path,
                                             IoProgressFunc progress,
                                             gpointer       user_data,
                                             GError       **error);
void          io_csv_summary_free           (IoCsvSummary  *summary);

/* Whether a file begins like a table: text, nearly all of whose rows have as many values, two
 * at least. */
gboolean      io_csv_summary_recognise_file (const char    *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IoCsvSummary, io_csv_summary_free)

G_END_DECLS
