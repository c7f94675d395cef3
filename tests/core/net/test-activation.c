/* test-activation.c: σ against libm in long double over the whole range of
 * floats, σ' against differences.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/mlp-random.h"
#include "core/net/mlp-activation.h"
#include "core/reference.h"
#include "test-util.h"

/* What mlp-activation.c promises: so far from the true value, relative, where
 * that is at least TINY, and else so far from it at all. */
#define BOUND 4e-7L
#define TINY 1e-37L
#define TINY_BOUND 3e-38L

/* A prime: all exponents and all kinds of mantissas. */
#define STRIDE 7069

static long double
exact_sigma (MlpActivation sigma,
             long double   a)
{
  switch (sigma)
    {
    case MLP_SIGMOID:
      return 1.0L / (1.0L + expl (-a));

    case MLP_TANH:
      return tanhl (a);

    case MLP_RELU:
      return a > 0.0L ? a : 0.0L;

    case MLP_LEAKY_RELU:
      return a > 0.0L ? a : 0.01L * a;

    case MLP_ELU:
      return a > 0.0L ? a : expm1l (a);

    case MLP_IDENTITY:
      return a;

    case MLP_SOFTMAX:
    default:
      g_assert_not_reached ();
    }
}

/* Returns the error, relative where that was promised. */
static long double
check_value (MlpActivation sigma,
             float         a,
             float         h)
{
  const long double want = exact_sigma (sigma, (long double) a);
  long double error = fabsl ((long double) h - want);
  gboolean ok = error <= TINY_BOUND;

  if (fabsl (want) >= TINY)
    {
      error /= fabsl (want);
      ok = error <= BOUND;
    }

  if (!ok && (long double) h != want)
    g_error ("%s (%.9g) is %.9g, should be %.9Lg", mlp_activation_get_name (sigma), (double) a, (double) h, want);

  return fabsl (want) >= TINY ? error : 0.0L;
}

/* One of STRIDE of all floats, and steps of 2·10⁻⁴ where they bend. */
static void
test_range (gconstpointer data)
{
  const MlpActivation sigma = GPOINTER_TO_UINT (data);
  float a[1000];
  float h[1000];
  gsize n = 0;
  long double worst = 0.0L;

  for (guint64 bits = 0; bits <= G_MAXUINT32; bits += STRIDE)
    {
      guint32 word = (guint32) bits;
      gboolean last = bits + STRIDE > G_MAXUINT32;

      memcpy (&a[n], &word, sizeof word);
      n += isfinite (a[n]) ? 1 : 0;

      if (n < G_N_ELEMENTS (a) && !last)
        continue;

      mlp_activation_apply (sigma, a, h, n, 1);
      for (gsize i = 0; i < n; i++)
        worst = fmaxl (worst, check_value (sigma, a[i], h[i]));
      n = 0;
    }

  for (int k = -1000; k < 1000; k++)
    {
      for (gsize i = 0; i < 500; i++)
        a[i] = (float) (0.1 * k + 0.0002 * (double) i);

      mlp_activation_apply (sigma, a, h, 500, 1);
      for (gsize i = 0; i < 500; i++)
        worst = fmaxl (worst, check_value (sigma, a[i], h[i]));
    }

  g_test_message ("%s: %.3Lg", mlp_activation_get_name (sigma), worst);
}

static void
test_ends (void)
{
  static const float ends[] = {
    0.0f, -0.0f, FLT_MIN, -FLT_MIN, FLT_TRUE_MIN, -FLT_TRUE_MIN, FLT_MAX, -FLT_MAX,
    FLT_EPSILON, -FLT_EPSILON, 1.0f, -1.0f, 86.9f, -86.9f, 87.1f, -87.1f, 88.8f, -88.8f, 104.0f, -104.0f,
  };
  static const float infinities[] = { INFINITY, -INFINITY, NAN };
  static const float limits[MLP_SOFTMAX][2] = {
    [MLP_IDENTITY] = { INFINITY, -INFINITY },
    [MLP_SIGMOID] = { 1.0f, 0.0f },
    [MLP_TANH] = { 1.0f, -1.0f },
    [MLP_RELU] = { INFINITY, 0.0f },
    [MLP_LEAKY_RELU] = { INFINITY, -INFINITY },
    [MLP_ELU] = { INFINITY, -1.0f },
  };

  for (guint sigma = 0; sigma < MLP_SOFTMAX; sigma++)
    {
      float h[G_N_ELEMENTS (ends)];

      mlp_activation_apply (sigma, ends, h, G_N_ELEMENTS (ends), 1);
      for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
        {
          g_assert_true (isfinite (h[i]));
          check_value (sigma, ends[i], h[i]);
        }

      mlp_activation_apply (sigma, infinities, h, 1, 3);
      for (gsize i = 0; i < 2; i++)
        g_assert_true (h[i] == limits[sigma][i] || fabsf (h[i] - limits[sigma][i]) < 3e-38f);
      g_assert_true (isnan (h[2]));
    }
}

