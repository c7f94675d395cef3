/* cli-predict.c: perzeptron-cli predict
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <limits.h>
#include <math.h>

#include "cli/cli-image.h"
#include "cli/cli-predict.h"
#include "cli/cli.h"
#include "core/mlp-error.h"
#include "core/net/mlp-inference.h"
#include "recipe/recipe-image.h"

/* (transfer full): the name, or the number where classes have none */
static char *
get_class_name (const RecipeFile *file,
                gsize             i)
{
  if (file->data.class_names != NULL)
    return g_strdup (file->data.class_names[i]);

  return g_strdup_printf ("%" G_GSIZE_FORMAT, i);
}

/* What the network says of a picture. */
typedef struct
{
  float *probabilities;      /* of each class */
  gsize  answer;
  double novelty;            /* mlp_novelty_score(); NaN where the network does not know its training pictures */
} Answer;

static void
answer_clear (Answer *answer)
{
  g_clear_pointer (&answer->probabilities, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

/* @segment: (nullable): where on the picture */
static void
print_json (const RecipeFile *file,
            const char       *name,
            const InkSegment *segment,
            const Answer     *answer)
{
  JsonObject *object = json_object_new ();
  JsonObject *all = json_object_new ();
  g_autofree char *answer_name = get_class_name (file, answer->answer);

  json_object_set_string_member (object, "image", name);

  if (segment != NULL)
    {
      JsonObject *box = json_object_new ();

      json_object_set_int_member (box, "x", (gint64) segment->x);
      json_object_set_int_member (box, "y", (gint64) segment->y);
      json_object_set_int_member (box, "width", (gint64) segment->width);
      json_object_set_int_member (box, "height", (gint64) segment->height);
      json_object_set_object_member (object, "box", box);
      json_object_set_int_member (object, "line", (gint64) segment->line);
    }

  json_object_set_string_member (object, "answer", answer_name);
  json_object_set_int_member (object, "class", (gint64) answer->answer);
  if (!isnan (answer->novelty))
    json_object_set_boolean_member (object, "unlike_training", answer->novelty > 1.0);

  for (gsize i = 0; i < file->data.n_outputs; i++)
    {
      g_autofree char *class_name = get_class_name (file, i);

      cli_set_number (all, class_name, (double) answer->probabilities[i]);
    }

  json_object_set_object_member (object, "probabilities", all);
  cli_print_json (object);
}

/* Of one among several digits, without the other classes. */
static void
print_line (const RecipeFile *file,
            const char       *name,
            const InkSegment *segment,
            const Answer     *answer)
{
  g_autofree char *answer_name = get_class_name (file, answer->answer);
  g_autofree char *share = cli_format_percent ((double) answer->probabilities[answer->answer], 1);

  g_print ("%s, %u × %u at %u, %u: %s (%s)%s\n", name, (guint) segment->width, (guint) segment->height,
           (guint) segment->x, (guint) segment->y, answer_name, share,
           answer->novelty > 1.0 ? ", perhaps no digit" : "");
}

static void
print_text (const RecipeFile *file,
            const char       *name,
            const Answer     *answer)
{
  g_autofree char *answer_name = get_class_name (file, answer->answer);
  g_autofree char *answer_share = cli_format_percent ((double) answer->probabilities[answer->answer], 1);

  g_print ("%s: %s (%s)\n", name, answer_name, answer_share);

  for (gsize i = 0; i < file->data.n_outputs; i++)
    {
      g_autofree char *class_name = get_class_name (file, i);
      g_autofree char *share = cli_format_percent ((double) answer->probabilities[i], 1);

      g_print ("  %-12s %8s\n", class_name, share);
    }

  if (answer->novelty > 1.0)
    g_print ("  Perhaps none of these classes: the image is unlike the training data\n");
}

/* The question, for one picture after the other. */
typedef struct
{
  const RecipeFile *file;
  MlpInference     *inference;
  gboolean          json;
  gboolean          raw;       /* pictures are taken as they are, */
  gboolean          whole;     /* … or scaled whole; else the digits on them are found */
  int               status;
} Asking;

static gboolean
query_network (const RecipeFile *file,
               MlpInference     *inference,
               const guint8     *bytes,
               Answer           *answer,
               GError          **error)
{
  const MlpNovelty *known = mlp_net_peek_novelty (file->net);

  answer_clear (answer);
  *answer = (Answer) { g_new (float, file->data.n_outputs), 0, (double) NAN };

  if (!mlp_inference_classify (inference, bytes, file->data.scale, &answer->answer, answer->probabilities, error))
    return FALSE;

  if (known != NULL)
    answer->novelty = mlp_novelty_score (known, mlp_inference_get_input (inference));

  return TRUE;
}

/* The picture as one sample. */
static gboolean
answer_whole (const Asking *asking,
              const char   *name,
              const guint8 *bytes,
              GError      **error)
{
  g_auto(Answer) answer = { 0 };

  if (!query_network (asking->file, asking->inference, bytes, &answer, error))
    return FALSE;

  if (asking->json)
    print_json (asking->file, name, NULL, &answer);
  else
    print_text (asking->file, name, &answer);

  return TRUE;
}

/* Each digit of the picture. */
static gboolean
answer_digits (const Asking      *asking,
               const char        *name,
               const ImagePixels *pixels,
               GError           **error)
{
  g_auto(Answer) answer = { 0 };
  g_autoptr(GArray) segments = cli_image_find_digits (pixels, name, error);

  if (segments == NULL)
    return FALSE;

  for (guint i = 0; i < segments->len; i++)
    {
      const InkSegment *segment = &g_array_index (segments, InkSegment, i);

      if (!query_network (asking->file, asking->inference, segment->frame, &answer, error))
        return FALSE;

      if (asking->json)
        print_json (asking->file, name, segment, &answer);
      else if (segments->len > 1)
        print_line (asking->file, name, segment, &answer);
      else
        print_text (asking->file, name, &answer);
    }

  return TRUE;
}

/* What the network says of one picture; what went wrong is said. */
static void
answer_picture (const char   *name,
                ImagePixels  *pixels,
                const GError *error,
                gpointer      user_data)
{
  Asking *asking = user_data;
  const RecipeData *data = &asking->file->data;
  g_autofree guint8 *bytes = NULL;
  g_autoptr(GError) own_error = NULL;

  if (pixels != NULL && asking->raw)
    bytes = cli_image_take_raw (pixels, name, data->rows, data->columns, &own_error);
  else if (pixels != NULL && asking->whole)
    {
      g_autofree guint8 *grey = image_pixels_to_grey (pixels);

      bytes = g_malloc (data->n_inputs);
      recipe_image_scale (data, asking->file->net, grey, pixels->width, pixels->height, bytes);
    }

  if (!(bytes != NULL ? answer_whole (asking, name, bytes, &own_error)
        : pixels != NULL && !asking->raw && answer_digits (asking, name, pixels, &own_error)))
    asking->status = cli_fail ("predict", own_error != NULL ? own_error : error);
}

static gboolean
check_pictures (const RecipeFile *file,
                gboolean          raw,
                GError          **error)
{
  if (file->data.rows == 0 || !(file->data.scale > 0.0f))
    {
      g_set_error_literal (error, MLP_ERROR, MLP_ERROR_SHAPE,
                           "The network was not trained on images and cannot predict from one");
      return FALSE;
    }

  /* The rule of digits makes one size of frames. */
  if (!raw && !recipe_image_is_whole (&file->data, file->net) &&
      (file->data.rows != INK_FRAME_SIDE || file->data.columns != INK_FRAME_SIDE))
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   "The network was trained on images of %u × %u pixels; use --raw with an image of that size",
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
      "Use the image as it is: 28 × 28, light ink on black, as in MNIST", NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print one JSON object per digit", NULL },
    { NULL }
  };
  g_autoptr(RecipeFile) file = NULL;
  g_autoptr(MlpInference) inference = NULL;
  g_autoptr(GError) error = NULL;
  Asking asking = { .status = CLI_OK };

  if (!cli_parse ("MODEL.perz FILE…", "Predicts the digits in images, or the properties of molecules.",
                  "An image (PNG, JPEG, SVG) may have any size, be dark on light or light on dark, drawn or\n"
                  "photographed; each digit in it is found, scaled and centred as in MNIST. If there are\n"
                  "several, each has a line with its position in pixels, in reading order. A network trained\n"
                  "on other images, such as Fashion-MNIST, gets the whole image, scaled. FILE may also be a\n"
                  "folder or an archive of images.\n"
                  "A network trained on molecules takes XYZ files, SD files and tables with SMILES, or\n"
                  "archives and folders of XYZ files; each prediction names the file or the row. What cannot\n"
                  "be read is reported on stderr, the others are predicted, and the exit status is 1.",
                  entries, 2, INT_MAX - 1, &argc, &argv, &error))
    return cli_fail ("predict", error);

  file = cli_load_model (argv[1], &error);
  if (file == NULL || (file->data.task == NULL && !check_pictures (file, raw, &error)))
    return cli_fail ("predict", error);

  inference = mlp_inference_new (file->net, &error);
  if (inference == NULL)
    return cli_fail ("predict", error);

  asking.file = file;
  asking.inference = inference;
  asking.json = json;
  asking.raw = raw;
  asking.whole = file->data.task == NULL && recipe_image_is_whole (&file->data, file->net);

  /* One bad file does not keep the others from being read. */
  for (int i = 2; i < argc && !cli_is_interrupted (); i++)
    {
      gboolean complete = TRUE;
      gboolean ok = TRUE;

      if (file->data.task != NULL)
        ok = cli_predict_molecules (file, argv[i], json, &complete, &error);
      else
        cli_image_visit (argv[i], answer_picture, &asking);

      if (!ok)
        {
          asking.status = cli_fail ("predict", error);
          g_clear_error (&error);
        }
      else if (!complete)
        asking.status = CLI_ERROR;
    }

  return asking.status;
}
