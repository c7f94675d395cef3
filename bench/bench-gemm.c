/* bench-gemm.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bench-gemm.h"

#include <cblas.h>

#include "core/mlp-gemm.h"
#include "core/mlp-workers.h"

#define SECONDS_EACH 0.05

typedef struct
{
  gsize    n;
  gboolean blas;      /* by the BLAS itself */
  float   *matrices;  /* three of each thread, the result last */
} Product;

static void
multiply (guint    item,
          guint    thread,
          gpointer user_data)
{
  const Product *product = user_data;
  const gsize n = product->n;
  float *A = product->matrices + 3 * n * n * item;
  float *B = A + n * n;
  float *C = B + n * n;

  if (product->blas)
    cblas_sgemm (CblasColMajor, CblasNoTrans, CblasNoTrans, (int) n, (int) n, (int) n,
                 1.0f, A, (int) n, B, (int) n, 0.0f, C, (int) n);
  else
    mlp_gemm_nn (n, n, n, A, B, 0.0f, C);
}

double
bench_gemm_peak (guint n_threads)
{
  /* No multiples of 4 KiB: columns would share cache lines. */
  static const gsize sizes[] = { 752, 1520 };
  const gsize largest = sizes[G_N_ELEMENTS (sizes) - 1];
  const gsize n_floats = 3 * largest * largest * n_threads;
  g_autoptr(MlpWorkers) workers = mlp_workers_new (n_threads);
  g_autofree float *matrices = g_new (float, n_floats);
  double peak = 0.0;

  mlp_gemm_init ();
  for (gsize i = 0; i < n_floats; i++)
    matrices[i] = (float) (i % 127) / 127.0f;

  for (gsize i = 0; i < 2 * G_N_ELEMENTS (sizes); i++)
    {
      Product product = { sizes[i / 2], i % 2 == 0, matrices };
      const double n = (double) product.n;
      const gint64 start = g_get_monotonic_time ();
      gint64 begin, end;

      do
        {
          begin = g_get_monotonic_time ();
          mlp_workers_run (workers, n_threads, multiply, &product);
          end = g_get_monotonic_time ();
          peak = MAX (peak, 2.0 * n * n * n * n_threads * G_USEC_PER_SEC / (double) (end - begin));
        }
      while ((double) (end - start) < SECONDS_EACH * G_USEC_PER_SEC);
    }

  return peak;
}
