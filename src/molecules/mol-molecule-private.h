/* mol-molecule-private.h: internals shared by the readers and the collection of molecules.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "io/io-text.h"
#include "molecules/mol-molecule.h"

G_BEGIN_DECLS

/* No molecule has a higher number. */
#define MOL_MAX_NUMBER 999999999

/* Bytes of a SMILES, with the one that ends it. QM9's longest has 28. */
#define MOL_MAX_SMILES 256

/* A set of more molecules is not read: thirty QM9s, and all places of atoms
 * still have 32-bit indices. */
#define MOL_MAX_MOLECULES (4 * 1000 * 1000)

/* Atoms nearer than that, in Å, are two that were put in one place: features
 * divide by distances. The shortest bond, of H2, has 0.74. */
#define MOL_MIN_DISTANCE 0.1f

/* No place of an atom is farther from the origin, in Å, along any axis. */
#define MOL_MAX_PLACE 1000.0f

/* A molecule, and room for what it points to. */
typedef struct
{
  MolMolecule molecule;
  guint8      z[MOL_MAX_ATOMS];
  float       xyz[3 * MOL_MAX_ATOMS];
  char        smiles[MOL_MAX_SMILES];
  double      properties[MOL_N_PROPERTIES];
} MolMoleculeBuffer;

/* No atoms, no number, an empty SMILES, no property; all pointers are set but
 * that to the places, which is the reader's to set. */
void     mol_molecule_buffer_clear      (MolMoleculeBuffer *buffer);

/* Adds an atom, without its place. Errors: %MLP_ERROR_FORMAT if it is one too
 * many */
gboolean mol_molecule_buffer_add        (MolMoleculeBuffer *buffer,
                                         guint              element,
                                         GError           **error);

/* Errors: %MLP_ERROR_FORMAT if the text is too long */
gboolean mol_molecule_buffer_set_smiles (MolMoleculeBuffer *buffer,
                                         const char        *smiles,
                                         gsize              length,
                                         GError           **error);

/* Whether the places of the atoms are far enough apart, and not too far.
 * Errors: %MLP_ERROR_FORMAT */
gboolean mol_molecule_check_places      (const MolMolecule *molecule,
                                         GError           **error);

/* Errors: %MLP_ERROR_FORMAT if the word is no number; the message names the
 * property */
gboolean mol_molecule_read_property     (IoWord             word,
                                         MolProperty        property,
                                         double            *value,
                                         GError           **error);

/* Says that a word is no number, as above. Returns: FALSE */
gboolean mol_molecule_refuse_property   (IoWord             word,
                                         MolProperty        property,
                                         GError           **error);

G_END_DECLS
