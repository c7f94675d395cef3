/* mlp-gemv.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/mlp-gemv.h"
#include "core/mlp-vector-private.h"

#define LANES 16

/* Columns that share what is read of x, and keep the adders busy. */
#define COLUMNS 4

typedef float Lanes __attribute__ ((vector_size (LANES *sizeof (float)), aligned (4), may_alias));

typedef float Quarter __attribute__ ((vector_size (LANES), aligned (4), may_alias));

/* Numbers of x that are looked at together: their blocks' places are on the
 * stack. */
#define SLICE 4096

/* By halves, so that no addition waits for all the others. */
static inline __attribute__ ((always_inline)) float
sum_lanes (const Lanes *lanes)
{
  const Quarter *x = (const Quarter *) lanes;
  const Quarter sum = (x[0] + x[1]) + (x[2] + x[3]);

  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/* Where the blocks of LANES numbers begin that are not all zero. */
static inline __attribute__ ((always_inline)) gsize
find_blocks (const float *x,
             gsize        n,
             guint32     *blocks)
{
  gsize n_blocks = 0;

  for (gsize j = 0; j + LANES <= n; j += LANES)
    {
      guint32 bits = 0;

      for (gsize i = 0; i < LANES; i++)
        {
          guint32 number;

          memcpy (&number, x + j + i, sizeof number);
          bits |= number;
        }

      blocks[n_blocks] = (guint32) j;
      n_blocks += bits << 1 != 0;    /* without the sign: −0 is zero, too */
    }

  return n_blocks;
}

/* The same for up to SLICE rows of A, which has @k. */
static inline __attribute__ ((always_inline)) void
multiply_slice (gsize        m,
                gsize        k,
                gsize        n_rows,
                const float *A,
                const float *x,
                float       *y)
{
  const gsize whole = n_rows / LANES * LANES;
  guint32 blocks[SLICE / LANES];
  const gsize n_blocks = find_blocks (x, n_rows, blocks);

  for (gsize i = 0; i < m; i += COLUMNS)
    {
      const gsize n = MIN (COLUMNS, m - i);
      const float *a[COLUMNS];
      Lanes sums[COLUMNS] = { { 0.0f } };

      /* Past the end the last column is read again, and not kept. */
      for (gsize c = 0; c < COLUMNS; c++)
        a[c] = A + MIN (i + c, m - 1) * k;

      for (gsize b = 0; b < n_blocks; b++)
        {
          const gsize j = blocks[b];
          const Lanes v = *(const Lanes *) (x + j);

#pragma GCC unroll 8
          for (gsize c = 0; c < COLUMNS; c++)
            sums[c] += *(const Lanes *) (a[c] + j) * v;
        }

      for (gsize c = 0; c < n; c++)
        {
          float sum = sum_lanes (&sums[c]);

          for (gsize j = whole; j < n_rows; j++)
            sum += a[c][j] * x[j];
          y[i + c] += sum;
        }
    }
}

MLP_VECTOR_CLONES
void
mlp_gemv_t (gsize        m,
            gsize        k,
            const float *A,
            const float *x,
            float       *y)
{
  for (gsize begin = 0; begin < k; begin += SLICE)
    multiply_slice (m, k, MIN (SLICE, k - begin), A + begin, x + begin, y);
}
