/* test-novelty.c: what is unlike the training pictures, against eigenvectors in
 * double.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/mlp-random.h"
#include "core/net/mlp-net.h"
#include "core/net/mlp-novelty.h"
#include "core/net/mlp-split.h"
#include "core/runs.h"
#include "test-util.h"

#define N 20
#define N_CLASSES 3
#define N_SAMPLES 900
#define RANK 12
#define SCALE (1.0f / 256.0f)

/* Each class varies much along 12 directions, and little along the others. */
static MlpSamples *
make_samples (void)
{
  guint8 *x = g_new (guint8, N * N_SAMPLES);
  guint8 *classes = g_new (guint8, N_SAMPLES);
  double directions[N_CLASSES][N][N];
  MlpRandom random;

  mlp_random_seed (&random, 3, 1);
  for (gsize c = 0; c < N_CLASSES; c++)
    for (gsize k = 0; k < N; k++)
      for (gsize i = 0; i < N; i++)
        directions[c][k][i] = mlp_random_normal (&random) * (k < RANK ? 6.0 : 0.4);

  for (gsize s = 0; s < N_SAMPLES; s++)
    {
      const guint c = classes[s] = (guint8) mlp_random_below (&random, N_CLASSES);
      double value[N];

      for (gsize i = 0; i < N; i++)
        value[i] = (i + c) % N_CLASSES == 0 ? 180.0 : 100.0;
      for (gsize k = 0; k < N; k++)
        {
          const double along = mlp_random_normal (&random);

          for (gsize i = 0; i < N; i++)
            value[i] += along * directions[c][k][i];
        }
      for (gsize i = 0; i < N; i++)
        x[s * N + i] = (guint8) CLAMP (lrint (value[i]), 0, 255);
    }

  return mlp_samples_new_classes (x, SCALE, classes, N, N_CLASSES, N_SAMPLES);
}

/* Eigenvectors of @A in the columns of @V by Jacobi's rotations, and the eigenvalues
 * on the diagonal of @A. */
static void
jacobi (double A[N][N],
        double V[N][N])
{
  for (gsize i = 0; i < N; i++)
    for (gsize j = 0; j < N; j++)
      V[i][j] = i == j;

  for (guint sweep = 0; sweep < 30; sweep++)
    for (gsize p = 0; p < N; p++)
      for (gsize q = p + 1; q < N; q++)
        {
          const double angle = 0.5 * atan2 (2.0 * A[p][q], A[q][q] - A[p][p]);
          const double c = cos (angle), s = sin (angle);

          for (gsize i = 0; i < N; i++)
            {
              const double x = A[i][p], y = A[i][q];
              const double v = V[i][p], w = V[i][q];

              A[i][p] = c * x - s * y;
              A[i][q] = s * x + c * y;
              V[i][p] = c * v - s * w;
              V[i][q] = s * v + c * w;
            }
          for (gsize i = 0; i < N; i++)
            {
              const double x = A[p][i], y = A[q][i];

              A[p][i] = c * x - s * y;
              A[q][i] = s * x + c * y;
            }
        }
}

typedef struct
{
  double mean[N_CLASSES][N];
  double axes[N_CLASSES][RANK][N];
  double limits[2];
} Reference;

static void
reference_rest (const Reference *reference,
                const guint8    *bytes,
                double           rest[2])
{
  double ink = 0.0;

  rest[0] = INFINITY;
  for (gsize i = 0; i < N; i++)
    ink += pow ((double) bytes[i] / 256.0, 2);
  for (gsize c = 0; c < N_CLASSES; c++)
    {
      double left = 0.0;

      for (gsize i = 0; i < N; i++)
        left += pow ((double) bytes[i] / 256.0 - reference->mean[c][i], 2);
      for (gsize k = 0; k < RANK; k++)
        {
          double along = 0.0;

          for (gsize i = 0; i < N; i++)
            along += ((double) bytes[i] / 256.0 - reference->mean[c][i]) * reference->axes[c][k][i];
          left -= along * along;
        }
      rest[0] = MIN (rest[0], left);
    }
  rest[1] = rest[0] / ink;
}

static int
compare (const void *a,
         const void *b)
{
  return (*(const double *) a > *(const double *) b) - (*(const double *) a < *(const double *) b);
}

