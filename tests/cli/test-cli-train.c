/* test-cli-train.c: perzeptron-cli train, as a person calls it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "cli-util.h"
#include "recipe/recipe-json.h"
#include "test-util.h"

#define SMALL "train builtin:digits --limit 500 --validation 200 "

static void
assert_members (JsonObject        *object,
                const char *const *names)
{
  g_assert_cmpuint (json_object_get_size (object), ==, g_strv_length ((char **) names));

  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (!json_object_has_member (object, names[i]))
        g_error ("There is no “%s”", names[i]);
    }
}

static double
number (JsonObject *object,
        const char *name)
{
  return json_object_get_double_member (object, name);
}

static void
test_log (Cli          *cli,
          gconstpointer data)
{
  static const char *const epoch_names[] = {
    "epoch", "train_loss", "validation_loss", "train_accuracy", "validation_accuracy",
    "samples_per_second", "seconds", NULL
  };
  static const char *const result_names[] = { "result", "best_epoch", "augment", "validation_accuracy", NULL };
  g_autoptr(GPtrArray) log = NULL;
  g_autoptr(RecipeFile) file = NULL;
  JsonObject *result, *last;
  double seconds = 0.0;
  double best_loss = INFINITY;
  guint best = 0;

  g_assert_cmpint (cli_call (cli, SMALL "--epochs 4 --log log.jsonl --out net.perz"), ==, 0);
  g_assert_cmpstr (cli->err, ==, "");

  /* Plain lines, and no word of the test. */
  g_assert_null (strpbrk (cli->out, "\r\033"));
  g_assert_nonnull (strstr (cli->out, "500 samples train, 200 validate\n"));
  g_assert_nonnull (strstr (cli->out, "784-128-10"));
  g_assert_nonnull (strstr (cli->out, "epoch   4/4  training "));
  g_assert_null (strstr (cli->out, "est"));

  log = cli_read_log (cli, "log.jsonl");
  file = cli_load (cli, "net.perz");
  g_assert_cmpuint (log->len, ==, 5);
  g_assert_cmpuint (file->epochs->len, ==, 4);

  for (guint i = 0; i < 4; i++)
    {
      JsonObject *line = log->pdata[i];
      const MlpEpoch *epoch = &g_array_index (file->epochs, MlpEpoch, i);

      assert_members (line, epoch_names);
      g_assert_cmpint (json_object_get_int_member (line, "epoch"), ==, i + 1);
      g_assert_cmpfloat (number (line, "train_loss"), ==, epoch->train_loss);
      g_assert_cmpfloat (number (line, "train_accuracy"), ==, epoch->train_accuracy);
      g_assert_cmpfloat (number (line, "validation_loss"), ==, epoch->validation_loss);
      g_assert_cmpfloat (number (line, "validation_accuracy"), ==, epoch->validation_accuracy);
      g_assert_cmpfloat (number (line, "train_loss"), >, 0.0);
      g_assert_cmpfloat (number (line, "samples_per_second"), >, 0.0);
      g_assert_cmpfloat (number (line, "seconds"), >=, seconds);
      seconds = number (line, "seconds");

      if (epoch->validation_loss < best_loss)
        {
          best_loss = epoch->validation_loss;
          best = i + 1;
        }
    }

  /* It learns. */
  g_assert_cmpfloat (number (log->pdata[3], "train_loss"), <, 0.5 * number (log->pdata[0], "train_loss"));

  last = log->pdata[3];
  result = log->pdata[4];
  assert_members (result, result_names);
  g_assert_true (json_object_get_boolean_member (result, "result"));
  g_assert_cmpint (json_object_get_int_member (result, "best_epoch"), ==, best);
  g_assert_cmpstr (json_object_get_string_member (result, "augment"), ==, "none");
  g_assert_cmpfloat (number (result, "validation_accuracy"), ==, number (last, "validation_accuracy"));
}

/* (transfer full): what a terminal shows in the end. A line goes on over what
 * stood there after “\r”, and “\033[K” clears what is behind. */
static char *
read_screen (const char *bytes)
{
  g_auto(GStrv) lines = g_strsplit (bytes, "\r\n", -1);
  GString *screen = g_string_new (NULL);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit (lines[i], "\r", -1);
      const char *last = parts[0];

      for (gsize k = 1; parts[k] != NULL; k++)
        {
          const char *clear = strstr (parts[k], "\033[K");

          g_assert_nonnull (clear);
          last = clear + strlen ("\033[K");

          /* What needs a second line could not be written over. */
          g_assert_cmpint (g_utf8_strlen (parts[k], clear - parts[k]), <, 80);
          if (clear != parts[k])
            g_assert_cmpstr (last, ==, "");
        }

      g_string_append_printf (screen, "%s\n", last);
    }

  return g_string_free (screen, FALSE);
}

