/* test-gemm.c: the matrix products against sums in double.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

/* Ours as it is written, to try the kernels of other processors, too. */
#ifdef GEMM_OWN
#include "core/linalg/mlp-gemm.c"
#else
#include "core/linalg/mlp-gemm.h"
#endif
#include "core/mlp-random.h"
#include "test-util.h"

#define GUARD 40

typedef enum { TN, NN, NT } Kind;

static float *
make_matrix (gsize      n,
             MlpRandom *random)
{
  float *x = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    x[i] = (float) (mlp_random_uniform (random) - 0.5);

  return x;
}

static void
multiply (Kind         kind,
          gsize        m,
          gsize        n,
          gsize        k,
          float        beta,
          const float *A,
          const float *B,
          gsize        ldb,
          float       *C)
{
  switch (kind)
    {
    case TN:
      mlp_gemm_tn (m, n, k, A, B, beta, C);
      break;
    case NN:
      mlp_gemm_nn (m, n, k, A, B, beta, C);
      break;
    case NT:
      mlp_gemm_nt (m, n, k, 0.25f, A, B, ldb, C);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* What C is to be at (i, j), where it was @before. */
static double
get_element (Kind         kind,
             gsize        m,
             gsize        k,
             const float *A,
             const float *B,
             gsize        ldb,
             gsize        i,
             gsize        j)
{
  double sum = 0.0;

  for (gsize l = 0; l < k; l++)
    sum += (double) (kind == TN ? A[i * k + l] : A[l * m + i]) *
           (double) (kind == NT ? B[l * ldb + j] : B[j * k + l]);

  return kind == NT ? 0.25 * sum : sum;
}

/* One product of each kind, added to what is there (β = 1) and not; what is
 * around C stays. Where C counts for nothing it may be anything: NaN. */
static void
check (gsize      m,
       gsize      n,
       gsize      k,
       MlpRandom *random)
{
  for (Kind kind = TN; kind <= NT; kind++)
    {
      for (guint adds = 0; adds <= (kind != NT); adds++)
        {
          const gsize ldb = kind == NT ? n + 3 : k;
          g_autofree float *A = make_matrix (m * k, random);
          g_autofree float *B = make_matrix (MAX (n, ldb) * MAX (n, k) + ldb, random);
          g_autofree float *C = g_new (float, m * n + 2 * GUARD);

          for (gsize i = 0; i < m * n + 2 * GUARD; i++)
            C[i] = i < GUARD || i >= m * n + GUARD ? 7.0f : adds ? 2.0f : NAN;

          multiply (kind, m, n, k, (float) adds, A, B, ldb, C + GUARD);

          for (gsize i = 0; i < GUARD; i++)
            {
              g_assert_cmpfloat (C[i], ==, 7.0f);
              g_assert_cmpfloat (C[m * n + GUARD + i], ==, 7.0f);
            }

          for (gsize j = 0; j < n; j++)
            {
              for (gsize i = 0; i < m; i++)
                {
                  const double expected = get_element (kind, m, k, A, B, ldb, i, j) + 2.0 * adds;

                  g_assert_cmpfloat (fabs ((double) C[GUARD + j * m + i] - expected), <,
                                     1e-6 * sqrt ((double) k) + 4e-6);
                }
            }
        }
    }
}

static void
test_small (void)
{
  MlpRandom random;

  mlp_random_seed (&random, 1, 1);

  for (gsize m = 1; m <= 40; m += 1 + m / 4)
    {
      for (gsize n = 1; n <= 20; n++)
        {
          for (gsize k = 1; k <= 20; k += 1 + k / 8)
            check (m, n, k, &random);
        }
    }
}

/* Around the sizes at which something is cut. */
static void
test_large (void)
{
  static const gsize sizes[] = { 31, 32, 33, 127, 128, 129, 144, 145, 255, 256, 257, 300 };
  MlpRandom random;

  mlp_random_seed (&random, 2, 2);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      check (sizes[i], 9, 10, &random);
      check (10, sizes[i], 9, &random);
      check (9, 10, sizes[i], &random);
      check (sizes[i], sizes[G_N_ELEMENTS (sizes) - 1 - i], 70, &random);
    }

  check (40, 150, 784, &random);
}

/* An element is the same whatever else is computed with it. */
static void
test_columns_alone (void)
{
  enum { M = 50, N = 150, K = 300 };
  g_autofree float *A = NULL;
  g_autofree float *B = NULL;
  g_autofree float *whole = g_new (float, M * N);
  g_autofree float *part = g_new (float, M * N);
  MlpRandom random;

  mlp_random_seed (&random, 3, 3);
  A = make_matrix (M * K, &random);
  B = make_matrix (N * K, &random);
  mlp_gemm_tn (M, N, K, A, B, 0.0f, whole);

  for (gsize j = 0; j < N; j += 17)
    mlp_gemm_tn (M, MIN (17, N - j), K, A, B + j * K, 0.0f, part + j * M);

  for (gsize i = 0; i < M * N; i++)
    g_assert_cmpfloat (fabsf (whole[i] - part[i]), <, 1e-4f);

#ifdef GEMM_OWN
  g_assert_cmpmem (whole, M * N * sizeof (float), part, M * N * sizeof (float));
#endif
}

#ifdef GEMM_OWN
static void
test_any_processor (void)
{
  product = product_any;
  test_small ();
  test_large ();
  test_columns_alone ();
}

/* AVX2 and AVX-512 give the same bits: a run may go on on another machine. */
static void
test_avx (void)
{
  enum { M = 50, N = 150, K = 300 };
  g_autofree float *A = NULL;
  g_autofree float *B = NULL;
  g_autofree float *narrow = g_new (float, M * N);
  g_autofree float *wide = g_new (float, M * N);
  MlpRandom random;

  if (!__builtin_cpu_supports ("x86-64-v3"))
    {
      g_test_skip ("This processor has no AVX2");
      return;
    }

  product = product_avx2;
  test_small ();
  test_large ();
  test_columns_alone ();

  mlp_random_seed (&random, 4, 4);
  A = make_matrix (M * K, &random);
  B = make_matrix (N * K, &random);
  mlp_gemm_nn (M, N, K, A, B, 0.0f, narrow);

  if (__builtin_cpu_supports ("x86-64-v4"))
    {
      product = product_avx512;
      mlp_gemm_nn (M, N, K, A, B, 0.0f, wide);
      g_assert_cmpmem (narrow, M * N * sizeof (float), wide, M * N * sizeof (float));
    }
}
#endif

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  mlp_gemm_init ();

  g_test_add_func ("/core/gemm/small", test_small);
  g_test_add_func ("/core/gemm/large", test_large);
  g_test_add_func ("/core/gemm/columns-alone", test_columns_alone);

#ifdef GEMM_OWN
  g_test_add_func ("/core/gemm/any-processor", test_any_processor);
  g_test_add_func ("/core/gemm/avx", test_avx);
#endif

  return g_test_run ();
}
