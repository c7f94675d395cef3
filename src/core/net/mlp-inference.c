/* mlp-inference.c
 *
 * A layer's weights are kept in panels of up to PANEL_UNITS units: a row of them
 * for each input, filled up to whole cache lines. Of a panel the rows of the inputs
 * that are not 0 are added up in registers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "core/linalg/mlp-memory-private.h"
#include "core/linalg/mlp-transpose-private.h"
#include "core/linalg/mlp-vector.h"
#include "core/mlp-error.h"
#include "core/net/mlp-inference.h"
#include "core/net/mlp-metrics.h"

/* Floats in a vector; in a cache line, of which rows are a multiple; units in a
 * panel, whose sums are as many vectors as there are registers for. */
#define LANES 8
#define LINE 16
#define PANEL_UNITS 64
#define MAX_VECTORS (PANEL_UNITS / LANES)

typedef float Vector __attribute__ ((vector_size (LANES *sizeof (float)), may_alias));

typedef struct
{
  gsize         n_inputs;
  gsize         n_units;
  MlpActivation activation;
  float        *panels;     /* PANEL_UNITS × n_inputs each, the last one maybe smaller */
  float        *biases;     /* a multiple of LINE */
  float        *h;          /* the same */
} Layer;

struct _MlpInference
{
  gsize    n_layers;
  Layer   *layers;
  float   *block;           /* all the floats */
  float   *input;

  /* The inputs of the running layer that are not 0. */
  guint32 *places;
  float   *values;
};

/* Whole lines. */
static gsize
round_up (gsize n)
{
  return (n + LINE - 1) / LINE * LINE;
}

static gboolean
add_size (gsize *total,
          gsize  n,
          gsize  times)
{
  gsize size;

  return g_size_checked_mul (&size, n, times) && g_size_checked_add (total, *total, size);
}

static gboolean
count_floats (const MlpNet *net,
              gsize         widest,
              gsize        *total)
{
  *total = 0;

  for (gsize l = 1; l <= mlp_net_get_n_layers (net); l++)
    {
      const gsize row = round_up (mlp_net_get_width (net, l));

      if (!add_size (total, row, mlp_net_get_width (net, l - 1)) || !add_size (total, row, 2))
        return FALSE;
    }

  return add_size (total, round_up (mlp_net_get_width (net, 0)), 1) && add_size (total, round_up (widest), 2);
}

static float *
take_floats (float **place,
             gsize   n)
{
  float *floats = *place;

  *place += n;

  return floats;
}

MlpInference *
mlp_inference_new (const MlpNet *net,
                   GError      **error)
{
  MlpInference *inference;
  gsize n_layers, n_floats, widest = 0;
  float *block = NULL;
  float *place;

  g_return_val_if_fail (net != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  n_layers = mlp_net_get_n_layers (net);
  for (gsize l = 0; l < n_layers; l++)
    widest = MAX (widest, mlp_net_get_width (net, l));

  if (count_floats (net, widest, &n_floats))
    block = mlp_memory_new0 (n_floats);

  if (block == NULL)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   _("Not enough memory for %zu parameters"), mlp_net_get_n_params (net));
      return NULL;
    }

  inference = g_new0 (MlpInference, 1);
  inference->n_layers = n_layers;
  inference->layers = g_new0 (Layer, n_layers);
  inference->block = place = block;
  inference->input = take_floats (&place, round_up (mlp_net_get_width (net, 0)));
  inference->values = take_floats (&place, round_up (widest));
  inference->places = (guint32 *) take_floats (&place, round_up (widest));

  for (gsize l = 0; l < n_layers; l++)
    {
      Layer *layer = &inference->layers[l];

      layer->n_inputs = mlp_net_get_width (net, l);
      layer->n_units = mlp_net_get_width (net, l + 1);
      layer->activation = mlp_net_get_activation (net, l + 1);
      layer->biases = take_floats (&place, round_up (layer->n_units));
      layer->h = take_floats (&place, round_up (layer->n_units));
      layer->panels = take_floats (&place, round_up (layer->n_units) * layer->n_inputs);
    }

  mlp_inference_load (inference, net);

  return inference;
}

void
mlp_inference_free (MlpInference *inference)
{
  if (inference == NULL)
    return;

  free (inference->block);
  g_free (inference->layers);
  g_free (inference);
}

void
mlp_inference_load (MlpInference *inference,
                    const MlpNet *net)
{
  g_return_if_fail (inference != NULL);
  g_return_if_fail (net != NULL && mlp_net_get_n_layers (net) == inference->n_layers);

  for (gsize l = 0; l < inference->n_layers; l++)
    {
      const Layer *layer = &inference->layers[l];
      const gsize m = layer->n_inputs;
      const float *W = mlp_net_peek_weights (net, l + 1);

      memcpy (layer->biases, mlp_net_peek_biases (net, l + 1), layer->n_units * sizeof (float));

      for (gsize first = 0; first < layer->n_units; first += PANEL_UNITS)
        {
          const gsize n = MIN (PANEL_UNITS, layer->n_units - first);

          mlp_transpose (m, n, W + first * m, m, layer->panels + first * m, round_up (n));
        }
    }
}

float *
mlp_inference_get_input (MlpInference *inference)
{
  g_return_val_if_fail (inference != NULL, NULL);

  return inference->input;
}

/* The places and values of what is not 0 in @x, which is filled up with 0s to whole
 * lines. A line of nothing but 0 is left out at once. Of the others each number
 * is written, and the next one over it if it is 0: a branch that nobody can foresee
 * would cost more. */
