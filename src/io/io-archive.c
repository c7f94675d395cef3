/* io-archive.c: iteration over the files in an archive or a folder.
 *
 * libarchive's reader of tar gets its bytes from IoStream, and not from a filter
 * of its own: so what follows the last file passes through our hands, and its
 * checksums are come to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "core/mlp-display.h"
#include "core/mlp-error.h"
#include "io/io-archive.h"
#include "io/io-sniff.h"

#define TAR_BLOCK 512

/* Handed to libarchive at a time. A whole number of tar blocks, so that none is
 * in two pieces. */
#define BUFFER_SIZE (128 * TAR_BLOCK)

/* Between two calls of the progress function: pieces of an archive, or files. */
#define PIECES_A_CALL 16
#define FILES_A_CALL 256

/* What may fill up an archive's last block on a tape. */
#define MAX_PADDING (16 * 1024 * 1024)

/* Files in an archive of so many bytes: a small molecule or drawing takes 200 bytes or more
 * of a packed archive, so that only what is made to take for ever has more. */
#define MAX_FILES 10000
#define BYTES_A_FILE 128

typedef enum
{
  FORM_NONE,
  FORM_TAR,           /* packed or not */
  FORM_ZIP,
  FORM_FOLDER,
} Form;

struct _IoArchive
{
  char           *name;
  Form            form;
  char           *entry;          /* (nullable): before the first */
  guint           n_entries;
  gboolean        at_end;

  GPtrArray      *files;          /* of a folder: their names */

  IoStream       *stream;         /* … and the one that is being read */

  struct archive *reader;         /* of an archive */
  IoStream       *tar;            /* where the reader's tar comes from */
  guint8         *buffer;         /* the last piece that was handed to it */
  gsize           piece_size;
  gint64          handed;         /* bytes of all pieces */
  GError         *input_error;    /* why there was no piece */
  guint64         file_size;
  IoStream       *zip;            /* its file, which the reader opens itself */
  guint64         n_unpacked;     /* bytes of a ZIP archive's files that were read */

  IoProgressFunc  progress;
  gpointer        user_data;
};

/* Whether the checksum of a tar header is right: of its bytes, those of the
 * checksum itself taken for spaces. */
static gboolean
is_tar_header (const guint8 *block)
{
  guint stated = 0, sum = 0;
  gboolean digits = FALSE;

  for (gsize i = 148; i < 156; i++)
    {
      if (block[i] >= '0' && block[i] <= '7')
        {
          stated = 8 * stated + (guint) (block[i] - '0');
          digits = TRUE;
        }
      else if (digits || block[i] != ' ')
        break;
    }

  for (gsize i = 0; i < TAR_BLOCK; i++)
    sum += i >= 148 && i < 156 ? ' ' : block[i];

  return digits && stated == sum;
}

/* An empty tar archive is nothing but zeros. */
static gboolean
is_empty_block (const guint8 *block)
{
  return block[0] == 0 && memcmp (block, block + 1, TAR_BLOCK - 1) == 0;
}

static Form
recognise_form (IoStream *stream)
{
  guint8 b[TAR_BLOCK];
  gsize n = io_stream_peek (stream, b, sizeof (b));

  if (n >= 4 && (memcmp (b, "PK\3\4", 4) == 0 || memcmp (b, "PK\5\6", 4) == 0))
    return io_stream_is_packed (stream) ? FORM_NONE : FORM_ZIP;
  if (n == TAR_BLOCK && (is_tar_header (b) || (io_stream_is_packed (stream) && is_empty_block (b))))
    return FORM_TAR;

  /* One that cannot be unpacked: its reader says why. */
  if (n == 0 && io_stream_is_packed (stream) && !io_stream_check (stream, NULL))
    return FORM_TAR;

  return FORM_NONE;
}

gboolean
io_archive_recognise (IoStream *stream)
{
  g_return_val_if_fail (stream != NULL, FALSE);

  return recognise_form (stream) != FORM_NONE;
}

/* Names the file that was come to, in the message of what went wrong; always
 * FALSE. */
static gboolean
add_place (IoArchive *archive,
           GError    *reason,
           GError   **error)
{
  if (archive->entry == NULL || g_error_matches (reason, MLP_ERROR, MLP_ERROR_CANCELLED))
    {
      g_propagate_error (error, reason);
      return FALSE;
    }

  g_set_error (error, reason->domain, reason->code,
               _("%s. The last file found in it was “%s”"), reason->message, archive->entry);
  g_error_free (reason);

  return FALSE;
}

