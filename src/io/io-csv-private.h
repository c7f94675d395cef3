/* io-csv-private.h: internals shared by the CSV reader and its format detection.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "io/io-csv.h"

G_BEGIN_DECLS

/* The values of one row. */
typedef struct
{
  GString *text;            /* each ended by 0 */
  GArray  *starts;          /* gsize: where each starts in it */
} IoCsvRow;

/* Where a row is, between two of its lines. */
typedef enum
{
  IO_CSV_DONE,              /* at its end */
  IO_CSV_QUOTED,            /* in a quoted value: it goes on */
  IO_CSV_BROKEN,            /* a closing quote did not end its value */
} IoCsvState;

void       io_csv_row_init  (IoCsvRow            *row);
void       io_csv_row_clear (IoCsvRow            *row);
void       io_csv_row_start (IoCsvRow            *row);

/* Adds a line to a row that was started, or that is in @state after its line before. */
IoCsvState io_csv_row_add   (IoCsvRow            *row,
                             const IoCsvSettings *settings,
                             IoCsvState           state,
                             const char          *line,
                             gsize                length);

/* Without the blanks around it. */
IoWord     io_csv_row_get   (const IoCsvRow      *row,
                             guint                column);

gboolean io_csv_word_is_missing (IoWord      word);
gboolean io_csv_word_to_double  (IoWord      word,
                                 char        decimal,
                                 double     *value);

/* Whether a line is "sep=;": the delimiter, or 0. */
char     io_csv_read_delimiter  (const char *line,
                                 gsize       length);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (IoCsvRow, io_csv_row_clear)

G_END_DECLS
