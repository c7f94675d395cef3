/* test-net.c: shapes, the places of parameters, and how they start.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/net/mlp-net.h"
#include "test-util.h"

static const MlpLayer course[] = { { 30, MLP_SIGMOID }, { 10, MLP_SOFTMAX } };

static void
test_layout (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MlpNet) net = mlp_net_new (784, course, 2, &error);
  const float *params;
  gsize n_params;

  g_assert_no_error (error);
  g_assert_cmpuint (mlp_net_get_n_layers (net), ==, 2);
  g_assert_cmpuint (mlp_net_get_width (net, 0), ==, 784);
  g_assert_cmpuint (mlp_net_get_width (net, 1), ==, 30);
  g_assert_cmpuint (mlp_net_get_width (net, 2), ==, 10);
  g_assert_cmpuint (mlp_net_get_activation (net, 1), ==, MLP_SIGMOID);
  g_assert_cmpuint (mlp_net_get_activation (net, 2), ==, MLP_SOFTMAX);

  /* 784 · 30 + 30 + 30 · 10 + 10 */
  g_assert_cmpuint (mlp_net_get_n_params (net), ==, 23860);
  g_assert_cmpuint (mlp_net_get_weight_offset (net, 1), ==, 0);
  g_assert_cmpuint (mlp_net_get_bias_offset (net, 1), ==, 23520);
  g_assert_cmpuint (mlp_net_get_weight_offset (net, 2), ==, 23550);
  g_assert_cmpuint (mlp_net_get_bias_offset (net, 2), ==, 23850);

  params = mlp_net_peek_params (net);
  g_assert_true (params == mlp_net_get_params (net));
  g_assert_true (mlp_net_peek_weights (net, 2) == params + 23550);
  g_assert_true (mlp_net_peek_biases (net, 1) == params + 23520);

  for (gsize i = 0; i < 23860; i++)
    g_assert_cmpfloat (params[i], ==, 0.0f);

  g_assert_true (mlp_net_check (784, course, 2, &n_params, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_params, ==, 23860);
}

typedef struct
{
  const char *name;
  gsize       n_inputs;
  MlpLayer    layers[2];
  gsize       n_layers;
  MlpError    code;
} Refused;

static const Refused refused[] = {
  { "no layer", 3, { { 0, 0 } }, 0, MLP_ERROR_SHAPE },
  { "no input", 0, { { 2, MLP_TANH } }, 1, MLP_ERROR_SHAPE },
  { "no unit", 3, { { 0, MLP_TANH }, { 2, MLP_TANH } }, 2, MLP_ERROR_SHAPE },
  { "no output", 3, { { 2, MLP_TANH }, { 0, MLP_TANH } }, 2, MLP_ERROR_SHAPE },
  { "softmax within", 3, { { 2, MLP_SOFTMAX }, { 2, MLP_SOFTMAX } }, 2, MLP_ERROR_INVALID },
  { "no such activation", 3, { { 2, MLP_N_ACTIVATIONS } }, 1, MLP_ERROR_INVALID },
  { "wide input", (gsize) G_MAXINT + 1, { { 1, MLP_TANH } }, 1, MLP_ERROR_TOO_LARGE },
  { "wide layer", 1, { { G_MAXSIZE, MLP_TANH } }, 1, MLP_ERROR_TOO_LARGE },
  { "product", 65536, { { 65536, MLP_TANH } }, 1, MLP_ERROR_TOO_LARGE },
  { "one too many", 1, { { G_MAXINT / 2 + 1, MLP_TANH } }, 1, MLP_ERROR_TOO_LARGE },
  { "sum", 20000, { { 60000, MLP_TANH }, { 20000, MLP_TANH } }, 2, MLP_ERROR_TOO_LARGE },
};

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      const Refused *r = &refused[i];
      g_autoptr(GError) error = NULL;
      g_autoptr(GError) checked = NULL;
      gsize n_params;

      g_test_message ("%s", r->name);
      g_assert_null (mlp_net_new (r->n_inputs, r->layers, r->n_layers, &error));
      g_assert_error (error, MLP_ERROR, (int) r->code);
      g_assert_false (mlp_net_check (r->n_inputs, r->layers, r->n_layers, &n_params, &checked));
      g_assert_error (checked, MLP_ERROR, (int) r->code);
      g_assert_cmpstr (checked->message, ==, error->message);
    }
}

