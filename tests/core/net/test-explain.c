/* test-explain.c: slopes against finite differences in double; changes against what
 * can be worked out by hand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "core/mlp-random.h"
#include "core/net/mlp-explain.h"
#include "core/reference.h"
#include "test-util.h"

#define TOLERANCE 2e-5
#define MOST (255.0f / 256.0f)

static const ReferenceNet nets[] = {
  { .L = 1, .n = { 6, 3 }, .sigma = { 0, MLP_SOFTMAX } },
  { .L = 2, .n = { 30, 12, 5 }, .sigma = { 0, MLP_SIGMOID, MLP_SIGMOID } },
  { .L = 3, .n = { 17, 20, 9, 4 }, .sigma = { 0, MLP_TANH, MLP_ELU, MLP_SOFTMAX } },
  { .L = 3, .n = { 40, 33, 16, 10 }, .sigma = { 0, MLP_RELU, MLP_LEAKY_RELU, MLP_SOFTMAX } },
};

/* ∂a_L[@class] / ∂@variable by differences: of ½ (a_L − y)² with an identity for σ_L and a
 * y that is 1 below a_L[class] and a_L elsewhere. @variable is in @x. Skips, with NaN,
 * what is too near to a kink. */
static double
find_slope (const ReferenceNet *net,
            const double       *theta,
            const double       *x,
            double             *variable,
            gsize               class)
{
  ReferenceNet linear = *net;
  double a[10], y[10] = { 0.0 };
  double margin = INFINITY;
  ReferenceBatch batch = { .B = 1, .x = x, .y = y };

  linear.sigma[net->L] = MLP_IDENTITY;
  linear.loss = MLP_LOSS_SQUARED;
  reference_loss (&linear, theta, &batch, a, &margin);
  memcpy (y, a, net->n[net->L] * sizeof *a);
  y[class] -= 1.0;

  return margin < 0.02 ? (double) NAN : reference_slope (&linear, theta, &batch, variable);
}

static void
test_gradient (void)
{
  MlpRandom random;
  gsize n_checked[G_N_ELEMENTS (nets)] = { 0 };

  mlp_random_seed (&random, 3, 0);

  for (gsize k = 0; k < G_N_ELEMENTS (nets); k++)
    for (guint round = 0; round < 20; round++)
      {
        const ReferenceNet *net = &nets[k];
        const gsize n = net->n[0];
        g_autoptr(MlpNet) mlp = reference_make_net (net);
        g_autoptr(MlpExplain) explain = NULL;
        g_autofree double *theta = NULL;
        g_autofree double *wide = NULL;
        g_autofree float *x = g_new (float, n);
        g_autofree float *gradient = g_new (float, n);
        g_autofree float *added = g_new (float, net->n[1]);
        const gsize class = mlp_random_below (&random, net->n[net->L]);

        mlp_net_init (mlp, MLP_INIT_XAVIER, TRUE, round);
        theta = reference_widen (mlp_net_peek_params (mlp), mlp_net_get_n_params (mlp));
        for (gsize i = 0; i < n; i++)
          x[i] = (float) mlp_random_below (&random, 256) / 256.0f;
        wide = reference_widen (x, n);

        explain = mlp_explain_new (mlp, NULL);
        mlp_explain_forward (explain, x);
        mlp_explain_gradient (explain, class, gradient, net->L > 1 ? added : NULL);

        for (gsize i = 0; i < n; i++)
          {
            const double slope = find_slope (net, theta, wide, &wide[i], class);

            if (isnan (slope))
              continue;
            assert_close ((double) gradient[i], slope, TOLERANCE);
            n_checked[k]++;
          }

        /* The same network from its second layer on. */
        if (net->L > 1)
          {
            ReferenceNet above = { .L = net->L - 1 };
            g_autofree double *h = reference_widen (mlp_explain_peek_first (explain), net->n[1]);

            for (gsize l = 0; l <= above.L; l++)
              {
                above.n[l] = net->n[l + 1];
                above.sigma[l] = net->sigma[l + 1];
              }
            for (gsize i = 0; i < net->n[1]; i++)
              {
                const double slope = find_slope (&above, theta + mlp_net_get_weight_offset (mlp, 2), h, &h[i], class);

                if (!isnan (slope))
                  assert_close ((double) added[i], h[i] * slope, TOLERANCE);
              }
          }
      }

  for (gsize k = 0; k < G_N_ELEMENTS (nets); k++)
    g_assert_cmpuint (n_checked[k], >, 0);
}

