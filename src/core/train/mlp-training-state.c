/* mlp-training-state.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "core/mlp-error.h"
#include "core/train/mlp-training-state.h"

MlpTrainingState *
mlp_training_state_new (gsize    n_params,
                        guint    n_moments,
                        gboolean has_last,
                        gsize    n_train)
{
  g_autoptr(MlpTrainingState) state = NULL;

  g_return_val_if_fail (n_params > 0 && n_train > 0, NULL);
  g_return_val_if_fail (n_moments <= MLP_MAX_MOMENTS, NULL);

  state = g_new0 (MlpTrainingState, 1);
  g_atomic_ref_count_init (&state->ref_count);
  state->best_loss = (double) INFINITY;
  state->n_params = n_params;
  state->n_moments = n_moments;
  state->n_train = n_train;

  state->order = g_try_new0 (guint32, n_train);
  if (state->order == NULL)
    return NULL;

  for (guint i = 0; i < n_moments; i++)
    if ((state->moments[i] = g_try_new0 (float, n_params)) == NULL)
      return NULL;

  if (has_last && (state->last = g_try_new0 (float, n_params)) == NULL)
    return NULL;

  return g_steal_pointer (&state);
}

MlpTrainingState *
mlp_training_state_ref (MlpTrainingState *state)
{
  g_atomic_ref_count_inc (&state->ref_count);

  return state;
}

void
mlp_training_state_unref (MlpTrainingState *state)
{
  if (!g_atomic_ref_count_dec (&state->ref_count))
    return;

  for (guint i = 0; i < state->n_moments; i++)
    g_free (state->moments[i]);

  g_free (state->last);
  g_free (state->order);
  g_free (state);
}

static gboolean
are_finite (const float *values,
            gsize        n)
{
  for (gsize i = 0; i < n; i++)
    {
      if (!isfinite (values[i]))
        return FALSE;
    }

  return TRUE;
}

/* A generator of zeros alone never leaves them. */
static gboolean
is_alive (const MlpRandom *random)
{
  return (random->s[0] | random->s[1] | random->s[2] | random->s[3]) != 0;
}

static gboolean
refuse_tensor (const char *what,
               GError    **error)
{
  g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
               /* Translators: a part of what is kept of a training run, such as "moments" */
               _("its training state is damaged: “%s”"), what);
  return FALSE;
}

gboolean
mlp_training_state_check (const MlpTrainingState *state,
                          GError                **error)
{
  g_return_val_if_fail (state != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  /* So many that others can follow. */
  if (state->n_epochs > G_MAXUINT / 2 || state->best_epoch > state->n_epochs || state->n_worse > state->n_epochs)
    return refuse_tensor ("epoch", error);

  if (state->n_done > state->n_train || state->n_right > state->n_done)
    return refuse_tensor ("samples", error);

  if (!isfinite (state->loss) || !isfinite (state->absolute) || isnan (state->best_loss) ||
      (state->best_epoch > 0 && !isfinite (state->best_loss)))
    return refuse_tensor ("loss", error);

  if (!(state->rate > 0.0f) || !isfinite (state->rate) || state->schedule_epochs == 0)
    return refuse_tensor ("rate", error);

  for (guint i = 0; i < state->n_moments; i++)
    {
      if (!are_finite (state->moments[i], state->n_params))
        return refuse_tensor ("moments", error);
    }

  if (state->last != NULL && !are_finite (state->last, state->n_params))
    return refuse_tensor ("last", error);

  if (!is_alive (&state->shuffle))
    return refuse_tensor ("shuffle", error);

  for (guint i = 0; i < state->n_dropout; i++)
    {
      if (!is_alive (&state->dropout[i]))
        return refuse_tensor ("dropout", error);
    }

  return TRUE;
}
