/* pz-drawings-folder.c: the folder of one's own drawings, which other programs may write into, too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "core/mlp-display.h"
#include "model/pz-drawings-private.h"
#include "model/pz-task.h"

/* In s: until what could not be saved is tried again. */
#define RETRY_INTERVAL 10

static void
set_error (PzDrawings *self,
           const char *message)
{
  if (g_strcmp0 (self->error, message) == 0)
    return;

  g_free (self->error);
  self->error = message != NULL ? mlp_display_text (message, "\n") : NULL;
  g_object_notify (G_OBJECT (self), "error");
}

static void
set_ready (PzDrawings *self,
           gboolean    ready)
{
  if (self->ready == ready)
    return;

  self->ready = ready;
  g_object_notify (G_OBJECT (self), "ready");
}

/* The program does not end before its user's drawings are on the disk. */
static void
set_busy (PzDrawings *self,
          gboolean    busy)
{
  GApplication *application = g_application_get_default ();

  if (self->busy == busy)
    return;

  self->busy = busy;
  if (application != NULL && busy)
    g_application_hold (application);
  g_object_notify (G_OBJECT (self), "busy");
  if (application != NULL && !busy)
    g_application_release (application);
}

/* A load, or a save of drawings. */
typedef struct
{
  char             *folder;
  DsDrawings       *drawings;       /* (nullable): of a load its result */
  const DsDrawings *base;           /* borrowed: the owner waits */
  DsDrawings       *merged;         /* (nullable): with what another program wrote */
  guint64           state;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->folder);
  ds_drawings_free (job->drawings);
  ds_drawings_free (job->merged);
  g_free (job);
}

/* Worker thread. */
static void
load_worker (GTask        *worker,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Job *job = task_data;
  g_autoptr(GError) error = NULL;

  job->drawings = ds_drawings_load (job->folder, &job->state, &error);
  if (job->drawings != NULL)
    pz_task_return_pointer (worker, NULL, NULL);
  else
    g_task_return_error (worker, g_steal_pointer (&error));
}

/* Worker thread. */
static void
save_worker (GTask        *worker,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Job *job = task_data;
  g_autoptr(GError) error = NULL;

  if (ds_drawings_save_merged (job->drawings, job->base, job->folder, &job->state, &job->merged, &error))
    pz_task_return_pointer (worker, NULL, NULL);
  else
    g_task_return_error (worker, g_steal_pointer (&error));
}

/* (transfer full): what is in the list */
static DsDrawings *
collect_drawings (PzDrawings *self)
{
  DsDrawings *drawings = ds_drawings_new ();

  for (guint i = 0; i < self->drawings->len; i++)
    {
      PzDrawing *drawing = g_ptr_array_index (self->drawings, i);

      ds_drawings_add (drawings, pz_drawing_peek_image (drawing), (guint8) pz_drawing_get_label (drawing));
    }

  return drawings;
}

/* @drawings: (transfer full) */
static void
set_base (PzDrawings *self,
          DsDrawings *drawings,
          guint64     state)
{
  ds_drawings_free (self->base);
  self->base = drawings;
  self->state = state;
}

/* (transfer full): the drawings of the list by their hash, each to be taken once */
static GHashTable *
index_list (PzDrawings *self)
{
  GHashTable *index = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < self->drawings->len; i++)
    {
      PzDrawing *drawing = g_ptr_array_index (self->drawings, i);
      gint64 key = ds_drawings_hash (pz_drawing_peek_image (drawing), (guint8) pz_drawing_get_label (drawing));
      GPtrArray *same = g_hash_table_lookup (index, &key);

      if (same == NULL)
        {
          gint64 *own_key = g_new (gint64, 1);

          *own_key = key;
          same = g_ptr_array_new_with_free_func (g_object_unref);
          g_hash_table_insert (index, own_key, same);
        }
      g_ptr_array_add (same, g_object_ref (drawing));
    }

  return index;
}