/* On a terminal there is a bar while an epoch runs, and nothing of it after. */
static void
test_terminal (Cli          *cli,
               gconstpointer data)
{
  g_autofree char *screen = NULL;
  int status = cli_call_terminal (cli, "train builtin:digits --epochs 12");

  if (status < 0)
    {
      g_test_skip ("There are no terminals here, as in a chroot without /dev/pts");
      return;
    }

  g_assert_cmpint (status, ==, 0);
  g_assert_nonnull (strstr (cli->out, "\repoch 1/12 "));
  g_assert_nonnull (strstr (cli->out, "░"));
  g_assert_nonnull (strstr (cli->out, " samples/s  "));
  g_assert_nonnull (strstr (cli->out, " s left\033[K"));

  screen = read_screen (cli->out);
  g_assert_null (strstr (screen, "░"));
  g_assert_null (strstr (screen, " left"));
  g_assert_nonnull (strstr (screen, "\nepoch   1/12  training "));
  g_assert_nonnull (strstr (screen, "\nepoch  12/12  training "));
  g_assert_nonnull (strstr (screen, "\nValidation: "));
}

static void
test_test (Cli          *cli,
           gconstpointer data)
{
  g_autoptr(GPtrArray) log = NULL;
  g_autoptr(JsonObject) test = NULL;
  g_autoptr(JsonObject) validation = NULL;
  JsonObject *result;

  g_assert_cmpint (cli_call (cli, SMALL "--epochs 2 --test --log log.jsonl --out net.perz"), ==, 0);
  g_assert_nonnull (strstr (cli->out, "\nTest: "));
  log = cli_read_log (cli, "log.jsonl");
  result = log->pdata[log->len - 1];

  /* Another command, the same network, the same samples. */
  g_assert_cmpint (cli_call (cli, "evaluate net.perz builtin:digits --json"), ==, 0);
  test = cli_read_json (cli);
  g_assert_cmpstr (json_object_get_string_member (test, "split"), ==, "test");
  g_assert_cmpfloat (number (test, "accuracy"), ==, number (result, "test_accuracy"));
  g_assert_cmpfloat (number (test, "accuracy_low"), <, number (test, "accuracy"));
  g_assert_cmpfloat (number (test, "accuracy_high"), >, number (test, "accuracy"));

  g_assert_cmpint (cli_call (cli, "evaluate net.perz builtin:digits --json --split validation"), ==, 0);
  validation = cli_read_json (cli);
  g_assert_cmpint (json_object_get_int_member (validation, "samples"), ==, 200);
  g_assert_cmpfloat (number (validation, "accuracy"), ==, number (result, "validation_accuracy"));
  g_assert_cmpfloat (number (validation, "loss"), ==, number (log->pdata[1], "validation_loss"));
}

static void
assert_same_weights (const RecipeFile *a,
                     const RecipeFile *b,
                     gboolean          same)
{
  const gsize size = mlp_net_get_n_params (a->net) * sizeof (float);

  g_assert_true (mlp_net_same_shape (a->net, b->net));
  g_assert_true (same == (memcmp (mlp_net_peek_params (a->net),
                                  mlp_net_peek_params (b->net), size) == 0));
}

static void
test_seed (Cli          *cli,
           gconstpointer data)
{
  const char *const options = SMALL "--epochs 2 --dropout 0.2 --batch-size 48";
  g_autofree char *a_path = cli_path (cli, "a.perz");
  g_autofree char *b_path = cli_path (cli, "b.perz");
  g_autofree char *a_bytes = NULL;
  g_autofree char *b_bytes = NULL;
  g_autoptr(RecipeFile) a = NULL;
  g_autoptr(RecipeFile) other = NULL;
  gsize n_a, n_b;

  g_assert_cmpint (cli_call (cli, "%s --seed 7 --out a.perz", options), ==, 0);
  g_assert_cmpint (cli_call (cli, "%s --seed 7 --out b.perz", options), ==, 0);
  g_assert_cmpint (cli_call (cli, "%s --seed 8 --out c.perz", options), ==, 0);

  /* The same file, byte for byte. */
  g_assert_true (g_file_get_contents (a_path, &a_bytes, &n_a, NULL));
  g_assert_true (g_file_get_contents (b_path, &b_bytes, &n_b, NULL));
  g_assert_cmpmem (a_bytes, n_a, b_bytes, n_b);

  a = cli_load (cli, "a.perz");
  other = cli_load (cli, "c.perz");
  assert_same_weights (a, other, FALSE);
}

