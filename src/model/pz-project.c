/* pz-project.c: the object, its recipe and what follows from it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "core/net/mlp-split.h"
#include "model/pz-project-private.h"

enum {
  RECIPE_CHANGED,
  NET_CHANGED,
  TESTED,
  TRAIN_ENDED,
  CHECKPOINT_FAILED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (PzProject, pz_project, G_TYPE_OBJECT)

static GParamSpec *properties[PZ_PROJECT_N_PROPS];

/* What they are called in the loader. */
static const char *const loader_properties[PZ_PROJECT_N_PROPS] = {
  [PZ_PROJECT_PROP_DATASET] = "dataset",
  [PZ_PROJECT_PROP_MOLECULES] = "molecules",
  [PZ_PROJECT_PROP_LOADING] = "loading",
  [PZ_PROJECT_PROP_LOAD_FRACTION] = "fraction",
  [PZ_PROJECT_PROP_LOAD_ERROR] = "error",
};

static guint signals[N_SIGNALS];

void
pz_project_notify (PzProject *self,
                   guint      property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
pz_project_emit_tested (PzProject *self)
{
  g_signal_emit (self, signals[TESTED], 0);
}

void
pz_project_emit_train_ended (PzProject    *self,
                             MlpStopReason end,
                             const char   *message)
{
  g_signal_emit (self, signals[TRAIN_ENDED], 0, end, message);
}

void
pz_project_emit_checkpoint_failed (PzProject  *self,
                                   const char *message)
{
  g_signal_emit (self, signals[CHECKPOINT_FAILED], 0, message);
}

void
pz_project_set_modified (PzProject *self,
                         gboolean   modified)
{
  if (modified)
    self->n_changes++;

  if (self->modified == modified)
    return;

  self->modified = modified;
  pz_project_notify (self, PZ_PROJECT_PROP_MODIFIED);
}

/* Why the recipe cannot be trained now, or NULL. (transfer full) */
static char *
find_problem (PzProject *self)
{
  g_autoptr(GError) error = NULL;
  const char *error_text;

  if (!pz_project_check (self, NULL, &error))
    return g_strdup (error->message);
  if (pz_data_loader_get_loading (self->loader))
    return g_strdup (_("The data are being loaded."));
  if (pz_project_has_data (self))
    return NULL;

  error_text = pz_data_loader_get_error (self->loader);

  return g_strdup (error_text != NULL ? error_text : _("The data are being loaded."));
}

const DsSet *
pz_project_peek_set (PzProject *self)
{
  PzDataset *dataset = pz_project_get_dataset (self);

  return dataset != NULL ? pz_dataset_peek_set (dataset) : NULL;
}

void
pz_project_update_state (PzProject *self)
{
  g_autofree char *problem = find_problem (self);
  const gboolean idle = !pz_trainer_get_busy (self->trainer);
  const gboolean can_train = idle && problem == NULL;
  const gboolean can_continue = can_train && self->run != NULL &&
                                pz_run_fits (self->run, pz_project_peek_recipe (self), pz_project_peek_set (self));

  g_object_freeze_notify (G_OBJECT (self));

  if (g_strcmp0 (self->problem, problem) != 0)
    {
      g_free (self->problem);
      self->problem = g_steal_pointer (&problem);
      pz_project_notify (self, PZ_PROJECT_PROP_PROBLEM);
    }

  if (self->can_train != can_train)
    {
      self->can_train = can_train;
      pz_project_notify (self, PZ_PROJECT_PROP_CAN_TRAIN);
    }

  if (self->can_continue != can_continue)
    {
      self->can_continue = can_continue;
      pz_project_notify (self, PZ_PROJECT_PROP_CAN_CONTINUE);
    }

  g_object_thaw_notify (G_OBJECT (self));
}

void
pz_project_net_changed (PzProject *self)
{
  const RecipeData *data = pz_project_peek_net_data (self);

  pz_predictor_set_net (self->predictor, pz_project_peek_net (self),
                        data->rows, data->columns, data->scale);
  g_signal_emit (self, signals[NET_CHANGED], 0);
}

void
pz_project_set_run (PzProject *self,
                    PzRun     *run)
{
  if (!g_set_object (&self->run, run))
    return;

  g_signal_group_set_target (self->run_signals, run);
  pz_project_notify (self, PZ_PROJECT_PROP_RUN);
}

void
pz_project_select_run (PzProject *self,
                       PzRun     *run)
{
  g_return_if_fail (PZ_IS_PROJECT (self));
  g_return_if_fail (g_list_store_find (self->runs, run, NULL));

  if (run == self->run)
    return;

  pz_project_set_run (self, run);
  pz_project_net_changed (self);
  pz_project_update_state (self);
}

void
pz_project_clear_runs (PzProject *self)
{
  pz_trainer_forget (self->trainer);
  g_clear_object (&self->trained);
  pz_project_set_run (self, NULL);
  g_list_store_remove_all (self->runs);
}

/* --- the recipe --- */

/* Everyone hears of it; forms render themselves again. */
static void
on_recipe_changed (PzProject *self)
{
  const float rate = pz_project_peek_recipe (self)->training.rate;

  if (rate > 0.0f && isfinite (rate) && pz_trainer_get_busy (self->trainer))
    pz_trainer_set_rate (self->trainer, rate);

  pz_data_loader_follow (self->loader, pz_project_peek_recipe (self));
  pz_project_update_state (self);
  g_signal_emit (self, signals[RECIPE_CHANGED], 0);
}

static void
on_can_undo_changed (PzProject *self)
{
  pz_project_notify (self, PZ_PROJECT_PROP_CAN_UNDO);
}

static void
on_can_redo_changed (PzProject *self)
{
  pz_project_notify (self, PZ_PROJECT_PROP_CAN_REDO);
}

void
pz_project_edit (PzProject  *self,
                 Recipe     *recipe,
                 const char *what)
{
  g_return_if_fail (PZ_IS_PROJECT (self));
  g_return_if_fail (recipe != NULL);

  if (recipe_equal (pz_project_peek_recipe (self), recipe))
    {
      recipe_free (recipe);
      return;
    }

  pz_data_loader_adapt (self->loader, recipe);
  pz_recipe_history_push (self->recipes, recipe, what, g_get_monotonic_time ());
  pz_project_set_modified (self, TRUE);
}

gboolean
pz_project_undo (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), FALSE);

  if (!pz_recipe_history_get_can_undo (self->recipes))
    return FALSE;

  pz_data_loader_keep_recipe (self->loader);
  pz_recipe_history_undo (self->recipes);
  pz_project_set_modified (self, TRUE);

  return TRUE;
}

