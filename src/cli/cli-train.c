/* cli-train.c: perzeptron-cli train
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <unistd.h>

#include "cli/cli-checkpoint.h"
#include "cli/cli-continue.h"
#include "cli/cli-log.h"
#include "cli/cli-options.h"
#include "cli/cli-outputs.h"
#include "cli/cli-plots.h"
#include "cli/cli-run.h"
#include "cli/cli-values.h"
#include "cli/cli.h"
#include "core/mlp-error.h"
#include "core/net/mlp-split.h"
#include "datasets/ds-european.h"
#include "datasets/ds-extra-samples.h"
#include "datasets/ds-split.h"
#include "io/io-replace.h"
#include "recipe/recipe-json.h"
#include "recipe/recipe-rescue.h"

/* What a run leaves behind. */
typedef struct
{
  char    *out;
  char    *plots;
  char    *log_path;
  char    *continued;           /* (nullable): a .perz file that goes on */
  int      checkpoint_epochs;   /* 0: no checkpoints */
  char    *checkpoint;          /* (nullable): where they are */
  gboolean test;
  CliLog  *log;
} Outputs;

/* Nothing that is written is anything that is read, or written already. */
static gboolean
check_places (const Outputs *outputs,
              const char    *source,
              const Recipe  *recipe,
              GError       **error)
{
  g_autoptr(CliOutputs) places = cli_outputs_new ();

  cli_outputs_add_input (places, "DATA", CLI_OUTPUT_NONE, source);
  cli_outputs_add_input (places, "--add", CLI_OUTPUT_NONE, recipe->add);
  cli_outputs_add_input (places, "--continue", CLI_OUTPUT_NETWORK, outputs->continued);
  cli_outputs_add (places, "--out", CLI_OUTPUT_NETWORK, outputs->out);
  cli_outputs_add (places, "--checkpoint", CLI_OUTPUT_NETWORK, outputs->checkpoint);
  cli_outputs_add (places, "--log", CLI_OUTPUT_LOG, outputs->log_path);

  if (outputs->plots != NULL)
    {
      g_auto(GStrv) pictures = cli_plots_list (outputs->plots, recipe->hidden->len + 1);

      for (gsize i = 0; pictures[i] != NULL; i++)
        cli_outputs_add (places, "--plots", CLI_OUTPUT_PICTURE, pictures[i]);
    }

  return cli_outputs_check (places, error);
}

/* Before hours of training rather than after them; what is there stays as it is. */
static gboolean
prepare_outputs (Outputs *outputs,
                 GError **error)
{
  if (outputs->out != NULL)
    {
      guint n_names;

      if (!io_replace_check (outputs->out, &n_names, error))
        return FALSE;

      if (n_names > 1)
        g_printerr ("perzeptron-cli: “%s” is one of %u names of a file (hard links); "
                    "under the others the file stays as it is\n", outputs->out, n_names);
    }

  if (outputs->plots != NULL &&
      (g_mkdir_with_parents (outputs->plots, 0777) != 0 || g_access (outputs->plots, W_OK) != 0))
    return cli_outputs_set_error (outputs->plots, errno, error);

  if (outputs->log_path != NULL)
    {
      outputs->log = cli_log_open (outputs->log_path, outputs->continued != NULL, error);
      if (outputs->log == NULL)
        return FALSE;
    }

  return TRUE;
}

