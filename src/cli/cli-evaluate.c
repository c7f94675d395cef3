/* cli-evaluate.c: perzeptron-cli evaluate
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cli/cli-redrawn.h"
#include "cli/cli-values.h"
#include "cli/cli.h"
#include "core/mlp-error.h"
#include "core/net/mlp-split.h"
#include "datasets/ds-extra-samples.h"

static gboolean
parse_part (const char *name,
            MlpPart    *part,
            GError    **error)
{
  for (int i = 0; i < MLP_N_PARTS; i++)
    {
      if (strcmp (name, mlp_split_get_part_name ((MlpPart) i)) == 0)
        {
          *part = (MlpPart) i;
          return TRUE;
        }
    }

  return cli_set_usage_error (error, "--split: unknown part “%s”; expected test, validation or train", name);
}

static gboolean
check_fit (const RecipeFile *file,
           const DsSet      *set,
           GError          **error)
{
  const gsize n_inputs = mlp_samples_get_n_inputs (set->samples);
  const gsize n_outputs = mlp_samples_get_n_outputs (set->samples);

  if (n_inputs == file->data.n_inputs && n_outputs == file->data.n_outputs)
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
               "The network has %" G_GSIZE_FORMAT " inputs and %" G_GSIZE_FORMAT " outputs, "
               "“%s” has %" G_GSIZE_FORMAT " and %" G_GSIZE_FORMAT "; use data like those it was trained on",
               file->data.n_inputs, file->data.n_outputs, set->name, n_inputs, n_outputs);
  return FALSE;
}

/* The loss it was trained with; files of version 1 may have a recipe that was changed since then. */
static MlpLoss
choose_loss (const RecipeFile *file)
{
  const MlpActivation output = mlp_net_get_activation (file->net, mlp_net_get_n_layers (file->net));
  const MlpLoss loss = recipe_file_peek_trained (file)->training.loss;

  return mlp_loss_check (loss, output, NULL) ? loss : MLP_LOSS_SQUARED;
}

/* What is asked about. */
typedef struct
{
  MlpSplit      *split;       /* (nullable): items are of a part of it, … */
  guint32       *all;         /* (nullable): … or these */
  const guint32 *items;
  gsize          n_items;     /* at least one */
  MlpPart        part;
  const char    *name;        /* of the part */
  RecipeParts    parts;       /* what there is to say beside the score */
} Chosen;

static void
chosen_clear (Chosen *chosen)
{
  g_clear_pointer (&chosen->split, mlp_split_unref);
  g_clear_pointer (&chosen->all, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Chosen, chosen_clear)

/* A set of fewer classes than the network has, such as drawings of which none is
 * a 9 yet, has those of the network. @set: (inout) */
static void
widen_to_classes (const RecipeFile *file,
                  DsSet           **set)
{
  DsSet *wide;

  if ((*set)->rows == 0 || !mlp_samples_has_classes ((*set)->samples) ||
      mlp_samples_get_n_outputs ((*set)->samples) >= file->data.n_outputs || file->data.n_outputs > 256)
    return;

  wide = ds_extra_samples_widen (*set, file->data.n_outputs, file->data.class_names);
  ds_set_unref (*set);
  *set = wide;
}

/* Without a test part, or with nothing else, and it is not known what the network was trained on: all test it, but of
 * those that it was trained on besides (train --add) only the fifth that was kept for testing.
 */
static gboolean
choose_all (const RecipeFile *file,
            const DsSet      *set,
            Chosen           *chosen,
            GError          **error)
{
  const gsize n = mlp_samples_get_n (set->samples);
  const gboolean trained_on = file->data.n_added > 0 && g_strcmp0 (file->recipe->add, set->source) == 0;

  chosen->parts.origin = trained_on ? RECIPE_PARTS_OF_RUN : RECIPE_PARTS_UNKNOWN;
  chosen->name = trained_on || set->n_test == n ? "test" : "all";
  chosen->items = chosen->all = g_new (guint32, n);

  for (gsize i = 0; i < n; i++)
    if (!trained_on || ds_extra_samples_is_for_test (mlp_samples_peek_bytes (set->samples, i),
                                                     mlp_samples_get_n_inputs (set->samples)))
      chosen->all[chosen->n_items++] = (guint32) i;

  if (chosen->n_items > 0)
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
               "The network was trained on all samples of “%s”: none are reserved for testing yet", set->name);
  return FALSE;
}

