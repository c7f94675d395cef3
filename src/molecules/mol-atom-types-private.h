/* mol-atom-types-private.h: kinds of atoms: an element and how many neighbours it has,
 * or for hydrogen, which.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "molecules/features/mol-atoms-private.h"

G_BEGIN_DECLS

/* H on C (or on anything else), on N, on O; C with up to 2, 3, 4 neighbours; N
 * with 1, 2, 3, 4; O with 1, 2; F. */
#define DS_N_KINDS 13

/**
 * ds_kinds_init:
 * @shares: (out): for each atom, how much it is of each kind; sums to 1
 * @atoms: atoms
 *
 * The number of neighbours is the sum of ds_atoms_bond(), and an atom between
 * two kinds is partly of both, so that nothing jumps when a bond breaks.
 */
void ds_kinds_init (double         shares[DS_MAX_ATOMS][DS_N_KINDS],
                    const DsAtoms *atoms);

G_END_DECLS
