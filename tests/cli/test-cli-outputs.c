/* test-cli-outputs.c: outputs destroy nothing, and signals lose nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "cli-util.h"

#define SMALL "train builtin:digits --limit 300 --validation 100 --hidden 8 --epochs 1 "
#define LONG  "train builtin:digits --limit 300 --validation 100 --hidden 8 --epochs 100000 "

static void
write_file (const Cli  *cli,
            const char *name,
            const char *text)
{
  g_autofree char *path = cli_path (cli, name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
assert_file (const Cli  *cli,
             const char *name,
             const char *text)
{
  g_autofree char *path = cli_path (cli, name);
  g_autofree char *found = NULL;

  g_assert_true (g_file_get_contents (path, &found, NULL, NULL));
  g_assert_cmpstr (found, ==, text);
}

static gboolean
exists (const Cli  *cli,
        const char *name)
{
  g_autofree char *path = cli_path (cli, name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* What comes before a run, and goes wrong. */
static void
test_log_kept (Cli          *cli,
               gconstpointer data)
{
  static const char *const starts[] = {
    "train TYPO",
    "train builtin:digits --hidden nonsense",
    "train builtin:digits --validation 100000",
    "train builtin:digits --loss squared --output softmax --augment elastic --batch-size 0",
    "train builtin:digits --out no/such/folder/net.perz",
    "train builtin:digits --add TYPO",
  };

  write_file (cli, "old.jsonl", "{\"epoch\":1}\n");

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_assert_cmpint (cli_call (cli, "%s --log old.jsonl", starts[i]), !=, 0);
      assert_file (cli, "old.jsonl", "{\"epoch\":1}\n");

      g_assert_cmpint (cli_call (cli, "%s --log new.jsonl", starts[i]), !=, 0);
      g_assert_false (exists (cli, "new.jsonl"));
    }

  /* A run that can start replaces it. */
  g_assert_cmpint (cli_call (cli, SMALL "--log old.jsonl"), ==, 0);
  {
    g_autoptr(GPtrArray) log = cli_read_log (cli, "old.jsonl");

    g_assert_cmpuint (log->len, ==, 2);
  }
}

/* An output that is an input, or another output, by whatever name. */
static void
test_same_file (Cli          *cli,
                gconstpointer data)
{
  static const char *const lines[] = {
    "train data.csv --target gap --log data.csv",
    "train data.csv --target gap --log link.csv",
    "train data.csv --target gap --log hard.csv",
    "train data.csv --target gap --log ./folder/../data.csv",
    "train data.csv --target gap --out data.csv",
    "train data.csv --target gap --out link.csv",
    "train folder --target gap --log folder/part.csv",
    "train folder --target gap --out folder/part.csv",
    "train builtin:digits --add data.csv --log data.csv",
    "train builtin:digits --log a.jsonl --out a.jsonl",
    "train builtin:digits --log folder/../a.jsonl --out a.jsonl",
    "train builtin:digits --plots plots --out plots/curve.png",
    "train builtin:digits --plots plots --log plots/weights-2.png",
  };
  g_autofree char *link = cli_path (cli, "link.csv");
  g_autofree char *hard = cli_path (cli, "hard.csv");
  g_autofree char *path = cli_path (cli, "data.csv");
  g_autofree char *folder = cli_path (cli, "folder");
  g_autofree char *part = g_build_filename ("folder", "part.csv", NULL);

  g_assert_cmpint (g_mkdir (folder, 0777), ==, 0);
  write_file (cli, "data.csv", "smiles,gap\nC,1\n");
  write_file (cli, part, "smiles,gap\nC,1\n");
  g_assert_cmpint (symlink ("data.csv", link), ==, 0);
  g_assert_cmpint (linkat (AT_FDCWD, path, AT_FDCWD, hard, 0), ==, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_assert_cmpint (cli_call (cli, "%s", lines[i]), ==, 2);
      g_assert_nonnull (strstr (cli->err, "choose another place"));
      assert_file (cli, "data.csv", "smiles,gap\nC,1\n");
      assert_file (cli, part, "smiles,gap\nC,1\n");
      g_assert_false (exists (cli, "a.jsonl"));
      g_assert_false (exists (cli, "plots"));
    }

  /* Standard output that goes to a file of its own, or to what is read. */
  g_assert_cmpint (cli_shell (cli, "\"$CLI\" " SMALL "--log a.jsonl >a.jsonl"), ==, 2);
  g_assert_cmpint (cli_shell (cli, "\"$CLI\" " SMALL "--out net.perz && cp net.perz copy.perz && "
                              "\"$CLI\" evaluate net.perz builtin:digits >>net.perz"), ==, 2);
  g_assert_cmpint (cli_shell (cli, "cmp net.perz copy.perz"), ==, 0);

  /* A device may be named twice, and a later run may write beside its data. */
  g_assert_cmpint (cli_call (cli, SMALL "--log /dev/null"), ==, 0);
  g_assert_cmpint (cli_shell (cli, "cp net.perz folder/net.perz; printf '{}\\n' >folder/run.jsonl; "
                              "\"$CLI\" train folder --out folder/net.perz --log folder/run.jsonl"), !=, 0);
  g_assert_null (strstr (cli->err, "choose another place"));
}

