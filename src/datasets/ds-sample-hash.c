/* ds-sample-hash.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "datasets/ds-sample-hash.h"
#include "io/io-hash.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-molecule.h"

/* A picture of zeros is not a molecule of zeros. */
enum {
  SEED_BYTES = 1,
  SEED_VALUES,
  SEED_PLACES,
  SEED_SMILES,
};

/* Little-endian on every machine; −0 is 0. */
static void
update_values (IoHash      *hash,
               const float *values,
               gsize        n)
{
  for (gsize i = 0; i < n; i++)
    {
      const float value = values[i] + 0.0f;
      guint32 bits;

      memcpy (&bits, &value, sizeof bits);
      bits = GUINT32_TO_LE (bits);
      io_hash_update (hash, &bits, sizeof bits);
    }
}

static guint64
hash_molecule (const MolMolecule *molecule)
{
  g_autoptr(IoHash) hash = io_hash_new (molecule->xyz != NULL ? SEED_PLACES : SEED_SMILES);

  io_hash_update (hash, molecule->z, molecule->n_atoms);

  if (molecule->xyz != NULL)
    update_values (hash, molecule->xyz, 3 * (gsize) molecule->n_atoms);
  else
    io_hash_update (hash, molecule->smiles, strlen (molecule->smiles));

  return io_hash_get_value (hash);
}

static void
hash_molecules (const DsSet *set,
                guint64     *hashes)
{
  for (gsize i = 0; i < mlp_samples_get_n (set->samples); i++)
    {
      MolMolecule molecule;

      mol_collection_get (set->molecules, i, &molecule);
      hashes[i] = hash_molecule (&molecule);
    }
}

guint64
ds_sample_hash_picture (const guint8 *picture,
                        gsize         size)
{
  return io_hash (picture, size, SEED_BYTES);
}

static void
hash_inputs (const MlpSamples *samples,
             guint64          *hashes)
{
  const gsize n_inputs = mlp_samples_get_n_inputs (samples);
  g_autofree float *x = g_new (float, n_inputs);

  for (guint32 i = 0; i < mlp_samples_get_n (samples); i++)
    {
      const guint8 *bytes = mlp_samples_peek_bytes (samples, i);

      if (bytes != NULL)
        hashes[i] = ds_sample_hash_picture (bytes, n_inputs);
      else
        {
          g_autoptr(IoHash) hash = io_hash_new (SEED_VALUES);

          mlp_samples_get_batch (samples, &i, 1, x, NULL);
          update_values (hash, x, n_inputs);
          hashes[i] = io_hash_get_value (hash);
        }
    }
}

const guint64 *
ds_sample_hash_peek_all (const DsSet *set)
{
  DsSet *self = (DsSet *) set;

  g_return_val_if_fail (set != NULL, NULL);

  if (g_once_init_enter (&self->hashes))
    {
      guint64 *hashes = g_new (guint64, mlp_samples_get_n (set->samples));

      if (set->molecules != NULL)
        hash_molecules (set, hashes);
      else
        hash_inputs (set->samples, hashes);

      g_once_init_leave (&self->hashes, hashes);
    }

  return self->hashes;
}
