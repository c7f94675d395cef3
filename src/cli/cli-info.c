/* cli-info.c: perzeptron-cli info
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>

#include "cli/cli-info.h"
#include "cli/cli-values.h"
#include "core/mlp-display.h"
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

void
cli_info_print_row (const char *name,
                    const char *format,
                    ...)
{
  g_autofree char *text = NULL;
  g_autofree char *shown = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  shown = mlp_display_text (text, NULL);
  g_print ("%-12s %s\n", name, shown);
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
  if (file->data.task != NULL)
    cli_values_add_units (object, file->data.task, file->data.class_names);
  json_object_set_member (object, "recipe", recipe_json_from_recipe (recipe_file_peek_trained (file)));
  if (file->data.seen != NULL)
    add_seen (object, file->data.seen);
  json_object_set_int_member (object, "best_epoch", file->best_epoch);

  for (guint i = 0; i < file->epochs->len; i++)
    json_array_add_element (epochs, recipe_json_from_epoch (&g_array_index (file->epochs, MlpEpoch, i)));

  json_object_set_array_member (object, "epochs", epochs);
  cli_print_json (object);
}

/* What is not at its default. */
static void
print_regularization (const MlpTrainOptions *training)
{
  static const MlpTrainOptions defaults = MLP_TRAIN_OPTIONS_DEFAULT;
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < MLP_N_OPTIONS - 1; i++)
    {
      const MlpOptionRow *row = mlp_train_options_get (i);
      g_autofree char *value = NULL;

      if ((row->group != MLP_GROUP_REGULARIZATION && row->id != MLP_OPTION_PATIENCE) ||
          !mlp_train_options_apply (training, row) || mlp_option_equal (row, training, &defaults))
        continue;

      value = mlp_option_to_string (row, training);
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", row->name, value);
    }

  if (text->len > 0)
    cli_info_print_row ("Regularisation", "%s", text->str);
}

static void
print_training (const MlpTrainOptions *training)
{
  g_autofree char *rate = cli_format_number ("%.6g", (double) training->rate);

  cli_info_print_row ("Training", "%s, %s, learning rate %s (%s), batches of %" G_GSIZE_FORMAT ", %u epochs, "
                      "weight initialisation %s, seed %" G_GUINT64_FORMAT,
                      mlp_loss_get_name (training->loss), mlp_optimizer_get_name (training->optimizer.kind),
                      rate, mlp_schedule_get_name (training->schedule.kind), training->batch_size,
                      training->epochs, mlp_net_get_init_name (training->init), training->seed);

  if (training->augment != MLP_AUGMENT_NONE)
    cli_info_print_row ("Augmentation", "%s", mlp_augment_get_name (training->augment));

  print_regularization (training);
}

/* (transfer full): "0.123 eV" */
static char *
describe_mae (const RecipeFile *file,
              double            mae)
{
  const char *unit = file->data.task != NULL ? ds_task_get_unit (file->data.task) : "";
  g_autofree char *number = cli_format_number ("%.4g", mae);

  return g_strconcat (number, *unit != '\0' ? " " : "", unit, NULL);
}

static void
print_history (const RecipeFile *file)
{
  const MlpEpoch *last;
  gboolean validates, has_classes;
  double value;
  g_autofree char *loss = NULL;
  g_autofree char *figure = NULL;

  if (file->epochs->len == 0)
    {
      cli_info_print_row ("Trained", "not yet");
      return;
    }

  last = &g_array_index (file->epochs, MlpEpoch, file->epochs->len - 1);
  validates = !isnan (last->validation_loss);
  has_classes = !isnan (last->train_accuracy);
  value = has_classes ? (validates ? last->validation_accuracy : last->train_accuracy)
                      : (validates ? last->validation_mae : last->train_mae);
  loss = cli_format_number ("%.4f", validates ? last->validation_loss : last->train_loss);
  figure = has_classes ? cli_format_percent (value, 2) : describe_mae (file, value);
  if (isnan (value))
    cli_info_print_row ("Trained", "%u epochs; the last: %s loss %s; the best: %u", last->epoch,
                        validates ? "validation" : "training", loss, file->best_epoch);
  else
    cli_info_print_row ("Trained", "%u epochs; the last: %s loss %s, %s %s; the best: %u", last->epoch,
                        validates ? "validation" : "training", loss, has_classes ? "accuracy" : "MAE",
                        figure, file->best_epoch);
}

/* (transfer full): "gap (eV), mu (D)" */
static char *
describe_targets (const RecipeFile *file)
{
  GString *text = g_string_new (NULL);

  for (gsize t = 0; t < file->data.n_outputs; t++)
    {
      const char *unit = ds_task_get_target_unit (file->data.task, t);

      g_string_append_printf (text, "%s%s", t > 0 ? ", " : "",
                              file->data.class_names != NULL ? file->data.class_names[t] : "output");
      if (*unit != '\0')
        g_string_append_printf (text, " (%s)", unit);
    }

  return g_string_free (text, FALSE);
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
  cli_info_print_row ("Seen", "%s%" G_GSIZE_FORMAT " samples to train, %" G_GSIZE_FORMAT " to validate",
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

      cli_info_print_row ("Network", "%s", network);
      cli_info_print_row ("Parameters", "%s", count);
    }

  cli_info_print_row ("Data", "%s", file->data.name);
  cli_info_print_row ("Source", "%s", recipe_file_peek_trained (file)->source);
  if (file->recipe->split.european_share > 0.0f)
    cli_info_print_row ("European hands", "%.4g %% of the training samples",
                        100.0 * (double) file->recipe->split.european_share);
  if (file->recipe->add != NULL)
    cli_info_print_row ("Added", "%" G_GSIZE_FORMAT " samples of %s", file->data.n_added, file->recipe->add);
  if (file->data.task != NULL)
    {
      g_autofree char *targets = describe_targets (file);

      cli_info_print_row ("Learns", "%s from %s", targets, file->data.task->features);
    }

  cli_info_print_row ("Identity", "%s", file->data.identity);
  print_seen (file->data.seen);
  print_training (&recipe_file_peek_trained (file)->training);
  print_history (file);

  return CLI_OK;
}

int
cli_info (int   argc,
          char *argv[])
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print one JSON object", NULL },
    { NULL }
  };
  g_autoptr(GError) error = NULL;

  if (!cli_parse ("DATA | MODEL.perz", "Describes a data set or a network file.", NULL,
                  entries, 1, 1, &argc, &argv, &error))
    return cli_fail ("info", error);

  if (looks_like_model (argv[1]))
    return info_model (argv[1], json);

  return cli_info_data (argv[1], json);
}
