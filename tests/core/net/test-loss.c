/* test-loss.c: losses by hand and δ_L against differences.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/mlp-random.h"
#include "core/net/mlp-loss.h"
#include "core/reference.h"
#include "test-util.h"

/* A batch of two with three outputs. */
typedef struct
{
  const char   *name;
  MlpLoss       loss;
  MlpActivation output;
  float         a[6];
  float         y[6];
  double        want;
} Value;

static const Value values[] = {
  { "squared", MLP_LOSS_SQUARED, MLP_IDENTITY,
    { 1.0f, 2.0f, 3.0f, 0.0f, 0.0f, -1.0f }, { 0.0f, 4.0f, 3.0f, 0.5f, 0.0f, 2.0f },
    0.5 * (1.0 + 4.0 + 0.0 + 0.25 + 0.0 + 9.0) },
  { "huber", MLP_LOSS_HUBER, MLP_IDENTITY,
    { 1.0f, 2.0f, 3.0f, 0.0f, 0.0f, -1.0f }, { 0.0f, 4.0f, 3.0f, 0.5f, 0.0f, 2.0f },
    0.5 + 1.5 + 0.0 + 0.125 + 0.0 + 2.5 },
  { "binary", MLP_LOSS_BINARY_CROSS_ENTROPY, MLP_SIGMOID,
    /* ln 2 each where a is 0; σ(ln 3) = ¾ */
    { 0.0f, 0.0f, 0.0f, 1.0986123f, 1.0986123f, 1.0986123f }, { 0.0f, 1.0f, 0.5f, 1.0f, 0.0f, 0.25f },
    3.0 * G_LN2 + (0.2876820724517809 + 1.3862943611198906 + 0.25 * 0.2876820724517809 + 0.75 * 1.3862943611198906) },
  { "classes", MLP_LOSS_CROSS_ENTROPY, MLP_SOFTMAX,
    /* a third each; ½, ¼, ¼ */
    { 7.0f, 7.0f, 7.0f, 0.6931472f, 0.0f, 0.0f }, { 0.0f, 1.0f, 0.0f, 1.0f, 0.0f, 0.0f },
    1.0986122886681098 + G_LN2 },
  { "soft-classes", MLP_LOSS_CROSS_ENTROPY, MLP_SOFTMAX,
    { 0.0f, 0.0f, 0.0f, 0.6931472f, 0.0f, 0.0f }, { 0.5f, 0.25f, 0.25f, 0.5f, 0.25f, 0.25f },
    1.0986122886681098 + 1.5 * G_LN2 },
};

static void
test_values (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      const Value *v = &values[i];
      float h[6];
      float d[6];

      g_test_message ("%s", v->name);
      mlp_activation_apply (v->output, v->a, h, 3, 2);
      assert_close (mlp_loss_delta (v->loss, v->output, v->a, h, v->y, d, 3, 2), v->want, 1e-6);
      /* The value alone is the same. */
      assert_close (mlp_loss_delta (v->loss, v->output, v->a, h, v->y, NULL, 3, 2), v->want, 1e-6);
    }
}

/* δ_L by hand: (h − y) σ' of the course, and h − y of the cross-entropies. */
static void
test_deltas_by_hand (void)
{
  const float zero[2] = { 0.0f, 0.0f };
  const float y[2] = { 1.0f, 0.0f };
  float h[2];
  float d[2];

  mlp_activation_apply (MLP_SIGMOID, zero, h, 2, 1);
  mlp_loss_delta (MLP_LOSS_SQUARED, MLP_SIGMOID, zero, h, y, d, 2, 1);
  g_assert_cmpfloat (d[0], ==, -0.125f);
  g_assert_cmpfloat (d[1], ==, 0.125f);

  mlp_loss_delta (MLP_LOSS_BINARY_CROSS_ENTROPY, MLP_SIGMOID, zero, h, y, d, 2, 1);
  g_assert_cmpfloat (d[0], ==, -0.5f);
  g_assert_cmpfloat (d[1], ==, 0.5f);

  mlp_activation_apply (MLP_SOFTMAX, zero, h, 2, 1);
  mlp_loss_delta (MLP_LOSS_CROSS_ENTROPY, MLP_SOFTMAX, zero, h, y, d, 2, 1);
  g_assert_cmpfloat (d[0], ==, -0.5f);
  g_assert_cmpfloat (d[1], ==, 0.5f);
}

/* Huber is a parabola up to 1 and a line beyond; they meet. */
static void
test_huber (void)
{
  static const float a[] = { 0.0f, 0.5f, 1.0f, 1.5f, -0.5f, -1.0f, -3.0f };
  static const double want[] = { 0.0, 0.125, 0.5, 1.0, 0.125, 0.5, 2.5 };
  static const float slope[] = { 0.0f, 0.5f, 1.0f, 1.0f, -0.5f, -1.0f, -1.0f };

  for (gsize i = 0; i < G_N_ELEMENTS (a); i++)
    {
      const float y = 0.0f;
      float d;

      g_assert_cmpfloat (mlp_loss_delta (MLP_LOSS_HUBER, MLP_IDENTITY, &a[i], &a[i], &y, &d, 1, 1), ==, want[i]);
      g_assert_cmpfloat (d, ==, slope[i]);
    }
}

/* The network x → σ (x), whose ∂ loss / ∂ x is δ_L: every loss with every output
 * that is allowed, at random places. */
