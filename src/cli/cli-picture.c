/* cli-picture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/cli-picture.h"
#include "core/mlp-display.h"
#include "core/mlp-error.h"
#include "datasets/ds-digit.h"
#include "image/image-pixels.h"

static ImagePixels *
read_pixels (const char *path,
             GError    **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);

  return image_read_file (file, NULL, error);
}

GArray *
cli_picture_read (const char *path,
                  GError    **error)
{
  g_autoptr(ImagePixels) pixels = read_pixels (path, error);
  g_autoptr(GArray) segments = NULL;
  g_autofree guint8 *grey = NULL;
  g_autofree guint8 *ink = NULL;

  if (pixels == NULL)
    return NULL;

  grey = image_pixels_to_grey (pixels);
  ink = g_malloc (pixels->width * pixels->height);
  ds_digit_from_grey (grey, pixels->width, pixels->height, pixels->width, ink);
  segments = ds_segments_find (ink, pixels->width, pixels->height, pixels->width);

  if (segments->len == 0)
    {
      g_autofree char *name = mlp_display_filename (path);

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
cli_picture_read_raw (const char *path,
                      guint       rows,
                      guint       columns,
                      GError    **error)
{
  g_autoptr(ImagePixels) pixels = read_pixels (path, error);

  if (pixels == NULL)
    return NULL;

  if (pixels->width * pixels->step != columns || pixels->height * pixels->step != rows)
    {
      g_autofree char *name = mlp_display_filename (path);

      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   "“%s” has %u × %u pixels; with --raw it must have %u × %u",
                   name, (guint) (pixels->width * pixels->step), (guint) (pixels->height * pixels->step),
                   columns, rows);
      return NULL;
    }

  return image_pixels_to_grey (pixels);
}
