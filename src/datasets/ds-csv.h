/* ds-csv.h: a table of comma-separated values (RFC 4180), row by row; its columns
 * go by name.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "datasets/ds-lines.h"
#include "datasets/ds-text.h"

G_BEGIN_DECLS

typedef struct _DsCsv DsCsv;

/* Takes over @lines, and reads the first, the columns' names. Errors: as
 * ds_lines_next(); %MLP_ERROR_FORMAT if there is none */
DsCsv      *ds_csv_new            (DsLines        *lines,
                                   GError        **error);
void        ds_csv_close          (DsCsv          *csv);

/* The place of a column, without regard to case; −1 if there is none. */
int         ds_csv_find           (const DsCsv    *csv,
                                   const char     *name);

/**
 * ds_csv_next:
 * @csv: a table
 * @problem: (out) (transfer full): why the row is of no use: it has too few or
 *   too many values, or a quote that is not closed; else %NULL
 * @error: return location for a #GError
 *
 * Goes to the next row. Empty lines are passed over.
 *
 * Errors: as ds_lines_next()
 *
 * Returns: FALSE at the end, or with @error set
 */
gboolean    ds_csv_next           (DsCsv          *csv,
                                   char          **problem,
                                   GError        **error);

/* A value of this row, without its quotes; until the next row. A value that is
 * empty is a word of length 0. */
DsWord      ds_csv_get            (const DsCsv    *csv,
                                   guint           column);

/* Where the row starts, from 1. */
guint       ds_csv_get_line       (const DsCsv    *csv);
const char *ds_csv_get_name       (const DsCsv    *csv);
double      ds_csv_get_fraction   (const DsCsv    *csv);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DsCsv, ds_csv_close)

G_END_DECLS
