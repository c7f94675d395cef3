/* mlp-gemm.c: the matrix products of our own.
 *
 * As Goto and van de Geijn (2008) do it. A and B are cut into slices of at most
 * KC of the k they are summed over. Of a slice, up to COLUMNS columns of B and ROWS
 * rows of A are packed in the order in which the kernel reads them; the kernel
 * keeps a tile of C in registers and adds k products to each of its elements. Every
 * element of C is a sum in the order of k, whatever m and n are: the bits do not
 * depend on how a batch is cut up.
 *
 * The kernel is compiled for AVX-512, for AVX2 with FMA, and for any machine.
 * The packing buffers are on the stack, 272 KiB of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/linalg/mlp-gemm.h"
#include "core/linalg/mlp-transpose-private.h"
#include "core/linalg/mlp-vector.h"

#define KC 256
#define ROWS 128
#define COLUMNS 144
#define ALIGNMENT 64

/* The largest tile of the three: rows, and columns. */
#define MAX_MR 32

/* What lies past the end of a packed panel may be written, never read. */
#define SLACK 8

/* How a matrix is packed: Aᵀ and B are contiguous along k, A and Bᵀ across it. */
typedef struct
{
  const float *x;
  gsize        ld;
  gboolean     along_k;
} Operand;

typedef struct
{
  gsize    m;
  gsize    n;
  gsize    k;
  float    alpha;
  gboolean adds;       /* β is 1, not 0 */
  Operand  A;
  Operand  B;
  float   *C;
} Product;

#define INLINE static inline __attribute__ ((always_inline))

/* Packs @n rows of a panel of @row, from @first on, and k from @begin on: to is
 * @k rows of @row. Where the matrix ends, its last row is repeated, or what is
 * there stays: those sums are not kept. The transposed squares stick out over
 * the end of a row, into the next one, so that they go in ascending order. */
INLINE void
pack_panel (const Operand *o,
            gsize          first,
            gsize          n,
            gsize          begin,
            gsize          k,
            gsize          row,
            float         *to)
{
  const float *x[MAX_MR];
  gsize kk = 0;

  if (!o->along_k)
    {
      /* Copies of a known length are a few instructions; they may go on into the
       * columns that follow. */
      const gsize n_followed = k - MIN (k, (row - n + o->ld - 1) / o->ld);

      for (; kk < n_followed; kk++)
        memcpy (to + kk * row, o->x + (begin + kk) * o->ld + first, row * sizeof (float));

      for (; kk < k; kk++)
        {
          for (gsize i = 0; i < n; i++)
            to[kk * row + i] = o->x[(begin + kk) * o->ld + first + i];
        }

      return;
    }

  for (gsize i = 0; i < row; i++)
    x[i] = o->x + (first + MIN (i, n - 1)) * o->ld + begin;

  for (; kk + 8 <= k; kk += 8)
    {
      for (gsize i = 0; i + 8 <= row && i < n; i += 8)
        mlp_transpose_eight (x + i, kk, to + kk * row + i, row);

      for (gsize i = row / 8 * 8; i < n; i++)
        {
          for (gsize j = 0; j < 8; j++)
            to[(kk + j) * row + i] = x[i][kk + j];
        }
    }

  for (; kk < k; kk++)
    {
      for (gsize i = 0; i < n; i++)
        to[kk * row + i] = x[i][kk];
    }
}

/* Packs the panels of rows @first to @end. Across k the rows of all are copied
 * together: columns may be far from each other in memory. */
INLINE void
pack_panels (const Operand *o,
             gsize          first,
             gsize          end,
             gsize          begin,
             gsize          k,
             gsize          row,
             float         *to)
{
  const gsize n_full = o->along_k ? 0 : (end - first) / row;

  for (gsize kk = 0; kk < k && n_full > 0; kk++)
    {
      for (gsize p = 0; p < n_full; p++)
        memcpy (to + (p * k + kk) * row, o->x + (begin + kk) * o->ld + first + p * row,
                row * sizeof (float));
    }

  for (gsize i = first + n_full * row; i < end; i += row)
    pack_panel (o, i, MIN (row, end - i), begin, k, row, to + (i - first) * k);
}

#define NAME(x) x ## _any
#define LANES 4
#define TILE_COLUMNS 4
#include "core/linalg/mlp-gemm-product-private.h"
#undef NAME
#undef LANES
#undef TILE_COLUMNS

static void
product_any (const Product *p)
{
  run_any (p);
}

#ifdef MLP_VECTOR_KERNELS
#define NAME(x) x ## _avx2
#define LANES 8
#define TILE_COLUMNS 6
#include "core/linalg/mlp-gemm-product-private.h"
#undef NAME
#undef LANES
#undef TILE_COLUMNS

#define NAME(x) x ## _avx512
#define LANES 16
#define TILE_COLUMNS 8
#include "core/linalg/mlp-gemm-product-private.h"
#undef NAME
#undef LANES
#undef TILE_COLUMNS

__attribute__ ((target ("arch=x86-64-v3"))) static void
product_avx2 (const Product *p)
{
  run_avx2 (p);
}

__attribute__ ((target ("arch=x86-64-v4"))) static void
product_avx512 (const Product *p)
{
  run_avx512 (p);
}
#endif

static void (*product) (const Product *p) = product_any;

void
mlp_gemm_init (void)
{
#ifdef MLP_VECTOR_KERNELS
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      if (__builtin_cpu_supports ("x86-64-v4"))
        product = product_avx512;
      else if (__builtin_cpu_supports ("x86-64-v3"))
        product = product_avx2;

      g_once_init_leave (&done, 1);
    }
#endif
}

void
mlp_gemm_tn (gsize        m,
             gsize        n,
             gsize        k,
             const float *A,
             const float *B,
             float        beta,
             float       *C)
{
  product (&(Product) {
    m, n, k, 1.0f, beta != 0.0f, { A, k, TRUE }, { B, k, TRUE }, C
  });
}

void
mlp_gemm_nn (gsize        m,
             gsize        n,
             gsize        k,
             const float *A,
             const float *B,
             float        beta,
             float       *C)
{
  product (&(Product) {
    m, n, k, 1.0f, beta != 0.0f, { A, m, FALSE }, { B, k, TRUE }, C
  });
}

void
mlp_gemm_nt (gsize        m,
             gsize        n,
             gsize        k,
             float        alpha,
             const float *A,
             const float *B,
             gsize        ldb,
             float       *C)
{
  product (&(Product) {
    m, n, k, alpha, FALSE, { A, m, FALSE }, { B, ldb, FALSE }, C
  });
}
