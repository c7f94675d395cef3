/* io-stream.c: one buffer of the file's bytes, one of unpacked bytes.
 *
 * gzip is inflated here, and its checksum checked. Of bzip2 and xz two streams are made: one of the
 * file's bytes, gunzipped where that is called for, and one of what the decoder makes of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "core/mlp-display.h"
#include "core/mlp-error.h"
#include "io/io-decoder-private.h"
#include "io/io-stream.h"

#define BUFFER_SIZE (32 * 1024)

/* No more bytes come out of one byte of deflate (zlib's technical notes). */
#define BEST_RATIO 1032

#define MAX_PEEK 512

/* What may come out of a packed file: that many bytes, and so many times its own. */
#define UNPACKED_SIZE  (G_GUINT64_CONSTANT (64) << 20)
#define UNPACKED_RATIO 100

struct _IoStream
{
  char         *name;
  int           fd;             /* −1: memory */

  /* The file's bytes: all of them for memory, a part for a file. */
  const guint8 *in;
  gsize         in_size;
  gsize         in_position;
  guint8       *in_buffer;
  guint64       file_size;
  guint64       file_position;  /* bytes that were put into in */

  gboolean      gzip;
  gboolean      inflating;      /* z is set up */
  gboolean      in_member;      /* … and its member has not ended */
  z_stream      z;

  IoStream     *packed;         /* in bzip2 or xz: what decoder reads; the fields above are not used */
  IoDecoder    *decoder;

  /* Unpacked bytes that were not handed out. */
  guint8       *out_buffer;
  gsize         out_start;
  gsize         out_end;

  guint64       offset;
  guint64       unpacked;       /* bytes that were unpacked */
  GError       *error;          /* (nullable): met by reading; nothing follows it */
};

/* The stream that holds the file. */
static const IoStream *
get_file (const IoStream *stream)
{
  return stream->packed != NULL ? stream->packed : stream;
}

/* Makes sure that there is input, unless the file has ended. */
static gboolean
fill_input (IoStream *stream,
            GError  **error)
{
  gssize n;

  if (stream->in_position < stream->in_size || stream->fd < 0)
    return TRUE;

  do
    n = read (stream->fd, stream->in_buffer, BUFFER_SIZE);
  while (n < 0 && errno == EINTR);

  if (n < 0)
    {
      int code = errno;

      g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN,
                   _("“%s” could not be read: %s"), stream->name, g_strerror (code));
      return FALSE;
    }

  stream->in = stream->in_buffer;
  stream->in_size = (gsize) n;
  stream->in_position = 0;
  stream->file_position += (guint64) n;

  return TRUE;
}

static gboolean
set_damaged (const IoStream *stream,
             GError        **error)
{
  g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
               _("“%s” is damaged: its gzip data are invalid after byte %" PRIu64 " of the unpacked content (%s)"), stream->name,
               stream->offset + (stream->out_end - stream->out_start),
               stream->z.msg != NULL ? stream->z.msg : _("unknown cause"));
  return FALSE;
}

/* A gzip file may be several in a row, and may be padded with zeros. */
static gboolean
start_next_member (IoStream *stream,
                   GError  **error)
{
  for (;;)
    {
      if (!fill_input (stream, error))
        return FALSE;
      if (stream->in_position == stream->in_size)
        return TRUE;
      if (stream->in[stream->in_position] != 0)
        break;
      stream->in_position++;
    }

  inflateReset (&stream->z);
  stream->in_member = TRUE;

  return TRUE;
}

static gboolean
read_decoded (IoStream *stream,
              guint8   *buffer,
              gsize     size,
              gsize    *n_read,
              GError  **error)
{
  if (!io_decoder_read (stream->decoder, buffer, size, n_read, error))
    return FALSE;

  stream->unpacked += *n_read;

  return io_stream_check_unpacked (stream, stream->unpacked, error);
}

