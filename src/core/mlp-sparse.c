/* mlp-sparse.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/mlp-lists-private.h"
#include "core/mlp-memory-private.h"
#include "core/mlp-sparse-private.h"
#include "core/mlp-vector-private.h"

#define ALIGNMENT 64

#define PANEL_UNITS 64

/* Floats in a vector, and so what rows are a multiple of. */
#define LANES 8

/* Larger batches are no case for lists: their columns would need a wider type,
 * and the memory. */
#define MAX_BATCH 2048

/* The samples of a run are in no order: the list of the one so many further on
 * is fetched from memory while this one is summed. */
#define AHEAD 8

typedef float Vector __attribute__ ((vector_size (LANES *sizeof (float)), may_alias));

struct _MlpSparse
{
  MlpLists      *lists;
  gsize          n_inputs;
  gsize          n_units;
  gsize          n_panels;
  gsize          max_batch;
  float         *panels;       /* of PANEL_UNITS × n_inputs floats, the last maybe smaller */
  float         *deltas;       /* of each thread: max_batch rows of a panel's units */

  /* The running batch. */
  const guint32 *items;
  gsize          B;

  gsize          n_known;      /* items, later ones of the run included */

  /* Its lists of each input: the columns that have it. Each has max_batch places,
   * which saves counting them first. */
  guint32  *lengths;           /* n_inputs */
  MlpEntry *columns;      /* max_batch × n_inputs */
};

MlpSparse *
mlp_sparse_new (const MlpNet     *net,
                const MlpSamples *samples,
                gsize             max_batch,
                guint             n_threads)
{
  g_autoptr(MlpSparse) sparse = NULL;
  gsize n_entries;

  if (max_batch > MAX_BATCH)
    return NULL;

  sparse = g_new0 (MlpSparse, 1);
  sparse->n_inputs = mlp_net_get_width (net, 0);
  sparse->n_units = mlp_net_get_width (net, 1);
  sparse->n_panels = (sparse->n_units + PANEL_UNITS - 1) / PANEL_UNITS;
  sparse->max_batch = max_batch;
  sparse->lists = mlp_lists_new (samples);
  if (sparse->lists == NULL)
    return NULL;

  n_entries = max_batch * sparse->n_inputs;
  sparse->panels = mlp_memory_new (sparse->n_panels * PANEL_UNITS * sparse->n_inputs);
  sparse->deltas = mlp_memory_new (n_threads * PANEL_UNITS * max_batch);
  sparse->lengths = g_try_new (guint32, sparse->n_inputs);
  sparse->columns = g_try_new (MlpEntry, n_entries);

  if (sparse->panels == NULL || sparse->deltas == NULL || sparse->lengths == NULL ||
      sparse->columns == NULL)
    return NULL;

  return g_steal_pointer (&sparse);
}

void
mlp_sparse_free (MlpSparse *sparse)
{
  if (sparse == NULL)
    return;

  g_clear_pointer (&sparse->lists, mlp_lists_free);
  free (sparse->panels);
  free (sparse->deltas);
  g_free (sparse->lengths);
  g_free (sparse->columns);
  g_free (sparse);
}

gsize
mlp_sparse_get_n_panels (const MlpSparse *sparse)
{
  return sparse->n_panels;
}

gsize
mlp_sparse_get_n_units (const MlpSparse *sparse,
                        gsize            p)
{
  return MIN (PANEL_UNITS, sparse->n_units - p * PANEL_UNITS);
}

gsize
mlp_sparse_get_row (const MlpSparse *sparse,
                    gsize            p)
{
  return (mlp_sparse_get_n_units (sparse, p) + LANES - 1) / LANES * LANES;
}

float *
mlp_sparse_get_panel (const MlpSparse *sparse,
                      gsize            p)
{
  return sparse->panels + p * PANEL_UNITS * sparse->n_inputs;
}

void
mlp_sparse_load (MlpSparse    *sparse,
                 const MlpNet *net)
{
  const gsize m = sparse->n_inputs;

  for (gsize p = 0; p < sparse->n_panels; p++)
    {
      const float *W = mlp_net_peek_weights (net, 1) + p * PANEL_UNITS * m;
      const gsize n = mlp_sparse_get_n_units (sparse, p);
      const gsize row = mlp_sparse_get_row (sparse, p);
      float *panel = mlp_sparse_get_panel (sparse, p);

      for (gsize i = 0; i < m; i++)
        {
          for (gsize u = 0; u < row; u++)
            panel[i * row + u] = u < n ? W[u * m + i] : 0.0f;
        }
    }
}

