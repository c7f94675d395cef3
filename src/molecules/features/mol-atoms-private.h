/* mol-atoms-private.h: atoms of one molecule prepared for the features: element indices, distances in double.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "molecules/mol-element.h"
#include "molecules/mol-molecule.h"

G_BEGIN_DECLS

/* No distance is shorter, in Å: atoms in one place have finite features. */
#define MOL_LEAST_DISTANCE 0.1

/* Unordered pairs of elements, a kind of pair having one index. */
#define MOL_N_PAIRS (MOL_N_ELEMENTS * (MOL_N_ELEMENTS + 1) / 2)

typedef struct
{
  guint  n;
  guint  element[MOL_MAX_ATOMS];                    /* index, see mol_element_from_number() */
  double place[MOL_MAX_ATOMS][3];                   /* Å */
  double distance[MOL_MAX_ATOMS][MOL_MAX_ATOMS];    /* Å */
} MolAtoms;

/* @molecule has places. */
void   mol_atoms_init  (MolAtoms          *atoms,
                        const MolMolecule *molecule);

/* 0 to MOL_N_PAIRS − 1: H–H, H–C, H–N, H–O, H–F, C–C, … F–F; the order of the
 * two does not matter. */
guint mol_atoms_pair_from_elements (guint a,
                                    guint b);

/* How many atoms of each element there are; the formula is enough. */
void   mol_atoms_count (const MolMolecule *molecule,
                        guint              counts[MOL_N_ELEMENTS]);

/**
 * mol_atoms_bond:
 * @atoms: atoms
 * @a: one
 * @b: another
 *
 * How much of a bond two atoms have, by their distance alone: 1 up to 1.2 times
 * the sum of their covalent radii (Cordero et al., Dalton Trans. 2832 (2008)),
 * 0 from 1.5 times on, between them half a cosine, so that no feature jumps
 * when an atom moves.
 */
double mol_atoms_bond  (const MolAtoms    *atoms,
                        guint              a,
                        guint              b);

/* The angle at @b between @a and @c, 0 to π; of atoms in one place, π/2. */
double mol_atoms_angle (const MolAtoms    *atoms,
                        guint              a,
                        guint              b,
                        guint              c);

G_END_DECLS
