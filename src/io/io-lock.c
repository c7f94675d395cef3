/* io-lock.c: lock of a folder between processes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "io/io-lock.h"

/* In ms: between two tries. */
#define PAUSE 10

IoLockResult
io_lock (const char *folder,
         guint       timeout,
         int        *lock)
{
  g_autofree char *path = g_build_filename (folder, IO_LOCK_NAME, NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666);
  guint waited = 0;

  /* The file of another user, which flock() need not write to. */
  if (fd < 0 && errno == EACCES)
    fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

  *lock = -1;
  if (fd < 0)
    return IO_LOCK_NONE;

  while (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      const int code = errno;

      if (code == EINTR)
        continue;
      if (code != EWOULDBLOCK || waited >= timeout)
        {
          close (fd);
          errno = code;
          return code == EWOULDBLOCK ? IO_LOCK_BUSY : IO_LOCK_NONE;
        }

      g_usleep (PAUSE * 1000);
      waited += PAUSE;
    }

  *lock = fd;

  return IO_LOCK_HELD;
}

void
io_lock_release (int lock)
{
  const int saved = errno;

  if (lock >= 0)
    close (lock);

  errno = saved;
}
