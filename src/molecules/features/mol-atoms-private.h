/* mol-atoms-private.h: the atoms of one molecule as the features want them:
 * elements by index, distances in double.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "molecules/mol-molecule.h"

G_BEGIN_DECLS

/* No distance is shorter, in Å: atoms in one place have finite features. */
#define DS_LEAST_DISTANCE 0.1

/* Unordered pairs of elements, a kind of pair having one index. */
#define DS_N_PAIRS (DS_N_ELEMENTS * (DS_N_ELEMENTS + 1) / 2)

typedef struct
{
  guint  n;
  guint  element[DS_MAX_ATOMS];                   /* index, see ds_element_from_number() */
  double place[DS_MAX_ATOMS][3];                  /* Å */
  double distance[DS_MAX_ATOMS][DS_MAX_ATOMS];    /* Å */
} DsAtoms;

/* @molecule has places. */
void   ds_atoms_init      (DsAtoms          *atoms,
                           const DsMolecule *molecule);

/* 0 to DS_N_PAIRS − 1: H–H, H–C, H–N, H–O, H–F, C–C, … F–F; the order of the
 * two does not matter. */
guint  ds_pair_from_elements (guint          a,
                              guint          b);

/* How many atoms of each element there are; the formula is enough. */
void   ds_atoms_count     (const DsMolecule *molecule,
                           guint             counts[DS_N_ELEMENTS]);

/**
 * ds_atoms_bond:
 * @atoms: atoms
 * @a: one
 * @b: another
 *
 * How much of a bond two atoms have, by their distance alone: 1 up to 1.2 times
 * the sum of their covalent radii (Cordero et al., Dalton Trans. 2832 (2008)),
 * 0 from 1.5 times on, between them half a cosine, so that no feature jumps
 * when an atom moves.
 */
double ds_atoms_bond      (const DsAtoms    *atoms,
                           guint             a,
                           guint             b);

/* The angle at @b between @a and @c, 0 to π; of atoms in one place, π/2. */
double ds_atoms_angle     (const DsAtoms    *atoms,
                           guint             a,
                           guint             b,
                           guint             c);

G_END_DECLS
