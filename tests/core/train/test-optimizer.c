/* test-optimizer.c: steps by hand and against NumPy (tests/golden).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/train/mlp-optimizer.h"
#include "test-util.h"

/* Two steps from θ = 1 with g = 2 and then g = −1, η = 0.1, worked out by hand. */
typedef struct
{
  MlpOptimizerOptions options;
  double              first;
  double              second;
} ByHand;

static const ByHand by_hand[] = {
  { { .kind = MLP_SGD }, 0.8, 0.9 },
  /* v = 2, then ½ · 2 − 1 = 0 */
  { { .kind = MLP_MOMENTUM, .momentum = 0.5f }, 0.8, 0.8 },
  /* 2 + ½ · 2 = 3, then −1 + ½ · 0 = −1 */
  { { .kind = MLP_NESTEROV, .momentum = 0.5f }, 0.7, 0.8 },
  /* v = ¾ · 4 = 3: 2/√3; then ¼ · 3 + ¾ = 1.5: −1/√1.5 */
  { { .kind = MLP_RMSPROP, .rho = 0.25f, .epsilon = 1e-8f },
    1.0 - 0.2 / 1.7320508075688772, 1.0 - 0.2 / 1.7320508075688772 + 0.1 / 1.224744871391589 },
  /* m̂ = 2, v̂ = 4; then m = ½ · 1 − ½ = 0: no step */
  { { .kind = MLP_ADAM, .beta1 = 0.5f, .beta2 = 0.75f, .epsilon = 1e-8f }, 0.9, 0.9 },
  /* The same after shrinking by 0.1 · ½, twice. */
  { { .kind = MLP_ADAMW, .beta1 = 0.5f, .beta2 = 0.75f, .epsilon = 1e-8f, .weight_decay = 0.5f },
    0.95 - 0.1, 0.95 * 0.85 },
  /* Where ε is: beside √v̂, 2 / (2 + 2) */
  { { .kind = MLP_ADAM, .beta1 = 0.5f, .beta2 = 0.75f, .epsilon = 2.0f }, 0.95, 0.95 },
  /* beside √v, 2 / (√3 + 2) */
  { { .kind = MLP_RMSPROP, .rho = 0.25f, .epsilon = 2.0f },
    1.0 - 0.2 / 3.7320508075688772, 1.0 - 0.2 / 3.7320508075688772 + 0.1 / 3.224744871391589 },
};

static void
test_by_hand (void)
{
  const float g1 = 2.0f;
  const float g2 = -1.0f;

  for (gsize i = 0; i < G_N_ELEMENTS (by_hand); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(MlpOptimizer) optimizer = mlp_optimizer_new (&by_hand[i].options, 1, &error);
      float theta = 1.0f;

      g_assert_no_error (error);

      /* A step that is forgotten. */
      mlp_optimizer_step (optimizer, 0.1f, &theta, &g1, NULL);
      mlp_optimizer_reset (optimizer);
      theta = 1.0f;

      mlp_optimizer_step (optimizer, 0.1f, &theta, &g1, NULL);
      assert_close ((double) theta, by_hand[i].first, 1e-6);
      mlp_optimizer_step (optimizer, 0.1f, &theta, &g2, NULL);
      assert_close ((double) theta, by_hand[i].second, 1e-6);
    }
}

/* The rule of make-optimizers.py. */
static void
make_gradient (guint  t,
               gsize  n,
               float *g)
{
  for (gsize i = 0; i < n; i++)
    g[i] = ldexpf ((float) ((int) ((7 * t + 5 * i) % 13) - 6), 2 * ((int) i - 3) - 3);
}

/* One optimizer of the file from its header line on; returns the line after. */
static char **
check_golden (char **line)
{
  g_auto(GStrv) head = g_strsplit (*line++, " ", -1);
  g_autoptr(GError) error = NULL;
  g_autoptr(MlpOptimizer) optimizer = NULL;
  MlpOptimizerOptions options;
  float theta[6] = { -1.0f, -0.5f, 0.0f, 0.5f, 1.0f, 1.5f };
  guint t = 0;

  g_assert_cmpuint (g_strv_length (head), ==, 8);
  g_assert_cmpstr (head[0], ==, "optimizer");
  g_assert_true (mlp_optimizer_from_name (head[1], &options.kind, &error));
  options.momentum = (float) g_ascii_strtod (head[2], NULL);
  options.rho = (float) g_ascii_strtod (head[3], NULL);
  options.beta1 = (float) g_ascii_strtod (head[4], NULL);
  options.beta2 = (float) g_ascii_strtod (head[5], NULL);
  options.epsilon = (float) g_ascii_strtod (head[6], NULL);
  options.weight_decay = (float) g_ascii_strtod (head[7], NULL);
  optimizer = mlp_optimizer_new (&options, 6, &error);
  g_assert_no_error (error);

  for (; *line != NULL && g_ascii_isdigit (**line); line++)
    {
      g_auto(GStrv) words = g_strsplit (*line, " ", -1);
      const guint until = (guint) g_ascii_strtoull (words[0], NULL, 10);

      g_assert_cmpuint (g_strv_length (words), ==, 7);

      while (t < until)
        {
          float g[6];

          make_gradient (++t, 6, g);
          mlp_optimizer_step (optimizer, t <= 20 ? 1.0f / 64.0f : 1.0f / 128.0f, theta, g, NULL);
        }

      for (gsize i = 0; i < 6; i++)
        assert_close ((double) theta[i], g_ascii_strtod (words[1 + i], NULL), 1e-6);
    }

  g_assert_cmpuint (t, ==, 40);

  return line;
}