static gboolean
refuse_empty (const DsSet  *set,
              const Chosen *chosen,
              GError      **error)
{
  gsize n_trained_on, n_validated_on;

  mlp_split_peek (chosen->split, MLP_TRAIN, &n_trained_on);
  mlp_split_peek (chosen->split, MLP_VALIDATION, &n_validated_on);

  if (chosen->parts.origin == RECIPE_PARTS_UNKNOWN)
    g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                 "“%s” has no samples of the part “%s”; choose another one with --split", set->name, chosen->name);
  else if (chosen->part == MLP_TEST)
    g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                 "“%s” has no samples to test on: the network was trained on %" G_GSIZE_FORMAT
                 " and validated on %" G_GSIZE_FORMAT " of them; choose another part with --split",
                 set->name, n_trained_on, n_validated_on);
  else
    g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT, "The network was not %s any sample of “%s”; leave out --split",
                 chosen->part == MLP_TRAIN ? "trained on" : "validated on", set->name);

  return FALSE;
}

/* “train” is what it was trained on, and “test” what it has not seen. @part: what is
 * asked for, or -1 */
static gboolean
choose_items (const RecipeFile *file,
              const DsSet      *set,
              int               part,
              Chosen           *chosen,
              GError          **error)
{
  const gboolean without_test = set->n_test == 0 && set->rows > 0;
  const gboolean only_test = set->n_train + set->n_validation == 0 && set->rows > 0;

  if (!check_fit (file, set, error))
    return FALSE;

  if (file->data.seen == NULL && ((part < 0 && without_test) || ((part < 0 || part == MLP_TEST) && only_test)))
    return choose_all (file, set, chosen, error);

  chosen->part = part < 0 ? MLP_TEST : (MlpPart) part;
  chosen->name = mlp_split_get_part_name (chosen->part);
  chosen->split = recipe_file_divide (file, set, &chosen->parts, error);
  if (chosen->split == NULL)
    return FALSE;

  chosen->items = mlp_split_peek (chosen->split, chosen->part, &chosen->n_items);
  if (chosen->n_items == 0)
    return refuse_empty (set, chosen, error);

  if (part < 0 && without_test && chosen->n_items == mlp_samples_get_n (set->samples))
    chosen->name = "all";

  return TRUE;
}

static const char *
get_origin_name (RecipePartsOrigin origin)
{
  static const char *const names[] = {
    [RECIPE_PARTS_OF_RUN] = "run",
    [RECIPE_PARTS_BY_SAMPLE] = "sample",
    [RECIPE_PARTS_UNKNOWN] = "unknown",
  };

  return names[origin];
}

static void
add_parts (JsonObject       *object,
           const RecipeFile *file,
           const DsSet      *set,
           const Chosen     *chosen)
{
  g_autofree char *classes = recipe_data_describe_classes (&file->data, set);

  if (classes != NULL)
    json_object_set_boolean_member (object, "other_classes", TRUE);
  json_object_set_string_member (object, "parts_by", get_origin_name (chosen->parts.origin));

  if (chosen->part != MLP_TEST)
    return;

  json_object_set_int_member (object, "left_out_trained_on", (gint64) chosen->parts.n_trained_on);
  json_object_set_int_member (object, "left_out_validated_on", (gint64) chosen->parts.n_validated_on);
  json_object_set_int_member (object, "duplicates", (gint64) chosen->parts.n_duplicates);
}

/* What a score must not be read without. */
static void
print_parts (const RecipeFile *file,
             const DsSet      *set,
             const Chosen     *chosen)
{
  g_autofree char *words = recipe_seen_describe_parts (&chosen->parts);
  g_autofree char *classes = recipe_data_describe_classes (&file->data, set);

  if (classes != NULL)
    g_print ("%s\n", classes);

  if (words != NULL && (chosen->part == MLP_TEST || chosen->parts.origin == RECIPE_PARTS_UNKNOWN))
    g_print ("%s\n", words);
}

static void
print_json (const RecipeFile           *file,
            const DsSet                *set,
            const Chosen               *chosen,
            const MlpMetrics           *metrics,
            const MlpRegressionMetrics *target_metrics)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "split", chosen->name);
  add_parts (object, file, set, chosen);
  json_object_set_int_member (object, "samples", (gint64) metrics->n);

  if (!isnan (metrics->accuracy))
    {
      double low, high;

      cli_get_interval (metrics, &low, &high);
      cli_set_number (object, "accuracy", metrics->accuracy);
      cli_set_number (object, "accuracy_low", low);
      cli_set_number (object, "accuracy_high", high);
    }
  else
    {
      cli_set_number (object, "mae", metrics->mae);
      cli_set_number (object, "rmse", metrics->rmse);
      cli_set_number (object, "r2", metrics->r2);
      cli_values_add_units (object, set->task, set->class_names);
      json_object_set_object_member (object, "targets", cli_values_to_json (set, target_metrics));
    }

  json_object_set_string_member (object, "loss_name", mlp_loss_get_name (choose_loss (file)));
  cli_set_number (object, "loss", metrics->loss);
  cli_print_json (object);
}

