/* faults.c: system calls that fail, or end the process, at a chosen moment.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define _GNU_SOURCE

#include "config.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "io/faults.h"

static Fault fault;
static guint wanted;
static guint n_calls;
static int error_code;
static gboolean active;

void
faults_start (Fault kind,
              guint nth,
              int   code)
{
  fault = kind;
  wanted = nth;
  n_calls = 0;
  error_code = code;
  active = TRUE;
}

guint
faults_stop (void)
{
  active = FALSE;

  return n_calls;
}

/* Whether the call is to fail. */
static gboolean
is_hit (void)
{
  if (!active)
    return FALSE;

  n_calls++;
  if (n_calls != wanted && !(fault == FAULT_STICKY && n_calls > wanted))
    return FALSE;

  if (fault == FAULT_KILL)
    kill (getpid (), SIGKILL);
  if (fault != FAULT_ERROR && fault != FAULT_STICKY)
    return FALSE;

  errno = error_code;

  return TRUE;
}

static int
open_at (int         at,
         const char *path,
         int         flags,
         mode_t      mode)
{
  /* Reading changes nothing. */
  if ((flags & O_ACCMODE) != O_RDONLY && is_hit ())
    return -1;

  return (int) syscall (SYS_openat, at, path, flags, mode);
}

#define GET_MODE(flags, mode)                                   \
  G_STMT_START {                                                \
    if (((flags) & O_CREAT) != 0)                               \
      {                                                         \
        va_list args_;                                          \
        va_start (args_, flags);                                \
        mode = va_arg (args_, mode_t);                          \
        va_end (args_);                                         \
      }                                                         \
  } G_STMT_END

int
open (const char *path,
      int         flags,
      ...)
{
  mode_t mode = 0;

  GET_MODE (flags, mode);

  return open_at (AT_FDCWD, path, flags, mode);
}

int
openat (int         at,
        const char *path,
        int         flags,
        ...)
{
  mode_t mode = 0;

  GET_MODE (flags, mode);

  return open_at (at, path, flags, mode);
}

gssize
write (int         fd,
       const void *data,
       gsize       size)
{
  /* Not what the test reports. */
  if (fd > STDERR_FILENO)
    {
      if (is_hit ())
        return -1;
      if (active && fault == FAULT_SHORT && n_calls == wanted && size > 1)
        size /= 2;
    }

  return syscall (SYS_write, fd, data, size);
}

int
fsync (int fd)
{
  return is_hit () ? -1 : (int) syscall (SYS_fsync, fd);
}

int
renameat (int         from,
          const char *old,
          int         to,
          const char *new)
{
  return is_hit () ? -1 : (int) syscall (SYS_renameat2, from, old, to, new, 0);
}

int
renameat2 (int          from,
           const char  *old,
           int          to,
           const char  *new,
           unsigned int flags)
{
  return is_hit () ? -1 : (int) syscall (SYS_renameat2, from, old, to, new, flags);
}

int
rename (const char *old,
        const char *new)
{
  return renameat (AT_FDCWD, old, AT_FDCWD, new);
}

int
unlinkat (int         at,
          const char *path,
          int         flags)
{
  return is_hit () ? -1 : (int) syscall (SYS_unlinkat, at, path, flags);
}

int
unlink (const char *path)
{
  return unlinkat (AT_FDCWD, path, 0);
}

int
fchmod (int    fd,
        mode_t mode)
{
  return is_hit () ? -1 : (int) syscall (SYS_fchmod, fd, mode);
}

int
flock (int fd,
       int operation)
{
  return is_hit () ? -1 : (int) syscall (SYS_flock, fd, operation);
}
