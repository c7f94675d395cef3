/* pz-sheet.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "core/mlp-display.h"
#include "core/net/mlp-inference.h"
#include "model/pz-sheet.h"
#include "recipe/recipe-picture.h"

PzSheet *
pz_sheet_ref (PzSheet *sheet)
{
  g_atomic_ref_count_inc (&sheet->ref_count);

  return sheet;
}

void
pz_sheet_unref (PzSheet *sheet)
{
  if (!g_atomic_ref_count_dec (&sheet->ref_count))
    return;

  g_clear_pointer (&sheet->pixels, image_pixels_free);
  g_clear_pointer (&sheet->segments, g_array_unref);
  g_free (sheet->name);
  g_free (sheet);
}

void
pz_sheet_answers_free (PzSheetAnswers *answers)
{
  g_clear_pointer (&answers->segments, g_array_unref);
  g_free (answers->shares);
  g_free (answers->best);
  g_free (answers);
}

/* --- reading --- */

/* @pixels: (transfer full) (nullable); @name: (transfer full) */
static PzSheet *
find_segments (ImagePixels  *pixels,
               char         *name,
               GCancellable *cancellable,
               GError      **error)
{
  g_autoptr(PzSheet) sheet = g_new0 (PzSheet, 1);
  g_autofree guint8 *grey = NULL;
  g_autofree guint8 *ink = NULL;

  g_atomic_ref_count_init (&sheet->ref_count);
  sheet->name = name;
  sheet->pixels = pixels;
  if (pixels == NULL)
    return NULL;

  grey = image_pixels_to_grey (pixels);
  ink = g_malloc (pixels->width * pixels->height);
  ink_binarise (grey, pixels->width, pixels->height, pixels->width, ink);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  sheet->segments = ink_segments_find (ink, pixels->width, pixels->height, pixels->width);

  return g_steal_pointer (&sheet);
}

PzSheet *
pz_sheet_read_file (GFile        *file,
                    GCancellable *cancellable,
                    GError      **error)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  name = g_file_get_basename (file);

  return find_segments (image_read_file (file, cancellable, error), mlp_display_filename (name), cancellable, error);
}

PzSheet *
pz_sheet_read_bytes (GBytes       *bytes,
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
choose_segments (const PzSheet    *sheet,
                 const MlpNet     *net,
                 const RecipeData *data)
{
  const ImagePixels *pixels = sheet->pixels;
  InkSegment whole = { 0, 0, pixels->width, pixels->height, 0, { 0 } };
  g_autofree guint8 *grey = NULL;
  GArray *segments;

  if (!recipe_picture_is_whole (data, net))
    return g_array_ref (sheet->segments);

  grey = image_pixels_to_grey (pixels);
  recipe_picture_scale (data, net, grey, pixels->width, pixels->height, whole.frame);
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
    return _("Train a network, and it will answer here.");

  if (data->rows != INK_FRAME_SIDE || data->columns != INK_FRAME_SIDE ||
      mlp_net_get_width (net, 0) != INK_FRAME_SIDE * INK_FRAME_SIDE)
    return _("This network does not take pictures of 28 × 28 pixels.");

  return NULL;
}

PzSheetAnswers *
pz_sheet_ask (const PzSheet    *sheet,
              const MlpNet     *net,
              const RecipeData *data,
              GCancellable     *cancellable,
              GError          **error)
{
  g_autoptr(MlpInference) inference = NULL;
  g_autoptr(PzSheetAnswers) answers = NULL;
  const char *problem;

  g_return_val_if_fail (sheet != NULL, NULL);

  problem = find_problem (net, data);
  if (problem != NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, problem);
      return NULL;
    }

  inference = mlp_inference_new (net, error);
  if (inference == NULL)
    return NULL;

  answers = g_new0 (PzSheetAnswers, 1);
  answers->segments = choose_segments (sheet, net, data);
  answers->n = answers->segments->len;
  answers->n_classes = mlp_net_get_width (net, mlp_net_get_n_layers (net));
  answers->best = g_new0 (guint, answers->n);
  answers->shares = g_new (float, answers->n * answers->n_classes);
  for (guint i = 0; i < answers->n; i++)
    {
      const InkSegment *segment = &g_array_index (answers->segments, InkSegment, i);
      gsize class;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !mlp_inference_classify (inference, segment->frame, data->scale, &class,
                                   answers->shares + i * answers->n_classes, error))
        return NULL;

      answers->best[i] = (guint) class;
    }

  return g_steal_pointer (&answers);
}

gboolean
pz_sheet_asks_whole (PzProject *project)
{
  const MlpNet *net;

  g_return_val_if_fail (PZ_IS_PROJECT (project), FALSE);

  net = pz_project_peek_net (project);

  return net != NULL && recipe_picture_is_whole (pz_project_peek_net_data (project), net);
}
