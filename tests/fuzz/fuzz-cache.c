/* fuzz-cache.c: blocks of molecules, as they lie in a cache, of whatever bytes.
 *
 * Behind the checksum, which bytes by chance never get right.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "molecules/mol-collection-private.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-molecule-private.h"

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         n_bytes);

static void
check_sound (const MolCollection *molecules)
{
  gsize n_characters = 0;
  double sum = 0.0;

  for (gsize i = 0; i < mol_collection_get_n (molecules); i++)
    {
      g_autofree char *formula = NULL;
      MolMolecule molecule;

      mol_collection_get (molecules, i, &molecule);
      formula = mol_molecule_make_formula (&molecule);
      g_assert_nonnull (formula);
      n_characters += strlen (molecule.smiles);
      for (gsize p = 0; p < MOL_N_PROPERTIES; p++)
        sum += molecule.properties[p];
      for (gsize k = 0; molecule.xyz != NULL && k < 3 * molecule.n_atoms; k++)
        sum += (double) molecule.xyz[k];
    }
  g_assert_cmpuint (n_characters, <, mol_collection_get_n (molecules) * MOL_MAX_SMILES);
  g_assert_false (sum > 0.0 && sum < 0.0);
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         n_bytes)
{
  guint8 *copy = g_aligned_alloc (MAX (1, n_bytes), 1, 64);
  g_autoptr(GBytes) block = g_bytes_new_with_free_func (copy, n_bytes, (GDestroyNotify) g_aligned_free, copy);
  g_autoptr(MolCollection) molecules = NULL;

  memcpy (copy, bytes, n_bytes);
  molecules = mol_collection_new_from_bytes (block);
  if (molecules != NULL)
    check_sound (molecules);

  return 0;
}
