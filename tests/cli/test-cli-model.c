/* test-cli-model.c: perzeptron-cli evaluate, predict and info.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <cairo.h>
#include <string.h>

#include "cli-util.h"
#include "core/net/mlp-interval.h"
#include "core/net/mlp-metrics.h"
#include "core/net/mlp-pass.h"
#include "core/net/mlp-split.h"
#include "datasets/ds-builtin.h"
#include "datasets/ds-redrawn.h"
#include "datasets/ds-split.h"
#include "test-util.h"

#define TRAIN "train builtin:digits --epochs 3 --out net.perz "
#define SIDE  28

/* A picture of any size; @alpha: transparent where it is paper. */
static void
write_png (const Cli *cli,
           const char *name,
           gsize side,
           guint8 (*get)(gconstpointer data, gsize x, gsize y),
           gconstpointer data,
           gboolean alpha)
{
  g_autofree char *path = cli_path (cli, name);
  cairo_surface_t *surface = cairo_image_surface_create (alpha ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24,
                                                         (int) side, (int) side);
  guint8 *bytes = cairo_image_surface_get_data (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);

  cairo_surface_flush (surface);

  for (gsize y = 0; y < side; y++)
    {
      for (gsize x = 0; x < side; x++)
        {
          guint32 value = get (data, x, y);
          guint32 pixel = alpha ? (255 - value) << 24 : value * 0x10101;

          memcpy (bytes + y * stride + 4 * x, &pixel, 4);
        }
    }

  cairo_surface_mark_dirty (surface);
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
}

static guint8
get_raw (gconstpointer data,
         gsize         x,
         gsize         y)
{
  return ((const guint8 *) data)[y * SIDE + x];
}

/* Eight times as large, on a white sheet, off the middle. */
static guint8
get_sheet (gconstpointer data,
           gsize         x,
           gsize         y)
{
  if (x < 60 || y < 30 || x >= 60 + 8 * SIDE || y >= 30 + 8 * SIDE)
    return 255;

  return 255 - get_raw (data, (x - 60) / 8, (y - 30) / 8);
}

/* Three digits beside each other, 28 × 28 each, twice as large, light on dark: 0 is the
 * uppermost, 2 the lowest of the row. */
static guint8
get_row (gconstpointer data,
         gsize         x,
         gsize         y)
{
  const guint8 *const *digits = data;
  const gsize i = (x - 10) / 64;
  const gsize left = 10 + 64 * i;
  const gsize top = 40 + 5 * i;

  if (x < 10 || i > 2 || x >= left + 2 * SIDE || y < top || y >= top + 2 * SIDE)
    return 0;

  return get_raw (digits[i], (x - left) / 2, (y - top) / 2);
}

static guint8
get_white (gconstpointer data,
           gsize         x,
           gsize         y)
{
  return 255;
}

/* What the network in the file says, straight from the core. */
static guint
ask (const RecipeFile *file,
     const DsSet      *set,
     guint32           item,
     float            *outputs)
{
  g_autoptr(MlpWork) work = mlp_work_new (file->net, 1, FALSE, NULL);
  const float *h;
  guint best = 0;

  mlp_samples_get_batch (set->samples, &item, 1, mlp_work_get_input (work), NULL);
  h = mlp_pass_forward (file->net, work, 1);
  memcpy (outputs, h, 10 * sizeof (float));

  for (guint i = 1; i < 10; i++)
    {
      if (h[i] > h[best])
        best = i;
    }

  return best;
}