void
mlp_sparse_store (const MlpSparse *sparse,
                  MlpNet          *net)
{
  const gsize m = sparse->n_inputs;

  for (gsize p = 0; p < sparse->n_panels; p++)
    {
      float *W = mlp_net_get_params (net) + mlp_net_get_weight_offset (net, 1) + p * PANEL_UNITS * m;
      const gsize n = mlp_sparse_get_n_units (sparse, p);
      const gsize row = mlp_sparse_get_row (sparse, p);
      const float *panel = mlp_sparse_get_panel (sparse, p);

      for (gsize u = 0; u < n; u++)
        {
          for (gsize i = 0; i < m; i++)
            W[u * m + i] = panel[i * row + u];
        }
    }
}

void
mlp_sparse_set_batch (MlpSparse     *sparse,
                      const guint32 *items,
                      gsize          B,
                      gsize          n_known)
{
  g_return_if_fail (B <= sparse->max_batch);
  g_return_if_fail (B <= n_known);

  sparse->items = items;
  sparse->B = B;
  sparse->n_known = n_known;
}

void
mlp_sparse_sort_batch (MlpSparse *sparse)
{
  const gsize max_batch = sparse->max_batch;
  guint32 *lengths = sparse->lengths;

  memset (lengths, 0, sparse->n_inputs * sizeof *lengths);

  for (gsize s = 0; s < sparse->B; s++)
    {
      const MlpList list = mlp_lists_get (sparse->lists, sparse->items[s]);

      for (gsize k = 0; k < list.n; k++)
        {
          const gsize i = MLP_ENTRY_PLACE (list.entries[k]);

          sparse->columns[i * max_batch + lengths[i]++] = MLP_ENTRY (s, MLP_ENTRY_BYTE (list.entries[k]));
        }
    }
}

/* sums ← sums + Σ x_k rows[place_k], for rows of @n_vectors. With few vectors
 * two sums of every other term are added at the end: each addition waits for
 * the one before it.
 */
static inline __attribute__ ((always_inline)) void
sum_rows (MlpList      list,
          const float *levels,
          const float *rows,
          const gsize  n_vectors,
          float       *sums)
{
  Vector even[PANEL_UNITS / LANES];
  Vector odd[PANEL_UNITS / LANES];
  const Vector *base = (const Vector *) rows;
  const gsize step = n_vectors <= 4 ? 2 : 1;
  gsize k = 0;

#pragma GCC unroll 8
  for (gsize v = 0; v < n_vectors; v++)
    {
      even[v] = ((const Vector *) sums)[v];
      odd[v] = (Vector) { 0.0f };
    }

  for (; k + step <= list.n; k += step)
    {
      const Vector *row = base + MLP_ENTRY_PLACE (list.entries[k]) * n_vectors;
      const float x = levels[MLP_ENTRY_BYTE (list.entries[k])];

#pragma GCC unroll 8
      for (gsize v = 0; v < n_vectors; v++)
        even[v] += x * row[v];

      if (step == 2)
        {
          const Vector *other = base + MLP_ENTRY_PLACE (list.entries[k + 1]) * n_vectors;
          const float y = levels[MLP_ENTRY_BYTE (list.entries[k + 1])];

#pragma GCC unroll 8
          for (gsize v = 0; v < n_vectors; v++)
            odd[v] += y * other[v];
        }
    }

  if (k < list.n)
    {
      const Vector *row = base + MLP_ENTRY_PLACE (list.entries[k]) * n_vectors;
      const float x = levels[MLP_ENTRY_BYTE (list.entries[k])];

#pragma GCC unroll 8
      for (gsize v = 0; v < n_vectors; v++)
        even[v] += x * row[v];
    }

#pragma GCC unroll 8
  for (gsize v = 0; v < n_vectors; v++)
    ((Vector *) sums)[v] = even[v] + odd[v];
}

/* rows[place_k] ← rows[place_k] − x_k d */
static inline __attribute__ ((always_inline)) void
subtract_rows (MlpList      list,
               const float *levels,
               float       *rows,
               const gsize  n_vectors,
               const float *delta)
{
  Vector d[PANEL_UNITS / LANES];

#pragma GCC unroll 8
  for (gsize v = 0; v < n_vectors; v++)
    d[v] = ((const Vector *) delta)[v];

  for (gsize k = 0; k < list.n; k++)
    {
      Vector *row = (Vector *) rows + MLP_ENTRY_PLACE (list.entries[k]) * n_vectors;
      const float x = levels[MLP_ENTRY_BYTE (list.entries[k])];

#pragma GCC unroll 8
      for (gsize v = 0; v < n_vectors; v++)
        row[v] -= x * d[v];
    }
}