static void
clear_outputs (Outputs *outputs)
{
  g_clear_pointer (&outputs->out, g_free);
  g_clear_pointer (&outputs->plots, g_free);
  g_clear_pointer (&outputs->log_path, g_free);
  g_clear_pointer (&outputs->continued, g_free);
  g_clear_pointer (&outputs->checkpoint, g_free);
  g_clear_pointer (&outputs->log, cli_log_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outputs, clear_outputs)

static char *
format_part (const MlpSplit *split,
             MlpPart part)
{
  gsize n;

  mlp_split_peek (split, part, &n);

  return cli_format_count (n);
}

static void
print_plan (const Recipe   *recipe,
            const DsSet    *set,
            const MlpSplit *split,
            gboolean        test)
{
  const gsize n_inputs = mlp_samples_get_n_inputs (set->samples);
  const gsize n_outputs = mlp_samples_get_n_outputs (set->samples);
  g_autofree char *train = format_part (split, MLP_TRAIN);
  g_autofree char *validation = format_part (split, MLP_VALIDATION);
  g_autofree char *network = recipe_describe_network (recipe, n_inputs, n_outputs);
  g_autofree char *rate = cli_format_number ("%.6g", (double) recipe->training.rate);

  g_print ("%s: %s samples train, %s validate", set->name, train, validation);

  if (test)
    {
      g_autofree char *tested = format_part (split, MLP_TEST);

      g_print (", %s test", tested);
    }

  if (recipe->split.european_share > 0.0f)
    {
      g_autofree char *share = cli_format_number ("%.4g", 100.0 * (double) recipe->split.european_share);

      g_print ("\n%s %% of those that train are digits by European hands", share);
    }

  if (set->n_added > 0)
    {
      const gsize n_own = ds_set_get_n_own (set);
      gsize n_train;
      gsize n_drawn = 0;
      const guint32 *items = mlp_split_peek (split, MLP_TRAIN, &n_train);

      for (gsize i = 0; i < n_train; i++)
        n_drawn += items[i] >= n_own && items[i] < n_own + set->n_added;
      g_print ("\n%" G_GSIZE_FORMAT " of %s train besides, each %" G_GSIZE_FORMAT " times an epoch",
               set->n_added, recipe->add, n_drawn / set->n_added);
    }

  if (set->task != NULL)
    g_print ("\n%s from %s", set->task->targets, set->task->features);

  g_print ("\n%s, %s, %s, learning rate %s, batches of %" G_GSIZE_FORMAT,
           network, mlp_loss_get_name (recipe->training.loss),
           mlp_optimizer_get_name (recipe->training.optimizer.kind), rate,
           recipe->training.batch_size);

  if (recipe->training.augment != MLP_AUGMENT_NONE)
    g_print (", augmentation %s", mlp_augment_get_name (recipe->training.augment));

  g_print ("\n");
}

/* Looks at a part with the network that is kept. */
static gboolean
evaluate_part (const RecipeFile *file,
               const DsSet      *set,
               const MlpSplit   *split,
               MlpPart           part,
               MlpMetrics       *metrics,
               GError          **error)
{
  gsize n_items;
  const guint32 *items = mlp_split_peek (split, part, &n_items);

  return mlp_metrics_evaluate (file->net, set->samples, items, n_items, file->recipe->training.loss,
                               NULL, metrics, error);
}

static void
print_figures (const char       *what,
               const MlpMetrics *metrics)
{
  g_autofree char *text = cli_describe_metrics (metrics);

  if (metrics->n > 0)
    g_print ("%s: %s\n", what, text);
}

/* Of a part, in the words that fit the samples. */
typedef struct
{
  MlpMetrics            metrics;
  MlpRegressionMetrics *target_metrics;         /* (nullable): of each target, where samples have values */
} Figures;

static void
clear_figures (Figures *figures)
{
  g_free (figures->target_metrics);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Figures, clear_figures)

static gboolean
report_part (const RecipeFile *file,
             const DsSet      *set,
             const MlpSplit   *split,
             MlpPart           part,
             const char       *what,
             Figures          *figures,
             GError          **error)
{
  if (!evaluate_part (file, set, split, part, &figures->metrics, error))
    return FALSE;

  if (mlp_samples_has_classes (set->samples))
    {
      print_figures (what, &figures->metrics);
      return TRUE;
    }

  figures->target_metrics = cli_values_measure (file, set, split, part, error);
  if (figures->target_metrics == NULL)
    return FALSE;

  cli_values_print (set, what, figures->target_metrics);

  return TRUE;
}

/* Of a single target by the names that one target has, of all by theirs. */
static void
add_values (JsonObject     *object,
            const DsSet    *set,
            const MlpSplit *split,
            const Figures  *validation,
            const Figures  *test)
{
  const gboolean single = mlp_samples_get_n_outputs (set->samples) == 1;
  gsize n;

  if (single)
    cli_set_number (object, "validation_mae", validation->target_metrics[0].mae);
  json_object_set_object_member (object, "validation", cli_values_to_json (set, validation->target_metrics));

  if (test->target_metrics != NULL)
    {
      if (single)
        cli_set_number (object, "test_mae", test->target_metrics[0].mae);
      json_object_set_object_member (object, "test", cli_values_to_json (set, test->target_metrics));
    }

  cli_values_add_units (object, set->task, set->class_names);
  mlp_split_peek (split, MLP_TRAIN, &n);
  json_object_set_int_member (object, "n_train", (gint64) n);
  mlp_split_peek (split, MLP_TEST, &n);
  json_object_set_int_member (object, "n_test", (gint64) n);
}

static gboolean
write_result (const Outputs    *outputs,
              const RecipeFile *file,
              const DsSet      *set,
              const MlpSplit   *split,
              const Figures    *validation,
              const Figures    *test,
              GError          **error)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;
  JsonObject *object = json_object_new ();

  json_object_set_boolean_member (object, "result", TRUE);
  json_object_set_int_member (object, "best_epoch", file->best_epoch);
  json_object_set_string_member (object, "augment", mlp_augment_get_name (file->recipe->training.augment));
  cli_set_number (object, "validation_accuracy", validation->metrics.accuracy);
  cli_set_number (object, "test_accuracy", test->metrics.accuracy);

  if (validation->target_metrics != NULL)
    add_values (object, set, split, validation, test);

  json_node_take_object (node, object);
  text = recipe_json_to_text (node);

  cli_log_write (outputs->log, text);

  return cli_log_finish (outputs->log, error);
}

