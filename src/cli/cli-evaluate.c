/* cli-evaluate.c: perzeptron-cli evaluate
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cli/cli-sloppy.h"
#include "cli/cli-values.h"
#include "cli/cli.h"
#include "core/mlp-error.h"

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

/* (transfer full) (nullable): divided as for the run, so that “train” is what it
 * was trained with. @items: (out) (transfer none): of the part, at least one */
static MlpSplit *
choose_items (const RecipeFile *file,
              const DsSet      *set,
              MlpPart           part,
              const guint32   **items,
              gsize            *n_items,
              GError          **error)
{
  g_autoptr(MlpSplit) split = NULL;

  if (!check_fit (file, set, error))
    return NULL;

  split = ds_set_split (set, &file->recipe->split, error);
  if (split == NULL)
    return NULL;

  *items = mlp_split_peek (split, part, n_items);
  if (*n_items == 0)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   "“%s” has no samples of the part “%s”; choose another one with --split",
                   set->name, mlp_part_get_name (part));
      return NULL;
    }

  return g_steal_pointer (&split);
}

static void
print_json (const RecipeFile *file,
            const DsSet      *set,
            MlpPart           part,
            const MlpMetrics *metrics,
            const MlpFit     *fits)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "split", mlp_part_get_name (part));
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

static void
print_text (const DsSet      *set,
            MlpPart           part,
            const MlpMetrics *metrics,
            const MlpFit     *fits)
{
  g_autofree char *count = cli_format_count (metrics->n);
  g_autofree char *text = cli_describe_metrics (metrics);

  if (fits != NULL)
    {
      g_print ("%s\n", set->name);
      cli_values_print (set, mlp_part_get_name (part), fits);
    }
  else
    g_print ("%s, %s samples of the part “%s”: %s\n", set->name, count, mlp_part_get_name (part), text);
}

static gboolean
evaluate (const RecipeFile *file,
          const DsSet      *set,
          MlpPart           part,
          gboolean          json,
          GError          **error)
{
  g_autoptr(MlpSplit) split = NULL;
  g_autofree MlpFit *fits = NULL;
  const guint32 *items;
  gsize n_items;
  MlpMetrics metrics;

  split = choose_items (file, set, part, &items, &n_items, error);
  if (split == NULL ||
      !mlp_evaluate (file->net, set->samples, items, n_items, choose_loss (file), NULL, &metrics, error))
    return FALSE;

  if (!mlp_samples_has_classes (set->samples))
    {
      fits = cli_values_measure (file, set, split, part, error);
      if (fits == NULL)
        return FALSE;
    }

  if (json)
    print_json (file, set, part, &metrics, fits);
  else
    print_text (set, part, &metrics, fits);

  return TRUE;
}

static gboolean
evaluate_sloppy (const RecipeFile *file,
                 const DsSet      *set,
                 MlpPart           part,
                 gboolean          json,
                 GError          **error)
{
  g_autoptr(MlpSplit) split = NULL;
  const guint32 *items;
  gsize n_items;
  MlpMetrics metrics[DS_N_SLOPPY];

  split = choose_items (file, set, part, &items, &n_items, error);
  if (split == NULL ||
      !cli_sloppy_measure (file, set, items, n_items, choose_loss (file), metrics, error))
    return FALSE;

  if (json)
    cli_sloppy_print_json (part, metrics);
  else
    {
      g_autofree char *count = cli_format_count (n_items);

      g_print ("%s, %s samples of the part “%s”, drawn again:\n", set->name, count, mlp_part_get_name (part));
      cli_sloppy_print (metrics);
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
    { "split", 0, 0, G_OPTION_ARG_STRING, &split, "Which samples: test (default), validation, train", "PART" },
    { "sloppy", 0, 0, G_OPTION_ARG_NONE, &sloppy, "Of digits: draw them again as people do, see below", NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print a line of JSON", NULL },
    { NULL }
  };
  g_autoptr(RecipeFile) file = NULL;
  g_autoptr(DsSet) set = NULL;
  g_autoptr(GError) error = NULL;
  MlpPart part = MLP_TEST;

  if (!cli_parse ("MODEL.perz DATA", "Says how good a network is on samples.",
                  "With --sloppy each digit is drawn again with a hard pen on 112 × 112 pixels: as it was, shifted,\n"
                  "at half the size, with a thinner pen, tilted, and in all these ways at once (“sloppy”: size 0.45 to\n"
                  "1.25, anywhere, tilt up to 11°, pen 1.6 to 4 pixels of 28). What the network says of the drawings\n"
                  "tells how good it is at those of people. The drawings are the same at each call.",
                  entries, 2, 2, &argc, &argv, &error) ||
      (split != NULL && !parse_part (split, &part, &error)))
    return cli_fail ("evaluate", error);

  file = cli_load_model (argv[1], &error);
  if (file == NULL)
    return cli_fail ("evaluate", error);

  set = cli_open_set (argv[2], file->data.task, &error);
  if (set == NULL ||
      !(sloppy ? evaluate_sloppy (file, set, part, json, &error) : evaluate (file, set, part, json, &error)))
    return cli_fail ("evaluate", error);

  return CLI_OK;
}