static void
make_reference (const MlpSamples *samples,
                Reference        *reference)
{
  double rests[2][N_SAMPLES / 4];

  for (gsize c = 0; c < N_CLASSES; c++)
    {
      double A[N][N] = { { 0.0 } }, V[N][N];
      double n = 0.0;

      memset (reference->mean[c], 0, sizeof reference->mean[c]);
      for (guint pass = 0; pass < 2; pass++)
        for (gsize s = 0; s < N_SAMPLES; s++)
          {
            const guint8 *x = mlp_samples_peek_bytes (samples, s);

            if (s % 4 == 0 || mlp_samples_get_class (samples, s) != c)
              continue;
            for (gsize i = 0; i < N; i++)
              {
                if (pass == 0)
                  reference->mean[c][i] += (double) x[i] / 256.0;
                for (gsize j = 0; j < N && pass == 1; j++)
                  A[i][j] += ((double) x[i] / 256.0 - reference->mean[c][i] / n) *
                             ((double) x[j] / 256.0 - reference->mean[c][j] / n);
              }
            n += pass == 0;
          }
      for (gsize i = 0; i < N; i++)
        reference->mean[c][i] /= n;

      jacobi (A, V);
      for (gsize k = 0; k < RANK; k++)
        {
          gsize best = 0;

          for (gsize i = 1; i < N; i++)
            if (A[i][i] > A[best][best])
              best = i;
          A[best][best] = -1.0;
          for (gsize i = 0; i < N; i++)
            reference->axes[c][k][i] = V[i][best];
        }
    }

  for (gsize s = 0; s < N_SAMPLES; s += 4)
    {
      double rest[2];

      reference_rest (reference, mlp_samples_peek_bytes (samples, s), rest);
      rests[0][s / 4] = rest[0];
      rests[1][s / 4] = rest[1];
    }
  for (gsize i = 0; i < 2; i++)
    {
      qsort (rests[i], N_SAMPLES / 4, sizeof (double), compare);
      reference->limits[i] = rests[i][(gsize) (0.985 * (N_SAMPLES / 4 - 1))];
    }
}

static void
to_floats (const guint8 *bytes,
           float        *x)
{
  for (gsize i = 0; i < N; i++)
    x[i] = (float) bytes[i] * SCALE;
}

static void
test_fit (void)
{
  g_autoptr(MlpSamples) samples = make_samples ();
  g_autofree guint32 *items = run_count_up (N_SAMPLES);
  g_autoptr(MlpNovelty) novelty = mlp_novelty_new_fit (samples, items, N_SAMPLES);
  g_autofree Reference *reference = g_new (Reference, 1);
  gsize n_novel = 0;
  MlpRandom random;

  g_assert_nonnull (novelty);
  g_assert_cmpuint (mlp_novelty_get_n_inputs (novelty), ==, N);
  g_assert_cmpuint (mlp_novelty_get_n_classes (novelty), ==, N_CLASSES);
  g_assert_cmpuint (mlp_novelty_get_rank (novelty), ==, RANK);

  make_reference (samples, reference);
  for (gsize c = 0; c < N_CLASSES; c++)
    for (gsize i = 0; i < N; i++)
      assert_close ((double) mlp_novelty_peek_means (novelty)[c * N + i], reference->mean[c][i], 1e-6);
  for (gsize i = 0; i < 2; i++)
    g_assert_cmpfloat_with_epsilon ((double) mlp_novelty_peek_limits (novelty)[i] / reference->limits[i], 1.0, 1e-3);

  /* Training pictures, and noise. */
  mlp_random_seed (&random, 5, 1);
  for (gsize s = 0; s < 2 * N_SAMPLES; s++)
    {
      guint8 bytes[N];
      float x[N];
      double rest[2], expected;

      if (s < N_SAMPLES)
        memcpy (bytes, mlp_samples_peek_bytes (samples, s), N);
      else
        for (gsize i = 0; i < N; i++)
          bytes[i] = (guint8) (1 + mlp_random_below (&random, 255));

      to_floats (bytes, x);
      reference_rest (reference, bytes, rest);
      expected = MAX (rest[0] / reference->limits[0], rest[1] / reference->limits[1]);
      assert_close (mlp_novelty_score (novelty, x), expected, 2e-3);
      if (s < N_SAMPLES)
        n_novel += mlp_novelty_score (novelty, x) > 1.0;
      else
        g_assert_cmpfloat (mlp_novelty_score (novelty, x), >, 1.0);
    }

  /* Of those that are known few are refused. */
  g_assert_cmpuint (n_novel, >, 0);
  g_assert_cmpuint (n_novel, <, N_SAMPLES / 20);
}

