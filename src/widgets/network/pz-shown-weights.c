/* pz-shown-weights.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "draw/draw-heatmap.h"
#include "draw/draw-number.h"
#include "widgets/network/pz-shown-weights.h"

gboolean
pz_shown_weights_init (PzShownWeights *shown,
                       PzProject      *project,
                       guint           layer)
{
  const MlpNet *net = project != NULL ? pz_project_peek_net (project) : NULL;
  const RecipeData *data;

  if (net == NULL)
    return FALSE;

  shown->layer = CLAMP (layer, 1, (guint) mlp_net_get_n_layers (net));
  shown->n_units = mlp_net_get_width (net, shown->layer);
  shown->n_inputs = mlp_net_get_width (net, shown->layer - 1);
  shown->weights = mlp_net_peek_weights (net, shown->layer);
  shown->biases = mlp_net_peek_biases (net, shown->layer);
  shown->rows = 0;
  shown->columns = 0;
  shown->limit = draw_heatmap_find_limit (shown->weights, shown->n_units * shown->n_inputs);

  data = pz_project_peek_net_data (project);
  shown->features = shown->layer == 1 && data->task != NULL;
  if (shown->layer == 1 && (gsize) data->rows * data->columns == shown->n_inputs)
    {
      shown->rows = data->rows;
      shown->columns = data->columns;
    }

  return TRUE;
}

char *
pz_shown_weights_describe_weight (const PzShownWeights *shown,
                                  gsize                 unit,
                                  gsize                 input)
{
  g_autofree char *value = draw_number_format ((double) shown->weights[unit * shown->n_inputs + input], 3);

  if (shown->rows > 0)
    /* Translators: column and row of a pixel, then the weight; all count from 0 */
    return g_strdup_printf (_("Unit %u, pixel %u, %u: %s"), (guint) unit,
                            (guint) (input % shown->columns),
                            (guint) (input / shown->columns), value);
  if (shown->features)
    return g_strdup_printf (_("Unit %u, feature %u: %s"), (guint) unit, (guint) input, value);
  if (shown->layer == 1)
    return g_strdup_printf (_("Unit %u, input %u: %s"), (guint) unit, (guint) input, value);

  return g_strdup_printf (_("Unit %u, from unit %u: %s"), (guint) unit, (guint) input, value);
}

char *
pz_shown_weights_describe_unit (const PzShownWeights *shown,
                                gsize                 unit)
{
  const float *weights = shown->weights + unit * shown->n_inputs;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *bias = draw_number_format ((double) shown->biases[unit], 3);
  float min = weights[0];
  float max = weights[0];

  for (gsize i = 1; i < shown->n_inputs; i++)
    {
      min = MIN (min, weights[i]);
      max = MAX (max, weights[i]);
    }
  from = draw_number_format ((double) min, 3);
  to = draw_number_format ((double) max, 3);

  return g_strdup_printf (_("Unit %u: weights %s to %s, bias %s"), (guint) unit, from, to, bias);
}

char *
pz_shown_weights_describe (const PzShownWeights *shown)
{
  g_autofree char *limit = draw_number_format (shown->limit, 3);

  if (shown->rows > 0)
    return g_strdup_printf (_("%u units, each with an image of %u × %u weights; the largest magnitude is %s"),
                            (guint) shown->n_units, shown->columns, shown->rows, limit);

  return g_strdup_printf (_("%u units with %u weights each; the largest magnitude is %s"),
                          (guint) shown->n_units, (guint) shown->n_inputs, limit);
}
