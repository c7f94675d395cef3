/* mlp-explain.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "core/linalg/mlp-gemm.h"
#include "core/net/mlp-explain.h"
#include "core/net/mlp-pass-private.h"

/* How far ahead the class is to be: with softmax, and one other, 73 to 27 %. */
#define LEAD 1.0f

/* Of the way that a linear network would need, so that a step does not go past the
 * kinks; and of the steepest slope, what is left alone. */
#define STRIDE 0.35
#define STEEP 0.5f

/* Halvings while the change is taken back. */
#define HALVINGS 6

struct _MlpExplain
{
  const MlpNet *net;         /* borrowed */
  MlpWork      *work;
  gsize         n_inputs;
  gsize         n_outputs;
  float        *d;           /* n[L] */
  float        *slope;       /* n[0] */
  float        *direction;   /* n[0] */
  float        *scratch;     /* n[0] */
};

MlpExplain *
mlp_explain_new (const MlpNet *net,
                 GError      **error)
{
  MlpExplain *explain;
  MlpWork *work;

  g_return_val_if_fail (net != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  work = mlp_work_new_shared (net, 1, MLP_WORK_INPUT | MLP_WORK_A | MLP_WORK_DELTAS, 0.0f, error);
  if (work == NULL)
    return NULL;

  explain = g_new0 (MlpExplain, 1);
  explain->net = net;
  explain->work = work;
  explain->n_inputs = mlp_net_get_width (net, 0);
  explain->n_outputs = mlp_net_get_width (net, mlp_net_get_n_layers (net));
  explain->d = g_new0 (float, explain->n_outputs);
  explain->slope = g_new (float, explain->n_inputs);
  explain->direction = g_new (float, explain->n_inputs);
  explain->scratch = g_new (float, explain->n_inputs);

  return explain;
}

void
mlp_explain_free (MlpExplain *explain)
{
  if (explain == NULL)
    return;

  mlp_work_free (explain->work);
  g_free (explain->d);
  g_free (explain->slope);
  g_free (explain->direction);
  g_free (explain->scratch);
  g_free (explain);
}

const float *
mlp_explain_forward (MlpExplain  *explain,
                     const float *x)
{
  g_return_val_if_fail (explain != NULL, NULL);

  memcpy (mlp_work_get_input (explain->work), x, explain->n_inputs * sizeof *x);

  return mlp_pass_forward (explain->net, explain->work, 1);
}

const float *
mlp_explain_peek_first (MlpExplain *explain)
{
  g_return_val_if_fail (explain != NULL, NULL);

  return mlp_work_peek_h (explain->work, 1);
}

void
mlp_explain_gradient (MlpExplain *explain,
                      gsize       class,
                      float      *gradient,
                      float      *contributions)
{
  const MlpNet *net = explain->net;

  g_return_if_fail (class < explain->n_outputs);
  g_return_if_fail (contributions == NULL || mlp_net_get_n_layers (net) > 1);

  memset (explain->d, 0, explain->n_outputs * sizeof *explain->d);
  explain->d[class] = 1.0f;
  mlp_pass_backward_output (net, explain->work, explain->d, 1);
  mlp_pass_backward_to_input (net, explain->work, 1, gradient);

  if (contributions != NULL)
    {
      const gsize n = mlp_net_get_width (net, 1);
      const float *h = mlp_work_peek_h (explain->work, 1);

      /* ∂a_L[class] / ∂h_1 = W_2 δ_2 */
      mlp_gemm_nn (n, 1, mlp_net_get_width (net, 2), mlp_net_peek_weights (net, 2),
                   mlp_work_peek_d (explain->work, 2), 0.0f, contributions);
      for (gsize i = 0; i < n; i++)
        contributions[i] *= h[i];
    }
}

/* The output besides @class that has the largest a_L, and by how much @class is
 * ahead of it, in the last pass. */
static gsize
find_rival (MlpExplain *explain,
            gsize       class,
            float      *lead)
{
  const float *a = mlp_work_peek_a (explain->work, mlp_net_get_n_layers (explain->net));
  gsize rival = class == 0 ? 1 : 0;

  for (gsize i = 0; i < explain->n_outputs; i++)
    {
      if (i != class && a[i] > a[rival])
        rival = i;
    }

  *lead = a[class] - a[rival];

  return rival;
}

/* Whether @x gives @class a lead of at least @least. */
static gboolean
has_lead (MlpExplain  *explain,
          const float *x,
          gsize        class,
          float        least)
{
  float lead;

  mlp_explain_forward (explain, x);
  find_rival (explain, class, &lead);

  return lead >= least;
}

/* @to ← (1 2 1) / 4 over @n values @stride apart; beyond the ends is nothing. */
static void
smooth_line (const float *from,
             float       *to,
             gsize        n,
             gsize        stride)
{
  for (gsize i = 0; i < n; i++)
    {
      const float before = i > 0 ? from[(i - 1) * stride] : 0.0f;
      const float after = i + 1 < n ? from[(i + 1) * stride] : 0.0f;

      to[i * stride] = 0.25f * (before + 2.0f * from[i * stride] + after);
    }
}

static gboolean
can_move (float direction,
          float value,
          float most)
{
  return direction > 0.0f ? value < most : direction < 0.0f && value > 0.0f;
}

/* The slope of the lead of @class over @rival, and the way to go. */
static void
find_direction (MlpExplain *explain,
                gsize       class,
                gsize       rival,
                gsize       rows)
{
  const gsize n = explain->n_inputs;

  memset (explain->d, 0, explain->n_outputs * sizeof *explain->d);
  explain->d[class] = 1.0f;
  explain->d[rival] = -1.0f;
  mlp_pass_backward_output (explain->net, explain->work, explain->d, 1);
  mlp_pass_backward_to_input (explain->net, explain->work, 1, explain->slope);

  if (rows == 0)
    {
      memcpy (explain->direction, explain->slope, n * sizeof *explain->slope);
      return;
    }

  for (gsize r = 0; r < rows; r++)
    smooth_line (explain->slope + r * (n / rows), explain->scratch + r * (n / rows), n / rows, 1);
  for (gsize c = 0; c < n / rows; c++)
    smooth_line (explain->scratch + c, explain->direction + c, rows, n / rows);
}

/* One step of @x. Returns FALSE where no input can do anything. */
static gboolean
step_input (MlpExplain *explain,
            float      *x,
            float       lead,
            float       most)
{
  const float *direction = explain->direction;
  float steepest = 0.0f;
  double gain = 0.0, length;

  for (gsize i = 0; i < explain->n_inputs; i++)
    {
      if (can_move (direction[i], x[i], most))
        steepest = MAX (steepest, fabsf (direction[i]));
    }
  if (!(steepest > 0.0f) || !isfinite (steepest))
    return FALSE;

  for (gsize i = 0; i < explain->n_inputs; i++)
    {
      if (fabsf (direction[i]) >= STEEP * steepest && can_move (direction[i], x[i], most))
        gain += (double) direction[i] * (double) explain->slope[i];
    }
  if (!(gain > 0.0))
    return FALSE;

  length = STRIDE * ((double) LEAD - (double) lead + 0.1) / gain;
  for (gsize i = 0; i < explain->n_inputs; i++)
    {
      if (fabsf (direction[i]) >= STEEP * steepest && can_move (direction[i], x[i], most))
        x[i] = CLAMP (x[i] + (float) (length * (double) direction[i]), 0.0f, most);
    }

  return TRUE;
}

/* Sets @part of the change from @x to @far. */
static void
set_part (const float *x,
          const float *far,
          gsize        n,
          float        part,
          float       *changed)
{
  for (gsize i = 0; i < n; i++)
    changed[i] = x[i] + part * (far[i] - x[i]);
}

/* The least part of the change that still does. */
static void
shorten_change (MlpExplain  *explain,
                const float *x,
                gsize        class,
                float       *changed)
{
  const gsize n = explain->n_inputs;
  g_autofree float *far = g_memdup2 (changed, n * sizeof *changed);
  float low = 0.0f, high = 1.0f;

  for (guint k = 0; k < HALVINGS; k++)
    {
      const float part = (low + high) / 2.0f;

      set_part (x, far, n, part, changed);
      if (has_lead (explain, changed, class, LEAD))
        high = part;
      else
        low = part;
    }

  set_part (x, far, n, high, changed);
  if (high == 1.0f)
    memcpy (changed, far, n * sizeof *far);
  mlp_explain_forward (explain, changed);
}

MlpCounterfactual
mlp_explain_change (MlpExplain  *explain,
                    const float *x,
                    gsize        class,
                    float        most,
                    gsize        rows,
                    MlpStopFunc  should_stop,
                    gpointer     user_data,
                    float       *changed)
{
  g_return_val_if_fail (explain != NULL, MLP_CHANGE_NOT_FOUND);
  g_return_val_if_fail (class < explain->n_outputs, MLP_CHANGE_NOT_FOUND);
  g_return_val_if_fail (rows == 0 || explain->n_inputs % rows == 0, MLP_CHANGE_NOT_FOUND);

  memcpy (changed, x, explain->n_inputs * sizeof *x);
  mlp_explain_forward (explain, changed);
  if (explain->n_outputs < 2)
    return MLP_CHANGE_NOT_NEEDED;

  for (guint k = 0; k <= MLP_CHANGE_STEPS; k++)
    {
      float lead;
      const gsize rival = find_rival (explain, class, &lead);

      if (k == 0 && lead > 0.0f)
        return MLP_CHANGE_NOT_NEEDED;
      if (lead >= LEAD)
        {
          shorten_change (explain, x, class, changed);
          return MLP_CHANGE_FOUND;
        }
      if (should_stop != NULL && should_stop (user_data))
        return MLP_CHANGE_STOPPED;
      if (k == MLP_CHANGE_STEPS)
        break;

      find_direction (explain, class, rival, rows);
      if (!step_input (explain, changed, lead, most))
        break;

      mlp_explain_forward (explain, changed);
    }

  return MLP_CHANGE_NOT_FOUND;
}