static inline __attribute__ ((always_inline)) gsize
find_inputs (const float *x,
             gsize        n,
             guint32     *places,
             float       *values)
{
  /* Without the sign: −0 is 0, too. */
  const guint64 digits = G_GUINT64_CONSTANT (0x7fffffff7fffffff);
  gsize k = 0;

  for (gsize j = 0; j < n; j += LINE)
    {
      guint32 numbers[LINE];
      guint64 pairs[LINE / 2];

      memcpy (numbers, x + j, sizeof numbers);
      memcpy (pairs, x + j, sizeof pairs);

      if (((((pairs[0] | pairs[1]) | (pairs[2] | pairs[3])) |
            ((pairs[4] | pairs[5]) | (pairs[6] | pairs[7]))) & digits) == 0)
        continue;

#pragma GCC unroll 16
      for (gsize i = 0; i < LINE; i++)
        {
          places[k] = (guint32) (j + i);
          values[k] = x[j + i];
          k += numbers[i] << 1 != 0;
        }
    }

  return k;
}

/* h ← b + Σ x_j rows_j, for rows of @n_vectors. In short rows there are more sums
 * at a time: each addition waits for the one before it. */
static inline __attribute__ ((always_inline)) void
sum_rows (const float   *rows,
          const gsize    n_vectors,
          const guint32 *places,
          const float   *values,
          gsize          n,
          const float   *b,
          float         *h)
{
  const gsize n_sums = MAX_VECTORS / n_vectors;
  Vector sums[MAX_VECTORS] = { { 0.0f } };
  gsize k = 0;

#pragma GCC unroll 8
  for (gsize v = 0; v < n_vectors; v++)
    sums[v] = ((const Vector *) b)[v];

  for (; k + n_sums <= n; k += n_sums)
    {
#pragma GCC unroll 8
      for (gsize i = 0; i < n_sums; i++)
        {
          const Vector *row = (const Vector *) rows + places[k + i] * n_vectors;

#pragma GCC unroll 8
          for (gsize v = 0; v < n_vectors; v++)
            sums[i * n_vectors + v] += values[k + i] * row[v];
        }
    }

  for (; k < n; k++)
    {
      const Vector *row = (const Vector *) rows + places[k] * n_vectors;

#pragma GCC unroll 8
      for (gsize v = 0; v < n_vectors; v++)
        sums[v] += values[k] * row[v];
    }

#pragma GCC unroll 8
  for (gsize i = 1; i < n_sums; i++)
    {
#pragma GCC unroll 8
      for (gsize v = 0; v < n_vectors; v++)
        sums[v] += sums[i * n_vectors + v];
    }

#pragma GCC unroll 8
  for (gsize v = 0; v < n_vectors; v++)
    ((Vector *) h)[v] = sums[v];
}

MLP_VECTOR_CLONES static void
multiply_inputs (const Layer *layer,
                 const float *x,
                 guint32     *places,
                 float       *values)
{
  const gsize n = find_inputs (x, layer->n_inputs, places, values);

  for (gsize first = 0; first < layer->n_units; first += PANEL_UNITS)
    {
      const float *rows = layer->panels + first * layer->n_inputs;
      const float *b = layer->biases + first;
      float *h = layer->h + first;

      switch (round_up (MIN (PANEL_UNITS, layer->n_units - first)) / LINE)
        {
        case 1: sum_rows (rows, 1 * LINE / LANES, places, values, n, b, h); break;
        case 2: sum_rows (rows, 2 * LINE / LANES, places, values, n, b, h); break;
        case 3: sum_rows (rows, 3 * LINE / LANES, places, values, n, b, h); break;
        case 4: sum_rows (rows, 4 * LINE / LANES, places, values, n, b, h); break;
        default: g_assert_not_reached ();
        }
    }
}

const float *
mlp_inference_forward (MlpInference *inference)
{
  const float *x;

  g_return_val_if_fail (inference != NULL, NULL);

  x = inference->input;
  for (gsize l = 0; l < inference->n_layers; l++)
    {
      const Layer *layer = &inference->layers[l];

      multiply_inputs (layer, x, inference->places, inference->values);

      /* What fills it up is 0 times the inputs, which may be no number. */
      memset (layer->h + layer->n_units, 0, (round_up (layer->n_units) - layer->n_units) * sizeof (float));
      mlp_activation_apply (layer->activation, layer->h, layer->h, layer->n_units, 1);
      x = layer->h;
    }

  return x;
}

gboolean
mlp_inference_classify (MlpInference *inference,
                        const guint8 *bytes,
                        float         scale,
                        gsize        *class,
                        float        *probabilities,
                        GError      **error)
{
  const Layer *output;
  const float *h;

  g_return_val_if_fail (inference != NULL && bytes != NULL, FALSE);
  g_return_val_if_fail (class != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  /* x = scale · byte */
  for (gsize i = 0; i < inference->layers[0].n_inputs; i++)
    inference->input[i] = scale * (float) bytes[i];

  output = &inference->layers[inference->n_layers - 1];
  h = mlp_inference_forward (inference);
  if (!mlp_metrics_check_outputs (h, output->n_units, error))
    return FALSE;

  *class = mlp_metrics_find_largest (h, output->n_units);
  if (probabilities != NULL)
    mlp_activation_to_probabilities (output->activation, h, probabilities, output->n_units);

  return TRUE;
}
