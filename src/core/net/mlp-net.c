/* mlp-net.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "core/linalg/mlp-memory-private.h"
#include "core/mlp-error.h"
#include "core/mlp-random.h"
#include "core/net/mlp-enum-names-private.h"
#include "core/net/mlp-net.h"

typedef struct
{
  MlpActivation activation;
  gsize         weight_offset;
  gsize         bias_offset;
} Layer;

struct _MlpNet
{
  gsize       L;
  gsize      *n;        /* L + 1 widths */
  Layer      *layers;   /* L + 1; that of the input is not used */
  gsize       n_params;
  float      *params;
  MlpScaler  *scaler;   /* (nullable) */
  MlpNovelty *novelty;  /* (nullable) */
};

static const char *const init_names[MLP_N_INITS] = {
  [MLP_INIT_NORMAL] = "normal",
  [MLP_INIT_XAVIER] = "xavier",
  [MLP_INIT_HE] = "he",
  [MLP_INIT_UNIFORM] = "uniform",
};

const char *
mlp_net_get_init_name (MlpInit init)
{
  g_return_val_if_fail ((guint) init < MLP_N_INITS, NULL);

  return init_names[init];
}

gboolean
mlp_net_init_from_name (const char *name,
                        MlpInit    *init,
                        GError    **error)
{
  int i = mlp_enum_names_find (init_names, MLP_N_INITS, _("initialisation"), name, error);

  if (i < 0)
    return FALSE;

  *init = (MlpInit) i;

  return TRUE;
}

static gboolean
check_width (gsize       width,
             const char *which,
             GError    **error)
{
  if (width == 0)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   _("The %s layer has no units; it needs at least 1"), which);
      return FALSE;
    }

  if (width > G_MAXINT)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   _("The %s layer has %zu units; the maximum is %d"),
                   which, width, G_MAXINT);
      return FALSE;
    }

  return TRUE;
}

gboolean
mlp_net_check (gsize           n_inputs,
               const MlpLayer *layers,
               gsize           n_layers,
               gsize          *n_params,
               GError        **error)
{
  gsize below = n_inputs;
  gsize total = 0;

  if (n_layers == 0)
    {
      g_set_error_literal (error, MLP_ERROR, MLP_ERROR_SHAPE,
                           _("The network has no layers; it needs at least an output layer"));
      return FALSE;
    }

  if (!check_width (n_inputs, _("input"), error))
    return FALSE;

  for (gsize l = 0; l < n_layers; l++)
    {
      const gboolean is_output = l + 1 == n_layers;
      g_autofree char *which = is_output ? g_strdup (_("output")) :
                               g_strdup_printf (_("hidden (number %zu)"), l + 1);
      gsize n_weights;

      if (!check_width (layers[l].width, which, error))
        return FALSE;

      if ((guint) layers[l].activation >= MLP_N_ACTIVATIONS ||
          (layers[l].activation == MLP_SOFTMAX && !is_output))
        {
          g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                       _("The %s layer cannot use softmax, which is for the output layer only; use sigmoid, tanh or ReLU"),
                       which);
          return FALSE;
        }

      /* Widths fit an int, so that neither product nor sums wrap in 64 bits;
       * in 32 bits the products are checked. */
      if (!g_size_checked_mul (&n_weights, below, layers[l].width) ||
          !g_size_checked_add (&total, total, n_weights) ||
          !g_size_checked_add (&total, total, layers[l].width) ||
          total > G_MAXINT)
        {
          g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                       _("The network would have more than %d parameters; use narrower layers"), G_MAXINT);
          return FALSE;
        }

      below = layers[l].width;
    }

  if (n_params != NULL)
    *n_params = total;

  return TRUE;
}

MlpNet *
mlp_net_new (gsize           n_inputs,
             const MlpLayer *layers,
             gsize           n_layers,
             GError        **error)
{
  gsize n_params;
  gsize offset = 0;
  float *params;
  MlpNet *net;

  g_return_val_if_fail (layers != NULL || n_layers == 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!mlp_net_check (n_inputs, layers, n_layers, &n_params, error))
    return NULL;

  params = g_try_new0 (float, n_params);
  if (params == NULL)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   _("Not enough memory for %zu parameters"), n_params);
      return NULL;
    }

  mlp_memory_advise (params, n_params);

  net = g_new0 (MlpNet, 1);
  net->L = n_layers;
  net->n = g_new (gsize, n_layers + 1);
  net->layers = g_new0 (Layer, n_layers + 1);
  net->n_params = n_params;
  net->params = params;
  net->n[0] = n_inputs;

  for (gsize l = 1; l <= n_layers; l++)
    {
      net->n[l] = layers[l - 1].width;
      net->layers[l].activation = layers[l - 1].activation;
      net->layers[l].weight_offset = offset;
      offset += net->n[l - 1] * net->n[l];
      net->layers[l].bias_offset = offset;
      offset += net->n[l];
    }

  return net;
}

MlpNet *
mlp_net_copy (const MlpNet *net)
{
  MlpNet *copy;

  g_return_val_if_fail (net != NULL, NULL);

  copy = g_new0 (MlpNet, 1);
  copy->L = net->L;
  copy->n = g_memdup2 (net->n, (net->L + 1) * sizeof *net->n);
  copy->layers = g_memdup2 (net->layers, (net->L + 1) * sizeof *net->layers);
  copy->n_params = net->n_params;
  copy->params = g_new (float, net->n_params);
  mlp_memory_advise (copy->params, net->n_params);
  mlp_net_copy_params (copy, net);

  return copy;
}

void
mlp_net_free (MlpNet *net)
{
  if (net == NULL)
    return;

  g_free (net->n);
  g_free (net->layers);
  g_free (net->params);
  mlp_scaler_unref (net->scaler);
  mlp_novelty_unref (net->novelty);
  g_free (net);
}

