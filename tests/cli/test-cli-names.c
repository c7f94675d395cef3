/* test-cli-names.c: names from files that a terminal would obey.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "cli-util.h"
#include "test-util.h"

/* Clears the screen, sets the window's title, begins a line of its own, turns the text around. */
#define EVIL "a\033[2J\033]0;owned\a\nfake: 100 %\xe2\x80\xae\xc2\x9b" "2Jz"

/* As in QM9. */
static const char methane[] =
  "5\ngdb 1\t157.7\t157.7\t157.7\t0.\t13.21\t-0.3877\t0.1171\t0.5048\t35.36\t0.0447\t-40.47\t-40.47\t-40.47\t-40.49\t6.46\n"
  "C 0.0 0.0 0.0 0.0\nH 0.629 0.629 0.629 0.0\nH -0.629 -0.629 0.629 0.0\nH -0.629 0.629 -0.629 0.0\n"
  "H 0.629 -0.629 -0.629 0.0\n1341.307\nC\tC\nInChI=1S/CH4/h1H4\tInChI=1S/CH4/h1H4\n";

/* Lines, and nothing else that a terminal obeys. */
static void
assert_harmless (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_null (strstr (text, "\nfake"));

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      const gunichar character = g_utf8_get_char (c);

      if (character != '\n' && (g_unichar_type (character) == G_UNICODE_CONTROL || character == 0x202e))
        g_error ("U+%04X in “%s”", character, text);
    }
}

static int
call_harmless (Cli        *cli,
               const char *command,
               const char *path)
{
  g_autofree char *quoted = g_shell_quote (path);
  int status = cli_call (cli, "%s %s", command, quoted);

  assert_harmless (cli->out);
  assert_harmless (cli->err);

  return status;
}

static void
test_folder (Cli          *cli,
             gconstpointer data)
{
  g_autofree char *folder = cli_path (cli, EVIL);
  g_autofree char *good = g_build_filename (folder, "good.xyz", NULL);
  g_autofree char *bad = g_build_filename (folder, EVIL ".xyz", NULL);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (good, methane, -1, NULL));
  g_assert_true (g_file_set_contents (bad, "5\n\033[2J\nC a b c\n", -1, NULL));

  g_assert_cmpint (call_harmless (cli, "info", folder), ==, 0);
  g_assert_nonnull (strstr (cli->out, "␛[2J"));
  g_assert_nonnull (strstr (cli->err, "␛[2J"));
  g_assert_cmpint (call_harmless (cli, "info --json", folder), ==, 0);
  g_assert_cmpint (call_harmless (cli, "info", bad), !=, 0);
  g_assert_cmpint (call_harmless (cli, "evaluate net.perz", folder), !=, 0);
}

/* What stands in a .perz file. */
static void
test_model (Cli          *cli,
            gconstpointer data)
{
  g_autoptr(Recipe) recipe = recipe_new ();
  g_autoptr(MlpNet) net = recipe_make_net (recipe, 784, 2, NULL);
  g_autoptr(RecipeFile) file = recipe_file_new (recipe, NULL, net, NULL, 0, 0);
  g_autoptr(JsonObject) json = NULL;
  g_autofree char *path = cli_path (cli, EVIL ".perz");

  g_free (file->data.name);
  file->data.name = g_strdup (EVIL);
  g_free (file->data.identity);
  file->data.identity = g_strdup (EVIL);
  file->data.class_names = g_new0 (char *, 3);
  file->data.class_names[0] = g_strdup (EVIL);
  file->data.class_names[1] = g_strdup ("b");
  g_free (file->recipe->source);
  file->recipe->source = g_strdup ("/tmp/" EVIL);
  g_assert_true (recipe_file_save (file, path, NULL));

  g_assert_cmpint (call_harmless (cli, "info", path), ==, 0);
  g_assert_cmpint (call_harmless (cli, "info --json", path), ==, 0);

  /* JSON has it exactly. */
  json = cli_read_json (cli);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (json, "recipe"), "source"), ==,
                   "/tmp/" EVIL);
  g_assert_cmpint (call_harmless (cli, "predict", path), !=, 0);
  g_assert_cmpint (call_harmless (cli, "evaluate", path), !=, 0);
}

int
main (int   argc,
      char *argv[])
{
  cli_test_init (&argc, argv);

  CLI_ADD ("/cli/names/folder", test_folder);
  CLI_ADD ("/cli/names/model", test_model);

  return g_test_run ();
}