static void
print_text (const DsSet                *set,
            const char                 *part,
            const MlpMetrics           *metrics,
            const MlpRegressionMetrics *target_metrics)
{
  g_autofree char *count = cli_format_count (metrics->n);
  g_autofree char *text = cli_describe_metrics (metrics);

  if (target_metrics != NULL)
    {
      g_print ("%s\n", set->name);
      cli_values_print (set, part, target_metrics);
    }
  else
    g_print ("%s, %s samples of the part “%s”: %s\n", set->name, count, part, text);
}

static gboolean
evaluate_part (const RecipeFile *file,
               const DsSet      *set,
               int               part,
               gboolean          json,
               GError          **error)
{
  g_auto(Chosen) chosen = { 0 };
  g_autofree MlpRegressionMetrics *target_metrics = NULL;
  MlpMetrics metrics;

  if (!choose_items (file, set, part, &chosen, error) ||
      !mlp_metrics_evaluate (file->net, set->samples, chosen.items, chosen.n_items, choose_loss (file), NULL, &metrics,
                             error))
    return FALSE;

  if (!mlp_samples_has_classes (set->samples))
    {
      target_metrics = cli_values_measure (file, set, chosen.split, chosen.part, error);
      if (target_metrics == NULL)
        return FALSE;
    }

  if (json)
    print_json (file, set, &chosen, &metrics, target_metrics);
  else
    {
      print_text (set, chosen.name, &metrics, target_metrics);
      print_parts (file, set, &chosen);
    }

  return TRUE;
}

static gboolean
evaluate_sloppy (const RecipeFile *file,
                 const DsSet      *set,
                 int               part,
                 gboolean          json,
                 GError          **error)
{
  g_auto(Chosen) chosen = { 0 };
  MlpMetrics metrics[DS_N_REDRAWN];

  if (!choose_items (file, set, part, &chosen, error) ||
      !cli_redrawn_measure (file, set, chosen.items, chosen.n_items, choose_loss (file), metrics, error))
    return FALSE;

  if (json)
    {
      JsonObject *object = cli_redrawn_to_json (chosen.name, metrics);

      add_parts (object, file, set, &chosen);
      cli_print_json (object);
    }
  else
    {
      g_autofree char *count = cli_format_count (chosen.n_items);

      g_print ("%s, %s samples of the part “%s”, drawn again:\n", set->name, count, chosen.name);
      cli_redrawn_print (metrics);
      print_parts (file, set, &chosen);
    }

  return TRUE;
}

int
cli_evaluate (int   argc,
              char *argv[])
{
  g_autofree char *split = NULL;
  gboolean sloppy = FALSE;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "split", 0, 0, G_OPTION_ARG_STRING, &split, "Part of the data: test (default: samples the network has not seen), "
      "validation, train", "PART" },
    { "sloppy", 0, 0, G_OPTION_ARG_NONE, &sloppy, "Digits: redraw them as people do on a screen, see below", NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print one JSON object", NULL },
    { NULL }
  };
  g_autoptr(RecipeFile) file = NULL;
  g_autoptr(DsSet) set = NULL;
  g_autoptr(GError) error = NULL;
  MlpPart part = MLP_TEST;

  if (!cli_parse ("MODEL.perz DATA", "Evaluates a network on a data set.",
                  "Samples that the network was trained or validated on cannot test it: in data other than its training\n"
                  "data they are excluded and counted. In JSON, parts_by gives the source of the split: run (that of the\n"
                  "training run), sample (each sample was looked up), unknown (the file does not record it).\n\n"
                  "With --sloppy each digit is redrawn with a hard-edged pen on 112 × 112 pixels: unchanged, shifted, at\n"
                  "half the size, with a thinner pen, tilted, and with all variations at once (“sloppy”: size 0.45 to\n"
                  "1.25, any position, tilt up to 11°, pen 1.6 to 4 pixels of 28). The accuracy on these drawings\n"
                  "estimates that on people’s drawings. The drawings are the same in each call.",
                  entries, 2, 2, &argc, &argv, &error) ||
      (split != NULL && !parse_part (split, &part, &error)))
    return cli_fail ("evaluate", error);

  file = cli_load_model (argv[1], &error);
  if (file == NULL)
    return cli_fail ("evaluate", error);

  set = cli_open_set (argv[2], file->data.task, &error);
  if (set == NULL)
    return cli_fail ("evaluate", error);

  widen_to_classes (file, &set);
  if (!(sloppy ? evaluate_sloppy : evaluate_part)(file, set, split != NULL ? (int) part : -1, json, &error))
    return cli_fail ("evaluate", error);

  return CLI_OK;
}
