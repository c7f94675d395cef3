/* mol-molecule.h: molecules in memory: atoms, coordinates, properties.
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

/* (transfer full): "C2H6O", in Hill's order */
char *mol_molecule_make_formula (const MolMolecule *molecule);

G_END_DECLS
