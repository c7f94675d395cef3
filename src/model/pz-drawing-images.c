/* pz-drawing-images.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "image/image-pixels.h"
#include "image/image-read.h"
#include "ink/ink-binarise.h"
#include "ink/ink-stroke-width.h"
#include "model/pz-drawing-images.h"

/* Of a border that is paper in MNIST: black. */
#define DARK 64

/* @label: (out). Whether a folder of this name holds a class. */
static gboolean
parse_class (const char *name,
             guint8     *label)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (name, 10, 0, G_MAXUINT8, &value, NULL))
    return FALSE;

  *label = (guint8) value;

  return TRUE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* (transfer full) (nullable): the names in a folder that do not begin with a point, sorted */
static GPtrArray *
list_names (const char *folder,
            GError    **error)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, error);
  GPtrArray *names;
  const char *name;

  if (dir == NULL)
    return NULL;

  names = g_ptr_array_new_with_free_func (g_free);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (name[0] != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);

  return names;
}

gboolean
pz_drawing_images_has_classes (const char *folder)
{
  g_autoptr(GPtrArray) names = list_names (folder, NULL);
  guint8 label;

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (parse_class (name, &label) && g_file_test (path, G_FILE_TEST_IS_DIR))
        return TRUE;
    }

  return FALSE;
}

/* Whether it is one of MNIST's size, and light on dark as its images are. */
static gboolean
is_frame (const ImagePixels *pixels,
          const guint8      *grey)
{
  const gsize n = INK_FRAME_SIDE;

  if (pixels->width != n || pixels->height != n || pixels->step != 1)
    return FALSE;

  for (gsize i = 0; i < n; i++)
    if (MAX (MAX (grey[i], grey[(n - 1) * n + i]), MAX (grey[i * n], grey[i * n + n - 1])) >= DARK)
      return FALSE;

  return TRUE;
}

static gboolean
read_image (const char   *path,
            GCancellable *cancellable,
            guint8       *frame,
            GError      **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(ImagePixels) pixels = image_read_file (file, cancellable, error);
  g_autofree guint8 *grey = NULL;
  g_autofree guint8 *ink = NULL;

  if (pixels == NULL)
    return FALSE;

  grey = image_pixels_to_grey (pixels);
  if (is_frame (pixels, grey))
    {
      memcpy (frame, grey, INK_FRAME_SIZE);
      return TRUE;
    }

  ink = g_malloc (pixels->width * pixels->height);
  ink_binarise (grey, pixels->width, pixels->height, pixels->width, ink);
  if (ink_stroke_width_to_frame (ink, pixels->width, pixels->height, pixels->width, frame))
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT, _("No ink found in “%s”; expected one digit"), path);

  return FALSE;
}

static gboolean
read_class (const char   *folder,
            guint8        label,
            DsDrawings   *drawings,
            GCancellable *cancellable,
            GError      **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(GPtrArray) names = list_names (folder, &local_error);

  if (names == NULL)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN, _("“%s” cannot be read: %s"), folder, local_error->message);
      return FALSE;
    }

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);
      guint8 frame[INK_FRAME_SIZE];

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        continue;
      if (!read_image (path, cancellable, frame, error))
        return FALSE;
      if (!ds_drawings_add (drawings, frame, label))
        {
          g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                       _("“%s” exceeds the limit of %d images"), path, DS_DRAWINGS_MAX);
          return FALSE;
        }
    }

  return TRUE;
}

DsDrawings *
pz_drawing_images_import (const char   *folder,
                          GCancellable *cancellable,
                          GError      **error)
{
  g_autoptr(DsDrawings) drawings = ds_drawings_new ();
  g_autoptr(GError) local_error = NULL;
  g_autoptr(GPtrArray) names = list_names (folder, &local_error);
  guint8 label;

  if (names == NULL)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN, _("“%s” cannot be read: %s"), folder, local_error->message);
      return NULL;
    }

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (parse_class (name, &label) && g_file_test (path, G_FILE_TEST_IS_DIR) &&
          !read_class (path, label, drawings, cancellable, error))
        return NULL;
    }

  if (ds_drawings_get_n (drawings) > 0)
    return g_steal_pointer (&drawings);

  g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
               _("“%s” has class folders but no images in them; expected files such as “7/0001.png”"), folder);

  return NULL;
}