static void
test_predict (Cli          *cli,
              gconstpointer data)
{
  g_autoptr(DsSet) set = ds_builtin_open_digits (NULL);
  g_autoptr(RecipeFile) file = NULL;
  const gsize first_test = set->n_train + set->n_validation;
  guint n_right = 0;

  g_assert_cmpint (cli_call (cli, TRAIN), ==, 0);
  file = cli_load (cli, "net.perz");

  for (guint32 i = 0; i < 10; i++)
    {
      const guint32 item = (guint32) first_test + i;
      const guint8 *bytes = mlp_samples_peek_bytes (set->samples, item);
      g_autoptr(JsonObject) raw = NULL;
      g_autoptr(JsonObject) sheet = NULL;
      g_autoptr(JsonObject) clear = NULL;
      JsonObject *shares;
      float outputs[10];
      guint answer = ask (file, set, item, outputs);
      double sum = 0.0;

      write_png (cli, "raw.png", SIDE, get_raw, bytes, FALSE);
      g_assert_cmpint (cli_call (cli, "predict net.perz raw.png --raw --json"), ==, 0);
      raw = cli_read_json (cli);
      g_assert_cmpstr (json_object_get_string_member (raw, "image"), ==, "raw.png");
      g_assert_cmpint (json_object_get_int_member (raw, "class"), ==, answer);
      shares = json_object_get_object_member (raw, "probabilities");

      for (guint k = 0; k < 10; k++)
        {
          const char name[] = { (char) ('0' + k), '\0' };
          double share = json_object_get_double_member (shares, name);

          assert_close (share, (double) outputs[k], 1e-6);
          sum += share;
        }

      assert_close (sum, 1.0, 1e-5);

      /* As a person would scan it, opaque and on nothing: the rule finds the same digit. */
      write_png (cli, "sheet.png", 320, get_sheet, bytes, FALSE);
      g_assert_cmpint (cli_call (cli, "predict --json net.perz sheet.png"), ==, 0);
      sheet = cli_read_json (cli);
      n_right += json_object_get_int_member (sheet, "class") == answer;

      write_png (cli, "clear.png", 320, get_sheet, bytes, TRUE);
      g_assert_cmpint (cli_call (cli, "predict --json net.perz clear.png"), ==, 0);
      clear = cli_read_json (cli);
      g_assert_cmpint (json_object_get_int_member (clear, "class"), ==,
                       json_object_get_int_member (sheet, "class"));
    }

  g_assert_cmpuint (n_right, >=, 9);
}

static void
test_predict_text (Cli          *cli,
                   gconstpointer data)
{
  g_autoptr(DsSet) set = ds_builtin_open_digits (NULL);
  g_autoptr(RecipeFile) file = NULL;
  g_autofree char *expected = NULL;
  float outputs[10];

  /* The sigmoid's outputs are weighed against each other. */
  g_assert_cmpint (cli_call (cli, TRAIN "--preset course-mnist"), ==, 0);
  file = cli_load (cli, "net.perz");
  write_png (cli, "raw.png", SIDE, get_raw, mlp_samples_peek_bytes (set->samples, 0), FALSE);
  g_assert_cmpint (cli_call (cli, "predict net.perz raw.png raw.png --raw"), ==, 0);

  expected = g_strdup_printf ("raw.png: %u (", ask (file, set, 0, outputs));
  g_assert_true (g_str_has_prefix (cli->out, expected));
  g_assert_nonnull (strstr (cli->out + 1, expected));
  g_assert_nonnull (strstr (cli->out, "\n  9 "));
}

/* A training digit, and a chessboard. */
static guint8
get_board (gconstpointer data,
           gsize         x,
           gsize         y)
{
  return (x / 2 + y / 2) % 2 == 0 ? 255 : 0;
}

static void
test_predict_unlike (Cli          *cli,
                     gconstpointer data)
{
  g_autoptr(DsSet) set = ds_builtin_open_digits (NULL);
  g_autoptr(JsonObject) known = NULL;
  g_autoptr(JsonObject) unlike = NULL;

  g_assert_cmpint (cli_call (cli, TRAIN "--preset course-mnist"), ==, 0);
  write_png (cli, "raw.png", SIDE, get_raw, mlp_samples_peek_bytes (set->samples, 0), FALSE);
  write_png (cli, "board.png", SIDE, get_board, NULL, FALSE);

  g_assert_cmpint (cli_call (cli, "predict net.perz raw.png --raw"), ==, 0);
  g_assert_null (strstr (cli->out, "unlike"));
  g_assert_cmpint (cli_call (cli, "predict net.perz raw.png --raw --json"), ==, 0);
  known = cli_read_json (cli);
  g_assert_false (json_object_get_boolean_member_with_default (known, "unlike_training", TRUE));
  g_assert_cmpint (cli_call (cli, "predict net.perz board.png --raw"), ==, 0);
  g_assert_nonnull (strstr (cli->out, "unlike the training data"));
  g_assert_cmpint (cli_call (cli, "predict net.perz board.png --raw --json"), ==, 0);
  unlike = cli_read_json (cli);
  g_assert_true (json_object_get_boolean_member_with_default (unlike, "unlike_training", FALSE));
}

