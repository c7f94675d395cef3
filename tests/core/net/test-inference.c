/* test-inference.c: answers about one sample against passes in double.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "core/mlp-error.h"
#include "core/mlp-random.h"
#include "core/net/mlp-inference.h"
#include "core/net/mlp-pass.h"
#include "core/reference.h"
#include "test-util.h"

#define TOLERANCE 5e-6

/* Widths around vectors and panels. */
static const ReferenceNet nets[] = {
  { .L = 1, .n = { 1, 1 }, .sigma = { 0, MLP_IDENTITY } },
  { .L = 2, .n = { 784, 30, 10 }, .sigma = { 0, MLP_SIGMOID, MLP_SIGMOID } },
  { .L = 3, .n = { 100, 64, 65, 3 }, .sigma = { 0, MLP_RELU, MLP_RELU, MLP_SOFTMAX } },
  { .L = 4, .n = { 17, 15, 16, 17, 1 }, .sigma = { 0, MLP_TANH, MLP_ELU, MLP_LEAKY_RELU, MLP_IDENTITY } },
  { .L = 3, .n = { 31, 130, 190, 40 }, .sigma = { 0, MLP_RELU, MLP_TANH, MLP_IDENTITY } },
  { .L = 2, .n = { 3, 2000, 33 }, .sigma = { 0, MLP_RELU, MLP_IDENTITY } },
};

typedef enum
{
  INK_ALL,
  INK_RUNS,     /* zeros of both signs in runs of 20 */
  INK_SOME,     /* one of five */
  INK_NONE,
} Ink;

static void
draw (Ink        ink,
      float     *x,
      gsize      n,
      MlpRandom *random)
{
  for (gsize i = 0; i < n; i++)
    {
      const float value = (float) (1 + mlp_random_below (random, 255)) / 256.0f;
      const float zero = i % 2 == 0 ? -0.0f : 0.0f;

      switch (ink)
        {
        case INK_ALL: x[i] = value; break;
        case INK_RUNS: x[i] = i / 20 % 2 == 0 ? value : zero; break;
        case INK_SOME: x[i] = mlp_random_below (random, 5) == 0 ? value : zero; break;
        case INK_NONE: x[i] = zero; break;
        default: g_assert_not_reached ();
        }
    }
}

/* Also what mlp_pass_forward() says, up to rounding. */
static void
check (const ReferenceNet *net,
       const MlpNet       *mlp,
       MlpInference       *inference,
       Ink                 ink,
       MlpRandom          *random)
{
  const gsize n_outputs = net->n[net->L];
  g_autofree double *theta = reference_widen (mlp_net_peek_params (mlp), mlp_net_get_n_params (mlp));
  g_autofree double *want = g_new (double, n_outputs);
  g_autofree double *y = g_new0 (double, n_outputs);
  g_autofree double *x = NULL;
  g_autoptr(MlpWork) work = mlp_work_new (mlp, 1, FALSE, NULL);
  float *input = mlp_inference_get_input (inference);
  ReferenceBatch batch = { .B = 1, .y = y };
  const float *h, *passed;

  draw (ink, input, net->n[0], random);
  batch.x = x = reference_widen (input, net->n[0]);
  reference_loss (net, theta, &batch, want, NULL);

  for (gsize i = 0; i < net->n[0]; i++)
    mlp_work_get_input (work)[i] = input[i];
  passed = mlp_pass_forward (mlp, work, 1);

  h = mlp_inference_forward (inference);
  for (gsize i = 0; i < n_outputs; i++)
    {
      assert_close ((double) h[i], want[i], TOLERANCE);
      assert_close ((double) h[i], (double) passed[i], TOLERANCE);
    }

  /* The question stays. */
  for (gsize i = 0; i < net->n[0]; i++)
    g_assert_true (mlp_work_get_input (work)[i] == input[i]);
}

static void
test_answers (void)
{
  MlpRandom random;

  mlp_random_seed (&random, 11, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (nets); i++)
    {
      g_autoptr(MlpNet) mlp = reference_make_net (&nets[i]);
      g_autoptr(MlpInference) inference = NULL;

      mlp_net_init (mlp, MLP_INIT_XAVIER, TRUE, i);
      inference = mlp_inference_new (mlp, NULL);
      for (Ink ink = INK_ALL; ink <= INK_NONE; ink++)
        check (&nets[i], mlp, inference, ink, &random);

      /* Newer weights; nothing of the older ones is left. */
      mlp_net_init (mlp, MLP_INIT_HE, TRUE, i + 100);
      mlp_inference_load (inference, mlp);
      for (Ink ink = INK_NONE; ink + 1 > INK_ALL; ink--)
        check (&nets[i], mlp, inference, ink, &random);
    }
}

