/* mol-smiles.h: SMILES parser: atoms including hydrogens, without coordinates.
 *
 * The OpenSMILES specification 1.0: organic subset, brackets, branches, rings,
 * bonds, aromatic atoms, several parts. Elements beyond the frame are refused.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "molecules/mol-molecule-private.h"

G_BEGIN_DECLS

/**
 * mol_smiles_read_atoms:
 * @smiles: (array length=length)
 * @buffer: to which the atoms are added: those that are written, in their
 *   order, and then the hydrogens that are not
 * @error: return location for a #GError
 *
 * An atom of the organic subset (C, N, O, F and aromatic c, n, o) has as many
 * hydrogens as take it to its next valence: 4; 3 or 5; 2; 1. An aromatic atom
 * gives one of its valences to its ring. An atom in brackets has those that are
 * written.
 *
 * Errors: %MLP_ERROR_FORMAT, with the character
 */
gboolean mol_smiles_read_atoms (const char        *smiles,
                                gsize              length,
                                MolMoleculeBuffer *buffer,
                                GError           **error);

G_END_DECLS
