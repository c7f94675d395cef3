/* fuzz-features.c: molecules of whatever atoms at whatever places, as each feature.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "molecules/features/mol-features.h"
#include "molecules/mol-element.h"
#include "molecules/mol-molecule-private.h"
#include "fuzz-bytes.h"

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         n_bytes);

/* Places are 16-bit steps of a thousandth Å, or floats as they come. */
static gboolean
make_molecule (MolMoleculeBuffer *buffer,
               FuzzBytes         *input)
{
  const guint first = fuzz_take_byte (input);
  const guint n_atoms = 1 + first % MOL_MAX_ATOMS;
  const gboolean any_float = first >= 128;

  mol_molecule_buffer_clear (buffer);
  for (guint i = 0; i < n_atoms; i++)
    {
      if (!mol_molecule_buffer_add (buffer, fuzz_take_byte (input) % MOL_N_ELEMENTS, NULL))
        return FALSE;
      for (guint k = 0; k < 3; k++)
        buffer->xyz[3 * i + k] = any_float ? fuzz_take_float (input) : (float) (gint16) fuzz_take_uint16 (input) / 1000.0f;
    }
  buffer->molecule.xyz = buffer->xyz;

  return mol_molecule_check_places (&buffer->molecule, NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         n_bytes)
{
  FuzzBytes input = { bytes, n_bytes };
  MolMoleculeBuffer buffer;
  const MolFeature *features;
  gsize n_features;

  if (!make_molecule (&buffer, &input))
    return 0;

  features = mol_features_get_all (&n_features);
  for (gsize f = 0; f < n_features; f++)
    {
      g_autofree float *x = g_new (float, features[f].length);

      for (gsize i = 0; i < features[f].length; i++)
        x[i] = NAN;
      features[f].compute (&buffer.molecule, x);
      for (gsize i = 0; i < features[f].length; i++)
        if (!isfinite (x[i]))
          g_error ("value %zu of %s is not finite", i, features[f].id);
    }

  return 0;
}
