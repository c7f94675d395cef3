/* test-sparse-kernels.c: the sums of the sparse first layer, as each kind of
 * processor forms them, against sums in double.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

/* As it is written, to try the kernels of other processors, too. */
#include "core/net/mlp-sparse.c"

#include "core/mlp-random.h"
#include "test-util.h"

/* Several parts of the inputs, and several groups of samples. */
#define N_INPUTS 250
#define N_SAMPLES 90
#define B 70
#define FACTOR 0.25f

/* Units around vectors and panels. */
static const gsize widths[] = { 1, 16, 17, 30, 33, 48, 64, 65, 130 };

/* What a kernel gave, as the network has it: n units. */
typedef struct
{
  float A[130 * B];
  float gradient[130 * N_INPUTS];
  float weights[130 * N_INPUTS];      /* after a step */
} Result;

/* One of five inputs is not zero; sample 3 is all zeros. */
static MlpSamples *
make_samples (void)
{
  guint8 *x = g_new0 (guint8, N_INPUTS * N_SAMPLES);
  guint8 *classes = g_new0 (guint8, N_SAMPLES);
  MlpRandom random;

  mlp_random_seed (&random, 5, 5);
  for (gsize i = 0; i < N_INPUTS * N_SAMPLES; i++)
    {
      if (i / N_INPUTS != 3 && mlp_random_below (&random, 5) == 0)
        x[i] = (guint8) (1 + mlp_random_below (&random, 255));
    }

  return mlp_samples_new_classes (x, 1.0f / 256.0f, classes, N_INPUTS, 2, N_SAMPLES);
}

static void
try_kernel (const Kernel     *kernel,
            const MlpNet     *net,
            const MlpSamples *samples,
            const guint32    *items,
            const float      *D,
            Result           *result)
{
  const gsize n = mlp_net_get_width (net, 1);
  g_autoptr(MlpSparse) sparse = mlp_sparse_new (net, samples, B, 1);
  g_autoptr(MlpNet) moved = mlp_net_copy (net);
  float *g = mlp_memory_new (PANEL_UNITS * N_INPUTS);

  sparse->kernel = kernel;
  mlp_sparse_load (sparse, net);
  mlp_sparse_set_batch (sparse, items, B, B);
  mlp_sparse_sort_batch (sparse);
  mlp_sparse_forward (sparse, mlp_net_peek_biases (net, 1), 0, B, result->A);

  for (gsize p = 0; p < mlp_sparse_get_n_panels (sparse); p++)
    {
      const gsize row = mlp_sparse_get_row (sparse, p);

      mlp_sparse_gradient (sparse, p, 0, D, FACTOR, g);
      for (gsize u = 0; u < mlp_sparse_get_n_units (sparse, p); u++)
        {
          for (gsize i = 0; i < N_INPUTS; i++)
            result->gradient[(p * PANEL_UNITS + u) * N_INPUTS + i] = g[i * row + u];
        }

      mlp_sparse_descend (sparse, p, 0, D, FACTOR);
    }

  mlp_sparse_store (sparse, moved);
  memcpy (result->weights, mlp_net_peek_weights (moved, 1), n * N_INPUTS * sizeof (float));
  free (g);
}

static void
check (const MlpNet     *net,
       const MlpSamples *samples,
       const guint32    *items,
       const float      *D,
       const Result     *result)
{
  const gsize n = mlp_net_get_width (net, 1);
  const float *W = mlp_net_peek_weights (net, 1);

  for (gsize u = 0; u < n; u++)
    {
      for (gsize s = 0; s < B; s++)
        {
          double sum = (double) mlp_net_peek_biases (net, 1)[u];

          for (gsize i = 0; i < N_INPUTS; i++)
            sum += (double) W[u * N_INPUTS + i] * mlp_samples_peek_bytes (samples, items[s])[i] / 256.0;
          assert_close ((double) result->A[s * n + u], sum, 3e-6);
        }

      for (gsize i = 0; i < N_INPUTS; i++)
        {
          double sum = 0.0;

          for (gsize s = 0; s < B; s++)
            sum += (double) FACTOR * (double) D[s * n + u] * mlp_samples_peek_bytes (samples, items[s])[i] / 256.0;
          assert_close ((double) result->gradient[u * N_INPUTS + i], sum, 3e-6);
          assert_close ((double) result->weights[u * N_INPUTS + i], (double) W[u * N_INPUTS + i] - sum, 3e-6);
        }
    }
}

/* AVX2 and AVX-512 give the same bits: a run may go on on another machine. */
static void
test_kernels (void)
{
  guint32 items[B];
  g_autoptr(MlpSamples) samples = make_samples ();
  g_autofree Result *result = g_new0 (Result, 1);
#ifdef MLP_VECTOR_KERNELS
  g_autofree Result *other = g_new0 (Result, 1);
#endif

  for (guint32 s = 0; s < B; s++)
    items[s] = s * 7 % N_SAMPLES;

  for (gsize k = 0; k < G_N_ELEMENTS (widths); k++)
    {
      const MlpLayer layers[] = { { widths[k], MLP_RELU }, { 2, MLP_SOFTMAX } };
      g_autoptr(MlpNet) net = mlp_net_new (N_INPUTS, layers, G_N_ELEMENTS (layers), NULL);
      g_autofree float *D = g_new (float, widths[k] * B);
      MlpRandom random;

      mlp_net_init (net, MLP_INIT_HE, TRUE, k);
      mlp_random_seed (&random, 1, 1);
      for (gsize i = 0; i < widths[k] * B; i++)
        D[i] = (float) mlp_random_normal (&random);

      try_kernel (&kernel_any, net, samples, items, D, result);
      check (net, samples, items, D, result);

#ifdef MLP_VECTOR_KERNELS
      if (!__builtin_cpu_supports ("x86-64-v3"))
        continue;
      try_kernel (&kernel_avx2, net, samples, items, D, result);
      check (net, samples, items, D, result);

      if (!__builtin_cpu_supports ("x86-64-v4"))
        continue;
      try_kernel (&kernel_avx512, net, samples, items, D, other);
      g_assert_cmpmem (result, sizeof *result, other, sizeof *other);
#endif
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/sparse/kernels", test_kernels);

  return g_test_run ();
}