/* Those that are in the list already stay the same objects. */
static void
set_list (PzDrawings       *self,
          const DsDrawings *drawings)
{
  g_autoptr(GHashTable) index = index_list (self);
  const guint n_old = self->drawings->len;

  g_ptr_array_set_size (self->drawings, 0);
  for (gsize i = 0; i < ds_drawings_get_n (drawings); i++)
    {
      const guint8 *image = ds_drawings_peek_picture (drawings, i);
      const guint8 label = ds_drawings_get_label (drawings, i);
      const gint64 key = ds_drawings_hash (image, label);
      GPtrArray *same = g_hash_table_lookup (index, &key);

      g_ptr_array_add (self->drawings, same != NULL && same->len > 0 ?
                       g_ptr_array_steal_index (same, 0) : pz_drawing_new (image, label));
    }

  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_old, self->drawings->len);
}

/* The list, which may have changed since @base, joins what another program made of that. Returns:
 * %FALSE where these are too many; the next save says so, if they are no base then. */
static gboolean
join_drawings (PzDrawings       *self,
               const DsDrawings *base,
               const DsDrawings *theirs)
{
  g_autoptr(DsDrawings) mine = collect_drawings (self);
  g_autoptr(DsDrawings) both = ds_drawings_merge (base, mine, theirs);

  if (both == NULL)
    return FALSE;

  set_list (self, both);

  return TRUE;
}

/* Main thread, before the task returns. */
static void
take_loaded (gpointer data,
             gpointer owner)
{
  Job *job = data;
  PzDrawings *self = owner;

  if (job->drawings == NULL)
    job->drawings = ds_drawings_new ();
  if (!self->failed)
    set_list (self, job->drawings);
  else if (!join_drawings (self, self->base, job->drawings))
    return;
  set_base (self, g_steal_pointer (&job->drawings), job->state);
}

/* The last file that a save replaces; or the folder itself, which was not there yet. */
static gboolean
is_watched (PzDrawings *self,
            GFile      *file)
{
  g_autoptr(GFile) folder = g_file_new_for_path (self->folder);
  g_autoptr(GFile) labels = g_file_get_child (folder, DS_DRAWINGS_LABELS);

  return file != NULL && (g_file_equal (file, labels) || g_file_equal (file, folder));
}

static void
on_folder_changed (PzDrawings       *self,
                   GFile            *file,
                   GFile            *other_file,
                   GFileMonitorEvent event)
{
  if (!is_watched (self, file) && !is_watched (self, other_file))
    return;

  self->look_again = TRUE;
  if (!self->busy)
    pz_drawings_continue (self);
}

static void
watch_folder (PzDrawings *self)
{
  g_autoptr(GFile) folder = g_file_new_for_path (self->folder);

  g_clear_object (&self->monitor);
  self->monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (on_folder_changed), self, G_CONNECT_SWAPPED);
}

static void
on_loaded (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  PzDrawings *self = PZ_DRAWINGS (object);
  g_autoptr(GError) error = NULL;

  g_task_propagate_pointer (G_TASK (result), &error);
  set_error (self, error != NULL ? error->message : NULL);
  set_ready (self, error == NULL);
  if (error == NULL)
    {
      watch_folder (self);
      self->unsaved = self->failed;
    }
  pz_drawings_start_asking (self);
  pz_drawings_continue (self);
}

/* Main thread, before the task returns. */
static void
take_saved (gpointer data,
            gpointer owner)
{
  Job *job = data;
  PzDrawings *self = owner;

  /* Nothing was written. */
  if (job->state == self->state)
    return;

  if (job->merged != NULL)
    {
      if (!join_drawings (self, job->drawings, job->merged))
        return;
      set_base (self, g_steal_pointer (&job->merged), job->state);
      self->joined = TRUE;
    }
  else
    {
      set_base (self, g_steal_pointer (&job->drawings), job->state);
    }
}

static gboolean
on_retry (gpointer user_data)
{
  PzDrawings *self = user_data;

  self->retry = 0;
  pz_drawings_changed (self);

  return G_SOURCE_REMOVE;
}

/* Once more: the program ends, but waits for its threads. */
static void
on_shutdown (PzDrawings *self)
{
  if (self->ready)
    pz_drawings_changed (self);
}