static void
test_copy (void)
{
  static const MlpLayer other[] = { { 30, MLP_TANH }, { 10, MLP_SOFTMAX } };
  static const MlpLayer wider[] = { { 31, MLP_SIGMOID }, { 10, MLP_SOFTMAX } };
  g_autoptr(MlpNet) net = mlp_net_new (784, course, 2, NULL);
  g_autoptr(MlpNet) copy = NULL;
  g_autoptr(MlpNet) b = mlp_net_new (784, other, 2, NULL);
  g_autoptr(MlpNet) c = mlp_net_new (784, wider, 2, NULL);
  g_autoptr(MlpNet) d = mlp_net_new (785, course, 2, NULL);
  g_autoptr(MlpNet) e = mlp_net_new (784, course + 1, 1, NULL);
  const gsize n_bytes = mlp_net_get_n_params (net) * sizeof (float);

  mlp_net_init (net, MLP_INIT_NORMAL, TRUE, 1);
  copy = mlp_net_copy (net);
  g_assert_true (mlp_net_same_shape (net, copy));
  g_assert_false (mlp_net_same_shape (net, b));
  g_assert_false (mlp_net_same_shape (net, c));
  g_assert_false (mlp_net_same_shape (net, d));
  g_assert_false (mlp_net_same_shape (net, e));
  g_assert_cmpmem (mlp_net_peek_params (net), n_bytes, mlp_net_peek_params (copy), n_bytes);

  /* It is another one. */
  mlp_net_get_params (copy)[5] += 1.0f;
  g_assert_cmpfloat (mlp_net_peek_params (net)[5], !=, mlp_net_peek_params (copy)[5]);

  mlp_net_copy_params (copy, net);
  g_assert_cmpmem (mlp_net_peek_params (net), n_bytes, mlp_net_peek_params (copy), n_bytes);
}

static void
get_moments (const float *x,
             gsize        n,
             double      *mean,
             double      *variance,
             double      *largest)
{
  double sum = 0.0;
  double squares = 0.0;

  *largest = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      sum += (double) x[i];
      squares += (double) x[i] * (double) x[i];
      *largest = fmax (*largest, fabs ((double) x[i]));
    }

  *mean = sum / (double) n;
  *variance = squares / (double) n - *mean * *mean;
}

/* Each layer's weights have the variance of its kind; uniform ones stay within
 * their range, normal ones do not. */
static void
test_init (void)
{
  static const MlpLayer layers[] = { { 150, MLP_RELU }, { 400, MLP_TANH } };
  g_autoptr(MlpNet) net = mlp_net_new (300, layers, 2, NULL);

  for (guint init = 0; init < MLP_N_INITS; init++)
    {
      mlp_net_init (net, init, FALSE, 7 + init);

      for (gsize l = 1; l <= 2; l++)
        {
          const double n = (double) mlp_net_get_width (net, l - 1);
          const double m = (double) mlp_net_get_width (net, l);
          /* The uniform ones' range, or 0. */
          const double range = init == MLP_INIT_XAVIER ? sqrt (6.0 / (n + m)) :
                               init == MLP_INIT_UNIFORM ? 1.0 / sqrt (n) : 0.0;
          const double want = range > 0.0 ? range * range / 3.0 : init == MLP_INIT_HE ? 2.0 / n : 1.0;
          double mean, variance, largest;

          get_moments (mlp_net_peek_weights (net, l), (gsize) (n * m), &mean, &variance, &largest);

          /* Four standard deviations of the mean; of the variance, √2 of them. */
          g_assert_cmpfloat (fabs (mean), <, 4.0 * sqrt (want / (n * m)));
          assert_close (variance / want, 1.0, 4.0 * sqrt (2.0 / (n * m)));

          if (range > 0.0)
            {
              g_assert_cmpfloat (largest, <=, range * (1.0 + 1e-6));
              g_assert_cmpfloat (largest, >, range * 0.999);
            }
          else
            {
              g_assert_cmpfloat (largest, >, 3.5 * sqrt (want));
            }

          for (gsize i = 0; i < (gsize) m; i++)
            g_assert_cmpfloat (mlp_net_peek_biases (net, l)[i], ==, 0.0f);
        }
    }
}

