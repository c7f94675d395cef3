/* mol-collection-private.h: a collection of molecules as a block of bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "molecules/mol-collection.h"

G_BEGIN_DECLS

/* How many were added so far. */
gsize          mol_collection_builder_get_n  (const MolCollectionBuilder *builder);

/* (transfer none): the molecules as one block of bytes, fit to be written to a
 * file and to be used from there */
GBytes        *mol_collection_peek_bytes     (const MolCollection        *molecules);

/**
 * mol_collection_new_from_bytes:
 * @bytes: a block of mol_collection_peek_bytes(), aligned to 64 bytes; kept, not
 *   copied
 *
 * Whether the block holds together is checked, so that it may come from a file.
 *
 * Returns: (transfer full) (nullable): the molecules, %NULL if the block is
 *   none of ours
 */
MolCollection *mol_collection_new_from_bytes (GBytes                     *bytes);

G_END_DECLS
