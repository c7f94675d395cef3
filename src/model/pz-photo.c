/* pz-photo.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "core/mlp-display.h"
#include "core/net/mlp-inference.h"
#include "image/image-read.h"
#include "ink/ink-binarise.h"
#include "model/pz-photo.h"
#include "recipe/recipe-image.h"

PzPhoto *
pz_photo_ref (PzPhoto *photo)
{
  g_atomic_ref_count_inc (&photo->ref_count);

  return photo;
}

void
pz_photo_unref (PzPhoto *photo)
{
  if (!g_atomic_ref_count_dec (&photo->ref_count))
    return;

  g_clear_pointer (&photo->pixels, image_pixels_free);
  g_clear_pointer (&photo->segments, g_array_unref);
  g_free (photo->name);
  g_free (photo);
}

void
pz_photo_answers_free (PzPhotoAnswers *answers)
{
  g_clear_pointer (&answers->segments, g_array_unref);
  g_free (answers->probabilities);
  g_free (answers->best);
  g_free (answers);
}

/* --- reading --- */

/* @pixels: (transfer full) (nullable); @name: (transfer full) */
static PzPhoto *
find_segments (ImagePixels  *pixels,
               char         *name,
               GCancellable *cancellable,
               GError      **error)
{
  g_autoptr(PzPhoto) photo = g_new0 (PzPhoto, 1);
  g_autofree guint8 *grey = NULL;
  g_autofree guint8 *ink = NULL;

  g_atomic_ref_count_init (&photo->ref_count);
  photo->name = name;
  photo->pixels = pixels;
  if (pixels == NULL)
    return NULL;

  grey = image_pixels_to_grey (pixels);
  ink = g_malloc (pixels->width * pixels->height);
  ink_binarise (grey, pixels->width, pixels->height, pixels->width, ink);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  photo->segments = ink_segments_find (ink, pixels->width, pixels->height, pixels->width);

  return g_steal_pointer (&photo);
}

PzPhoto *
pz_photo_read_file (GFile        *file,
                    GCancellable *cancellable,
                    GError      **error)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  name = g_file_get_basename (file);

  return find_segments (image_read_file (file, cancellable, error), mlp_display_filename (name), cancellable, error);
}

PzPhoto *
pz_photo_read_bytes (GBytes       *bytes,
                     const char   *name,
                     GCancellable *cancellable,
                     GError      **error)
{
  g_autoptr(GInputStream) stream = NULL;

  g_return_val_if_fail (bytes != NULL && name != NULL, NULL);

  stream = g_memory_input_stream_new_from_bytes (bytes);

  return find_segments (image_read (stream, name, cancellable, error), g_strdup (name), cancellable, error);
}

/* --- asking --- */

/* (transfer full) (element-type InkSegment): what the network is asked about */
static GArray *
choose_segments (const PzPhoto    *photo,
                 const MlpNet     *net,
                 const RecipeData *data)
{
  const ImagePixels *pixels = photo->pixels;
  InkSegment whole = { 0, 0, pixels->width, pixels->height, 0, { 0 } };
  g_autofree guint8 *grey = NULL;
  GArray *segments;

  if (!recipe_image_is_whole (data, net))
    return g_array_ref (photo->segments);

  grey = image_pixels_to_grey (pixels);
  recipe_image_scale (data, net, grey, pixels->width, pixels->height, whole.frame);
  segments = g_array_new (FALSE, FALSE, sizeof (InkSegment));
  g_array_append_val (segments, whole);

  return segments;
}

/* (nullable): why the network cannot be asked */
static const char *
find_problem (const MlpNet     *net,
              const RecipeData *data)
{
  if (net == NULL)
    return _("Train a network to see its prediction here.");

  if (data->rows != INK_FRAME_SIDE || data->columns != INK_FRAME_SIDE ||
      mlp_net_get_width (net, 0) != INK_FRAME_SIZE)
    return _("This network does not take images of 28 × 28 pixels.");

  return NULL;
}

PzPhotoAnswers *
pz_photo_ask (const PzPhoto    *photo,
              const MlpNet     *net,
              const RecipeData *data,
              GCancellable     *cancellable,
              GError          **error)
{
  g_autoptr(MlpInference) inference = NULL;
  g_autoptr(PzPhotoAnswers) answers = NULL;
  const char *problem;

  g_return_val_if_fail (photo != NULL, NULL);

  problem = find_problem (net, data);
  if (problem != NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, problem);
      return NULL;
    }

  inference = mlp_inference_new (net, error);
  if (inference == NULL)
    return NULL;

  answers = g_new0 (PzPhotoAnswers, 1);
  answers->segments = choose_segments (photo, net, data);
  answers->n = answers->segments->len;
  answers->n_classes = mlp_net_get_width (net, mlp_net_get_n_layers (net));
  answers->best = g_new0 (guint, answers->n);
  answers->probabilities = g_new (float, answers->n * answers->n_classes);
  for (guint i = 0; i < answers->n; i++)
    {
      const InkSegment *segment = &g_array_index (answers->segments, InkSegment, i);
      gsize class;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !mlp_inference_classify (inference, segment->frame, data->scale, &class,
                                   answers->probabilities + i * answers->n_classes, error))
        return NULL;

      answers->best[i] = (guint) class;
    }

  return g_steal_pointer (&answers);
}

gboolean
pz_photo_asks_whole (PzProject *project)
{
  const MlpNet *net;

  g_return_val_if_fail (PZ_IS_PROJECT (project), FALSE);

  net = pz_project_peek_net (project);

  return net != NULL && recipe_image_is_whole (pz_project_peek_net_data (project), net);
}
