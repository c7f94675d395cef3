/* test-pass.c: forward and backward against the textbook in double and loops.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/net/mlp-pass.h"
#include "core/reference.h"
#include "test-util.h"

/* How far float32 may be from double, as a share of the block's largest. */
#define TOLERANCE 2e-5

/* A batch with its network, in both widths. */
typedef struct
{
  ReferenceNet   net;
  gsize          divisor;

  MlpNet        *mlp;
  MlpWork       *work;
  float         *y;
  double        *theta;
  double        *x_wide;
  double        *y_wide;
  double        *masks;     /* those of all hidden layers, one after another */
  ReferenceBatch batch;
} Problem;

static void
problem_clear (Problem *p)
{
  mlp_net_free (p->mlp);
  mlp_work_free (p->work);
  g_free (p->y);
  g_free (p->theta);
  g_free (p->x_wide);
  g_free (p->y_wide);
  g_free (p->masks);
}

/* Targets that the loss is meant for. */
static void
draw_targets (const ReferenceNet *net,
              MlpRandom          *random,
              gsize               B,
              float              *y)
{
  const gsize n = net->n[net->L];

  for (gsize s = 0; s < B; s++)
    {
      double sum = 0.0;

      for (gsize i = 0; i < n; i++)
        {
          double value = mlp_random_uniform (random);

          sum += value;
          y[s * n + i] = (float) (net->loss >= MLP_LOSS_BINARY_CROSS_ENTROPY ? value : 4.0 * value - 2.0);
        }

      for (gsize i = 0; net->loss == MLP_LOSS_CROSS_ENTROPY && i < n; i++)
        y[s * n + i] /= (float) sum;
    }
}

/* Random weights, inputs and targets. Draws again while a unit is so near a kink
 * that a difference could step over it.
 */
static void
problem_init (Problem            *p,
              const ReferenceNet *net,
              gsize               B,
              gsize               divisor,
              guint64             seed)
{
  g_autoptr(GError) error = NULL;
  const gsize n_in = net->n[0];
  const gsize n_out = net->n[net->L];
  const gsize n_params = reference_n_params (net);
  float *params;
  float *x;
  MlpRandom random;
  double margin;

  *p = (Problem) { .net = *net, .divisor = divisor, .batch.B = B };
  p->mlp = reference_make_net (net);
  /* Room for more than is used: leading dimensions are rows, not max_batch. */
  p->work = mlp_work_new (p->mlp, B + 2, TRUE, &error);
  g_assert_no_error (error);
  p->y = g_new (float, n_out * B);
  params = mlp_net_get_params (p->mlp);
  x = mlp_work_get_input (p->work);
  mlp_random_seed (&random, seed, 0);

  do
    {
      gsize i = 0;

      for (gsize l = 1; l <= net->L; l++)
        {
          const double scale = 1.0 / sqrt ((double) net->n[l - 1]);
          const gsize end = i + (net->n[l - 1] + 1) * net->n[l];

          for (; i < end; i++)
            params[i] = (float) (scale * mlp_random_normal (&random));
        }

      for (gsize k = 0; k < n_in * B; k++)
        x[k] = (float) mlp_random_normal (&random);

      draw_targets (net, &random, B, p->y);

      g_free (p->theta);
      g_free (p->x_wide);
      g_free (p->y_wide);
      p->theta = reference_widen (params, n_params);
      p->x_wide = reference_widen (x, n_in * B);
      p->y_wide = reference_widen (p->y, n_out * B);
      p->batch.x = p->x_wide;
      p->batch.y = p->y_wide;
      reference_loss (net, p->theta, &p->batch, NULL, &margin);
    }
  while (margin < 3e-3);
}

/* |@got − @want / @divisor| over a block, every @stride-th. */
static void
check_block (const Problem *p,
             const char    *what,
             gsize          l,
             const float   *got,
             double        *variables,
             gsize          n,
             gsize          stride,
             double         divisor)
{
  g_autofree double *want = g_new0 (double, n);
  double largest = 0.0;

  for (gsize i = 0; i < n; i += stride)
    {
      want[i] = reference_slope (&p->net, p->theta, &p->batch, &variables[i]) / divisor;
      largest = fmax (largest, fabs (want[i]));
    }

  for (gsize i = 0; i < n; i += stride)
    {
      if (!(fabs ((double) got[i] - want[i]) <= TOLERANCE * largest + 1e-7))
        g_error ("%s of layer %zu, item %zu: is %.9g, should be %.9g (%s, output %s, %zu layers, batch %zu)",
                 what, l, i, (double) got[i], want[i], mlp_loss_get_name (p->net.loss),
                 mlp_activation_get_name (p->net.sigma[p->net.L]), p->net.L, p->batch.B);
    }
}

