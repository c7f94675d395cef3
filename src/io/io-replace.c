/* io-replace.c: atomic replacement of a file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "core/mlp-display.h"
#include "core/mlp-error.h"
#include "io/io-replace.h"
#include "io/io-target.h"

/* In ms: how long a pipe may stand still. */
#define PIPE_TIMEOUT 10000

/* No attribute is longer (XATTR_SIZE_MAX). */
#define MAX_ATTRIBUTE 65536

/* What is written on trial. */
#define PROBE_SIZE 4096

static gboolean
refuse_errno (GError **error,
              int      code)
{
  g_set_error_literal (error, MLP_ERROR, MLP_ERROR_OPEN, g_strerror (code));

  return FALSE;
}

/* @reason: (transfer full) */
static gboolean
fail_saving (const char *path,
             GError     *reason,
             GError    **error)
{
  g_autofree char *name = mlp_display_filename (path);

  g_set_error (error, reason->domain, reason->code, _("“%s” could not be saved: %s"), name, reason->message);
  g_error_free (reason);

  return FALSE;
}

/* --- streams --- */

static gboolean
write_piece (int            fd,
             const IoPiece *piece)
{
  const guint8 *at = piece->data;
  gsize left = piece->size;

  while (left > 0)
    {
      struct pollfd waiting = { .fd = fd, .events = POLLOUT };
      gssize n = write (fd, at, MIN (left, G_MAXINT32));

      if (n > 0)
        {
          at += n;
          left -= (gsize) n;
        }
      else if (n < 0 && errno == EAGAIN)
        {
          int ready = poll (&waiting, 1, PIPE_TIMEOUT);

          if (ready == 0)
            errno = ETIMEDOUT;
          if (ready == 0 || (ready < 0 && errno != EINTR))
            return FALSE;
        }
      else if (n == 0 || errno != EINTR)
        {
          return FALSE;
        }
    }

  return TRUE;
}

