/* mlp-sparse.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/linalg/mlp-memory-private.h"
#include "core/linalg/mlp-transpose-private.h"
#include "core/linalg/mlp-vector.h"
#include "core/net/mlp-samples-private.h"
#include "core/net/mlp-sparse-input-private.h"
#include "core/net/mlp-sparse-private.h"

#define ALIGNMENT 64

#define PANEL_UNITS 64

/* Rows are a multiple of a cache line, in floats. */
#define ROW_STEP 16

/* Larger batches are no case for lists: their columns would need a wider type,
 * and the memory. */
#define MAX_BATCH 2048

/* The samples of a run are in no order: the list of the one so many further on
 * is fetched from memory while this one is summed. */
#define AHEAD 8

/* The rows of 64 units do not fit the level 1 cache: so many inputs' rows do, and
 * a group of samples passes these before the next ones. Its sums are there, too. */
#define PART 112
#define GROUP 32
#define GROUP_AHEAD 64

#define INLINE static inline __attribute__ ((always_inline))

/* What is written once for each kind of processor, on panels or rows of deltas
 * of @row floats. */
typedef struct
{
  void (*forward)(const MlpSparse *sparse,
                  const float     *panel,
                  gsize            row,
                  gsize            n_units,
                  const float     *biases,
                  gsize            begin,
                  gsize            end,
                  float           *A);
  void (*sum_deltas)(const MlpSparse *sparse,
                     const float     *deltas,
                     gsize            row,
                     float           *g);
  void (*descend)(const MlpSparse *sparse,
                  const float     *deltas,
                  gsize            row,
                  float           *panel);
} Kernel;

struct _MlpSparse
{
  const Kernel         *kernel;
  const MlpSparseInput *samples;          /* their lists */
  gsize                 n_inputs;
  gsize                 n_units;
  gsize                 n_panels;
  gsize                 max_batch;
  float                *panels;           /* of PANEL_UNITS × n_inputs floats, the last maybe smaller */
  float                *deltas;           /* of each thread: max_batch rows of a panel's units */

  guint32              *count;            /* 0, 1, 2 … max_batch − 1 */

  /* The running batch. */
  const MlpSparseInput *sparse_input;     /* the samples', or others */
  const guint32        *items;
  gsize                 B;

  gsize                 n_known;          /* items, later ones of the run included */

  /* Its lists of each input: the columns that have it. Each has max_batch places,
   * which saves counting them first. */
  guint32  *lengths;           /* n_inputs */
  MlpEntry *columns;      /* max_batch × n_inputs */
};

#define NAME(x) x ## _any
#define LANES 4
#include "core/linalg/mlp-sparse-kernel-private.h"
#undef NAME
#undef LANES

#ifdef MLP_VECTOR_KERNELS
#pragma GCC push_options
#pragma GCC target ("arch=x86-64-v3")
#define NAME(x) x ## _avx2
#define LANES 8
#include "core/linalg/mlp-sparse-kernel-private.h"
#undef NAME
#undef LANES
#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target ("arch=x86-64-v4")
#define NAME(x) x ## _avx512
#define LANES 16
#include "core/linalg/mlp-sparse-kernel-private.h"
#undef NAME
#undef LANES
#pragma GCC pop_options
#endif

static const Kernel *
choose_kernel (void)
{
#ifdef MLP_VECTOR_KERNELS
  if (__builtin_cpu_supports ("x86-64-v4"))
    return &kernel_avx512;
  if (__builtin_cpu_supports ("x86-64-v3"))
    return &kernel_avx2;
#endif

  return &kernel_any;
}

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
  sparse->kernel = choose_kernel ();
  sparse->n_inputs = mlp_net_get_width (net, 0);
  sparse->n_units = mlp_net_get_width (net, 1);
  sparse->n_panels = (sparse->n_units + PANEL_UNITS - 1) / PANEL_UNITS;
  sparse->max_batch = max_batch;
  sparse->samples = mlp_samples_peek_sparse_input (samples);
  if (sparse->samples == NULL)
    return NULL;

  n_entries = max_batch * sparse->n_inputs;
  sparse->panels = mlp_memory_new0 (sparse->n_panels * PANEL_UNITS * sparse->n_inputs);
  sparse->deltas = mlp_memory_new (n_threads * PANEL_UNITS * max_batch);
  sparse->lengths = g_try_new (guint32, sparse->n_inputs);
  sparse->columns = g_try_new (MlpEntry, n_entries);
  sparse->count = g_try_new (guint32, max_batch);

  if (sparse->panels == NULL || sparse->deltas == NULL || sparse->lengths == NULL ||
      sparse->columns == NULL || sparse->count == NULL)
    return NULL;

  for (gsize s = 0; s < max_batch; s++)
    sparse->count[s] = (guint32) s;

  return g_steal_pointer (&sparse);
}