/* Every parameter's and every input's slope. */
static void
check_gradients (Problem *p,
                 gsize    stride)
{
  const gsize B = p->batch.B;
  g_autofree float *dx = g_new (float, p->net.n[0] * B);
  const float *gradient = mlp_work_get_gradient (p->work);
  double sum;

  /* What was there before is replaced. */
  for (gsize i = 0; i < mlp_net_get_n_params (p->mlp); i++)
    mlp_work_get_gradient (p->work)[i] = NAN;

  sum = mlp_pass_backward (p->mlp, p->work, p->y, B, p->net.loss, p->divisor);
  assert_close (sum, reference_loss (&p->net, p->theta, &p->batch, NULL, NULL), 1e-5);

  for (gsize l = 1; l <= p->net.L; l++)
    {
      const gsize W = mlp_net_get_weight_offset (p->mlp, l);
      const gsize b = mlp_net_get_bias_offset (p->mlp, l);

      check_block (p, "weight", l, gradient + W, p->theta + W, p->net.n[l - 1] * p->net.n[l],
                   stride, (double) p->divisor);
      check_block (p, "bias", l, gradient + b, p->theta + b, p->net.n[l], 1, (double) p->divisor);
    }

  mlp_pass_backward_to_input (p->mlp, p->work, B, dx);
  check_block (p, "input", 0, dx, p->x_wide, p->net.n[0] * B, stride, 1.0);
}

static void
check_outputs (Problem *p)
{
  const gsize n = p->net.n[p->net.L] * p->batch.B;
  g_autofree double *want = g_new (double, n);
  const float *h = mlp_pass_forward (p->mlp, p->work, p->batch.B);

  reference_loss (&p->net, p->theta, &p->batch, want, NULL);

  for (gsize i = 0; i < n; i++)
    assert_close ((double) h[i], want[i], 5e-6);
}

static void
check_net (const ReferenceNet *net,
           gsize               B,
           gsize               divisor,
           guint64             seed,
           gsize               stride)
{
  Problem p;

  problem_init (&p, net, B, divisor, seed);
  check_outputs (&p);
  check_gradients (&p, stride);
  problem_clear (&p);
}

/* Every hidden σ × every output σ × every loss that goes with it × 1 to 5
 * layers × a batch of one and of many. */
static void
test_every_combination (gconstpointer data)
{
  const MlpActivation hidden = GPOINTER_TO_UINT (data);
  guint64 seed = 1000 * (guint64) hidden;
  guint n_checked = 0;

  for (guint output = 0; output < MLP_N_ACTIVATIONS; output++)
    {
      for (guint loss = 0; loss < MLP_N_LOSSES; loss++)
        {
          if (!mlp_loss_check (loss, output, NULL))
            continue;

          for (gsize L = 1; L <= REFERENCE_MAX_LAYERS; L++)
            {
              ReferenceNet net = { .L = L, .n = { 4, 5, 3, 3, 5, 2 }, .loss = loss };

              for (gsize l = 1; l < L; l++)
                net.sigma[l] = hidden;
              net.sigma[L] = output;
              net.n[L] = 3;

              check_net (&net, 1, 1, ++seed, 1);
              check_net (&net, 5, 5, ++seed, 1);
              n_checked++;
            }
        }
    }

  /* 7 outputs with the squared error, 7 with Huber, one for each cross-entropy. */
  g_assert_cmpuint (n_checked, ==, 16 * REFERENCE_MAX_LAYERS);
}

/* Each layer with a σ of its own. */
static void
test_mixed (void)
{
  const ReferenceNet net = {
    .L = 5, .n = { 3, 6, 4, 5, 4, 3 },
    .sigma = { 0, MLP_RELU, MLP_TANH, MLP_ELU, MLP_SIGMOID, MLP_SOFTMAX },
    .loss = MLP_LOSS_CROSS_ENTROPY,
  };

  check_net (&net, 6, 6, 7, 1);
}

