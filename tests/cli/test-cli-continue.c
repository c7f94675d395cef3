/* test-cli-continue.c: runs that are interrupted, kept and continued.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "cli-util.h"
#include "core/net/mlp-split.h"
#include "core/same-epochs.h"
#include "datasets/ds-open.h"

#define DATA  "builtin:digits --limit 300 --validation 100 "
#define TRAIN "train " DATA "--hidden 8 "

/* With a learning rate of 1e6 its loss stops being a number. */
#define DIVERGES TRAIN "--output identity --loss squared --optimizer sgd "

static gboolean
exists (const Cli  *cli,
        const char *name)
{
  g_autofree char *path = cli_path (cli, name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Bit for bit: network, state and history. */
static void
assert_same (const Cli  *cli,
             const char *a,
             const char *b)
{
  g_autoptr(RecipeFile) x = cli_load (cli, a);
  g_autoptr(RecipeFile) y = cli_load (cli, b);
  const gsize size = mlp_net_get_n_params (x->net) * sizeof (float);

  g_assert_cmpmem (mlp_net_peek_params (x->net), size, mlp_net_peek_params (y->net), size);
  assert_same_epochs (x->epochs, y->epochs);
  g_assert_cmpuint (x->best_epoch, ==, y->best_epoch);

  g_assert_cmpuint (x->state->n_moments, ==, y->state->n_moments);
  for (guint i = 0; i < x->state->n_moments; i++)
    g_assert_cmpmem (x->state->moments[i], size, y->state->moments[i], size);

  g_assert_true ((x->state->last == NULL) == (y->state->last == NULL));
  if (x->state->last != NULL)
    g_assert_cmpmem (x->state->last, size, y->state->last, size);

  g_assert_cmpmem (x->state->order, x->state->n_train * sizeof (guint32),
                   y->state->order, y->state->n_train * sizeof (guint32));
}

/* Every optimiser, with and without augmentation, by 1 and 2 threads, from one file to the next. */
static void
test_same_bits (Cli          *cli,
                gconstpointer data)
{
  static const char *const optimizers[] = { "sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw" };
  static const char *const augments[] = { "none", "elastic" };

  for (gsize o = 0; o < G_N_ELEMENTS (optimizers); o++)
    {
      for (gsize a = 0; a < G_N_ELEMENTS (augments); a++)
        {
          for (guint threads = 1; threads <= 2; threads++)
            {
              g_autofree char *line = g_strdup_printf (TRAIN "--optimizer %s --augment %s --threads %u --dropout 0.1 "
                                                       "--label-smoothing 0.1 "
                                                       "--schedule constant --batch-size 64",
                                                       optimizers[o], augments[a], threads);

              g_assert_cmpint (cli_call (cli, "%s --epochs 4 --out whole.perz", line), ==, 0);
              g_assert_cmpint (cli_call (cli, "%s --epochs 1 --out part.perz", line), ==, 0);
              g_assert_cmpint (cli_call (cli, "train --continue part.perz --epochs 3 --out part.perz"), ==, 0);
              g_assert_cmpint (cli_call (cli, "%s --continue part.perz --epochs 4 --out end.perz --threads %u",
                                         line, 3 - threads), ==, 0);
              assert_same (cli, "whole.perz", "end.perz");
            }
        }
    }
}

/* Ends at whatever moment; the cosine and the patience are those of the whole. */
static void
test_interrupted (Cli          *cli,
                  gconstpointer data)
{
  const char *line = TRAIN "--schedule cosine --warmup 2 --patience 300 --epochs 300 --threads 1";
  guint n_stops = 0;

  g_assert_cmpint (cli_call (cli, "%s --out whole.perz", line), ==, 0);

  for (guint n_done = 0; n_done < 300; n_stops++)
    {
      g_autoptr(GSubprocess) process = n_stops == 0 ? cli_start (cli, "%s --out part.perz", line)
                                       : cli_start (cli, "train --continue part.perz --out part.perz");
      GInputStream *pipe = g_subprocess_get_stdout_pipe (process);
      g_autoptr(GString) text = g_string_new (NULL);
      gboolean sent = n_stops > 4;
      char byte;

      while (g_input_stream_read (pipe, &byte, 1, NULL, NULL) == 1)
        {
          g_string_append_c (text, byte);
          if (!sent && byte == '\n' && strstr (text->str, "\nepoch ") != NULL)
            {
              g_subprocess_send_signal (process, SIGINT);
              sent = TRUE;
            }
        }

      g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
      {
        g_autoptr(RecipeFile) file = cli_load (cli, "part.perz");

        n_done = file->epochs->len;
      }
    }

  g_test_message ("%u parts", n_stops);
  g_assert_cmpuint (n_stops, >, 1);
  assert_same (cli, "whole.perz", "part.perz");
}

/* Early stopping in the second part is where it would have been. */
static void
test_patience (Cli          *cli,
               gconstpointer data)
{
  const char *line = TRAIN "--learning-rate 0.05 --schedule constant --patience 4";
  g_autoptr(RecipeFile) whole = NULL;

  g_assert_cmpint (cli_call (cli, "%s --epochs 200 --out whole.perz", line), ==, 0);
  whole = cli_load (cli, "whole.perz");
  g_assert_cmpuint (whole->epochs->len, <, 200);
  g_assert_cmpuint (whole->epochs->len, ==, whole->best_epoch + 4);

  /* The best epoch is the first part's, and it is not the last one. */
  g_assert_cmpint (cli_call (cli, "%s --epochs %u --out part.perz", line, whole->best_epoch + 2), ==, 0);
  g_assert_cmpint (cli_call (cli, "train --continue part.perz --epochs 200 --out part.perz"), ==, 0);
  g_assert_nonnull (strstr (cli->out, "Stopped early"));
  assert_same (cli, "whole.perz", "part.perz");
}

/* What may change, and what may not; and the data are the same. */
static void
test_changes (Cli          *cli,
              gconstpointer data)
{
  static const struct
  {
    const char *line;
    const char *then;
    const char *now;
  } refused[] = {
    { "--optimizer sgd", "with optimizer adam,", "become sgd:" },
    { "--hidden 9", "with hidden 8:", "become 9:" },
    { "--loss squared", "with loss cross-entropy,", "become squared:" },
    { "--batch-size 10", "with batch-size 64,", "become 10:" },
    { "--augment affine", "with augment none,", "become affine:" },
    { "--dropout 0.5", "with dropout 0,", "become 0.5:" },
    { "--label-smoothing 0.1", "with label-smoothing 0,", "become 0.1:" },
    { "--seed 2", "with seed 1,", "become 2:" },
    { "--limit 200", "with limit 300,", "become 200:" },
    { "--validation 50", "with validation 100,", "become 50:" },
    { "--add .", "with add none,", "become /" },
  };
  g_autoptr(RecipeFile) file = NULL;

  g_assert_cmpint (cli_call (cli, TRAIN "--epochs 2 --out net.perz"), ==, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_assert_cmpint (cli_call (cli, "train --continue net.perz --epochs 3 %s --out net.perz", refused[i].line), ==,
                       2);
      g_assert_nonnull (strstr (cli->err, refused[i].then));
      g_assert_nonnull (strstr (cli->err, refused[i].now));
    }

  /* Nothing left to do; other data. */
  g_assert_cmpint (cli_call (cli, "train --continue net.perz"), ==, 2);
  g_assert_nonnull (strstr (cli->err, "2 epochs already"));
  g_assert_cmpint (cli_call (cli, "train builtin:molecules --continue net.perz --epochs 3"), ==, 1);
  g_assert_nonnull (strstr (cli->err, "Built-in molecules"));
  g_assert_nonnull (strstr (cli->err, "Built-in digits"));
  g_assert_cmpint (cli_call (cli, "train"), ==, 2);

  /* An earlier log goes on. */
  g_assert_cmpint (cli_call (cli, "train " DATA "--continue net.perz --epochs 3 --learning-rate 0.5 --patience 2 --threads 2 "
                             "--log log.jsonl --out net.perz"), ==, 0);
  g_assert_cmpint (cli_call (cli, "train --continue net.perz --epochs 4 --log log.jsonl --out net.perz"), ==, 0);
  file = cli_load (cli, "net.perz");
  g_assert_cmpuint (file->epochs->len, ==, 4);
  g_assert_cmpuint (g_array_index (file->epochs, MlpEpoch, 3).epoch, ==, 4);
  g_assert_cmpfloat (file->recipe->training.rate, ==, 0.5f);
  {
    g_autoptr(GPtrArray) log = cli_read_log (cli, "log.jsonl");

    g_assert_cmpuint (log->len, ==, 4);
    g_assert_cmpint (json_object_get_int_member (log->pdata[2], "epoch"), ==, 4);
  }
}

/* A file of its own, there while the run is on, and gone when it was saved. After a crash
 * it is what the run goes on from, to the same bits. */
static void
test_checkpoint (Cli          *cli,
                 gconstpointer data)
{
  const char *line = TRAIN "--schedule constant --augment affine --threads 1";
  g_autoptr(GSubprocess) process = NULL;
  guint n_epochs;
  GInputStream *pipe;
  g_autoptr(GString) text = g_string_new (NULL);
  char byte;

  g_assert_cmpint (cli_call (cli, "%s --epochs 3 --checkpoint 1", line), ==, 2);
  g_assert_cmpint (cli_call (cli, "%s --epochs 3 --checkpoint -1 --out net.perz", line), ==, 2);
  g_assert_cmpint (cli_call (cli, "%s --epochs 3 --checkpoint 1 --out net.perz", line), ==, 0);
  g_assert_false (exists (cli, "net.checkpoint.perz"));

  /* A crash. */
  process = cli_start (cli, "%s --epochs 100000 --checkpoint 2 --out net.perz", line);
  pipe = g_subprocess_get_stdout_pipe (process);
  while (strstr (text->str, "epoch   5/") == NULL)
    {
      g_assert_cmpint (g_input_stream_read (pipe, &byte, 1, NULL, NULL), ==, 1);
      g_string_append_c (text, byte);
    }
  g_subprocess_send_signal (process, SIGKILL);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_true (exists (cli, "net.checkpoint.perz"));
  {
    g_autoptr(RecipeFile) file = cli_load (cli, "net.checkpoint.perz");

    n_epochs = file->epochs->len;
    g_assert_cmpuint (n_epochs, >=, 4);
    g_assert_cmpuint (n_epochs % 2, ==, 0);
  }

  /* It is a network like any other, and not overwritten by another run. */
  g_assert_cmpint (cli_call (cli, "evaluate net.checkpoint.perz builtin:digits"), ==, 0);
  g_assert_cmpint (cli_call (cli, "%s --epochs 3 --checkpoint 1 --out net.perz", line), ==, 1);
  g_assert_nonnull (strstr (cli->err, "interrupted at epoch"));
  g_assert_nonnull (strstr (cli->err, "--continue"));

  g_assert_cmpint (cli_call (cli, "train --continue net.checkpoint.perz --epochs %u --checkpoint 1 --out net.perz",
                             n_epochs + 3), ==, 0);
  g_assert_false (exists (cli, "net.checkpoint.perz"));
  g_assert_cmpint (cli_call (cli, "%s --epochs %u --out whole.perz", line, n_epochs + 3), ==, 0);
  assert_same (cli, "whole.perz", "net.perz");
}

/* What an earlier run was trained on, other data among it, is no test of the network after it went on. */
static void
test_seen (Cli          *cli,
           gconstpointer data)
{
  g_autofree char *path = cli_path (cli, "net.perz");
  g_autoptr(DsSet) set = ds_open ("builtin:digits", NULL, NULL, NULL);
  g_autoptr(RecipeFile) file = NULL;
  g_autoptr(RecipeFile) continued = NULL;
  g_autoptr(RecipeSeen) other = NULL;
  g_autoptr(MlpSplit) split = NULL;
  g_autoptr(JsonObject) before = NULL;
  g_autoptr(JsonObject) after = NULL;
  guint32 *order = g_new (guint32, 200);
  gsize n_before, n_after;

  g_assert_nonnull (set);
  g_assert_cmpint (cli_call (cli, TRAIN "--epochs 1 --out net.perz"), ==, 0);
  g_assert_cmpint (cli_call (cli, "evaluate net.perz builtin:digits --json"), ==, 0);
  before = cli_read_json (cli);

  /* 120 and 80 of the test digits were another set once. */
  for (guint32 i = 0; i < 200; i++)
    order[i] = (guint32) (set->n_train + set->n_validation) + i;
  split = mlp_split_new (order, 120, 80, 0);
  other = recipe_seen_new (set, split);
  file = cli_load (cli, "net.perz");
  {
    RecipeSeen *all = recipe_seen_union (other, file->data.seen);

    recipe_seen_unref (file->data.seen);
    file->data.seen = all;
  }
  g_assert_true (recipe_file_save (file, path, NULL));

  g_assert_cmpint (cli_call (cli, "train --continue net.perz --epochs 2 --out net.perz"), ==, 0);
  continued = cli_load (cli, "net.perz");
  g_assert_true (recipe_seen_covers (continued->data.seen, file->data.seen));
  g_assert_true (recipe_seen_is_complete (continued->data.seen));

  g_assert_cmpint (cli_call (cli, "evaluate net.perz builtin:digits --json"), ==, 0);
  after = cli_read_json (cli);
  n_before = (gsize) json_object_get_int_member (before, "samples");
  n_after = (gsize) json_object_get_int_member (after, "samples");
  g_assert_cmpuint (n_after, ==, n_before - 200);

  /* Where nothing is known of what came before, the file says no more than it knows. */
  recipe_seen_unref (g_steal_pointer (&file->data.seen));
  g_assert_true (recipe_file_save (file, path, NULL));
  g_assert_cmpint (cli_call (cli, "train --continue net.perz --epochs 2 --out net.perz"), ==, 0);
  g_clear_pointer (&continued, recipe_file_free);
  continued = cli_load (cli, "net.perz");
  g_assert_false (recipe_seen_is_complete (continued->data.seen));
}

/* A file of an older version, or a recipe, has nothing to continue. */
static void
test_without_state (Cli          *cli,
                    gconstpointer data)
{
  g_autofree char *path = cli_path (cli, "old.perz");
  g_autoptr(RecipeFile) file = NULL;

  g_assert_cmpint (cli_call (cli, TRAIN "--epochs 1 --out net.perz"), ==, 0);
  file = cli_load (cli, "net.perz");
  g_clear_pointer (&file->state, mlp_training_state_unref);
  g_assert_true (recipe_file_save (file, path, NULL));

  g_assert_cmpint (cli_call (cli, "train --continue old.perz --epochs 3"), ==, 1);
  g_assert_nonnull (strstr (cli->err, "not the state of its training"));
}

/* (transfer full) */
static GBytes *
read_bytes (const Cli  *cli,
            const char *name)
{
  g_autofree char *path = cli_path (cli, name);
  char *contents;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));

  return g_bytes_new_take (contents, length);
}

