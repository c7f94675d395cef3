/* cli-evaluate.c: perzeptron-cli evaluate
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cli/cli-values.h"
#include "cli/cli.h"
#include "core/mlp-error.h"
#include "datasets/ds-add.h"

static gboolean
parse_part (const char *name,
            MlpPart    *part,
            GError    **error)
{
  for (int i = 0; i < MLP_N_PARTS; i++)
    {
      if (strcmp (name, mlp_part_get_name ((MlpPart) i)) == 0)
        {
          *part = (MlpPart) i;
          return TRUE;
        }
    }

  return cli_set_usage_error (error, "--split: “%s” is none of test, validation and train", name);
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

/* The loss it was trained with, unless the recipe was changed since then. */
static MlpLoss
choose_loss (const RecipeFile *file)
{
  const MlpActivation output = mlp_net_get_activation (file->net, mlp_net_get_n_layers (file->net));

  return mlp_loss_check (file->recipe->training.loss, output, NULL)
         ? file->recipe->training.loss
         : MLP_LOSS_SQUARED;
}

/* A set of fewer classes than the network has, such as drawings of which none is
 * a 9 yet, has those of the network. @set: (inout)
 */
static void
widen (const RecipeFile *file,
       DsSet           **set)
{
  DsSet *wide;

  if ((*set)->rows == 0 || !mlp_samples_has_classes ((*set)->samples) ||
      mlp_samples_get_n_outputs ((*set)->samples) >= file->data.n_outputs || file->data.n_outputs > 256)
    return;

  wide = ds_add_widen (*set, file->data.n_outputs, file->data.class_names);
  ds_set_unref (*set);
  *set = wide;
}

/* Samples without a test part were not made for this network: all of them test it.
 * But of those that it was trained on besides (train --add) only the fifth that was
 * kept for testing.
 */
static gboolean
evaluate_all (const RecipeFile *file,
              const DsSet      *set,
              gboolean         *kept,
              MlpMetrics       *metrics,
              GError          **error)
{
  const gsize n = mlp_samples_get_n (set->samples);
  g_autofree guint32 *items = g_new (guint32, n);
  gsize n_items = 0;

  *kept = file->data.n_added > 0 && g_strcmp0 (file->recipe->add, set->source) == 0;

  for (gsize i = 0; i < n; i++)
    if (!*kept || ds_add_is_for_test (mlp_samples_peek_bytes (set->samples, i),
                                      mlp_samples_get_n_inputs (set->samples)))
      items[n_items++] = (guint32) i;

  if (n_items == 0)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   "The network was trained on all samples of “%s”: none of them is kept for testing yet", set->name);
      return FALSE;
    }

  return check_fit (file, set, error) &&
         mlp_evaluate (file->net, set->samples, items, n_items, choose_loss (file), NULL, metrics, error);
}

/* Divided as for the run, so that “train” is what it was trained with. */
static gboolean
evaluate (const RecipeFile *file,
          const DsSet      *set,
          MlpPart           part,
          MlpMetrics       *metrics,
          MlpFit          **fits,
          GError          **error)
{
  g_autoptr(MlpSplit) split = NULL;
  const guint32 *items;
  gsize n_items;

  if (!check_fit (file, set, error))
    return FALSE;

  split = ds_set_split (set, &file->recipe->split, error);
  if (split == NULL)
    return FALSE;

  items = mlp_split_peek (split, part, &n_items);
  if (n_items == 0)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   "“%s” has no samples of the part “%s”; choose another one with --split",
                   set->name, mlp_part_get_name (part));
      return FALSE;
    }

  return mlp_evaluate (file->net, set->samples, items, n_items, choose_loss (file), NULL, metrics, error) &&
         (mlp_samples_has_classes (set->samples) ||
          (*fits = cli_values_measure (file, set, split, part, error)) != NULL);
}

static void
print_json (const RecipeFile *file,
            const DsSet      *set,
            const char       *part_name,
            const MlpMetrics *metrics,
            const MlpFit     *fits)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "split", part_name);
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
      json_object_set_object_member (object, "targets", cli_values_to_json (set, fits));
    }

  json_object_set_string_member (object, "loss_name", mlp_loss_get_name (choose_loss (file)));
  cli_set_number (object, "loss", metrics->loss);
  cli_print_json (object);
}

int
cli_evaluate (int   argc,
              char *argv[])
{
  g_autofree char *split = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "split", 0, 0, G_OPTION_ARG_STRING, &split, "Which samples: test (default; all where there is no such part), validation, train", "PART" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print a line of JSON", NULL },
    { NULL }
  };
  g_autoptr(RecipeFile) file = NULL;
  g_autoptr(DsSet) set = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree MlpFit *fits = NULL;
  MlpPart part = MLP_TEST;
  const char *part_name;
  gboolean kept = FALSE;
  gboolean all;
  MlpMetrics metrics;

  if (!cli_parse ("MODEL.perz DATA", "Says how good a network is on samples.", NULL, entries, 2, 2,
                  &argc, &argv, &error) ||
      (split != NULL && !parse_part (split, &part, &error)))
    return cli_fail ("evaluate", error);

  file = cli_load_model (argv[1], &error);
  if (file == NULL)
    return cli_fail ("evaluate", error);

  set = cli_open_set (argv[2], file->data.task, &error);
  if (set == NULL)
    return cli_fail ("evaluate", error);

  widen (file, &set);
  all = split == NULL && set->n_test == 0 && set->rows > 0;
  if (!(all ? evaluate_all (file, set, &kept, &metrics, &error)
            : evaluate (file, set, part, &metrics, &fits, &error)))
    return cli_fail ("evaluate", error);

  part_name = kept ? "kept for testing" : all ? "all" : mlp_part_get_name (part);

  if (json)
    print_json (file, set, part_name, &metrics, fits);
  else if (fits != NULL)
    {
      g_print ("%s\n", set->name);
      cli_values_print (set, part_name, fits);
    }
  else
    {
      g_autofree char *count = cli_format_count (metrics.n);
      g_autofree char *text = cli_describe_metrics (&metrics);

      g_print ("%s, %s samples of the part “%s”: %s\n", set->name, count, part_name, text);
    }

  return CLI_OK;
}
