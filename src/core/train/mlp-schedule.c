/* mlp-schedule.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

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