/* Nothing but the order tells a layer from the next, or rows from columns. */
static void
test_equal_widths (void)
{
  const ReferenceNet net = {
    .L = 4, .n = { 4, 4, 4, 4, 4 },
    .sigma = { 0, MLP_TANH, MLP_SIGMOID, MLP_TANH, MLP_IDENTITY },
    .loss = MLP_LOSS_SQUARED,
  };

  check_net (&net, 4, 4, 8, 1);
}

/* A part of a larger batch. */
static void
test_divisor (void)
{
  const ReferenceNet net = {
    .L = 2, .n = { 3, 4, 2 },
    .sigma = { 0, MLP_SIGMOID, MLP_SIGMOID },
    .loss = MLP_LOSS_BINARY_CROSS_ENTROPY,
  };

  check_net (&net, 5, 13, 9, 1);
  check_net (&net, 1, 3, 10, 1);
}

/* Sizes that no vector length divides; narrow layers. */
static void
test_odd_sizes (void)
{
  const ReferenceNet wide = {
    .L = 3, .n = { 37, 53, 29, 11 },
    .sigma = { 0, MLP_TANH, MLP_ELU, MLP_SOFTMAX },
    .loss = MLP_LOSS_CROSS_ENTROPY,
  };
  const ReferenceNet narrow = {
    .L = 3, .n = { 1, 1, 1, 1 },
    .sigma = { 0, MLP_SIGMOID, MLP_TANH, MLP_IDENTITY },
    .loss = MLP_LOSS_HUBER,
  };

  check_net (&wide, 33, 33, 11, 19);
  check_net (&narrow, 17, 17, 12, 1);
}

/* The step-by-step example of M. Mazur, "A Step by Step Backpropagation
 * Example" (2015), with the digits that are printed there. Its biases do not
 * move, so theirs are not in it.
 */
static void
test_published (void)
{
  static const float params[] = {
    0.15f, 0.20f, 0.25f, 0.30f, 0.35f, 0.35f,
    0.40f, 0.45f, 0.50f, 0.55f, 0.60f, 0.60f,
  };
  static const double after[] = {
    0.149780716, 0.19956143, 0.24975114, 0.29950229, -1.0, -1.0,
    0.35891648, 0.408666186, 0.511301270, 0.561370121, -1.0, -1.0,
  };
  static const float y[] = { 0.01f, 0.99f };
  const ReferenceNet shape = { 2, { 2, 2, 2 }, { 0, MLP_SIGMOID, MLP_SIGMOID }, MLP_LOSS_SQUARED };
  g_autoptr(MlpNet) net = reference_make_net (&shape);
  g_autoptr(MlpWork) work = mlp_work_new (net, 1, TRUE, NULL);
  const float *h;

  memcpy (mlp_net_get_params (net), params, sizeof params);
  mlp_work_get_input (work)[0] = 0.05f;
  mlp_work_get_input (work)[1] = 0.10f;

  h = mlp_pass_forward (net, work, 1);
  assert_close ((double) mlp_work_peek_a (work, 1)[0], 0.3775, 1e-6);
  assert_close ((double) mlp_work_peek_h (work, 1)[0], 0.593269992, 1e-6);
  assert_close ((double) mlp_work_peek_h (work, 1)[1], 0.596884378, 1e-6);
  assert_close ((double) h[0], 0.75136507, 1e-6);
  assert_close ((double) h[1], 0.772928465, 1e-6);

  assert_close (mlp_pass_backward (net, work, y, 1, MLP_LOSS_SQUARED, 1), 0.298371109, 1e-6);
  assert_close ((double) mlp_work_peek_d (work, 2)[0], 0.138498562, 1e-6);
  assert_close ((double) mlp_work_get_gradient (work)[6], 0.082167041, 1e-6);

  for (gsize i = 0; i < G_N_ELEMENTS (after); i++)
    {
      if (after[i] > 0.0)
        assert_close ((double) params[i] - 0.5 * (double) mlp_work_get_gradient (work)[i], after[i], 1e-6);
    }
}

/* XOR by hand: h₁ = max (0, x₁ + x₂), h₂ = max (0, x₁ + x₂ − 1), y = h₁ − 2 h₂;
 * whole numbers, so that nothing may be off by a bit. */
