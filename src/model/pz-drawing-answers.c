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
#include "model/pz-task.h"

typedef struct
{
  MlpNet *net;
  float   scale;
  guint8 *pictures;       /* DS_DRAWINGS_SIZE × n */
  gsize   n;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_pointer (&question->net, mlp_net_free);
  g_free (question->pictures);
  g_free (question);
}

/* Worker thread. */
static void
ask_worker (GTask        *worker,
            gpointer      source_object,
            gpointer      task_data,
            GCancellable *cancellable)
{
  Question *question = task_data;
  g_autoptr(MlpInference) inference = mlp_inference_new (question->net, NULL);
  int *answers = g_new (int, question->n);

  for (gsize i = 0; i < question->n; i++)
    {
      const guint8 *picture = question->pictures + i * DS_DRAWINGS_SIZE;
      gsize class;

      answers[i] = PZ_DRAWING_NO_ANSWER;
      if (inference != NULL && mlp_inference_classify (inference, picture, question->scale, &class, NULL, NULL))
        answers[i] = (int) class;
    }

  pz_task_return_pointer (worker, answers, g_free);
}

void
pz_drawing_answers_async (GObject            *owner,
                          GPtrArray          *drawings,
                          const MlpNet       *net,
                          float               scale,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  Question *question;
  GTask *task;

  g_return_if_fail (G_IS_OBJECT (owner));
  g_return_if_fail (drawings != NULL && drawings->len > 0);
  g_return_if_fail (net != NULL && mlp_net_get_width (net, 0) == DS_DRAWINGS_SIZE);

  task = g_task_new (owner, NULL, callback, user_data);
  g_task_set_source_tag (task, pz_drawing_answers_async);

  question = g_new0 (Question, 1);
  question->net = mlp_net_copy (net);
  question->scale = scale;
  question->n = drawings->len;
  question->pictures = g_malloc_n (question->n, DS_DRAWINGS_SIZE);
  for (gsize i = 0; i < question->n; i++)
    memcpy (question->pictures + i * DS_DRAWINGS_SIZE,
            pz_drawing_peek_picture (g_ptr_array_index (drawings, i)), DS_DRAWINGS_SIZE);

  pz_task_run (task, ask_worker, question, question_free, NULL, NULL);
}

int *
pz_drawing_answers_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, pz_drawing_answers_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static gboolean
has_seen (const RecipeData *data,
          PzDrawing        *drawing)
{
  if (data == NULL)
    return FALSE;

  if (data->seen == NULL)
    return data->n_added > 0 && !pz_drawing_get_for_test (drawing);

  return recipe_seen_find (data->seen, ds_sample_hash_picture (pz_drawing_peek_picture (drawing),
                                                               DS_DRAWINGS_SIZE)) != MLP_TEST;
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