/* As read_some(), of the file's bytes */
static gboolean
read_plain (IoStream *stream,
            guint8   *buffer,
            gsize     size,
            gsize    *n_read,
            GError  **error)
{
  *n_read = 0;

  while (*n_read == 0)
    {
      gsize available;
      int status;

      if (!fill_input (stream, error))
        return FALSE;

      available = stream->in_size - stream->in_position;

      if (!stream->gzip)
        {
          *n_read = MIN (available, size);
          if (*n_read > 0)
            memcpy (buffer, stream->in + stream->in_position, *n_read);
          stream->in_position += *n_read;
          return TRUE;
        }

      if (!stream->in_member || available == 0)
        return TRUE;

      stream->z.next_in = (Bytef *) stream->in + stream->in_position;
      stream->z.avail_in = (uInt) MIN (available, G_MAXINT);
      stream->z.next_out = buffer;
      stream->z.avail_out = (uInt) MIN (size, G_MAXINT);
      status = inflate (&stream->z, Z_NO_FLUSH);

      stream->in_position = (gsize) (stream->z.next_in - stream->in);
      *n_read = (gsize) (stream->z.next_out - buffer);
      stream->unpacked += *n_read;
      if (!io_stream_check_unpacked (stream, stream->unpacked, error))
        return FALSE;

      if (status == Z_STREAM_END)
        {
          stream->in_member = FALSE;
          if (!start_next_member (stream, error))
            return FALSE;
        }
      else if (status != Z_OK && status != Z_BUF_ERROR)
        return set_damaged (stream, error);
    }

  return TRUE;
}

/* Up to @size bytes; *@n_read is 0 at the end of the data, and at the end of
 * a file that is cut off. */
static gboolean
read_some (IoStream *stream,
           guint8   *buffer,
           gsize     size,
           gsize    *n_read,
           GError  **error)
{
  *n_read = 0;

  if (stream->error == NULL && stream->decoder != NULL)
    read_decoded (stream, buffer, size, n_read, &stream->error);
  else if (stream->error == NULL)
    read_plain (stream, buffer, size, n_read, &stream->error);

  return io_stream_check (stream, error);
}

static IoStream *
stream_new (const char *name,
            int         fd)
{
  IoStream *stream = g_new0 (IoStream, 1);

  stream->name = g_strdup (name);
  stream->fd = fd;
  stream->out_buffer = g_malloc (BUFFER_SIZE);

  return stream;
}

static void
recognise_gzip (IoStream *stream)
{
  stream->gzip = stream->in_size >= 2 && stream->in[0] == 0x1f && stream->in[1] == 0x8b;

  if (stream->gzip)
    {
      /* + 16: a gzip header, and nothing else. It can fail for want of memory
       * only. */
      if (inflateInit2 (&stream->z, MAX_WBITS + 16) != Z_OK)
        g_error ("No memory for zlib");
      stream->inflating = TRUE;
      stream->in_member = TRUE;
    }
}

static gboolean
read_input (gpointer user_data,
            void    *buffer,
            gsize    size,
            gsize   *n_read,
            GError **error)
{
  return io_stream_read_some (user_data, buffer, size, n_read, error);
}

/* Takes over @stream. (transfer full): what is in it, unpacked */
static IoStream *
unpack_stream (IoStream *stream)
{
  guint8 b[IO_DECODER_N_LOOK];
  const guint8 *bytes = stream->in;
  gsize n = MIN (stream->in_size, sizeof (b));
  IoDecoder *decoder;
  IoStream *unpacked;

  if (stream->gzip)
    {
      n = io_stream_peek (stream, b, sizeof (b));
      bytes = b;
    }

  decoder = io_decoder_new (stream->name, bytes, n, read_input, stream);
  if (decoder == NULL)
    return stream;

  unpacked = stream_new (stream->name, -1);
  unpacked->packed = stream;
  unpacked->decoder = decoder;

  return unpacked;
}

IoStream *
io_stream_open (const char *path,
                GError    **error)
{
  g_autofree char *name = NULL;
  g_autoptr(IoStream) stream = NULL;
  struct stat info;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  /* O_NONBLOCK: a pipe of that name must not hold us up. */
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0)
    {
      int code = errno;

      g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN,
                   _("“%s” could not be opened: %s"), path, g_strerror (code));
      return NULL;
    }

  name = mlp_display_text (path, NULL);
  stream = stream_new (name, fd);

  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN,
                   _("“%s” could not be opened: it is not a file"), path);
      return NULL;
    }

  stream->file_size = (guint64) info.st_size;
  stream->in_buffer = g_malloc (BUFFER_SIZE);
  if (!fill_input (stream, error))
    return NULL;
  recognise_gzip (stream);

  return unpack_stream (g_steal_pointer (&stream));
}

