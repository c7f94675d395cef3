/* ds-drawings.c: a person's own drawings, in two IDX files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "core/mlp-error.h"
#include "datasets/ds-drawings.h"
#include "datasets/ds-hash.h"
#include "datasets/ds-idx.h"

#define IMAGES "train-images-idx3-ubyte"
#define LABELS "train-labels-idx1-ubyte"

/* Of a save that is under way. */
#define IMAGES_PART "images.part"
#define LABELS_PART "labels.part"
#define LABELS_NEW  "labels.new"

struct _DsDrawings
{
  GByteArray *pictures;      /* DS_DRAWINGS_SIZE bytes each */
  GByteArray *labels;
};

DsDrawings *
ds_drawings_new (void)
{
  DsDrawings *self = g_new0 (DsDrawings, 1);

  self->pictures = g_byte_array_new ();
  self->labels = g_byte_array_new ();

  return self;
}

void
ds_drawings_free (DsDrawings *self)
{
  if (self == NULL)
    return;

  g_byte_array_unref (self->pictures);
  g_byte_array_unref (self->labels);
  g_free (self);
}

gsize
ds_drawings_get_n (const DsDrawings *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->labels->len;
}

guint8
ds_drawings_get_label (const DsDrawings *self,
                       gsize             i)
{
  g_return_val_if_fail (self != NULL && i < self->labels->len, 0);

  return self->labels->data[i];
}

const guint8 *
ds_drawings_peek_picture (const DsDrawings *self,
                          gsize             i)
{
  g_return_val_if_fail (self != NULL && i < self->labels->len, NULL);

  return self->pictures->data + i * DS_DRAWINGS_SIZE;
}

gboolean
ds_drawings_add (DsDrawings   *self,
                 const guint8 *picture,
                 guint8        label)
{
  g_return_val_if_fail (self != NULL && picture != NULL, FALSE);

  if (self->labels->len >= DS_DRAWINGS_MAX)
    return FALSE;

  g_byte_array_append (self->pictures, picture, DS_DRAWINGS_SIZE);
  g_byte_array_append (self->labels, &label, 1);

  return TRUE;
}

static gboolean
exists (const char *folder,
        const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
move (const char *folder,
      const char *from,
      const char *to,
      GError    **error)
{
  g_autofree char *from_path = g_build_filename (folder, from, NULL);
  g_autofree char *to_path = g_build_filename (folder, to, NULL);
  int saved;

  if (g_rename (from_path, to_path) == 0)
    return TRUE;

  saved = errno;
  g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN, _("“%s” could not be renamed to “%s”: %s"),
               from_path, to, g_strerror (saved));

  return FALSE;
}

static void
forget (const char *folder,
        const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_unlink (path);
}

/* The second half of a save, from where it was decided. */
static gboolean
finish_save (const char *folder,
             GError    **error)
{
  return (!exists (folder, IMAGES_PART) || move (folder, IMAGES_PART, IMAGES, error)) &&
         move (folder, LABELS_NEW, LABELS, error);
}

static gboolean
recover (const char *folder,
         GError    **error)
{
  if (exists (folder, LABELS_NEW))
    return finish_save (folder, error);

  forget (folder, LABELS_PART);
  forget (folder, IMAGES_PART);

  return TRUE;
}

/* A save would replace a part of what other programs take for one data set. */
static gboolean
check_folder (const char *folder,
              GError    **error)
{
  static const char *const others[] = {
    "t10k-images-idx3-ubyte", "t10k-images-idx3-ubyte.gz", "t10k-images.idx3-ubyte",
    "train-images-idx3-ubyte.gz", "train-images.idx3-ubyte", "mnist.pkl.gz",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (exists (folder, others[i]))
      {
        g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                     _("“%s” holds another data set (“%s”), which is not written into; "
                       "choose an empty folder for the drawings"), folder, others[i]);
        return FALSE;
      }

  return TRUE;
}

/* What the two files hold, to tell whether they are still the same; 0 where there
 * are none.
 */
static guint64
find_state (const char *folder)
{
  static const char *const names[] = { IMAGES, LABELS };
  DsHash hash;
  gboolean found = FALSE;

  ds_hash_start (&hash, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_autofree char *contents = NULL;
      gsize length = 0;

      if (!g_file_get_contents (path, &contents, &length, NULL))
        continue;
      found = TRUE;
      ds_hash_update (&hash, &length, sizeof (length));
      ds_hash_update (&hash, contents, length);
    }

  return found ? ds_hash_end (&hash) : 0;
}

/* A header with no items, which no data set has. */
static gboolean
is_empty (DsStream *stream,
          guint     rank)
{
  guint8 header[17];
  const gsize size = rank == 3 ? 16 : 8;
  const guint8 start[8] = { 0, 0, 8, (guint8) rank, 0, 0, 0, 0 };

  return ds_stream_peek (stream, header, sizeof (header)) == size && memcmp (header, start, 8) == 0;
}

