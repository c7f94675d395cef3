/* cli-picture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "cli/cli-picture.h"
#include "core/mlp-display.h"
#include "core/mlp-error.h"
#include "datasets/ds-archive.h"
#include "datasets/ds-digit.h"

/* Of a picture in an archive: no photograph is larger. */
#define MAX_MEMBER (64 * 1024 * 1024)

/* Read of it at a time. */
#define PIECE (256 * 1024)

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
visit_file (const char    *path,
            CliPictureFunc func,
            gpointer       user_data)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autofree char *name = mlp_display_filename (path);
  g_autoptr(ImagePixels) pixels = NULL;
  g_autoptr(GError) error = NULL;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    g_set_error (&error, MLP_ERROR, MLP_ERROR_FORMAT, "“%s” is a folder in a folder; it is not gone into", name);
  else
    pixels = image_read_file (file, NULL, &error);
  func (name, pixels, error, user_data);
}

static void
visit_folder (const char    *path,
              CliPictureFunc func,
              gpointer       user_data)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *shown = mlp_display_filename (path);
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = g_dir_open (path, 0, &error);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (name[0] != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);

  if (dir != NULL && names->len == 0)
    g_set_error (&error, MLP_ERROR, MLP_ERROR_OPEN, "There are no pictures in the folder “%s”", shown);
  if (error != NULL)
    func (shown, NULL, error, user_data);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *member = g_build_filename (path, g_ptr_array_index (names, i), NULL);

      visit_file (member, func, user_data);
    }
}

/* (transfer full) (nullable): the bytes of the file that was come to */
static GBytes *
read_member (DsArchive *archive,
             GError   **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *piece = g_malloc (PIECE);
  gsize n;

  do
    {
      if (!ds_archive_read (archive, piece, PIECE, &n, error))
        return NULL;
      if (bytes->len + n > MAX_MEMBER)
        {
          g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE, "The file has more than %d MiB, which no picture has",
                       MAX_MEMBER / 1024 / 1024);
          return NULL;
        }
      g_byte_array_append (bytes, piece, (guint) n);
    }
  while (n == PIECE);

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static void
visit_archive (const char    *path,
               CliPictureFunc func,
               gpointer       user_data)
{
  g_autofree char *shown = mlp_display_filename (path);
  g_autoptr(GError) error = NULL;
  g_autoptr(DsArchive) archive = ds_archive_open (path, &error);
  const char *member;
  guint n = 0;

  while (archive != NULL && (member = ds_archive_next (archive, &error)) != NULL)
    {
      g_autofree char *base = g_path_get_basename (member);
      g_autofree char *name = g_strconcat (shown, ": ", member, NULL);
      g_autoptr(GBytes) bytes = NULL;
      g_autoptr(GInputStream) stream = NULL;
      g_autoptr(ImagePixels) pixels = NULL;
      g_autoptr(GError) own_error = NULL;

      if (base[0] == '.')
        continue;

      n++;
      bytes = read_member (archive, &own_error);
      stream = bytes != NULL ? g_memory_input_stream_new_from_bytes (bytes) : NULL;
      pixels = stream != NULL ? image_read (stream, name, NULL, &own_error) : NULL;
      if (bytes == NULL)
        g_prefix_error (&own_error, "“%s”: ", name);
      func (name, pixels, own_error, user_data);
    }

  if (error == NULL && n == 0)
    g_set_error (&error, MLP_ERROR, MLP_ERROR_FORMAT, "There are no pictures in “%s”", shown);
  if (error != NULL)
    func (shown, NULL, error, user_data);
}

static gboolean
is_archive (const char *path)
{
  g_autoptr(DsStream) stream = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return FALSE;

  stream = ds_stream_open (path, NULL);

  return stream != NULL && ds_archive_recognise (stream);
}

void
cli_picture_visit (const char    *path,
                   CliPictureFunc func,
                   gpointer       user_data)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    visit_folder (path, func, user_data);
  else if (is_archive (path))
    visit_archive (path, func, user_data);
  else
    visit_file (path, func, user_data);
}

GArray *
cli_picture_find_digits (const ImagePixels *pixels,
                         const char        *name,
                         GError           **error)
{
  g_autoptr(GArray) segments = NULL;
  g_autofree guint8 *grey = image_pixels_to_grey (pixels);
  g_autofree guint8 *ink = g_malloc (pixels->width * pixels->height);

  ds_digit_from_grey (grey, pixels->width, pixels->height, pixels->width, ink);
  segments = ds_segments_find (ink, pixels->width, pixels->height, pixels->width);

  if (segments->len == 0)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   "“%s” is empty: there is no ink on it to be read", name);
      return NULL;
    }

  for (guint i = 0; i < segments->len; i++)
    {
      DsSegment *segment = &g_array_index (segments, DsSegment, i);

      segment->x *= pixels->step;
      segment->y *= pixels->step;
      segment->width *= pixels->step;
      segment->height *= pixels->step;
    }

  return g_steal_pointer (&segments);
}

guint8 *
cli_picture_take_raw (const ImagePixels *pixels,
                      const char        *name,
                      guint              rows,
                      guint              columns,
                      GError           **error)
{
  if (pixels->width * pixels->step != columns || pixels->height * pixels->step != rows)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   "“%s” has %u × %u pixels; with --raw it must have %u × %u",
                   name, (guint) (pixels->width * pixels->step), (guint) (pixels->height * pixels->step),
                   columns, rows);
      return NULL;
    }

  return image_pixels_to_grey (pixels);
}
