/* cli-stdout.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli-stdout.h"
#include "cli/cli.h"
#include "core/mlp-display.h"

/* errno of the first write that failed */
static int failure;

void
cli_stdout_write (const char *text)
{
  gsize left = strlen (text);

  while (left > 0 && failure == 0)
    {
      const gssize n = write (STDOUT_FILENO, text, left);

      if (n >= 0)
        {
          text += n;
          left -= (gsize) n;
        }
      else if (errno != EINTR)
        failure = errno;
    }

  if (failure == EPIPE || failure == EFBIG)
    cli_interrupt ();
}

/* (transfer full): what a terminal may be shown, in its charset: names from files may hold what it would
 * obey. */
static char *
prepare_text (const char *text)
{
  g_autofree char *shown = mlp_display_text (text, "\n\t");
  const char *charset;
  char *converted;

  if (g_get_charset (&charset))
    return g_steal_pointer (&shown);

  converted = g_convert_with_fallback (shown, -1, charset, "UTF-8", "?", NULL, NULL, NULL);

  return converted != NULL ? converted : g_steal_pointer (&shown);
}

static void
on_print (const char *text)
{
  g_autofree char *prepared = prepare_text (text);

  cli_stdout_write (prepared);
}

static void
on_print_error (const char *text)
{
  g_autofree char *prepared = prepare_text (text);

  fputs (prepared, stderr);
  fflush (stderr);
}

static void
check_at_exit (void)
{
  if (failure == 0 && (fflush (stdout) != 0 || (close (STDOUT_FILENO) != 0 && errno != EBADF)))
    failure = errno;

  if (failure == 0)
    return;

  g_printerr ("perzeptron-cli: Standard output cannot be written: %s\n", g_strerror (failure));
  _exit (CLI_ERROR);
}

/* Streams that are closed, lowest first, so that each open() takes its number. */
static void
hold_closed_streams (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    {
      if (fcntl (fd, F_GETFD) < 0 && errno == EBADF &&
          open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
        _exit (CLI_ERROR);
    }
}

void
cli_stdout_init (void)
{
  hold_closed_streams ();
  signal (SIGPIPE, SIG_IGN);
  signal (SIGXFSZ, SIG_IGN);
  g_set_print_handler (on_print);
  g_set_printerr_handler (on_print_error);
  atexit (check_at_exit);
}

gboolean
cli_stdout_is (const char *path)
{
  GStatBuf out, other;

  return fstat (STDOUT_FILENO, &out) == 0 && S_ISREG (out.st_mode) &&
         g_stat (path, &other) == 0 && out.st_dev == other.st_dev && out.st_ino == other.st_ino;
}
