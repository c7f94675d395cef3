/* io-decoder.c
 *
 * bzip2 is libarchive's. xz is liblzma's, because libarchive lets a file ask for a gigabyte. (gzip
 * is IoStream's, because libarchive would not look at its checksum.)
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

/* What unpacking xz may take. “xz -9” makes files that need 65 MiB. */
#define XZ_MEMORY (G_GUINT64_CONSTANT (96) << 20)

typedef enum
{
  PACKED_NOT,
  PACKED_BZIP2,
  PACKED_XZ,
} Packed;

struct _IoDecoder
{
  char           *name;
  Packed          packed;
  IoDecoderInput  input;
  gpointer        user_data;
  struct archive *unpacker;       /* of bzip2; NULL before the first byte is read */
  lzma_stream     xz;
  gboolean        xz_ended;
  guint8         *piece;
  gboolean        ended;          /* the input */
  gboolean        empty;          /* nothing was packed */
  GError         *input_error;
};

static Packed
recognise_packing (const guint8 *b,
                   gsize         n)
{
  /* The first block, or the end where there is none. */
  if (n == IO_DECODER_N_LOOK && memcmp (b, "BZh", 3) == 0 && b[3] >= '1' && b[3] <= '9' &&
      (memcmp (b + 4, "\x31\x41\x59\x26\x53\x59", 6) == 0 || memcmp (b + 4, "\x17\x72\x45\x38\x50\x90", 6) == 0))
    return PACKED_BZIP2;
  if (n >= 6 && memcmp (b, "\xfd" "7zXZ\0", 6) == 0)
    return PACKED_XZ;

  return PACKED_NOT;
}

/* Always FALSE. @cut_off: the data end before they should */
static gboolean
set_damaged (IoDecoder  *decoder,
             gboolean    cut_off,
             const char *reason,
             GError    **error)
{
  const char *name = decoder->name;
  const char *kind = decoder->packed == PACKED_BZIP2 ? "bzip2" : "xz";

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
set_error (IoDecoder *decoder,
           GError   **error)
{
  const char *reason = archive_error_string (decoder->unpacker);

  if (decoder->input_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&decoder->input_error));
      return FALSE;
    }

  if (reason == NULL)
    reason = _("unknown cause");

  return set_damaged (decoder, decoder->ended && (strstr (reason, "truncated") != NULL ||
                                                  strstr (reason, "No progress") != NULL),
                      reason, error);
}

/* Always FALSE. */
static gboolean
set_xz_error (IoDecoder *decoder,
              lzma_ret   status,
              GError   **error)
{
  switch ((int) status)
    {
    case LZMA_MEMLIMIT_ERROR:
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   _("“%s” needs %" PRIu64 " MiB of memory to unpack; the limit is %" PRIu64 " MiB, as used by “xz -9”"),
                   decoder->name, lzma_memusage (&decoder->xz) >> 20, XZ_MEMORY >> 20);
      return FALSE;

    case LZMA_MEM_ERROR:
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   _("Not enough memory to unpack “%s”"), decoder->name);
      return FALSE;

    case LZMA_BUF_ERROR:
      return set_damaged (decoder, TRUE, "xz", error);

    case LZMA_FORMAT_ERROR:
      return set_damaged (decoder, FALSE, _("unexpected data follow"), error);

    case LZMA_OPTIONS_ERROR:
      return set_damaged (decoder, FALSE, _("an unknown filter"), error);

    default:
      return set_damaged (decoder, FALSE, _("a checksum does not match"), error);
    }
}

/* As io_decoder_read() */
static gboolean
read_xz (IoDecoder *decoder,
         guint8    *buffer,
         gsize      size,
         gsize     *n_read,
         GError   **error)
{
  decoder->xz.next_out = buffer;
  decoder->xz.avail_out = size;

  while (decoder->xz.avail_out > 0 && !decoder->xz_ended)
    {
      lzma_ret status;

      if (decoder->xz.avail_in == 0 && !decoder->ended)
        {
          gsize n;

          if (!decoder->input (decoder->user_data, decoder->piece, PIECE_SIZE, &n, error))
            return FALSE;
          decoder->ended = n < PIECE_SIZE;
          decoder->xz.next_in = decoder->piece;
          decoder->xz.avail_in = n;
        }

      status = lzma_code (&decoder->xz, decoder->ended ? LZMA_FINISH : LZMA_RUN);
      decoder->xz_ended = status == LZMA_STREAM_END;
      if (status != LZMA_OK && status != LZMA_STREAM_END)
        return set_xz_error (decoder, status, error);
    }

  *n_read = size - decoder->xz.avail_out;

  return TRUE;
}