static void
test_threads (Cli          *cli,
              gconstpointer data)
{
  const char *const options = SMALL "--epochs 2 --dropout 0.2 --batch-size 200 --l2 0.001";
  g_autoptr(RecipeFile) one = NULL;
  g_autoptr(RecipeFile) two = NULL;

  g_assert_cmpint (cli_call (cli, "%s --threads 1 --out one.perz", options), ==, 0);
  g_assert_cmpint (cli_call (cli, "%s --threads 2 --out two.perz", options), ==, 0);
  one = cli_load (cli, "one.perz");
  two = cli_load (cli, "two.perz");
  assert_same_weights (one, two, TRUE);
  g_assert_cmpuint (two->recipe->training.threads, ==, 2);
}

static void
test_options (Cli          *cli,
              gconstpointer data)
{
  g_autoptr(RecipeFile) file = NULL;
  g_autofree char *hidden = NULL;
  const MlpTrainOptions *training;

  g_assert_cmpint (cli_call (cli,
                             "train builtin:digits --limit 64 --validation 32 --epochs 3 --shuffle-split "
                             "--hidden 9:tanh,8:elu --output sigmoid --loss binary-cross-entropy "
                             "--optimizer nesterov --learning-rate 0.25 --momentum 0.5 --weight-decay 0.125 "
                             "--schedule step:2:0.75 --warmup 1 --batch-size 16 --patience 4 --init uniform "
                             "--bias-init normal --l1 1e-5 --l2 1e-4 --dropout 0.1 --augment elastic --max-norm 3 --clip-norm 2 "
                             "--seed 18446744073709551615 --threads 1 -o net.perz"), ==, 0);
  file = cli_load (cli, "net.perz");
  training = &file->recipe->training;
  hidden = mlp_option_layers_to_string (file->recipe->hidden);

  g_assert_cmpstr (file->recipe->source, ==, "builtin:digits");
  g_assert_cmpuint (file->recipe->split.limit, ==, 64);
  g_assert_cmpuint (file->recipe->split.n_validation, ==, 32);
  g_assert_true (file->recipe->split.shuffle);
  g_assert_cmpuint (file->recipe->split.seed, ==, G_MAXUINT64);
  g_assert_cmpstr (hidden, ==, "9:tanh,8:elu");
  g_assert_cmpint (file->recipe->output, ==, MLP_SIGMOID);
  g_assert_cmpint (training->loss, ==, MLP_LOSS_BINARY_CROSS_ENTROPY);
  g_assert_cmpint (training->optimizer.kind, ==, MLP_NESTEROV);
  g_assert_cmpfloat (training->rate, ==, 0.25f);
  g_assert_cmpfloat (training->optimizer.momentum, ==, 0.5f);
  g_assert_cmpfloat (training->optimizer.weight_decay, ==, 0.125f);
  g_assert_cmpint (training->schedule.kind, ==, MLP_SCHEDULE_STEP);
  g_assert_cmpuint (training->schedule.step_epochs, ==, 2);
  g_assert_cmpfloat (training->schedule.factor, ==, 0.75f);
  g_assert_cmpuint (training->schedule.warmup_epochs, ==, 1);
  g_assert_cmpuint (training->batch_size, ==, 16);
  g_assert_cmpuint (training->epochs, ==, 3);
  g_assert_cmpuint (training->patience, ==, 4);
  g_assert_cmpint (training->init, ==, MLP_INIT_UNIFORM);
  g_assert_true (training->random_biases);
  g_assert_cmpfloat (training->l1, ==, 1e-5f);
  g_assert_cmpfloat (training->l2, ==, 1e-4f);
  g_assert_cmpfloat (training->dropout, ==, 0.1f);
  g_assert_cmpint (training->augment, ==, MLP_AUGMENT_ELASTIC);
  g_assert_cmpfloat (training->max_norm, ==, 3.0f);
  g_assert_cmpfloat (training->clip_norm, ==, 2.0f);
  g_assert_cmpuint (training->seed, ==, G_MAXUINT64);
  g_assert_cmpuint (training->threads, ==, 1);
  g_assert_cmpuint (mlp_net_get_width (file->net, 1), ==, 9);
}

