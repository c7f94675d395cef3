/* bench-gemm.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bench-gemm.h"

#include <cblas.h>

#include "core/linalg/mlp-gemm.h"
#include "core/mlp-workers.h"

#define TRIAL 0.03
#define SECONDS 0.2

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

/* Operations a second, on average over so many seconds. */
static double
run (MlpWorkers    *workers,
     const Product *product,
     double         seconds)
{
  const guint n_threads = mlp_workers_get_n_threads (workers);
  const double n = (double) product->n;
  const gint64 begin = g_get_monotonic_time ();
  double elapsed;
  guint count = 0;

  do
    {
      mlp_workers_run (workers, n_threads, multiply, (gpointer) product);
      count++;
      elapsed = (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
    }
  while (elapsed < seconds);

  return 2.0 * n * n * n * n_threads * count / elapsed;
}

double
bench_gemm (guint n_threads)
{
  /* No multiples of 4 KiB: columns would share cache lines. */
  static const gsize sizes[] = { 752, 1520 };
  const gsize largest = sizes[G_N_ELEMENTS (sizes) - 1];
  const gsize n_floats = 3 * largest * largest * n_threads;
  g_autoptr(MlpWorkers) workers = mlp_workers_new (n_threads);
  g_autofree float *matrices = g_new (float, n_floats);
  Product best = { 0 };
  double best_rate = 0.0;

  mlp_gemm_init ();
#ifdef OPENBLAS_VERSION
  openblas_set_num_threads (1);
#endif
  for (gsize i = 0; i < n_floats; i++)
    matrices[i] = (float) (i % 127) / 127.0f;

  for (gsize i = 0; i < 2 * G_N_ELEMENTS (sizes); i++)
    {
      const Product product = { sizes[i / 2], i % 2 == 0, matrices };
      const double rate = run (workers, &product, TRIAL);

      if (rate > best_rate)
        {
          best_rate = rate;
          best = product;
        }
    }

  return run (workers, &best, SECONDS);
}