gboolean
pz_project_redo (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), FALSE);

  if (!pz_recipe_history_get_can_redo (self->recipes))
    return FALSE;

  pz_data_loader_keep_recipe (self->loader);
  pz_recipe_history_redo (self->recipes);
  pz_project_set_modified (self, TRUE);

  return TRUE;
}

const Recipe *
pz_project_peek_recipe (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), NULL);

  return pz_recipe_history_peek_recipe (self->recipes);
}

gboolean
pz_project_check (PzProject *self,
                  MlpOption *option,
                  GError   **error)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), FALSE);

  return recipe_check (pz_project_peek_recipe (self), pz_project_has_data (self) ? pz_project_peek_set (self) : NULL,
                       option, error);
}

const char *
pz_project_get_problem (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), NULL);

  return self->problem;
}

/* --- the data --- */

/* What follows from it first, then what it is. */
static void
on_loader_notify (PzProject  *self,
                  GParamSpec *pspec)
{
  g_object_freeze_notify (G_OBJECT (self));
  /* How far a load is changes nothing else, and checking a recipe makes its whole split. */
  if (!g_str_equal (pspec->name, "fraction"))
    pz_project_update_state (self);

  for (guint i = 1; i < PZ_PROJECT_N_PROPS; i++)
    if (g_strcmp0 (loader_properties[i], pspec->name) == 0)
      pz_project_notify (self, i);

  g_object_thaw_notify (G_OBJECT (self));
}

static void
on_dataset_changed (PzProject *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->runs));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(PzRun) run = g_list_model_get_item (G_LIST_MODEL (self->runs), i);

      pz_run_forget_test (run);
    }
}

static void
on_recipe_found (PzProject    *self,
                 const Recipe *recipe,
                 gboolean      is_edit)
{
  if (is_edit)
    pz_project_edit (self, recipe_copy (recipe), NULL);
  else
    pz_recipe_history_amend (self->recipes, recipe_copy (recipe));
}

static void
on_load_ended (PzProject *self,
               gboolean   loaded)
{
  const PzPendingRun run = self->pending_run;

  self->pending_run = PZ_PENDING_NONE;
  if (loaded && run == PZ_PENDING_TRAIN)
    pz_project_train (self);
  else if (loaded && run == PZ_PENDING_CONTINUE)
    pz_project_continue (self);
}