/* libarchive's callback. */
static la_ssize_t
read_piece (struct archive *unpacker,
            void           *user_data,
            const void    **buffer)
{
  IoDecoder *decoder = user_data;
  gsize n;

  g_clear_error (&decoder->input_error);
  if (!decoder->input (decoder->user_data, decoder->piece, PIECE_SIZE, &n, &decoder->input_error))
    {
      archive_set_error (unpacker, EIO, "%s", decoder->input_error->message);
      return ARCHIVE_FATAL;
    }
  decoder->ended |= n < PIECE_SIZE;
  *buffer = decoder->piece;

  return (la_ssize_t) n;
}

static gboolean
open_bzip2 (IoDecoder *decoder,
            GError   **error)
{
  struct archive_entry *entry;
  int status;

  decoder->unpacker = archive_read_new ();
  if (decoder->unpacker == NULL)
    g_error ("No memory for libarchive");

  status = archive_read_support_filter_bzip2 (decoder->unpacker);
  /* A warning says that it would start a program for that. */
  if (status != ARCHIVE_OK)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN,
                   _("“%s” cannot be unpacked: libarchive was built without %s"), decoder->name, "bzip2");
      return FALSE;
    }

  /* An archive of one file without a name: what was packed. */
  archive_read_support_format_raw (decoder->unpacker);
  archive_read_support_format_empty (decoder->unpacker);
  if (archive_read_open (decoder->unpacker, decoder, NULL, read_piece, NULL) != ARCHIVE_OK)
    return set_error (decoder, error);
  /* It takes what is shorter than any bzip2 file for something else. */
  if (archive_filter_code (decoder->unpacker, 0) != ARCHIVE_FILTER_BZIP2)
    return set_damaged (decoder, TRUE, "bzip2", error);
  status = archive_read_next_header (decoder->unpacker, &entry);
  decoder->empty = status == ARCHIVE_EOF;

  return status == ARCHIVE_OK || decoder->empty || set_error (decoder, error);
}

static gboolean
read_bzip2 (IoDecoder *decoder,
            guint8    *buffer,
            gsize      size,
            gsize     *n_read,
            GError   **error)
{
  la_ssize_t n = 0;

  if (decoder->unpacker == NULL && !open_bzip2 (decoder, error))
    return FALSE;

  if (!decoder->empty)
    n = archive_read_data (decoder->unpacker, buffer, size);
  if (n < 0)
    return set_error (decoder, error);
  *n_read = (gsize) n;

  return TRUE;
}

IoDecoder *
io_decoder_new (const char    *name,
                const guint8  *bytes,
                gsize          n,
                IoDecoderInput input,
                gpointer       user_data)
{
  const Packed packed = recognise_packing (bytes, n);
  IoDecoder *decoder;

  g_return_val_if_fail (name != NULL && input != NULL, NULL);

  if (packed == PACKED_NOT)
    return NULL;

  decoder = g_new0 (IoDecoder, 1);
  decoder->name = g_strdup (name);
  decoder->packed = packed;
  decoder->input = input;
  decoder->user_data = user_data;
  decoder->piece = g_malloc (PIECE_SIZE);
  decoder->xz = (lzma_stream) LZMA_STREAM_INIT;

  /* It can fail for want of memory only. */
  if (packed == PACKED_XZ && lzma_stream_decoder (&decoder->xz, XZ_MEMORY, LZMA_CONCATENATED) != LZMA_OK)
    g_error ("No memory for liblzma");

  return decoder;
}

void
io_decoder_free (IoDecoder *decoder)
{
  if (decoder == NULL)
    return;

  if (decoder->unpacker != NULL)
    archive_read_free (decoder->unpacker);
  lzma_end (&decoder->xz);
  g_clear_error (&decoder->input_error);
  g_free (decoder->piece);
  g_free (decoder->name);
  g_free (decoder);
}

gboolean
io_decoder_read (IoDecoder *decoder,
                 guint8    *buffer,
                 gsize      size,
                 gsize     *n_read,
                 GError   **error)
{
  g_return_val_if_fail (decoder != NULL && buffer != NULL && n_read != NULL, FALSE);

  *n_read = 0;

  return decoder->packed == PACKED_XZ ? read_xz (decoder, buffer, size, n_read, error)
                                      : read_bzip2 (decoder, buffer, size, n_read, error);
}