/* What libarchive's reader says, or what it was handed; always FALSE. */
static gboolean
set_error (IoArchive *archive,
           GError   **error)
{
  const char *reason = archive_error_string (archive->reader);
  gboolean cut_off;

  if (archive->input_error != NULL)
    return add_place (archive, g_steal_pointer (&archive->input_error), error);

  if (reason == NULL)
    reason = _("unknown cause");

  if (archive->entry == NULL && strstr (reason, "Unrecognized") != NULL)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   archive->form == FORM_ZIP ? _("“%s” is not a complete ZIP archive: its central directory is missing or "
                                                 "empty")
                                             : _("No tar archive found in “%s”"), archive->name);
      return FALSE;
    }

  cut_off = strstr (reason, "runcated") != NULL;

  return add_place (archive,
                    g_error_new (MLP_ERROR, cut_off ? MLP_ERROR_TRUNCATED : MLP_ERROR_FORMAT,
                                 cut_off ? _("“%s” is truncated (%s)") : _("“%s” is damaged (%s)"),
                                 archive->name, reason), error);
}

static gboolean
report_progress (IoArchive *archive,
                 GError   **error)
{
  if (archive->progress == NULL || archive->progress (io_archive_get_fraction (archive), archive->user_data))
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_CANCELLED, _("Reading “%s” was cancelled"), archive->name);

  return FALSE;
}

/* Gets the next piece of the tar archive. */
static gboolean
fill_buffer (IoArchive *archive)
{
  if (!io_stream_read_some (archive->tar, archive->buffer, BUFFER_SIZE, &archive->piece_size, &archive->input_error))
    return FALSE;

  archive->handed += (gint64) archive->piece_size;

  return archive->handed / BUFFER_SIZE % PIECES_A_CALL != 0 || report_progress (archive, &archive->input_error);
}

/* libarchive's callback. */
static la_ssize_t
read_tar (struct archive *reader,
          void           *user_data,
          const void    **buffer)
{
  IoArchive *archive = user_data;

  g_clear_error (&archive->input_error);
  if (!fill_buffer (archive))
    {
      archive_set_error (reader, EIO, "%s", archive->input_error->message);
      return ARCHIVE_FATAL;
    }
  *buffer = archive->buffer;

  return (la_ssize_t) archive->piece_size;
}

/* The reader takes its bytes from us. */
static gboolean
open_tar (IoArchive *archive,
          IoStream  *stream,
          GError   **error)
{
  archive->buffer = g_malloc (BUFFER_SIZE);
  archive->tar = stream;

  archive_read_support_format_tar (archive->reader);

  return archive_read_open (archive->reader, archive, NULL, read_tar, NULL) == ARCHIVE_OK || set_error (archive, error);
}

/* The reader goes back and forth in the file, or in memory. */
static gboolean
open_zip (IoArchive    *archive,
          const char   *path,
          const guint8 *data,
          gsize         size,
          GError      **error)
{
  int status;

  archive_read_support_format_zip_seekable (archive->reader);
  status = data != NULL ? archive_read_open_memory (archive->reader, data, size)
                        : archive_read_open_filename (archive->reader, path, BUFFER_SIZE);

  return status == ARCHIVE_OK || set_error (archive, error);
}

/* Takes over @stream; its bytes are @data, or else in the file @path. */
static IoArchive *
open_stream (IoStream     *stream,
             const char   *path,
             const guint8 *data,
             gsize         size,
             GError      **error)
{
  g_autoptr(IoStream) owned = stream;
  g_autoptr(IoArchive) archive = g_new0 (IoArchive, 1);

  archive->name = g_strdup (io_stream_get_name (stream));
  archive->file_size = io_stream_get_file_size (stream);
  archive->form = recognise_form (stream);
  if (archive->form == FORM_NONE)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("“%s” is not an archive; expected tar, uncompressed or compressed with gzip, bzip2 or xz, or ZIP"),
                   archive->name);
      return NULL;
    }

  archive->reader = archive_read_new ();
  if (archive->reader == NULL)
    g_error ("No memory for libarchive");

  if (archive->form == FORM_ZIP ? !open_zip (archive, path, data, size, error)
                                : !open_tar (archive, g_steal_pointer (&owned), error))
    return NULL;

  archive->zip = g_steal_pointer (&owned);

  return g_steal_pointer (&archive);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Errors: %MLP_ERROR_OPEN */