static gboolean
check_size (DsStream          *stream,
            const DsIdxHeader *header,
            GError           **error)
{
  if (header->rank == 3 && (header->rows != DS_DIGIT_SIDE || header->columns != DS_DIGIT_SIDE))
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   _("“%s” says in its header, at byte 8, that its pictures have %u × %u pixels; expected 28 × 28"),
                   ds_stream_get_name (stream), header->columns, header->rows);
      return FALSE;
    }

  if (header->n > DS_DRAWINGS_MAX)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   _("“%s” says in its header, at byte 4, that it holds %u items; there can be %d drawings"),
                   ds_stream_get_name (stream), header->n, DS_DRAWINGS_MAX);
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
  g_autoptr(DsStream) stream = ds_stream_open (path, error);
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
  const gboolean has_images = exists (folder, IMAGES);
  const char *there = has_images ? IMAGES : LABELS;
  const char *missing = has_images ? LABELS : IMAGES;

  if (has_images == exists (folder, LABELS))
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN, _("“%s” has the file “%s” but not “%s”, which belongs to it"),
               folder, there, missing);

  return FALSE;
}

DsDrawings *
ds_drawings_load (const char *folder,
                  guint64    *state,
                  GError    **error)
{
  g_autoptr(DsDrawings) self = ds_drawings_new ();
  g_autoptr(GByteArray) pictures = NULL;
  g_autoptr(GByteArray) labels = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  if (!check_folder (folder, error) || !recover (folder, error) || !check_pair (folder, error))
    return NULL;

  if (state != NULL)
    *state = find_state (folder);
  if (!exists (folder, IMAGES))
    return g_steal_pointer (&self);

  labels = read_file (folder, LABELS, 1, error);
  pictures = labels != NULL ? read_file (folder, IMAGES, 3, error) : NULL;
  if (pictures == NULL)
    return NULL;

  if (pictures->len != labels->len * DS_DRAWINGS_SIZE)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("“%s” has %u pictures in “%s” and %u labels in “%s” (both at byte 4); "
                     "expected as many of one as of the other"),
                   folder, pictures->len / DS_DRAWINGS_SIZE, IMAGES, labels->len, LABELS);
      return NULL;
    }

  g_byte_array_unref (self->pictures);
  g_byte_array_unref (self->labels);
  self->pictures = g_steal_pointer (&pictures);
  self->labels = g_steal_pointer (&labels);

  return g_steal_pointer (&self);
}

static gboolean
write_file (const char       *folder,
            const char       *name,
            guint             rank,
            guint32           n,
            const GByteArray *bytes,
            GError          **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GByteArray) contents = g_byte_array_sized_new (16 + bytes->len);
  g_autoptr(GError) local_error = NULL;
  const guint8 magic[4] = { 0, 0, 8, (guint8) rank };
  const guint32 sizes[3] = {
    GUINT32_TO_BE (n), GUINT32_TO_BE (DS_DIGIT_SIDE), GUINT32_TO_BE (DS_DIGIT_SIDE),
  };

  g_byte_array_append (contents, magic, sizeof (magic));
  g_byte_array_append (contents, (const guint8 *) sizes, rank * sizeof (guint32));
  g_byte_array_append (contents, bytes->data, bytes->len);

  if (g_file_set_contents_full (path, (const char *) contents->data, contents->len,
                                G_FILE_SET_CONTENTS_DURABLE, 0644, &local_error))
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN, _("“%s” could not be written: %s"), path, local_error->message);

  return FALSE;
}

gboolean
ds_drawings_save (const DsDrawings *self,
                  const char       *folder,
                  guint64          *state,
                  GError          **error)
{
  const guint32 n = (guint32) self->labels->len;

  g_return_val_if_fail (self != NULL && folder != NULL && state != NULL, FALSE);

  if (g_mkdir_with_parents (folder, 0755) != 0)
    {
      int saved = errno;

      g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN, _("The folder “%s” could not be made: %s"),
                   folder, g_strerror (saved));
      return FALSE;
    }

  if (!check_folder (folder, error) || !recover (folder, error))
    return FALSE;

  if (find_state (folder) != *state)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                   _("The drawings in “%s” were changed by somebody else since they were read; "
                     "they are not written over. Open the folder again."), folder);
      return FALSE;
    }

  if (!write_file (folder, LABELS_PART, 1, n, self->labels, error) ||
      !write_file (folder, IMAGES_PART, 3, n, self->pictures, error) ||
      !move (folder, LABELS_PART, LABELS_NEW, error) ||
      !finish_save (folder, error))
    return FALSE;

  *state = find_state (folder);

  return TRUE;
}
