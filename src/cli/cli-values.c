/* cli-values.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "cli/cli-values.h"
#include "core/net/mlp-split.h"

MlpRegressionMetrics *
cli_values_measure (const RecipeFile *file,
                    const DsSet      *set,
                    const MlpSplit   *split,
                    MlpPart           part,
                    GError          **error)
{
  const gsize n_outputs = mlp_samples_get_n_outputs (set->samples);
  g_autofree double *means = mlp_regression_metrics_dup_means (file->net, set->samples, split);
  g_autofree float *h = NULL;
  g_autofree float *y = NULL;
  g_autofree guint8 *extrapolates = NULL;
  const guint32 *items;
  MlpRegressionMetrics *target_metrics;
  gsize n;

  items = mlp_split_peek (split, part, &n);
  h = g_new (float, n * n_outputs);
  y = g_new (float, n * n_outputs);
  extrapolates = g_new (guint8, n * n_outputs);

  if (!mlp_regression_metrics_predict (file->net, set->samples, items, n, g_get_num_processors (), h, extrapolates,
                                       error))
    return NULL;

  mlp_samples_get_batch (set->samples, items, n, NULL, y);
  target_metrics = g_new (MlpRegressionMetrics, n_outputs);
  for (gsize t = 0; t < n_outputs; t++)
    mlp_regression_metrics_measure (h + t, y + t, extrapolates + t, n_outputs, NULL, n, means[t], &target_metrics[t]);

  return target_metrics;
}

const char *
cli_values_get_unit (const DsTask *task,
                     gsize         t)
{
  return task != NULL ? ds_task_get_target_unit (task, t) : "";
}

void
cli_values_add_units (JsonObject   *object,
                      const DsTask *task,
                      char        **names)
{
  JsonObject *units = json_object_new ();

  for (gsize t = 0; names != NULL && names[t] != NULL; t++)
    json_object_set_string_member (units, names[t], cli_values_get_unit (task, t));

  json_object_set_object_member (object, "units", units);
  if (task != NULL && !ds_task_mixes_units (task))
    json_object_set_string_member (object, "unit", ds_task_get_unit (task));
}

/* (transfer full): ", 3 of them extrapolations", or "" */
static char *
describe_extrapolated (const MlpRegressionMetrics *metrics)
{
  g_autofree char *count = cli_format_count (metrics->n_extrapolated);

  return metrics->n_extrapolated > 0 ? g_strdup_printf (", %s of them extrapolations", count) : g_strdup ("");
}

void
cli_values_print (const DsSet                *set,
                  const char                 *what,
                  const MlpRegressionMetrics *target_metrics)
{
  for (gsize t = 0; t < mlp_samples_get_n_outputs (set->samples); t++)
    {
      const MlpRegressionMetrics *metrics = &target_metrics[t];
      const char *unit = cli_values_get_unit (set->task, t);
      g_autofree char *name = set->class_names != NULL ? g_strdup (set->class_names[t]) :
                              g_strdup_printf ("output %" G_GSIZE_FORMAT, t + 1);
      g_autofree char *mae = cli_format_number ("%.4g", metrics->mae);
      g_autofree char *interval = cli_describe_interval ("%.4g", metrics->mae_low, metrics->mae_high, "");
      g_autofree char *rmse = cli_format_number ("%.4g", metrics->rmse);
      g_autofree char *r2 = cli_describe_r2 (metrics->r2);
      g_autofree char *mean_mae = cli_format_number ("%.4g", metrics->mean_mae);
      g_autofree char *mean = isnan (metrics->mean_mae) ? g_strdup ("")
                              : g_strdup_printf ("; baseline (training mean) %s", mean_mae);
      g_autofree char *count = cli_format_count (metrics->n);
      g_autofree char *extrapolated = describe_extrapolated (metrics);

      if (metrics->n == 0)
        continue;

      g_print ("%s, %s: MAE %s %s%s, RMSE %s%s%s; %s samples%s\n",
               what, name, mae, unit, interval, rmse, r2, mean, count, extrapolated);
    }
}

JsonObject *
cli_values_to_json (const DsSet                *set,
                    const MlpRegressionMetrics *target_metrics)
{
  JsonObject *object = json_object_new ();

  for (gsize t = 0; t < mlp_samples_get_n_outputs (set->samples); t++)
    {
      const MlpRegressionMetrics *metrics = &target_metrics[t];
      JsonObject *target = json_object_new ();
      g_autofree char *name = set->class_names != NULL ? g_strdup (set->class_names[t]) :
                              g_strdup_printf ("%" G_GSIZE_FORMAT, t + 1);

      json_object_set_string_member (target, "unit", cli_values_get_unit (set->task, t));
      json_object_set_int_member (target, "samples", (gint64) metrics->n);
      json_object_set_int_member (target, "extrapolated", (gint64) metrics->n_extrapolated);
      cli_set_number (target, "mae", metrics->mae);
      cli_set_number (target, "mae_low", metrics->mae_low);
      cli_set_number (target, "mae_high", metrics->mae_high);
      cli_set_number (target, "rmse", metrics->rmse);
      cli_set_number (target, "rmse_low", metrics->rmse_low);
      cli_set_number (target, "rmse_high", metrics->rmse_high);
      cli_set_number (target, "r2", metrics->r2);
      cli_set_number (target, "r2_low", metrics->r2_low);
      cli_set_number (target, "r2_high", metrics->r2_high);
      cli_set_number (target, "bias", metrics->bias);
      cli_set_number (target, "largest_error", metrics->largest);
      cli_set_number (target, "lowest_prediction", metrics->lowest);
      cli_set_number (target, "highest_prediction", metrics->highest);
      cli_set_number (target, "always_the_mean_mae", metrics->mean_mae);
      json_object_set_object_member (object, name, target);
    }

  return object;
}