static IoArchive *
open_folder (const char *path,
             GError    **error)
{
  g_autoptr(IoArchive) archive = NULL;
  g_autoptr(GError) local_error = NULL;
  g_autoptr(GDir) dir = g_dir_open (path, 0, &local_error);
  const char *name;

  if (dir == NULL)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN,
                   _("The folder “%s” could not be read: %s"), path, local_error->message);
      return NULL;
    }

  archive = g_new0 (IoArchive, 1);
  archive->name = g_strdup (path);
  archive->form = FORM_FOLDER;
  archive->files = g_ptr_array_new_with_free_func (g_free);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (!io_sniff_is_hidden (name) && io_sniff_is_xyz (name))
      g_ptr_array_add (archive->files, g_strdup (name));
  g_ptr_array_sort (archive->files, compare_names);

  return g_steal_pointer (&archive);
}

IoArchive *
io_archive_open (const char *path,
                 GError    **error)
{
  IoStream *stream;

  g_return_val_if_fail (path != NULL, NULL);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return open_folder (path, error);

  stream = io_stream_open (path, error);
  if (stream == NULL)
    return NULL;

  return open_stream (stream, path, NULL, 0, error);
}

IoArchive *
io_archive_new_memory (const char   *name,
                       const guint8 *data,
                       gsize         size,
                       GError      **error)
{
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (data != NULL || size == 0, NULL);

  return open_stream (io_stream_new_memory (name, data, size), NULL, data, size, error);
}

void
io_archive_close (IoArchive *archive)
{
  if (archive == NULL)
    return;

  if (archive->reader != NULL)
    archive_read_free (archive->reader);
  io_stream_close (archive->tar);
  io_stream_close (archive->stream);
  io_stream_close (archive->zip);
  g_clear_pointer (&archive->files, g_ptr_array_unref);
  g_clear_error (&archive->input_error);
  g_free (archive->buffer);
  g_free (archive->entry);
  g_free (archive->name);
  g_free (archive);
}

void
io_archive_set_progress (IoArchive     *archive,
                         IoProgressFunc progress,
                         gpointer       user_data)
{
  g_return_if_fail (archive != NULL);

  archive->progress = progress;
  archive->user_data = user_data;
}

static gboolean
is_zero (const guint8 *bytes,
         gsize         size)
{
  for (gsize i = 0; i < size; i++)
    if (bytes[i] != 0)
      return FALSE;

  return TRUE;
}

/* A tar archive ends with a block of zeros, and nothing but zeros follows. All
 * of it is read, so that every checksum is come to. */
static gboolean
check_tar_end (IoArchive *archive,
               GError   **error)
{
  gint64 position = archive_filter_bytes (archive->reader, 0);
  gsize left = (gsize) CLAMP (archive->handed - position, 0, (gint64) archive->piece_size);
  gint64 end = position + MAX_PADDING;

  if (position - archive_read_header_position (archive->reader) < TAR_BLOCK)
    return add_place (archive,
                      g_error_new (MLP_ERROR, MLP_ERROR_TRUNCATED,
                                   _("“%s” lacks the end-of-archive marker, two blocks of zeros; it may be truncated"),
                                   archive->name), error);

  while (is_zero (archive->buffer + archive->piece_size - left, left) && archive->handed <= end)
    {
      if (!fill_buffer (archive))
        return set_error (archive, error);
      left = archive->piece_size;
      if (left == 0)
        return TRUE;
    }

  return add_place (archive,
                    g_error_new (MLP_ERROR, MLP_ERROR_FORMAT,
                                 _("“%s” continues after the end-of-archive marker; expected only zeros"), archive->name), error);
}

static void
set_entry (IoArchive            *archive,
           struct archive_entry *entry)
{
  const char *name = archive_entry_pathname_utf8 (entry);

  if (name == NULL)
    name = archive_entry_pathname (entry);

  g_free (archive->entry);
  archive->entry = mlp_display_text (name != NULL ? name : "?", NULL);
}

/* Nothing protects the types in a ZIP archive: there, what has a content is taken
 * for a file. */
static gboolean
is_file (const IoArchive      *archive,
         struct archive_entry *entry)
{
  if (archive->form == FORM_ZIP)
    return !g_str_has_suffix (archive->entry, "/") || archive_entry_size (entry) > 0;

  return archive_entry_filetype (entry) == AE_IFREG && archive_entry_hardlink (entry) == NULL;
}

/* What is packed otherwise than ZIP archives are may ask for gigabytes: a dictionary's
 * size is what it says it is. */
