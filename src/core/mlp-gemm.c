/* mlp-gemm.c: the matrix products of our own.
 *
 * As Goto and van de Geijn (2008) do it. A and B are cut into slices of at most
 * KC of the k they are summed over. Of a slice, up to COLUMNS columns of B
 * and ROWS rows of A are packed in the order in which the kernel reads them; the
 * kernel keeps a tile of C in registers and adds k products to each of its elements. Every element of C is a sum in the order of k, whatever
 * m and n are: the bits do not depend on how a batch is cut up.
 *
 * The kernel is compiled for AVX-512, for AVX2 with FMA, and for any machine.
 * The packing buffers are on the stack, 272 KiB of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/mlp-gemm.h"

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

typedef float Eight __attribute__ ((vector_size (32), aligned (4), may_alias));
typedef int Mask __attribute__ ((vector_size (32)));

#define INLINE static inline __attribute__ ((always_inline))

/* Eight columns that begin at x[0] … x[7] become eight rows of @row floats. */
INLINE void
transpose (const float *const *x,
           gsize               offset,
           float              *to,
           gsize               row)
{
  const Mask low = { 0, 8, 1, 9, 4, 12, 5, 13 };
  const Mask high = { 2, 10, 3, 11, 6, 14, 7, 15 };
  const Mask front = { 0, 1, 8, 9, 4, 5, 12, 13 };
  const Mask back = { 2, 3, 10, 11, 6, 7, 14, 15 };
  const Mask left = { 0, 1, 2, 3, 8, 9, 10, 11 };
  const Mask right = { 4, 5, 6, 7, 12, 13, 14, 15 };
  Eight a[8];
  Eight b[8];

#pragma GCC unroll 8
  for (gsize i = 0; i < 8; i++)
    a[i] = *(const Eight *) (x[i] + offset);

#pragma GCC unroll 4
  for (gsize i = 0; i < 8; i += 2)
    {
      b[i] = __builtin_shuffle (a[i], a[i + 1], low);
      b[i + 1] = __builtin_shuffle (a[i], a[i + 1], high);
    }

#pragma GCC unroll 2
  for (gsize i = 0; i < 8; i += 4)
    {
      a[i] = __builtin_shuffle (b[i], b[i + 2], front);
      a[i + 1] = __builtin_shuffle (b[i], b[i + 2], back);
      a[i + 2] = __builtin_shuffle (b[i + 1], b[i + 3], front);
      a[i + 3] = __builtin_shuffle (b[i + 1], b[i + 3], back);
    }

#pragma GCC unroll 4
  for (gsize i = 0; i < 4; i++)
    {
      *(Eight *) (to + i * row) = __builtin_shuffle (a[i], a[i + 4], left);
      *(Eight *) (to + (i + 4) * row) = __builtin_shuffle (a[i], a[i + 4], right);
    }
}

/* Packs @n rows of a panel of @row, from @first on, and k from @begin on: to is
 * @k rows of @row. Where the matrix ends, its last row is repeated, or what is
 * there stays: those sums are not kept. The transposed squares stick out over
 * the end of a row, into the next one, so that they go in ascending order. */
INLINE void
pack (const Operand *o,
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
      /* Copies of a known length are a few instructions. */
      if (n == row)
        {
          for (; kk < k; kk++)
            memcpy (to + kk * row, o->x + (begin + kk) * o->ld + first, row * sizeof (float));
        }

      for (; kk < k; kk++)
        {
          for (gsize i = 0; i < n; i++)
            to[kk * row + i] = o->x[(begin + kk) * o->ld + first + i];
        }

      return;
    }

  for (gsize i = 0; i < MAX_MR; i++)
    x[i] = o->x + (first + MIN (i, n - 1)) * o->ld + begin;

  for (; kk + 8 <= k; kk += 8)
    {
      for (gsize i = 0; i + 8 <= row; i += 8)
        transpose (x + i, kk, to + kk * row + i, row);

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
    pack (o, i, MIN (row, end - i), begin, k, row, to + (i - first) * k);
}

#define NAME(x) x ## _any
#define LANES 4
#define TILE_COLUMNS 4
#include "core/mlp-gemm-product-private.h"
#undef NAME
#undef LANES
#undef TILE_COLUMNS

static void
product_any (const Product *p)
{
  run_any (p);
}

#if defined (__x86_64__) && defined (__GNUC__) && !defined (__clang__)
#define NAME(x) x ## _avx2
#define LANES 8
#define TILE_COLUMNS 6
#include "core/mlp-gemm-product-private.h"
#undef NAME
#undef LANES
#undef TILE_COLUMNS

#define NAME(x) x ## _avx512
#define LANES 16
#define TILE_COLUMNS 8
#include "core/mlp-gemm-product-private.h"
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
#if defined (__x86_64__) && defined (__GNUC__) && !defined (__clang__)
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
