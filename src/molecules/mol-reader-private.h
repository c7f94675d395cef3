/* mol-reader-private.h: molecule reader of one source; filled by the readers of each format.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "io/io-archive.h"
#include "io/io-progress.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-molecule-private.h"
#include "molecules/mol-report.h"

G_BEGIN_DECLS

/* The molecules of one source, while they are read. */
typedef struct
{
  MolCollectionBuilder *builder;
  GHashTable           *numbers;    /* of those that were read */
  MolReport            *report;
  IoProgressFunc        progress;   /* (nullable) */
  gpointer              user_data;
  guint                 row;        /* of the table or SD file, of the next molecule; else 0 */

  /* (nullable): where numbers may repeat, and all is named: of MolOrigin, of MolUnreadable */
  GArray               *origins;
  GArray               *unreadable;
} MolReader;

void     mol_reader_init            (MolReader         *reader,
                                     IoProgressFunc     progress,
                                     gpointer           user_data);
void     mol_reader_clear           (MolReader         *reader);

/* Adds a molecule; one whose number was there before counts as unreadable.
 * @name, @line: where it is. Errors: %MLP_ERROR_TOO_LARGE */
gboolean mol_reader_add             (MolReader         *reader,
                                     const char        *name,
                                     guint              line,
                                     const MolMolecule *molecule,
                                     GError           **error);

/* Counts a molecule that could not be read, and names it if it is among the
 * first. */
void     mol_reader_add_unreadable  (MolReader         *reader,
                                     const char        *name,
                                     guint              line,
                                     const char        *reason);

/* Counts a value that is no number, and names it if it is among the first. */
void     mol_reader_add_bad_value   (MolReader         *reader,
                                     const char        *name,
                                     guint              line,
                                     const char        *reason);

/* Tells how far the reading is. Errors: %MLP_ERROR_CANCELLED */
gboolean mol_reader_report_progress (MolReader         *reader,
                                     const char        *name,
                                     double             fraction,
                                     GError           **error);

/* The XYZ files of an archive or a folder. */
gboolean mol_reader_read_archive    (MolReader         *reader,
                                     IoArchive         *archive,
                                     GError           **error);

/* A text in XYZ format. */
gboolean mol_reader_read_xyz        (MolReader         *reader,
                                     const char        *name,
                                     const char        *text,
                                     gsize              size,
                                     GError           **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MolReader, mol_reader_clear)

G_END_DECLS