/* By how much output @class is ahead of all others, before σ_L. */
static float
find_lead (const MlpNet *net,
           const float  *x,
           gsize         class)
{
  const gsize n = mlp_net_get_width (net, 0), n_outputs = mlp_net_get_width (net, 1);
  float a[3], lead = INFINITY;

  for (gsize j = 0; j < n_outputs; j++)
    {
      a[j] = mlp_net_peek_biases (net, 1)[j];
      for (gsize i = 0; i < n; i++)
        a[j] += mlp_net_peek_weights (net, 1)[j * n + i] * x[i];
    }
  for (gsize j = 0; j < n_outputs; j++)
    if (j != class)
      lead = MIN (lead, a[class] - a[j]);

  return lead;
}

/* Linear: input 0 is for class 0, input 1 for class 1; input 2 for class 1, too, but only
 * a little, and input 3 against it. */
static MlpNet *
make_linear (float weight)
{
  const MlpLayer layers[] = { { 3, MLP_SOFTMAX } };
  MlpNet *net = mlp_net_new (4, layers, 1, NULL);
  float *W = mlp_net_get_params (net);

  W[0] = weight;
  W[4 + 1] = weight;
  W[4 + 2] = weight / 4.0f;
  W[4 + 3] = -weight;
  mlp_net_get_params (net)[mlp_net_get_bias_offset (net, 1) + 2] = -100.0f;

  return net;
}

static void
test_change (void)
{
  g_autoptr(MlpNet) net = make_linear (8.0f);
  g_autoptr(MlpExplain) explain = mlp_explain_new (net, NULL);
  const float x[4] = { 0.5f, 0.25f, 0.5f, 0.5f };
  float y[4];
  float total = 0.0f;

  g_assert_cmpint (mlp_explain_change (explain, x, 0, MOST, 0, NULL, NULL, y), ==, MLP_CHANGE_NOT_NEEDED);
  g_assert_cmpmem (x, sizeof x, y, sizeof y);

  /* Ahead by 1, and hardly more; the steep ones bear it, and the weak one is as it was. */
  g_assert_cmpint (mlp_explain_change (explain, x, 1, MOST, 0, NULL, NULL, y), ==, MLP_CHANGE_FOUND);
  g_assert_cmpfloat (find_lead (net, y, 1), >=, 1.0f - 1e-5f);
  g_assert_cmpfloat (find_lead (net, y, 1), <, 1.1f);
  g_assert_cmpfloat (y[2], ==, x[2]);
  g_assert_cmpfloat (y[0], <, x[0]);
  g_assert_cmpfloat (y[1], >, x[1]);
  g_assert_cmpfloat (y[3], <, x[3]);

  /* a_1 − a_0 was 2 + 1 − 4 − 4 = −5: 6 to go, at 8 an input. */
  for (gsize i = 0; i < 4; i++)
    total += fabsf (y[i] - x[i]);
  assert_close ((double) total, 6.0 / 8.0, 0.02);
}

/* In a picture the neighbours of a pixel that is for a class go with it, half as much
 * beside it, a quarter at its corners; but not beyond the picture.
 */
static void
test_picture (void)
{
  const MlpLayer layers[] = { { 2, MLP_SIGMOID } };
  g_autoptr(MlpNet) net = mlp_net_new (25, layers, 1, NULL);
  g_autoptr(MlpExplain) explain = mlp_explain_new (net, NULL);
  float x[25], y[25];

  for (gsize i = 0; i < 25; i++)
    x[i] = 0.25f;
  mlp_net_get_params (net)[25 + 12] = 8.0f;
  mlp_net_get_params (net)[mlp_net_get_bias_offset (net, 1)] = 3.0f;
  g_assert_cmpint (mlp_explain_change (explain, x, 1, 1.0f, 5, NULL, NULL, y), ==, MLP_CHANGE_FOUND);

  assert_close (8.0 * (double) y[12] - 3.0, 1.0, 0.02);
  for (gsize i = 0; i < 25; i++)
    {
      const gboolean beside = i == 7 || i == 11 || i == 13 || i == 17;

      if (i != 12)
        assert_close ((double) (y[i] - x[i]), (double) (y[12] - x[12]) * (beside ? 0.5 : 0.0), 1e-5);
    }
}

