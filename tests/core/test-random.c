/* test-random.c: the generators against their authors' numbers, the rest
 * against probability.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "core/mlp-random.h"
#include "test-util.h"

/* What the C code of Blackman and Vigna gives for the state 1, 2, 3, 4; the same
 * numbers test the Rust crate rand_xoshiro. */
static void
test_xoshiro (void)
{
  static const guint64 want[] = {
    G_GUINT64_CONSTANT (11520),
    G_GUINT64_CONSTANT (0),
    G_GUINT64_CONSTANT (1509978240),
    G_GUINT64_CONSTANT (1215971899390074240),
    G_GUINT64_CONSTANT (1216172134540287360),
    G_GUINT64_CONSTANT (607988272756665600),
    G_GUINT64_CONSTANT (16172922978634559625),
    G_GUINT64_CONSTANT (8476171486693032832),
    G_GUINT64_CONSTANT (10595114339597558777),
    G_GUINT64_CONSTANT (2904607092377533576),
  };
  MlpRandom random = { { 1, 2, 3, 4 } };

  for (gsize i = 0; i < G_N_ELEMENTS (want); i++)
    g_assert_cmpuint (mlp_random_bits (&random), ==, want[i]);
}

/* The first numbers of splitmix64 for the seed of rand_xoshiro's test: the state
 * of stream 0, then that of stream 1. */
static void
test_splitmix (void)
{
  static const guint64 want[] = {
    G_GUINT64_CONSTANT (1985237415132408290),
    G_GUINT64_CONSTANT (2979275885539914483),
    G_GUINT64_CONSTANT (13511426838097143398),
    G_GUINT64_CONSTANT (8488337342461049707),
    G_GUINT64_CONSTANT (15141737807933549159),
    G_GUINT64_CONSTANT (17093170987380407015),
    G_GUINT64_CONSTANT (16389528042912955399),
    G_GUINT64_CONSTANT (13177319091862933652),
  };

  for (guint stream = 0; stream < 2; stream++)
    {
      MlpRandom random;

      mlp_random_seed (&random, G_GUINT64_CONSTANT (1477776061723855037), stream);

      for (gsize i = 0; i < 4; i++)
        g_assert_cmpuint (random.s[i], ==, want[4 * stream + i]);
    }
}

/* The same seed is the same sequence; another seed or stream is another one. */
static void
test_streams (void)
{
  MlpRandom a;
  MlpRandom b;

  mlp_random_seed (&a, 5, 0x20000);
  mlp_random_seed (&b, 5, 0x20000);
  g_assert_cmpmem (&a, sizeof a, &b, sizeof b);
  g_assert_cmpuint (mlp_random_bits (&a), ==, mlp_random_bits (&b));

  mlp_random_seed (&b, 5, 0x20001);
  g_assert_cmpint (memcmp (&a, &b, sizeof a), !=, 0);
  mlp_random_seed (&b, 6, 0x20000);
  g_assert_cmpint (memcmp (&a, &b, sizeof a), !=, 0);

  /* Zero is a seed like others: the state may not be all zero. */
  mlp_random_seed (&a, 0, 0);
  g_assert_true (a.s[0] != 0 || a.s[1] != 0 || a.s[2] != 0 || a.s[3] != 0);
}

/* The moments E x^k of [0, 1) are 1 / (k + 1). */
static void
test_uniform (void)
{
  const guint n = 200000;
  double sums[4] = { 0.0 };
  MlpRandom random;

  mlp_random_seed (&random, 1, 0);

  for (guint i = 0; i < n; i++)
    {
      double x = mlp_random_uniform (&random);
      double power = 1.0;

      g_assert_true (x >= 0.0 && x < 1.0);

      for (guint k = 0; k < 4; k++)
        sums[k] += power *= x;
    }

  /* Four standard deviations of a mean are below 0.0026. */
  for (guint k = 0; k < 4; k++)
    assert_close (sums[k] / n, 1.0 / (k + 2.0), 0.0026);
}

/* The extremes of the bits. All ones is the largest below 1. */
static void
test_uniform_ends (void)
{
  MlpRandom zero = { { 7, 0, 9, 11 } };

  /* s[1] alone makes the result. */
  g_assert_cmpfloat (mlp_random_uniform (&zero), ==, 0.0);

  /* The normal's logarithm is finite there, too. */
  zero = (MlpRandom) { { 7, 0, 9, 11 } };
  g_assert_true (isfinite (mlp_random_normal (&zero)));
}