/* One value among others, in place, and at every place of a vector. */
static void
test_places (void)
{
  for (guint sigma = 0; sigma < MLP_SOFTMAX; sigma++)
    {
      for (gsize n = 1; n <= 40; n++)
        {
          float a[40];
          float h[40];

          for (gsize i = 0; i < n; i++)
            a[i] = (float) (-3.0 + 0.17 * (double) i);

          mlp_activation_apply (sigma, a, h, n, 1);
          mlp_activation_apply (sigma, a, a, n, 1);
          g_assert_cmpmem (a, n * sizeof *a, h, n * sizeof *h);

          for (gsize i = 0; i < n; i++)
            check_value (sigma, (float) (-3.0 + 0.17 * (double) i), h[i]);
        }
    }
}

static void
check_softmax (const float *a,
               gsize        n,
               gsize        B)
{
  g_autofree float *h = g_new (float, n * B);

  mlp_activation_apply (MLP_SOFTMAX, a, h, n, B);

  for (gsize s = 0; s < B; s++, a += n)
    {
      long double largest = (long double) -INFINITY;
      long double sum = 0.0L;

      for (gsize i = 0; i < n; i++)
        largest = fmaxl (largest, (long double) a[i]);

      for (gsize i = 0; i < n; i++)
        sum += expl ((long double) a[i] - largest);

      for (gsize i = 0; i < n; i++)
        {
          long double x = (long double) a[i] - largest;
          long double want = expl (x) / sum;
          /* The difference is rounded to a float, too. */
          long double bound = want >= TINY ? (2.0L * BOUND - x * 0x1p-24L) * want : TINY_BOUND;

          g_assert_true (fabsl ((long double) h[s * n + i] - want) <= bound);
        }
    }
}

static void
test_softmax (void)
{
  static const float ends[] = {
    FLT_MAX, -FLT_MAX, 0.0f,
    -FLT_MAX, -FLT_MAX, -FLT_MAX,
    1e30f, 1e30f, 1e30f,
    -100.0f, -50.0f, 0.0f,
    -100.0f, -98.0f, -99.0f,
    98.0f, 100.0f, 99.0f,
    0.0f, -INFINITY, 1.0f,
  };
  float a[10 * 23];
  MlpRandom random;

  mlp_random_seed (&random, 1, 0);

  for (gsize n = 1; n <= 10; n++)
    {
      for (gsize i = 0; i < n * 23; i++)
        a[i] = (float) (5.0 * mlp_random_normal (&random));

      check_softmax (a, n, 23);
    }

  check_softmax (ends, 3, G_N_ELEMENTS (ends) / 3);
}

/* NaN spoils its own column, the neighbours not. */
static void
test_softmax_nan (void)
{
  const float a[] = { 1.0f, 2.0f, NAN, 2.0f, 1.0f, NAN, 3.0f, 3.0f };
  float h[8];

  mlp_activation_apply (MLP_SOFTMAX, a, h, 2, 4);
  g_assert_true (isfinite (h[0]) && isfinite (h[1]));
  for (gsize i = 2; i < 6; i++)
    g_assert_true (isnan (h[i]));
  g_assert_cmpfloat (h[6], ==, 0.5f);
  g_assert_cmpfloat (h[7], ==, 0.5f);
}

/* σ' from h, against central differences of the definition in double. */
static void
test_slopes (void)
{
  const double step = 1e-5;

  for (guint sigma = 0; sigma < MLP_SOFTMAX; sigma++)
    {
      for (double x = -12.0 + 0.0037; x < 12.0; x += 0.01)
        {
          const float a = (float) x;
          double want = (reference_sigma (sigma, (double) a + step) - reference_sigma (sigma, (double) a - step)) / (2.0 * step);
          float d = -3.0f;
          float h;

          mlp_activation_apply (sigma, &a, &h, 1, 1);
          mlp_activation_multiply_by_slope (sigma, &h, &d, 1, 1);
          assert_close ((double) d / -3.0, want, 5e-7);
        }
    }
}

/* At the kink it is the left side's. */
static void
test_slope_at_kink (void)
{
  static const float zeros[] = { 0.0f, -0.0f };
  static const float want[MLP_SOFTMAX] = {
    [MLP_IDENTITY] = 1.0f, [MLP_SIGMOID] = 0.25f, [MLP_TANH] = 1.0f,
    [MLP_RELU] = 0.0f, [MLP_LEAKY_RELU] = 0.01f, [MLP_ELU] = 1.0f,
  };

  for (guint sigma = 0; sigma < MLP_SOFTMAX; sigma++)
    {
      float h[2];
      float d[2] = { 1.0f, 1.0f };

      mlp_activation_apply (sigma, zeros, h, 2, 1);
      mlp_activation_multiply_by_slope (sigma, h, d, 2, 1);
      g_assert_cmpfloat (d[0], ==, want[sigma]);
      g_assert_cmpfloat (d[1], ==, want[sigma]);
    }
}