/* What is only in the list is kept until it is saved, by the program where no window has it. */
static void
set_failed (PzDrawings *self,
            gboolean    failed)
{
  GApplication *application = g_application_get_default ();

  if (!failed)
    g_clear_handle_id (&self->retry, g_source_remove);
  if (self->failed == failed)
    return;

  self->failed = failed;
  if (application != NULL && failed)
    g_signal_connect_data (application, "shutdown", G_CALLBACK (on_shutdown), g_object_ref (self),
                           (GClosureNotify) (GCallback) g_object_unref, G_CONNECT_SWAPPED);
  else if (application != NULL)
    g_signal_handlers_disconnect_by_func (application, on_shutdown, self);
}

/* About what another program wrote. Returns: whether there was anything */
static gboolean
query_merged (PzDrawings *self)
{
  if (!self->joined)
    return FALSE;

  self->joined = FALSE;
  pz_drawings_start_asking (self);

  return TRUE;
}

static void
on_saved (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  PzDrawings *self = PZ_DRAWINGS (object);
  g_autoptr(GError) error = NULL;

  g_task_propagate_pointer (G_TASK (result), &error);
  set_error (self, error != NULL ? error->message : NULL);
  set_failed (self, error != NULL);
  if (error == NULL)
    pz_drawings_emit_saved (self);
  else if (self->retry == 0)
    self->retry = g_timeout_add_seconds (RETRY_INTERVAL, on_retry, self);
  query_merged (self);
  pz_drawings_continue (self);
}

/* Main thread, before the task returns: what another program wrote, if it did. */
static void
merge_external (gpointer data,
                gpointer owner)
{
  Job *job = data;
  PzDrawings *self = owner;

  if (job->drawings == NULL || job->state == self->state)
    return;

  if (!join_drawings (self, self->base, job->drawings))
    return;
  set_base (self, g_steal_pointer (&job->drawings), job->state);
  self->joined = TRUE;
}

static void
on_looked (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  PzDrawings *self = PZ_DRAWINGS (object);
  g_autoptr(GError) error = NULL;

  g_task_propagate_pointer (G_TASK (result), &error);
  /* What could not be saved is still to be said. */
  if (error != NULL || !self->failed)
    set_error (self, error != NULL ? error->message : NULL);
  if (query_merged (self))
    pz_drawings_emit_saved (self);
  pz_drawings_continue (self);
}

static Job *
job_new (PzDrawings *self)
{
  Job *job = g_new0 (Job, 1);

  job->folder = g_strdup (self->folder);
  job->base = self->base;
  job->state = self->state;

  return job;
}

static void
start_save (PzDrawings *self)
{
  Job *job = job_new (self);

  job->drawings = collect_drawings (self);
  self->unsaved = FALSE;
  pz_task_run (g_task_new (self, NULL, on_saved, NULL), save_worker, job, job_free, take_saved, self);
}

/* To another folder: what was added and could not be saved. What became of the others is a matter of
 * the folder they are in. */
static void
keep_added (PzDrawings *self)
{
  DsDrawings *none = ds_drawings_new ();

  join_drawings (self, self->base, none);
  set_base (self, none, 0);
  if (self->drawings->len == 0)
    set_failed (self, FALSE);
}

static void
start_load (PzDrawings *self)
{
  g_clear_handle_id (&self->retry, g_source_remove);
  if (self->failed && g_strcmp0 (self->folder, self->next_folder) != 0)
    keep_added (self);

  g_free (self->folder);
  self->folder = g_steal_pointer (&self->next_folder);
  g_clear_object (&self->monitor);
  self->look_again = FALSE;
  set_ready (self, FALSE);
  g_object_notify (G_OBJECT (self), "folder");
  pz_task_run (g_task_new (self, NULL, on_loaded, NULL), load_worker, job_new (self), job_free, take_loaded, self);
}

static void
start_check (PzDrawings *self)
{
  self->look_again = FALSE;
  pz_task_run (g_task_new (self, NULL, on_looked, NULL), load_worker, job_new (self), job_free, merge_external, self);
}

/* One thing after the other: what is to be saved, then another folder, then what another program
 * did. */
void
pz_drawings_continue (PzDrawings *self)
{
  set_busy (self, self->unsaved || self->next_folder != NULL || self->look_again);

  if (self->unsaved)
    start_save (self);
  else if (self->next_folder != NULL)
    start_load (self);
  else if (self->look_again)
    start_check (self);
}

void
pz_drawings_changed (PzDrawings *self)
{
  self->unsaved = TRUE;
  if (!self->busy)
    pz_drawings_continue (self);
}
