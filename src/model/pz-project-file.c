/* pz-project-file.c: saves and opens a project.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "core/mlp-display.h"
#include "io/io-part.h"
#include "model/pz-project-private.h"
#include "model/pz-task.h"
#include "recipe/recipe-rescue.h"

/* What goes to the thread, and what comes back. */
typedef struct
{
  GFile        *file;
  char         *path;
  RecipeFile   *contents;
  char         *rescued;    /* (nullable): where it was kept when it could not be saved */
  gboolean      ok;         /* written by the thread: it was saved, or read */
  GCancellable *cancellable; /* (nullable): of opening */
  GError       *refusal;    /* (nullable): read well, but the project does not become it */
  guint         n_changes;  /* of the project when it was asked to save */
  guint         n_projects; /* the same */
  guint         n_openings; /* the same, when it was asked to open */
} Transfer;

static Transfer *
transfer_new (GFile *file)
{
  Transfer *transfer = g_new0 (Transfer, 1);

  transfer->file = g_object_ref (file);
  transfer->path = g_file_get_path (file);

  return transfer;
}

static void
transfer_free (gpointer data)
{
  Transfer *transfer = data;

  g_clear_object (&transfer->file);
  g_clear_pointer (&transfer->path, g_free);
  g_clear_pointer (&transfer->rescued, g_free);
  g_clear_error (&transfer->refusal);
  g_clear_object (&transfer->cancellable);
  g_clear_pointer (&transfer->contents, recipe_file_free);
  g_free (transfer);
}

void
pz_project_set_file (PzProject *self,
                     GFile     *file)
{
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;

  g_object_freeze_notify (G_OBJECT (self));

  if (g_set_object (&self->file, file))
    pz_project_notify (self, PZ_PROJECT_PROP_FILE);

  g_free (self->title);
  self->title = name != NULL ? mlp_display_filename (name) : g_strdup (_("Untitled"));
  pz_project_notify (self, PZ_PROJECT_PROP_TITLE);

  g_object_thaw_notify (G_OBJECT (self));
}

RecipeFile *
pz_project_make_contents (PzProject *self)
{
  const Recipe *recipe = pz_project_peek_recipe (self);

  if (pz_project_peek_net (self) == NULL)
    return recipe_file_new (recipe, pz_project_peek_set (self), NULL, NULL, 0, 0);

  return pz_run_make_file (self->run, recipe);
}

/* Worker thread. */
static void
save_worker (GTask        *worker,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Transfer *transfer = task_data;
  g_autoptr(GError) error = NULL;

  transfer->ok = recipe_file_save (transfer->contents, transfer->path, &error);
  if (transfer->ok)
    {
      pz_task_return_pointer (worker, NULL, NULL);
      return;
    }

  if (transfer->contents->net != NULL)
    transfer->rescued = recipe_rescue (transfer->contents, transfer->path, &error);
  g_task_return_error (worker, g_steal_pointer (&error));
}

/* However they are spelled. */
static gboolean
is_same_file (const char *a,
              const char *b)
{
  GStatBuf info_a, info_b;

  return g_stat (a, &info_a) == 0 && g_stat (b, &info_b) == 0 &&
         info_a.st_dev == info_b.st_dev && info_a.st_ino == info_b.st_ino;
}

/* The copy that an earlier save left elsewhere is needed no more: there is a newer one, in @saved or
 * @rescued. */
static void
set_rescued (PzProject  *self,
             const char *rescued,
             const char *saved)
{
  if (self->rescued != NULL && (saved == NULL || !is_same_file (self->rescued, saved)))
    g_unlink (self->rescued);

  g_free (self->rescued);
  self->rescued = g_strdup (rescued);
}

static guint
get_last_epoch (const RecipeFile *contents)
{
  const GArray *epochs = contents->epochs;

  return epochs->len > 0 ? g_array_index (epochs, MlpEpoch, epochs->len - 1).epoch : 0;
}