/* Softmax has a Jacobian: the slope of Σ d_i h_i into each a_j. */
static void
test_slope_of_softmax (void)
{
  const gsize n = 7;
  const gsize B = 5;
  const double step = 1e-5;
  float a[35];
  float h[35];
  float before[35];
  float d[35];
  MlpRandom random;

  mlp_random_seed (&random, 2, 0);
  for (gsize i = 0; i < n * B; i++)
    {
      a[i] = (float) mlp_random_normal (&random);
      d[i] = before[i] = (float) mlp_random_normal (&random);
    }

  mlp_activation_apply (MLP_SOFTMAX, a, h, n, B);
  mlp_activation_multiply_by_slope (MLP_SOFTMAX, h, d, n, B);

  for (gsize s = 0; s < B; s++)
    {
      for (gsize j = 0; j < n; j++)
        {
          double values[2];

          for (guint side = 0; side < 2; side++)
            {
              double sum = 0.0;
              double weighted = 0.0;

              for (gsize i = 0; i < n; i++)
                {
                  double e = exp ((double) a[s * n + i] + (i == j ? (side == 0 ? -step : step) : 0.0));

                  sum += e;
                  weighted += (double) before[s * n + i] * e;
                }

              values[side] = weighted / sum;
            }

          assert_close ((double) d[s * n + j], (values[1] - values[0]) / (2.0 * step), 5e-7);
        }
    }
}

static void
test_names (void)
{
  g_autoptr(GError) error = NULL;
  MlpActivation found;

  for (guint sigma = 0; sigma < MLP_N_ACTIVATIONS; sigma++)
    {
      g_assert_true (mlp_activation_from_name (mlp_activation_get_name (sigma), &found, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (found, ==, sigma);
    }

  g_assert_cmpstr (mlp_activation_get_name (MLP_LEAKY_RELU), ==, "leaky-relu");
  g_assert_false (mlp_activation_from_name ("swish", &found, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "swish"));
  g_assert_nonnull (strstr (error->message, "sigmoid"));
}

/* Each case worked out by hand; also where outputs and shares are one array. */
static void
test_probabilities (void)
{
  static const struct
  {
    MlpActivation sigma;
    float         h[3];
    float         probabilities[3];
  } cases[] = {
    { MLP_SOFTMAX, { 0.5f, 0.25f, 0.25f }, { 0.5f, 0.25f, 0.25f } },
    { MLP_SIGMOID, { 0.5f, 0.5f, 1.0f }, { 0.25f, 0.25f, 0.5f } },
    { MLP_IDENTITY, { -3.0f, 1.0f, 3.0f }, { 0.0f, 0.25f, 0.75f } },
    { MLP_TANH, { -1.0f, -1.0f, -0.5f }, { 1.0f / 3.0f, 1.0f / 3.0f, 1.0f / 3.0f } },
    { MLP_RELU, { INFINITY, 1.0f, 0.0f }, { 1.0f / 3.0f, 1.0f / 3.0f, 1.0f / 3.0f } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      float probabilities[3];

      memcpy (probabilities, cases[i].h, sizeof probabilities);
      mlp_activation_to_probabilities (cases[i].sigma, probabilities, probabilities, 3);
      for (gsize k = 0; k < 3; k++)
        assert_close ((double) probabilities[k], (double) cases[i].probabilities[k], 1e-7);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#ifdef NEEDS_AVX2
  if (!__builtin_cpu_supports ("x86-64-v3"))
    return 77;
#endif

  for (guint sigma = 0; sigma < MLP_SOFTMAX; sigma++)
    {
      g_autofree char *path = g_strdup_printf ("/core/activation/range/%s", mlp_activation_get_name (sigma));

      g_test_add_data_func (path, GUINT_TO_POINTER (sigma), test_range);
    }

  g_test_add_func ("/core/activation/ends", test_ends);
  g_test_add_func ("/core/activation/places", test_places);
  g_test_add_func ("/core/activation/softmax", test_softmax);
  g_test_add_func ("/core/activation/softmax-nan", test_softmax_nan);
  g_test_add_func ("/core/activation/slopes", test_slopes);
  g_test_add_func ("/core/activation/slope-at-kink", test_slope_at_kink);
  g_test_add_func ("/core/activation/slope-of-softmax", test_slope_of_softmax);
  g_test_add_func ("/core/activation/probabilities", test_probabilities);
  g_test_add_func ("/core/activation/names", test_names);

  return g_test_run ();
}