void
mlp_sparse_free (MlpSparse *sparse)
{
  if (sparse == NULL)
    return;

  free (sparse->panels);
  free (sparse->deltas);
  g_free (sparse->lengths);
  g_free (sparse->columns);
  g_free (sparse->count);
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
  return (mlp_sparse_get_n_units (sparse, p) + ROW_STEP - 1) / ROW_STEP * ROW_STEP;
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
    mlp_transpose (m, mlp_sparse_get_n_units (sparse, p),
                   mlp_net_peek_weights (net, 1) + p * PANEL_UNITS * m, m,
                   mlp_sparse_get_panel (sparse, p), mlp_sparse_get_row (sparse, p));
}

void
mlp_sparse_store (const MlpSparse *sparse,
                  MlpNet          *net)
{
  const gsize m = sparse->n_inputs;
  float *W = mlp_net_get_params (net) + mlp_net_get_weight_offset (net, 1);

  for (gsize p = 0; p < sparse->n_panels; p++)
    mlp_transpose (mlp_sparse_get_n_units (sparse, p), m, mlp_sparse_get_panel (sparse, p),
                   mlp_sparse_get_row (sparse, p), W + p * PANEL_UNITS * m, m);
}

void
mlp_sparse_set_batch (MlpSparse     *sparse,
                      const guint32 *items,
                      gsize          B,
                      gsize          n_known)
{
  g_return_if_fail (B <= n_known);

  sparse->sparse_input = sparse->samples;
  sparse->items = items;
  sparse->B = B;
  sparse->n_known = n_known;
}

void
mlp_sparse_set_batch_input (MlpSparse            *sparse,
                            const MlpSparseInput *sparse_input,
                            gsize                 B)
{
  g_return_if_fail (B <= sparse->max_batch);

  sparse->sparse_input = sparse_input;
  sparse->items = sparse->count;
  sparse->B = B;
  sparse->n_known = B;
}

void
mlp_sparse_sort_batch (MlpSparse *sparse)
{
  const gsize max_batch = sparse->max_batch;
  guint32 *lengths = sparse->lengths;

  g_return_if_fail (sparse->B <= max_batch);

  memset (lengths, 0, sparse->n_inputs * sizeof *lengths);

  for (gsize s = 0; s < sparse->B; s++)
    {
      const MlpList list = mlp_sparse_input_get (sparse->sparse_input, sparse->items[s]);

      for (gsize k = 0; k < list.n; k++)
        {
          const gsize i = MLP_ENTRY_PLACE (list.entries[k]);

          sparse->columns[i * max_batch + lengths[i]++] = MLP_ENTRY (s, MLP_ENTRY_BYTE (list.entries[k]));
        }
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
    sparse->kernel->forward (sparse, mlp_sparse_get_panel (sparse, p), mlp_sparse_get_row (sparse, p),
                             mlp_sparse_get_n_units (sparse, p), biases + p * PANEL_UNITS, begin, end,
                             A + p * PANEL_UNITS);
}

/* The deltas of the panel's units, a row for each column of the batch. */
MLP_VECTOR_CLONES static const float *
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

void
mlp_sparse_gradient (MlpSparse   *sparse,
                     gsize        p,
                     guint        thread,
                     const float *D,
                     float        factor,
                     float       *g)
{
  sparse->kernel->sum_deltas (sparse, gather_deltas (sparse, p, thread, D, factor),
                              mlp_sparse_get_row (sparse, p), g);
}

void
mlp_sparse_descend (MlpSparse   *sparse,
                    gsize        p,
                    guint        thread,
                    const float *D,
                    float        factor)
{
  sparse->kernel->descend (sparse, gather_deltas (sparse, p, thread, D, factor),
                           mlp_sparse_get_row (sparse, p), mlp_sparse_get_panel (sparse, p));
}