/* The preset comes first, wherever it stands; an optimizer brings its rate. */
static void
test_presets (Cli          *cli,
              gconstpointer data)
{
  static const struct
  {
    const char      *options;
    const char      *hidden;
    MlpOptimizerKind optimizer;
    float            rate;
    gboolean         random_biases;
  } cases[] = {
    { "", "128:relu", MLP_ADAM, 0.002f, FALSE },
    { "--preset course-mnist", "30:sigmoid", MLP_SGD, 1.0f, TRUE },
    { "--learning-rate 0.5 --bias-init zero --preset course-mnist", "30:sigmoid", MLP_SGD, 0.5f, FALSE },
    { "--hidden none --preset course-softmax", "none", MLP_SGD, 1.0f, TRUE },
    { "--optimizer sgd", "128:relu", MLP_SGD, 0.1f, FALSE },
    { "--optimizer adam", "128:relu", MLP_ADAM, 0.002f, FALSE },
    { "--optimizer rmsprop", "128:relu", MLP_RMSPROP, 0.001f, FALSE },
    { "--learning-rate 0.2 --optimizer momentum", "128:relu", MLP_MOMENTUM, 0.2f, FALSE },
    { "--optimizer sgd --preset course-mnist", "30:sigmoid", MLP_SGD, 1.0f, TRUE },
    { "--preset linear", "none", MLP_ADAM, 0.002f, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(RecipeFile) file = NULL;
      g_autofree char *hidden = NULL;

      g_assert_cmpint (cli_call (cli, "train builtin:digits --limit 50 --epochs 1 --out net.perz %s",
                                 cases[i].options), ==, 0);
      file = cli_load (cli, "net.perz");
      hidden = mlp_option_layers_to_string (file->recipe->hidden);
      g_assert_cmpstr (hidden, ==, cases[i].hidden);
      g_assert_cmpint (file->recipe->training.optimizer.kind, ==, cases[i].optimizer);
      g_assert_cmpfloat (file->recipe->training.rate, ==, cases[i].rate);
      g_assert_true (!file->recipe->training.random_biases == !cases[i].random_biases);
    }
}

static void
test_plots (Cli          *cli,
            gconstpointer data)
{
  static const char *const names[] = {
    "curve.png", "curve.svg", "weights-1.png", "weights-2.png", "weights-3.png"
  };

  g_assert_cmpint (cli_call (cli, SMALL "--epochs 2 --hidden 5,4 --plots a/b"), ==, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (cli->folder, "a", "b", names[i], NULL);
      g_autofree char *bytes = NULL;
      gsize n_bytes;

      g_assert_true (g_file_get_contents (path, &bytes, &n_bytes, NULL));
      if (g_str_has_suffix (path, ".png"))
        g_assert_cmpmem (bytes, MIN (n_bytes, 8), "\x89PNG\r\n\x1a\n", 8);
      else
        g_assert_nonnull (strstr (bytes, "<svg"));
    }
}

static void
test_patience (Cli          *cli,
               gconstpointer data)
{
  g_autoptr(GPtrArray) log = NULL;
  JsonObject *result, *best;
  gint64 best_epoch;

  /* Few samples, a high rate: it overfits soon. */
  g_assert_cmpint (cli_call (cli, "train builtin:digits --limit 100 --epochs 500 --learning-rate 0.02 "
                             "--patience 3 --log log.jsonl"), ==, 0);
  g_assert_nonnull (strstr (cli->out, "Stopped early: no better validation loss for 3 epochs."));
  log = cli_read_log (cli, "log.jsonl");
  result = log->pdata[log->len - 1];
  best_epoch = json_object_get_int_member (result, "best_epoch");

  /* Three more epochs, and the weights of the best one. */
  g_assert_cmpint (best_epoch, ==, (gint64) log->len - 1 - 3);
  best = log->pdata[best_epoch - 1];
  g_assert_cmpfloat (number (result, "validation_accuracy"), ==, number (best, "validation_accuracy"));
}

/* Ctrl+C: an orderly end, with the weights so far. */
static void
test_interrupt (Cli          *cli,
                gconstpointer data)
{
  g_autoptr(GSubprocess) process = cli_start (cli, SMALL "--epochs 10000 --out net.perz --log log.jsonl "
                                              "--patience 9000");
  g_autoptr(GDataInputStream) stream = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autoptr(GString) rest = g_string_new (NULL);
  g_autoptr(GPtrArray) log = NULL;
  g_autoptr(RecipeFile) file = NULL;
  g_autoptr(GError) error = NULL;
  gboolean stopped = FALSE;
  char *line;

  while ((line = g_data_input_stream_read_line (stream, NULL, NULL, &error)) != NULL)
    {
      if (!stopped && g_str_has_prefix (line, "epoch   3/"))
        {
          g_subprocess_send_signal (process, SIGINT);
          stopped = TRUE;
        }

      g_string_append_printf (rest, "%s\n", line);
      g_free (line);
    }

  g_assert_true (stopped);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (rest->str, "\nStopped in epoch "));
  g_assert_nonnull (strstr (rest->str, "\nValidation: "));

  file = cli_load (cli, "net.perz");
  log = cli_read_log (cli, "log.jsonl");
  g_assert_cmpuint (file->epochs->len, >=, 3);
  g_assert_cmpuint (log->len, ==, file->epochs->len + 1);
  g_assert_true (json_object_get_boolean_member (log->pdata[log->len - 1], "result"));
}

