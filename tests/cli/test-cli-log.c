/* test-cli-log.c: the log of a run, alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "cli/cli-log.h"
#include "cli/cli-outputs.h"
#include "cli/cli.h"

/* What the log needs of the program. */
void
cli_interrupt (void)
{
  g_assert_not_reached ();
}

gboolean
cli_outputs_set_error (const char *path,
                       int         reason,
                       GError    **error)
{
  g_assert_not_reached ();
}

/* A file that is opened after the log is finished may get its descriptor, and stays open. */
static void
test_finish (void)
{
  g_autofree char *folder = g_dir_make_tmp ("perzeptron-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "log.jsonl", NULL);
  g_autofree char *contents = NULL;
  CliLog *log = cli_log_open (path, FALSE, NULL);
  int other;

  g_assert_nonnull (log);
  g_assert_true (cli_log_start (log, NULL));
  cli_log_write (log, "{}");
  g_assert_true (cli_log_finish (log, NULL));
  other = g_open (path, O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (other, >=, 0);
  cli_log_free (log);
  g_assert_cmpint (fcntl (other, F_GETFD), >=, 0);
  g_assert_cmpint (close (other), ==, 0);

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "{}\n");
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/log/finish", test_finish);

  return g_test_run ();
}
