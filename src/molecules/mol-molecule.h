/* mol-molecule.h: molecules in memory: atoms, places, properties.
 *
 * The frame is that of GDB-9, of which QM9 is made: hydrogen, carbon, nitrogen,
 * oxygen and fluorine, at most MOL_MAX_ATOMS atoms. A reader refuses a molecule
 * beyond it, so that features need no limits of their own and a network can be
 * asked about any molecule that was read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MOL_MAX_ATOMS 29
#define MOL_N_ELEMENTS 5

/* The 15 scalars of a QM9 file, in its order and units. */
typedef enum
{
  MOL_A,        /* rotational constants, GHz */
  MOL_B,
  MOL_C,
  MOL_MU,       /* dipole moment, D */
  MOL_ALPHA,    /* isotropic polarisability, a0³ */
  MOL_HOMO,     /* Ha */
  MOL_LUMO,     /* Ha */
  MOL_GAP,      /* Ha */
  MOL_R2,       /* electronic spatial extent, a0² */
  MOL_ZPVE,     /* zero-point vibrational energy, Ha */
  MOL_U0,       /* internal energy at 0 K, Ha */
  MOL_U,        /* at 298.15 K, Ha */
  MOL_H,        /* enthalpy at 298.15 K, Ha */
  MOL_G,        /* free energy at 298.15 K, Ha */
  MOL_CV,       /* heat capacity at 298.15 K, cal/(mol K) */
} MolProperty;

#define MOL_N_PROPERTIES (MOL_CV + 1)

/* One molecule. Pointers are borrowed from whatever holds it. */
typedef struct
{
  guint         number;       /* "gdb N"; 0 where it has none */
  guint         n_atoms;      /* 1 to MOL_MAX_ATOMS */
  const guint8 *z;            /* n_atoms atomic numbers: 1, 6, 7, 8, 9 */
  const float  *xyz;          /* 3 × n_atoms, Å; NULL where only the formula is known */
  const char   *smiles;       /* never NULL, but perhaps empty */
  const double *properties;   /* MOL_N_PROPERTIES; NaN where not given */
} MolMolecule;

/* Many molecules, immutable, counted. */
typedef struct _MolCollection MolCollection;

MolCollection *mol_collection_ref          (const MolCollection *molecules);
void           mol_collection_unref        (MolCollection       *molecules);

gsize          mol_collection_get_n        (const MolCollection *molecules);

/* Of molecule @i, in the order of their numbers (of reading where they have
 * none). What @molecule points to lives as long as @molecules. */
void           mol_collection_get          (const MolCollection *molecules,
                                            gsize                i,
                                            MolMolecule         *molecule);

/* FALSE where only formulas are known (a table with SMILES, without places). */
gboolean       mol_collection_has_geometry (const MolCollection *molecules);

/* "xxh64:…", of all that is in them: equal molecules have equal keys, whichever
 * files they came from. */
const char    *mol_collection_get_key      (const MolCollection *molecules);

/* Index of an element in tables of MOL_N_ELEMENTS (H C N O F), -1 beyond the
 * frame. */
int            mol_element_from_number     (guint                z);

/* "H", "C", … by that index, and the atomic number. */
const char    *mol_element_get_symbol      (guint                element);
guint          mol_element_get_number      (guint                element);

/* Index of the element "C", -1 if there is none in the frame. */
int            mol_element_from_symbol     (const char          *symbol,
                                            gsize                length);

/* (transfer full): "C2H6O", in Hill's order */
char          *mol_molecule_make_formula   (const MolMolecule   *molecule);

/* Builds molecules one by one; see mol_collection_builder_end(). */
typedef struct _MolCollectionBuilder MolCollectionBuilder;

MolCollectionBuilder *mol_collection_builder_new  (void);
void                  mol_collection_builder_free (MolCollectionBuilder *builder);

/* Copies @molecule, which is within the frame. Either all molecules of a
 * builder have places or none. */
void                  mol_collection_builder_add  (MolCollectionBuilder *builder,
                                                   const MolMolecule    *molecule);

/* (transfer full) (nullable): sorted by number, the builder freed; NULL where
 * none was added */
MolCollection        *mol_collection_builder_end  (MolCollectionBuilder *builder);

/* As above. @items: (out) (transfer full): where in them each is, in the order of adding */
MolCollection *mol_collection_builder_end_with_items (MolCollectionBuilder *builder,
                                                      guint32             **items);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MolCollection, mol_collection_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MolCollectionBuilder, mol_collection_builder_free)

G_END_DECLS