/* A run that breaks says why, and leaves its last good network. */
static void
test_divergence (Cli          *cli,
                 gconstpointer data)
{
  g_assert_cmpint (cli_call (cli, SMALL "--output identity --loss squared --optimizer sgd "
                             "--learning-rate 1e6 --epochs 5 --out net.perz"), ==, 1);
  g_assert_nonnull (strstr (cli->err, "epoch 1"));
  g_assert_nonnull (strstr (cli->err, "learning rate"));
  g_assert_null (strchr (cli->err, '\n'));
}

/* A log that the disk has no room for: the network is saved all the same. */
static void
test_log_full (Cli          *cli,
               gconstpointer data)
{
  g_autoptr(RecipeFile) file = NULL;

  g_assert_cmpint (cli_call (cli, SMALL "--epochs 1 --log /dev/full --out net.perz"), ==, 1);
  g_assert_cmpstr (cli->err, ==, "perzeptron-cli: “/dev/full” cannot be written: No space left on device; "
                   "choose another place");
  file = cli_load (cli, "net.perz");
  g_assert_cmpuint (file->epochs->len, ==, 1);
}

static void
test_errors (Cli          *cli,
             gconstpointer data)
{
  static const struct
  {
    const char *line;
    int         status;
    const char *message;     /* a part of it */
  } cases[] = {
    { "", 2, "Usage:" },
    { "fly", 2, "“fly”" },
    { "train", 2, "Something is missing" },
    { "train builtin:digits more", 2, "Unexpected argument “more”" },
    { "train builtin:digits --hiden 30", 2, "--hiden" },
    { "train builtin:digits --hidden 30:foo", 2, "--hidden: Unknown activation function “foo”" },
    { "train builtin:digits --hidden 0", 2, "--hidden: “0”" },
    { "train builtin:digits --hidden", 2, "--hidden" },
    { "train builtin:digits --preset course", 2, "course-mnist, course-softmax, default, linear, mnist-affine, mnist-elastic, molecules, course-qm9, qm9-gap, qm9-u0, qm9-mu, qm9-alpha or qm9-gap-coulomb" },
    { "train builtin:digits --epochs 0", 2, "“Epochs” is 0; it must be at least 1" },
    { "train builtin:digits --epochs 1.5", 2, "--epochs: “1.5” is not a whole number" },
    { "train builtin:digits --epochs -1", 2, "--epochs" },
    { "train builtin:digits --batch-size 0", 2, "“Batch Size” is 0" },
    { "train builtin:digits --learning-rate fast", 2, "--learning-rate: “fast” is not a number" },
    { "train builtin:digits --learning-rate 0,5", 2, "--learning-rate: “0,5” is not a number" },
    { "train builtin:digits --learning-rate nan", 2, "--learning-rate: “nan” is not a number" },
    { "train builtin:digits --learning-rate 0", 2, "“Learning Rate” is 0; it must be a number above 0, such as 0.001" },
    { "train builtin:digits --dropout 1", 2, "“Dropout” is 1" },
    { "train builtin:digits --schedule step", 2, "step:EPOCHS:FACTOR" },
    { "train builtin:digits --schedule step:10:2", 2, "“Factor per Step” is 2" },
    { "train builtin:digits --schedule cosine:3", 2, "step:EPOCHS:FACTOR" },
    { "train builtin:digits --schedule sawtooth", 2, "“sawtooth”" },
    { "train builtin:digits --bias-init he", 2, "expected zero or normal" },
    { "train builtin:digits --output relu", 2, "softmax" },
    { "train builtin:digits --output softmax --loss binary-cross-entropy", 2, "sigmoid" },
    { "train builtin:digits --optimizer adamax", 2, "“adamax”" },
    { "train builtin:digits --threads 1000", 2, "“Threads” is 1000; it must be 0 to 64" },
    { "train builtin:digits --validation 0 --patience 2", 2, "patience" },
    { "train builtin:digits --european-hands 0.7", 2, "“Share of European Handwriting” is 0.7; it must be 0 to 0.5" },
    { "train builtin:digits --label-smoothing 1", 2, "“Label Smoothing” is 1" },
    { "train builtin:digits --output sigmoid --loss squared --label-smoothing 0.1", 2, "cross-entropy loss with softmax" },
    { "train builtin:digits --augment projective", 2, "none, affine or elastic" },
    { "train builtin:molecules --augment affine", 2, "needs images" },
    { "train builtin:digits --validation 1000000", 2, "1000000" },
    { "train missing.pkl.gz", 1, "missing.pkl.gz" },
    { "train text", 1, "text" },
    { "train builtin:digits --out missing/net.perz", 1, "there is no folder “missing”" },
    { "train builtin:digits --out .", 1, "it is a folder" },
    { "train builtin:digits --log missing/log", 1, "choose another place" },
    { "train builtin:digits --plots text", 1, "choose another place" },
  };
  g_autofree char *text = cli_path (cli, "text");

  g_assert_true (g_file_set_contents (text, "Some text\n", -1, NULL));

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int status = cli_call (cli, "%s", cases[i].line);

      g_assert_cmpint (status, ==, cases[i].status);
      g_assert_nonnull (strstr (cli->err, cases[i].message));
      g_assert_cmpstr (cli->out, ==, "");

      /* One line, but for the usage of nothing at all. */
      if (cases[i].line[0] != '\0')
        {
          g_assert_true (g_str_has_prefix (cli->err, "perzeptron-cli: "));
          g_assert_null (strchr (cli->err, '\n'));
        }
    }
}

