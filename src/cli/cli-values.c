/* cli-values.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "cli/cli-values.h"

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
  MlpRegressionMetrics *fits;
  gsize n;

  items = mlp_split_peek (split, part, &n);
  h = g_new (float, n * n_outputs);
  y = g_new (float, n * n_outputs);
  extrapolates = g_new (guint8, n * n_outputs);

  if (!mlp_predict (file->net, set->samples, items, n, g_get_num_processors (), h, extrapolates, error))
    return NULL;

  mlp_samples_get_batch (set->samples, items, n, NULL, y);
  fits = g_new (MlpRegressionMetrics, n_outputs);
  for (gsize t = 0; t < n_outputs; t++)
    mlp_regression_metrics_measure (h + t, y + t, extrapolates + t, n_outputs, NULL, n, means[t], &fits[t]);

  return fits;
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
describe_extrapolated (const MlpRegressionMetrics *fit)
{
  g_autofree char *count = cli_format_count (fit->n_extrapolated);

  return fit->n_extrapolated > 0 ? g_strdup_printf (", %s of them extrapolations", count) : g_strdup ("");
}

void
cli_values_print (const DsSet                *set,
                  const char                 *what,
                  const MlpRegressionMetrics *fits)
{
  for (gsize t = 0; t < mlp_samples_get_n_outputs (set->samples); t++)
    {
      const MlpRegressionMetrics *fit = &fits[t];
      const char *unit = cli_values_get_unit (set->task, t);
      g_autofree char *name = set->class_names != NULL ? g_strdup (set->class_names[t]) :
                              g_strdup_printf ("output %" G_GSIZE_FORMAT, t + 1);
      g_autofree char *mae = cli_format_number ("%.4g", fit->mae);
      g_autofree char *interval = cli_describe_interval ("%.4g", fit->mae_low, fit->mae_high, "");
      g_autofree char *rmse = cli_format_number ("%.4g", fit->rmse);
      g_autofree char *r2 = cli_describe_r2 (fit->r2);
      g_autofree char *mean_mae = cli_format_number ("%.4g", fit->mean_mae);
      g_autofree char *mean = isnan (fit->mean_mae) ? g_strdup ("")
                              : g_strdup_printf ("; baseline (training mean) %s", mean_mae);
      g_autofree char *count = cli_format_count (fit->n);
      g_autofree char *extrapolated = describe_extrapolated (fit);

      if (fit->n == 0)
        continue;

      g_print ("%s, %s: MAE %s %s%s, RMSE %s%s%s; %s samples%s\n",
               what, name, mae, unit, interval, rmse, r2, mean, count, extrapolated);
    }
}

JsonObject *
cli_values_to_json (const DsSet                *set,
                    const MlpRegressionMetrics *fits)
{
  JsonObject *object = json_object_new ();

  for (gsize t = 0; t < mlp_samples_get_n_outputs (set->samples); t++)
    {
      const MlpRegressionMetrics *fit = &fits[t];
      JsonObject *target = json_object_new ();
      g_autofree char *name = set->class_names != NULL ? g_strdup (set->class_names[t]) :
                              g_strdup_printf ("%" G_GSIZE_FORMAT, t + 1);

      json_object_set_string_member (target, "unit", cli_values_get_unit (set->task, t));
      json_object_set_int_member (target, "samples", (gint64) fit->n);
      json_object_set_int_member (target, "extrapolated", (gint64) fit->n_extrapolated);
      cli_set_number (target, "mae", fit->mae);
      cli_set_number (target, "mae_low", fit->mae_low);
      cli_set_number (target, "mae_high", fit->mae_high);
      cli_set_number (target, "rmse", fit->rmse);
      cli_set_number (target, "rmse_low", fit->rmse_low);
      cli_set_number (target, "rmse_high", fit->rmse_high);
      cli_set_number (target, "r2", fit->r2);
      cli_set_number (target, "r2_low", fit->r2_low);
      cli_set_number (target, "r2_high", fit->r2_high);
      cli_set_number (target, "bias", fit->bias);
      cli_set_number (target, "largest_error", fit->largest);
      cli_set_number (target, "lowest_prediction", fit->lowest);
      cli_set_number (target, "highest_prediction", fit->highest);
      cli_set_number (target, "always_the_mean_mae", fit->mean_mae);
      json_object_set_object_member (object, name, target);
    }

  return object;
}