/* Full, or closed: an error in every command. */
static void
test_stdout (Cli          *cli,
             gconstpointer data)
{
  static const char *const commands[] = {
    SMALL "--out net.perz",
    "evaluate net.perz builtin:digits",
    "evaluate net.perz builtin:digits --json",
    "predict net.perz digit.svg",
    "predict net.perz digit.svg --json",
    "info net.perz",
    "info builtin:digits --json",
    "--version",
    "--help",
    "help",
    "train --help",
    "predict --help",
  };
  static const char *const redirections[] = { ">/dev/full", ">&-" };

  if (!g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("There is no /dev/full");
      return;
    }

  write_file (cli, "digit.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='100' height='100'>"
              "<path d='M50 15V85' stroke='black' stroke-width='9'/></svg>");

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *plain = g_strdup_printf ("\"$CLI\" %s", commands[i]);

      g_assert_cmpint (cli_shell (cli, plain), ==, 0);

      for (gsize r = 0; r < G_N_ELEMENTS (redirections); r++)
        {
          g_autofree char *line = g_strdup_printf ("\"$CLI\" %s %s", commands[i], redirections[r]);

          g_assert_cmpint (cli_shell (cli, line), ==, 1);
          g_assert_nonnull (strstr (cli->err, "Standard output cannot be written"));
        }
    }

  /* The network is kept, and nothing is printed into a file that took the stream's place. */
  g_assert_cmpint (cli_shell (cli, "rm net.perz; \"$CLI\" " SMALL "--out net.perz --log log.jsonl >&-"), ==, 1);
  {
    g_autoptr(RecipeFile) file = cli_load (cli, "net.perz");
    g_autoptr(GPtrArray) log = cli_read_log (cli, "log.jsonl");

    g_assert_nonnull (file->net);
    g_assert_cmpuint (log->len, ==, 2);
  }
  g_assert_cmpint (cli_shell (cli, "\"$CLI\" " SMALL "--out net.perz --log log.jsonl >&- 2>&- <&-"), ==, 1);
  {
    g_autoptr(GPtrArray) log = cli_read_log (cli, "log.jsonl");

    g_assert_cmpuint (log->len, ==, 2);
  }
}

/* Waits until the run is in its epochs. */
static void
read_until_epoch (GSubprocess *process)
{
  GInputStream *pipe = g_subprocess_get_stdout_pipe (process);
  g_autoptr(GString) text = g_string_new (NULL);
  char byte;

  while (strstr (text->str, "epoch   2/") == NULL)
    {
      g_assert_cmpint (g_input_stream_read (pipe, &byte, 1, NULL, NULL), ==, 1);
      g_string_append_c (text, byte);
    }
}

static void
read_rest (GSubprocess *process)
{
  GInputStream *pipe = g_subprocess_get_stdout_pipe (process);
  char buffer[4096];

  while (g_input_stream_read (pipe, buffer, sizeof buffer, NULL, NULL) > 0)
    ;
}

/* Each ends the run; the network is saved. */
static void
test_signals (Cli          *cli,
              gconstpointer data)
{
  static const int numbers[] = { SIGINT, SIGTERM, SIGHUP, SIGXCPU };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr(GSubprocess) process = cli_start (cli, LONG "--out net-%d.perz", numbers[i]);
      g_autofree char *name = g_strdup_printf ("net-%d.perz", numbers[i]);
      g_autoptr(RecipeFile) file = NULL;

      read_until_epoch (process);
      g_subprocess_send_signal (process, numbers[i]);

      /* A terminal that is closed says so more than once. */
      if (numbers[i] == SIGHUP)
        g_subprocess_send_signal (process, SIGHUP);

      read_rest (process);
      g_assert_true (g_subprocess_wait (process, NULL, NULL));
      g_assert_true (g_subprocess_get_if_exited (process));
      g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);

      file = cli_load (cli, name);
      g_assert_cmpuint (file->epochs->len, >=, 2);
    }
}

/* Nobody reads any more: SIGPIPE, or EPIPE where that is ignored. */
static void
test_pipe (Cli          *cli,
           gconstpointer data)
{
  g_autoptr(GSubprocess) process = cli_start (cli, LONG "--out net.perz");
  g_autoptr(RecipeFile) file = NULL;

  read_until_epoch (process);
  g_assert_true (g_input_stream_close (g_subprocess_get_stdout_pipe (process), NULL, NULL));
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);

  file = cli_load (cli, "net.perz");
  g_assert_cmpuint (file->epochs->len, >=, 2);
}

/* A file that may not grow ends the run, too: SIGXFSZ. The limit is in blocks of 512
 * bytes: there is room for the network, but not for many epochs behind what is there. */