/* A run that goes wrong leaves the file that it went on from, which can be continued. */
static void
test_failed (Cli          *cli,
             gconstpointer data)
{
  g_autofree char *link = cli_path (cli, "link.perz");
  g_autoptr(GBytes) before = NULL;
  g_autoptr(RecipeFile) other = NULL;

  g_assert_cmpint (cli_call (cli, DIVERGES "--epochs 1 --out net.perz"), ==, 0);
  before = read_bytes (cli, "net.perz");
  g_assert_cmpint (symlink ("net.perz", link), ==, 0);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GBytes) after = NULL;

      g_assert_cmpint (cli_call (cli, "train --continue net.perz --epochs 5 --learning-rate 1e6 --out %s",
                                 i == 0 ? "net.perz" : "link.perz"), ==, 1);
      g_assert_nonnull (strstr (cli->err, "The loss became NaN"));
      g_assert_nonnull (strstr (cli->err, i == 0 ? "“net.perz” stays as it is, at epoch 1, and can be continued"
                                          : "“link.perz” stays as it is, at epoch 1, and can be continued"));
      g_assert_null (strstr (cli->out, "Network:"));
      after = read_bytes (cli, "net.perz");
      g_assert_true (g_bytes_equal (before, after));
    }

  /* Another file gets the last good network. */
  g_assert_cmpint (cli_call (cli, "train --continue net.perz --epochs 5 --learning-rate 1e6 --out other.perz"), ==, 1);
  g_assert_null (strstr (cli->err, "stays as it is"));
  other = cli_load (cli, "other.perz");
  g_assert_nonnull (other->net);
  g_assert_cmpint (cli_call (cli, "train --continue net.perz --epochs 2 --out net.perz"), ==, 0);
}