PzDataLoader *
pz_project_get_loader (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), NULL);

  return self->loader;
}

gboolean
pz_project_has_data (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), FALSE);

  return pz_data_loader_has_data (self->loader);
}

PzDataset *
pz_project_get_dataset (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), NULL);

  return pz_data_loader_get_dataset (self->loader);
}

gboolean
pz_project_has_molecules (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), FALSE);

  return pz_data_loader_has_molecules (self->loader);
}

/* --- the object --- */

static void
pz_project_dispose (GObject *object)
{
  PzProject *self = PZ_PROJECT (object);

  pz_project_shut_down (self);

  G_OBJECT_CLASS (pz_project_parent_class)->dispose (object);
}

static void
pz_project_finalize (GObject *object)
{
  PzProject *self = PZ_PROJECT (object);

  g_clear_object (&self->loader);
  g_clear_object (&self->trainer);
  g_clear_object (&self->predictor);
  g_clear_object (&self->runs);
  g_clear_object (&self->run_signals);
  g_clear_object (&self->run);
  g_clear_object (&self->trained);
  g_clear_object (&self->file);
  g_clear_pointer (&self->rescued, g_free);
  g_clear_object (&self->recipes);
  g_clear_pointer (&self->checkpoint_folder, g_free);
  g_clear_object (&self->checkpoint);
  g_clear_pointer (&self->waiting_saves, g_ptr_array_unref);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (pz_project_parent_class)->finalize (object);
}

