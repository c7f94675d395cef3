/* pz-project-data.c: loads and divides the data of the recipe.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "core/mlp-display.h"
#include "core/mlp-error.h"
#include "datasets/ds-open.h"
#include "datasets/ds-split.h"
#include "model/pz-known-sources.h"
#include "model/pz-project-private.h"

/* What is to be learnt counts where there is something to choose. */
gboolean
pz_project_has_data (PzProject *self)
{
  const DsTask *task;

  g_return_val_if_fail (PZ_IS_PROJECT (self), FALSE);

  task = self->dataset != NULL ? pz_dataset_peek_set (self->dataset)->task : NULL;

  return self->dataset != NULL &&
         g_strcmp0 (self->loaded_source, pz_project_peek_recipe (self)->source) == 0 &&
         (task != NULL || g_strcmp0 (self->loaded_add, pz_project_peek_recipe (self)->add) == 0) &&
         (task == NULL || ds_task_equal (task, &pz_project_peek_recipe (self)->task));
}

gboolean
pz_project_data_fit_net (PzProject *self)
{
  const DsTask *learnt = self->net_data.task;
  const DsTask *task = self->dataset != NULL ? pz_dataset_peek_set (self->dataset)->task : NULL;

  if (learnt == NULL || task == NULL)
    return learnt == task;

  return ds_task_learns_same (learnt, task);
}

static void
set_molecules (PzProject *self,
               gboolean   molecules)
{
  if (self->molecules == molecules)
    return;

  self->molecules = molecules;
  pz_project_notify (self, PZ_PROJECT_PROP_MOLECULES);
}

/* What a source is can be said at once of a built-in one and of what is loaded. */
static gboolean
knows_molecules (PzProject  *self,
                 const char *source,
                 gboolean   *molecules)
{
  if (g_str_has_prefix (source, "builtin:"))
    *molecules = ds_open_is_molecules (source);
  else if (self->dataset != NULL && g_strcmp0 (self->loaded_source, source) == 0)
    *molecules = pz_dataset_is_molecules (self->dataset);
  else
    return FALSE;

  return TRUE;
}

void
pz_project_fit_recipe (PzProject *self,
                       Recipe    *recipe)
{
  gboolean molecules;

  self->fits_later = !knows_molecules (self, recipe->source, &molecules);

  if (!self->fits_later && molecules != self->molecules)
    recipe_fit (recipe, molecules);
}

static void
set_load_fraction (PzProject *self,
                   double     fraction)
{
  if (self->load_fraction == fraction)
    return;

  self->load_fraction = fraction;
  pz_project_notify (self, PZ_PROJECT_PROP_LOAD_FRACTION);
}

/* The division of the loaded data, made anew if it was made otherwise. Without
 * one that works the old one stays, to be looked at.
 */
static void
update_split (PzProject *self)
{
  const DsSplitOptions *now = &pz_project_peek_recipe (self)->split;
  const DsSplitOptions *then = &self->split_options;
  MlpSplit *split;

  if (self->dataset == NULL)
    return;

  if (self->split != NULL && ds_split_options_equal (now, then))
    return;

  split = ds_split_make (pz_dataset_peek_set (self->dataset), now, NULL);
  if (split == NULL)
    return;

  g_clear_pointer (&self->split, mlp_split_unref);
  self->split = split;
  self->split_options = *now;
}

/* Main thread. */
static void
on_load_progress (double   fraction,
                  gpointer user_data)
{
  GCancellable *cancellable = user_data;
  PzProject *self = g_object_get_data (G_OBJECT (cancellable), "project");

  if (self->load_cancellable == cancellable)
    set_load_fraction (self, fraction);
}

static void start_load (PzProject  *self,
                        const char *source,
                        PzDataset  *base);

/* What a load is asked for. */
static void
set_wanted (PzProject  *self,
            const char *source,
            const char *add)
{
  char *copy = g_strdup (source);

  g_free (self->wanted_source);
  self->wanted_source = copy;
  g_free (self->wanted_add);
  self->wanted_add = g_strdup (add);
  ds_task_clear (&self->wanted_task);
  ds_task_copy (&pz_project_peek_recipe (self)->task, &self->wanted_task);
}

/* A choice has come to nothing: the recipe stays as it is, and so do its data. */
static void
give_choice_up (PzProject *self)
{
  g_clear_pointer (&self->chosen_source, g_free);
  set_wanted (self, pz_project_peek_recipe (self)->source, pz_project_peek_recipe (self)->add);
}

