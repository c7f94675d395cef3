/* mol-molecule.h: molecules in memory: atoms, places, properties.
 *
 * The frame is that of GDB-9, of which QM9 is made: hydrogen, carbon, nitrogen,
 * oxygen and fluorine, at most DS_MAX_ATOMS atoms. A reader refuses a molecule
 * beyond it, so that features need no limits of their own and a network can be
 * asked about any molecule that was read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DS_MAX_ATOMS 29
#define DS_N_ELEMENTS 5

/* The 15 scalars of a QM9 file, in its order and units. */
typedef enum
{
  DS_A,        /* rotational constants, GHz */
  DS_B,
  DS_C,
  DS_MU,       /* dipole moment, D */
  DS_ALPHA,    /* isotropic polarisability, a0³ */
  DS_HOMO,     /* Ha */
  DS_LUMO,     /* Ha */
  DS_GAP,      /* Ha */
  DS_R2,       /* electronic spatial extent, a0² */
  DS_ZPVE,     /* zero-point vibrational energy, Ha */
  DS_U0,       /* internal energy at 0 K, Ha */
  DS_U,        /* at 298.15 K, Ha */
  DS_H,        /* enthalpy at 298.15 K, Ha */
  DS_G,        /* free energy at 298.15 K, Ha */
  DS_CV,       /* heat capacity at 298.15 K, cal/(mol K) */
} DsProperty;

#define DS_N_PROPERTIES (DS_CV + 1)

/* One molecule. Pointers are borrowed from whatever holds it. */
typedef struct
{
  guint         number;       /* "gdb N"; 0 where it has none */
  guint         n_atoms;      /* 1 to DS_MAX_ATOMS */
  const guint8 *z;            /* n_atoms atomic numbers: 1, 6, 7, 8, 9 */
  const float  *xyz;          /* 3 × n_atoms, Å; NULL where only the formula is known */
  const char   *smiles;       /* never NULL, but perhaps empty */
  const double *properties;   /* DS_N_PROPERTIES; NaN where not given */
} DsMolecule;

/* Many molecules, immutable, counted. */
typedef struct _DsMolecules DsMolecules;

DsMolecules *ds_molecules_ref          (const DsMolecules *molecules);
void         ds_molecules_unref        (DsMolecules       *molecules);

gsize        ds_molecules_get_n        (const DsMolecules *molecules);

/* Of molecule @i, in the order of their numbers (of reading where they have
 * none). What @molecule points to lives as long as @molecules. */
void         ds_molecules_get          (const DsMolecules *molecules,
                                        gsize              i,
                                        DsMolecule        *molecule);

/* FALSE where only formulas are known (a table with SMILES, without places). */
gboolean     ds_molecules_has_geometry (const DsMolecules *molecules);

/* "xxh64:…", of all that is in them: equal molecules have equal keys, whichever
 * files they came from. */
const char  *ds_molecules_get_key      (const DsMolecules *molecules);

/* Index of an element in tables of DS_N_ELEMENTS (H C N O F), -1 beyond the
 * frame. */
int          ds_element_from_number    (guint              z);

/* "H", "C", … by that index, and the atomic number. */
const char  *ds_element_get_symbol     (guint              element);
guint        ds_element_get_number     (guint              element);

/* Index of the element "C", -1 if there is none in the frame. */
int          ds_element_from_symbol    (const char        *symbol,
                                        gsize              length);

/* (transfer full): "C2H6O", in Hill's order */
char        *ds_molecule_make_formula  (const DsMolecule  *molecule);

/* Builds molecules one by one; see ds_molecules_builder_end(). */
typedef struct _DsMoleculesBuilder DsMoleculesBuilder;

DsMoleculesBuilder *ds_molecules_builder_new  (void);
void                ds_molecules_builder_free (DsMoleculesBuilder *builder);

/* Copies @molecule, which is within the frame. Either all molecules of a
 * builder have places or none. */
void                ds_molecules_builder_add  (DsMoleculesBuilder *builder,
                                               const DsMolecule   *molecule);

/* (transfer full) (nullable): sorted by number, the builder freed; NULL where
 * none was added */
DsMolecules        *ds_molecules_builder_end  (DsMoleculesBuilder *builder);

/* As above. @items: (out) (transfer full): where in them each is, in the order of adding */
DsMolecules        *ds_molecules_builder_end_with_items (DsMoleculesBuilder *builder,
                                                         guint32           **items);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DsMolecules, ds_molecules_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DsMoleculesBuilder, ds_molecules_builder_free)

G_END_DECLS
