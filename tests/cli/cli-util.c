/* cli-util.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <pty.h>
#include <string.h>
#include <unistd.h>

#include "cli-util.h"

static char *program;

void
cli_test_init (int   *argc,
               char **argv)
{
  g_test_init (argc, &argv, NULL);
  if (*argc != 2)
    g_error ("This test wants the path of perzeptron-cli");

  /* Each run has a folder of its own. */
  program = g_canonicalize_filename (argv[1], NULL);
}

void
cli_set_up (Cli          *cli,
            gconstpointer data)
{
  cli->folder = g_dir_make_tmp ("perzeptron-XXXXXX", NULL);
}

static void
remove_folder (GFile *folder)
{
  g_autoptr(GFileEnumerator) files = g_file_enumerate_children (folder, "standard::name,standard::type",
                                                                G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS,
                                                                NULL, NULL);
  GFile *file;
  GFileInfo *info;

  while (files != NULL && g_file_enumerator_iterate (files, &info, &file, NULL, NULL) && file != NULL)
    {
      if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
        remove_folder (file);
      else
        g_file_delete (file, NULL, NULL);
    }

  g_assert_true (g_file_delete (folder, NULL, NULL));
}

void
cli_tear_down (Cli          *cli,
               gconstpointer data)
{
  g_autoptr(GFile) folder = g_file_new_for_path (cli->folder);

  remove_folder (folder);
  g_free (cli->folder);
  g_free (cli->out);
  g_free (cli->err);
}

char *
cli_path (const Cli  *cli,
          const char *name)
{
  return g_build_filename (cli->folder, name, NULL);
}

static GSubprocess *spawn (Cli        *cli,
                           int         out,
                           const char *format,
                           va_list     args) G_GNUC_PRINTF (3, 0);

/* @out: a file descriptor to write to, taken over; −1: a pipe */
static GSubprocess *
spawn (Cli        *cli,
       int         out,
       const char *format,
       va_list     args)
{
  g_autofree char *line = g_strdup_vprintf (format, args);
  g_autofree char *quoted = g_shell_quote (program);
  g_autofree char *command = g_strconcat (quoted, " ", line, NULL);
  g_autoptr(GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (out < 0 ? G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE
                                       : G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_auto(GStrv) argv = NULL;
  g_autoptr(GError) error = NULL;
  GSubprocess *process;

  g_test_message ("perzeptron-cli %s", line);
  g_assert_true (g_shell_parse_argv (command, NULL, &argv, &error));
  g_subprocess_launcher_set_cwd (launcher, cli->folder);
  if (out >= 0)
    g_subprocess_launcher_take_stdout_fd (launcher, out);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv, &error);
  g_assert_no_error (error);

  return process;
}

int
cli_call (Cli        *cli,
          const char *format,
          ...)
{
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;
  va_list args;

  va_start (args, format);
  process = spawn (cli, -1, format, args);
  va_end (args);

  g_clear_pointer (&cli->out, g_free);
  g_clear_pointer (&cli->err, g_free);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &cli->out, &cli->err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));

  if (cli->err[0] != '\0')
    g_test_message ("%s", g_strchomp (cli->err));

  return g_subprocess_get_exit_status (process);
}

int
cli_call_terminal (Cli        *cli,
                   const char *format,
                   ...)
{
  const struct winsize size = { .ws_row = 24, .ws_col = 80 };
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GString) out = g_string_new (NULL);
  char buffer[1024];
  gssize n_read;
  int master, slave;
  va_list args;

  if (openpty (&master, &slave, NULL, NULL, &size) != 0)
    return -1;

  va_start (args, format);
  process = spawn (cli, slave, format, args);
  va_end (args);

  /* When the program has ended there is an error instead of an end. */
  while ((n_read = read (master, buffer, sizeof buffer)) > 0)
    g_string_append_len (out, buffer, n_read);
  close (master);

  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (process));
  g_free (cli->out);
  cli->out = g_string_free (g_steal_pointer (&out), FALSE);

  return g_subprocess_get_exit_status (process);
}

int
cli_shell (Cli        *cli,
           const char *line)
{
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                                                       G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;

  g_test_message ("%s", line);
  g_subprocess_launcher_set_cwd (launcher, cli->folder);
  g_subprocess_launcher_setenv (launcher, "CLI", program, TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, "/bin/sh", "-c", line, NULL);
  g_assert_no_error (error);

  g_clear_pointer (&cli->out, g_free);
  g_clear_pointer (&cli->err, g_free);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &cli->out, &cli->err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));

  return g_subprocess_get_exit_status (process);
}

GSubprocess *
cli_start (Cli        *cli,
           const char *format,
           ...)
{
  GSubprocess *process;
  va_list args;

  va_start (args, format);
  process = spawn (cli, -1, format, args);
  va_end (args);

  return process;
}

static JsonObject *
parse_object (const char *text)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;

  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)));

  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

/* @text ends with the end of a line. */
static GPtrArray *
parse_lines (const char *text)
{
  GPtrArray *objects = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  const guint n = g_strv_length (lines);

  g_assert_cmpuint (n, >, 0);
  g_assert_cmpstr (lines[n - 1], ==, "");
  for (guint i = 0; i < n - 1; i++)
    g_ptr_array_add (objects, parse_object (lines[i]));

  return objects;
}

GPtrArray *
cli_read_log (const Cli  *cli,
              const char *name)
{
  g_autofree char *path = cli_path (cli, name);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  return parse_lines (text);
}

GPtrArray *
cli_read_lines (const Cli *cli)
{
  return parse_lines (cli->out);
}

JsonObject *
cli_read_json (const Cli *cli)
{
  return parse_object (cli->out);
}

RecipeFile *
cli_load (const Cli  *cli,
          const char *name)
{
  g_autofree char *path = cli_path (cli, name);
  g_autoptr(GError) error = NULL;
  RecipeFile *file = recipe_file_load (path, &error);

  g_assert_no_error (error);

  return file;
}
