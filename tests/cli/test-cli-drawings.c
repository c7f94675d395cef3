/* test-cli-drawings.c: a folder of one's own drawings on the command line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "cli-util.h"
#include "datasets/ds-builtin.h"
#include "datasets/ds-drawings.h"
#include "datasets/ds-extra-samples.h"
#include "test-util.h"

/* Test digits 0 … 4 from the built-in set, which neither training nor validation sees, as
 * somebody's drawings. Returns: how many of them are kept for testing.
 */
static gsize
write_drawings (Cli  *cli,
                gsize n)
{
  g_autofree char *folder = cli_path (cli, "mine");
  g_autoptr(DsSet) digits = ds_builtin_open_digits (NULL);
  g_autoptr(DsDrawings) drawings = ds_drawings_new ();
  g_autoptr(GError) error = NULL;
  guint64 state = 0;
  gsize n_kept = 0;

  for (gsize i = digits->n_train + digits->n_validation; ds_drawings_get_n (drawings) < n; i++)
    {
      const guint8 *picture = mlp_samples_peek_bytes (digits->samples, i);
      guint label = mlp_samples_get_class (digits->samples, i);

      if (label > 4)
        continue;
      ds_drawings_add (drawings, picture, (guint8) label);
      n_kept += ds_extra_samples_is_for_test (picture, INK_FRAME_SIZE);
    }

  ds_drawings_save (drawings, folder, &state, &error);
  g_assert_no_error (error);

  return n_kept;
}

static void
assert_samples (Cli        *cli,
                const char *split,
                gsize       n)
{
  g_autoptr(JsonObject) json = cli_read_json (cli);

  g_assert_cmpstr (json_object_get_string_member (json, "split"), ==, split);
  g_assert_cmpint (json_object_get_int_member (json, "samples"), ==, n);
}

static void
test_evaluate (Cli          *cli,
               gconstpointer data)
{
  gsize n_kept = write_drawings (cli, 60);

  g_assert_cmpuint (n_kept, >, 0);
  g_assert_cmpuint (n_kept, <, 60);

  /* Nobody has learnt from them: all of them test, by a network of ten classes. */
  g_assert_cmpint (cli_call (cli, "train builtin:digits --limit 300 --epochs 2 --out net.perz"), ==, 0);
  g_assert_cmpint (cli_call (cli, "evaluate net.perz mine --json"), ==, 0);
  assert_samples (cli, "all", 60);
  g_assert_cmpint (cli_call (cli, "evaluate net.perz mine"), ==, 0);
  g_assert_nonnull (strstr (cli->out, "mine, 60 samples of the part “all”: "));

  /* What was trained on is no test any more. */
  g_assert_cmpint (cli_call (cli, "train builtin:digits --limit 300 --epochs 2 --add mine --out with.perz"), ==, 0);
  g_assert_cmpint (cli_call (cli, "evaluate with.perz mine --json"), ==, 0);
  assert_samples (cli, "test", n_kept);
}

static void
test_train (Cli          *cli,
            gconstpointer data)
{
  gsize n = 60 - write_drawings (cli, 60);
  g_autofree char *folder = cli_path (cli, "mine");
  g_autofree char *plan = NULL;
  g_autoptr(RecipeFile) file = NULL;
  g_autoptr(RecipeFile) without = NULL;
  g_autoptr(JsonObject) info = NULL;

  g_assert_cmpint (cli_call (cli, "train builtin:digits --limit 3000 --epochs 1 --out without.perz"), ==, 0);
  g_assert_cmpint (cli_call (cli, "train builtin:digits --limit 3000 --epochs 1 --add mine --out with.perz"), ==, 0);

  /* A twentieth of 3,000 is 150. */
  plan = g_strdup_printf ("%" G_GSIZE_FORMAT " of %s train besides, each %.0f times an epoch\n",
                          n, folder, floor (150.0 / (double) n + 0.5));
  g_assert_nonnull (strstr (cli->out, plan));

  file = cli_load (cli, "with.perz");
  without = cli_load (cli, "without.perz");
  g_assert_cmpstr (file->recipe->add, ==, folder);
  g_assert_cmpuint (file->data.n_added, ==, n);
  g_assert_cmpstr (file->data.identity, ==, without->data.identity);
  g_assert_null (without->recipe->add);
  g_assert_cmpuint (without->data.n_added, ==, 0);

  g_assert_cmpint (cli_call (cli, "info with.perz --json"), ==, 0);
  info = cli_read_json (cli);
  g_assert_cmpint (json_object_get_int_member (info, "added"), ==, n);

  g_assert_cmpint (cli_call (cli, "train builtin:digits --add nowhere"), ==, 1);
  g_assert_nonnull (strstr (cli->err, "nowhere"));
}

int
main (int   argc,
      char *argv[])
{
  cli_test_init (&argc, argv);

  CLI_ADD ("/cli/drawings/evaluate", test_evaluate);
  CLI_ADD ("/cli/drawings/train", test_train);

  return g_test_run ();
}
