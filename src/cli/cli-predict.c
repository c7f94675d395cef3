/* cli-predict.c: perzeptron-cli predict
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <limits.h>
#include <math.h>

#include "cli/cli-picture.h"
#include "cli/cli-predict.h"
#include "cli/cli.h"
#include "core/mlp-error.h"
#include "core/mlp-single.h"
#include "datasets/ds-digit.h"

/* Shares that sum to one. Softmax gives them; a sigmoid's outputs are weighed
 * against each other; of the others only what is above zero counts. */
static void
make_shares (MlpActivation output,
             const float  *h,
             double       *shares,
             gsize         n)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      shares[i] = output == MLP_SOFTMAX || h[i] > 0.0f ? (double) h[i] : 0.0;
      sum += shares[i];
    }

  for (gsize i = 0; i < n && output != MLP_SOFTMAX; i++)
    shares[i] = sum > 0.0 && isfinite (sum) ? shares[i] / sum : 1.0 / (double) n;
}

/* (transfer full): the name, or the number where classes have none */
static char *
get_class_name (const RecipeFile *file,
                gsize             i)
{
  if (file->data.class_names != NULL)
    return g_strdup (file->data.class_names[i]);

  return g_strdup_printf ("%" G_GSIZE_FORMAT, i);
}

static void
print_json (const RecipeFile *file,
            const char       *name,
            const double     *shares,
            gsize             answer,
            double            novelty)
{
  JsonObject *object = json_object_new ();
  JsonObject *all = json_object_new ();
  g_autofree char *answer_name = get_class_name (file, answer);

  json_object_set_string_member (object, "image", name);
  json_object_set_string_member (object, "answer", answer_name);
  json_object_set_int_member (object, "class", (gint64) answer);
  if (!isnan (novelty))
    json_object_set_boolean_member (object, "unlike_training", novelty > 1.0);

  for (gsize i = 0; i < file->data.n_outputs; i++)
    {
      g_autofree char *class_name = get_class_name (file, i);

      cli_set_number (all, class_name, shares[i]);
    }

  json_object_set_object_member (object, "probabilities", all);
  cli_print_json (object);
}

static void
print_text (const RecipeFile *file,
            const char       *name,
            const double     *shares,
            gsize             answer,
            double            novelty)
{
  g_autofree char *answer_name = get_class_name (file, answer);
  g_autofree char *answer_share = cli_format_percent (shares[answer], 1);

  g_print ("%s: %s (%s)\n", name, answer_name, answer_share);

  for (gsize i = 0; i < file->data.n_outputs; i++)
    {
      g_autofree char *class_name = get_class_name (file, i);
      g_autofree char *share = cli_format_percent (shares[i], 1);

      g_print ("  %-12s %8s\n", class_name, share);
    }

  if (novelty > 1.0)
    g_print ("  Perhaps none of these: the picture is unlike those the network was trained on\n");
}

static gboolean
predict (const RecipeFile *file,
         MlpSingle        *single,
         const char       *path,
         gboolean          raw,
         gboolean          json,
         GError          **error)
{
  const gsize n_outputs = file->data.n_outputs;
  g_autofree char *name = g_filename_display_name (path);
  g_autofree double *shares = g_new (double, n_outputs);
  g_autofree guint8 *bytes = NULL;
  float *input = mlp_single_get_input (single);
  const MlpNovelty *known = mlp_net_peek_novelty (file->net);
  gsize answer = 0;
  double novelty;

  bytes = raw ? cli_picture_read_raw (path, file->data.rows, file->data.columns, error)
              : cli_picture_read (path, error);
  if (bytes == NULL)
    return FALSE;

  for (gsize i = 0; i < file->data.n_inputs; i++)
    input[i] = (float) bytes[i] * file->data.scale;

  make_shares (mlp_net_get_activation (file->net, mlp_net_get_n_layers (file->net)),
               mlp_single_forward (single), shares, n_outputs);

  for (gsize i = 1; i < n_outputs; i++)
    {
      if (shares[i] > shares[answer])
        answer = i;
    }

  novelty = known != NULL ? mlp_novelty_score (known, input) : (double) NAN;

  if (json)
    print_json (file, name, shares, answer, novelty);
  else
    print_text (file, name, shares, answer, novelty);

  return TRUE;
}

static gboolean
check_pictures (const RecipeFile *file,
                gboolean          raw,
                GError          **error)
{
  if (file->data.rows == 0 || !(file->data.scale > 0.0f))
    {
      g_set_error_literal (error, MLP_ERROR, MLP_ERROR_SHAPE,
                           "The network was not trained on pictures, it cannot be asked about one");
      return FALSE;
    }

  if (!raw && (file->data.rows != DS_DIGIT_SIDE || file->data.columns != DS_DIGIT_SIDE))
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   "The network was trained on pictures of %u × %u pixels; give it such with --raw",
                   file->data.columns, file->data.rows);
      return FALSE;
    }

  return TRUE;
}

int
cli_predict (int   argc,
             char *argv[])
{
  gboolean raw = FALSE;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "raw", 0, 0, G_OPTION_ARG_NONE, &raw,
      "Take the picture as it is: 28 × 28, light ink on black, as in MNIST", NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print a line of JSON a picture", NULL },
    { NULL }
  };
  g_autoptr(RecipeFile) file = NULL;
  g_autoptr(MlpSingle) single = NULL;
  g_autoptr(GError) error = NULL;
  int status = CLI_OK;

  if (!cli_parse ("MODEL.perz FILE…", "Asks a network which digit is on a picture, or what a molecule is like.",
                  "A picture may have any size, be dark on light or light on dark; the digit is found,\n"
                  "scaled and centred by the rule MNIST was made with. A network that was trained on\n"
                  "molecules takes XYZ files, or archives and folders of them.",
                  entries, 2, INT_MAX - 1, &argc, &argv, &error))
    return cli_fail ("predict", error);

  file = cli_load_model (argv[1], &error);
  if (file == NULL || (file->data.task == NULL && !check_pictures (file, raw, &error)))
    return cli_fail ("predict", error);

  single = mlp_single_new (file->net, &error);
  if (single == NULL)
    return cli_fail ("predict", error);

  /* One bad file does not keep the others from being read. */
  for (int i = 2; i < argc; i++)
    {
      const gboolean ok = file->data.task != NULL
                          ? cli_predict_molecules (file, argv[i], json, &error)
                          : predict (file, single, argv[i], raw, json, &error);

      if (!ok)
        {
          status = cli_fail ("predict", error);
          g_clear_error (&error);
        }
    }

  return status;
}