static gboolean
check_packing (IoArchive *archive,
               GError   **error)
{
  const char *format = archive_format_name (archive->reader);

  if (archive->form != FORM_ZIP || strstr (format, "(uncompressed)") != NULL ||
      strstr (format, "(deflation)") != NULL ||
      strstr (format, "(bzip)") != NULL)
    return TRUE;

  return add_place (archive,
                    g_error_new (MLP_ERROR, MLP_ERROR_FORMAT,
                                 _("“%s” uses an unsupported compression method (%s); expected stored, deflate or bzip2"),
                                 archive->name, format), error);
}

static gboolean
check_count (IoArchive *archive,
             GError   **error)
{
  const guint64 most = MAX_FILES + archive->file_size / BYTES_A_FILE;

  if (archive->n_entries <= most)
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
               _("“%s” contains more than %" PRIu64 " files, the limit for an archive of %" PRIu64 " bytes"),
               archive->name, most, archive->file_size);
  return FALSE;
}

static const char *
next_in_folder (IoArchive *archive)
{
  g_clear_pointer (&archive->stream, io_stream_close);
  g_clear_pointer (&archive->entry, g_free);
  archive->at_end = archive->n_entries > archive->files->len;
  if (archive->at_end)
    return NULL;

  archive->entry = g_utf8_make_valid (g_ptr_array_index (archive->files, archive->n_entries - 1), -1);

  return archive->entry;
}

const char *
io_archive_next (IoArchive *archive,
                 GError   **error)
{
  g_return_val_if_fail (archive != NULL, NULL);

  for (;;)
    {
      struct archive_entry *entry;
      int status;

      if (archive->form == FORM_FOLDER || archive->form == FORM_ZIP)
        if (archive->n_entries % FILES_A_CALL == 0 && !report_progress (archive, error))
          return NULL;

      archive->n_entries++;
      if (archive->form == FORM_FOLDER)
        return next_in_folder (archive);

      status = archive_read_next_header (archive->reader, &entry);
      if (status == ARCHIVE_EOF)
        {
          archive->at_end = archive->form == FORM_ZIP || check_tar_end (archive, error);
          return NULL;
        }

      /* A warning is of a name in another character set. */
      if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
        {
          set_error (archive, error);
          return NULL;
        }

      if (!check_count (archive, error))
        return NULL;

      set_entry (archive, entry);
      if (is_file (archive, entry))
        return check_packing (archive, error) ? archive->entry : NULL;
    }
}

gboolean
io_archive_read (IoArchive *archive,
                 void      *buffer,
                 gsize      size,
                 gsize     *n_read,
                 GError   **error)
{
  la_ssize_t n;

  g_return_val_if_fail (archive != NULL && archive->entry != NULL, FALSE);
  g_return_val_if_fail (buffer != NULL && n_read != NULL, FALSE);

  *n_read = 0;

  if (archive->form == FORM_FOLDER)
    {
      if (archive->stream == NULL)
        {
          g_autofree char *path = g_build_filename (archive->name,
                                                    g_ptr_array_index (archive->files, archive->n_entries - 1), NULL);

          archive->stream = io_stream_open (path, error);
          if (archive->stream == NULL)
            return FALSE;
        }

      return io_stream_read_some (archive->stream, buffer, size, n_read, error);
    }

  /* In pieces where the format has holes. */
  while (*n_read < size)
    {
      n = archive_read_data (archive->reader, (guint8 *) buffer + *n_read, size - *n_read);
      if (n < 0)
        return set_error (archive, error);
      if (n == 0)
        break;
      *n_read += (gsize) n;
    }

  archive->n_unpacked += archive->form == FORM_ZIP ? *n_read : 0;

  return archive->zip == NULL || io_stream_check_unpacked (archive->zip, archive->n_unpacked, error);
}

const char *
io_archive_get_name (const IoArchive *archive)
{
  g_return_val_if_fail (archive != NULL, NULL);

  return archive->name;
}

gboolean
io_archive_is_folder (const IoArchive *archive)
{
  g_return_val_if_fail (archive != NULL, FALSE);

  return archive->form == FORM_FOLDER;
}

double
io_archive_get_fraction (const IoArchive *archive)
{
  g_return_val_if_fail (archive != NULL, 0.0);

  if (archive->at_end)
    return 1.0;

  if (archive->form == FORM_FOLDER)
    return (double) archive->n_entries / (double) MAX (1, archive->files->len);

  if (archive->form == FORM_TAR)
    return io_stream_get_fraction (archive->tar);

  /* It reads the directory at the end first. */
  if (archive->n_entries == 0 || archive->file_size == 0)
    return 0.0;

  return MIN (1.0, (double) archive_filter_bytes (archive->reader, -1) / (double) archive->file_size);
}
