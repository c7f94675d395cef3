/* mlp-lists.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>

#include "core/mlp-lists-private.h"
#include "core/mlp-memory-private.h"
#include "core/mlp-vector-private.h"

/* The share of inputs that are not zero up to which sums of rows beat the dense
 * product. */
#define MAX_DENSITY 0.4

#define CACHE_LINE 64

struct _MlpLists
{
  guint32  *begins;     /* of each sample's list, and the end of the last */
  MlpEntry *entries;
  float     levels[256];
};

MLP_VECTOR_CLONES static gsize
count (const guint8 *bytes,
       gsize         n)
{
  gsize sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += bytes[i] != 0;

  return sum;
}

/* Each input is written, and the next one over it if it is zero: a branch that
 * nobody can foresee would cost more. So there is one place more than needed. */
static void
fill (MlpLists         *lists,
      const MlpSamples *samples)
{
  const gsize n_inputs = mlp_samples_get_n_inputs (samples);
  gsize k = 0;

  for (gsize s = 0; s < mlp_samples_get_n (samples); s++)
    {
      const guint8 *bytes = mlp_samples_peek_bytes (samples, s);

      for (gsize i = 0; i < n_inputs; i++)
        {
          lists->entries[k] = MLP_ENTRY (i, bytes[i]);
          k += bytes[i] != 0;
        }
    }
}

MlpLists *
mlp_lists_new (const MlpSamples *samples)
{
  g_autoptr(MlpLists) lists = NULL;
  const gsize n = mlp_samples_get_n (samples);
  const gsize n_inputs = mlp_samples_get_n_inputs (samples);
  gsize total = 0;

  if (mlp_samples_peek_bytes (samples, 0) == NULL || n_inputs > G_MAXUINT16)
    return NULL;

  lists = g_new0 (MlpLists, 1);
  lists->begins = g_try_new (guint32, n + 1);
  if (lists->begins == NULL)
    return NULL;

  for (gsize s = 0; s < n; s++)
    {
      const gsize length = count (mlp_samples_peek_bytes (samples, s), n_inputs);

      lists->begins[s] = (guint32) total;
      total += length;

      if (total > G_MAXINT32)
        return NULL;
    }

  lists->begins[n] = (guint32) total;

  if ((double) total > MAX_DENSITY * (double) n * (double) n_inputs)
    return NULL;

  lists->entries = (MlpEntry *) mlp_memory_new (total + 1);
  if (lists->entries == NULL)
    return NULL;

  for (gsize b = 0; b < G_N_ELEMENTS (lists->levels); b++)
    lists->levels[b] = mlp_samples_get_scale (samples) * (float) b;

  fill (lists, samples);

  return g_steal_pointer (&lists);
}

void
mlp_lists_free (MlpLists *lists)
{
  if (lists == NULL)
    return;

  g_free (lists->begins);
  free (lists->entries);
  g_free (lists);
}

MlpList
mlp_lists_get (const MlpLists *lists,
               gsize           item)
{
  const gsize begin = lists->begins[item];

  return (MlpList) { lists->entries + begin, lists->begins[item + 1] - begin };
}

void
mlp_lists_prefetch (const MlpLists *lists,
                    gsize           item)
{
  const MlpList list = mlp_lists_get (lists, item);

  for (gsize k = 0; k < list.n; k += CACHE_LINE / sizeof (MlpEntry))
    __builtin_prefetch (list.entries + k);
}

const float *
mlp_lists_peek_levels (const MlpLists *lists)
{
  return lists->levels;
}
