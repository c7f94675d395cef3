/* mol-table-private.h: tables of molecules, and of their properties.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "io/io-csv.h"
#include "molecules/mol-reader-private.h"

G_BEGIN_DECLS

/* MoleculeNet's table: atoms from the SMILES. */
gboolean mol_table_read                (MolReader        *reader,
                                        IoCsv            *csv,
                                        GError          **error);

/* Whether a text begins like such a table. */
gboolean mol_table_recognise           (const char       *text,
                                        gsize             size);

/* The columns of a table that mean something; −1: it has none of that name. */
typedef struct
{
  int number;                     /* "mol_id": "gdb_133" */
  int smiles;
  int properties[MOL_N_PROPERTIES];
} MolColumns;

void     mol_table_columns_find        (MolColumns       *columns,
                                        const IoCsv      *csv);

/* Reads a row's properties; NaN where there is no column or the value is missing, and
 * where it is no number: then @reader names it. @name: of the table */
void     mol_table_columns_read        (const MolColumns *columns,
                                        const IoCsv      *csv,
                                        MolReader        *reader,
                                        const char       *name,
                                        double           *properties);

/* Of a row; 0 if it has none. */
guint    mol_table_columns_read_number (const MolColumns *columns,
                                        const IoCsv      *csv);

/* "gdb_133", "gdb 133" or "133"; 0 if it is something else. */
guint    mol_table_number_from_name    (const char       *name,
                                        gsize             length);

G_END_DECLS
