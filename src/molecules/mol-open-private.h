/* mol-open-private.h: what the readers of each form fill.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "io/io-archive.h"
#include "io/io-csv.h"
#include "molecules/mol-molecule-private.h"
#include "molecules/mol-open.h"
#include "molecules/mol-source.h"

G_BEGIN_DECLS

/* The molecules of one source, while they are read. */
typedef struct
{
  MolCollectionBuilder *builder;
  GHashTable         *numbers;    /* of those that were read */
  MolOpenReport  *report;
  IoProgressFunc      progress;   /* (nullable) */
  gpointer            user_data;
  guint               row;        /* of the table or SD file, of the next molecule; else 0 */

  /* (nullable): where numbers may repeat, and all is named: of MolOrigin, of MolUnreadable */
  GArray             *origins;
  GArray             *unreadable;
} MolReader;

void     mol_reader_init               (MolReader         *reading,
                                        IoProgressFunc     progress,
                                        gpointer           user_data);
void     mol_reader_clear              (MolReader         *reading);

/* Adds a molecule; one whose number was there before counts as unreadable.
 * @name, @line: where it is. Errors: %MLP_ERROR_TOO_LARGE */
gboolean mol_reader_add                (MolReader         *reading,
                                        const char        *name,
                                        guint              line,
                                        const MolMolecule *molecule,
                                        GError           **error);

/* Counts a molecule that could not be read, and names it if it is among the
 * first. */
void     mol_reader_add_unreadable     (MolReader         *reading,
                                        const char        *name,
                                        guint              line,
                                        const char        *reason);

/* Counts a value that is no number, and names it if it is among the first. */
void     mol_reader_add_bad_value      (MolReader         *reading,
                                        const char        *name,
                                        guint              line,
                                        const char        *reason);

/* Tells how far the reading is. Errors: %MLP_ERROR_CANCELLED */
gboolean mol_reader_tell               (MolReader         *reading,
                                        const char        *name,
                                        double             fraction,
                                        GError           **error);

/* The XYZ files of an archive or a folder. */
gboolean mol_reader_read_archive       (MolReader         *reading,
                                        IoArchive         *archive,
                                        GError           **error);

/* All of a source. */
gboolean mol_reader_read_place         (MolReader         *reading,
                                        const MolSource   *place,
                                        GError           **error);

/* A text in one of the formats. */
gboolean mol_reader_read_text          (MolReader         *reading,
                                        const char        *name,
                                        const char        *text,
                                        gsize              length,
                                        GError           **error);

/* A text in XYZ format. */
gboolean mol_reader_read_xyz           (MolReader         *reading,
                                        const char        *name,
                                        const char        *text,
                                        gsize              size,
                                        GError           **error);

/* MoleculeNet's table: atoms from the SMILES. */
gboolean mol_reader_read_table         (MolReader         *reading,
                                        IoCsv             *csv,
                                        GError           **error);

/* An SD file; properties from the table beside it, by number, or none. */
gboolean mol_reader_read_sdf           (MolReader         *reading,
                                        IoLines           *lines,
                                        IoCsv             *csv,
                                        GError           **error);

/* The numbers of the uncharacterized molecules: (transfer full) (nullable): from
 * "uncharacterized.txt" in a folder, if there is one with numbers. */
GHashTable *mol_uncharacterized_read    (const char          *folder);

/* (transfer full) (nullable): those that ship with the program, if @molecules are
 * QM9's: if those of these numbers have as many atoms. */
GHashTable *mol_uncharacterized_shipped (const MolCollection *molecules);

/* Whether a text begins like one that this is for. */
gboolean mol_table_recognise           (const char        *text,
                                        gsize              size);
gboolean mol_sdf_recognise             (const char        *text,
                                        gsize              size);

/* The columns of a table that mean something; −1: it has none of that name. */
typedef struct
{
  int number;                     /* "mol_id": "gdb_133" */
  int smiles;
  int properties[MOL_N_PROPERTIES];
} MolColumns;

void     mol_table_columns_find        (MolColumns        *columns,
                                        const IoCsv       *csv);

/* Reads a row's properties; NaN where there is no column or the value is missing, and
 * where it is no number: then @reading names it. @name: of the table */
void     mol_table_columns_read        (const MolColumns  *columns,
                                        const IoCsv       *csv,
                                        MolReader         *reading,
                                        const char        *name,
                                        double            *properties);

/* Of a row; 0 if it has none. */
guint    mol_table_columns_read_number (const MolColumns  *columns,
                                        const IoCsv       *csv);

/* "gdb_133", "gdb 133" or "133"; 0 if it is something else. */
guint    mol_reader_number_from_name   (const char        *name,
                                        gsize              length);

/* Where the molecules of a source are kept. */
typedef struct
{
  char *folder;
  char *group;
  char *key;
} MolCache;

void     mol_cache_clear               (MolCache            *cache);

/* Looks at the source: a file's content, a folder's names, sizes and times.
 * Errors: %MLP_ERROR_OPEN, %MLP_ERROR_CANCELLED */
gboolean mol_cache_init                (MolCache            *cache,
                                        const char          *folder,
                                        MolReader           *reading,
                                        const MolSource     *place,
                                        gboolean             keep_uncharacterized,
                                        GError             **error);

/* (transfer full) (nullable): what is kept; @report is filled */
MolCollection *mol_cache_load (const MolCache *cache,
                               MolOpenReport  *report);
void     mol_cache_store               (const MolCache      *cache,
                                        const MolCollection *molecules,
                                        const MolOpenReport *report);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MolCache, mol_cache_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MolReader, mol_reader_clear)

G_END_DECLS