static void
test_nothing (void)
{
  g_autoptr(MlpSamples) samples = make_samples ();
  g_autofree guint32 *items = run_count_up (N_SAMPLES);
  g_autoptr(MlpNovelty) novelty = mlp_novelty_new_fit (samples, items, N_SAMPLES);
  g_autoptr(MlpSamples) alike = mlp_samples_new_classes (g_new0 (guint8, N * N_SAMPLES), SCALE,
                                                         g_new0 (guint8, N_SAMPLES),
                                                         N, N_CLASSES, N_SAMPLES);
  float x[N] = { 0.0f };

  g_assert_true (isinf (mlp_novelty_score (novelty, x)));
  x[3] = NAN;
  g_assert_cmpfloat (mlp_novelty_score (novelty, x), >, 1.0);
  x[3] = INFINITY;
  g_assert_cmpfloat (mlp_novelty_score (novelty, x), >, 1.0);

  g_assert_null (mlp_novelty_new_fit (samples, items, 399));
  g_assert_null (mlp_novelty_new_fit (samples, NULL, 0));
  g_assert_null (mlp_novelty_new_fit (alike, items, N_SAMPLES));
}

/* Two classes of one sample each, and a third of many. */
static void
test_few (void)
{
  guint8 *x = g_new0 (guint8, N * N_SAMPLES);
  guint8 *classes = g_new0 (guint8, N_SAMPLES);
  g_autofree guint32 *items = run_count_up (N_SAMPLES);
  g_autoptr(MlpSamples) samples = NULL;
  g_autoptr(MlpNovelty) novelty = NULL;
  float input[N];
  MlpRandom random;

  mlp_random_seed (&random, 7, 1);
  for (gsize i = 0; i < N * N_SAMPLES; i++)
    x[i] = (guint8) (100 + mlp_random_below (&random, 50));
  classes[1] = 1;
  classes[2] = 2;
  samples = mlp_samples_new_classes (x, SCALE, classes, N, N_CLASSES, N_SAMPLES);
  novelty = mlp_novelty_new_fit (samples, items, N_SAMPLES);
  g_assert_nonnull (novelty);

  to_floats (mlp_samples_peek_bytes (samples, 1), input);
  assert_close (mlp_novelty_score (novelty, input), 0.0, 1e-6);
  for (gsize i = 0; i < N * RANK * N_CLASSES; i++)
    g_assert_true (isfinite (mlp_novelty_peek_axes (novelty)[i]));
}

static void
test_new (void)
{
  const float means[4] = { 1.0f, 0.0f, 0.0f, 1.0f };
  const float axes[4] = { 0.0f, 1.0f, 0.0f, 0.0f };
  const float limits[2] = { 0.25f, 0.5f };
  g_autoptr(MlpNovelty) novelty = mlp_novelty_new (2, 2, 1, means, axes, limits, NULL);
  const float near[2] = { 1.0f, 3.0f };
  const float far[2] = { 3.0f, 3.0f };

  /* Along the first class's axis nothing is left; 2² of 18 beside it. */
  assert_close (mlp_novelty_score (novelty, near), 0.0, 1e-6);
  assert_close (mlp_novelty_score (novelty, far), 4.0 / 0.25, 1e-6);

  for (gsize i = 0; i < 10; i++)
    {
      float numbers[10];
      g_autoptr(GError) error = NULL;

      memcpy (numbers, means, sizeof means);
      memcpy (numbers + 4, axes, sizeof axes);
      memcpy (numbers + 8, limits, sizeof limits);
      numbers[i] = i < 8 ? NAN : i == 8 ? 0.0f : -INFINITY;
      g_assert_null (mlp_novelty_new (2, 2, 1, numbers, numbers + 4, numbers + 8, &error));
      g_assert_error (error, MLP_ERROR, MLP_ERROR_FORMAT);
    }
}

/* Copies of a network share it; training gives it to the network. */
static void
test_net (void)
{
  const MlpLayer layers[] = { { N_CLASSES, MLP_SOFTMAX } };
  g_autoptr(MlpSamples) samples = make_samples ();
  g_autoptr(MlpSplit) split = mlp_split_new (run_count_up (N_SAMPLES), 700, 200, 0);
  g_autoptr(MlpNet) net = mlp_net_new (N, layers, 1, NULL);
  g_autoptr(MlpNet) copy = NULL;
  g_autoptr(MlpTraining) training = NULL;
  const MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;
  const MlpNovelty *novelty;

  training = mlp_training_new (net, samples, split, &options, NULL);
  g_assert_null (mlp_net_peek_novelty (net));
  novelty = mlp_net_peek_novelty (mlp_training_peek_net (training));
  g_assert_nonnull (novelty);

  copy = mlp_net_copy (mlp_training_peek_net (training));
  g_assert_true (mlp_net_peek_novelty (copy) == novelty);
  mlp_net_copy_params (copy, net);
  g_assert_null (mlp_net_peek_novelty (copy));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/novelty/fit", test_fit);
  g_test_add_func ("/novelty/nothing", test_nothing);
  g_test_add_func ("/novelty/few", test_few);
  g_test_add_func ("/novelty/new", test_new);
  g_test_add_func ("/novelty/net", test_net);

  return g_test_run ();
}