static void
test_biases (void)
{
  static const MlpLayer layer = { 5000, MLP_SIGMOID };
  g_autoptr(MlpNet) net = mlp_net_new (2, &layer, 1, NULL);
  double mean, variance, largest;

  mlp_net_init (net, MLP_INIT_XAVIER, TRUE, 3);
  get_moments (mlp_net_peek_biases (net, 1), 5000, &mean, &variance, &largest);
  assert_close (mean, 0.0, 0.057);
  assert_close (variance, 1.0, 0.08);
}

/* The seed says it all; a layer's numbers do not depend on those of others. */
static void
test_seeds (void)
{
  static const MlpLayer layers[] = { { 8, MLP_RELU }, { 8, MLP_RELU }, { 8, MLP_RELU } };
  g_autoptr(MlpNet) a = mlp_net_new (8, layers, 3, NULL);
  g_autoptr(MlpNet) b = mlp_net_new (8, layers, 3, NULL);
  g_autoptr(MlpNet) c = mlp_net_new (20, layers, 3, NULL);
  const gsize n_bytes = mlp_net_get_n_params (a) * sizeof (float);

  mlp_net_init (a, MLP_INIT_HE, TRUE, 5);
  mlp_net_init (b, MLP_INIT_HE, TRUE, 5);
  g_assert_cmpmem (mlp_net_peek_params (a), n_bytes, mlp_net_peek_params (b), n_bytes);

  mlp_net_init (b, MLP_INIT_HE, TRUE, 6);
  g_assert_cmpint (memcmp (mlp_net_peek_params (a), mlp_net_peek_params (b), n_bytes), !=, 0);

  /* No two layers are alike; another input leaves the third layer as it was. */
  g_assert_cmpint (memcmp (mlp_net_peek_weights (a, 1), mlp_net_peek_weights (a, 2), 64 * sizeof (float)), !=, 0);
  mlp_net_init (c, MLP_INIT_HE, TRUE, 5);
  g_assert_cmpmem (mlp_net_peek_weights (a, 3), 64 * sizeof (float), mlp_net_peek_weights (c, 3), 64 * sizeof (float));
}

static void
test_finite (void)
{
  g_autoptr(MlpNet) net = mlp_net_new (784, course, 2, NULL);
  float *params = mlp_net_get_params (net);

  mlp_net_init (net, MLP_INIT_NORMAL, TRUE, 1);
  params[3] = 3e38f;
  params[4] = 3e38f;
  g_assert_true (mlp_net_is_finite (net));

  for (gsize i = 0; i < 23860; i += 23859)
    {
      float before = params[i];

      params[i] = NAN;
      g_assert_false (mlp_net_is_finite (net));
      params[i] = -INFINITY;
      g_assert_false (mlp_net_is_finite (net));
      params[i] = before;
      g_assert_true (mlp_net_is_finite (net));
    }
}

static void
test_names (void)
{
  g_autoptr(GError) error = NULL;
  MlpInit found;

  for (guint init = 0; init < MLP_N_INITS; init++)
    {
      g_assert_true (mlp_net_init_from_name (mlp_net_get_init_name (init), &found, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (found, ==, init);
    }

  g_assert_false (mlp_net_init_from_name ("zero", &found, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "xavier"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/net/layout", test_layout);
  g_test_add_func ("/core/net/refused", test_refused);
  g_test_add_func ("/core/net/copy", test_copy);
  g_test_add_func ("/core/net/init", test_init);
  g_test_add_func ("/core/net/biases", test_biases);
  g_test_add_func ("/core/net/seeds", test_seeds);
  g_test_add_func ("/core/net/finite", test_finite);
  g_test_add_func ("/core/net/names", test_names);

  return g_test_run ();
}