static void
test_golden (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "optimizers.txt", NULL);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(GError) error = NULL;
  guint n = 0;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (g_strchomp (text), "\n", -1);

  for (char **line = lines; *line != NULL; n++)
    line = check_golden (line);

  g_assert_cmpuint (n, ==, MLP_N_OPTIMIZERS);
}

/* AdamW shrinks what it was told to shrink, and nothing else; with a constant
 * gradient its own step is η. */
static void
test_decays (void)
{
  MlpOptimizerOptions options = MLP_OPTIMIZER_OPTIONS_DEFAULT;
  const gsize decays[] = { 1, 3, 5, 6, G_MAXSIZE };
  const float g[7] = { 1.0f, 1.0f, 1.0f, 1.0f, 1.0f, 1.0f, 1.0f };
  g_autoptr(MlpOptimizer) optimizer = NULL;

  options.kind = MLP_ADAMW;
  options.weight_decay = 0.5f;
  optimizer = mlp_optimizer_new (&options, 7, NULL);

  for (guint all = 0; all < 2; all++)
    {
      float theta[7] = { 1.0f, 1.0f, 1.0f, 1.0f, 1.0f, 1.0f, 1.0f };

      mlp_optimizer_step (optimizer, 0.25f, theta, g, all ? NULL : decays);
      for (gsize i = 0; i < 7; i++)
        assert_close ((double) theta[i], all || i == 1 || i == 2 || i == 5 ? 0.625 : 0.75, 1e-6);
    }
}

/* Parts of a step, in any order, are the step. */
static void
test_ranges (void)
{
  for (guint kind = 0; kind < MLP_N_OPTIMIZERS; kind++)
    {
      MlpOptimizerOptions options = MLP_OPTIMIZER_OPTIONS_DEFAULT;
      g_autoptr(MlpOptimizer) whole = NULL;
      g_autoptr(MlpOptimizer) parts = NULL;
      float a[100], b[100], g[100];

      options.kind = kind;
      whole = mlp_optimizer_new (&options, 100, NULL);
      parts = mlp_optimizer_new (&options, 100, NULL);

      for (gsize i = 0; i < 100; i++)
        a[i] = b[i] = sinf ((float) i);

      for (guint t = 1; t <= 3; t++)
        {
          for (gsize i = 0; i < 100; i++)
            g[i] = cosf ((float) (t * i));

          mlp_optimizer_step (whole, 0.01f, a, g, NULL);
          mlp_optimizer_advance (parts);
          mlp_optimizer_step_range (parts, 0.01f, 37, 63, TRUE, b + 37, g + 37);
          mlp_optimizer_step_range (parts, 0.01f, 0, 0, TRUE, b, g);
          mlp_optimizer_step_range (parts, 0.01f, 0, 37, TRUE, b, g);
        }

      g_assert_cmpmem (a, sizeof a, b, sizeof b);
    }
}

static void
test_names (void)
{
  g_autoptr(GError) error = NULL;
  MlpOptimizerKind kind;

  for (guint i = 0; i < MLP_N_OPTIMIZERS; i++)
    {
      g_assert_true (mlp_optimizer_from_name (mlp_optimizer_get_name (i), &kind, &error));
      g_assert_cmpuint (kind, ==, i);
    }

  g_assert_no_error (error);
  g_assert_false (mlp_optimizer_from_name ("adagrad", &kind, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "nesterov"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/optimizer/by-hand", test_by_hand);
  g_test_add_func ("/core/optimizer/golden", test_golden);
  g_test_add_func ("/core/optimizer/decays", test_decays);
  g_test_add_func ("/core/optimizer/ranges", test_ranges);
  g_test_add_func ("/core/optimizer/names", test_names);

  return g_test_run ();
}
