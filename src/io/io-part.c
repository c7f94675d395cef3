/* io-part.c: temporary files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/io-part.h"

#define N_LETTERS 12

/* Names that are tried; two are never the same in practice. */
#define N_TRIES 100

static gboolean
make_name (char name[IO_PART_NAME_SIZE])
{
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
  guint8 bytes[N_LETTERS];
  char random[N_LETTERS + 1] = { 0 };

  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    return FALSE;

  for (gsize i = 0; i < N_LETTERS; i++)
    random[i] = letters[bytes[i] % 32];
  g_snprintf (name, IO_PART_NAME_SIZE, IO_PART_PREFIX "%s" IO_PART_SUFFIX, random);

  return TRUE;
}

gboolean
io_part_open (IoPart *part,
              int     folder,
              guint   mode)
{
  part->folder = folder;

  for (guint i = 0; i < N_TRIES; i++)
    {
      struct stat info;

      if (!make_name (part->name))
        return FALSE;

      part->fd = openat (folder, part->name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, (mode_t) mode);
      if (part->fd < 0 && errno == EEXIST)
        continue;
      if (part->fd < 0)
        return FALSE;

      /* Who clears parts may have found it before it was locked. Where there are no
       * locks nobody clears any. */
      while (flock (part->fd, LOCK_EX) != 0 && errno == EINTR)
        ;
      if (fstat (part->fd, &info) == 0 && info.st_nlink > 0)
        return TRUE;

      close (part->fd);
      part->fd = -1;
    }

  errno = EEXIST;

  return FALSE;
}

/* As write(), until all is written. */
static gboolean
write_all (int         fd,
           const void *data,
           gsize       size)
{
  const guint8 *at = data;

  while (size > 0)
    {
      gssize n = write (fd, at, MIN (size, G_MAXINT32));

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      if (n == 0)
        {
          errno = EIO;
          return FALSE;
        }
      at += n;
      size -= (gsize) n;
    }

  return TRUE;
}

gboolean
io_part_write (IoPart        *part,
               const IoPiece *pieces,
               gsize          n_pieces)
{
  for (gsize i = 0; i < n_pieces; i++)
    if (!write_all (part->fd, pieces[i].data, pieces[i].size))
      return FALSE;

  return TRUE;
}

gboolean
io_part_finish (IoPart  *part,
                gboolean durable)
{
  int copy;

  while (durable && fsync (part->fd) != 0)
    if (errno != EINTR)
      return FALSE;

  /* Some file systems report an error of writing on close() only; the lock stays, for
   * the original is open. */
  copy = fcntl (part->fd, F_DUPFD_CLOEXEC, 0);
  if (copy < 0)
    return FALSE;

  return close (copy) == 0 || errno == EINTR;
}

static void
close_part (IoPart *part)
{
  close (part->fd);
  part->fd = -1;
}

gboolean
io_part_rename (IoPart     *part,
                const char *name)
{
  if (renameat (part->folder, part->name, part->folder, name) != 0)
    return FALSE;

  close_part (part);

  return TRUE;
}

gboolean
io_part_rename_new (IoPart     *part,
                    const char *name)
{
  struct stat info;

  if (renameat2 (part->folder, part->name, part->folder, name, RENAME_NOREPLACE) == 0)
    {
      close_part (part);
      return TRUE;
    }
  if (errno != EINVAL && errno != ENOSYS)
    return FALSE;

  /* A file system that cannot do both at once. */
  if (fstatat (part->folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0)
    {
      errno = EEXIST;
      return FALSE;
    }

  return io_part_rename (part, name);
}

void
io_part_discard (IoPart *part)
{
  const int saved = errno;

  if (part->fd >= 0)
    {
      unlinkat (part->folder, part->name, 0);
      close_part (part);
    }

  errno = saved;
}

gboolean
io_part_sync_folder (int folder)
{
  int fd = openat (folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int code = 0;

  /* A folder that can be written but not listed is synchronised by the system, later. */
  if (fd < 0)
    return errno == EACCES;

  while (fsync (fd) != 0)
    {
      code = errno;
      if (code != EINTR)
        break;
      code = 0;
    }
  close (fd);

  /* Some file systems cannot. */
  errno = code;

  return code == 0 || code == EINVAL || code == ENOTSUP;
}

gboolean
io_part_sync_file_system (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean done = fd >= 0 && syncfs (fd) == 0;

  if (fd >= 0)
    close (fd);

  return done;
}

static gboolean
remove_if_stale (int         folder,
                 const char *name)
{
  int fd = openat (folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  struct stat info;
  gboolean removed;

  if (fd < 0)
    return FALSE;

  removed = fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && info.st_uid == geteuid () &&
            flock (fd, LOCK_EX | LOCK_NB) == 0 && unlinkat (folder, name, 0) == 0;
  close (fd);

  return removed;
}

guint
io_part_clear_stale (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;
  int fd;

  if (dir == NULL)
    return 0;

  fd = open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
  while (fd >= 0 && (name = g_dir_read_name (dir)) != NULL)
    if (strlen (name) < IO_PART_NAME_SIZE &&
        g_str_has_prefix (name, IO_PART_PREFIX) && g_str_has_suffix (name, IO_PART_SUFFIX))
      n += remove_if_stale (fd, name) ? 1 : 0;
  if (fd >= 0)
    close (fd);

  return n;
}
