/* mol-cache-private.h: disk cache for the molecules of a source.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "molecules/mol-collection.h"
#include "molecules/mol-reader-private.h"
#include "molecules/mol-report.h"
#include "molecules/mol-source.h"

G_BEGIN_DECLS

/* Where the molecules of a source are kept. */
typedef struct
{
  char *folder;
  char *group;
  char *key;
} MolCache;

void           mol_cache_clear (MolCache            *cache);

/* Looks at the source: a file's content, a folder's names, sizes and times.
 * Errors: %MLP_ERROR_OPEN, %MLP_ERROR_CANCELLED */
gboolean       mol_cache_init  (MolCache            *cache,
                                const char          *folder,
                                MolReader           *reader,
                                const MolSource     *location,
                                gboolean             keep_uncharacterized,
                                GError             **error);

/* (transfer full) (nullable): what is kept; @report is filled */
MolCollection *mol_cache_load  (const MolCache      *cache,
                                MolReport           *report);
void           mol_cache_store (const MolCache      *cache,
                                const MolCollection *molecules,
                                const MolReport     *report);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MolCache, mol_cache_clear)

G_END_DECLS
