/* mlp-sparse-kernel-private.h: sums of rows with vectors of LANES floats.
 *
 * Included by mlp-sparse.c once for each kind of processor, with these defined:
 * NAME (x), what x is called for it; LANES. Whatever they are, the sums are in the
 * same order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

typedef float NAME (Vector) __attribute__ ((vector_size (LANES * sizeof (float)), may_alias));

#define VECTORS_PER_STEP (ROW_STEP / LANES)
#define MAX_VECTORS (PANEL_UNITS / LANES)

INLINE NAME (Vector) *
NAME (get_row) (const float *rows,
                MlpEntry     entry,
                const gsize  n_vectors)
{
  const float *row = rows + MLP_ENTRY_PLACE (entry) * (n_vectors * LANES);

  /* Otherwise GCC works out an address for each vector. */
  __asm__ ("" : "+r" (row));

  return (NAME (Vector) *) row;
}

/* sums ← sums + Σ x_k rows[place_k], for rows of @n_vectors. In short rows two
 * sums of every other term are added at the end: each addition waits for the one
 * before it. */
INLINE void
NAME (sum_rows) (MlpList      list,
                 const float *levels,
                 const float *rows,
                 const gsize  n_vectors,
                 float       *sums)
{
  NAME (Vector) even[MAX_VECTORS];
  NAME (Vector) odd[MAX_VECTORS];
  const gsize step = n_vectors <= 2 * VECTORS_PER_STEP ? 2 : 1;
  gsize k = 0;

#pragma GCC unroll 16
  for (gsize v = 0; v < n_vectors; v++)
    {
      even[v] = ((const NAME (Vector) *) sums)[v];
      odd[v] = (NAME (Vector)) { 0.0f };
    }

  for (; k + step <= list.n; k += step)
    {
      const NAME (Vector) *row = NAME (get_row) (rows, list.entries[k], n_vectors);
      const float x = levels[MLP_ENTRY_BYTE (list.entries[k])];

#pragma GCC unroll 16
      for (gsize v = 0; v < n_vectors; v++)
        even[v] += x * row[v];

      if (step == 2)
        {
          const NAME (Vector) *other = NAME (get_row) (rows, list.entries[k + 1], n_vectors);
          const float y = levels[MLP_ENTRY_BYTE (list.entries[k + 1])];

#pragma GCC unroll 16
          for (gsize v = 0; v < n_vectors; v++)
            odd[v] += y * other[v];
        }
    }

  if (k < list.n)
    {
      const NAME (Vector) *row = NAME (get_row) (rows, list.entries[k], n_vectors);
      const float x = levels[MLP_ENTRY_BYTE (list.entries[k])];

#pragma GCC unroll 16
      for (gsize v = 0; v < n_vectors; v++)
        even[v] += x * row[v];
    }

#pragma GCC unroll 16
  for (gsize v = 0; v < n_vectors; v++)
    ((NAME (Vector) *) sums)[v] = even[v] + odd[v];
}

/* rows[place_k] ← rows[place_k] − x_k d */
INLINE void
NAME (subtract_rows) (MlpList      list,
                      const float *levels,
                      float       *rows,
                      const gsize  n_vectors,
                      const float *delta)
{
  NAME (Vector) d[MAX_VECTORS];

#pragma GCC unroll 16
  for (gsize v = 0; v < n_vectors; v++)
    d[v] = ((const NAME (Vector) *) delta)[v];

  for (gsize k = 0; k < list.n; k++)
    {
      NAME (Vector) *row = NAME (get_row) (rows, list.entries[k], n_vectors);
      const float x = levels[MLP_ENTRY_BYTE (list.entries[k])];

#pragma GCC unroll 16
      for (gsize v = 0; v < n_vectors; v++)
        row[v] -= x * d[v];
    }
}

/* The same code for every length of a row, with its number of vectors known. */
#define FOR_EACH_ROW(row, call)                       \
  switch ((row) / ROW_STEP)                           \
    {                                                 \
    case 1: call (1 * VECTORS_PER_STEP); break;       \
    case 2: call (2 * VECTORS_PER_STEP); break;       \
    case 3: call (3 * VECTORS_PER_STEP); break;       \
    case 4: call (4 * VECTORS_PER_STEP); break;       \
    default: g_assert_not_reached ();                 \
    }

/* sum_rows() for whole panels, of the entries up to the input @limit: @entries goes
 * on to those beyond. */
