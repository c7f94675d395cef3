/* pz-drawing-answers.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/net/mlp-inference.h"
#include "datasets/ds-drawings.h"
#include "datasets/ds-sample-hash.h"
#include "model/pz-drawing-answers.h"

typedef struct
{
  GPtrArray *drawings;       /* of PzDrawing: the main thread's */
  MlpNet    *net;
  float      scale;
  guint8    *images;       /* INK_FRAME_SIZE × drawings->len */
  gsize      n;
  int       *answers;        /* of each drawing */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_ptr_array_unref (question->drawings);
  mlp_net_free (question->net);
  g_free (question->images);
  g_free (question->answers);
  g_free (question);
}

/* Worker thread. */
static gboolean
classify_images (gpointer      data,
                 GCancellable *cancellable,
                 GError      **error)
{
  Question *question = data;
  g_autoptr(MlpInference) inference = mlp_inference_new (question->net, NULL);

  for (gsize i = 0; i < question->n && inference != NULL; i++)
    {
      const guint8 *image = question->images + i * INK_FRAME_SIZE;
      gsize class;

      if (mlp_inference_classify (inference, image, question->scale, &class, NULL, NULL))
        question->answers[i] = (int) class;
    }

  return TRUE;
}

void
pz_drawing_answers_ask (PzLatest     *latest,
                        GPtrArray    *drawings,
                        const MlpNet *net,
                        float         scale,
                        PzLatestDone  done)
{
  Question *question;

  g_return_if_fail (latest != NULL);
  g_return_if_fail (drawings != NULL && drawings->len > 0);
  g_return_if_fail (net != NULL && mlp_net_get_width (net, 0) == INK_FRAME_SIZE);

  question = g_new0 (Question, 1);
  question->drawings = g_ptr_array_new_full (drawings->len, g_object_unref);
  question->net = mlp_net_copy (net);
  question->scale = scale;
  question->n = drawings->len;
  question->images = g_malloc_n (question->n, INK_FRAME_SIZE);
  question->answers = g_new (int, question->n);
  for (guint i = 0; i < drawings->len; i++)
    {
      PzDrawing *drawing = g_ptr_array_index (drawings, i);

      g_ptr_array_add (question->drawings, g_object_ref (drawing));
      memcpy (question->images + i * (gsize) INK_FRAME_SIZE, pz_drawing_peek_image (drawing), INK_FRAME_SIZE);
      question->answers[i] = PZ_DRAWING_NO_ANSWER;
    }

  pz_latest_follow (latest, classify_images, question, question_free, done);
}

void
pz_drawing_answers_apply (gpointer data)
{
  const Question *question = data;

  for (guint i = 0; i < question->drawings->len; i++)
    pz_drawing_set_answer (g_ptr_array_index (question->drawings, i), question->answers[i]);
}

static gboolean
has_seen (const RecipeData *data,
          PzDrawing        *drawing)
{
  if (data == NULL)
    return FALSE;

  if (data->seen == NULL)
    return data->n_added > 0 && !pz_drawing_get_for_test (drawing);

  return recipe_seen_find (data->seen, ds_sample_hash_picture (pz_drawing_peek_image (drawing),
                                                               INK_FRAME_SIZE)) != MLP_TEST;
}

guint
pz_drawing_answers_count (GListModel       *drawings,
                          const RecipeData *data,
                          gboolean          seen,
                          guint            *n_right)
{
  guint n = 0;

  g_return_val_if_fail (G_IS_LIST_MODEL (drawings), 0);

  *n_right = 0;
  for (guint i = 0; i < g_list_model_get_n_items (drawings); i++)
    {
      g_autoptr(PzDrawing) drawing = g_list_model_get_item (drawings, i);

      if (pz_drawing_get_answer (drawing) == PZ_DRAWING_NO_ANSWER ||
          has_seen (data, drawing) != !!seen)
        continue;
      n++;
      *n_right += !pz_drawing_get_wrong (drawing);
    }

  return n;
}