static void
test_by_hand (void)
{
  static const float params[] = { 1.0f, 1.0f, 1.0f, 1.0f, 0.0f, -1.0f, 1.0f, -2.0f, 0.0f };
  static const float x[] = { 0.0f, 0.0f, 0.0f, 1.0f, 1.0f, 0.0f, 1.0f, 1.0f };
  static const float want[] = { 0.0f, 1.0f, 1.0f, 0.0f };
  static const float y[] = { 0.0f, 0.0f, 0.0f, 4.0f };
  /* δ₂ = (0, 1, 1, −4). h₂ is above its kink for (1, 1) only; h₁ for all but
   * (0, 0): δ into h₁ (·, 1, 1, −4), δ into h₂ (·, ·, ·, 8). Over B = 4. */
  static const float gradient[] = {
    (1.0f - 4.0f) / 4.0f, (1.0f - 4.0f) / 4.0f,     /* h₁: from x₁, from x₂ */
    8.0f / 4.0f, 8.0f / 4.0f,                       /* h₂ */
    (1.0f + 1.0f - 4.0f) / 4.0f, 8.0f / 4.0f,
    (1.0f + 1.0f - 8.0f) / 4.0f, -4.0f / 4.0f,      /* from h₁, from h₂ */
    (1.0f + 1.0f - 4.0f) / 4.0f,
  };
  const ReferenceNet shape = { 2, { 2, 2, 1 }, { 0, MLP_RELU, MLP_IDENTITY }, MLP_LOSS_SQUARED };
  g_autoptr(MlpNet) net = reference_make_net (&shape);
  g_autoptr(MlpWork) work = mlp_work_new (net, 4, TRUE, NULL);
  const float *h;

  memcpy (mlp_net_get_params (net), params, sizeof params);
  memcpy (mlp_work_get_input (work), x, sizeof x);

  h = mlp_pass_forward (net, work, 4);
  for (gsize i = 0; i < 4; i++)
    g_assert_cmpfloat (h[i], ==, want[i]);

  g_assert_cmpfloat (mlp_pass_backward (net, work, y, 4, MLP_LOSS_SQUARED, 4), ==, 0.5 + 0.5 + 8.0);
  for (gsize i = 0; i < G_N_ELEMENTS (gradient); i++)
    g_assert_cmpfloat (mlp_work_get_gradient (work)[i], ==, gradient[i]);
}

/* The masks that the next pass draws, by the rule in mlp-pass.h. */
static void
draw_masks (Problem  *p,
            float     dropout,
            MlpRandom random)
{
  const gsize B = p->batch.B;
  gsize n_masks = 0;
  gsize n_silent = 0;
  double *mask;

  for (gsize l = 1; l < p->net.L; l++)
    n_masks += p->net.n[l] * B;

  p->masks = mask = g_new (double, n_masks);

  for (gsize l = 1; l < p->net.L; l++)
    {
      p->batch.masks[l] = mask;

      for (gsize i = 0; i < p->net.n[l] * B; i++, mask++)
        {
          gboolean silent = mlp_random_uniform (&random) < (double) dropout;

          *mask = silent ? 0.0 : 1.0 / (1.0 - (double) dropout);
          n_silent += silent;
        }
    }

  g_assert_cmpuint (n_silent, >, 0);
  g_assert_cmpuint (n_silent, <, n_masks);
}

/* The slopes are those of the network that the masks left. */
static void
test_dropout_gradient (void)
{
  for (guint sigma = 0; sigma < MLP_SOFTMAX; sigma++)
    {
      const ReferenceNet net = {
        .L = 3, .n = { 4, 6, 6, 3 },
        .sigma = { 0, sigma, sigma, MLP_SOFTMAX },
        .loss = MLP_LOSS_CROSS_ENTROPY,
      };
      Problem p;
      MlpRandom random;

      problem_init (&p, &net, 5, 5, 20 + sigma);
      mlp_random_seed (&random, 3, sigma);
      g_assert_true (mlp_work_set_dropout (p.work, 0.375f, &random, NULL));

      draw_masks (&p, 0.375f, random);
      check_outputs (&p);
      check_gradients (&p, 1);

      for (gsize i = 0; i < net.n[2] * 5; i++)
        {
          if (p.batch.masks[2][i] == 0.0)
            g_assert_cmpfloat (mlp_work_peek_d (p.work, 2)[i], ==, 0.0f);
        }

      /* And off again. */
      g_assert_true (mlp_work_set_dropout (p.work, 0.0f, NULL, NULL));
      memset (p.batch.masks, 0, sizeof p.batch.masks);
      check_outputs (&p);
      check_gradients (&p, 1);

      problem_clear (&p);
    }
}

