/* pz-project-checkpoint.c: keeps what is unsaved, in case the program does not end well.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/pz-project-private.h"

/* @checkpoint: (transfer full) */
static void
set_checkpoint (PzProject    *self,
                PzCheckpoint *checkpoint)
{
  if (self->checkpoint != NULL)
    g_signal_handlers_disconnect_by_data (self->checkpoint, self);

  g_clear_object (&self->checkpoint);
  self->checkpoint = checkpoint;
  g_signal_connect_object (checkpoint, "failed", G_CALLBACK (pz_project_emit_checkpoint_failed), self,
                           G_CONNECT_SWAPPED);
}

/* @contents: (transfer full) */
static void
keep_checkpoint (PzProject  *self,
                 RecipeFile *contents)
{
  if (self->checkpoint == NULL)
    set_checkpoint (self, pz_checkpoint_new (self->checkpoint_folder));

  pz_checkpoint_keep (self->checkpoint, contents);
}

static gboolean
is_file_kept (PzProject *self)
{
  return self->checkpoint != NULL && pz_checkpoint_is_kept (self->checkpoint);
}

void
pz_project_on_checkpoint (PzProject *self)
{
  g_autoptr(MlpTrainingState) state = NULL;
  g_autoptr(MlpNet) net = NULL;
  RecipeFile *contents;
  guint epoch;

  state = pz_trainer_take_checkpoint (self->trainer, &net, &epoch);
  if (state == NULL)
    return;

  contents = pz_run_make_file_of (self->trained, pz_project_peek_recipe (self), net, state, epoch);
  pz_project_start_waiting_saves (self, contents);

  self->keeping = FALSE;
  if (self->checkpoint_folder != NULL)
    keep_checkpoint (self, contents);
  else
    recipe_file_free (contents);
}

/* A run that was kept is kept to its end: nothing was saved yet. */
void
pz_project_checkpoint_run_ended (PzProject *self)
{
  if (self->trained != NULL && self->checkpoint_folder != NULL && (self->keeping || is_file_kept (self)))
    keep_checkpoint (self, pz_run_make_file (self->trained, pz_project_peek_recipe (self)));

  self->keeping = FALSE;
}

void
pz_project_set_checkpoints (PzProject  *self,
                            const char *folder,
                            guint       n_epochs,
                            gint64      interval)
{
  g_return_if_fail (PZ_IS_PROJECT (self));

  g_free (self->checkpoint_folder);
  self->checkpoint_folder = g_strdup (folder);
  pz_trainer_set_checkpoints (self->trainer, folder != NULL ? n_epochs : 0, interval);
}

void
pz_project_keep (PzProject *self)
{
  g_return_if_fail (PZ_IS_PROJECT (self));

  if (self->checkpoint_folder == NULL)
    return;

  if (pz_trainer_get_busy (self->trainer))
    {
      self->keeping = TRUE;
      pz_trainer_request_checkpoint (self->trainer);
    }
  else if (self->modified)
    keep_checkpoint (self, pz_project_make_contents (self));
}

gboolean
pz_project_is_kept (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), TRUE);

  return !self->keeping && (self->checkpoint == NULL || !pz_checkpoint_is_writing (self->checkpoint));
}

void
pz_project_discard_checkpoint (PzProject *self)
{
  g_return_if_fail (PZ_IS_PROJECT (self));

  self->keeping = FALSE;
  if (self->checkpoint != NULL)
    pz_checkpoint_remove (self->checkpoint);
}

void
pz_project_recover (PzProject    *self,
                    PzCheckpoint *checkpoint,
                    RecipeFile   *contents)
{
  g_autoptr(RecipeFile) owned = contents;

  g_return_if_fail (PZ_IS_PROJECT (self));
  g_return_if_fail (PZ_IS_CHECKPOINT (checkpoint));
  g_return_if_fail (!pz_trainer_get_busy (self->trainer));

  self->n_openings++;
  pz_project_apply_file (self, NULL, owned);
  set_checkpoint (self, g_object_ref (checkpoint));
  pz_project_set_modified (self, TRUE);
}