/* A run that ended and was saved needs none any more; one that went wrong may go on from it
 * in another way. */
static void
clear_checkpoint (const Outputs *outputs,
                  gboolean       ok)
{
  if (outputs->checkpoint == NULL || outputs->out == NULL)
    return;

  if (ok)
    g_unlink (outputs->checkpoint);
  else if (g_file_test (outputs->checkpoint, G_FILE_TEST_EXISTS))
    g_print ("Checkpoint: %s\n", outputs->checkpoint);
}

/* @more: (transfer full): what there is to say besides */
static void
add_to_message (GError **error,
                char    *more)
{
  g_autofree char *own_more = more;
  g_autofree char *message = NULL;

  if (error == NULL || *error == NULL)
    return;

  message = g_steal_pointer (&(*error)->message);
  (*error)->message = g_strconcat (message, ". ", own_more, NULL);
}

/* After a run that went wrong: a network that cannot be continued does not take the place of one
 * that can. */
static void
keep_past_network (const RecipeFile *past,
                   Outputs          *outputs,
                   GError          **error)
{
  if (past == NULL || outputs->out == NULL || !cli_checkpoint_is_same_file (outputs->out, outputs->continued))
    return;

  add_to_message (error, g_strdup_printf ("“%s” stays as it is, at epoch %u, and can be continued from there",
                                          outputs->out, cli_continue_get_epoch (past)));
  clear_checkpoint (outputs, FALSE);
  g_clear_pointer (&outputs->out, g_free);
}

static gboolean
save_results (const RecipeFile *file,
              const DsSet      *set,
              const MlpSplit   *split,
              const Outputs    *outputs,
              gboolean          ok,
              GError          **error)
{
  g_auto(Figures) validation = { .target_metrics = NULL };
  g_auto(Figures) test = { .metrics = { .accuracy = NAN } };

  /* First of all what cannot be had again. */
  if (outputs->out != NULL)
    {
      if (!recipe_file_save (file, outputs->out, error))
        {
          g_autofree char *copy = recipe_rescue (file, outputs->out, error);

          return FALSE;
        }

      g_print ("Network: %s\n", outputs->out);
      clear_checkpoint (outputs, ok);
    }

  if (!report_part (file, set, split, MLP_VALIDATION, "Validation", &validation, error) ||
      (outputs->test && !report_part (file, set, split, MLP_TEST, "Test", &test, error)))
    return FALSE;

  if (outputs->test)
    {
      RecipeParts parts;
      g_autoptr(MlpSplit) own = recipe_file_divide (file, set, &parts, NULL);
      g_autofree char *words = own != NULL ? recipe_seen_describe_parts (&parts) : NULL;

      if (words != NULL)
        g_print ("%s\n", words);
    }

  if (outputs->log != NULL &&
      !write_result (outputs, file, set, split, &validation, &test, error))
    return FALSE;

  if (outputs->plots != NULL)
    {
      if (!cli_plots_write (outputs->plots, file, error))
        return FALSE;

      g_print ("Pictures: %s\n", outputs->plots);
    }

  return TRUE;
}

/* What can be known when the data are there. */
static MlpSplit *
check_data (const Recipe *recipe,
            const DsSet  *set,
            gboolean      test,
            GError      **error)
{
  if (!recipe_check (recipe, set, NULL, error))
    return NULL;

  if (test && set->n_test == 0 && !set->draws_test)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   "“%s” has no test set; leave out --test", set->name);
      return NULL;
    }

  return ds_split_make (set, &recipe->split, error);
}

/* With what the recipe adds. */
static DsSet *
open_data (const char   *source,
           const Recipe *recipe,
           GError      **error)
{
  g_autoptr(DsSet) set = cli_open_set (source, &recipe->task, error);
  g_autoptr(DsSet) added = NULL;

  if (set != NULL && recipe->split.european_share > 0.0f)
    {
      g_autoptr(DsSet) own = g_steal_pointer (&set);

      set = ds_european_add (own, error);
    }

  if (set == NULL || recipe->add == NULL)
    return g_steal_pointer (&set);

  added = cli_open_set (recipe->add, &recipe->task, error);

  return added != NULL ? ds_extra_samples_add (set, added, error) : NULL;
}

