/* io-sniff.c: what a file is, from its first bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "io/io-sniff.h"

#define N_LOOK 64

/* @text in lower case, without regard to white space and a byte order mark
 * before it. */
static gboolean
begins_with (const guint8 *bytes,
             gsize         n,
             const char   *text)
{
  gsize length = strlen (text);
  gsize i = 0;

  if (n >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    i = 3;
  while (i < n && g_ascii_isspace (bytes[i]))
    i++;

  return n - i >= length && g_ascii_strncasecmp ((const char *) bytes + i, text, length) == 0;
}

IoKind
io_sniff (IoStream *stream)
{
  guint8 b[N_LOOK] = { 0 };
  gsize n;

  g_return_val_if_fail (stream != NULL, IO_KIND_UNKNOWN);

  n = io_stream_peek (stream, b, sizeof (b));

  if (n == 0)
    {
      /* An empty packed file is well-formed; one that is cut off is not. */
      return io_stream_finish (stream, "it", NULL) ? IO_KIND_EMPTY : IO_KIND_DAMAGED;
    }

  if (begins_with (b, n, "<!doctype html") || begins_with (b, n, "<html") ||
      begins_with (b, n, "<head") || begins_with (b, n, "<?xml"))
    return IO_KIND_HTML;
  if (begins_with (b, n, "version https://git-lfs"))
    return IO_KIND_LFS_POINTER;
  if (n >= 4 && memcmp (b, "PK\x03\x04", 4) == 0)
    return IO_KIND_ZIP;
  if (n >= 4 && memcmp (b, "\x89HDF", 4) == 0)
    return IO_KIND_HDF5;
  if (n >= 4 && b[0] == 0 && b[1] == 0 && b[2] >= 0x08 && b[2] <= 0x0e && b[3] >= 1 && b[3] <= 4)
    return IO_KIND_IDX;
  if (n >= 2 && b[0] == 0x80 && b[1] >= 2 && b[1] <= 5)
    return IO_KIND_PICKLE;
  if (n == N_LOOK && g_ascii_isgraph (b[0]) && memchr (b, 0, N_LOOK) != NULL &&
      (strstr ((const char *) b, "mnist") != NULL || strstr ((const char *) b, "ubyte") != NULL))
    return IO_KIND_TAR;

  return IO_KIND_UNKNOWN;
}

void
io_sniff_refuse (IoStream   *stream,
                 IoKind      kind,
                 const char *expected,
                 GError    **error)
{
  const char *name = io_stream_get_name (stream);
  const char *why;
  guint8 b[4] = { 0 };
  gsize n;

  switch (kind)
    {
    case IO_KIND_EMPTY:
      why = io_stream_is_packed (stream) ? _("is an empty compressed file; download it again")
                                         : _("is empty; download it again");
      break;

    case IO_KIND_DAMAGED:
      {
        guint8 byte;

        /* Says what is wrong with it. */
        if (io_stream_read (stream, &byte, 1, _("its first byte"), error))
          g_return_if_reached ();
        return;
      }

    case IO_KIND_HTML:
      why = _("is a web page, perhaps sent by a server in place of the file; download it again");
      break;

    case IO_KIND_LFS_POINTER:
      why = _("is a Git LFS pointer instead of the file; fetch the file with “git lfs pull”");
      break;

    case IO_KIND_ZIP:
      why = _("is a ZIP archive; unpack it and choose the folder");
      break;

    case IO_KIND_TAR:
      why = _("is a tar archive; unpack it and choose the folder");
      break;

    case IO_KIND_HDF5:
      why = _("is an HDF5 file");
      break;

    case IO_KIND_IDX:
      why = _("is a different kind of IDX file");
      break;

    case IO_KIND_PICKLE:
      why = _("is a Python pickle");
      break;

    case IO_KIND_UNKNOWN:
    default:
      n = io_stream_peek (stream, b, sizeof (b));
      if (n == sizeof (b))
        g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                     _("The format of “%s” is unknown: it begins with the bytes %02x %02x %02x %02x; expected %s"),
                     name, b[0], b[1], b[2], b[3], expected);
      else
        g_set_error (error, MLP_ERROR, MLP_ERROR_TRUNCATED,
                     _("“%s” ends at byte %zu; expected %s"), name, n, expected);
      return;
    }

  g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT, _("“%s” %s. Expected %s"), name, why, expected);
}

gboolean
io_sniff_is_xyz (const char *name)
{
  gsize length = strlen (name);

  return length > 4 && g_ascii_strcasecmp (name + length - 4, ".xyz") == 0;
}

gboolean
io_sniff_is_hidden (const char *name)
{
  const char *slash = strrchr (name, '/');

  return (slash != NULL ? slash[1] : name[0]) == '.';
}
