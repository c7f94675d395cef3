/* cli-run.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "cli/cli-continue.h"
#include "cli/cli-progress.h"
#include "cli/cli-run.h"
#include "cli/cli.h"
#include "core/net/mlp-split.h"
#include "recipe/recipe-json.h"

typedef struct
{
  const CliPlan *plan;
  CliProgress   *progress;
  GArray        *epochs;      /* of MlpEpoch, those of the past included */
  RecipeSeen    *seen;
  gboolean       warned;      /* of a checkpoint that could not be kept */
  guint          n_epochs;    /* in all */
  guint          n_before;    /* of them that the training does not count */
  gsize          n_train;
  double         n_earlier;   /* samples of the past that the training counts */
  gsize          n_resumed;   /* samples of the first epoch that were trained with already */
  guint          epoch;       /* the running one, 0 before the first */
  gint64         start;       /* µs: of the run */
  gint64         epoch_start; /* µs */
  gint64         trained;     /* µs: when the epoch's last batch was done; then it validates */
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
  const double n_done = (double) (progress->epoch - 1) * (double) run->n_train + (double) progress->n_done - run->n_earlier;
  const double n_all = (double) progress->n_epochs * (double) run->n_train - run->n_earlier;
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

  if (progress->epoch + run->n_before != run->epoch)
    {
      run->epoch = progress->epoch + run->n_before;
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
  g_autoptr(JsonNode) node = recipe_json_from_epoch (epoch);
  JsonObject *object = json_node_get_object (node);
  g_autofree char *text = NULL;

  /* It follows from the recipe, which the network's file has. */
  json_object_remove_member (object, "learning_rate");
  json_object_set_int_member (object, "samples_per_second", (gint64) round (rate));
  json_object_set_double_member (object, "seconds", round (1000.0 * seconds) / 1000.0);

  text = recipe_json_to_text (node);
  cli_log_write (run->plan->log, text);
}

/* (transfer full): the run as it would be if it were stopped now. @continues: whether it can be
 * continued from here */
static RecipeFile *
make_file (const Run         *run,
           const MlpTraining *training,
           gboolean           continues)
{
  const guint best = mlp_training_get_best_epoch (training);
  g_autoptr(MlpTrainingState) state = NULL;
  g_autoptr(MlpNet) net = NULL;
  RecipeFile *file;

  if (continues)
    state = mlp_training_dup_state (training, &net);

  file = recipe_file_new (run->plan->recipe, run->plan->set, net != NULL ? net : mlp_training_peek_net (training),
                          (const MlpEpoch *) (void *) run->epochs->data, run->epochs->len,
                          best > 0 ? best + run->n_before : 0);
  file->data.seen = recipe_seen_ref (run->seen);
  file->state = g_steal_pointer (&state);

  return file;
}

/* One file, replaced as a whole. The run goes on without it. */
static void
keep_checkpoint (Run         *run,
                 MlpTraining *training)
{
  g_autoptr(RecipeFile) file = make_file (run, training, TRUE);
  g_autoptr(GError) error = NULL;

  if (recipe_file_save (file, run->plan->checkpoint, &error) || run->warned)
    return;

  run->warned = TRUE;
  cli_progress_clear (run->progress);
  g_printerr ("perzeptron-cli: The checkpoint could not be saved: %s\n", error->message);
}

static void
on_epoch_done (MlpTraining    *training,
               const MlpEpoch *told,
               gpointer        user_data)
{
  Run *run = user_data;
  const gint64 now = g_get_monotonic_time ();
  const double rate = (double) (run->n_train - run->n_resumed) / seconds_between (run->epoch_start, run->trained);
  MlpEpoch epoch = *told;

  epoch.epoch += run->n_before;
  run->n_resumed = 0;
  g_array_append_val (run->epochs, epoch);
  print_epoch (run, &epoch, rate);

  if (run->plan->log != NULL)
    log_epoch (run, &epoch, rate, seconds_between (run->start, now));

  /* The run is saved after the last one: a checkpoint of it would have nothing to go on with. */
  if (run->plan->checkpoint != NULL && epoch.epoch < run->n_epochs &&
      epoch.epoch % run->plan->checkpoint_epochs == 0)
    keep_checkpoint (run, training);

  /* The next epoch begins. */
  run->trained = now;
}

