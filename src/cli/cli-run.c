/* cli-run.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "cli/cli-progress.h"
#include "cli/cli-run.h"
#include "cli/cli.h"
#include "recipe/recipe-json.h"

typedef struct
{
  CliProgress *progress;
  CliLog      *log;           /* (nullable) */
  GArray      *epochs;        /* of MlpEpoch */
  guint        n_epochs;
  gsize        n_train;
  guint        epoch;         /* the running one, 0 before the first */
  gint64       start;         /* µs: of the run */
  gint64       epoch_start;   /* µs */
  gint64       trained;       /* µs: when the epoch's last batch was done; then it validates */
} Run;

/* "1.23 M", "456 k" */
static char *
format_rate (double rate)
{
  g_autofree char *number = NULL;

  if (rate >= 1e6)
    {
      number = cli_format_number ("%.2f", rate / 1e6);
      return g_strconcat (number, " M samples/s", NULL);
    }

  number = cli_format_number ("%.0f", rate >= 1e3 ? rate / 1e3 : rate);

  return g_strconcat (number, rate >= 1e3 ? " k samples/s" : " samples/s", NULL);
}

static double
seconds_between (gint64 begin,
                 gint64 end)
{
  /* A clock of microseconds may stand still. */
  return (double) MAX (end - begin, 1) / G_TIME_SPAN_SECOND;
}

static void
show_progress (Run               *run,
               const MlpProgress *progress,
               gint64             now)
{
  const double n_done = (double) run->epochs->len * (double) run->n_train + (double) progress->n_done;
  const double n_all = (double) run->n_epochs * (double) run->n_train;
  const double rate = n_done / seconds_between (run->start, now);
  g_autofree char *label = g_strdup_printf ("epoch %u/%u", run->epoch, run->n_epochs);
  g_autofree char *rate_text = format_rate (rate);
  g_autofree char *left = cli_format_number ("%.0f", ceil ((n_all - n_done) / rate));
  g_autofree char *detail = g_strdup_printf ("%s  %s s left", rate_text, left);

  cli_progress_set_label (run->progress, label);
  cli_progress_set (run->progress, (double) progress->n_done / (double) progress->n_samples, detail);
}

static gboolean
on_batch_done (MlpTraining       *training,
               const MlpProgress *progress,
               gpointer           user_data)
{
  Run *run = user_data;

  if (progress->epoch != run->epoch)
    {
      run->epoch = progress->epoch;
      run->epoch_start = run->trained;
    }

  if (progress->n_done == progress->n_samples)
    run->trained = g_get_monotonic_time ();

  if (cli_progress_is_due (run->progress))
    show_progress (run, progress, g_get_monotonic_time ());

  return !cli_is_interrupted ();
}

static void
append_figures (GString    *line,
                const char *what,
                double      loss,
                double      accuracy,
                double      mae)
{
  g_autofree char *loss_text = NULL;

  if (isnan (loss))
    return;

  loss_text = cli_format_number ("%.4f", loss);
  g_string_append_printf (line, "  %s %s", what, loss_text);

  if (!isnan (accuracy))
    {
      g_autofree char *text = cli_format_percent (accuracy, 2);

      g_string_append_printf (line, " %8s", text);
    }
  else if (!isnan (mae))
    {
      g_autofree char *text = cli_format_number ("%.4g", mae);

      g_string_append_printf (line, " MAE %s", text);
    }
}

static void
print_epoch (const Run      *run,
             const MlpEpoch *epoch,
             double          rate)
{
  g_autoptr(GString) line = g_string_new (NULL);
  g_autofree char *rate_text = format_rate (rate);

  g_string_printf (line, "epoch %3u/%u", epoch->epoch, run->n_epochs);
  append_figures (line, "training", epoch->train_loss, epoch->train_accuracy, epoch->train_mae);
  append_figures (line, "validation", epoch->validation_loss, epoch->validation_accuracy,
                  epoch->validation_mae);

  cli_progress_clear (run->progress);
  g_print ("%s  %s\n", line->str, rate_text);
}