/* Within its bounds nothing helps. */
static void
test_no_change (void)
{
  g_autoptr(MlpNet) net = make_linear (0.25f);
  g_autoptr(MlpNet) flat = make_linear (0.0f);
  g_autoptr(MlpExplain) explain = mlp_explain_new (net, NULL);
  g_autoptr(MlpExplain) nothing = mlp_explain_new (flat, NULL);
  const float x[4] = { 1.0f, 0.0f, 0.0f, 1.0f };
  float y[4];

  g_assert_cmpint (mlp_explain_change (explain, x, 1, 1.0f, 0, NULL, NULL, y), ==, MLP_CHANGE_NOT_FOUND);
  g_assert_cmpint (mlp_explain_change (explain, x, 2, 1.0f, 0, NULL, NULL, y), ==, MLP_CHANGE_NOT_FOUND);
  g_assert_cmpint (mlp_explain_change (nothing, x, 1, 1.0f, 0, NULL, NULL, y), ==, MLP_CHANGE_NOT_FOUND);
  for (gsize i = 0; i < 4; i++)
    g_assert_true (y[i] >= 0.0f && y[i] <= 1.0f);
}

static gboolean
count_down (gpointer data)
{
  return (*(guint *) data)-- == 0;
}

static void
test_stopped (void)
{
  g_autoptr(MlpNet) net = make_linear (8.0f);
  g_autoptr(MlpExplain) explain = mlp_explain_new (net, NULL);
  const float x[4] = { 0.5f, 0.25f, 0.5f, 0.5f };
  float y[4];
  guint n = 2;

  g_assert_cmpint (mlp_explain_change (explain, x, 1, 1.0f, 0, count_down, &n, y), ==, MLP_CHANGE_STOPPED);
  g_assert_cmpuint (n, ==, G_MAXUINT);
}

/* Deep networks of every kind: what is found is what it is said to be. */
static void
test_deep (void)
{
  MlpRandom random;
  guint n_found = 0;

  mlp_random_seed (&random, 5, 0);

  for (gsize k = 0; k < G_N_ELEMENTS (nets); k++)
    for (guint round = 0; round < 20; round++)
      {
        const ReferenceNet *net = &nets[k];
        const gsize n = net->n[0];
        const gsize class = mlp_random_below (&random, net->n[net->L]);
        g_autoptr(MlpNet) mlp = reference_make_net (net);
        g_autoptr(MlpExplain) explain = NULL;
        g_autofree float *x = g_new (float, n);
        g_autofree float *y = g_new (float, n);
        const float *h;
        gsize answer = 0;
        MlpCounterfactual change;

        mlp_net_init (mlp, MLP_INIT_XAVIER, TRUE, round);
        for (gsize i = 0; i < mlp_net_get_n_params (mlp); i++)
          mlp_net_get_params (mlp)[i] *= 3.0f;
        for (gsize i = 0; i < n; i++)
          x[i] = (float) mlp_random_below (&random, 256) / 256.0f;

        explain = mlp_explain_new (mlp, NULL);
        change = mlp_explain_change (explain, x, class, MOST, round % 2 == 0 && n % 10 == 0 ? n / 10 : 0, NULL, NULL, y);
        h = mlp_explain_forward (explain, y);
        for (gsize j = 0; j < net->n[net->L]; j++)
          if (h[j] > h[answer])
            answer = j;
        if (change != MLP_CHANGE_NOT_FOUND)
          g_assert_cmpuint (answer, ==, class);
        n_found += change == MLP_CHANGE_FOUND;
        for (gsize i = 0; i < n; i++)
          g_assert_true (y[i] >= 0.0f && y[i] <= MOST);
      }

  g_assert_cmpuint (n_found, >, 20);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/explain/gradient", test_gradient);
  g_test_add_func ("/core/explain/change", test_change);
  g_test_add_func ("/core/explain/picture", test_picture);
  g_test_add_func ("/core/explain/no-change", test_no_change);
  g_test_add_func ("/core/explain/stopped", test_stopped);
  g_test_add_func ("/core/explain/deep", test_deep);

  return g_test_run ();
}
