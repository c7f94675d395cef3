/* fuzz-xyz.c: texts of one molecule, of whatever bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "molecules/mol-xyz.h"

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         n_bytes);

static void
check_sound (const MolMoleculeBuffer *buffer)
{
  const MolMolecule *molecule = &buffer->molecule;
  g_autofree char *formula = mol_molecule_make_formula (molecule);

  g_assert_nonnull (formula);
  g_assert_cmpuint (molecule->n_atoms, >=, 1);
  g_assert_cmpuint (molecule->n_atoms, <=, MOL_MAX_ATOMS);
  g_assert_true (g_utf8_validate (molecule->smiles, -1, NULL));
  g_assert_true (mol_molecule_check_places (molecule, NULL));
  for (gsize p = 0; p < MOL_N_PROPERTIES; p++)
    g_assert_true (molecule->number == 0 ? isnan (molecule->properties[p]) : isfinite (molecule->properties[p]));
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         n_bytes)
{
  g_autoptr(GError) error = NULL;
  MolMoleculeBuffer buffer;
  guint line;
  gboolean good;

  mol_xyz_recognise ((const char *) bytes, n_bytes);
  good = mol_xyz_read ((const char *) bytes, n_bytes, &buffer, &line, &error);
  g_assert_true (good == (error == NULL));
  if (good)
    check_sound (&buffer);
  else
    g_assert_true (g_utf8_validate (error->message, -1, NULL));

  return 0;
}