static void
log_epoch (const Run      *run,
           const MlpEpoch *epoch,
           double          rate,
           double          seconds)
{
  g_autoptr(JsonNode) node = recipe_epoch_to_json (epoch);
  JsonObject *object = json_node_get_object (node);
  g_autofree char *text = NULL;

  /* It follows from the recipe, which the network's file has. */
  json_object_remove_member (object, "learning_rate");
  json_object_set_int_member (object, "samples_per_second", (gint64) round (rate));
  json_object_set_double_member (object, "seconds", round (1000.0 * seconds) / 1000.0);

  text = recipe_json_to_text (node);
  cli_log_write (run->log, text);
}

static void
on_epoch_done (MlpTraining    *training,
               const MlpEpoch *epoch,
               gpointer        user_data)
{
  Run *run = user_data;
  const gint64 now = g_get_monotonic_time ();
  const double rate = (double) run->n_train / seconds_between (run->epoch_start, run->trained);

  g_array_append_vals (run->epochs, epoch, 1);
  print_epoch (run, epoch, rate);

  if (run->log != NULL)
    log_epoch (run, epoch, rate, seconds_between (run->start, now));

  /* The next epoch begins. */
  run->trained = now;
}

static void
print_end (const Run         *run,
           const MlpTraining *training,
           MlpEnd             end,
           guint              patience)
{
  const guint best = mlp_training_get_best_epoch (training);

  cli_progress_clear (run->progress);

  if (end == MLP_END_STOPPED)
    g_print ("Stopped in epoch %u; the weights are kept.\n", MAX (run->epoch, 1));
  else if (end == MLP_END_EARLY)
    g_print ("Stopped early: no better validation loss for %u epochs.\n", patience);

  if (patience > 0 && best > 0)
    g_print ("The weights of epoch %u are kept.\n", best);
}

gboolean
cli_run (const Recipe   *recipe,
         const DsSet    *set,
         const MlpSplit *split,
         CliLog         *log,
         RecipeFile    **file,
         GError        **error)
{
  g_autoptr(CliProgress) progress = cli_progress_new ("");
  g_autoptr(GArray) epochs = g_array_new (FALSE, FALSE, sizeof (MlpEpoch));
  g_autoptr(MlpTraining) training = NULL;
  g_autoptr(MlpNet) net = NULL;
  const gint64 now = g_get_monotonic_time ();
  Run run = {
    .progress = progress,
    .log = log,
    .epochs = epochs,
    .n_epochs = recipe->training.epochs,
    .start = now,
    .epoch_start = now,
    .trained = now,
  };
  const MlpMonitor monitor = { on_batch_done, on_epoch_done, &run, g_get_monotonic_time };
  MlpEnd end = MLP_END_DONE;
  gboolean ok;

  *file = NULL;
  mlp_split_peek (split, MLP_TRAIN, &run.n_train);

  net = recipe_make_net (recipe,
                         mlp_samples_get_n_inputs (set->samples),
                         mlp_samples_get_n_outputs (set->samples), error);
  if (net == NULL)
    return FALSE;

  training = mlp_training_new (net, set->samples, split, &recipe->training, error);
  if (training == NULL || (log != NULL && !cli_log_start (log, error)))
    return FALSE;

  cli_catch_interrupt ();
  ok = mlp_training_run (training, recipe->training.epochs, &monitor, &end, error);

  if (ok)
    print_end (&run, training, end, recipe->training.patience);

  if (ok || epochs->len > 0)
    {
      *file = recipe_file_new (recipe, set, mlp_training_peek_net (training),
                               (const MlpEpoch *) (void *) epochs->data, epochs->len,
                               mlp_training_get_best_epoch (training));
      (*file)->data.seen = recipe_seen_new (set, split);
    }

  return ok;
}