/* The same question has the same answer, whatever was asked before. */
static void
test_repeats (void)
{
  const gsize n = nets[2].n[0];
  g_autoptr(MlpNet) mlp = reference_make_net (&nets[2]);
  g_autoptr(MlpInference) inference = NULL;
  g_autoptr(MlpInference) other = NULL;
  float first[3];
  MlpRandom random;

  mlp_net_init (mlp, MLP_INIT_HE, TRUE, 1);
  inference = mlp_inference_new (mlp, NULL);
  other = mlp_inference_new (mlp, NULL);

  mlp_random_seed (&random, 1, 1);
  draw (INK_SOME, mlp_inference_get_input (inference), n, &random);
  for (gsize i = 0; i < n; i++)
    mlp_inference_get_input (other)[i] = mlp_inference_get_input (inference)[i];
  for (gsize i = 0; i < 3; i++)
    first[i] = mlp_inference_forward (inference)[i];

  draw (INK_ALL, mlp_inference_get_input (inference), n, &random);
  mlp_inference_forward (inference);
  for (gsize i = 0; i < n; i++)
    mlp_inference_get_input (inference)[i] = mlp_inference_get_input (other)[i];

  g_assert_cmpmem (mlp_inference_forward (inference), sizeof first, first, sizeof first);
  g_assert_cmpmem (mlp_inference_forward (other), sizeof first, first, sizeof first);
}

/* What is no number does not pass for a zero. */
static void
test_nan (void)
{
  g_autoptr(MlpNet) mlp = reference_make_net (&nets[2]);
  g_autoptr(MlpInference) inference = NULL;

  mlp_net_init (mlp, MLP_INIT_HE, TRUE, 1);
  inference = mlp_inference_new (mlp, NULL);
  mlp_inference_get_input (inference)[nets[2].n[0] - 1] = NAN;
  g_assert_true (isnan (mlp_inference_forward (inference)[0]));
}

/* From bytes to classes and probabilities, as the passes in double have them. */
static void
test_classify (void)
{
  MlpRandom random;

  mlp_random_seed (&random, 21, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (nets); i++)
    {
      const ReferenceNet *net = &nets[i];
      const gsize n_inputs = net->n[0];
      const gsize n_outputs = net->n[net->L];
      const float scale = i % 2 == 0 ? 1.0f / 256.0f : 0.5f / 256.0f;
      g_autoptr(MlpNet) mlp = reference_make_net (net);
      g_autoptr(MlpInference) inference = NULL;
      g_autofree guint8 *bytes = g_new (guint8, n_inputs);
      g_autofree double *x = g_new (double, n_inputs);
      g_autofree double *y = g_new0 (double, n_outputs);
      g_autofree double *h = g_new (double, n_outputs);
      g_autofree double *theta = NULL;
      g_autofree float *probabilities = g_new (float, n_outputs);

      mlp_net_init (mlp, MLP_INIT_HE, TRUE, 7 + i);
      theta = reference_widen (mlp_net_peek_params (mlp), mlp_net_get_n_params (mlp));
      inference = mlp_inference_new (mlp, NULL);

      for (guint round = 0; round < 5; round++)
        {
          const ReferenceBatch batch = { .B = 1, .x = x, .y = y };
          double sum = 0.0;
          gsize class = G_MAXSIZE, other_class = G_MAXSIZE, largest = 0;

          for (gsize k = 0; k < n_inputs; k++)
            {
              bytes[k] = (guint8) mlp_random_below (&random, 256);
              x[k] = (double) scale * bytes[k];
            }
          reference_loss (net, theta, &batch, h, NULL);
          for (gsize k = 0; k < n_outputs; k++)
            {
              largest = h[k] > h[largest] ? k : largest;
              sum += MAX (h[k], 0.0);
            }

          g_assert_true (mlp_inference_classify (inference, bytes, scale, &class, probabilities, NULL));
          g_assert_true (mlp_inference_classify (inference, bytes, scale, &other_class, NULL, NULL));
          g_assert_cmpuint (class, ==, largest);
          g_assert_cmpuint (other_class, ==, largest);
          for (gsize k = 0; k < n_outputs; k++)
            assert_close ((double) probabilities[k],
                          sum > 0.0 ? MAX (h[k], 0.0) / sum : 1.0 / (double) n_outputs, TOLERANCE);
          for (gsize k = 0; k < n_inputs; k++)
            g_assert_true ((double) mlp_inference_get_input (inference)[k] == x[k]);
        }
    }
}

static void
test_classify_not_finite (void)
{
  g_autoptr(MlpNet) mlp = reference_make_net (&nets[2]);
  g_autoptr(MlpInference) inference = NULL;
  g_autofree guint8 *bytes = g_malloc0 (nets[2].n[0]);
  float probabilities[3] = { -1.0f, -1.0f, -1.0f };
  g_autoptr(GError) error = NULL;
  gsize class = 77;

  mlp_net_init (mlp, MLP_INIT_HE, TRUE, 1);
  mlp_net_get_params (mlp)[mlp_net_get_n_params (mlp) - 2] = NAN;     /* b[L] of the second of three */
  inference = mlp_inference_new (mlp, NULL);

  g_assert_false (mlp_inference_classify (inference, bytes, 1.0f, &class, probabilities, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_NOT_FINITE);
  g_assert_cmpuint (class, ==, 77);
  for (gsize k = 0; k < 3; k++)
    g_assert_cmpfloat (probabilities[k], ==, -1.0f);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/inference/answers", test_answers);
  g_test_add_func ("/core/inference/repeats", test_repeats);
  g_test_add_func ("/core/inference/nan", test_nan);
  g_test_add_func ("/core/inference/classify", test_classify);
  g_test_add_func ("/core/inference/classify/not-finite", test_classify_not_finite);

  return g_test_run ();
}
