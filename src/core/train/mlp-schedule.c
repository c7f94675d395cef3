/* mlp-schedule.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "core/mlp-error.h"
#include "core/net/mlp-enum-names-private.h"
#include "core/train/mlp-schedule.h"

static const char *const schedule_names[MLP_N_SCHEDULES] = {
  [MLP_SCHEDULE_CONSTANT] = "constant",
  [MLP_SCHEDULE_STEP] = "step",
  [MLP_SCHEDULE_COSINE] = "cosine",
};

const char *
mlp_schedule_get_name (MlpScheduleKind kind)
{
  g_return_val_if_fail ((guint) kind < MLP_N_SCHEDULES, NULL);

  return schedule_names[kind];
}

gboolean
mlp_schedule_from_name (const char      *name,
                        MlpScheduleKind *kind,
                        GError         **error)
{
  int i = mlp_enum_names_find (schedule_names, MLP_N_SCHEDULES, _("learning rate schedule"), name, error);

  if (i < 0)
    return FALSE;

  *kind = (MlpScheduleKind) i;

  return TRUE;
}

gboolean
mlp_schedule_check (const MlpSchedule *schedule,
                    guint              n_epochs,
                    GError           **error)
{
  g_return_val_if_fail (schedule != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if ((guint) schedule->kind >= MLP_N_SCHEDULES)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                   _("Unknown learning rate schedule number %d; expected constant, step or cosine"),
                   (int) schedule->kind);
      return FALSE;
    }

  if (schedule->kind == MLP_SCHEDULE_STEP &&
      !(schedule->factor > 0.0f && schedule->factor <= 1.0f))
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                   _("The factor of the step schedule is %g; it must be positive and at most 1"),
                   (double) schedule->factor);
      return FALSE;
    }

  if (schedule->kind == MLP_SCHEDULE_STEP && schedule->step_epochs == 0)
    {
      g_set_error_literal (error, MLP_ERROR, MLP_ERROR_INVALID,
                           _("The step schedule needs at least 1 epoch per step"));
      return FALSE;
    }

  if (schedule->warmup_epochs > 0 && schedule->warmup_epochs >= n_epochs)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                   _("The warm-up takes %u epochs; it must be shorter than the run of %u epochs"),
                   schedule->warmup_epochs, n_epochs);
      return FALSE;
    }

  return TRUE;
}

double
mlp_schedule_get_factor (const MlpSchedule *schedule,
                         double             position,
                         guint              n_epochs)
{
  double warmup;

  g_return_val_if_fail (schedule != NULL, 1.0);

  warmup = schedule->warmup_epochs;

  if (position < warmup)
    return MAX (position, 0.0) / warmup;

  position -= warmup;

  switch (schedule->kind)
    {
    case MLP_SCHEDULE_STEP:
      return pow ((double) schedule->factor, floor (position / schedule->step_epochs));

    case MLP_SCHEDULE_COSINE:
      {
        double length = (double) n_epochs - warmup;

        if (position >= length)
          return 0.0;

        return 0.5 * (1.0 + cos (G_PI * position / length));
      }

    case MLP_SCHEDULE_CONSTANT:
    default:
      return 1.0;
    }
}
