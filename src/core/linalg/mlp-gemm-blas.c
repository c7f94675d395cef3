/* mlp-gemm-blas.c: the matrix products of a BLAS, where the build says so.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <cblas.h>

#include "core/linalg/mlp-gemm.h"

void
mlp_gemm_init (void)
{
#ifdef OPENBLAS_VERSION
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      openblas_set_num_threads (1);
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
  cblas_sgemm (CblasColMajor, CblasTrans, CblasNoTrans, (int) m, (int) n, (int) k,
               1.0f, A, (int) k, B, (int) k, beta, C, (int) m);
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
  cblas_sgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, (int) m, (int) n, (int) k,
               1.0f, A, (int) m, B, (int) k, beta, C, (int) m);
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
  cblas_sgemm (CblasColMajor, CblasNoTrans, CblasTrans, (int) m, (int) n, (int) k,
               alpha, A, (int) m, B, (int) ldb, 0.0f, C, (int) m);
}
