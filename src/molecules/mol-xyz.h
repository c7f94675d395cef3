/* mol-xyz.h: XYZ parser for one molecule, in QM9's format or the plain one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "molecules/mol-molecule-private.h"

G_BEGIN_DECLS

/* A text that is longer is no molecule of ours: QM9's longest has 3,145 bytes. */
#define MOL_XYZ_MAX_SIZE (64 * 1024)

/**
 * mol_xyz_read:
 * @text: (array length=size): not ended by anything
 * @buffer: (out caller-allocates): the molecule
 * @line: (out): where it went wrong, from 1
 * @error: return location for a #GError
 *
 * QM9's format (Ramakrishnan et al., Sci. Data 1, 140022 (2014), table 2), known
 * by "gdb N" at the start of its second line: the number of atoms; gdb, number,
 * 15 properties; atoms with x, y, z and charge; frequencies; SMILES; InChI. Words
 * are set apart by tabs or spaces, as many as there are; "*^" stands for an
 * exponent at times. Frequencies are passed over. Of the two SMILES the first is
 * taken, that of GDB-17.
 *
 * Else a plain XYZ: the number of atoms, anything, atoms with x, y, z. Then the
 * molecule has no number, no SMILES and no property.
 *
 * Errors: %MLP_ERROR_FORMAT; the message says what was expected, and neither
 * the file nor the line
 */
gboolean mol_xyz_read      (const char        *text,
                            gsize              size,
                            MolMoleculeBuffer *buffer,
                            guint             *line,
                            GError           **error);

/* Whether a text, of which @size bytes are known, begins like one of those: with a
 * number, and then "gdb" or an atom. */
gboolean mol_xyz_recognise (const char        *text,
                            gsize              size);

G_END_DECLS
