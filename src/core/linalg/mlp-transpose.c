/* mlp-transpose.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "core/linalg/mlp-transpose-private.h"
#include "core/linalg/mlp-vector.h"

/* A cache line, so that each is read and written once. */
#define LINE 16

static inline __attribute__ ((always_inline)) void
transpose_piece (gsize        m,
                 gsize        n,
                 const float *A,
                 gsize        lda,
                 float       *B,
                 gsize        ldb)
{
  for (gsize j = 0; j < n; j++)
    {
      for (gsize i = 0; i < m; i++)
        B[i * ldb + j] = A[j * lda + i];
    }
}

MLP_VECTOR_CLONES
void
mlp_transpose (gsize        m,
               gsize        n,
               const float *A,
               gsize        lda,
               float       *B,
               gsize        ldb)
{
  gsize i = 0;

  for (; i + LINE <= m; i += LINE)
    {
      gsize j = 0;

      for (; j + 8 <= n; j += 8)
        {
          const float *x[8];

          for (gsize k = 0; k < 8; k++)
            x[k] = A + (j + k) * lda + i;

          for (gsize k = 0; k < LINE; k += 8)
            mlp_transpose_eight (x, k, B + (i + k) * ldb + j, ldb);
        }

      transpose_piece (LINE, n - j, A + j * lda + i, lda, B + i * ldb + j, ldb);
    }

  transpose_piece (m - i, n, A + i, lda, B + i * ldb, ldb);
}
