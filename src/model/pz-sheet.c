/* pz-sheet.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "core/mlp-display.h"
#include "core/net/mlp-inference.h"
#include "model/pz-sheet.h"
#include "model/pz-task.h"
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

/* What goes into the thread: a file, or what one holds. */
typedef struct
{
  GFile  *file;        /* (nullable) */
  GBytes *bytes;       /* (nullable) */
  char   *name;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_object (&reading->file);
  g_clear_pointer (&reading->bytes, g_bytes_unref);
  g_free (reading->name);
  g_free (reading);
}

static ImagePixels *
read_pixels (const Reading *reading,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr(GInputStream) stream = NULL;

  if (reading->file != NULL)
    return image_read_file (reading->file, cancellable, error);

  stream = g_memory_input_stream_new_from_bytes (reading->bytes);

  return image_read (stream, reading->name, cancellable, error);
}

/* Worker thread. */
static void
read_worker (GTask        *worker,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Reading *reading = task_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(PzSheet) sheet = g_new0 (PzSheet, 1);
  g_autofree guint8 *grey = NULL;
  g_autofree guint8 *ink = NULL;

  g_atomic_ref_count_init (&sheet->ref_count);
  sheet->name = g_strdup (reading->name);
  sheet->pixels = read_pixels (reading, cancellable, &error);
  if (sheet->pixels == NULL)
    {
      g_task_return_error (worker, g_steal_pointer (&error));
      return;
    }

  grey = image_pixels_to_grey (sheet->pixels);
  ink = g_malloc (sheet->pixels->width * sheet->pixels->height);
  ink_binarise (grey, sheet->pixels->width, sheet->pixels->height, sheet->pixels->width, ink);

  if (g_task_return_error_if_cancelled (worker))
    return;

  sheet->segments = ink_segments_find (ink, sheet->pixels->width, sheet->pixels->height, sheet->pixels->width);
  pz_task_return_pointer (worker, g_steal_pointer (&sheet), (GDestroyNotify) pz_sheet_unref);
}

/* Somebody looks at the window and waits: not at nice 19, behind a training run. */
static void
run_reading (Reading            *reading,
             GCancellable       *cancellable,
             GAsyncReadyCallback callback,
             gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, pz_sheet_read_file_async);
  pz_task_run_urgent (task, read_worker, reading, reading_free, NULL, NULL);
}

void
pz_sheet_read_file_async (GFile              *file,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_autofree char *name = NULL;
  Reading *reading;

  g_return_if_fail (G_IS_FILE (file));

  name = g_file_get_basename (file);
  reading = g_new0 (Reading, 1);
  reading->file = g_object_ref (file);
  reading->name = mlp_display_filename (name);
  run_reading (reading, cancellable, callback, user_data);
}

void
pz_sheet_read_bytes_async (GBytes             *bytes,
                           const char         *name,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  Reading *reading;

  g_return_if_fail (bytes != NULL && name != NULL);

  reading = g_new0 (Reading, 1);
  reading->bytes = g_bytes_ref (bytes);
  reading->name = g_strdup (name);
  run_reading (reading, cancellable, callback, user_data);
}

PzSheet *
pz_sheet_read_finish (GAsyncResult *result,
                      GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- asking --- */

/* What goes into the thread. */
typedef struct
{
  PzSheet   *sheet;
  MlpNet    *net;
  RecipeData data;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_pointer (&question->sheet, pz_sheet_unref);
  g_clear_pointer (&question->net, mlp_net_free);
  recipe_data_clear (&question->data);
  g_free (question);
}

/* (transfer full) (element-type InkSegment): what the network is asked about */
static GArray *
choose_segments (const Question *question)
{
  const ImagePixels *pixels = question->sheet->pixels;
  InkSegment whole = { 0, 0, pixels->width, pixels->height, 0, { 0 } };
  g_autofree guint8 *grey = NULL;
  GArray *segments;

  if (!recipe_picture_is_whole (&question->data, question->net))
    return g_array_ref (question->sheet->segments);

  grey = image_pixels_to_grey (pixels);
  recipe_picture_scale (&question->data, question->net, grey, pixels->width, pixels->height, whole.frame);
  segments = g_array_new (FALSE, FALSE, sizeof (InkSegment));
  g_array_append_val (segments, whole);

  return segments;
}

/* Worker thread. */
static void
ask_worker (GTask        *worker,
            gpointer      source_object,
            gpointer      task_data,
            GCancellable *cancellable)
{
  const Question *question = task_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(MlpInference) inference = mlp_inference_new (question->net, &error);
  g_autoptr(PzSheetAnswers) answers = g_new0 (PzSheetAnswers, 1);

  if (inference == NULL)
    {
      g_task_return_error (worker, g_steal_pointer (&error));
      return;
    }

  answers->segments = choose_segments (question);
  answers->n = answers->segments->len;
  answers->n_classes = mlp_net_get_width (question->net, mlp_net_get_n_layers (question->net));
  answers->best = g_new0 (guint, answers->n);
  answers->shares = g_new (float, answers->n * answers->n_classes);
  for (guint i = 0; i < answers->n; i++)
    {
      const InkSegment *segment = &g_array_index (answers->segments, InkSegment, i);
      gsize class;

      if (g_task_return_error_if_cancelled (worker))
        return;

      if (!mlp_inference_classify (inference, segment->frame, question->data.scale, &class,
                                   answers->shares + i * answers->n_classes, &error))
        {
          g_task_return_error (worker, g_steal_pointer (&error));
          return;
        }
      answers->best[i] = (guint) class;
    }

  pz_task_return_pointer (worker, g_steal_pointer (&answers), (GDestroyNotify) pz_sheet_answers_free);
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

void
pz_sheet_ask_async (PzProject          *project,
                    PzSheet            *sheet,
                    GCancellable       *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  const RecipeData *data;
  const MlpNet *net;
  const char *problem;
  Question *question;
  GTask *task;

  g_return_if_fail (PZ_IS_PROJECT (project));
  g_return_if_fail (sheet != NULL);

  task = g_task_new (project, cancellable, callback, user_data);
  g_task_set_source_tag (task, pz_sheet_ask_async);

  net = pz_project_peek_net (project);
  data = pz_project_peek_net_data (project);
  problem = find_problem (net, data);
  if (problem != NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s", problem);
      g_object_unref (task);
      return;
    }

  question = g_new0 (Question, 1);
  question->sheet = pz_sheet_ref (sheet);
  question->net = mlp_net_copy (net);
  recipe_data_copy (data, &question->data);
  pz_task_run_urgent (task, ask_worker, question, question_free, NULL, NULL);
}

gboolean
pz_sheet_asks_whole (PzProject *project)
{
  const MlpNet *net;

  g_return_val_if_fail (PZ_IS_PROJECT (project), FALSE);

  net = pz_project_peek_net (project);

  return net != NULL && recipe_picture_is_whole (pz_project_peek_net_data (project), net);
}

PzSheetAnswers *
pz_sheet_ask_finish (PzProject    *project,
                     GAsyncResult *result,
                     GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, project), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, pz_sheet_ask_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