static void
test_deltas (void)
{
  enum { N = 4, B = 6 };
  MlpRandom random;

  mlp_random_seed (&random, 1, 0);

  for (guint loss = 0; loss < MLP_N_LOSSES; loss++)
    {
      for (guint output = 0; output < MLP_N_ACTIVATIONS; output++)
        {
          const ReferenceNet net = { 1, { N, N }, { 0, output }, loss };
          double theta[N * N + N] = { 0.0 };
          float a[N * B], h[N * B], y[N * B], d[N * B];
          g_autofree double *wide_a = NULL;
          g_autofree double *wide_y = NULL;
          ReferenceBatch batch = { .B = B };

          if (!mlp_loss_check (loss, output, NULL))
            continue;

          for (gsize i = 0; i < N; i++)
            theta[i * N + i] = 1.0;

          for (gsize i = 0; i < N * B; i++)
            {
              double x = 2.0 * mlp_random_normal (&random);

              /* Away from kinks. */
              a[i] = (float) (fabs (x) < 0.01 ? 0.01 : x);
              y[i] = i % N == (i / N) % N ? 1.0f : 0.0f;
            }

          wide_a = reference_widen (a, N * B);
          wide_y = reference_widen (y, N * B);
          batch.x = wide_a;
          batch.y = wide_y;

          mlp_activation_apply (output, a, h, N, B);
          assert_close (mlp_loss_delta (loss, output, a, h, y, d, N, B),
                        reference_loss (&net, theta, &batch, NULL, NULL), 1e-6);

          for (gsize i = 0; i < N * B; i++)
            assert_close ((double) d[i], reference_slope (&net, theta, &batch, &wide_a[i]), 1e-6);
        }
    }
}

/* The fused losses are finite, and right, where e^a is not. */
static void
test_ends (void)
{
  static const float large[] = { 100.0f, 1e4f, 1e30f, FLT_MAX };
  const float zero_one[2] = { 0.0f, 1.0f };

  for (gsize i = 0; i < G_N_ELEMENTS (large); i++)
    {
      const float a[2] = { large[i], -large[i] };
      float h[2];
      float d[2];
      double loss;

      mlp_activation_apply (MLP_SOFTMAX, a, h, 2, 1);
      loss = mlp_loss_delta (MLP_LOSS_CROSS_ENTROPY, MLP_SOFTMAX, a, h, zero_one, d, 2, 1);
      assert_close (loss / (2.0 * (double) large[i]), 1.0, 1e-6);
      assert_close ((double) d[0], 1.0, 1e-6);
      assert_close ((double) d[1], -1.0, 1e-6);

      mlp_activation_apply (MLP_SIGMOID, a, h, 2, 1);
      loss = mlp_loss_delta (MLP_LOSS_BINARY_CROSS_ENTROPY, MLP_SIGMOID, a, h, zero_one, d, 2, 1);
      assert_close (loss / (2.0 * (double) large[i]), 1.0, 1e-6);
      assert_close ((double) d[0], 1.0, 1e-6);
      assert_close ((double) d[1], -1.0, 1e-6);
    }
}

static void
test_nan (void)
{
  static const MlpActivation outputs[MLP_N_LOSSES] = { MLP_IDENTITY, MLP_IDENTITY, MLP_SIGMOID, MLP_SOFTMAX };
  const float a[2] = { NAN, 1.0f };
  const float y[2] = { 1.0f, 0.0f };

  for (guint loss = 0; loss < MLP_N_LOSSES; loss++)
    {
      float h[2];
      float d[2];

      mlp_activation_apply (outputs[loss], a, h, 2, 1);
      g_assert_true (isnan (mlp_loss_delta (loss, outputs[loss], a, h, y, d, 2, 1)));
    }
}

/* Which losses go with which outputs; a refusal says what would work. */
static void
test_check (void)
{
  for (guint loss = 0; loss < MLP_N_LOSSES; loss++)
    {
      for (guint output = 0; output < MLP_N_ACTIVATIONS; output++)
        {
          g_autoptr(GError) error = NULL;
          const MlpActivation needed = loss == MLP_LOSS_CROSS_ENTROPY ? MLP_SOFTMAX : MLP_SIGMOID;
          gboolean allowed = loss < MLP_LOSS_BINARY_CROSS_ENTROPY || output == needed;

          g_assert_cmpint (mlp_loss_check (loss, output, &error), ==, allowed);
          if (allowed)
            {
              g_assert_no_error (error);
              continue;
            }

          g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
          g_assert_nonnull (strstr (error->message, mlp_activation_get_name (needed)));
          g_assert_nonnull (strstr (error->message, mlp_activation_get_name (output)));
        }
    }
}

static void
test_names (void)
{
  g_autoptr(GError) error = NULL;
  MlpLoss found;

  for (guint loss = 0; loss < MLP_N_LOSSES; loss++)
    {
      g_assert_true (mlp_loss_from_name (mlp_loss_get_name (loss), &found, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (found, ==, loss);
    }

  g_assert_false (mlp_loss_from_name ("hinge", &found, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "huber"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/loss/values", test_values);
  g_test_add_func ("/core/loss/deltas-by-hand", test_deltas_by_hand);
  g_test_add_func ("/core/loss/huber", test_huber);
  g_test_add_func ("/core/loss/deltas", test_deltas);
  g_test_add_func ("/core/loss/ends", test_ends);
  g_test_add_func ("/core/loss/nan", test_nan);
  g_test_add_func ("/core/loss/check", test_check);
  g_test_add_func ("/core/loss/names", test_names);

  return g_test_run ();
}
