/* pz-drawings-exchange.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "core/mlp-error.h"
#include "datasets/ds-drawings.h"
#include "datasets/ds-open.h"
#include "image/image-write.h"
#include "io/io-hash.h"
#include "io/io-replace.h"
#include "model/pz-drawing-images.h"
#include "model/pz-drawings-exchange.h"
#include "model/pz-task.h"

static gboolean
make_folder (const char *path,
             GError    **error)
{
  int saved;

  if (g_mkdir_with_parents (path, 0755) == 0)
    return TRUE;

  saved = errno;
  g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN, _("The folder “%s” could not be created: %s"),
               path, g_strerror (saved));

  return FALSE;
}

static gboolean
write_image (const char   *folder,
             const guint8 *image,
             guint         label,
             gsize         number,
             GError      **error)
{
  g_autofree char *class_name = g_strdup_printf ("%u", label);
  g_autofree char *class_folder = g_build_filename (folder, class_name, NULL);
  g_autofree char *name = g_strdup_printf ("%04" G_GSIZE_FORMAT ".png", number);
  g_autofree char *path = g_build_filename (class_folder, name, NULL);
  g_autoptr(GBytes) bytes = NULL;
  IoPiece piece;

  if (!make_folder (class_folder, error))
    return FALSE;

  bytes = image_write_png (image, INK_FRAME_SIDE, INK_FRAME_SIDE, error);
  if (bytes == NULL)
    return FALSE;
  piece.data = g_bytes_get_data (bytes, &piece.size);

  return io_replace (path, &piece, 1, IO_REPLACE_NEW | IO_REPLACE_UNSYNCED, error);
}

gboolean
pz_drawings_exchange_write (const DsDrawings *self,
                            const char       *folder,
                            GError          **error)
{
  gsize numbers[256] = { 0 };
  int saved;

  g_return_val_if_fail (self != NULL && folder != NULL, FALSE);

  if (!make_folder (folder, error))
    return FALSE;

  for (gsize i = 0; i < ds_drawings_get_n (self); i++)
    {
      guint label = ds_drawings_get_label (self, i);

      if (!write_image (folder, ds_drawings_peek_picture (self, i), label, ++numbers[label], error))
        return FALSE;
    }

  if (io_part_sync_file_system (folder))
    return TRUE;

  saved = errno;
  g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN, _("“%s” could not be saved: %s"), folder, g_strerror (saved));

  return FALSE;
}

DsDrawings *
pz_drawings_exchange_read (const char *source,
                           GError    **error)
{
  g_autoptr(DsSet) set = NULL;
  g_autoptr(DsDrawings) drawings = ds_drawings_new ();
  gsize n;

  g_return_val_if_fail (source != NULL, NULL);

  set = ds_open (source, NULL, NULL, error);
  if (set == NULL)
    return NULL;

  if (set->rows != INK_FRAME_SIDE || set->columns != INK_FRAME_SIDE)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   _("“%s” has no images of 28 × 28 pixels; only those can become drawings"), source);
      return NULL;
    }

  n = mlp_samples_get_n (set->samples);
  if (n > DS_DRAWINGS_MAX)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   _("“%s” has %zu images; the maximum is %d drawings. Open it as data instead."),
                   source, n, DS_DRAWINGS_MAX);
      return NULL;
    }

  for (gsize i = 0; i < n; i++)
    ds_drawings_add (drawings, mlp_samples_peek_bytes (set->samples, i),
                     (guint8) mlp_samples_get_class (set->samples, i));

  return g_steal_pointer (&drawings);
}

typedef struct
{
  char       *path;
  DsDrawings *drawings;       /* (nullable): that go out, or have come in */
  guint       n_added;        /* of those that came in */
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

  if (pz_drawings_exchange_write (job->drawings, job->path, &error))
    pz_task_return_pointer (worker, NULL, NULL);
  else
    g_task_return_error (worker, g_steal_pointer (&error));
}

void
pz_drawings_exchange_export_async (PzDrawings         *drawings,
                                   const char         *folder,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data)
{
  GListModel *list = G_LIST_MODEL (drawings);
  GTask *task = g_task_new (drawings, NULL, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, pz_drawings_exchange_export_async);
  job->path = g_strdup (folder);
  job->drawings = ds_drawings_new ();
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(PzDrawing) drawing = g_list_model_get_item (list, i);

      ds_drawings_add (job->drawings, pz_drawing_peek_image (drawing), (guint8) pz_drawing_get_label (drawing));
    }

  pz_task_run (task, export_worker, job, job_free, NULL, NULL);
}

gboolean
pz_drawings_exchange_export_finish (PzDrawings   *drawings,
                                    GAsyncResult *result,
                                    GError      **error)
{
  g_autoptr(GError) local_error = NULL;

  g_return_val_if_fail (g_task_is_valid (result, drawings), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, pz_drawings_exchange_export_async), FALSE);

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
  Job *job = task_data;
  g_autoptr(GError) error = NULL;

  job->drawings = pz_drawing_images_has_classes (job->path) ?
                  pz_drawing_images_import (job->path, cancellable, &error) :
                  pz_drawings_exchange_read (job->path, &error);

  if (job->drawings != NULL)
    pz_task_return_pointer (worker, NULL, NULL);
  else
    g_task_return_error (worker, g_steal_pointer (&error));
}

/* Of image and label. (transfer full) */
static gint64 *
make_key (const guint8 *image,
          guint         label)
{
  gint64 *key = g_new (gint64, 1);

  *key = (gint64) io_hash (image, INK_FRAME_SIZE, label);

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

      g_hash_table_add (known, make_key (pz_drawing_peek_image (drawing), pz_drawing_get_label (drawing)));
    }

  for (gsize i = 0; i < ds_drawings_get_n (found); i++)
    {
      const guint8 *image = ds_drawings_peek_picture (found, i);
      guint label = ds_drawings_get_label (found, i);

      if (g_hash_table_add (known, make_key (image, label)))
        g_ptr_array_add (added, pz_drawing_new (image, label));
    }

  return added;
}

/* Main thread, just before the caller hears of it. */
static void
on_imported (gpointer data,
             gpointer owner)
{
  Job *job = data;
  PzDrawings *drawings = owner;
  g_autoptr(GPtrArray) added = NULL;

  if (job->drawings == NULL)
    return;

  added = find_new (G_LIST_MODEL (drawings), job->drawings);
  job->n_added = pz_drawings_insert_all (drawings, added, G_MAXUINT);
}

void
pz_drawings_exchange_import_async (PzDrawings         *drawings,
                                   const char         *source,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data)
{
  GTask *task = g_task_new (drawings, NULL, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, pz_drawings_exchange_import_async);
  job->path = g_strdup (source);

  /* The caller's task has it, too: finish looks at it. */
  g_task_set_task_data (task, job, job_free);
  pz_task_run (task, import_worker, job, NULL, on_imported, drawings);
}

gboolean
pz_drawings_exchange_import_finish (PzDrawings   *drawings,
                                    GAsyncResult *result,
                                    guint        *n_added,
                                    GError      **error)
{
  g_autoptr(GError) failure = NULL;
  const Job *job;

  g_return_val_if_fail (g_task_is_valid (result, drawings), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, pz_drawings_exchange_import_async), FALSE);

  g_task_propagate_pointer (G_TASK (result), &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  job = g_task_get_task_data (G_TASK (result));
  *n_added = job->n_added;

  return TRUE;
}