/* Where the choice came before the recipe's own data, they come now. */
static void
go_on_loading (PzProject *self)
{
  if (!self->interrupted)
    return;

  self->interrupted = FALSE;
  start_load (self, pz_project_peek_recipe (self)->source, NULL);
}

/* (transfer full): one that fits data of this kind, with the task that they were
 * read with.
 */
static Recipe *
copy_to_fit (PzProject  *self,
             const char *source,
             gboolean    molecules)
{
  const DsTask *task = self->dataset != NULL ? pz_dataset_peek_set (self->dataset)->task : NULL;
  Recipe *recipe = recipe_copy (pz_project_peek_recipe (self));
  char *copy = g_strdup (source);

  g_free (recipe->source);
  recipe->source = copy;

  if (molecules != self->molecules)
    recipe_fit (recipe, molecules);

  if (task != NULL && g_strcmp0 (self->loaded_source, source) == 0)
    {
      ds_task_clear (&recipe->task);
      ds_task_copy (task, &recipe->task);
    }

  return recipe;
}

/* What was chosen is there: the recipe names it from now on. */
static void
take_choice (PzProject *self)
{
  g_autofree char *source = g_steal_pointer (&self->chosen_source);

  pz_project_edit (self, copy_to_fit (self, source, pz_dataset_is_molecules (self->dataset)), NULL);
}

/* The file that the recipe names is known by now. */
static void
fit_later (PzProject *self,
           gboolean   molecules)
{
  Recipe *recipe = copy_to_fit (self, pz_project_peek_recipe (self)->source, molecules);

  self->fits_later = FALSE;

  /* Nothing of this is a reason to load again. */
  ds_task_clear (&self->wanted_task);
  ds_task_copy (&recipe->task, &self->wanted_task);
  set_molecules (self, molecules);
  pz_recipe_history_amend (self->recipes, recipe);
}

/* Main thread. The cancellable tells which load this is, and keeps the
 * project; the answer of one that is not the newest is dropped.
 */
static void
on_loaded (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GCancellable) cancellable = user_data;
  g_autoptr(PzProject) self = g_object_ref (g_object_get_data (G_OBJECT (cancellable), "project"));
  g_autoptr(GError) error = NULL;
  g_autoptr(PzDataset) dataset = pz_dataset_load_finish (result, &error);
  PzPendingRun run = self->pending_run;
  gboolean was_choice;

  /* No circle: the cancellable lets go of the project. */
  g_object_set_data (G_OBJECT (cancellable), "project", NULL);

  if (self->load_cancellable != cancellable)
    return;

  g_clear_object (&self->load_cancellable);
  self->pending_run = PZ_PENDING_NONE;
  was_choice = self->chosen_source != NULL;

  g_object_freeze_notify (G_OBJECT (self));

  if (g_error_matches (error, MLP_ERROR, MLP_ERROR_DAMAGED))
    pz_project_set_damaged_source (self, self->wanted_source);

  if (dataset != NULL)
    {
      g_free (self->loaded_source);
      self->loaded_source = g_strdup (self->wanted_source);
      g_free (self->loaded_add);
      self->loaded_add = g_strdup (self->wanted_add);
      self->added_is_old = FALSE;
      pz_known_sources_add (self->loaded_source);
      pz_known_sources_add (self->loaded_add);
      if (g_set_object (&self->dataset, dataset))
        self->tested_net = 0;
      g_clear_pointer (&self->split, mlp_split_unref);
      self->interrupted = FALSE;
      if (self->chosen_source != NULL)
        take_choice (self);
      update_split (self);
      pz_project_notify (self, PZ_PROJECT_PROP_DATASET);
    }
  else if (self->chosen_source != NULL)
    {
      give_choice_up (self);
      go_on_loading (self);
    }

  if (!was_choice)
    {
      if (self->fits_later)
        fit_later (self, pz_dataset_load_is_molecules (result));
      else
        set_molecules (self, pz_dataset_load_is_molecules (result));
    }

  /* Stays until another load is asked for. */
  if (error != NULL)
    pz_project_set_load_error (self, error->message);
  pz_project_notify (self, PZ_PROJECT_PROP_LOADING);
  pz_project_update_state (self);

  g_object_thaw_notify (G_OBJECT (self));

  if (dataset != NULL && run == PZ_PENDING_TRAIN)
    pz_project_train (self);
  else if (dataset != NULL && run == PZ_PENDING_CONTINUE)
    pz_project_continue (self);
}