/* Mean 0, variance 1, skewness 0, kurtosis 3; 68 % within one σ. */
static void
test_normal (void)
{
  const guint n = 200000;
  double sums[4] = { 0.0 };
  double lag = 0.0;
  double last = 0.0;
  guint n_within = 0;
  MlpRandom random;

  mlp_random_seed (&random, 2, 0);

  for (guint i = 0; i < n; i++)
    {
      double x = mlp_random_normal (&random);
      double power = 1.0;

      g_assert_true (isfinite (x));

      for (guint k = 0; k < 4; k++)
        sums[k] += power *= x;

      lag += x * last;
      last = x;
      n_within += fabs (x) < 1.0;
    }

  /* Four standard deviations: √(1, 2, 15, 96 / n) · 4. */
  assert_close (sums[0] / n, 0.0, 0.009);
  assert_close (sums[1] / n, 1.0, 0.013);
  assert_close (sums[2] / n, 0.0, 0.035);
  assert_close (sums[3] / n, 3.0, 0.088 / 3.0);
  assert_close (lag / n, 0.0, 0.009);
  assert_close ((double) n_within / n, 0.682689, 0.0042);
}

/* χ² of a die with seven sides; numbers at the ends. */
static void
test_below (void)
{
  const guint n = 70000;
  guint counts[7] = { 0 };
  double chi = 0.0;
  MlpRandom random;

  mlp_random_seed (&random, 3, 0);

  for (guint i = 0; i < n; i++)
    {
      gsize k = mlp_random_below (&random, 7);

      g_assert_cmpuint (k, <, 7);
      counts[k]++;
    }

  for (guint k = 0; k < 7; k++)
    chi += pow (counts[k] - n / 7.0, 2.0) / (n / 7.0);

  /* 99.9 % with six degrees of freedom. */
  g_assert_cmpfloat (chi, <, 22.46);

  for (guint i = 0; i < 100; i++)
    g_assert_cmpuint (mlp_random_below (&random, 1), ==, 0);
}

/* Where a remainder would be biased: of n = 3 · 2⁶² a third of the numbers are
 * below 2⁶²; the plain product without rejection would give a half. */
static void
test_below_large (void)
{
  const gsize n = (gsize) 3 << 62;
  const guint n_draws = 30000;
  guint n_low = 0;
  MlpRandom random;

  if (sizeof (gsize) < 8)
    {
      g_test_skip ("a size has 32 bits here");
      return;
    }

  mlp_random_seed (&random, 4, 0);

  for (guint i = 0; i < n_draws; i++)
    {
      gsize k = mlp_random_below (&random, n);

      g_assert_cmpuint (k, <, n);
      n_low += k % 3 == 0;
    }

  /* With ⌊bits · ¾⌋ two of four neighbours fall on the same third. */
  assert_close ((double) n_low / n_draws, 1.0 / 3.0, 0.011);
}

/* Every order of four items comes as often as the others. */
static void
test_shuffle (void)
{
  const guint n = 48000;
  guint counts[256] = { 0 };
  double chi = 0.0;
  guint n_orders = 0;
  MlpRandom random;

  mlp_random_seed (&random, 5, 0);

  for (guint i = 0; i < n; i++)
    {
      guint32 items[] = { 0, 1, 2, 3 };
      guint seen = 0;

      mlp_random_shuffle (&random, items, 4);

      for (guint k = 0; k < 4; k++)
        seen |= 1u << items[k];
      g_assert_cmpuint (seen, ==, 15);

      counts[items[0] + 4 * items[1] + 16 * items[2] + 64 * items[3]]++;
    }

  for (guint k = 0; k < 256; k++)
    {
      if (counts[k] > 0)
        {
          chi += pow (counts[k] - n / 24.0, 2.0) / (n / 24.0);
          n_orders++;
        }
    }

  g_assert_cmpuint (n_orders, ==, 24);
  /* 99.9 % with 23 degrees of freedom. */
  g_assert_cmpfloat (chi, <, 49.73);

  mlp_random_shuffle (&random, NULL, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/random/xoshiro", test_xoshiro);
  g_test_add_func ("/core/random/splitmix", test_splitmix);
  g_test_add_func ("/core/random/streams", test_streams);
  g_test_add_func ("/core/random/uniform", test_uniform);
  g_test_add_func ("/core/random/uniform-ends", test_uniform_ends);
  g_test_add_func ("/core/random/normal", test_normal);
  g_test_add_func ("/core/random/below", test_below);
  g_test_add_func ("/core/random/below-large", test_below_large);
  g_test_add_func ("/core/random/shuffle", test_shuffle);

  return g_test_run ();
}