/* Each digit of a row has its line, with its place. */
static void
test_predict_several (Cli          *cli,
                      gconstpointer data)
{
  static const char svg[] =
    "<svg xmlns='http://www.w3.org/2000/svg' width='100' height='50'>"
    "<path d='M20 10V40M60 10V40' stroke='black' stroke-width='4'/></svg>";
  g_autoptr(DsSet) set = ds_builtin_open_digits (NULL);
  g_autoptr(RecipeFile) file = NULL;
  g_autofree char *drawing = cli_path (cli, "drawing.svg");
  g_auto(GStrv) lines = NULL;
  const guint8 *digits[3];
  guint n_right = 0;

  g_assert_cmpint (cli_call (cli, TRAIN), ==, 0);
  file = cli_load (cli, "net.perz");
  for (gsize i = 0; i < 3; i++)
    digits[i] = mlp_samples_peek_bytes (set->samples, set->n_train + set->n_validation + 20 * i + 3);

  write_png (cli, "row.png", 210, get_row, digits, FALSE);
  g_assert_cmpint (cli_call (cli, "predict net.perz row.png --json"), ==, 0);
  lines = g_strsplit (g_strchomp (cli->out), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  for (gsize i = 0; i < 3; i++)
    {
      g_autoptr(JsonNode) node = json_from_string (lines[i], NULL);
      JsonObject *digit = json_node_get_object (node);
      JsonObject *box = json_object_get_object_member (digit, "box");
      float outputs[10];

      g_assert_cmpint (json_object_get_int_member (box, "x") / 64, ==, i);
      g_assert_cmpint (json_object_get_int_member (box, "y"), >=, 40 + 5 * i);
      g_assert_cmpint (json_object_get_int_member (box, "height"), <=, 2 * SIDE);
      g_assert_cmpint (json_object_get_int_member (digit, "line"), ==, 0);
      n_right += json_object_get_int_member (digit, "class") ==
                 ask (file, set, (guint32) (set->n_train + set->n_validation + 20 * i + 3), outputs);
    }
  g_assert_cmpuint (n_right, >=, 2);

  g_assert_cmpint (cli_call (cli, "predict net.perz row.png"), ==, 0);
  g_assert_true (g_str_has_prefix (cli->out, "row.png, "));
  g_assert_nonnull (strstr (cli->out, "\nrow.png, "));

  /* A drawing: two bars. */
  g_assert_true (g_file_set_contents (drawing, svg, -1, NULL));
  if (cli_call (cli, "predict net.perz drawing.svg") != 0)
    {
      g_test_skip ("GdkPixbuf has no loader for SVG here");
      return;
    }
  g_assert_nonnull (strstr (cli->out, "\ndrawing.svg, "));
}

/* A bad picture among good ones. */
static void
test_predict_errors (Cli          *cli,
                     gconstpointer data)
{
  g_autoptr(DsSet) set = ds_builtin_open_digits (NULL);
  g_autofree char *huge = cli_path (cli, "huge.png");
  g_autofree char *torn = cli_path (cli, "torn.png");
  g_autofree char *text = cli_path (cli, "text.png");

  g_assert_cmpint (cli_call (cli, "train builtin:digits --limit 100 --epochs 1 --out net.perz"), ==, 0);
  write_png (cli, "white.png", 100, get_white, NULL, FALSE);
  write_png (cli, "raw.png", SIDE, get_raw, mlp_samples_peek_bytes (set->samples, 0), FALSE);
  g_assert_true (g_file_set_contents (text, "This is no picture at all\n", -1, NULL));
  g_assert_true (g_file_set_contents (huge, "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x0f\x00\x00\x00\x0f\x00\x00"
                                      "\x08\x02\x00\x00\x00\x1f\x5d\x66\x98\x00\x00\x00\x01IDAT\x00", 42, NULL));
  g_assert_true (g_file_set_contents (torn, "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x00\x1c\x00\x00\x00\x1c",
                                      24, NULL));

  g_assert_cmpint (cli_call (cli, "predict net.perz white.png"), ==, 1);
  g_assert_nonnull (strstr (cli->err, "“white.png” is blank"));
  g_assert_cmpint (cli_call (cli, "predict net.perz text.png"), ==, 1);
  g_assert_nonnull (strstr (cli->err, "“text.png” is not a supported image"));
  g_assert_cmpint (cli_call (cli, "predict net.perz torn.png"), ==, 1);
  g_assert_nonnull (strstr (cli->err, "“torn.png” is a damaged image"));
  g_assert_cmpint (cli_call (cli, "predict net.perz huge.png"), ==, 1);
  g_assert_nonnull (strstr (cli->err, "983040 × 983040"));
  g_assert_cmpint (cli_call (cli, "predict net.perz missing.png"), ==, 1);
  g_assert_nonnull (strstr (cli->err, "No such file"));
  g_assert_cmpint (cli_call (cli, "predict net.perz white.png --raw"), ==, 1);
  g_assert_nonnull (strstr (cli->err, "100 × 100 pixels; with --raw it must have 28 × 28"));
  g_assert_cmpint (cli_call (cli, "predict net.perz"), ==, 2);

  g_assert_cmpint (cli_call (cli, "predict net.perz white.png raw.png"), ==, 1);
  g_assert_nonnull (strstr (cli->err, "white.png"));
  g_assert_true (g_str_has_prefix (cli->out, "raw.png: "));
}

static void
test_evaluate (Cli          *cli,
               gconstpointer data)
{
  g_autoptr(JsonObject) json = NULL;
  g_autofree char *text = cli_path (cli, "text");
  g_autofree char *expected = NULL;
  double low, high, accuracy;
  gint64 n;

  g_assert_cmpint (cli_call (cli, "train builtin:digits --limit 300 --epochs 2 --out net.perz"), ==, 0);
  g_assert_cmpint (cli_call (cli, "evaluate net.perz builtin:digits --split train --json"), ==, 0);
  json = cli_read_json (cli);
  n = json_object_get_int_member (json, "samples");
  accuracy = json_object_get_double_member (json, "accuracy");
  g_assert_cmpint (n, ==, 300);
  g_assert_cmpstr (json_object_get_string_member (json, "loss_name"), ==, "cross-entropy");

  mlp_interval_wilson ((gsize) round (accuracy * 300.0), 300, &low, &high);
  assert_close (json_object_get_double_member (json, "accuracy_low"), low, 1e-12);
  assert_close (json_object_get_double_member (json, "accuracy_high"), high, 1e-12);

  g_assert_cmpint (cli_call (cli, "evaluate net.perz builtin:digits --split train"), ==, 0);
  expected = g_strdup_printf (": %.2f %% right (95 %% interval %.2f to %.2f %%), loss %.4f\n",
                              100.0 * accuracy, 100.0 * low, 100.0 * high,
                              json_object_get_double_member (json, "loss"));
  g_assert_true (g_str_has_suffix (cli->out, expected));

  g_assert_true (g_file_set_contents (text, "Some text\n", -1, NULL));
  g_assert_cmpint (cli_call (cli, "evaluate net.perz builtin:digits --split all"), ==, 2);
  g_assert_nonnull (strstr (cli->err, "unknown part “all”; expected test, validation or train"));
  g_assert_cmpint (cli_call (cli, "evaluate net.perz"), ==, 2);
  g_assert_cmpint (cli_call (cli, "evaluate text builtin:digits"), ==, 1);
  g_assert_nonnull (strstr (cli->err, "not a .perz file"));
  g_assert_cmpint (cli_call (cli, "evaluate missing.perz builtin:digits"), ==, 1);
  g_assert_cmpint (cli_call (cli, "evaluate net.perz text"), ==, 1);

  /* Nothing validates here. */
  g_assert_cmpint (cli_call (cli, "train builtin:digits --limit 50 --validation 0 --epochs 1 --out none.perz"), ==, 0);
  g_assert_cmpint (cli_call (cli, "evaluate none.perz builtin:digits --split validation"), ==, 1);
  g_assert_nonnull (strstr (cli->err, "was not validated on any sample"));
}

/* Each figure from the core. */
static void
test_sloppy (Cli          *cli,
             gconstpointer data)
{
  g_autoptr(DsSet) set = ds_builtin_open_digits (NULL);
  g_autoptr(RecipeFile) file = NULL;
  g_autoptr(MlpSplit) split = NULL;
  g_autoptr(JsonObject) json = NULL;
  JsonObject *all;
  const guint32 *items;
  guint32 numbers[2000];
  gsize n;

  g_assert_cmpint (cli_call (cli, TRAIN), ==, 0);
  file = cli_load (cli, "net.perz");
  split = ds_split_make (set, &file->recipe->split, NULL);
  items = mlp_split_peek (split, MLP_TEST, &n);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (numbers));
  for (guint32 i = 0; i < n; i++)
    numbers[i] = i;

  g_assert_cmpint (cli_call (cli, "evaluate net.perz builtin:digits --sloppy --json"), ==, 0);
  json = cli_read_json (cli);
  all = json_object_get_object_member (json, "disturbances");
  g_assert_cmpuint (json_object_get_size (all), ==, DS_N_REDRAWN);

  for (guint k = 0; k < DS_N_REDRAWN; k++)
    {
      g_autoptr(MlpSamples) drawn = ds_redrawn_make (set, items, n, (DsRedrawn) k, 1, NULL, NULL, NULL);
      JsonObject *one = json_object_get_object_member (all, ds_redrawn_get_name ((DsRedrawn) k));
      const char *members[] = { "accuracy", "low", "high", "n" };
      MlpMetrics metrics;
      double low, high;

      g_assert_true (mlp_metrics_evaluate (file->net, drawn, numbers, n, MLP_LOSS_CROSS_ENTROPY, NULL, &metrics, NULL));
      mlp_interval_share ((gsize) round (metrics.accuracy * (double) n), n, &low, &high);
      assert_close (json_object_get_double_member (one, "accuracy"), metrics.accuracy, 1e-12);
      assert_close (json_object_get_double_member (one, "low"), low, 1e-12);
      assert_close (json_object_get_double_member (one, "high"), high, 1e-12);
      g_assert_cmpint (json_object_get_int_member (one, "n"), ==, n);

      for (guint i = 0; i < G_N_ELEMENTS (members) && k == DS_REDRAWN_USER; i++)
        g_assert_cmpfloat (json_object_get_double_member (json, members[i]), ==,
                           json_object_get_double_member (one, members[i]));
    }

  g_assert_cmpint (cli_call (cli, "evaluate net.perz builtin:digits --sloppy --split validation"), ==, 0);
  g_assert_nonnull (strstr (cli->out, "2,000 samples of the part “validation”, drawn again:\n  none "));
  g_assert_nonnull (strstr (cli->out, "\n  sloppy "));

  g_assert_cmpint (cli_call (cli, "evaluate net.perz builtin:molecules --sloppy"), ==, 1);
  g_assert_nonnull (strstr (cli->err, "use data like those it was trained on"));
  g_assert_cmpint (cli_call (cli, "train builtin:molecules --limit 50 --epochs 1 --out molecules.perz"), ==, 0);
  g_assert_cmpint (cli_call (cli, "evaluate molecules.perz builtin:molecules --sloppy"), ==, 1);
  g_assert_nonnull (strstr (cli->err, "has no images"));
}