/* The newest load is nobody's any more; its answer will be dropped. */
static gboolean
drop_load (PzProject *self)
{
  if (self->load_cancellable == NULL)
    return FALSE;

  self->pending_run = PZ_PENDING_NONE;
  g_cancellable_cancel (self->load_cancellable);
  g_clear_object (&self->load_cancellable);

  return TRUE;
}

/* (transfer full): with what is to be learnt, should the data be molecules */
static Recipe *
copy_for_molecules (PzProject *self)
{
  Recipe *recipe = recipe_copy (pz_project_peek_recipe (self));

  if ((self->fits_later || self->chosen_source != NULL) && !self->molecules)
    recipe_fit (recipe, TRUE);

  return recipe;
}

void
pz_project_set_named (PzProject    *self,
                      const Recipe *recipe)
{
  g_free (self->named_source);
  self->named_source = recipe != NULL ? g_strdup (recipe->source) : NULL;
  g_free (self->named_add);
  self->named_add = recipe != NULL ? g_strdup (recipe->add) : NULL;
}

/* Whether only a file named @place: @named, which nobody has allowed, and where none were opened before. */
static gboolean
is_unknown (const char *place,
            const char *named)
{
  return named != NULL && g_strcmp0 (place, named) == 0 && !pz_known_sources_contain (place);
}

/* Says so where the recipe names such a place. */
static gboolean
wait_for_answer (PzProject *self)
{
  const char *source = pz_project_peek_recipe (self)->source;
  const char *unknown = is_unknown (source, self->named_source) ? source : pz_project_peek_recipe (self)->add;
  g_autofree char *name = NULL;
  g_autofree char *message = NULL;

  if (unknown != source && !is_unknown (unknown, self->named_add))
    return FALSE;

  if (drop_load (self))
    pz_project_notify (self, PZ_PROJECT_PROP_LOADING);

  name = mlp_display_filename (unknown);
  message = g_strdup_printf (_("The file names data in “%s”, where none were opened before. Open them?"), name);
  set_wanted (self, source, pz_project_peek_recipe (self)->add);
  g_object_freeze_notify (G_OBJECT (self));
  pz_project_set_load_error (self, message);
  self->asks = TRUE;
  pz_project_update_state (self);
  g_object_thaw_notify (G_OBJECT (self));

  return TRUE;
}

/* Loads @source, and nothing else that may be under way; with @base, which is from
 * there, only what is added. What a person chose is loaded at once, without what only a
 * file adds to it: that is asked for when the recipe names what was chosen.
 */
static void
start_load (PzProject  *self,
            const char *source,
            PzDataset  *base)
{
  g_autoptr(Recipe) recipe = NULL;
  gboolean was_loading;

  if (self->chosen_source == NULL && wait_for_answer (self))
    return;

  recipe = copy_for_molecules (self);
  was_loading = drop_load (self);
  set_wanted (self, source, is_unknown (pz_project_peek_recipe (self)->add, self->named_add) ? NULL : pz_project_peek_recipe (self)->add);
  self->load_cancellable = g_cancellable_new ();
  g_object_set_data_full (G_OBJECT (self->load_cancellable), "project",
                          g_object_ref (self), g_object_unref);

  g_object_freeze_notify (G_OBJECT (self));
  pz_project_set_load_error (self, NULL);
  set_load_fraction (self, 0.0);
  if (!was_loading)
    pz_project_notify (self, PZ_PROJECT_PROP_LOADING);
  pz_project_update_state (self);
  g_object_thaw_notify (G_OBJECT (self));

  pz_dataset_load_added_async (base, self->wanted_source, self->wanted_add, &recipe->task,
                               self->load_cancellable, on_load_progress, self->load_cancellable,
                               on_loaded, g_object_ref (self->load_cancellable));
}

void
pz_project_load_data (PzProject *self)
{
  g_return_if_fail (PZ_IS_PROJECT (self));

  g_clear_pointer (&self->chosen_source, g_free);
  self->interrupted = FALSE;
  start_load (self, pz_project_peek_recipe (self)->source, NULL);
}

gboolean
pz_project_wait_for_added (PzProject   *self,
                           PzPendingRun run)
{
  if (!self->added_is_old || pz_project_peek_recipe (self)->add == NULL || self->molecules)
    return FALSE;

  start_load (self, pz_project_peek_recipe (self)->source, self->dataset);
  self->pending_run = run;

  return TRUE;
}

