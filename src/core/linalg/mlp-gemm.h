/* mlp-gemm.h: the matrix products of a pass: our own, or those of a BLAS.
 *
 * Column-major; the leading dimension of each matrix is its number of rows.
 * Sizes were checked when the network was made and fit an int. A product runs
 * in the calling thread only: mlp_gemm_init() turns a BLAS's own threads off.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Once a process, before the first product, from any thread; the others do
 * nothing. */
void mlp_gemm_init (void);

/* C = Aᵀ B + β C;   A is k × m, B is k × n, C is m × n */
void mlp_gemm_tn   (gsize        m,
                    gsize        n,
                    gsize        k,
                    const float *A,
                    const float *B,
                    float        beta,
                    float       *C);

/* C = A B + β C;    A is m × k, B is k × n, C is m × n */
void mlp_gemm_nn   (gsize        m,
                    gsize        n,
                    gsize        k,
                    const float *A,
                    const float *B,
                    float        beta,
                    float       *C);

/* C = α A Bᵀ; A is m × k, B is n × k: n rows of a matrix of @ldb; C is m × n */
void mlp_gemm_nt   (gsize        m,
                    gsize        n,
                    gsize        k,
                    float        alpha,
                    const float *A,
                    const float *B,
                    gsize        ldb,
                    float       *C);

G_END_DECLS