IoStream *
io_stream_new_memory (const char   *name,
                      const guint8 *data,
                      gsize         size)
{
  g_autofree char *shown = NULL;
  IoStream *stream;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (data != NULL || size == 0, NULL);

  shown = mlp_display_text (name, NULL);
  stream = stream_new (shown, -1);
  stream->in = data;
  stream->in_size = size;
  stream->file_size = size;
  stream->file_position = size;
  recognise_gzip (stream);

  return unpack_stream (stream);
}

void
io_stream_close (IoStream *stream)
{
  if (stream == NULL)
    return;

  if (stream->inflating)
    inflateEnd (&stream->z);
  if (stream->fd >= 0)
    close (stream->fd);
  io_decoder_free (stream->decoder);
  io_stream_close (stream->packed);
  g_clear_error (&stream->error);
  g_free (stream->in_buffer);
  g_free (stream->out_buffer);
  g_free (stream->name);
  g_free (stream);
}

const char *
io_stream_get_name (const IoStream *stream)
{
  g_return_val_if_fail (stream != NULL, NULL);

  return stream->name;
}

gsize
io_stream_get_offset (const IoStream *stream)
{
  g_return_val_if_fail (stream != NULL, 0);

  return stream->offset;
}

/* In the file */
static guint64
get_position (const IoStream *stream)
{
  const IoStream *file = get_file (stream);

  return file->file_position - (file->in_size - file->in_position);
}

double
io_stream_get_fraction (const IoStream *stream)
{
  g_return_val_if_fail (stream != NULL, 0.0);

  if (get_file (stream)->file_size == 0)
    return 1.0;

  return MIN (1.0, (double) get_position (stream) / (double) get_file (stream)->file_size);
}

gboolean
io_stream_is_packed (const IoStream *stream)
{
  g_return_val_if_fail (stream != NULL, FALSE);

  return stream->gzip || stream->packed != NULL;
}

gboolean
io_stream_check (const IoStream *stream,
                 GError        **error)
{
  g_return_val_if_fail (stream != NULL, FALSE);

  if (stream->error == NULL)
    return TRUE;

  g_propagate_error (error, g_error_copy (stream->error));

  return FALSE;
}

guint64
io_stream_get_file_size (const IoStream *stream)
{
  g_return_val_if_fail (stream != NULL, 0);

  return get_file (stream)->file_size;
}

guint64
io_stream_get_trusted_size (guint64 file_size)
{
  return UNPACKED_SIZE + UNPACKED_RATIO * MIN (file_size, G_MAXUINT64 / 2 / UNPACKED_RATIO);
}

gboolean
io_stream_check_unpacked (const IoStream *stream,
                          guint64         size,
                          GError        **error)
{
  guint64 file_size, most;

  g_return_val_if_fail (stream != NULL, FALSE);

  file_size = get_file (stream)->file_size;
  most = io_stream_get_trusted_size (file_size);
  if (size <= most)
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
               _("“%s” unpacks to more than %" PRIu64 " MiB, the limit for a file of %" PRIu64 " bytes"),
               stream->name, most >> 20, file_size);
  return FALSE;
}

gboolean
io_stream_check_size (IoStream   *stream,
                      guint64     size,
                      const char *what,
                      GError    **error)
{
  guint64 packed, most;

  g_return_val_if_fail (stream != NULL, FALSE);

  /* No limit of the formats is below what a packed file is trusted with. */
  if (stream->packed != NULL)
    return io_stream_check_unpacked (stream, size, error);

  /* What is in the file at most: input that was not inflated, and output that
   * was not handed out. inflate() itself holds back less than a window. */
  packed = stream->file_size - MIN (stream->file_size, get_position (stream));
  most = packed;
  if (stream->gzip)
    most = packed > G_MAXUINT64 / BEST_RATIO ? G_MAXUINT64 : packed * BEST_RATIO + 65536;
  most += stream->out_end - stream->out_start;

  if (size <= most)
    return !stream->gzip || io_stream_check_unpacked (stream, size, error);

  g_set_error (error, MLP_ERROR, MLP_ERROR_TRUNCATED,
               stream->gzip
               ? _("“%s” is truncated: its header declares %" PRIu64 " bytes for %s after byte %" PRIu64 ", but the file "
                   "holds at most %" PRIu64)
               : _("“%s” is truncated: its header declares %" PRIu64 " bytes for %s after byte %" PRIu64 ", but the file "
                   "holds %" PRIu64),
               stream->name, size, what, stream->offset, most);
  return FALSE;
}