INLINE void
NAME (sum_part) (const MlpEntry **entries,
                 const MlpEntry  *end,
                 gsize            limit,
                 const float     *levels,
                 const float     *rows,
                 float           *sums)
{
  NAME (Vector) sum[MAX_VECTORS];
  const MlpEntry *e = *entries;

#pragma GCC unroll 16
  for (gsize v = 0; v < MAX_VECTORS; v++)
    sum[v] = ((const NAME (Vector) *) sums)[v];

  for (; e < end && MLP_ENTRY_PLACE (*e) < limit; e++)
    {
      const NAME (Vector) *row = NAME (get_row) (rows, *e, MAX_VECTORS);
      const float x = levels[MLP_ENTRY_BYTE (*e)];

#pragma GCC unroll 16
      for (gsize v = 0; v < MAX_VECTORS; v++)
        sum[v] += x * row[v];
    }

#pragma GCC unroll 16
  for (gsize v = 0; v < MAX_VECTORS; v++)
    ((NAME (Vector) *) sums)[v] = sum[v];

  *entries = e;
}

static void
NAME (forward_whole) (const MlpSparse *sparse,
                      const float     *panel,
                      const float     *biases,
                      gsize            begin,
                      gsize            end,
                      float           *A)
{
  const float *levels = mlp_sparse_input_peek_levels (sparse->sparse_input);
  float sums[GROUP * PANEL_UNITS] __attribute__ ((aligned (ALIGNMENT)));
  const MlpEntry *entries[GROUP];
  const MlpEntry *ends[GROUP];

  for (gsize first = begin; first < end; first += GROUP)
    {
      const gsize n = MIN (GROUP, end - first);

      for (gsize s = 0; s < n; s++)
        {
          const MlpList list = mlp_sparse_input_get (sparse->sparse_input, sparse->items[first + s]);

          entries[s] = list.entries;
          ends[s] = list.entries + list.n;
          memcpy (sums + s * PANEL_UNITS, biases, PANEL_UNITS * sizeof *sums);

          if (first + s + GROUP_AHEAD < sparse->n_known)
            mlp_sparse_input_prefetch (sparse->sparse_input, sparse->items[first + s + GROUP_AHEAD]);
        }

      for (gsize limit = PART; limit < sparse->n_inputs + PART; limit += PART)
        {
          for (gsize s = 0; s < n; s++)
            NAME (sum_part) (&entries[s], ends[s], limit, levels, panel, sums + s * PANEL_UNITS);
        }

      for (gsize s = 0; s < n; s++)
        memcpy (A + (first - begin + s) * sparse->n_units, sums + s * PANEL_UNITS, PANEL_UNITS * sizeof *sums);
    }
}

static void
NAME (forward) (const MlpSparse *sparse,
                const float     *panel,
                gsize            row,
                gsize            n_units,
                const float     *biases,
                gsize            begin,
                gsize            end,
                float           *A)
{
  const float *levels = mlp_sparse_input_peek_levels (sparse->sparse_input);
  float sums[PANEL_UNITS] __attribute__ ((aligned (ALIGNMENT))) = { 0.0f };

  if (n_units == PANEL_UNITS)
    {
      NAME (forward_whole) (sparse, panel, biases, begin, end, A);
      return;
    }

  for (gsize s = begin; s < end; s++)
    {
      const MlpList list = mlp_sparse_input_get (sparse->sparse_input, sparse->items[s]);

      if (s + AHEAD < sparse->n_known)
        mlp_sparse_input_prefetch (sparse->sparse_input, sparse->items[s + AHEAD]);

      memcpy (sums, biases, n_units * sizeof *sums);
#define CALL(n) NAME (sum_rows) (list, levels, panel, n, sums)
      FOR_EACH_ROW (row, CALL)
#undef CALL
      memcpy (A + (s - begin) * sparse->n_units, sums, n_units * sizeof *sums);
    }
}

static void
NAME (sum_deltas) (const MlpSparse *sparse,
                   const float     *deltas,
                   gsize            row,
                   float           *g)
{
  const float *levels = mlp_sparse_input_peek_levels (sparse->sparse_input);

  for (gsize i = 0; i < sparse->n_inputs; i++)
    {
      const gsize begin = i * sparse->max_batch;
      const MlpList list = { sparse->columns + begin, sparse->lengths[i] };
      float *sums = g + i * row;

      memset (sums, 0, row * sizeof *sums);
#define CALL(n) NAME (sum_rows) (list, levels, deltas, n, sums)
      FOR_EACH_ROW (row, CALL)
#undef CALL
    }
}

static void
NAME (descend) (const MlpSparse *sparse,
                const float     *deltas,
                gsize            row,
                float           *panel)
{
  const float *levels = mlp_sparse_input_peek_levels (sparse->sparse_input);

  for (gsize s = 0; s < sparse->B; s++)
    {
      const MlpList list = mlp_sparse_input_get (sparse->sparse_input, sparse->items[s]);
      const float *delta = deltas + s * row;

#define CALL(n) NAME (subtract_rows) (list, levels, panel, n, delta)
      FOR_EACH_ROW (row, CALL)
#undef CALL
    }
}

static const Kernel NAME (kernel) = { NAME (forward), NAME (sum_deltas), NAME (descend) };

#undef VECTORS_PER_STEP
#undef MAX_VECTORS
#undef FOR_EACH_ROW
