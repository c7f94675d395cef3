/* cli-image.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/cli-image.h"
#include "cli/cli.h"
#include "core/mlp-display.h"
#include "core/mlp-error.h"
#include "image/image-read.h"
#include "ink/ink-binarise.h"
#include "io/io-members.h"

/* Of a picture in an archive: no photograph is larger. */
#define MAX_MEMBER (64u * 1024 * 1024)

typedef struct
{
  CliImageFunc func;
  gpointer     user_data;
} Visit;

static gboolean
on_member (const char   *path,
           const char   *member,
           GBytes       *bytes,
           const GError *error,
           gpointer      user_data)
{
  const Visit *visit = user_data;
  g_autofree char *shown = mlp_display_filename (path);
  g_autofree char *name = member != NULL ? g_strconcat (shown, ": ", member, NULL) : g_steal_pointer (&shown);
  g_autoptr(ImagePixels) pixels = NULL;
  g_autoptr(GError) own_error = NULL;

  if (bytes != NULL)
    {
      g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);

      pixels = image_read (stream, name, NULL, &own_error);
    }
  else if (error == NULL)
    {
      g_autoptr(GFile) file = g_file_new_for_path (path);

      pixels = image_read_file (file, NULL, &own_error);
    }
  visit->func (name, pixels, own_error != NULL ? own_error : error, visit->user_data);

  return !cli_is_interrupted ();
}

void
cli_image_visit (const char  *path,
                 CliImageFunc func,
                 gpointer     user_data)
{
  Visit visit = { func, user_data };

  io_members_visit (path, MAX_MEMBER, on_member, &visit);
}

GArray *
cli_image_find_digits (const ImagePixels *pixels,
                       const char        *name,
                       GError           **error)
{
  g_autoptr(GArray) segments = NULL;
  g_autofree guint8 *grey = image_pixels_to_grey (pixels);
  g_autofree guint8 *ink = g_malloc (pixels->width * pixels->height);

  ink_binarise (grey, pixels->width, pixels->height, pixels->width, ink);
  segments = ink_segments_find (ink, pixels->width, pixels->height, pixels->width);

  if (segments->len == 0)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   "“%s” is blank: no ink was found", name);
      return NULL;
    }

  for (guint i = 0; i < segments->len; i++)
    {
      InkSegment *segment = &g_array_index (segments, InkSegment, i);

      segment->x *= pixels->step;
      segment->y *= pixels->step;
      segment->width *= pixels->step;
      segment->height *= pixels->step;
    }

  return g_steal_pointer (&segments);
}

guint8 *
cli_image_take_raw (const ImagePixels *pixels,
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