static void
print_end (const Run         *run,
           const MlpTraining *training,
           MlpStopReason      end,
           guint              patience)
{
  const guint best = mlp_training_get_best_epoch (training);

  cli_progress_clear (run->progress);

  if (end == MLP_STOP_STOPPED)
    g_print ("Stopped in epoch %u; the weights are kept.\n", MAX (run->epoch, 1));
  else if (end == MLP_STOP_EARLY)
    g_print ("Stopped early: no better validation loss for %u epochs.\n", patience);

  if (patience > 0 && best > 0)
    g_print ("The weights of epoch %u are kept.\n", best + run->n_before);
}

/* The run from the beginning, or from where its past ends. */
static MlpTraining *
make_training (Run     *run,
               GError **error)
{
  const CliPlan *plan = run->plan;
  const RecipeFile *past = plan->past;
  g_autoptr(MlpNet) net = NULL;
  MlpTraining *training;

  if (past == NULL)
    {
      net = recipe_make_net (plan->recipe, mlp_samples_get_n_inputs (plan->set->samples),
                             mlp_samples_get_n_outputs (plan->set->samples), error);

      return net != NULL ? mlp_training_new (net, plan->set->samples, plan->split, &plan->recipe->training, error) : NULL;
    }

  training = mlp_training_new_continued (past->net, plan->set->samples, plan->split, &plan->recipe->training,
                                         past->state, error);
  if (training == NULL)
    return NULL;

  g_array_append_vals (run->epochs, past->epochs->data, past->epochs->len);
  run->n_earlier = (double) mlp_training_get_n_epochs (training, &run->n_resumed) * (double) run->n_train;
  run->n_earlier += (double) run->n_resumed;
  run->n_before = cli_continue_get_epoch (past) - MIN (cli_continue_get_epoch (past), past->state->n_epochs);

  return training;
}

gboolean
cli_run (const CliPlan *plan,
         RecipeFile   **file,
         GError       **error)
{
  g_autoptr(CliProgress) progress = cli_progress_new ("");
  g_autoptr(GArray) epochs = g_array_new (FALSE, FALSE, sizeof (MlpEpoch));
  g_autoptr(RecipeSeen) now_seen = recipe_seen_new (plan->set, plan->split);
  g_autoptr(RecipeSeen) seen = plan->past != NULL ? recipe_seen_union (plan->past->data.seen, now_seen)
                               : recipe_seen_ref (now_seen);
  g_autoptr(MlpTraining) training = NULL;
  const gint64 now = g_get_monotonic_time ();
  Run run = {
    .plan = plan,
    .progress = progress,
    .epochs = epochs,
    .seen = seen,
    .n_epochs = plan->recipe->training.epochs,
    .start = now,
    .epoch_start = now,
    .trained = now,
  };
  const MlpMonitor monitor = { on_batch_done, on_epoch_done, &run, g_get_monotonic_time };
  MlpStopReason end = MLP_STOP_DONE;
  gboolean ok;

  *file = NULL;
  mlp_split_peek (plan->split, MLP_TRAIN, &run.n_train);

  training = make_training (&run, error);
  if (training == NULL)
    return FALSE;

  cli_catch_interrupt ();
  if (plan->log != NULL && !cli_log_start (plan->log, error))
    return FALSE;

  ok = mlp_training_run (training, run.n_epochs - (plan->past != NULL ? cli_continue_get_epoch (plan->past) : 0),
                         &monitor, &end, error);

  if (ok)
    print_end (&run, training, end, plan->recipe->training.patience);

  /* After an error the moments are forgotten: there is nothing to continue. */
  if (ok || epochs->len > 0)
    *file = make_file (&run, training, ok);

  return ok;
}
