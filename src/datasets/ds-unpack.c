/* ds-unpack.c: bytes of a file, plain or in gzip, bzip2 or xz.
 *
 * gzip is DsStream's, because libarchive would not look at its checksum; bzip2
 * and xz are libarchive's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "datasets/ds-unpack.h"

/* Handed to libarchive at a time. */
#define PIECE_SIZE (64 * 1024)

typedef enum
{
  PACKED_NOT,
  PACKED_BZIP2,
  PACKED_XZ,
} Packed;

struct _DsUnpack
{
  DsStream       *stream;
  Packed          packed;
  struct archive *unpacker;       /* (nullable): where it is not packed */
  guint8         *piece;
  gboolean        ended;          /* the stream */
  gboolean        empty;          /* nothing was packed */
  GError         *stream_error;
};

static Packed
recognise (DsStream *stream)
{
  guint8 b[10];
  gsize n = ds_stream_peek (stream, b, sizeof (b));

  /* The first block, or the end where there is none. */
  if (n == 10 && memcmp (b, "BZh", 3) == 0 && b[3] >= '1' && b[3] <= '9' &&
      (memcmp (b + 4, "\x31\x41\x59\x26\x53\x59", 6) == 0 || memcmp (b + 4, "\x17\x72\x45\x38\x50\x90", 6) == 0))
    return PACKED_BZIP2;
  if (n >= 6 && memcmp (b, "\xfd" "7zXZ\0", 6) == 0)
    return PACKED_XZ;

  return PACKED_NOT;
}

gboolean
ds_unpack_recognise (DsStream *stream)
{
  g_return_val_if_fail (stream != NULL, FALSE);

  return recognise (stream) != PACKED_NOT;
}

/* Says what libarchive says; always FALSE. */
static gboolean
set_error (DsUnpack *unpack,
           GError  **error)
{
  const char *name = ds_stream_get_name (unpack->stream);
  const char *kind = unpack->packed == PACKED_BZIP2 ? "bzip2" : "xz";
  const char *reason = archive_error_string (unpack->unpacker);

  if (unpack->stream_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&unpack->stream_error));
      return FALSE;
    }

  if (reason == NULL)
    reason = "unknown cause";

  if (unpack->ended && (strstr (reason, "truncated") != NULL || strstr (reason, "No progress") != NULL))
    g_set_error (error, MLP_ERROR, MLP_ERROR_TRUNCATED,
                 _("“%s” is cut off: its %s data end too early (%s)"), name, kind, reason);
  else
    g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                 _("“%s” is damaged: its %s data are wrong (%s)"), name, kind, reason);

  return FALSE;
}

/* libarchive's callback. */
static la_ssize_t
hand_piece (struct archive *unpacker,
            void           *user_data,
            const void    **buffer)
{
  DsUnpack *unpack = user_data;
  gsize n;

  g_clear_error (&unpack->stream_error);
  if (!ds_stream_read_some (unpack->stream, unpack->piece, PIECE_SIZE, &n, &unpack->stream_error))
    {
      archive_set_error (unpacker, EIO, "%s", unpack->stream_error->message);
      return ARCHIVE_FATAL;
    }
  unpack->ended |= n < PIECE_SIZE;
  *buffer = unpack->piece;

  return (la_ssize_t) n;
}

static gboolean
open_unpacker (DsUnpack *unpack,
               GError  **error)
{
  struct archive_entry *entry;
  int status;

  unpack->unpacker = archive_read_new ();
  if (unpack->unpacker == NULL)
    g_error ("No memory for libarchive");
  unpack->piece = g_malloc (PIECE_SIZE);

  status = unpack->packed == PACKED_BZIP2 ? archive_read_support_filter_bzip2 (unpack->unpacker)
                                          : archive_read_support_filter_xz (unpack->unpacker);
  /* A warning says that it would start a program for that. */
  if (status != ARCHIVE_OK)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN,
                   _("“%s” cannot be unpacked: libarchive was built without %s"),
                   ds_stream_get_name (unpack->stream), unpack->packed == PACKED_BZIP2 ? "bzip2" : "xz");
      return FALSE;
    }

  /* An archive of one file without a name: what was packed. */
  archive_read_support_format_raw (unpack->unpacker);
  archive_read_support_format_empty (unpack->unpacker);
  if (archive_read_open (unpack->unpacker, unpack, NULL, hand_piece, NULL) != ARCHIVE_OK)
    return set_error (unpack, error);
  status = archive_read_next_header (unpack->unpacker, &entry);
  unpack->empty = status == ARCHIVE_EOF;

  return status == ARCHIVE_OK || unpack->empty || set_error (unpack, error);
}

DsUnpack *
ds_unpack_new (DsStream *stream,
               GError  **error)
{
  g_autoptr(DsUnpack) unpack = NULL;

  g_return_val_if_fail (stream != NULL, NULL);

  unpack = g_new0 (DsUnpack, 1);
  unpack->stream = stream;
  unpack->packed = recognise (stream);
  if (unpack->packed != PACKED_NOT && !open_unpacker (unpack, error))
    return NULL;

  return g_steal_pointer (&unpack);
}

void
ds_unpack_close (DsUnpack *unpack)
{
  if (unpack == NULL)
    return;

  if (unpack->unpacker != NULL)
    archive_read_free (unpack->unpacker);
  ds_stream_close (unpack->stream);
  g_clear_error (&unpack->stream_error);
  g_free (unpack->piece);
  g_free (unpack);
}

gboolean
ds_unpack_read (DsUnpack *unpack,
                void     *buffer,
                gsize     size,
                gsize    *n_read,
                GError  **error)
{
  la_ssize_t n;

  g_return_val_if_fail (unpack != NULL, FALSE);
  g_return_val_if_fail (buffer != NULL || size == 0, FALSE);
  g_return_val_if_fail (n_read != NULL, FALSE);

  *n_read = 0;
  if (unpack->unpacker == NULL)
    return ds_stream_read_some (unpack->stream, buffer, size, n_read, error);
  if (unpack->empty)
    return TRUE;

  n = archive_read_data (unpack->unpacker, buffer, size);
  if (n < 0)
    return set_error (unpack, error);
  *n_read = (gsize) n;

  return TRUE;
}

double
ds_unpack_get_fraction (const DsUnpack *unpack)
{
  g_return_val_if_fail (unpack != NULL, 0.0);

  return ds_stream_get_fraction (unpack->stream);
}