void
pz_project_added_changed (PzProject *self)
{
  g_return_if_fail (PZ_IS_PROJECT (self));

  self->added_is_old = TRUE;
}

void
pz_project_choose_data (PzProject  *self,
                        const char *source)
{
  g_return_if_fail (PZ_IS_PROJECT (self));
  g_return_if_fail (source != NULL);

  if (g_strcmp0 (self->named_source, source) == 0)
    g_clear_pointer (&self->named_source, g_free);

  /* Chosen again: the files may have changed, or be there now. */
  if (g_strcmp0 (pz_project_peek_recipe (self)->source, source) == 0)
    {
      pz_project_load_data (self);
      return;
    }

  if (self->chosen_source == NULL)
    self->interrupted = pz_project_get_loading (self);
  g_free (self->chosen_source);
  self->chosen_source = g_strdup (source);
  start_load (self, source, NULL);
}

void
pz_project_cancel_load (PzProject *self)
{
  gboolean was_choice;

  g_return_if_fail (PZ_IS_PROJECT (self));

  if (!drop_load (self))
    return;

  was_choice = self->chosen_source != NULL;
  give_choice_up (self);

  g_object_freeze_notify (G_OBJECT (self));
  pz_project_set_load_error (self, was_choice && pz_project_has_data (self) ? NULL : _("Loading the data was cancelled."));
  pz_project_notify (self, PZ_PROJECT_PROP_LOADING);
  go_on_loading (self);
  pz_project_update_state (self);
  g_object_thaw_notify (G_OBJECT (self));
}

void
pz_project_forget_choice (PzProject *self)
{
  if (self->chosen_source == NULL)
    return;

  give_choice_up (self);
  self->interrupted = FALSE;
  if (drop_load (self))
    pz_project_notify (self, PZ_PROJECT_PROP_LOADING);
}

void
pz_project_follow_recipe (PzProject *self)
{
  gboolean molecules;

  if (knows_molecules (self, pz_project_peek_recipe (self)->source, &molecules))
    set_molecules (self, molecules);

  /* Other data are on their way; which it will be turns out then. */
  if (self->chosen_source != NULL)
    {
      update_split (self);
      return;
    }

  if (pz_project_has_data (self))
    {
      /* Back to what is still there. */
      if (drop_load (self))
        pz_project_notify (self, PZ_PROJECT_PROP_LOADING);
      set_wanted (self, self->loaded_source, pz_project_peek_recipe (self)->add);
      pz_project_set_load_error (self, NULL);
      update_split (self);
      return;
    }

  /* Nothing was asked for yet (pz_project_load_data() says when), or it is under
   * way, or it failed: once is enough.
   */
  if (self->wanted_source == NULL ||
      (g_strcmp0 (self->wanted_source, pz_project_peek_recipe (self)->source) == 0 &&
       (self->molecules || g_strcmp0 (self->wanted_add, pz_project_peek_recipe (self)->add) == 0) &&
       (!self->molecules || ds_task_equal (&self->wanted_task, &pz_project_peek_recipe (self)->task))))
    return;

  /* The pictures are there already; only what is added is another. */
  if (self->dataset != NULL && !self->molecules &&
      g_strcmp0 (self->loaded_source, pz_project_peek_recipe (self)->source) == 0)
    start_load (self, pz_project_peek_recipe (self)->source, self->dataset);
  else
    pz_project_load_data (self);
}

PzDataset *
pz_project_get_dataset (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), NULL);

  return self->dataset;
}

gboolean
pz_project_get_asks (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), FALSE);

  return self->asks;
}

void
pz_project_allow_source (PzProject *self)
{
  g_return_if_fail (PZ_IS_PROJECT (self));

  if (is_unknown (pz_project_peek_recipe (self)->source, self->named_source))
    g_clear_pointer (&self->named_source, g_free);
  else
    g_clear_pointer (&self->named_add, g_free);

  pz_project_load_data (self);
}

gboolean
pz_project_has_molecules (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), FALSE);

  return self->molecules;
}

gboolean
pz_project_get_loading (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), FALSE);

  return self->load_cancellable != NULL;
}

const char *
pz_project_get_loading_source (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), NULL);

  return pz_project_get_loading (self) ? self->wanted_source : NULL;
}