static void
pz_project_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  PzProject *self = PZ_PROJECT (object);

  switch (prop_id)
    {
    case PZ_PROJECT_PROP_DATASET:
    case PZ_PROJECT_PROP_MOLECULES:
    case PZ_PROJECT_PROP_LOADING:
    case PZ_PROJECT_PROP_LOAD_FRACTION:
    case PZ_PROJECT_PROP_LOAD_ERROR:
      g_object_get_property (G_OBJECT (self->loader), loader_properties[prop_id], value);
      break;

    case PZ_PROJECT_PROP_TRAINER:
      g_value_set_object (value, self->trainer);
      break;

    case PZ_PROJECT_PROP_PREDICTOR:
      g_value_set_object (value, self->predictor);
      break;

    case PZ_PROJECT_PROP_RUNS:
      g_value_set_object (value, self->runs);
      break;

    case PZ_PROJECT_PROP_RUN:
      g_value_set_object (value, self->run);
      break;

    case PZ_PROJECT_PROP_FILE:
      g_value_set_object (value, self->file);
      break;

    case PZ_PROJECT_PROP_TITLE:
      g_value_set_string (value, self->title);
      break;

    case PZ_PROJECT_PROP_MODIFIED:
      g_value_set_boolean (value, self->modified);
      break;

    case PZ_PROJECT_PROP_CAN_UNDO:
      g_value_set_boolean (value, pz_recipe_history_get_can_undo (self->recipes));
      break;

    case PZ_PROJECT_PROP_CAN_REDO:
      g_value_set_boolean (value, pz_recipe_history_get_can_redo (self->recipes));
      break;

    case PZ_PROJECT_PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;

    case PZ_PROJECT_PROP_CAN_TRAIN:
      g_value_set_boolean (value, self->can_train);
      break;

    case PZ_PROJECT_PROP_CAN_CONTINUE:
      g_value_set_boolean (value, self->can_continue);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_project_class_init (PzProjectClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = pz_project_dispose;
  object_class->finalize = pz_project_finalize;
  object_class->get_property = pz_project_get_property;

  properties[PZ_PROJECT_PROP_DATASET] =
    g_param_spec_object ("dataset", NULL, NULL, PZ_TYPE_DATASET, flags);
  properties[PZ_PROJECT_PROP_MOLECULES] =
    g_param_spec_boolean ("molecules", NULL, NULL, FALSE, flags);
  properties[PZ_PROJECT_PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PZ_PROJECT_PROP_LOAD_FRACTION] =
    g_param_spec_double ("load-fraction", NULL, NULL, 0.0, 1.0, 0.0, flags);
  properties[PZ_PROJECT_PROP_LOAD_ERROR] =
    g_param_spec_string ("load-error", NULL, NULL, NULL, flags);
  properties[PZ_PROJECT_PROP_TRAINER] =
    g_param_spec_object ("trainer", NULL, NULL, PZ_TYPE_TRAINER, flags);
  properties[PZ_PROJECT_PROP_PREDICTOR] =
    g_param_spec_object ("predictor", NULL, NULL, PZ_TYPE_PREDICTOR, flags);
  properties[PZ_PROJECT_PROP_RUNS] =
    g_param_spec_object ("runs", NULL, NULL, G_TYPE_LIST_STORE, flags);
  properties[PZ_PROJECT_PROP_RUN] =
    g_param_spec_object ("run", NULL, NULL, PZ_TYPE_RUN, flags);
  properties[PZ_PROJECT_PROP_FILE] =
    g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, flags);
  properties[PZ_PROJECT_PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PZ_PROJECT_PROP_MODIFIED] =
    g_param_spec_boolean ("modified", NULL, NULL, FALSE, flags);
  properties[PZ_PROJECT_PROP_CAN_UNDO] =
    g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PZ_PROJECT_PROP_CAN_REDO] =
    g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  properties[PZ_PROJECT_PROP_PROBLEM] =
    g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  properties[PZ_PROJECT_PROP_CAN_TRAIN] =
    g_param_spec_boolean ("can-train", NULL, NULL, FALSE, flags);
  properties[PZ_PROJECT_PROP_CAN_CONTINUE] =
    g_param_spec_boolean ("can-continue", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, PZ_PROJECT_N_PROPS, properties);

  signals[RECIPE_CHANGED] =
    g_signal_new ("recipe-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[NET_CHANGED] =
    g_signal_new ("net-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TESTED] =
    g_signal_new ("tested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TRAIN_ENDED] =
    g_signal_new ("train-ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_STRING);
  signals[CHECKPOINT_FAILED] =
    g_signal_new ("checkpoint-failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
pz_project_init (PzProject *self)
{
  self->recipes = pz_recipe_history_new (recipe_new ());
  g_signal_connect_object (self->recipes, "notify::can-undo", G_CALLBACK (on_can_undo_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->recipes, "notify::can-redo", G_CALLBACK (on_can_redo_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->recipes, "changed", G_CALLBACK (on_recipe_changed), self, G_CONNECT_SWAPPED);
  self->loader = pz_data_loader_new (pz_project_peek_recipe (self));
  g_signal_connect_object (self->loader, "notify::dataset", G_CALLBACK (on_dataset_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->loader, "notify", G_CALLBACK (on_loader_notify), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->loader, "recipe-found", G_CALLBACK (on_recipe_found), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->loader, "ended", G_CALLBACK (on_load_ended), self, G_CONNECT_SWAPPED);
  self->trainer = pz_trainer_new ();
  g_signal_connect_object (self->trainer, "checkpoint", G_CALLBACK (pz_project_on_checkpoint), self, G_CONNECT_SWAPPED);
  self->predictor = pz_predictor_new ();
  self->runs = g_list_store_new (PZ_TYPE_RUN);
  self->run_signals = g_signal_group_new (PZ_TYPE_RUN);
  g_signal_group_connect_swapped (self->run_signals, "net-changed", G_CALLBACK (pz_project_net_changed), self);
  self->title = g_strdup (_("Untitled"));
  g_signal_connect_object (self->trainer, "notify::busy",
                           G_CALLBACK (pz_project_update_state), self, G_CONNECT_SWAPPED);
  pz_project_update_state (self);
}

PzProject *
pz_project_new (void)
{
  return g_object_new (PZ_TYPE_PROJECT, NULL);
}

void
pz_project_shut_down (PzProject *self)
{
  g_return_if_fail (PZ_IS_PROJECT (self));

  self->pending_run = PZ_PENDING_NONE;
  pz_data_loader_shut_down (self->loader);
  pz_trainer_stop (self->trainer);
}

const MlpSplit *
pz_project_peek_split (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), NULL);

  return pz_data_loader_peek_split (self->loader);
}

gsize
pz_project_get_n_inputs (PzProject *self)
{
  const DsSet *set = pz_project_peek_set (self);

  return set != NULL ? mlp_samples_get_n_inputs (set->samples) : 0;
}

gsize
pz_project_get_n_outputs (PzProject *self)
{
  const DsSet *set = pz_project_peek_set (self);

  return set != NULL ? mlp_samples_get_n_outputs (set->samples) : 0;
}