static void
test_help (Cli          *cli,
           gconstpointer data)
{
  static const char *const options[] = {
    "--preset", "--hidden", "--output", "--loss", "--optimizer", "--learning-rate", "--batch-size",
    "--epochs", "--init", "--seed", "--threads", "--l2", "--dropout", "--label-smoothing", "--augment", "--schedule", "--patience",
    "--validation", "--limit", "--out", "--plots", "--log", "--test",
  };
  gsize n_presets;
  const RecipePreset *presets = recipe_get_presets (&n_presets);

  g_assert_cmpint (cli_call (cli, "train --help"), ==, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    g_assert_nonnull (strstr (cli->out, options[i]));

  for (gsize i = 0; i < n_presets; i++)
    g_assert_nonnull (strstr (cli->out, presets[i].id));

  g_assert_cmpint (cli_call (cli, "--help"), ==, 0);
  g_assert_nonnull (strstr (cli->out, "evaluate"));
  g_assert_cmpint (cli_call (cli, "evaluate --help"), ==, 0);
  g_assert_nonnull (strstr (cli->out, "--split"));
  g_assert_cmpint (cli_call (cli, "predict --help"), ==, 0);
  g_assert_nonnull (strstr (cli->out, "--raw"));
  g_assert_cmpint (cli_call (cli, "info --help"), ==, 0);

  g_assert_cmpint (cli_call (cli, "--version"), ==, 0);
  g_assert_cmpstr (cli->out, ==, "perzeptron-cli " PACKAGE_VERSION "\n");
}

int
main (int   argc,
      char *argv[])
{
  cli_test_init (&argc, argv);

  CLI_ADD ("/cli/train/log", test_log);
  CLI_ADD ("/cli/train/terminal", test_terminal);
  CLI_ADD ("/cli/train/test", test_test);
  CLI_ADD ("/cli/train/seed", test_seed);
  CLI_ADD ("/cli/train/threads", test_threads);
  CLI_ADD ("/cli/train/options", test_options);
  CLI_ADD ("/cli/train/presets", test_presets);
  CLI_ADD ("/cli/train/plots", test_plots);
  CLI_ADD ("/cli/train/patience", test_patience);
  CLI_ADD ("/cli/train/interrupt", test_interrupt);
  CLI_ADD ("/cli/train/divergence", test_divergence);
  CLI_ADD ("/cli/train/log-full", test_log_full);
  CLI_ADD ("/cli/train/errors", test_errors);
  CLI_ADD ("/cli/train/help", test_help);

  return g_test_run ();
}
