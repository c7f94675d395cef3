/* mol-open-private.h: what the readers of each form fill.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "io/io-archive.h"
#include "io/io-csv.h"
#include "molecules/mol-molecule-private.h"
#include "molecules/mol-source.h"
#include "molecules/mol-open.h"

G_BEGIN_DECLS

/* The molecules of one source, while they are read. */
typedef struct
{
  DsMoleculesBuilder *builder;
  GHashTable         *numbers;    /* of those that were read */
  DsMoleculesReport  *report;
  DsProgressFunc      progress;   /* (nullable) */
  gpointer            user_data;
  guint               row;        /* of the table or SD file, of the next molecule; else 0 */

  /* (nullable): where numbers may repeat, and all is named: of DsOrigin, of DsUnreadable */
  GArray             *origins;
  GArray             *unreadable;
} DsReading;

void     ds_reading_init           (DsReading         *reading,
                                    DsProgressFunc     progress,
                                    gpointer           user_data);
void     ds_reading_clear          (DsReading         *reading);

/* Adds a molecule; one whose number was there before counts as unreadable.
 * @name, @line: where it is. Errors: %MLP_ERROR_TOO_LARGE */
gboolean ds_reading_add            (DsReading         *reading,
                                    const char        *name,
                                    guint              line,
                                    const DsMolecule  *molecule,
                                    GError           **error);

/* Counts a molecule that could not be read, and names it if it is among the
 * first. */
void     ds_reading_add_unreadable (DsReading         *reading,
                                    const char        *name,
                                    guint              line,
                                    const char        *reason);

/* Counts a value that is no number, and names it if it is among the first. */
void     ds_reading_add_bad_value  (DsReading         *reading,
                                    const char        *name,
                                    guint              line,
                                    const char        *reason);

/* Tells how far the reading is. Errors: %MLP_ERROR_CANCELLED */
gboolean ds_reading_tell           (DsReading         *reading,
                                    const char        *name,
                                    double             fraction,
                                    GError           **error);

/* The XYZ files of an archive or a folder. */
gboolean ds_reading_read_archive   (DsReading         *reading,
                                    DsArchive         *archive,
                                    GError           **error);

/* All of a source. */
gboolean ds_reading_read_place     (DsReading         *reading,
                                    const DsPlace     *place,
                                    GError           **error);

/* A text in one of the formats. */
gboolean ds_reading_read_text      (DsReading         *reading,
                                    const char        *name,
                                    const char        *text,
                                    gsize              length,
                                    GError           **error);

/* A text in XYZ format. */
gboolean ds_reading_read_xyz       (DsReading         *reading,
                                    const char        *name,
                                    const char        *text,
                                    gsize              size,
                                    GError           **error);

/* MoleculeNet's table: atoms from the SMILES. */
gboolean ds_reading_read_table     (DsReading         *reading,
                                    DsCsv             *csv,
                                    GError           **error);

/* An SD file; properties from the table beside it, by number, or none. */
gboolean ds_reading_read_sdf       (DsReading         *reading,
                                    DsLines           *lines,
                                    DsCsv             *csv,
                                    GError           **error);

/* The numbers of the uncharacterized molecules: (transfer full) (nullable): from
 * "uncharacterized.txt" in a folder, if there is one with numbers. */
GHashTable *ds_uncharacterized_read    (const char        *folder);

/* (transfer full) (nullable): those that ship with the program, if @molecules are
 * QM9's: if those of these numbers have as many atoms. */
GHashTable *ds_uncharacterized_shipped (const DsMolecules *molecules);

/* Whether a text begins like one that this is for. */
gboolean ds_table_recognise        (const char        *text,
                                    gsize              size);
gboolean ds_sdf_recognise          (const char        *text,
                                    gsize              size);

/* The columns of a table that mean something; −1: it has none of that name. */
typedef struct
{
  int number;                     /* "mol_id": "gdb_133" */
  int smiles;
  int properties[DS_N_PROPERTIES];
} DsColumns;

void     ds_columns_find           (DsColumns         *columns,
                                    const DsCsv       *csv);

/* Reads a row's properties; NaN where there is no column or the value is missing, and
 * where it is no number: then @reading names it. @name: of the table */
void     ds_columns_read           (const DsColumns   *columns,
                                    const DsCsv       *csv,
                                    DsReading         *reading,
                                    const char        *name,
                                    double            *properties);

/* Of a row; 0 if it has none. */
guint    ds_columns_read_number    (const DsColumns   *columns,
                                    const DsCsv       *csv);

/* "gdb_133", "gdb 133" or "133"; 0 if it is something else. */
guint    ds_number_from_name       (const char        *name,
                                    gsize              length);

/* Where the molecules of a source are kept. */
typedef struct
{
  char *folder;
  char *group;
  char *key;
} DsMoleculesCache;

void     ds_molecules_cache_clear  (DsMoleculesCache        *cache);

/* Looks at the source: a file's content, a folder's names, sizes and times.
 * Errors: %MLP_ERROR_OPEN, %MLP_ERROR_CANCELLED */
gboolean ds_molecules_cache_init   (DsMoleculesCache        *cache,
                                    const char              *folder,
                                    DsReading               *reading,
                                    const DsPlace           *place,
                                    gboolean                 keep_uncharacterized,
                                    GError                 **error);

/* (transfer full) (nullable): what is kept; @report is filled */
DsMolecules *ds_molecules_cache_load (const DsMoleculesCache *cache,
                                      DsMoleculesReport      *report);
void     ds_molecules_cache_store  (const DsMoleculesCache  *cache,
                                    const DsMolecules       *molecules,
                                    const DsMoleculesReport *report);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DsMoleculesCache, ds_molecules_cache_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DsReading, ds_reading_clear)

G_END_DECLS
