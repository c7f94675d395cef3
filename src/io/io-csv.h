/* io-csv.h: CSV reader (RFC 4180), row by row, with columns by name.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "io/io-lines.h"
#include "io/io-text.h"

G_BEGIN_DECLS

/* So many bytes are looked at to recognise how a table is written. */
#define IO_CSV_LOOK (64 * 1024)

/* A quoted value goes over so many lines at most, so that quotes that stay open cost no more
 * than that for each line. */
#define IO_CSV_MAX_LINES 64

/* How a table is written. */
typedef struct
{
  IoEncoding encoding;
  char       delimiter;     /* ',', ';', '\t' or '|' */
  char       quote;         /* '"' */
  char       decimal;       /* '.' or ',' */
  gboolean   header;        /* the first row has the columns’ names */
} IoCsvSettings;

/**
 * io_csv_settings_recognise:
 * @bytes: (array length=n): the first bytes of a table, 64 KiB at most
 * @settings: (out caller-allocates): what they tell
 *
 * The encoding is that of io_lines_encoding_recognise(). The delimiter is the one that
 * gives most rows as many values as the first; or what a first line such as "sep=;",
 * as spreadsheets write it, says. The decimal sign is a comma if more values are
 * numbers with it than with a point; digits in groups of three after it are none
 * where it is the delimiter, too. There is a header unless a value of the first row
 * is a number in a column that has only such.
 */
void io_csv_settings_recognise (const char    *bytes,
                                gsize          n,
                                IoCsvSettings *settings);

/* Whether a text, of which the first bytes are known, is a table: without control
 * characters, two columns or more, and of its rows three quarters with as many values as the
 * first. */
gboolean    io_csv_recognise     (const char  *bytes,
                                  gsize        n);

typedef struct _IoCsv IoCsv;

/* Takes over @lines, recognises its settings, and reads the columns' names. Errors:
 * as io_lines_next(); %MLP_ERROR_FORMAT if there are none */
IoCsv      *io_csv_new           (IoLines     *lines,
                                  GError     **error);

/* The same with settings of the caller's. Without a header the columns are "Column 1"
 * and so on. */
IoCsv *io_csv_new_with_settings (IoLines             *lines,
                                 const IoCsvSettings *settings,
                                 GError             **error);
void        io_csv_close         (IoCsv       *csv);

const IoCsvSettings *io_csv_get_settings (const IoCsv *csv);

guint       io_csv_get_n_columns (const IoCsv *csv);
const char *io_csv_get_column    (const IoCsv *csv,
                                  guint        column);

/* The place of a column, without regard to case; −1 if there is none. */
int         io_csv_find          (const IoCsv *csv,
                                  const char  *name);

/**
 * io_csv_next:
 * @csv: a table
 * @problem: (out) (transfer full): why the row is of no use: it has too few or too
 *   many values, a quote that is not closed or does not end its value, or it is too
 *   long; else %NULL
 * @error: return location for a #GError
 *
 * Goes to the next row. Empty lines are passed over. A quote opens only at the start
 * of a value, blanks before it aside; anywhere else it is a character like any other.
 * A quoted value may go over %IO_CSV_MAX_LINES lines; where that makes no row, only the
 * line in which it began is of no use, and reading goes on after it.
 *
 * Errors: as io_lines_next(), but for lines that are too long
 *
 * Returns: FALSE at the end, or with @error set
 */
gboolean    io_csv_next          (IoCsv       *csv,
                                  char       **problem,
                                  GError     **error);

/* A value of this row, without its quotes and the blanks around it; until the next row.
 * One that is empty, or beyond the end of a row that is too short, is a word of length 0. */
IoWord      io_csv_get           (const IoCsv *csv,
                                  guint        column);

/* Whether a value is missing: empty, or one of the words that stand for nothing ("NA",
 * "n/a", "NaN", "null", "None", …), in any case; those of pandas.read_csv(). */
gboolean    io_csv_is_missing    (const IoCsv *csv,
                                  guint        column);

/* A value of this row as a number, with the table's decimal sign. FALSE if it is something
 * else, or not finite. */
gboolean    io_csv_get_number    (const IoCsv *csv,
                                  guint        column,
                                  double      *value);

/* The line where the row starts, and which row after the header it is; both from 1. */
guint       io_csv_get_line      (const IoCsv *csv);
guint       io_csv_get_row       (const IoCsv *csv);
const char *io_csv_get_name      (const IoCsv *csv);
double      io_csv_get_fraction  (const IoCsv *csv);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IoCsv, io_csv_close)

G_END_DECLS