/* @past: (nullable): what goes on */
static gboolean
train_recipe (const char       *source,
              Recipe           *recipe,
              const RecipeFile *past,
              Outputs          *outputs,
              GError          **error)
{
  CliPlan plan = { .recipe = recipe, .past = past };
  g_autoptr(DsSet) set = NULL;
  g_autoptr(MlpSplit) split = NULL;
  g_autoptr(RecipeFile) file = NULL;
  g_autoptr(GError) second = NULL;
  gboolean ok;

  if (!recipe_check (recipe, NULL, NULL, error) ||
      !check_places (outputs, source, recipe, error) ||
      !prepare_outputs (outputs, error))
    return FALSE;

  set = open_data (source, recipe, error);
  if (set == NULL || (past != NULL && !cli_continue_check_data (outputs->continued, past, set, error)))
    return FALSE;

  split = check_data (recipe, set, outputs->test, error);
  if (split == NULL || (past != NULL && !cli_continue_check_split (outputs->continued, past, set, split, error)))
    return FALSE;

  g_free (recipe->source);
  recipe->source = g_strdup (set->source);
  print_plan (recipe, set, split, outputs->test);
  if (past != NULL)
    g_print ("Continued from epoch %u of “%s”\n", cli_continue_get_epoch (past), outputs->continued);

  /* A run that went wrong still leaves its last good network. */
  plan.set = set;
  plan.split = split;
  plan.log = outputs->log;
  plan.checkpoint = outputs->checkpoint;
  plan.checkpoint_epochs = (guint) outputs->checkpoint_epochs;
  ok = cli_run (&plan, &file, error);
  if (file == NULL)
    return FALSE;

  if (ok)
    return save_results (file, set, split, outputs, TRUE, error);

  keep_past_network (past, outputs, error);
  if (!save_results (file, set, split, outputs, FALSE, &second))
    add_to_message (error, g_strdup (second->message));

  return FALSE;
}

static gboolean
prepare_checkpoint (Outputs *outputs,
                    GError **error)
{
  if (outputs->checkpoint_epochs == 0)
    return TRUE;

  if (outputs->checkpoint_epochs < 0)
    return cli_set_usage_error (error, "--checkpoint: %d is not a number of epochs, such as 10",
                                outputs->checkpoint_epochs);

  if (outputs->out == NULL)
    return cli_set_usage_error (error, "--checkpoint needs --out: the checkpoint is saved beside it");

  outputs->checkpoint = cli_checkpoint_make_path (outputs->out);

  return cli_checkpoint_check (outputs->checkpoint, outputs->continued, error);
}

/* @source: (nullable): DATA, where it was given */
static gboolean
start_run (CliOptions *options,
           const char *source,
           Outputs    *outputs,
           GError    **error)
{
  g_autoptr(RecipeFile) past = NULL;
  g_autoptr(Recipe) recipe = NULL;

  if (outputs->continued == NULL && source == NULL)
    return cli_set_usage_error (error, "Something is missing: perzeptron-cli train DATA");

  if (outputs->continued == NULL)
    recipe = cli_options_make_recipe (options, source, error);
  else if ((past = cli_continue_load (outputs->continued, error)) != NULL)
    recipe = cli_continue_make_recipe (outputs->continued, past, options, error);

  return recipe != NULL && prepare_checkpoint (outputs, error) &&
         train_recipe (source != NULL ? source : recipe->source, recipe, past, outputs, error);
}

int
cli_train (int   argc,
           char *argv[])
{
  g_autoptr(CliOptions) options = cli_options_new ();
  g_auto(Outputs) outputs = { NULL };
  const GOptionEntry others[] = {
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &outputs.out, "Save the network", "FILE.perz" },
    { "plots", 0, 0, G_OPTION_ARG_FILENAME, &outputs.plots, "Save plots of the training curves and the weights", "FOLDER" },
    { "log", 0, 0, G_OPTION_ARG_FILENAME, &outputs.log_path, "Log one JSON object per epoch; appends if the run is "
      "continued", "FILE.jsonl" },
    { "continue", 0, 0, G_OPTION_ARG_FILENAME, &outputs.continued, "Continue the run in this file, see below", "FILE.perz" },
    { "checkpoint", 0, 0, G_OPTION_ARG_INT, &outputs.checkpoint_epochs, "Save a checkpoint beside --out every EPOCHS "
      "epochs", "EPOCHS" },
    { "test", 0, 0, G_OPTION_ARG_NONE, &outputs.test, "Evaluate on the test set at the end", NULL },
    { NULL }
  };
  g_autofree GOptionEntry *entries = cli_options_make_entries (options, others);
  g_autofree char *description = cli_options_describe ();
  g_autoptr(GError) error = NULL;

  if (!cli_parse ("DATA", "Trains a network.", description, entries, 0, 1, &argc, &argv, &error) ||
      !start_run (options, argc > 1 ? argv[1] : NULL, &outputs, &error))
    return cli_fail ("train", error);

  return CLI_OK;
}
