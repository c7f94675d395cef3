/* io-target.c: symbolic links, and what is at their end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <limits.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "core/mlp-display.h"
#include "core/mlp-error.h"
#include "io/io-target.h"

/* As the system allows. */
#define MAX_LINKS 40

/* The memory devices of Linux. */
#define MEMORY_MAJOR 1
#define NULL_MINOR 3
#define ZERO_MINOR 5
#define FULL_MINOR 7

static gboolean
refuse_target (GError    **error,
               const char *reason)
{
  g_set_error_literal (error, MLP_ERROR, MLP_ERROR_OPEN, reason);

  return FALSE;
}

static gboolean
refuse_errno (GError **error,
              int      code)
{
  if (code == ENAMETOOLONG)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN,
                   _("its name is longer than %d bytes, or its path longer than %d"), NAME_MAX, PATH_MAX - 1);
      return FALSE;
    }

  return refuse_target (error, g_strerror (code));
}

static gboolean
open_folder (int         at,
             const char *path,
             int        *folder,
             GError    **error)
{
  *folder = openat (at, path, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (*folder >= 0)
    return TRUE;

  if (errno == ENOENT)
    {
      g_autofree char *name = mlp_display_filename (path);

      g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN, _("there is no folder “%s”"), name);
      return FALSE;
    }

  return refuse_errno (error, errno);
}

/* Links there mean a file that is open already, which may have no name. */
static gboolean
is_in_proc (int folder)
{
  struct statfs info;

  return fstatfs (folder, &info) == 0 && info.f_type == PROC_SUPER_MAGIC;
}

/* Whether what is written to it goes somewhere that waits for it. */
static gboolean
is_stream_device (const struct stat *info)
{
  const guint minor_number = minor (info->st_rdev);

  switch (major (info->st_rdev))
    {
    case MEMORY_MAJOR:
      return minor_number == NULL_MINOR || minor_number == ZERO_MINOR || minor_number == FULL_MINOR;

    /* Terminals. */
    case 4:
    case 5:
    case 136 ... 143:
      return TRUE;

    default:
      return FALSE;
    }
}

static gboolean
inspect_target (IoTarget *target,
                gboolean  is_open_file,
                GError  **error)
{
  if (fstatat (target->folder, target->name, &target->info, is_open_file ? 0 : AT_SYMLINK_NOFOLLOW) != 0)
    {
      target->kind = IO_TARGET_NEW;
      return errno == ENOENT || refuse_errno (error, errno);
    }

  target->kind = is_open_file ? IO_TARGET_STREAM : IO_TARGET_FILE;

  switch (target->info.st_mode & S_IFMT)
    {
    case S_IFREG:
      return TRUE;

    case S_IFIFO:
      target->kind = IO_TARGET_STREAM;
      return TRUE;

    case S_IFCHR:
      target->kind = IO_TARGET_STREAM;
      return is_stream_device (&target->info) || refuse_target (error, _("it is a device"));

    case S_IFBLK:
      return refuse_target (error, _("it is a device"));

    case S_IFDIR:
      return refuse_target (error, _("it is a folder"));

    case S_IFSOCK:
      return refuse_target (error, _("it is a socket"));

    default:
      return refuse_target (error, _("it is not a file"));
    }
}

gboolean
io_target_find (const char *path,
                IoTarget   *target,
                GError    **error)
{
  g_autofree char *rest = g_strdup (path);
  char link[PATH_MAX];

  *target = (IoTarget) { .folder = -1 };

  for (guint i = 0; i <= MAX_LINKS; i++)
    {
      g_autofree char *folder_path = g_path_get_dirname (rest);
      int folder;
      gboolean opened;
      gssize n;

      if (*rest == '\0')
        return refuse_errno (error, ENOENT);

      g_free (target->name);
      target->name = g_path_get_basename (rest);

      opened = open_folder (target->folder >= 0 ? target->folder : AT_FDCWD, folder_path, &folder, error);
      if (target->folder >= 0)
        close (target->folder);
      target->folder = opened ? folder : -1;
      if (!opened)
        return FALSE;

      if (g_str_has_suffix (rest, "/") || strcmp (target->name, ".") == 0 || strcmp (target->name, "..") == 0)
        return refuse_target (error, _("it is a folder"));

      n = readlinkat (folder, target->name, link, sizeof link - 1);
      if (n < 0 && errno != EINVAL && errno != ENOENT)
        return refuse_errno (error, errno);
      if (n < 0 || is_in_proc (folder))
        return inspect_target (target, n >= 0, error);

      link[n] = '\0';
      g_free (rest);
      rest = g_strdup (link);
    }

  return refuse_errno (error, ELOOP);
}

void
io_target_clear (IoTarget *target)
{
  if (target->folder >= 0)
    close (target->folder);
  target->folder = -1;
  g_clear_pointer (&target->name, g_free);
}
