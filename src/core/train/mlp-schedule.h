/* mlp-schedule.h: learning rate schedules.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MLP_SCHEDULE_CONSTANT,
  MLP_SCHEDULE_STEP,      /* times factor after every step_epochs epochs */
  MLP_SCHEDULE_COSINE,    /* down to 0 along half a cosine (Loshchilov and Hutter, 2017) */
} MlpScheduleKind;

#define MLP_N_SCHEDULES (MLP_SCHEDULE_COSINE + 1)

/* "constant", "step", "cosine". */
const char *mlp_schedule_get_name   (MlpScheduleKind    kind);
gboolean    mlp_schedule_from_name  (const char        *name,
                                     MlpScheduleKind   *kind,
                                     GError           **error);

typedef struct
{
  MlpScheduleKind kind;
  float           factor;          /* of STEP, in (0, 1] */
  guint           step_epochs;     /* of STEP, at least 1 */
  guint           warmup_epochs;   /* of each: the rate rises linearly over these first,
                                    * the schedule proper runs over the rest */
} MlpSchedule;

#define MLP_SCHEDULE_DEFAULT { MLP_SCHEDULE_CONSTANT, 0.5f, 10, 0 }

/**
 * mlp_schedule_get_factor:
 * @schedule: a schedule
 * @position: epochs since the start, as a fraction: 2.5 is half through the
 *   third epoch
 * @n_epochs: how many the run has, warm-up included
 *
 * With w warm-up epochs, position p and n epochs: p / w below w; beyond it
 * 1, factor^⌊(p − w) / step_epochs⌋, or ½ (1 + cos π (p − w) / (n − w)), which
 * stays 0 beyond n (there mlp_training_run() asks for its last batch instead).
 *
 * Returns: what the learning rate is multiplied by, 0 to 1
 */
double      mlp_schedule_get_factor (const MlpSchedule *schedule,
                                     double             position,
                                     guint              n_epochs);

G_END_DECLS
