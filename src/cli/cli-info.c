/* cli-info.c: perzeptron-cli info
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>

#include "cli/cli.h"
#include "datasets/ds-qm9.h"
#include "recipe/recipe-json.h"

/* Whether @path begins as a .perz file does: a length, then a JSON object. Such
 * bytes begin no data set. */
static gboolean
looks_like_model (const char *path)
{
  guint8 bytes[9];
  gsize n_read;
  FILE *file;

  if (g_str_has_suffix (path, ".perz"))
    return TRUE;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return FALSE;

  file = g_fopen (path, "rbe");
  if (file == NULL)
    return FALSE;

  n_read = fread (bytes, 1, sizeof bytes, file);
  fclose (file);

  return n_read == sizeof bytes && bytes[8] == '{' && bytes[4] == 0 && bytes[7] == 0;
}

static void print_row (const char *name,
                       const char *format,
                       ...) G_GNUC_PRINTF (2, 3);

static void
print_row (const char *name,
           const char *format,
           ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  g_print ("%-12s %s\n", name, text);
}

/* (transfer full): how many samples there are of each class */
static gsize *
count_classes (const DsSet *set)
{
  gsize *counts = g_new0 (gsize, mlp_samples_get_n_outputs (set->samples));

  for (gsize i = 0; i < mlp_samples_get_n (set->samples); i++)
    counts[mlp_samples_get_class (set->samples, i)]++;

  return counts;
}

static char *
get_class_name (char **names,
                gsize  i)
{
  return names != NULL ? g_strdup (names[i]) : g_strdup_printf ("%" G_GSIZE_FORMAT, i);
}

static void
print_set_json (const DsSet *set)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", set->name);
  json_object_set_string_member (object, "source", set->source);
  json_object_set_string_member (object, "identity", set->identity);
  json_object_set_int_member (object, "train", (gint64) set->n_train);
  json_object_set_int_member (object, "validation", (gint64) set->n_validation);
  json_object_set_int_member (object, "test", (gint64) set->n_test);
  json_object_set_int_member (object, "inputs", (gint64) mlp_samples_get_n_inputs (set->samples));
  json_object_set_int_member (object, "outputs", (gint64) mlp_samples_get_n_outputs (set->samples));
  json_object_set_int_member (object, "rows", set->rows);
  json_object_set_int_member (object, "columns", set->columns);

  if (mlp_samples_has_classes (set->samples))
    {
      g_autofree gsize *counts = count_classes (set);
      JsonObject *classes = json_object_new ();

      for (gsize i = 0; i < mlp_samples_get_n_outputs (set->samples); i++)
        {
          g_autofree char *name = get_class_name (set->class_names, i);

          json_object_set_int_member (classes, name, (gint64) counts[i]);
        }

      json_object_set_object_member (object, "classes", classes);
    }

  cli_print_json (object);
}

static void
print_classes (const DsSet *set)
{
  g_autofree gsize *counts = count_classes (set);

  for (gsize i = 0; i < mlp_samples_get_n_outputs (set->samples); i++)
    {
      g_autofree char *name = get_class_name (set->class_names, i);
      g_autofree char *count = cli_format_count (counts[i]);

      print_row (i == 0 ? "Classes" : "", "%-12s %8s", name, count);
    }
}

static void
print_molecules (const DsSet *set)
{
  g_autofree char *uncharacterized = cli_format_count (set->report->n_uncharacterized);
  g_autofree char *unreadable = cli_format_count (set->report->n_unreadable);

  print_row ("Molecules", "%s", ds_molecules_has_geometry (set->molecules)
             ? "with the places of their atoms" : "formulas only, from SMILES: no places of atoms");
  print_row ("Left out", "%s uncharacterized, %s unreadable", uncharacterized, unreadable);
}

/* Mean and deviation over the molecules, in the file's unit, and how far off
 * “always the mean” is. */
