/* ds-qm9-private.h: what the readers of each form fill.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "datasets/ds-archive.h"
#include "datasets/ds-molecule-private.h"
#include "datasets/ds-qm9.h"

G_BEGIN_DECLS

/* The molecules of one source, while they are read. */
typedef struct
{
  DsMoleculesBuilder *builder;
  GHashTable         *numbers;    /* of those that were read */
  DsMoleculesReport  *report;
} DsReading;

void     ds_reading_init           (DsReading         *reading);
void     ds_reading_clear          (DsReading         *reading);

/* Adds a molecule; one whose number was there before counts as unreadable.
 * @name: of its file. Errors: %MLP_ERROR_TOO_LARGE */
gboolean ds_reading_add            (DsReading         *reading,
                                    const char        *name,
                                    const DsMolecule  *molecule,
                                    GError           **error);

/* Counts a molecule that could not be read, and names it if it is among the
 * first. */
void     ds_reading_add_unreadable (DsReading         *reading,
                                    const char        *name,
                                    guint              line,
                                    const char        *reason);

/* The XYZ files of an archive or a folder. */
gboolean ds_reading_read_archive   (DsReading         *reading,
                                    DsArchive         *archive,
                                    GError           **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DsReading, ds_reading_clear)

G_END_DECLS
