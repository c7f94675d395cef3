/* image-read.c: from a picture file to pixels.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/mlp-display.h"
#include "core/mlp-error.h"
#include "image/image-private.h"
#include "image/image-read.h"

static void
set_verdict (const ImageReport *report,
             const char        *name,
             GError           **error)
{
  g_autofree char *reason = g_utf8_make_valid (report->reason, -1);

  switch ((ImageVerdict) report->verdict)
    {
    case IMAGE_NO_PICTURE:
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("“%s” is not a supported image; expected PNG, JPEG or SVG"), name);
      break;

    case IMAGE_NO_LOADER:
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("“%s” cannot be decoded: GdkPixbuf has no loader for this format (%s)"), name, reason);
      break;

    case IMAGE_TOO_LARGE:
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   _("“%s” has %u × %u pixels; reduce its size, a few hundred pixels are enough for a digit"),
                   name, report->width, report->height);
      break;

    case IMAGE_NO_MEMORY:
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE, _("“%s” does not fit into memory"), name);
      break;

    case IMAGE_DECODED:
    case IMAGE_DAMAGED:
    default:
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT, _("“%s” is a damaged image: %s"), name,
                   *reason != '\0' ? reason : _("unexpected end of file"));
      break;
    }
}

ImagePixels *
image_read (GInputStream *stream,
            const char   *name,
            GCancellable *cancellable,
            GError      **error)
{
  g_autoptr(GError) own_error = NULL;
  ImagePixels *pixels;
  ImageReport report;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream) && name != NULL, NULL);

  pixels = image_child_decode (stream, name, cancellable, &report, &own_error);
  if (own_error != NULL)
    g_propagate_error (error, g_steal_pointer (&own_error));
  else if (pixels == NULL)
    set_verdict (&report, name, error);

  return pixels;
}

/* Whether the shell made the pipe that it names for this program: "<(…)". */
static gboolean
is_handed_over (const char *path)
{
  return g_str_has_prefix (path, "/dev/fd/") || g_str_has_prefix (path, "/proc/self/fd/") ||
         g_strcmp0 (path, "/dev/stdin") == 0;
}

/* A pipe of some name must not hold us up, nor a device never end. */
static GInputStream *
open_local (const char *path,
            GError    **error)
{
  const int fd = open (path, O_RDONLY | O_CLOEXEC | (is_handed_over (path) ? 0 : O_NONBLOCK));
  struct stat info;

  if (fd < 0)
    {
      int code = errno;

      g_set_error_literal (error, G_IO_ERROR, (gint) g_io_error_from_errno (code), g_strerror (code));
      return NULL;
    }

  if (fstat (fd, &info) == 0 && (S_ISREG (info.st_mode) || (S_ISFIFO (info.st_mode) && is_handed_over (path))))
    return g_unix_input_stream_new (fd, TRUE);

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                       S_ISDIR (info.st_mode) ? _("it is a folder") : _("it is not a file"));
  close (fd);

  return NULL;
}

ImagePixels *
image_read_file (GFile        *file,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  g_autoptr(GInputStream) stream = NULL;
  g_autoptr(GError) own_error = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  base = g_file_get_basename (file);
  name = mlp_display_filename (base);
  stream = g_file_peek_path (file) != NULL ? open_local (g_file_peek_path (file), &own_error)
                                           : G_INPUT_STREAM (g_file_read (file, cancellable, &own_error));
  if (stream != NULL)
    return image_read (stream, name, cancellable, error);

  if (g_error_matches (own_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error (error, MLP_ERROR, MLP_ERROR_CANCELLED, _("Reading “%s” was cancelled"), name);
  else
    g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN, _("“%s” cannot be read: %s"), name, own_error->message);

  return NULL;
}
