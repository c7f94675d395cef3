/* io-read.c: content of a file in memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/mlp-error.h"
#include "io/io-read.h"

/* Bytes of a large page (x86-64, most of ARM). */
#define LARGE_PAGE (2 * 1024 * 1024)

static gboolean
refuse_errno (GError **error,
              int      code)
{
  g_set_error_literal (error, MLP_ERROR, MLP_ERROR_OPEN, g_strerror (code));

  return FALSE;
}

/* Up to @size bytes; *@n_read is less at the end of the file only. */
static gboolean
read_up_to (int      fd,
            guint8  *buffer,
            gsize    size,
            gsize   *n_read,
            GError **error)
{
  *n_read = 0;
  while (*n_read < size)
    {
      gssize n = read (fd, buffer + *n_read, MIN (size - *n_read, G_MAXINT32));

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return refuse_errno (error, errno);
      if (n == 0)
        break;
      *n_read += (gsize) n;
    }

  return TRUE;
}

/* In large pages where there are some: to take 200 MB in small ones costs a fault for each, on some
 * machines ten times as long as to read them. Returns: (nullable): for free() */
static guint8 *
allocate_bytes (guint64 size)
{
  const gsize alignment = size >= LARGE_PAGE ? LARGE_PAGE : IO_READ_ALIGNMENT;
  guint8 *bytes;
  gsize whole;

  if (size >= G_MAXSIZE - alignment)
    return NULL;

  /* aligned_alloc() wants a multiple of the alignment. */
  whole = ((gsize) size / alignment + 1) * alignment;
  bytes = aligned_alloc (alignment, whole);
  if (bytes != NULL && alignment == LARGE_PAGE)
    madvise (bytes, whole, MADV_HUGEPAGE);

  return bytes;
}

static GBytes *
read_open_file (int         fd,
                guint64     size,
                IoReadCheck check,
                gpointer    user_data,
                GError    **error)
{
  guint8 start[IO_READ_START];
  gsize n_start, n_rest;
  guint8 *bytes;

  if (!read_up_to (fd, start, MIN (size, sizeof start), &n_start, error))
    return NULL;
  if (check != NULL && !check (start, n_start, size, user_data, error))
    return NULL;

  bytes = allocate_bytes (size);
  if (bytes == NULL)
    {
      g_autofree char *text = g_format_size (size);

      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE, _("not enough memory for its %s"), text);
      return NULL;
    }

  memcpy (bytes, start, n_start);
  if (n_start < sizeof start)
    {
      n_rest = 0;
    }
  else if (!read_up_to (fd, bytes + n_start, size - n_start, &n_rest, error))
    {
      free (bytes);
      return NULL;
    }

  return g_bytes_new_with_free_func (bytes, n_start + n_rest, free, bytes);
}

GBytes *
io_read_file (const char *path,
              IoReadCheck check,
              gpointer    user_data,
              GError    **error)
{
  GBytes *bytes = NULL;
  struct stat info;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0 || fstat (fd, &info) != 0)
    refuse_errno (error, errno);
  else if (!S_ISREG (info.st_mode))
    g_set_error_literal (error, MLP_ERROR, MLP_ERROR_OPEN, _("it is not a file"));
  else
    bytes = read_open_file (fd, (guint64) info.st_size, check, user_data, error);

  if (fd >= 0)
    close (fd);

  return bytes;
}