static void
print_properties (const DsMolecules *molecules)
{
  gsize n_targets;
  const DsTarget *targets = ds_targets_get_all (&n_targets);
  const gsize n = ds_molecules_get_n (molecules);

  for (gsize t = 0; t < n_targets; t++)
    {
      double sum = 0.0, squares = 0.0, absolute = 0.0;
      g_autofree char *mean_text = NULL;
      g_autofree char *deviation_text = NULL;
      g_autofree char *absolute_text = NULL;
      double mean;
      gsize n_with = 0;

      if (targets[t].atomisation)
        continue;

      for (gsize i = 0; i < n; i++)
        {
          DsMolecule molecule;
          double value;

          ds_molecules_get (molecules, i, &molecule);
          value = molecule.properties[targets[t].property];
          if (!isfinite (value))
            continue;

          sum += value;
          squares += value * value;
          n_with++;
        }

      if (n_with == 0)
        continue;

      mean = sum / (double) n_with;
      for (gsize i = 0; i < n; i++)
        {
          DsMolecule molecule;
          double value;

          ds_molecules_get (molecules, i, &molecule);
          value = molecule.properties[targets[t].property];
          if (isfinite (value))
            absolute += fabs (value - mean) / (double) n_with;
        }

      mean_text = cli_format_number ("%.5g", mean);
      deviation_text = cli_format_number ("%.4g", sqrt (MAX (0.0, squares / (double) n_with - mean * mean)));
      absolute_text = cli_format_number ("%.4g", absolute);
      print_row (targets[t].id, "%s ± %s %s; always the mean is %s off", mean_text, deviation_text,
                 targets[t].unit, absolute_text);
    }
}

static void
print_set (const DsSet *set)
{
  g_autofree char *train = cli_format_count (set->n_train);
  g_autofree char *validation = cli_format_count (set->n_validation);
  g_autofree char *test = cli_format_count (set->n_test);

  print_row ("Data", "%s", set->name);
  print_row ("Source", "%s", set->source);

  if (set->draws_test)
    print_row ("Samples", "%s, of which some validate and test", train);
  else
    print_row ("Samples", "%s to train, %s to validate, %s to test", train, validation, test);

  if (set->molecules != NULL)
    print_molecules (set);
  else if (set->rows > 0)
    print_row ("Pictures", "%u × %u pixels", set->columns, set->rows);
  else
    print_row ("Inputs", "%" G_GSIZE_FORMAT, mlp_samples_get_n_inputs (set->samples));

  print_row ("Identity", "%s", set->identity);

  if (mlp_samples_has_classes (set->samples))
    print_classes (set);
  else if (set->molecules != NULL)
    print_properties (set->molecules);
  else
    print_row ("Outputs", "%" G_GSIZE_FORMAT, mlp_samples_get_n_outputs (set->samples));
}

static int
info_set (const char *source,
          gboolean    json)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DsSet) set = cli_open_set (source, NULL, &error);

  if (set == NULL)
    return cli_fail ("info", error);

  if (json)
    print_set_json (set);
  else
    print_set (set);

  return CLI_OK;
}

/* (transfer full): "784-30-10, sigmoid, softmax" of the network that is there */
static char *
describe_net (const MlpNet *net)
{
  GString *text = g_string_new (NULL);
  const gsize L = mlp_net_get_n_layers (net);

  for (gsize l = 0; l <= L; l++)
    g_string_append_printf (text, "%s%" G_GSIZE_FORMAT, l > 0 ? "-" : "", mlp_net_get_width (net, l));

  for (gsize l = 1; l <= L; l++)
    g_string_append_printf (text, ", %s", mlp_activation_get_name (mlp_net_get_activation (net, l)));

  return g_string_free (text, FALSE);
}

static void
add_seen (JsonObject       *object,
          const RecipeSeen *seen)
{
  JsonObject *counts = json_object_new ();
  gsize n;

  recipe_seen_peek (seen, MLP_TRAIN, &n);
  json_object_set_int_member (counts, "train", (gint64) n);
  recipe_seen_peek (seen, MLP_VALIDATION, &n);
  json_object_set_int_member (counts, "validation", (gint64) n);
  json_object_set_boolean_member (counts, "complete", recipe_seen_is_complete (seen));
  json_object_set_object_member (object, "seen", counts);
}

static void
print_model_json (const RecipeFile *file)
{
  JsonObject *object = json_object_new ();
  JsonArray *epochs = json_array_new ();

  if (file->net != NULL)
    {
      g_autofree char *network = describe_net (file->net);

      json_object_set_string_member (object, "network", network);
      json_object_set_int_member (object, "parameters", (gint64) mlp_net_get_n_params (file->net));
    }

  json_object_set_string_member (object, "data", file->data.name);
  json_object_set_string_member (object, "identity", file->data.identity);
  if (file->recipe->add != NULL)
    json_object_set_int_member (object, "added", (gint64) file->data.n_added);
  json_object_set_member (object, "recipe", recipe_to_json (file->recipe));
  if (file->data.seen != NULL)
    add_seen (object, file->data.seen);
  json_object_set_int_member (object, "best_epoch", file->best_epoch);

  for (guint i = 0; i < file->epochs->len; i++)
    json_array_add_element (epochs, recipe_epoch_to_json (&g_array_index (file->epochs, MlpEpoch, i)));

  json_object_set_array_member (object, "epochs", epochs);
  cli_print_json (object);
}

