/* fuzz-network.c: a network from a .perz file of whatever bytes, used: asked, evaluated,
 * explained, described.
 *
 * Behind the checksum, which bytes by chance never get right.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "core/net/mlp-explain.h"
#include "core/net/mlp-inference.h"
#include "core/net/mlp-metrics.h"
#include "core/net/mlp-novelty.h"
#include "core/net/mlp-regression-metrics.h"
#include "recipe/recipe-file-private.h"

/* Larger networks take time and hide nothing else. */
#define MAX_PARAMS  100000
#define N_SAMPLES   3

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         n_bytes);

/* Of pixels where the network was trained on some, of values else. (transfer full) */
static MlpSamples *
make_samples (const RecipeFile *file)
{
  const gsize n_inputs = mlp_net_get_width (file->net, 0);
  const gsize n_outputs = mlp_net_get_width (file->net, mlp_net_get_n_layers (file->net));

  if (file->data.task == NULL && file->data.scale > 0.0f && n_outputs >= 2 && n_outputs <= 256)
    {
      guint8 *pixels = g_malloc (n_inputs * N_SAMPLES);
      guint8 *classes = g_malloc0 (N_SAMPLES);

      for (gsize i = 0; i < n_inputs * N_SAMPLES; i++)
        pixels[i] = (guint8) (i * 37);

      return mlp_samples_new_classes (pixels, file->data.scale, classes, n_inputs, n_outputs, N_SAMPLES);
    }
  else
    {
      float *x = g_new (float, n_inputs * N_SAMPLES);
      float *y = g_new (float, n_outputs * N_SAMPLES);

      for (gsize i = 0; i < n_inputs * N_SAMPLES; i++)
        x[i] = (float) i / 7.0f - 1.0f;
      for (gsize i = 0; i < n_outputs * N_SAMPLES; i++)
        y[i] = (float) i;

      return mlp_samples_new_values (x, y, n_inputs, n_outputs, N_SAMPLES);
    }
}

static void
evaluate (const RecipeFile *file)
{
  const guint32 items[N_SAMPLES] = { 0, 1, 2 };
  g_autoptr(MlpSamples) samples = make_samples (file);
  g_autofree float *h = g_new (float, N_SAMPLES * mlp_net_get_width (file->net, mlp_net_get_n_layers (file->net)));
  MlpMetrics metrics;

  for (int loss = 0; loss < MLP_N_LOSSES; loss++)
    {
      g_autoptr(GError) error = NULL;
      const gboolean good = mlp_metrics_evaluate (file->net, samples, items, N_SAMPLES, loss, NULL, &metrics, &error);

      g_assert_true (good == (error == NULL));
    }
  mlp_regression_metrics_predict (file->net, samples, items, N_SAMPLES, 1, h, NULL, NULL);
}

static void
ask (const MlpNet *net)
{
  g_autoptr(MlpInference) inference = mlp_inference_new (net, NULL);
  const gsize n_inputs = mlp_net_get_width (net, 0);
  const MlpNovelty *novelty = mlp_net_peek_novelty (net);
  float *x;

  if (inference == NULL)
    return;

  x = mlp_inference_get_input (inference);
  for (gsize i = 0; i < n_inputs; i++)
    x[i] = (float) (i % 5) / 4.0f;
  mlp_inference_forward (inference);
  if (novelty != NULL)
    mlp_novelty_score (novelty, x);
}

static void
explain (const MlpNet *net)
{
  g_autoptr(MlpExplain) explain = mlp_explain_new (net, NULL);
  const gsize n_inputs = mlp_net_get_width (net, 0);
  g_autofree float *x = g_new (float, n_inputs);
  g_autofree float *gradient = g_new (float, n_inputs);

  if (explain == NULL)
    return;

  for (gsize i = 0; i < n_inputs; i++)
    x[i] = (float) (i % 3) / 2.0f;
  mlp_explain_forward (explain, x);
  mlp_explain_gradient (explain, 0, gradient, NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         n_bytes)
{
  g_autoptr(RecipeFile) file = recipe_file_parse_checked ("fuzz", bytes, n_bytes, FALSE, NULL);
  g_autofree char *hidden = NULL;
  g_autofree char *network = NULL;

  if (file == NULL)
    return 0;

  hidden = mlp_option_layers_to_string (file->recipe->hidden);
  network = recipe_describe_network (file->recipe, file->data.n_inputs, file->data.n_outputs);
  g_assert_true (g_utf8_validate (hidden, -1, NULL) && g_utf8_validate (network, -1, NULL));

  if (file->net == NULL || mlp_net_get_n_params (file->net) > MAX_PARAMS)
    return 0;

  ask (file->net);
  evaluate (file);
  explain (file->net);

  return 0;
}
