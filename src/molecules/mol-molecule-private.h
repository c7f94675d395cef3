/* mol-molecule-private.h: between those who read molecules and those who keep
 * them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "molecules/mol-molecule.h"
#include "io/io-text.h"

G_BEGIN_DECLS

/* No molecule has a higher number. */
#define DS_MAX_NUMBER 999999999

/* Bytes of a SMILES, with the one that ends it. QM9's longest has 28. */
#define DS_MAX_SMILES 256

/* A set of more molecules is not read: thirty QM9s, and all places of atoms
 * still have 32-bit indices. */
#define DS_MAX_MOLECULES (4 * 1000 * 1000)

/* Atoms nearer than that, in Å, are two that were put in one place: features
 * divide by distances. The shortest bond, of H2, has 0.74. */
#define DS_MIN_DISTANCE 0.1f

/* No place of an atom is farther from the origin, in Å, along any axis. */
#define DS_MAX_PLACE 1000.0f

/* A molecule, and room for what it points to. */
typedef struct
{
  DsMolecule molecule;
  guint8     z[DS_MAX_ATOMS];
  float      xyz[3 * DS_MAX_ATOMS];
  char       smiles[DS_MAX_SMILES];
  double     properties[DS_N_PROPERTIES];
} DsMoleculeBuffer;

/* No atoms, no number, an empty SMILES, no property; all pointers are set but
 * that to the places, which is the reader's to set. */
void         ds_molecule_buffer_clear  (DsMoleculeBuffer       *buffer);

/* Adds an atom, without its place. Errors: %MLP_ERROR_FORMAT if it is one too
 * many */
gboolean     ds_molecule_buffer_add    (DsMoleculeBuffer       *buffer,
                                        guint                   element,
                                        GError                **error);

/* Errors: %MLP_ERROR_FORMAT if the text is too long */
gboolean     ds_molecule_buffer_set_smiles (DsMoleculeBuffer   *buffer,
                                            const char         *smiles,
                                            gsize               length,
                                            GError            **error);

/* Whether the places of the atoms are far enough apart, and not too far.
 * Errors: %MLP_ERROR_FORMAT */
gboolean     ds_molecule_check_places  (const DsMolecule       *molecule,
                                        GError                **error);

/* Errors: %MLP_ERROR_FORMAT if the word is no number; the message names the
 * property */
gboolean     ds_property_read          (DsWord                  word,
                                        DsProperty              property,
                                        double                 *value,
                                        GError                **error);

/* Says that a word is no number, as above. Returns: FALSE */
gboolean     ds_property_refuse        (DsWord                  word,
                                        DsProperty              property,
                                        GError                **error);

/* How many were added so far. */
gsize        ds_molecules_builder_get_n (const DsMoleculesBuilder *builder);

/* (transfer none): the molecules as one block of bytes, fit to be written to a
 * file and to be used from there */
GBytes      *ds_molecules_peek_bytes   (const DsMolecules      *molecules);

/**
 * ds_molecules_new_from_bytes:
 * @bytes: a block of ds_molecules_peek_bytes(), aligned to 64 bytes; kept, not
 *   copied
 *
 * Whether the block holds together is checked, so that it may come from a file.
 *
 * Returns: (transfer full) (nullable): the molecules, %NULL if the block is
 *   none of ours
 */
DsMolecules *ds_molecules_new_from_bytes (GBytes               *bytes);

G_END_DECLS