static void
print_training (const MlpTrainOptions *training)
{
  g_autofree char *rate = cli_format_number ("%.6g", (double) training->rate);

  print_row ("Training", "%s, %s, learning rate %s (%s), batches of %" G_GSIZE_FORMAT ", %u epochs, "
             "first weights %s, seed %" G_GUINT64_FORMAT,
             mlp_loss_get_name (training->loss), mlp_optimizer_get_name (training->optimizer.kind),
             rate, mlp_schedule_get_name (training->schedule.kind), training->batch_size,
             training->epochs, mlp_init_get_name (training->init), training->seed);

  if (training->augment != MLP_AUGMENT_NONE)
    print_row ("Augmentation", "%s", mlp_augment_get_name (training->augment));
}

static void
print_history (const RecipeFile *file)
{
  const MlpEpoch *last;
  g_autofree char *loss = NULL;
  g_autofree char *figure = NULL;

  if (file->epochs->len == 0)
    {
      print_row ("Trained", "not yet");
      return;
    }

  last = &g_array_index (file->epochs, MlpEpoch, file->epochs->len - 1);
  loss = cli_format_number ("%.4f", isnan (last->validation_loss) ? last->train_loss : last->validation_loss);
  figure = isnan (last->train_accuracy)
           ? cli_format_number ("%.4g", isnan (last->validation_loss) ? last->train_mae : last->validation_mae)
           : cli_format_percent (isnan (last->validation_loss) ? last->train_accuracy : last->validation_accuracy, 2);
  print_row ("Trained", "%u epochs; the last: %s loss %s, %s %s; the best: %u",
             last->epoch, isnan (last->validation_loss) ? "training" : "validation", loss,
             isnan (last->train_accuracy) ? "MAE" : "accuracy", figure, file->best_epoch);
}

/* What the network has seen, as far as its file says. */
static void
print_seen (const RecipeSeen *seen)
{
  gsize n_train, n_validation;

  if (seen == NULL)
    return;

  recipe_seen_peek (seen, MLP_TRAIN, &n_train);
  recipe_seen_peek (seen, MLP_VALIDATION, &n_validation);
  print_row ("Seen", "%s%" G_GSIZE_FORMAT " samples to train, %" G_GSIZE_FORMAT " to validate",
             recipe_seen_is_complete (seen) ? "" : "at least ", n_train, n_validation);
}

static int
info_model (const char *path,
            gboolean    json)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RecipeFile) file = recipe_file_load (path, &error);

  if (file == NULL)
    return cli_fail ("info", error);

  if (json)
    {
      print_model_json (file);
      return CLI_OK;
    }

  if (file->net != NULL)
    {
      g_autofree char *network = describe_net (file->net);
      g_autofree char *count = cli_format_count (mlp_net_get_n_params (file->net));

      print_row ("Network", "%s", network);
      print_row ("Parameters", "%s", count);
    }

  print_row ("Data", "%s", file->data.name);
  print_row ("Source", "%s", file->recipe->source);
  if (file->recipe->add != NULL)
    print_row ("Added", "%" G_GSIZE_FORMAT " samples of %s", file->data.n_added, file->recipe->add);
  if (file->data.task != NULL)
    print_row ("Learns", "%s (%s) from %s", file->data.task->targets,
               ds_unit_get_name (file->data.task->unit), file->data.task->features);
  print_row ("Identity", "%s", file->data.identity);
  print_seen (file->data.seen);
  print_training (&file->recipe->training);
  print_history (file);

  return CLI_OK;
}

int
cli_info (int   argc,
          char *argv[])
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print a line of JSON", NULL },
    { NULL }
  };
  g_autoptr(GError) error = NULL;

  if (!cli_parse ("DATA | MODEL.perz", "Says what is in a data set or in a file of a network.", NULL,
                  entries, 1, 1, &argc, &argv, &error))
    return cli_fail ("info", error);

  return looks_like_model (argv[1]) ? info_model (argv[1], json) : info_set (argv[1], json);
}
