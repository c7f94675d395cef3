/* ds-idx.c: one file in IDX format, of bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/mlp-error.h"
#include "datasets/mnist/ds-idx.h"
#include "io/io-sniff.h"

/* Pictures larger than that are no MNIST: it bounds a layer's width, too. */
#define MAX_SIDE 1024

/* Bytes of all pictures of a file; EMNIST's largest has 547 million. */
#define MAX_BYTES (G_GUINT64_CONSTANT (1) << 30)

/* Bytes that a sample takes besides its picture: in the order of the samples, its split, lists of
 * its pixels. Of a packed file of tiny pictures it is most of them. */
#define SAMPLE_COST 64

/* Between two calls of the progress function. */
#define CHUNK (1024 * 1024)

static const char *
describe_rank (guint rank)
{
  return rank == 1 ? _("labels in IDX format (first bytes 00 00 08 01)")
                   : _("images in IDX format (first bytes 00 00 08 03)");
}

gboolean
ds_idx_read_header (IoStream    *stream,
                    guint        rank,
                    DsIdxHeader *header,
                    GError     **error)
{
  const char *name = io_stream_get_name (stream);
  guint8 magic[4];
  guint32 sizes[3] = { 0, 1, 1 };
  IoKind kind;

  g_return_val_if_fail (rank == 1 || rank == 3, FALSE);

  kind = io_sniff (stream);
  if (kind != IO_KIND_IDX)
    {
      io_sniff_refuse (stream, kind, describe_rank (rank), error);
      return FALSE;
    }

  if (!io_stream_read (stream, magic, sizeof (magic), _("the IDX header"), error))
    return FALSE;

  if (magic[2] != 0x08 || magic[3] != rank)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("“%s” begins with the bytes %02x %02x %02x %02x; expected %s"),
                   name, magic[0], magic[1], magic[2], magic[3], describe_rank (rank));
      return FALSE;
    }

  if (!io_stream_read (stream, sizes, rank * sizeof (guint32), _("the IDX header"), error))
    return FALSE;

  header->rank = rank;
  header->n = GUINT32_FROM_BE (sizes[0]);
  header->rows = rank == 3 ? GUINT32_FROM_BE (sizes[1]) : 1;
  header->columns = rank == 3 ? GUINT32_FROM_BE (sizes[2]) : 1;

  if (header->n == 0)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("The header of “%s” (byte 4) declares no items"), name);
      return FALSE;
    }

  if (header->rows < 1 || header->columns < 1 ||
      header->rows > MAX_SIDE || header->columns > MAX_SIDE)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("The header of “%s” (byte 8) declares images of %u × %u pixels; expected 1 to %d per side"),
                   name, header->columns, header->rows, MAX_SIDE);
      return FALSE;
    }

  if ((guint64) header->n * header->rows * header->columns > MAX_BYTES)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   _("The header of “%s” (byte 4) declares %u items of %u × %u bytes; the limit is 1 GiB"),
                   name, header->n, header->columns, header->rows);
      return FALSE;
    }

  return io_stream_check_size (stream, (guint64) header->n * header->rows * header->columns,
                               rank == 3 ? _("the images") : _("the labels"), error) &&
         (!io_stream_is_packed (stream) ||
          io_stream_check_unpacked (stream, (guint64) header->n * ((guint64) header->rows * header->columns + SAMPLE_COST), error));
}

gboolean
ds_idx_read_bytes (IoStream          *stream,
                   const DsIdxHeader *header,
                   guint8            *bytes,
                   IoProgressFunc     progress,
                   gpointer           user_data,
                   GError           **error)
{
  const char *what = header->rank == 3 ? _("the images") : _("the labels");
  gsize size = (gsize) header->n * header->rows * header->columns;

  for (gsize done = 0; done < size;)
    {
      gsize n = MIN (size - done, CHUNK);

      if (!io_stream_read (stream, bytes + done, n, what, error))
        return FALSE;
      done += n;

      if (progress != NULL && !progress ((double) done / (double) size, user_data))
        {
          g_set_error (error, MLP_ERROR, MLP_ERROR_CANCELLED,
                       _("Reading “%s” was cancelled"), io_stream_get_name (stream));
          return FALSE;
        }
    }

  return io_stream_finish (stream, what, error);
}
