/* io-csv.h: a table of delimiter-separated values (RFC 4180), row by row; its columns
 * go by name.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "io/io-lines.h"
#include "io/io-text.h"

G_BEGIN_DECLS

/* So many bytes are looked at to recognise how a table is written. */
#define DS_CSV_LOOK (64 * 1024)

/* A quoted value goes over so many lines at most, so that quotes that stay open cost no more
 * than that for each line. */
#define DS_CSV_MAX_LINES 64

/* How a table is written. */
typedef struct
{
  DsEncoding encoding;
  char       delimiter;     /* ',', ';', '\t' or '|' */
  char       quote;         /* '"' */
  char       decimal;       /* '.' or ',' */
  gboolean   header;        /* the first row has the columns’ names */
} DsCsvSettings;

/**
 * ds_csv_settings_recognise:
 * @bytes: (array length=n): the first bytes of a table, 64 KiB at most
 * @settings: (out caller-allocates): what they tell
 *
 * The encoding is that of ds_encoding_recognise(). The delimiter is the one that
 * gives most rows as many values as the first; or what a first line such as "sep=;",
 * as spreadsheets write it, says. The decimal sign is a comma if more values are
 * numbers with it than with a point; digits in groups of three after it are none
 * where it is the delimiter, too. There is a header unless a value of the first row
 * is a number in a column that has only such.
 */
void        ds_csv_settings_recognise (const char     *bytes,
                                       gsize           n,
                                       DsCsvSettings  *settings);

/* Whether a text, of which the first bytes are known, is a table: without control
 * characters, two columns or more, and of its rows three quarters with as many values as the
 * first. */
gboolean    ds_csv_recognise      (const char     *bytes,
                                   gsize           n);

typedef struct _DsCsv DsCsv;

/* Takes over @lines, recognises its settings, and reads the columns' names. Errors:
 * as ds_lines_next(); %MLP_ERROR_FORMAT if there are none */
DsCsv      *ds_csv_new            (DsLines        *lines,
                                   GError        **error);

/* The same with settings of the caller's. Without a header the columns are "Column 1"
 * and so on. */
DsCsv      *ds_csv_new_with_settings (DsLines             *lines,
                                      const DsCsvSettings *settings,
                                      GError             **error);
void        ds_csv_close          (DsCsv          *csv);

const DsCsvSettings *ds_csv_get_settings (const DsCsv *csv);

guint       ds_csv_get_n_columns  (const DsCsv    *csv);
const char *ds_csv_get_column     (const DsCsv    *csv,
                                   guint           column);

/* The place of a column, without regard to case; −1 if there is none. */
int         ds_csv_find           (const DsCsv    *csv,
                                   const char     *name);

/**
 * ds_csv_next:
 * @csv: a table
 * @problem: (out) (transfer full): why the row is of no use: it has too few or too
 *   many values, a quote that is not closed or does not end its value, or it is too
 *   long; else %NULL
 * @error: return location for a #GError
 *
 * Goes to the next row. Empty lines are passed over. A quote opens only at the start
 * of a value, blanks before it aside; anywhere else it is a character like any other.
 * A quoted value may go over %DS_CSV_MAX_LINES lines; where that makes no row, only the
 * line in which it began is of no use, and reading goes on after it.
 *
 * Errors: as ds_lines_next(), but for lines that are too long
 *
 * Returns: FALSE at the end, or with @error set
 */
gboolean    ds_csv_next           (DsCsv          *csv,
                                   char          **problem,
                                   GError        **error);

/* A value of this row, without its quotes and the blanks around it; until the next row.
 * One that is empty, or beyond the end of a row that is too short, is a word of length 0. */
DsWord      ds_csv_get            (const DsCsv    *csv,
                                   guint           column);

/* Whether a value is missing: empty, or one of the words that stand for nothing ("NA",
 * "n/a", "NaN", "null", "None", …), in any case; those of pandas.read_csv(). */
gboolean    ds_csv_is_missing     (const DsCsv    *csv,
                                   guint           column);

/* A value of this row as a number, with the table's decimal sign. FALSE if it is something
 * else, or not finite. */
gboolean    ds_csv_get_number     (const DsCsv    *csv,
                                   guint           column,
                                   double         *value);

/* The line where the row starts, and which row after the header it is; both from 1. */
guint       ds_csv_get_line       (const DsCsv    *csv);
guint       ds_csv_get_row        (const DsCsv    *csv);
const char *ds_csv_get_name       (const DsCsv    *csv);
double      ds_csv_get_fraction   (const DsCsv    *csv);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DsCsv, ds_csv_close)

G_END_DECLS
