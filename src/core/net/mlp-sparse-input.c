/* mlp-sparse-input.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>

#include "core/linalg/mlp-memory-private.h"
#include "core/linalg/mlp-vector.h"
#include "core/net/mlp-sparse-input-private.h"

/* The share of inputs that are not zero up to which sums of rows beat the dense
 * product. */
#define MAX_DENSITY 0.4

#define CACHE_LINE 64

/* Where a list begins, and how long it is. */
typedef struct
{
  guint32 begin;
  guint32 n;
} Place;

struct _MlpSparseInput
{
  Place    *places;     /* of each sample's list */
  MlpEntry *entries;
  gsize     n_inputs;
  float     levels[256];
};

MLP_VECTOR_CLONES static gsize
count_entries (const guint8 *bytes,
               gsize         n)
{
  gsize sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += bytes[i] != 0;

  return sum;
}

/* Each input is written, and the next one over it if it is zero: a branch that
 * nobody can foresee would cost more. So there is one place more than needed.
 * Returns: how many are not zero */
static gsize
fill_entries (const guint8 *bytes,
              gsize         n_inputs,
              MlpEntry     *entries)
{
  gsize k = 0;

  for (gsize i = 0; i < n_inputs; i++)
    {
      entries[k] = MLP_ENTRY (i, bytes[i]);
      k += bytes[i] != 0;
    }

  return k;
}

static void
set_levels (MlpSparseInput *sparse_input,
            float           scale)
{
  for (gsize b = 0; b < G_N_ELEMENTS (sparse_input->levels); b++)
    sparse_input->levels[b] = scale * (float) b;
}

MlpSparseInput *
mlp_sparse_input_new (const guint8 *bytes,
                      gsize         n,
                      gsize         n_inputs,
                      float         scale)
{
  g_autoptr(MlpSparseInput) sparse_input = NULL;
  gsize total = 0;

  if (bytes == NULL || n_inputs > G_MAXUINT16)
    return NULL;

  sparse_input = g_new0 (MlpSparseInput, 1);
  sparse_input->n_inputs = n_inputs;
  sparse_input->places = g_try_new (Place, n);
  if (sparse_input->places == NULL)
    return NULL;

  for (gsize s = 0; s < n; s++)
    {
      const gsize length = count_entries (bytes + s * n_inputs, n_inputs);

      sparse_input->places[s] = (Place) { (guint32) total, (guint32) length };
      total += length;

      if (total > G_MAXINT32)
        return NULL;
    }

  if ((double) total > MAX_DENSITY * (double) n * (double) n_inputs)
    return NULL;

  sparse_input->entries = (MlpEntry *) mlp_memory_new (total + 1);
  if (sparse_input->entries == NULL)
    return NULL;

  set_levels (sparse_input, scale);
  for (gsize s = 0; s < n; s++)
    fill_entries (bytes + s * n_inputs, n_inputs, sparse_input->entries + sparse_input->places[s].begin);

  return g_steal_pointer (&sparse_input);
}

MlpSparseInput *
mlp_sparse_input_new_empty (gsize n,
                            gsize n_inputs,
                            float scale)
{
  g_autoptr(MlpSparseInput) sparse_input = NULL;

  g_return_val_if_fail (n_inputs <= G_MAXUINT16, NULL);

  if (n > G_MAXUINT32 / (n_inputs + 1))
    return NULL;

  sparse_input = g_new0 (MlpSparseInput, 1);
  sparse_input->n_inputs = n_inputs;
  sparse_input->places = g_try_new (Place, n);
  sparse_input->entries = (MlpEntry *) mlp_memory_new (n * (n_inputs + 1));
  if (sparse_input->places == NULL || sparse_input->entries == NULL)
    return NULL;

  set_levels (sparse_input, scale);
  for (gsize s = 0; s < n; s++)
    {
      sparse_input->places[s] = (Place) { (guint32) (s * (n_inputs + 1)), 0 };
    }

  return g_steal_pointer (&sparse_input);
}

void
mlp_sparse_input_free (MlpSparseInput *sparse_input)
{
  if (sparse_input == NULL)
    return;

  g_free (sparse_input->places);
  free (sparse_input->entries);
  g_free (sparse_input);
}

MlpList
mlp_sparse_input_get (const MlpSparseInput *sparse_input,
                      gsize                 item)
{
  const Place place = sparse_input->places[item];

  return (MlpList) { sparse_input->entries + place.begin, place.n };
}

void
mlp_sparse_input_set (MlpSparseInput *sparse_input,
                      gsize           item,
                      const guint8   *bytes)
{
  Place *place = &sparse_input->places[item];

  place->n = (guint32) fill_entries (bytes, sparse_input->n_inputs, sparse_input->entries + place->begin);
}

void
mlp_sparse_input_prefetch (const MlpSparseInput *sparse_input,
                           gsize                 item)
{
  const MlpList list = mlp_sparse_input_get (sparse_input, item);

  for (gsize k = 0; k < list.n; k += CACHE_LINE / sizeof (MlpEntry))
    __builtin_prefetch (list.entries + k);
}

const float *
mlp_sparse_input_peek_levels (const MlpSparseInput *sparse_input)
{
  return sparse_input->levels;
}
