/* cli-log.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli-log.h"
#include "cli/cli-outputs.h"
#include "cli/cli.h"

struct _CliLog
{
  char    *path;
  int      fd;
  gboolean append;
  gboolean created;    /* by us, and not started yet */
  int      failure;    /* errno of the first write that failed */
};

CliLog *
cli_log_open (const char *path,
              gboolean    append,
              GError    **error)
{
  g_autoptr(CliLog) log = g_new0 (CliLog, 1);
  /* A FIFO without a reader is an error instead of a wait without end. */
  const int flags = (append ? O_RDWR : O_WRONLY) | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;

  log->path = g_strdup (path);
  log->append = append;
  log->fd = g_open (path, flags | O_CREAT | O_EXCL, 0666);
  log->created = log->fd >= 0;

  /* Also one that a link leads to and that is not there yet. */
  if (!log->created)
    log->fd = g_open (path, flags | O_CREAT, 0666);

  if (log->fd < 0)
    {
      cli_outputs_set_error (path, errno, error);
      return NULL;
    }

  fcntl (log->fd, F_SETFL, fcntl (log->fd, F_GETFL) & ~O_NONBLOCK);

  return g_steal_pointer (&log);
}

void
cli_log_free (CliLog *log)
{
  if (log == NULL)
    return;

  if (log->fd >= 0)
    close (log->fd);
  if (log->created)
    g_unlink (log->path);

  g_free (log->path);
  g_free (log);
}

/* All of it. */
static void
write_text (CliLog     *log,
            const char *text)
{
  gsize left = strlen (text);

  while (left > 0 && log->failure == 0)
    {
      const gssize n = write (log->fd, text, left);

      if (n >= 0)
        {
          text += n;
          left -= (gsize) n;
        }
      else if (errno != EINTR)
        log->failure = errno;
    }

  if (log->failure == EPIPE || log->failure == EFBIG)
    cli_interrupt ();
}

/* To the end; a line that was cut off there stays a line of its own. */
static void
seek_to_end (CliLog *log)
{
  char last = '\n';
  const off_t end = lseek (log->fd, 0, SEEK_END);

  if (end > 0 && pread (log->fd, &last, 1, end - 1) == 1 && last != '\n')
    write_text (log, "\n");
}

gboolean
cli_log_start (CliLog  *log,
               GError **error)
{
  GStatBuf info;

  if (fstat (log->fd, &info) == 0 && S_ISREG (info.st_mode))
    {
      if (log->append)
        seek_to_end (log);
      else if (ftruncate (log->fd, 0) != 0)
        return cli_outputs_set_error (log->path, errno, error);
    }

  log->created = FALSE;

  return TRUE;
}

void
cli_log_write (CliLog     *log,
               const char *line)
{
  g_autofree char *text = g_strconcat (line, "\n", NULL);

  write_text (log, text);
}

gboolean
cli_log_finish (CliLog  *log,
                GError **error)
{
  if (close (log->fd) != 0 && log->failure == 0)
    log->failure = errno;
  log->fd = -1;

  return log->failure == 0 || cli_outputs_set_error (log->path, log->failure, error);
}
