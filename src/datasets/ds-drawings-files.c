/* ds-drawings-files.c: the two IDX files of a person's own drawings.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "datasets/ds-drawings-private.h"
#include "datasets/mnist/ds-idx.h"
#include "io/io-hash.h"
#include "io/io-read.h"

static gboolean
file_exists (const char *folder,
             const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* IoReadCheck: not more than there can be drawings. */
static gboolean
check_length (const guint8 *start,
              gsize         n_start,
              guint64       size,
              gpointer      user_data,
              GError      **error)
{
  return size <= 16 + (guint64) DS_DRAWINGS_MAX * INK_FRAME_SIZE;
}

/* What the two files hold, to tell whether they are still the same; 0 where there
 * are none. */
guint64
ds_drawings_find_state (const char *folder)
{
  static const char *const names[] = { DS_DRAWINGS_IMAGES, DS_DRAWINGS_LABELS };
  g_autoptr(IoHash) hash = io_hash_new (0);
  gboolean found = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_autoptr(GBytes) bytes = io_read_file (path, check_length, NULL, NULL);
      gsize length = bytes != NULL ? g_bytes_get_size (bytes) : 0;

      /* One that cannot be read is there all the same. */
      found |= file_exists (folder, names[i]);
      io_hash_update (hash, &length, sizeof (length));
      if (length > 0)
        io_hash_update (hash, g_bytes_get_data (bytes, NULL), length);
    }

  return found ? io_hash_get_value (hash) : 0;
}

/* A header with no items, which no data set has. */
static gboolean
is_empty (IoStream *stream,
          guint     rank)
{
  guint8 header[17];
  const gsize size = rank == 3 ? 16 : 8;
  const guint8 start[8] = { 0, 0, 8, (guint8) rank, 0, 0, 0, 0 };

  return io_stream_peek (stream, header, sizeof (header)) == size && memcmp (header, start, 8) == 0;
}

static gboolean
check_size (IoStream          *stream,
            const DsIdxHeader *header,
            GError           **error)
{
  if (header->rank == 3 && (header->rows != INK_FRAME_SIDE || header->columns != INK_FRAME_SIDE))
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   _("The header of “%s” (byte 8) declares images of %u × %u pixels; expected 28 × 28"),
                   io_stream_get_name (stream), header->columns, header->rows);
      return FALSE;
    }

  if (header->n > DS_DRAWINGS_MAX)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   _("The header of “%s” (byte 4) declares %u items; the maximum is %d drawings"),
                   io_stream_get_name (stream), header->n, DS_DRAWINGS_MAX);
      return FALSE;
    }

  return TRUE;
}

/* (transfer full) (nullable): what is behind the header. */
static GByteArray *
read_file (const char *folder,
           const char *name,
           guint       rank,
           GError    **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(IoStream) stream = io_stream_open (path, error);
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  DsIdxHeader header;

  if (stream == NULL)
    return NULL;
  if (is_empty (stream, rank))
    return g_steal_pointer (&bytes);

  if (!ds_idx_read_header (stream, rank, &header, error) || !check_size (stream, &header, error))
    return NULL;

  g_byte_array_set_size (bytes, header.n * header.rows * header.columns);
  if (!ds_idx_read_bytes (stream, &header, bytes->data, NULL, NULL, error))
    return NULL;

  return g_steal_pointer (&bytes);
}

static gboolean
check_pair (const char *folder,
            GError    **error)
{
  const gboolean has_images = file_exists (folder, DS_DRAWINGS_IMAGES);
  const char *there = has_images ? DS_DRAWINGS_IMAGES : DS_DRAWINGS_LABELS;
  const char *missing = has_images ? DS_DRAWINGS_LABELS : DS_DRAWINGS_IMAGES;

  if (has_images == file_exists (folder, DS_DRAWINGS_LABELS))
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN, _("“%s” contains “%s” but not the matching “%s”"),
               folder, there, missing);

  return FALSE;
}

DsDrawings *
ds_drawings_read_files (const char *folder,
                        guint64    *state,
                        GError    **error)
{
  g_autoptr(DsDrawings) drawings = ds_drawings_new ();
  g_autoptr(GByteArray) pictures = NULL;
  g_autoptr(GByteArray) labels = NULL;

  if (!check_pair (folder, error))
    return NULL;

  if (state != NULL)
    *state = ds_drawings_find_state (folder);
  if (!file_exists (folder, DS_DRAWINGS_IMAGES))
    return g_steal_pointer (&drawings);

  labels = read_file (folder, DS_DRAWINGS_LABELS, 1, error);
  pictures = labels != NULL ? read_file (folder, DS_DRAWINGS_IMAGES, 3, error) : NULL;
  if (pictures == NULL)
    return NULL;

  if (pictures->len != labels->len * INK_FRAME_SIZE)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("“%s” has %u images in “%s” and %u labels in “%s” (both at byte 4); expected equal numbers"),
                   folder, pictures->len / INK_FRAME_SIZE, DS_DRAWINGS_IMAGES, labels->len, DS_DRAWINGS_LABELS);
      return NULL;
    }

  for (guint i = 0; i < labels->len; i++)
    ds_drawings_add (drawings, pictures->data + i * INK_FRAME_SIZE, labels->data[i]);

  return g_steal_pointer (&drawings);
}

/* (transfer full): an IDX file */
GByteArray *
ds_drawings_make_file (const DsDrawings *drawings,
                       guint             rank)
{
  const guint32 n = (guint32) ds_drawings_get_n (drawings);
  const guint8 magic[4] = { 0, 0, 8, (guint8) rank };
  const guint32 sizes[3] = {
    GUINT32_TO_BE (n), GUINT32_TO_BE (INK_FRAME_SIDE), GUINT32_TO_BE (INK_FRAME_SIDE),
  };
  GByteArray *contents = g_byte_array_sized_new (16 + n * (rank == 3 ? INK_FRAME_SIZE : 1));

  g_byte_array_append (contents, magic, sizeof (magic));
  g_byte_array_append (contents, (const guint8 *) sizes, rank * sizeof (guint32));
  if (rank == 3 && n > 0)
    g_byte_array_append (contents, ds_drawings_peek_picture (drawings, 0), n * INK_FRAME_SIZE);
  for (guint32 i = 0; rank == 1 && i < n; i++)
    {
      guint8 label = ds_drawings_get_label (drawings, i);

      g_byte_array_append (contents, &label, 1);
    }

  return contents;
}

/* What ds_drawings_find_state() will say. */
guint64
ds_drawings_predict_state (const GByteArray *images,
                           const GByteArray *labels)
{
  const GByteArray *files[] = { images, labels };
  g_autoptr(IoHash) hash = io_hash_new (0);

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      gsize length = files[i]->len;

      io_hash_update (hash, &length, sizeof (length));
      io_hash_update (hash, files[i]->data, length);
    }

  return io_hash_get_value (hash);
}