static void
test_file_size (Cli          *cli,
                gconstpointer data)
{
  g_autoptr(RecipeFile) file = NULL;

  g_assert_cmpint (cli_shell (cli, "head -c 1020000 /dev/zero >full.txt; ulimit -f 2000; "
                              "\"$CLI\" " LONG "--out net.perz >>full.txt"), ==, 1);
  g_assert_nonnull (strstr (cli->err, "Standard output cannot be written"));

  file = cli_load (cli, "net.perz");
  g_assert_cmpuint (file->epochs->len, >=, 2);
}

/* The second one means it. Stopped, the program has both waiting when it goes on. */
static void
test_second_signal (Cli          *cli,
                    gconstpointer data)
{
  g_autoptr(GSubprocess) process = cli_start (cli, LONG "--threads 1 --out net.perz");

  read_until_epoch (process);
  g_subprocess_send_signal (process, SIGSTOP);
  g_subprocess_send_signal (process, SIGTERM);
  g_subprocess_send_signal (process, SIGINT);
  g_subprocess_send_signal (process, SIGCONT);

  read_rest (process);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_signaled (process));
}

/* Whether the program has a handler of its own for a signal. */
static gboolean
catches (GSubprocess *process,
         int          number)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/status", g_subprocess_get_identifier (process));
  g_autofree char *status = NULL;
  const char *caught;

  g_assert_true (g_file_get_contents (path, &status, NULL, NULL));
  caught = strstr (status, "\nSigCgt:");
  g_assert_nonnull (caught);

  return g_ascii_strtoull (caught + strlen ("\nSigCgt:\t"), NULL, 16) >> (number - 1) & 1;
}

/* Commands that only read have nothing to save: each signal ends them at once, here while they wait
 * for somebody to read what they print of what they have loaded. */
static void
test_read_only (Cli          *cli,
                gconstpointer data)
{
  static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
  static const char *const lines[] = { "info wide.csv --json", "predict net.perz many.csv" };
  g_autoptr(GString) wide = g_string_new ("first");
  g_autoptr(GString) many = g_string_new ("smiles,gap\n");

  /* What is printed of either is more than a pipe holds. */
  for (guint i = 0; i < 990; i++)
    g_string_append_printf (wide, ",column %u", i);
  for (guint i = 0; i < 2 * 991; i++)
    g_string_append_printf (wide, "%s1", i % 991 == 0 ? "\n" : ",");
  for (guint i = 0; i < 10000; i++)
    g_string_append (many, "C,1\n");
  write_file (cli, "wide.csv", wide->str);
  write_file (cli, "many.csv", many->str);
  g_assert_cmpint (cli_call (cli, "train builtin:molecules --features composition --target gap --hidden 2 --limit 50 "
                             "--epochs 1 --out net.perz"), ==, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (numbers); k++)
      {
        g_autoptr(GSubprocess) process = cli_start (cli, "%s", lines[i]);
        char byte;

        g_assert_cmpint (g_input_stream_read (g_subprocess_get_stdout_pipe (process), &byte, 1, NULL, NULL), ==, 1);
        for (gsize n = 0; n < G_N_ELEMENTS (numbers); n++)
          g_assert_false (catches (process, numbers[n]));

        g_subprocess_send_signal (process, numbers[k]);
        g_assert_true (g_subprocess_wait (process, NULL, NULL));
        g_assert_true (g_subprocess_get_if_signaled (process));
        g_assert_cmpint (g_subprocess_get_term_sig (process), ==, numbers[k]);
      }
}

/* nohup: what was ignored when the program began stays ignored. */
static void
test_ignored (Cli          *cli,
              gconstpointer data)
{
  g_assert_cmpint (cli_shell (cli, "trap '' HUP; \"$CLI\" train builtin:digits --limit 300 --validation 100 --hidden 8 "
                              "--epochs 3 --log log.jsonl & pid=$!; "
                              "while kill -HUP $pid 2>/dev/null; do :; done; wait $pid"), ==, 0);
  {
    g_autoptr(GPtrArray) log = cli_read_log (cli, "log.jsonl");

    g_assert_cmpuint (log->len, ==, 4);
  }
}

int
main (int   argc,
      char *argv[])
{
  cli_test_init (&argc, argv);

  CLI_ADD ("/cli/outputs/log-kept", test_log_kept);
  CLI_ADD ("/cli/outputs/same-file", test_same_file);
  CLI_ADD ("/cli/outputs/stdout", test_stdout);
  CLI_ADD ("/cli/outputs/signals", test_signals);
  CLI_ADD ("/cli/outputs/pipe", test_pipe);
  CLI_ADD ("/cli/outputs/file-size", test_file_size);
  CLI_ADD ("/cli/outputs/read-only", test_read_only);
  CLI_ADD ("/cli/outputs/second-signal", test_second_signal);
  CLI_ADD ("/cli/outputs/ignored", test_ignored);

  return g_test_run ();
}