/* Units are silent as often as was asked for, and the mean is that of the whole
 * network: the mean of 50 units that all say 1. */
static void
test_dropout_share (void)
{
  const ReferenceNet shape = { 2, { 1, 50, 1 }, { 0, MLP_IDENTITY, MLP_IDENTITY }, MLP_LOSS_SQUARED };
  const guint n = 4000;
  g_autoptr(MlpNet) net = reference_make_net (&shape);
  g_autoptr(MlpWork) work = mlp_work_new (net, 10, FALSE, NULL);
  double sum = 0.0;
  double squares = 0.0;
  MlpRandom random;

  for (gsize i = 0; i < 150; i++)
    mlp_net_get_params (net)[i] = i < 50 ? 1.0f : i < 100 ? 0.0f : 0.02f;

  for (gsize i = 0; i < 10; i++)
    mlp_work_get_input (work)[i] = 1.0f;

  mlp_random_seed (&random, 4, 0);
  g_assert_true (mlp_work_set_dropout (work, 0.2f, &random, NULL));

  for (guint k = 0; k < n; k += 10)
    {
      const float *h = mlp_pass_forward (net, work, 10);

      for (gsize i = 0; i < 10; i++)
        {
          sum += (double) h[i];
          squares += pow ((double) h[i] - 1.0, 2.0);
        }
    }

  /* A unit is 0 or 1.25; the variance of a mean of 50 is 0.25 / 50. */
  assert_close (sum / n, 1.0, 0.0045);
  assert_close (squares / n / 0.005, 1.0, 0.09);
}

/* Infinity and NaN come out as a loss that is not finite, never as a crash. */
static void
test_not_finite (void)
{
  const ReferenceNet shape = { 2, { 2, 3, 2 }, { 0, MLP_TANH, MLP_SOFTMAX }, MLP_LOSS_CROSS_ENTROPY };
  static const float y[] = { 1.0f, 0.0f };
  g_autoptr(MlpNet) net = reference_make_net (&shape);
  g_autoptr(MlpWork) work = mlp_work_new (net, 1, TRUE, NULL);

  mlp_net_init (net, MLP_INIT_NORMAL, TRUE, 1);
  mlp_work_get_input (work)[0] = NAN;
  mlp_work_get_input (work)[1] = 1.0f;
  mlp_pass_forward (net, work, 1);
  g_assert_false (isfinite (mlp_pass_backward (net, work, y, 1, MLP_LOSS_CROSS_ENTROPY, 1)));
}

static void
test_too_large (void)
{
  const ReferenceNet shape = { 1, { 2, 3 }, { 0, MLP_IDENTITY }, MLP_LOSS_SQUARED };
  g_autoptr(MlpNet) net = reference_make_net (&shape);
  g_autoptr(GError) error = NULL;

  g_assert_null (mlp_work_new (net, G_MAXSIZE / 2, TRUE, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE);
  g_clear_error (&error);

  /* A BLAS counts columns in an int. */
  g_assert_null (mlp_work_new (net, (gsize) G_MAXINT + 1, FALSE, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint sigma = 0; sigma < MLP_SOFTMAX; sigma++)
    {
      g_autofree char *path = g_strdup_printf ("/core/pass/every-combination/%s", mlp_activation_get_name (sigma));

      g_test_add_data_func (path, GUINT_TO_POINTER (sigma), test_every_combination);
    }

  g_test_add_func ("/core/pass/mixed", test_mixed);
  g_test_add_func ("/core/pass/equal-widths", test_equal_widths);
  g_test_add_func ("/core/pass/divisor", test_divisor);
  g_test_add_func ("/core/pass/odd-sizes", test_odd_sizes);
  g_test_add_func ("/core/pass/published", test_published);
  g_test_add_func ("/core/pass/by-hand", test_by_hand);
  g_test_add_func ("/core/pass/dropout-gradient", test_dropout_gradient);
  g_test_add_func ("/core/pass/dropout-share", test_dropout_share);
  g_test_add_func ("/core/pass/not-finite", test_not_finite);
  g_test_add_func ("/core/pass/too-large", test_too_large);

  return g_test_run ();
}