/* Main thread, just before the caller hears of it. */
static void
on_saved (gpointer data,
          gpointer owner)
{
  const Transfer *transfer = data;
  PzProject *self = owner;

  /* By now the project is another one. */
  if (transfer->n_projects != self->n_projects)
    return;

  if (!transfer->ok)
    {
      if (transfer->rescued != NULL)
        set_rescued (self, transfer->rescued, NULL);
      return;
    }

  set_rescued (self, NULL, transfer->path);
  pz_project_set_file (self, transfer->file);

  /* What was changed meanwhile is not in the file. */
  if (transfer->n_changes == self->n_changes)
    pz_project_set_modified (self, FALSE);

  if (!self->modified && !pz_trainer_get_busy (self->trainer))
    pz_project_discard_checkpoint (self);
}

/* Hands out what became of it. */
static gboolean
finish_transfer (GAsyncResult *result,
                 GError      **error)
{
  g_autoptr(GError) failure = NULL;
  const Transfer *transfer = g_task_get_task_data (G_TASK (result));

  g_task_propagate_pointer (G_TASK (result), &failure);
  if (failure == NULL && transfer->refusal != NULL)
    failure = g_error_copy (transfer->refusal);
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

void
pz_project_save_async (PzProject          *self,
                       GFile              *file,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  Transfer *transfer;
  GTask *task;

  g_return_if_fail (PZ_IS_PROJECT (self));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, pz_project_save_async);

  transfer = transfer_new (file);
  if (transfer->path == NULL)
    {
      transfer_free (transfer);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s",
                               _("This location cannot be saved to; choose a folder on this computer."));
      g_object_unref (task);
      return;
    }

  transfer->n_changes = self->n_changes;
  transfer->n_projects = self->n_projects;

  /* The caller's task has it, too: finish looks at it. */
  g_task_set_task_data (task, transfer, transfer_free);

  /* What is saved can be continued: the thread of a run that is on has to say from where. */
  if (pz_trainer_get_busy (self->trainer) && self->run == self->trained)
    {
      if (self->waiting_saves == NULL)
        self->waiting_saves = g_ptr_array_new_with_free_func (g_object_unref);

      g_ptr_array_add (self->waiting_saves, task);
      pz_trainer_request_checkpoint (self->trainer);
      return;
    }

  transfer->contents = pz_project_make_contents (self);
  pz_task_run (task, save_worker, transfer, NULL, on_saved, self);
}

void
pz_project_start_waiting_saves (PzProject        *self,
                                const RecipeFile *contents)
{
  g_autoptr(GPtrArray) tasks = g_steal_pointer (&self->waiting_saves);

  for (guint i = 0; tasks != NULL && i < tasks->len; i++)
    {
      GTask *task = g_object_ref (tasks->pdata[i]);
      Transfer *transfer = g_task_get_task_data (task);

      transfer->contents = contents != NULL
                           ? pz_run_make_file_of (self->trained, pz_project_peek_recipe (self), contents->net,
                                                  contents->state, get_last_epoch (contents))
                           : pz_project_make_contents (self);
      pz_task_run (task, save_worker, transfer, NULL, on_saved, self);
    }
}

gboolean
pz_project_save_finish (PzProject    *self,
                        GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, pz_project_save_async), FALSE);

  return finish_transfer (result, error);
}

/* Worker thread. */
static void
open_worker (GTask        *worker,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Transfer *transfer = task_data;
  g_autofree char *folder = g_path_get_dirname (transfer->path);
  g_autoptr(GError) error = NULL;

  io_part_clear_stale (folder);
  transfer->contents = recipe_file_load (transfer->path, &error);

  transfer->ok = transfer->contents != NULL;
  if (transfer->ok)
    pz_task_return_pointer (worker, NULL, NULL);
  else
    g_task_return_error (worker, g_steal_pointer (&error));
}

static gboolean
refuse_while_busy (PzProject *self,
                   GError   **error)
{
  if (!pz_trainer_get_busy (self->trainer))
    return FALSE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                       _("Stop the training before opening another file."));

  return TRUE;
}

/* Main thread, just before the caller hears of it. A run may have begun while the file was read, or
 * another have been asked for.
 */
static void
on_opened (gpointer data,
           gpointer owner)
{
  Transfer *transfer = data;
  PzProject *self = owner;

  if (!transfer->ok || g_cancellable_is_cancelled (transfer->cancellable))
    return;

  if (refuse_while_busy (self, &transfer->refusal))
    return;

  if (transfer->n_openings == self->n_openings)
    pz_project_apply_file (self, transfer->file, transfer->contents);
  else
    g_set_error_literal (&transfer->refusal, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                         _("Another file was opened in the meantime."));
}

