/* io-csv-private.h: between those who read a table and those who recognise how it is
 * written.
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
} DsCsvRow;

/* Where a row is, between two of its lines. */
typedef enum
{
  DS_CSV_DONE,              /* at its end */
  DS_CSV_QUOTED,            /* in a quoted value: it goes on */
  DS_CSV_BROKEN,            /* a closing quote did not end its value */
} DsCsvState;

void       ds_csv_row_init   (DsCsvRow            *row);
void       ds_csv_row_clear  (DsCsvRow            *row);
void       ds_csv_row_start  (DsCsvRow            *row);

/* Adds a line to a row that was started, or that is in @state after its line before. */
DsCsvState ds_csv_row_add    (DsCsvRow            *row,
                              const DsCsvSettings *settings,
                              DsCsvState           state,
                              const char          *line,
                              gsize                length);

/* Without the blanks around it. */
DsWord     ds_csv_row_get    (const DsCsvRow      *row,
                              guint                column);

gboolean   ds_csv_word_is_missing   (DsWord        word);
gboolean   ds_csv_word_to_double    (DsWord        word,
                                     char          decimal,
                                     double       *value);

/* Whether a line is "sep=;": the delimiter, or 0. */
char       ds_csv_read_delimiter    (const char   *line,
                                     gsize         length);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DsCsvRow, ds_csv_row_clear)

G_END_DECLS
