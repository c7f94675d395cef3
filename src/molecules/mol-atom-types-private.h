/* mol-atom-types-private.h: atom types: an element and its number of neighbours or, for hydrogen, its neighbour.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "molecules/features/mol-atoms-private.h"

G_BEGIN_DECLS

/* H on C (or on anything else), on N, on O; C with up to 2, 3, 4 neighbours; N
 * with 1, 2, 3, 4; O with 1, 2; F. */
#define MOL_N_ATOM_TYPES 13

/**
 * mol_atom_types_init:
 * @shares: (out): for each atom, how much it is of each kind; sums to 1
 * @atoms: atoms
 *
 * The number of neighbours is the sum of mol_atoms_bond(), and an atom between
 * two kinds is partly of both, so that nothing jumps when a bond breaks.
 */
void mol_atom_types_init (double          shares[MOL_MAX_ATOMS][MOL_N_ATOM_TYPES],
                          const MolAtoms *atoms);

G_END_DECLS