/* Nor is what fails after that passed over. */
static void
test_failed_twice (Cli          *cli,
                   gconstpointer data)
{
  static const struct
  {
    const char *options;
    const char *message;
  } cases[] = {
    { "--out /dev/full", ". “/dev/full” could not be saved: No space left on device. The network was saved to “" },
    { "--out other.perz --log /dev/full", ". “/dev/full” cannot be written: No space left on device" },
    { "--out net.perz --log /dev/full", "can be continued from there. “/dev/full” cannot be written" },
    { "--plots pictures", ". “pictures/" },
  };
  g_autofree char *home = cli_path (cli, "home");
  g_autofree char *blocked = cli_path (cli, "pictures/curve.png");
  g_autoptr(RecipeFile) rescued = NULL;

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_assert_cmpint (g_mkdir_with_parents (blocked, 0700), ==, 0);
  g_assert_cmpint (cli_call (cli, DIVERGES "--epochs 1 --out net.perz"), ==, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (cli_call (cli, "train --continue net.perz --epochs 5 --learning-rate 1e6 %s", cases[i].options),
                       ==, 1);
      g_assert_nonnull (strstr (cli->err, "The loss became NaN"));
      g_assert_nonnull (strstr (cli->err, cases[i].message));
      g_assert_null (strchr (cli->err, '\n'));
    }

  rescued = cli_load (cli, "home/perzeptron/rescued/full.perz");
  g_assert_nonnull (rescued->net);
}

int
main (int   argc,
      char *argv[])
{
  cli_test_init (&argc, argv);

  CLI_ADD ("/cli/continue/same-bits", test_same_bits);
  CLI_ADD ("/cli/continue/interrupted", test_interrupted);
  CLI_ADD ("/cli/continue/patience", test_patience);
  CLI_ADD ("/cli/continue/changes", test_changes);
  CLI_ADD ("/cli/continue/checkpoint", test_checkpoint);
  CLI_ADD ("/cli/continue/seen", test_seen);
  CLI_ADD ("/cli/continue/without-state", test_without_state);
  CLI_ADD ("/cli/continue/failed", test_failed);
  CLI_ADD ("/cli/continue/failed-twice", test_failed_twice);

  return g_test_run ();
}