/* The same code for every width of a row, with its number of vectors known. */
#define FOR_EACH_WIDTH(n_vectors, call)               \
  switch (n_vectors)                                  \
    {                                                 \
    case 1: call (1); break;                          \
    case 2: call (2); break;                          \
    case 3: call (3); break;                          \
    case 4: call (4); break;                          \
    case 5: call (5); break;                          \
    case 6: call (6); break;                          \
    case 7: call (7); break;                          \
    case 8: call (8); break;                          \
    default: g_assert_not_reached ();                 \
    }

MLP_VECTOR_CLONES static void
forward_panel (const MlpSparse *sparse,
               const float     *panel,
               gsize            n_vectors,
               gsize            n_units,
               const float     *biases,
               gsize            begin,
               gsize            end,
               float           *A)
{
  const float *levels = mlp_lists_peek_levels (sparse->lists);
  float sums[PANEL_UNITS] __attribute__ ((aligned (ALIGNMENT))) = { 0.0f };

  for (gsize s = begin; s < end; s++)
    {
      const MlpList list = mlp_lists_get (sparse->lists, sparse->items[s]);

      if (s + AHEAD < sparse->n_known)
        mlp_lists_prefetch (sparse->lists, sparse->items[s + AHEAD]);

      memcpy (sums, biases, n_units * sizeof *sums);
#define CALL(n) sum_rows (list, levels, panel, n, sums)
      FOR_EACH_WIDTH (n_vectors, CALL)
#undef CALL
      memcpy (A + (s - begin) * sparse->n_units, sums, n_units * sizeof *sums);
    }
}

void
mlp_sparse_forward (const MlpSparse *sparse,
                    const float     *biases,
                    gsize            begin,
                    gsize            end,
                    float           *A)
{
  for (gsize p = 0; p < sparse->n_panels; p++)
    forward_panel (sparse, mlp_sparse_get_panel (sparse, p), mlp_sparse_get_row (sparse, p) / LANES,
                   mlp_sparse_get_n_units (sparse, p), biases + p * PANEL_UNITS, begin, end,
                   A + p * PANEL_UNITS);
}

/* The deltas of the panel's units, a row for each column of the batch. */
static const float *
gather_deltas (MlpSparse   *sparse,
               gsize        p,
               guint        thread,
               const float *D,
               float        factor)
{
  const gsize n = mlp_sparse_get_n_units (sparse, p);
  const gsize row = mlp_sparse_get_row (sparse, p);
  float *deltas = sparse->deltas + thread * PANEL_UNITS * sparse->max_batch;

  for (gsize s = 0; s < sparse->B; s++)
    {
      const float *d = D + s * sparse->n_units + p * PANEL_UNITS;

      for (gsize u = 0; u < n; u++)
        deltas[s * row + u] = factor * d[u];
      for (gsize u = n; u < row; u++)
        deltas[s * row + u] = 0.0f;
    }

  return deltas;
}

MLP_VECTOR_CLONES static void
sum_deltas (const MlpSparse *sparse,
            const float     *deltas,
            gsize            n_vectors,
            float           *g)
{
  const float *levels = mlp_lists_peek_levels (sparse->lists);

  for (gsize i = 0; i < sparse->n_inputs; i++)
    {
      const gsize begin = i * sparse->max_batch;
      const MlpList list = { sparse->columns + begin, sparse->lengths[i] };
      float *sums = g + i * n_vectors * LANES;

      memset (sums, 0, n_vectors * sizeof (Vector));
#define CALL(n) sum_rows (list, levels, deltas, n, sums)
      FOR_EACH_WIDTH (n_vectors, CALL)
#undef CALL
    }
}

void
mlp_sparse_gradient (MlpSparse   *sparse,
                     gsize        p,
                     guint        thread,
                     const float *D,
                     float        factor,
                     float       *g)
{
  sum_deltas (sparse, gather_deltas (sparse, p, thread, D, factor),
              mlp_sparse_get_row (sparse, p) / LANES, g);
}

MLP_VECTOR_CLONES static void
descend_panel (const MlpSparse *sparse,
               const float     *deltas,
               gsize            n_vectors,
               float           *panel)
{
  const float *levels = mlp_lists_peek_levels (sparse->lists);

  for (gsize s = 0; s < sparse->B; s++)
    {
      const MlpList list = mlp_lists_get (sparse->lists, sparse->items[s]);
      const float *delta = deltas + s * n_vectors * LANES;

#define CALL(n) subtract_rows (list, levels, panel, n, delta)
      FOR_EACH_WIDTH (n_vectors, CALL)
#undef CALL
    }
}

void
mlp_sparse_descend (MlpSparse   *sparse,
                    gsize        p,
                    guint        thread,
                    const float *D,
                    float        factor)
{
  descend_panel (sparse, gather_deltas (sparse, p, thread, D, factor),
                 mlp_sparse_get_row (sparse, p) / LANES, mlp_sparse_get_panel (sparse, p));
}