/* Behind what is there: what went to the same place before stays. */
static gboolean
write_stream (const IoTarget *target,
              const IoPiece  *pieces,
              gsize           n_pieces,
              GError        **error)
{
  int fd = openat (target->folder, target->name, O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  int code = 0;

  if (fd < 0 && errno == ENXIO)
    {
      g_set_error_literal (error, MLP_ERROR, MLP_ERROR_OPEN, _("it is a pipe without a reader"));
      return FALSE;
    }
  if (fd < 0)
    return refuse_errno (error, errno);

  for (gsize i = 0; i < n_pieces && code == 0; i++)
    if (!write_piece (fd, &pieces[i]))
      code = errno;
  if (close (fd) != 0 && code == 0 && errno != EINTR)
    code = errno;

  return code == 0 || refuse_errno (error, code);
}

/* --- files --- */

static gboolean
check_permission (const IoTarget *target,
                  GError        **error)
{
  if ((target->info.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0)
    {
      g_set_error_literal (error, MLP_ERROR, MLP_ERROR_OPEN, _("it is read-only"));
      return FALSE;
    }

  return faccessat (target->folder, target->name, W_OK, AT_EACCESS) == 0 || refuse_errno (error, errno);
}

/* Whether an attribute belongs to the content, and not to what the system knows of it. */
static gboolean
is_kept (const char *attribute)
{
  return g_str_has_prefix (attribute, "user.") || strcmp (attribute, "system.posix_acl_access") == 0 ||
         strcmp (attribute, "security.selinux") == 0;
}

static void
copy_attributes (int from,
                 int to)
{
  g_autofree char *names = g_malloc (MAX_ATTRIBUTE);
  g_autofree char *value = g_malloc (MAX_ATTRIBUTE);
  gssize n = flistxattr (from, names, MAX_ATTRIBUTE);

  for (const char *name = names; n > 0 && name < names + n; name += strlen (name) + 1)
    {
      gssize size = is_kept (name) ? fgetxattr (from, name, value, MAX_ATTRIBUTE) : -1;

      if (size >= 0 && fsetxattr (to, name, value, (gsize) size, 0) != 0)
        continue;      /* not every file system has them */
    }
}

/* Nobody may read the new file who could not read the old one. */
static gboolean
copy_facts (const IoTarget *target,
            int             fd,
            GError        **error)
{
  mode_t mode = target->info.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO);
  struct stat info;
  int old;

  if (fstat (fd, &info) != 0)
    return refuse_errno (error, errno);

  if (info.st_gid != target->info.st_gid && fchown (fd, (uid_t) -1, target->info.st_gid) != 0)
    mode &= ~(mode_t) S_IRWXG | ((mode & S_IRWXO) << 3);
  if (info.st_uid != target->info.st_uid && fchown (fd, target->info.st_uid, (gid_t) -1) != 0)
    mode |= S_IRUSR | S_IWUSR;

  old = openat (target->folder, target->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (old >= 0)
    {
      copy_attributes (old, fd);
      close (old);
    }

  /* Last: it is the access control list's mask, too. */
  return fchmod (fd, mode) == 0 || refuse_errno (error, errno);
}

static gboolean
open_part (const IoTarget *target,
           IoReplaceFlags  flags,
           IoPart         *part,
           GError        **error)
{
  guint mode = (flags & IO_REPLACE_PRIVATE) != 0 ? 0600 : 0666;

  if (target->kind == IO_TARGET_FILE)
    mode = target->info.st_mode & 0700;
  if (io_part_open (part, target->folder, mode))
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN, _("no file can be created in its folder: %s"), g_strerror (errno));

  return FALSE;
}

/* Checks what is there, makes a part, and gives it what is kept of the file. */
static gboolean
prepare_part (const IoTarget *target,
              IoReplaceFlags  flags,
              IoPart         *part,
              GError        **error)
{
  if (target->kind == IO_TARGET_FILE && !check_permission (target, error))
    return FALSE;

  if (!open_part (target, flags, part, error))
    return FALSE;

  if (target->kind != IO_TARGET_FILE || copy_facts (target, part->fd, error))
    return TRUE;

  io_part_discard (part);

  return FALSE;
}

gboolean
io_replace_open_part (IoPart     *part,
                      int         folder,
                      const char *name,
                      GError    **error)
{
  IoTarget target = { .kind = IO_TARGET_FILE, .folder = folder, .name = (char *) name };

  if (fstatat (folder, name, &target.info, AT_SYMLINK_NOFOLLOW) != 0)
    {
      if (errno != ENOENT)
        return refuse_errno (error, errno);
      target.kind = IO_TARGET_NEW;
    }
  else if (!S_ISREG (target.info.st_mode))
    {
      g_set_error_literal (error, MLP_ERROR, MLP_ERROR_OPEN,
                           S_ISLNK (target.info.st_mode) ? _("it is a symbolic link") : _("it is not a file"));
      return FALSE;
    }

  return prepare_part (&target, IO_REPLACE_DEFAULT, part, error);
}

static gboolean
refuse_existing (GError **error)
{
  g_set_error_literal (error, MLP_ERROR, MLP_ERROR_OPEN,
                       _("it already exists and will not be overwritten; choose another place"));

  return FALSE;
}

static gboolean
rename_part (IoPart         *part,
             const IoTarget *target,
             IoReplaceFlags  flags,
             GError        **error)
{
  const gboolean done = (flags & IO_REPLACE_NEW) != 0 ?
                        io_part_rename_new (part, target->name) : io_part_rename (part, target->name);

  if (done)
    return TRUE;

  if (errno == EBUSY)
    g_set_error_literal (error, MLP_ERROR, MLP_ERROR_OPEN, _("another file system is mounted on it"));
  else if (errno == EEXIST)
    refuse_existing (error);
  else
    refuse_errno (error, errno);

  return FALSE;
}

static gboolean
replace_file (const IoTarget *target,
              const IoPiece  *pieces,
              gsize           n_pieces,
              IoReplaceFlags  flags,
              GError        **error)
{
  const gboolean durable = (flags & IO_REPLACE_UNSYNCED) == 0;
  IoPart part = IO_PART_INIT;

  if (!prepare_part (target, flags, &part, error))
    return FALSE;

  if (!io_part_write (&part, pieces, n_pieces) || !io_part_finish (&part, durable))
    {
      refuse_errno (error, errno);
      io_part_discard (&part);
      return FALSE;
    }

  if (!rename_part (&part, target, flags, error))
    {
      io_part_discard (&part);
      return FALSE;
    }

  return !durable || io_part_sync_folder (target->folder) || refuse_errno (error, errno);
}

gboolean
io_replace (const char    *path,
            const IoPiece *pieces,
            gsize          n_pieces,
            IoReplaceFlags flags,
            GError       **error)
{
  g_auto(IoTarget) target = { .folder = -1 };
  GError *reason = NULL;
  gboolean done;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (pieces != NULL || n_pieces == 0, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  done = io_target_find (path, &target, &reason) &&
         ((flags & IO_REPLACE_NEW) == 0 || target.kind == IO_TARGET_NEW || refuse_existing (&reason)) &&
         (target.kind == IO_TARGET_STREAM ?
          write_stream (&target, pieces, n_pieces, &reason) :
          replace_file (&target, pieces, n_pieces, flags, &reason));

  return done || fail_saving (path, reason, error);
}

gboolean
io_replace_contents (const char *path,
                     const void *data,
                     gsize       size,
                     GError    **error)
{
  const IoPiece piece = { data, size };

  return io_replace (path, &piece, 1, IO_REPLACE_DEFAULT, error);
}

/* --- on trial --- */

/* In a folder such as /tmp only the owner of a file may replace it. */
static gboolean
check_sticky (const IoTarget *target,
              GError        **error)
{
  const uid_t user = geteuid ();
  struct stat folder;

  if (user == 0 || target->kind != IO_TARGET_FILE || fstat (target->folder, &folder) != 0 ||
      (folder.st_mode & S_ISVTX) == 0 || folder.st_uid == user || target->info.st_uid == user)
    return TRUE;

  return refuse_errno (error, EPERM);
}

static void
clear_stale (const IoTarget *target)
{
  g_autofree char *folder = g_strdup_printf ("/proc/self/fd/%d", target->folder);

  io_part_clear_stale (folder);
}

static gboolean
try_part (const IoTarget *target,
          GError        **error)
{
  g_autofree char *zeros = g_malloc0 (PROBE_SIZE);
  const IoPiece piece = { zeros, PROBE_SIZE };
  IoPart part = IO_PART_INIT;
  gboolean good;

  if (!open_part (target, IO_REPLACE_DEFAULT, &part, error))
    return FALSE;

  good = io_part_write (&part, &piece, 1) && io_part_finish (&part, FALSE);
  if (!good)
    refuse_errno (error, errno);
  io_part_discard (&part);

  return good;
}

/* Finds out an immutable file. */
static gboolean
try_open (const IoTarget *target,
          GError        **error)
{
  int fd;

  if (target->kind != IO_TARGET_FILE)
    return TRUE;

  fd = openat (target->folder, target->name, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0)
    return refuse_errno (error, errno);
  close (fd);

  return TRUE;
}

static gboolean
check_target (const IoTarget *target,
              GError        **error)
{
  if (target->kind == IO_TARGET_STREAM)
    return faccessat (target->folder, target->name, W_OK, AT_EACCESS) == 0 || refuse_errno (error, errno);

  if (target->kind == IO_TARGET_FILE && !check_permission (target, error))
    return FALSE;

  clear_stale (target);

  return check_sticky (target, error) && try_open (target, error) && try_part (target, error);
}

gboolean
io_replace_check (const char *path,
                  guint      *n_names,
                  GError    **error)
{
  g_auto(IoTarget) target = { .folder = -1 };
  GError *reason = NULL;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!io_target_find (path, &target, &reason) || !check_target (&target, &reason))
    return fail_saving (path, reason, error);

  if (n_names != NULL)
    *n_names = target.kind == IO_TARGET_FILE ? (guint) target.info.st_nlink : 0;

  return TRUE;
}
