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

/* As g_print() does without a handler. */
static void
on_print (const char *text)
{
  g_autofree char *converted = NULL;
  const char *charset;

  if (!g_get_charset (&charset))
    converted = g_convert_with_fallback (text, -1, charset, "UTF-8", "?", NULL, NULL, NULL);

  cli_stdout_write (converted != NULL ? converted : text);
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
  atexit (check_at_exit);
}

gboolean
cli_stdout_is (const char *path)
{
  GStatBuf out, other;

  return fstat (STDOUT_FILENO, &out) == 0 && S_ISREG (out.st_mode) &&
         g_stat (path, &other) == 0 && out.st_dev == other.st_dev && out.st_ino == other.st_ino;
}
