/* cli-redrawn.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/cli-progress.h"
#include "cli/cli-redrawn.h"

/* Always this one, so that networks can be compared. */
#define SEED 1

static const char *descriptions[DS_N_REDRAWN] = {
  "as they were",
  "shifted by 4 pixels to the right and down",
  "half the size, same pen",
  "pen 1 pixel thinner",
  "tilted by 15°",
  "any size, place, tilt and pen",
};

typedef struct
{
  CliProgress *progress;
  guint        n_done;     /* ways */
} Bar;

static gboolean
on_progress (double   fraction,
             gpointer user_data)
{
  const Bar *bar = user_data;

  cli_progress_set (bar->progress, (bar->n_done + fraction) / DS_N_REDRAWN, "");

  return !cli_is_interrupted ();
}

gboolean
cli_redrawn_measure (const RecipeFile *file,
                     const DsSet      *set,
                     const guint32    *items,
                     gsize             n_items,
                     MlpLoss           loss,
                     MlpMetrics        metrics[DS_N_REDRAWN],
                     GError          **error)
{
  g_autoptr(CliProgress) progress = cli_progress_new ("Drawing");
  g_autofree guint32 *all = g_new (guint32, n_items);
  Bar bar = { progress, 0 };

  for (gsize i = 0; i < n_items; i++)
    all[i] = (guint32) i;

  for (; bar.n_done < DS_N_REDRAWN; bar.n_done++)
    {
      g_autoptr(MlpSamples) drawn = ds_redrawn_make (set, items, n_items, (DsRedrawn) bar.n_done, SEED,
                                                     on_progress, &bar, error);

      if (drawn == NULL ||
          !mlp_metrics_evaluate (file->net, drawn, all, n_items, loss, NULL, &metrics[bar.n_done], error))
        return FALSE;
    }

  cli_progress_clear (progress);

  return TRUE;
}

void
cli_redrawn_print (const MlpMetrics *metrics)
{
  for (guint k = 0; k < DS_N_REDRAWN; k++)
    {
      g_autofree char *share = cli_format_percent (metrics[k].accuracy, 2);
      g_autofree char *interval = cli_describe_accuracy_interval (&metrics[k]);

      g_print ("  %-8s %8s right%s  %s\n", ds_redrawn_get_name ((DsRedrawn) k), share, interval, descriptions[k]);
    }
}

static void
add_figures (JsonObject       *object,
             const MlpMetrics *metrics)
{
  double low, high;

  cli_get_interval (metrics, &low, &high);
  cli_set_number (object, "accuracy", metrics->accuracy);
  cli_set_number (object, "low", low);
  cli_set_number (object, "high", high);
  json_object_set_int_member (object, "n", (gint64) metrics->n);
}

JsonObject *
cli_redrawn_to_json (const char       *part,
                     const MlpMetrics *metrics)
{
  JsonObject *object = json_object_new ();
  JsonObject *all = json_object_new ();

  add_figures (object, &metrics[DS_REDRAWN_USER]);
  json_object_set_string_member (object, "split", part);

  for (guint k = 0; k < DS_N_REDRAWN; k++)
    {
      JsonObject *one = json_object_new ();

      add_figures (one, &metrics[k]);
      json_object_set_object_member (all, ds_redrawn_get_name ((DsRedrawn) k), one);
    }

  json_object_set_object_member (object, "disturbances", all);

  return object;
}
