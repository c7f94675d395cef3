/* pz-drawings-exchange.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "datasets/ds-drawings.h"
#include "io/io-hash.h"
#include "model/pz-drawing-pictures.h"
#include "model/pz-drawings-exchange.h"
#include "model/pz-task.h"

typedef struct
{
  char       *path;
  DsDrawings *drawings;       /* (nullable): that go out */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->path);
  ds_drawings_free (job->drawings);
  g_free (job);
}

/* Worker thread. */
static void
export_worker (GTask        *worker,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Job *job = task_data;
  g_autoptr(GError) error = NULL;

  if (ds_drawings_export (job->drawings, job->path, &error))
    pz_task_return_pointer (worker, NULL, NULL);
  else
    g_task_return_error (worker, g_steal_pointer (&error));
}

void
pz_drawings_export_async (PzDrawings         *drawings,
                          const char         *folder,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  GListModel *list = G_LIST_MODEL (drawings);
  GTask *task = g_task_new (drawings, NULL, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, pz_drawings_export_async);
  job->path = g_strdup (folder);
  job->drawings = ds_drawings_new ();
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(PzDrawing) drawing = g_list_model_get_item (list, i);

      ds_drawings_add (job->drawings, pz_drawing_peek_picture (drawing), (guint8) pz_drawing_get_label (drawing));
    }

  pz_task_run (task, export_worker, job, job_free, NULL, NULL);
}

gboolean
pz_drawings_export_finish (PzDrawings   *drawings,
                           GAsyncResult *result,
                           GError      **error)
{
  g_autoptr(GError) local_error = NULL;

  g_return_val_if_fail (g_task_is_valid (result, drawings), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, pz_drawings_export_async), FALSE);

  g_task_propagate_pointer (G_TASK (result), &local_error);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

/* Worker thread. */
static void
import_worker (GTask        *worker,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  const Job *job = task_data;
  g_autoptr(GError) error = NULL;
  DsDrawings *found = pz_drawing_pictures_has_classes (job->path) ?
                      pz_drawing_pictures_import (job->path, cancellable, &error) :
                      ds_drawings_import (job->path, &error);

  if (found != NULL)
    pz_task_return_pointer (worker, found, (GDestroyNotify) ds_drawings_free);
  else
    g_task_return_error (worker, g_steal_pointer (&error));
}

void
pz_drawings_import_async (PzDrawings         *drawings,
                          const char         *source,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  GTask *task = g_task_new (drawings, NULL, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, pz_drawings_import_async);
  job->path = g_strdup (source);
  pz_task_run (task, import_worker, job, job_free, NULL, NULL);
}

/* Of picture and label. (transfer full) */
static gint64 *
make_key (const guint8 *picture,
          guint         label)
{
  gint64 *key = g_new (gint64, 1);

  *key = (gint64) io_hash (picture, DS_DRAWINGS_SIZE, label);

  return key;
}

/* (transfer full) (element-type PzDrawing): those that @drawings has not */
static GPtrArray *
find_new (GListModel       *drawings,
          const DsDrawings *found)
{
  g_autoptr(GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GPtrArray *added = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (drawings); i++)
    {
      g_autoptr(PzDrawing) drawing = g_list_model_get_item (drawings, i);

      g_hash_table_add (known, make_key (pz_drawing_peek_picture (drawing), pz_drawing_get_label (drawing)));
    }

  for (gsize i = 0; i < ds_drawings_get_n (found); i++)
    {
      const guint8 *picture = ds_drawings_peek_picture (found, i);
      guint label = ds_drawings_get_label (found, i);

      if (g_hash_table_add (known, make_key (picture, label)))
        g_ptr_array_add (added, pz_drawing_new (picture, label));
    }

  return added;
}

gboolean
pz_drawings_import_finish (PzDrawings   *drawings,
                           GAsyncResult *result,
                           guint        *n_added,
                           GError      **error)
{
  g_autoptr(DsDrawings) found = NULL;
  g_autoptr(GPtrArray) added = NULL;

  g_return_val_if_fail (g_task_is_valid (result, drawings), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, pz_drawings_import_async), FALSE);

  found = g_task_propagate_pointer (G_TASK (result), error);
  if (found == NULL)
    return FALSE;

  added = find_new (G_LIST_MODEL (drawings), found);
  *n_added = pz_drawings_insert_all (drawings, added, G_MAXUINT);

  return TRUE;
}
