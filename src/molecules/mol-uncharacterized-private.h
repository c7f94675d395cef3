/* mol-uncharacterized-private.h: the molecules of QM9 that failed their authors' check.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "molecules/mol-collection.h"
#include "molecules/mol-molecule.h"

G_BEGIN_DECLS

/* The numbers of the uncharacterized molecules: (transfer full) (nullable): from
 * "uncharacterized.txt" in a folder, if there is one with numbers. */
GHashTable *mol_uncharacterized_read    (const char          *folder);

/* (transfer full) (nullable): those that ship with the program, if @molecules are
 * QM9's: if those of these numbers have as many atoms. */
GHashTable *mol_uncharacterized_shipped (const MolCollection *molecules);

G_END_DECLS