/* Files that this program can read, but not use for that. */
static void
test_misfits (Cli          *cli,
              gconstpointer data)
{
  g_autofree char *golden = g_test_build_filename (G_TEST_DIST, "golden", "version-1.perz", NULL);
  g_autofree char *path = cli_path (cli, "plan.perz");
  g_autoptr(Recipe) recipe = recipe_new ();
  g_autoptr(RecipeFile) plan = recipe_file_new (recipe, NULL, NULL, NULL, 0, 0);

  g_assert_true (recipe_file_save (plan, path, NULL));
  write_png (cli, "white.png", 100, get_white, NULL, FALSE);

  g_assert_cmpint (cli_call (cli, "evaluate %s builtin:digits", golden), ==, 1);
  g_assert_nonnull (strstr (cli->err, "has 4 inputs and 2 outputs"));
  g_assert_cmpint (cli_call (cli, "predict %s white.png", golden), ==, 1);
  g_assert_nonnull (strstr (cli->err, "images of 2 × 2 pixels"));
  g_assert_cmpint (cli_call (cli, "evaluate plan.perz builtin:digits"), ==, 1);
  g_assert_nonnull (strstr (cli->err, "no network yet"));
}

static void
test_info (Cli          *cli,
           gconstpointer data)
{
  g_autoptr(DsSet) set = ds_builtin_open_digits (NULL);
  g_autoptr(JsonObject) of_data = NULL;
  g_autoptr(JsonObject) of_model = NULL;
  gint64 sum = 0;

  g_assert_cmpint (cli_call (cli, "info builtin:digits"), ==, 0);
  g_assert_nonnull (strstr (cli->out, "28 × 28 pixels"));
  g_assert_nonnull (strstr (cli->out, set->identity));

  g_assert_cmpint (cli_call (cli, "info --json builtin:digits"), ==, 0);
  of_data = cli_read_json (cli);
  g_assert_cmpint (json_object_get_int_member (of_data, "train"), ==, set->n_train);
  g_assert_cmpint (json_object_get_int_member (of_data, "test"), ==, set->n_test);
  g_assert_cmpstr (json_object_get_string_member (of_data, "identity"), ==, set->identity);

  for (guint k = 0; k < 10; k++)
    {
      const char name[] = { (char) ('0' + k), '\0' };

      sum += json_object_get_int_member (json_object_get_object_member (of_data, "classes"), name);
    }

  g_assert_cmpint (sum, ==, mlp_samples_get_n (set->samples));

  g_assert_cmpint (cli_call (cli, "train builtin:digits --limit 60 --epochs 2 --hidden 12:tanh "
                             "--augment affine --dropout 0.1 --label-smoothing 0.2 --patience 9 --out net.perz"), ==, 0);
  g_assert_nonnull (strstr (cli->out, "batches of 64, augmentation affine\n"));
  g_assert_cmpint (cli_call (cli, "info net.perz"), ==, 0);
  g_assert_nonnull (strstr (cli->out, "Augmentation affine\n"));
  g_assert_nonnull (strstr (cli->out, "patience 9, dropout 0.1, label-smoothing 0.2\n"));
  g_assert_nonnull (strstr (cli->out, "784-12-10, tanh, softmax\n"));
  g_assert_nonnull (strstr (cli->out, "9,550\n"));
  g_assert_nonnull (strstr (cli->out, "2 epochs; "));

  g_assert_cmpint (cli_call (cli, "info --json net.perz"), ==, 0);
  of_model = cli_read_json (cli);
  g_assert_cmpint (json_object_get_int_member (of_model, "parameters"), ==, 784 * 12 + 12 + 12 * 10 + 10);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (of_model, "epochs")), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (of_model, "identity"), ==, set->identity);

  g_assert_cmpint (cli_call (cli, "info missing"), ==, 1);
  g_assert_cmpint (cli_call (cli, "info missing.perz"), ==, 1);
  g_assert_cmpint (cli_call (cli, "info"), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  cli_test_init (&argc, argv);

  CLI_ADD ("/cli/model/predict", test_predict);
  CLI_ADD ("/cli/model/predict-text", test_predict_text);
  CLI_ADD ("/cli/model/predict-unlike", test_predict_unlike);
  CLI_ADD ("/cli/model/predict-several", test_predict_several);
  CLI_ADD ("/cli/model/predict-errors", test_predict_errors);
  CLI_ADD ("/cli/model/evaluate", test_evaluate);
  CLI_ADD ("/cli/model/sloppy", test_sloppy);
  CLI_ADD ("/cli/model/misfits", test_misfits);
  CLI_ADD ("/cli/model/info", test_info);

  return g_test_run ();
}