gboolean
mlp_net_same_shape (const MlpNet *a,
                    const MlpNet *b)
{
  if (a->L != b->L || a->n[0] != b->n[0])
    return FALSE;

  for (gsize l = 1; l <= a->L; l++)
    {
      if (a->n[l] != b->n[l] || a->layers[l].activation != b->layers[l].activation)
        return FALSE;
    }

  return TRUE;
}

void
mlp_net_copy_params (MlpNet       *to,
                     const MlpNet *from)
{
  g_return_if_fail (to->n_params == from->n_params);

  memcpy (to->params, from->params, from->n_params * sizeof *from->params);
  mlp_net_set_scaler (to, from->scaler);
  mlp_net_set_novelty (to, from->novelty);
}

void
mlp_net_set_scaler (MlpNet          *net,
                    const MlpScaler *scaler)
{
  g_return_if_fail (scaler == NULL || (mlp_scaler_get_n_inputs (scaler) == net->n[0] &&
                                       mlp_scaler_get_n_outputs (scaler) == net->n[net->L]));

  if (net->scaler == scaler)
    return;

  mlp_scaler_unref (net->scaler);
  net->scaler = scaler != NULL ? mlp_scaler_ref (scaler) : NULL;
}

const MlpScaler *
mlp_net_peek_scaler (const MlpNet *net)
{
  return net->scaler;
}

void
mlp_net_set_novelty (MlpNet           *net,
                     const MlpNovelty *novelty)
{
  g_return_if_fail (novelty == NULL || (mlp_novelty_get_n_inputs (novelty) == net->n[0] &&
                                        mlp_novelty_get_n_classes (novelty) == net->n[net->L]));

  if (net->novelty == novelty)
    return;

  mlp_novelty_unref (net->novelty);
  net->novelty = novelty != NULL ? mlp_novelty_ref (novelty) : NULL;
}

const MlpNovelty *
mlp_net_peek_novelty (const MlpNet *net)
{
  return net->novelty;
}

static void
fill_normal (float     *w,
             gsize      n,
             double     spread,
             MlpRandom *random)
{
  for (gsize i = 0; i < n; i++)
    w[i] = (float) (spread * mlp_random_normal (random));
}

static void
fill_uniform (float     *w,
              gsize      n,
              double     range,
              MlpRandom *random)
{
  for (gsize i = 0; i < n; i++)
    w[i] = (float) (range * (2.0 * mlp_random_uniform (random) - 1.0));
}

void
mlp_net_init (MlpNet  *net,
              MlpInit  init,
              gboolean random_biases,
              guint64  seed)
{
  g_return_if_fail (net != NULL);

  for (gsize l = 1; l <= net->L; l++)
    {
      float *w = net->params + net->layers[l].weight_offset;
      float *b = net->params + net->layers[l].bias_offset;
      const double below = (double) net->n[l - 1];
      const double above = (double) net->n[l];
      const gsize n_weights = net->n[l - 1] * net->n[l];
      MlpRandom random;

      mlp_random_seed (&random, seed, l);

      switch (init)
        {
        case MLP_INIT_NORMAL:
          fill_normal (w, n_weights, 1.0, &random);
          break;
        case MLP_INIT_XAVIER:
          fill_uniform (w, n_weights, sqrt (6.0 / (below + above)), &random);
          break;
        case MLP_INIT_HE:
          fill_normal (w, n_weights, sqrt (2.0 / below), &random);
          break;
        case MLP_INIT_UNIFORM:
          fill_uniform (w, n_weights, 1.0 / sqrt (below), &random);
          break;
        default:
          g_assert_not_reached ();
        }

      if (random_biases)
        fill_normal (b, net->n[l], 1.0, &random);
      else
        memset (b, 0, net->n[l] * sizeof *b);
    }
}

gsize
mlp_net_get_n_layers (const MlpNet *net)
{
  return net->L;
}

gsize
mlp_net_get_width (const MlpNet *net,
                   gsize         l)
{
  g_return_val_if_fail (l <= net->L, 0);

  return net->n[l];
}

MlpActivation
mlp_net_get_activation (const MlpNet *net,
                        gsize         l)
{
  g_return_val_if_fail (l >= 1 && l <= net->L, MLP_IDENTITY);

  return net->layers[l].activation;
}

gsize
mlp_net_get_n_params (const MlpNet *net)
{
  return net->n_params;
}

float *
mlp_net_get_params (MlpNet *net)
{
  return net->params;
}

const float *
mlp_net_peek_params (const MlpNet *net)
{
  return net->params;
}

const float *
mlp_net_peek_weights (const MlpNet *net,
                      gsize         l)
{
  return net->params + mlp_net_get_weight_offset (net, l);
}

const float *
mlp_net_peek_biases (const MlpNet *net,
                     gsize         l)
{
  return net->params + mlp_net_get_bias_offset (net, l);
}

gsize
mlp_net_get_weight_offset (const MlpNet *net,
                           gsize         l)
{
  g_return_val_if_fail (l >= 1 && l <= net->L, 0);

  return net->layers[l].weight_offset;
}

gsize
mlp_net_get_bias_offset (const MlpNet *net,
                         gsize         l)
{
  g_return_val_if_fail (l >= 1 && l <= net->L, 0);

  return net->layers[l].bias_offset;
}

gboolean
mlp_net_is_finite (const MlpNet *net)
{
  /* 0 · w is 0, or NaN where w is not finite. */
  float sum = 0.0f;

  for (gsize i = 0; i < net->n_params; i++)
    sum += 0.0f * net->params[i];

  return sum == 0.0f;
}
