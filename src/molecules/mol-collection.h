/* mol-collection.h: many molecules, immutable and counted, and how they are collected.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "molecules/mol-molecule.h"

G_BEGIN_DECLS

/* Many molecules, immutable, counted. */
typedef struct _MolCollection MolCollection;

MolCollection        *mol_collection_ref                    (const MolCollection  *molecules);
void                  mol_collection_unref                  (MolCollection        *molecules);

gsize                 mol_collection_get_n                  (const MolCollection  *molecules);

/* Of molecule @i, in the order of their numbers (of reading where they have
 * none). What @molecule points to lives as long as @molecules. */
void                  mol_collection_get                    (const MolCollection  *molecules,
                                                             gsize                 i,
                                                             MolMolecule          *molecule);

/* FALSE where only formulas are known (a table with SMILES, without places). */
gboolean              mol_collection_has_geometry           (const MolCollection  *molecules);

/* "xxh64:…", of all that is in them: equal molecules have equal keys, whichever
 * files they came from. */
const char           *mol_collection_get_key                (const MolCollection  *molecules);

/* Builds molecules one by one; see mol_collection_builder_end(). */
typedef struct _MolCollectionBuilder MolCollectionBuilder;

MolCollectionBuilder *mol_collection_builder_new            (void);
void                  mol_collection_builder_free           (MolCollectionBuilder *builder);

/* Copies @molecule, which is within the frame. Either all molecules of a
 * builder have places or none. */
void                  mol_collection_builder_add            (MolCollectionBuilder *builder,
                                                             const MolMolecule    *molecule);

/* (transfer full) (nullable): sorted by number, the builder freed; NULL where
 * none was added */
MolCollection        *mol_collection_builder_end            (MolCollectionBuilder *builder);

/* As above. @items: (out) (transfer full): where in them each is, in the order of adding */
MolCollection        *mol_collection_builder_end_with_items (MolCollectionBuilder *builder,
                                                             guint32             **items);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MolCollection, mol_collection_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MolCollectionBuilder, mol_collection_builder_free)

G_END_DECLS
