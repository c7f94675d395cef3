/* io-decoder.c: bytes of a file, plain or in gzip, bzip2 or xz.
 *
 * gzip is IoStream's, because libarchive would not look at its checksum; bzip2 is
 * libarchive's. xz is liblzma's, because libarchive lets a file ask for a gigabyte.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <lzma.h>
#include <string.h>

#include "core/mlp-error.h"
#include "io/io-decoder-private.h"

/* Handed to libarchive at a time. */
#define PIECE_SIZE (64 * 1024)

/* Lines that a packed text may have: so many, and one for that many bytes of the file. */
#define LINES          32768
#define BYTES_PER_LINE 2

/* What unpacking xz may take. “xz -9” makes files that need 65 MiB. */
#define XZ_MEMORY (G_GUINT64_CONSTANT (96) << 20)

typedef enum
{
  PACKED_NOT,
  PACKED_BZIP2,
  PACKED_XZ,
} Packed;

struct _IoUnpack
{
  IoStream       *stream;
  Packed          packed;
  struct archive *unpacker;       /* of bzip2 */
  lzma_stream     xz;
  gboolean        xz_ended;
  guint64         n_unpacked;
  guint8         *piece;
  gboolean        ended;          /* the stream */
  gboolean        empty;          /* nothing was packed */
  GError         *stream_error;
};

static Packed
recognise_packing (IoStream *stream)
{
  guint8 b[10];
  gsize n = io_stream_peek (stream, b, sizeof (b));

  /* The first block, or the end where there is none. */
  if (n == 10 && memcmp (b, "BZh", 3) == 0 && b[3] >= '1' && b[3] <= '9' &&
      (memcmp (b + 4, "\x31\x41\x59\x26\x53\x59", 6) == 0 || memcmp (b + 4, "\x17\x72\x45\x38\x50\x90", 6) == 0))
    return PACKED_BZIP2;
  if (n >= 6 && memcmp (b, "\xfd" "7zXZ\0", 6) == 0)
    return PACKED_XZ;

  return PACKED_NOT;
}

gboolean
io_unpack_recognise (IoStream *stream)
{
  g_return_val_if_fail (stream != NULL, FALSE);

  return recognise_packing (stream) != PACKED_NOT;
}

/* Always FALSE. @cut_off: the data end before they should */
static gboolean
set_damaged (IoUnpack   *unpack,
             gboolean    cut_off,
             const char *reason,
             GError    **error)
{
  const char *name = io_stream_get_name (unpack->stream);
  const char *kind = unpack->packed == PACKED_BZIP2 ? "bzip2" : "xz";

  if (cut_off)
    g_set_error (error, MLP_ERROR, MLP_ERROR_TRUNCATED,
                 _("“%s” is truncated: its %s data end unexpectedly (%s)"), name, kind, reason);
  else
    g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                 _("“%s” is damaged: its %s data are invalid (%s)"), name, kind, reason);

  return FALSE;
}

/* Says what libarchive says; always FALSE. */
static gboolean
set_error (IoUnpack *unpack,
           GError  **error)
{
  const char *reason = archive_error_string (unpack->unpacker);

  if (unpack->stream_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&unpack->stream_error));
      return FALSE;
    }

  if (reason == NULL)
    reason = _("unknown cause");

  return set_damaged (unpack, unpack->ended && (strstr (reason, "truncated") != NULL || strstr (reason, "No progress") != NULL),
                      reason, error);
}

/* Always FALSE. */
static gboolean
set_xz_error (IoUnpack *unpack,
              lzma_ret  status,
              GError  **error)
{
  switch ((int) status)
    {
    case LZMA_MEMLIMIT_ERROR:
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   _("“%s” needs %" PRIu64 " MiB of memory to unpack; the limit is %" PRIu64 " MiB, as used by “xz -9”"),
                   io_stream_get_name (unpack->stream), lzma_memusage (&unpack->xz) >> 20, XZ_MEMORY >> 20);
      return FALSE;

    case LZMA_MEM_ERROR:
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   _("Not enough memory to unpack “%s”"), io_stream_get_name (unpack->stream));
      return FALSE;

    case LZMA_BUF_ERROR:
      return set_damaged (unpack, TRUE, "xz", error);

    case LZMA_FORMAT_ERROR:
      return set_damaged (unpack, FALSE, _("unexpected data follow"), error);

    case LZMA_OPTIONS_ERROR:
      return set_damaged (unpack, FALSE, _("an unknown filter"), error);

    default:
      return set_damaged (unpack, FALSE, _("a checksum does not match"), error);
    }
}

/* As io_unpack_read() */
static gboolean
read_xz (IoUnpack *unpack,
         guint8   *buffer,
         gsize     size,
         gsize    *n_read,
         GError  **error)
{
  unpack->xz.next_out = buffer;
  unpack->xz.avail_out = size;

  while (unpack->xz.avail_out > 0 && !unpack->xz_ended)
    {
      lzma_ret status;

      if (unpack->xz.avail_in == 0 && !unpack->ended)
        {
          gsize n;

          if (!io_stream_read_some (unpack->stream, unpack->piece, PIECE_SIZE, &n, error))
            return FALSE;
          unpack->ended = n < PIECE_SIZE;
          unpack->xz.next_in = unpack->piece;
          unpack->xz.avail_in = n;
        }

      status = lzma_code (&unpack->xz, unpack->ended ? LZMA_FINISH : LZMA_RUN);
      unpack->xz_ended = status == LZMA_STREAM_END;
      if (status != LZMA_OK && status != LZMA_STREAM_END)
        return set_xz_error (unpack, status, error);
    }

  *n_read = size - unpack->xz.avail_out;

  return TRUE;
}

