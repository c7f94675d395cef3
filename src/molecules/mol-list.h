/* mol-list.h: list of molecules in the order of their source, each with its origin; for prediction.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "io/io-progress.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-open.h"
#include "molecules/mol-report.h"

G_BEGIN_DECLS

typedef struct
{
  MolCollection *molecules;      /* (nullable): those that could be read */
  gsize          n;
  guint32       *items;          /* (array length=n): where in @molecules each is, in the order of the source */
  MolOrigin     *origins;        /* (array length=n) */
  gsize          n_unreadable;
  MolUnreadable *unreadable;     /* all that could not be read, in the order of the source */
  GError        *error;          /* (nullable): why the source could not be read to its end; names it */
} MolList;

void     mol_list_free (MolList       *list);

/**
 * mol_list_open:
 * @source: a file or a folder, as mol_open() takes it
 * @progress: (nullable): told now and then, in the calling thread
 * @user_data: for @progress
 * @error: return location for a #GError
 *
 * Nothing is left out, and numbers may repeat. Blocks. What cannot be read is named; of an
 * archive that is cut off or damaged the list has what was read before, and the error.
 *
 * Errors: those of mol_open() where the source is none of molecules, or it was
 * cancelled
 */
MolList *mol_list_open (const char    *source,
                        IoProgressFunc progress,
                        gpointer       user_data,
                        GError       **error);

/* The same of a text, as mol_open_text() takes it. */
MolList *mol_list_read (const char    *name,
                        const char    *text,
                        gsize          length,
                        GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MolList, mol_list_free)

G_END_DECLS
