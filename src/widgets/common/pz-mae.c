/* pz-mae.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "draw/draw-number.h"
#include "widgets/common/pz-mae.h"

#define DIGITS 3

static guint
count_targets (const DsTask *task)
{
  g_autoptr(GPtrArray) targets = NULL;

  return mol_target_parse_list (task->targets, &targets, NULL) ? targets->len : 0;
}

char *
pz_mae_get_title (const DsTask *task)
{
  const char *unit = ds_task_get_unit (task);
  guint n = count_targets (task);

  if (n <= 1)
    /* Translators: an axis: mean absolute error, and its unit */
    return g_strdup_printf (_("MAE (%s)"), unit);

  /* Translators: an axis: mean absolute error of several targets, and their unit */
  return g_strdup_printf (_("MAE, mean of %u targets (%s)"), n, unit);
}

char *
pz_mae_format (double        mae,
               const DsTask *task)
{
  g_autofree char *number = draw_number_format (mae, DIGITS);

  return g_strdup_printf ("%s %s", number, ds_task_get_unit (task));
}