/* libarchive's callback. */
static la_ssize_t
read_piece (struct archive *unpacker,
            void           *user_data,
            const void    **buffer)
{
  IoUnpack *unpack = user_data;
  gsize n;

  g_clear_error (&unpack->stream_error);
  if (!io_stream_read_some (unpack->stream, unpack->piece, PIECE_SIZE, &n, &unpack->stream_error))
    {
      archive_set_error (unpacker, EIO, "%s", unpack->stream_error->message);
      return ARCHIVE_FATAL;
    }
  unpack->ended |= n < PIECE_SIZE;
  *buffer = unpack->piece;

  return (la_ssize_t) n;
}

static void
open_xz (IoUnpack *unpack)
{
  unpack->piece = g_malloc (PIECE_SIZE);

  /* It can fail for want of memory only. */
  if (lzma_stream_decoder (&unpack->xz, XZ_MEMORY, LZMA_CONCATENATED) != LZMA_OK)
    g_error ("No memory for liblzma");
}

static gboolean
open_bzip2 (IoUnpack *unpack,
            GError  **error)
{
  struct archive_entry *entry;
  int status;

  unpack->unpacker = archive_read_new ();
  if (unpack->unpacker == NULL)
    g_error ("No memory for libarchive");
  unpack->piece = g_malloc (PIECE_SIZE);

  status = archive_read_support_filter_bzip2 (unpack->unpacker);
  /* A warning says that it would start a program for that. */
  if (status != ARCHIVE_OK)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN,
                   _("“%s” cannot be unpacked: libarchive was built without %s"),
                   io_stream_get_name (unpack->stream), "bzip2");
      return FALSE;
    }

  /* An archive of one file without a name: what was packed. */
  archive_read_support_format_raw (unpack->unpacker);
  archive_read_support_format_empty (unpack->unpacker);
  if (archive_read_open (unpack->unpacker, unpack, NULL, read_piece, NULL) != ARCHIVE_OK)
    return set_error (unpack, error);
  status = archive_read_next_header (unpack->unpacker, &entry);
  unpack->empty = status == ARCHIVE_EOF;

  return status == ARCHIVE_OK || unpack->empty || set_error (unpack, error);
}

IoUnpack *
io_unpack_new (IoStream *stream,
               GError  **error)
{
  g_autoptr(IoUnpack) unpack = NULL;

  g_return_val_if_fail (stream != NULL, NULL);

  unpack = g_new0 (IoUnpack, 1);
  unpack->stream = stream;
  unpack->xz = (lzma_stream) LZMA_STREAM_INIT;
  unpack->packed = recognise_packing (stream);
  if (unpack->packed == PACKED_XZ)
    open_xz (unpack);
  else if (unpack->packed == PACKED_BZIP2 && !open_bzip2 (unpack, error))
    return NULL;

  return g_steal_pointer (&unpack);
}

void
io_unpack_close (IoUnpack *unpack)
{
  if (unpack == NULL)
    return;

  if (unpack->unpacker != NULL)
    archive_read_free (unpack->unpacker);
  lzma_end (&unpack->xz);
  io_stream_close (unpack->stream);
  g_clear_error (&unpack->stream_error);
  g_free (unpack->piece);
  g_free (unpack);
}

gboolean
io_unpack_read (IoUnpack *unpack,
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
  if (unpack->packed == PACKED_NOT)
    return io_stream_read_some (unpack->stream, buffer, size, n_read, error);
  if (unpack->empty)
    return TRUE;

  if (unpack->packed == PACKED_XZ)
    {
      if (!read_xz (unpack, buffer, size, n_read, error))
        return FALSE;
    }
  else
    {
      n = archive_read_data (unpack->unpacker, buffer, size);
      if (n < 0)
        return set_error (unpack, error);
      *n_read = (gsize) n;
    }

  unpack->n_unpacked += *n_read;

  return io_stream_check_unpacked (unpack->stream, unpack->n_unpacked, error);
}

gboolean
io_unpack_check_lines (const IoUnpack *unpack,
                       guint64         n,
                       GError        **error)
{
  guint64 size;

  g_return_val_if_fail (unpack != NULL, FALSE);

  size = io_stream_get_file_size (unpack->stream);
  if (n <= LINES + size / BYTES_PER_LINE || (unpack->packed == PACKED_NOT && !io_stream_is_gzip (unpack->stream)))
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
               _("“%s” has more than %" PRIu64 " lines, the limit for a packed file of %" PRIu64 " bytes; unpack it first "
                 "if you trust it"),
               io_stream_get_name (unpack->stream), LINES + size / BYTES_PER_LINE, size);
  return FALSE;
}

double
io_unpack_get_fraction (const IoUnpack *unpack)
{
  g_return_val_if_fail (unpack != NULL, 0.0);

  return io_stream_get_fraction (unpack->stream);
}