/* Fills @buffer; *@n_read is less than @size at the end of the data only. */
static gboolean
read_up_to (IoStream *stream,
            guint8   *buffer,
            gsize     size,
            gsize    *n_read,
            GError  **error)
{
  *n_read = 0;

  while (*n_read < size)
    {
      guint8 *to = buffer + *n_read;
      gsize left = size - *n_read;
      gsize n = MIN (left, stream->out_end - stream->out_start);

      if (n > 0)
        {
          memcpy (to, stream->out_buffer + stream->out_start, n);
          stream->out_start += n;
        }
      else if (left >= BUFFER_SIZE)
        {
          if (!read_some (stream, to, left, &n, error))
            return FALSE;
        }
      else
        {
          stream->out_start = 0;
          stream->out_end = 0;
          if (!read_some (stream, stream->out_buffer, BUFFER_SIZE, &stream->out_end, error))
            return FALSE;
          if (stream->out_end > 0)
            continue;
        }

      if (n == 0)
        return TRUE;

      *n_read += n;
      stream->offset += n;
    }

  return TRUE;
}

gboolean
io_stream_read (IoStream   *stream,
                void       *buffer,
                gsize       size,
                const char *what,
                GError    **error)
{
  gsize n;

  g_return_val_if_fail (stream != NULL, FALSE);
  g_return_val_if_fail (buffer != NULL || size == 0, FALSE);

  if (!read_up_to (stream, buffer, size, &n, error))
    return FALSE;

  if (n < size)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TRUNCATED,
                   io_stream_is_packed (stream)
                   ? _("“%s” ends after %" PRIu64 " bytes of unpacked content, in the middle of %s; it seems to be "
                       "truncated")
                   : _("“%s” ends after %" PRIu64 " bytes, in the middle of %s; it seems to be truncated"),
                   stream->name, stream->offset, what);
      return FALSE;
    }

  return TRUE;
}

static gboolean
set_cut_off (const IoStream *stream,
             GError        **error)
{
  g_set_error (error, MLP_ERROR, MLP_ERROR_TRUNCATED,
               _("“%s” is truncated: the checksum at its end is missing"), stream->name);
  return FALSE;
}

gboolean
io_stream_read_some (IoStream *stream,
                     void     *buffer,
                     gsize     size,
                     gsize    *n_read,
                     GError  **error)
{
  g_return_val_if_fail (stream != NULL, FALSE);
  g_return_val_if_fail (buffer != NULL || size == 0, FALSE);
  g_return_val_if_fail (n_read != NULL, FALSE);

  if (!read_up_to (stream, buffer, size, n_read, error))
    return FALSE;

  return *n_read == size || !stream->in_member || set_cut_off (stream, error);
}

gsize
io_stream_peek (IoStream *stream,
                void     *buffer,
                gsize     size)
{
  gsize n;

  g_return_val_if_fail (stream != NULL, 0);
  g_return_val_if_fail (size <= MAX_PEEK, 0);

  memmove (stream->out_buffer, stream->out_buffer + stream->out_start,
           stream->out_end - stream->out_start);
  stream->out_end -= stream->out_start;
  stream->out_start = 0;

  /* An error is met again by the next read. */
  while (stream->out_end < size)
    {
      if (!read_some (stream, stream->out_buffer + stream->out_end,
                      BUFFER_SIZE - stream->out_end, &n, NULL) || n == 0)
        break;
      stream->out_end += n;
    }

  n = MIN (size, stream->out_end);
  memcpy (buffer, stream->out_buffer, n);

  return n;
}

gboolean
io_stream_finish (IoStream   *stream,
                  const char *what,
                  GError    **error)
{
  g_return_val_if_fail (stream != NULL, FALSE);

  if (stream->out_start == stream->out_end)
    {
      stream->out_start = 0;
      stream->out_end = 0;
      if (!read_some (stream, stream->out_buffer, BUFFER_SIZE, &stream->out_end, error))
        return FALSE;
    }

  if (stream->out_start < stream->out_end)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("“%s” is longer than its header declares: %s ends at byte %" PRIu64 ", and more data follow"),
                   stream->name, what, stream->offset);
      return FALSE;
    }

  return !stream->in_member || set_cut_off (stream, error);
}