void
pz_project_open_async (PzProject          *self,
                       GFile              *file,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr(GError) error = NULL;
  Transfer *transfer;
  GTask *task;

  g_return_if_fail (PZ_IS_PROJECT (self));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, pz_project_open_async);

  transfer = transfer_new (file);
  g_task_set_task_data (task, transfer, transfer_free);

  if (transfer->path == NULL)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                         _("Files at this location cannot be opened; copy the file to this computer first."));
  else
    refuse_while_busy (self, &error);

  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }

  g_set_object (&transfer->cancellable, cancellable);
  transfer->n_openings = ++self->n_openings;
  pz_task_run (task, open_worker, transfer, NULL, on_opened, self);
}

/* (transfer full) (nullable): the run of a file, of which parts of @contents are taken */
static PzRun *
make_run (GFile      *file,
          RecipeFile *contents)
{
  const Recipe *trained = recipe_file_peek_trained (contents);
  g_autofree char *base = file != NULL ? g_file_get_basename (file) : g_strdup (_("Untitled"));
  g_autofree char *name = mlp_display_filename (base);
  g_autoptr(PzHistory) history = NULL;
  PzRun *run;

  if (contents->net == NULL && contents->epochs->len == 0)
    return NULL;

  history = pz_history_new (name);
  if (contents->data.task != NULL)
    pz_history_set_task (history, contents->data.task);
  pz_history_set_origin (history, contents->data.identity, trained->training.loss);
  pz_history_append (history, (const MlpEpoch *) (gpointer) contents->epochs->data, contents->epochs->len);

  run = pz_run_new (trained, &contents->data, history);
  if (contents->net != NULL)
    pz_run_set_net (run, g_steal_pointer (&contents->net), g_steal_pointer (&contents->state));

  return run;
}

/* What it was before is gone. */
static void
begin_project (PzProject *self,
               GFile     *file)
{
  self->n_projects++;
  g_clear_pointer (&self->rescued, g_free);
  pz_project_discard_checkpoint (self);
  pz_project_clear_runs (self);
  pz_project_set_file (self, file);
}

void
pz_project_apply_file (PzProject  *self,
                       GFile      *file,
                       RecipeFile *contents)
{
  g_autoptr(PzRun) run = make_run (file, contents);

  g_object_freeze_notify (G_OBJECT (self));

  begin_project (self, file);
  pz_project_set_run (self, run);
  if (run != NULL)
    g_list_store_append (self->runs, run);

  pz_data_loader_begin (self->loader, contents->recipe);
  pz_recipe_history_reset (self->recipes, g_steal_pointer (&contents->recipe));
  pz_project_set_modified (self, FALSE);
  pz_project_net_changed (self);

  if (!pz_project_has_data (self) && !pz_data_loader_get_loading (self->loader))
    pz_data_loader_load (self->loader);
  pz_project_update_state (self);

  g_object_thaw_notify (G_OBJECT (self));
}

gboolean
pz_project_open_finish (PzProject    *self,
                        GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, pz_project_open_async), FALSE);

  return finish_transfer (result, error);
}

void
pz_project_reset (PzProject *self)
{
  g_return_if_fail (PZ_IS_PROJECT (self));

  if (pz_trainer_get_busy (self->trainer))
    return;

  g_object_freeze_notify (G_OBJECT (self));

  self->n_openings++;
  begin_project (self, NULL);
  pz_data_loader_begin (self->loader, NULL);
  pz_recipe_history_reset (self->recipes, recipe_new ());
  pz_project_set_modified (self, FALSE);
  pz_project_net_changed (self);

  /* Where loading failed or was cancelled, a new project is a new try. */
  if (pz_data_loader_was_asked (self->loader) && !pz_project_has_data (self) &&
      !pz_data_loader_get_loading (self->loader))
    pz_data_loader_load (self->loader);

  g_object_thaw_notify (G_OBJECT (self));
}

GFile *
pz_project_get_file (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), NULL);

  return self->file;
}

const char *
pz_project_get_title (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), NULL);

  return self->title;
}

gboolean
pz_project_get_modified (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), FALSE);

  return self->modified;
}
