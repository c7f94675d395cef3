/* io-csv-summary.h: what is in the columns of a table: kinds, ranges, missing values.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "io/io-csv.h"
#include "io/io-progress.h"

G_BEGIN_DECLS

typedef enum
{
  DS_COLUMN_EMPTY,          /* all values are missing */
  DS_COLUMN_INTEGER,
  DS_COLUMN_NUMBER,
  DS_COLUMN_TEXT,           /* some values are no numbers */
} DsColumnKind;

/* "empty", "integer", "number", "text" */
const char *ds_column_kind_get_name (DsColumnKind kind);

/* No more different values are counted. */
#define DS_COLUMN_MAX_DISTINCT 10000

typedef struct
{
  char        *name;
  DsColumnKind kind;
  gsize        n_missing;
  gsize        n_numbers;
  gsize        n_words;     /* no numbers */
  gsize        n_distinct;  /* different values, up to %DS_COLUMN_MAX_DISTINCT */
  double       least;       /* of the numbers; NaN without one */
  double       greatest;
  double       mean;
} DsColumnSummary;

/* A row that is of no use. */
typedef struct
{
  guint line;
  char *problem;
} DsBadRow;

#define DS_MAX_BAD_ROWS 10

typedef struct
{
  DsCsvSettings    settings;
  gsize            n_rows;      /* with those of no use */
  gsize            n_bad;
  gsize            n_named;     /* the first so many of those are named */
  DsBadRow         bad[DS_MAX_BAD_ROWS];
  guint            n_columns;
  DsColumnSummary *columns;
} DsCsvSummary;

/**
 * ds_csv_summary_read:
 * @path: a table in any form of io-csv.h, plain or packed
 * @progress: (nullable): told now and then
 * @user_data: for @progress
 * @error: return location for a #GError
 *
 * Reads all of it, a row at a time. Blocks.
 *
 * Errors: those of ds_stream_open(), ds_csv_new(), ds_csv_next(); %MLP_ERROR_CANCELLED
 */
DsCsvSummary *ds_csv_summary_read   (const char      *path,
                                     DsProgressFunc   progress,
                                     gpointer         user_data,
                                     GError         **error);
void          ds_csv_summary_free   (DsCsvSummary    *summary);

/* Whether a file begins like a table: text, nearly all of whose rows have as many values, two
 * at least. */
gboolean      ds_csv_recognise_file (const char      *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DsCsvSummary, ds_csv_summary_free)

G_END_DECLS
