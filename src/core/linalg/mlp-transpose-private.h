/* mlp-transpose-private.h: matrix transposition.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef float MlpEight __attribute__ ((vector_size (32), aligned (4), may_alias));
typedef int MlpEightPlaces __attribute__ ((vector_size (32)));

/* Of the sixteen numbers of a and b those at eight places. */
#ifdef __clang__
#define MLP_PICK(a, b, ...) __builtin_shufflevector ((a), (b), __VA_ARGS__)
#else
#define MLP_PICK(a, b, ...) __builtin_shuffle ((a), (b), (MlpEightPlaces) { __VA_ARGS__ })
#endif

/* Eight columns that begin at x[0] … x[7] become eight rows of @row floats. */
static inline __attribute__ ((always_inline)) void
mlp_transpose_eight (const float *const *x,
                     gsize               offset,
                     float              *to,
                     gsize               row)
{
  MlpEight a[8];
  MlpEight b[8];

#pragma GCC unroll 8
  for (gsize i = 0; i < 8; i++)
    a[i] = *(const MlpEight *) (x[i] + offset);

#pragma GCC unroll 4
  for (gsize i = 0; i < 8; i += 2)
    {
      b[i] = MLP_PICK (a[i], a[i + 1], 0, 8, 1, 9, 4, 12, 5, 13);
      b[i + 1] = MLP_PICK (a[i], a[i + 1], 2, 10, 3, 11, 6, 14, 7, 15);
    }

#pragma GCC unroll 2
  for (gsize i = 0; i < 8; i += 4)
    {
      a[i] = MLP_PICK (b[i], b[i + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      a[i + 1] = MLP_PICK (b[i], b[i + 2], 2, 3, 10, 11, 6, 7, 14, 15);
      a[i + 2] = MLP_PICK (b[i + 1], b[i + 3], 0, 1, 8, 9, 4, 5, 12, 13);
      a[i + 3] = MLP_PICK (b[i + 1], b[i + 3], 2, 3, 10, 11, 6, 7, 14, 15);
    }

#pragma GCC unroll 4
  for (gsize i = 0; i < 4; i++)
    {
      *(MlpEight *) (to + i * row) = MLP_PICK (a[i], a[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
      *(MlpEight *) (to + (i + 4) * row) = MLP_PICK (a[i], a[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
    }
}

/* B = Aᵀ; A is m × n of @lda, B is n × m of @ldb. */
void mlp_transpose (gsize        m,
                    gsize        n,
                    const float *A,
                    gsize        lda,
                    float       *B,
                    gsize        ldb);

G_END_DECLS
