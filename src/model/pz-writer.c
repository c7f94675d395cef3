/* pz-writer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "io/io-replace.h"
#include "model/pz-task.h"
#include "model/pz-writer.h"

typedef struct
{
  char   *path;
  GBytes *contents;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->path);
  g_bytes_unref (job->contents);
  g_free (job);
}

/* Worker thread. */
static void
write_contents (GTask        *worker,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Job *job = task_data;
  g_autoptr(GError) error = NULL;

  if (io_replace_contents (job->path, g_bytes_get_data (job->contents, NULL), g_bytes_get_size (job->contents), &error))
    pz_task_return_pointer (worker, NULL, NULL);
  else
    g_task_return_error (worker, g_steal_pointer (&error));
}

void
pz_writer_write_async (GFile              *file,
                       GBytes             *contents,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  GTask *task;
  Job *job;

  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (contents != NULL);

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, pz_writer_write_async);
  if (!g_file_is_native (file))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _("The file must be on this computer."));
      g_object_unref (task);
      return;
    }

  job = g_new0 (Job, 1);
  job->path = g_file_get_path (file);
  job->contents = g_bytes_ref (contents);
  pz_task_run (task, write_contents, job, job_free, NULL, NULL);
}

gboolean
pz_writer_write_finish (GAsyncResult *result,
                        GError      **error)
{
  g_autoptr(GError) local = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, pz_writer_write_async), FALSE);

  g_task_propagate_pointer (G_TASK (result), &local);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}
