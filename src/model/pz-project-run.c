/* pz-project-run.c: trains the recipe's network.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "model/pz-project-private.h"

/* As people write them; the same in every language. */
static const char *const optimizer_titles[MLP_N_OPTIMIZERS] = {
  [MLP_SGD] = "SGD",
  [MLP_MOMENTUM] = "Momentum",
  [MLP_NESTEROV] = "Nesterov",
  [MLP_RMSPROP] = "RMSprop",
  [MLP_ADAM] = "Adam",
  [MLP_ADAMW] = "AdamW",
};

/* What tells a run from others. */
static PzHistory *
new_history (PzProject *self)
{
  g_autofree char *network = recipe_describe_network (pz_project_peek_recipe (self), pz_project_get_n_inputs (self),
                                                      pz_project_get_n_outputs (self));
  const MlpTrainOptions *options = &pz_project_peek_recipe (self)->training;
  const DsSet *set = pz_project_peek_set (self);
  /* Translators: a run in the legend: the network, the optimiser, the learning rate. */
  g_autofree char *title = g_strdup_printf (_("%s · %s %g"), network,
                                            optimizer_titles[options->optimizer.kind],
                                            (double) options->rate);
  PzHistory *history = pz_history_new (title);

  if (set->task != NULL)
    pz_history_set_task (history, set->task);
  pz_history_set_origin (history, set->identity, options->loss);

  return history;
}

/* Main thread. */
static void
on_run_ended (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(PzProject) self = user_data;
  g_autoptr(GError) error = NULL;
  MlpStopReason end = MLP_STOP_STOPPED;

  pz_trainer_run_finish (PZ_TRAINER (object), result, &end, &error);

  pz_project_set_modified (self, TRUE);
  if (self->run == self->trained)
    pz_project_net_changed (self);
  pz_project_update_state (self);
  pz_project_start_waiting_saves (self, NULL);
  pz_project_checkpoint_run_ended (self);
  pz_project_emit_train_ended (self, end, error != NULL ? error->message : NULL);
}

/* Trains @plan's network with the recipe on the data. @past: (nullable): the run that goes on; NULL: a new
 * one. @parent: (nullable): the run whose weights these are.
 */
static void
start_run (PzProject     *self,
           PzTrainerPlan *plan,
           PzRun         *past,
           PzRun         *parent)
{
  const Recipe *recipe = pz_project_peek_recipe (self);
  const DsSet *set = pz_project_peek_set (self);
  const MlpSplit *split = pz_project_peek_split (self);
  g_autoptr(RecipeFile) of_set = recipe_file_new (recipe, set, NULL, NULL, 0, 0);
  g_autoptr(RecipeSeen) seen = recipe_seen_new (set, split);
  g_autoptr(PzRun) run = NULL;

  /* Weights that go on know what they learnt from before. */
  of_set->data.seen = parent == NULL ? recipe_seen_ref (seen)
                                     : recipe_seen_union (pz_run_peek_data (parent)->seen, seen);
  if (self->trained != NULL && self->trained != past)
    pz_run_leave_trainer (self->trained);

  if (past != NULL)
    {
      run = g_object_ref (past);
      pz_run_extend (run, recipe, &of_set->data);
    }
  else
    {
      g_autoptr(PzHistory) history = new_history (self);

      run = pz_run_new (recipe, &of_set->data, history);
    }

  /* Before anyone hears of the run, the trainer has its network. */
  pz_run_enter_trainer (run, self->trainer, set->samples);
  g_set_object (&self->trained, run);
  g_object_freeze_notify (G_OBJECT (self));
  pz_project_set_run (self, run);
  plan->samples = set->samples;
  plan->split = split;
  plan->options = &recipe->training;
  plan->history = pz_run_get_history (run);
  pz_trainer_run_async (self->trainer, plan, NULL, on_run_ended, g_object_ref (self));
  if (past == NULL)
    g_list_store_append (self->runs, run);
  pz_project_set_modified (self, TRUE);
  pz_project_update_state (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/* Whether @run has to wait for what is added to the data, which has changed; it is
 * then loaded, and the run begins when it is there.
 */
static gboolean
wait_for_added (PzProject   *self,
                PzPendingRun run)
{
  if (!pz_data_loader_refresh_added (self->loader))
    return FALSE;

  self->pending_run = run;

  return TRUE;
}

void
pz_project_train (PzProject *self)
{
  PzTrainerPlan plan = { .draw = TRUE };
  g_autoptr(MlpNet) net = NULL;
  g_autoptr(GError) error = NULL;

  g_return_if_fail (PZ_IS_PROJECT (self));

  if (!self->can_train || wait_for_added (self, PZ_PENDING_TRAIN))
    return;

  net = recipe_make_zero_net (pz_project_peek_recipe (self), pz_project_get_n_inputs (self),
                              pz_project_get_n_outputs (self), &error);

  /* recipe_check() looked at everything but whether there is memory. */
  if (net == NULL)
    {
      pz_project_emit_train_ended (self, MLP_STOP_STOPPED, error->message);
      return;
    }

  plan.net = net;
  start_run (self, &plan, NULL, NULL);
}

void
pz_project_continue (PzProject *self)
{
  PzTrainerPlan plan = { NULL };
  const Recipe *recipe;
  g_autoptr(MlpTrainingState) state = NULL;
  g_autoptr(MlpNet) net = NULL;
  const DsSet *set;
  guint n_epochs;

  g_return_if_fail (PZ_IS_PROJECT (self));

  if (!self->can_continue || wait_for_added (self, PZ_PENDING_CONTINUE))
    return;

  recipe = pz_project_peek_recipe (self);
  set = pz_project_peek_set (self);
  n_epochs = pz_run_count_epochs_to_do (self->run, recipe);
  if (pz_run_is_in_trainer (self->run, recipe, set))
    {
      pz_trainer_set_rate (self->trainer, recipe->training.rate);
      pz_trainer_continue_async (self->trainer, n_epochs, NULL,
                                 on_run_ended, g_object_ref (self));
      pz_project_set_modified (self, TRUE);
      pz_project_update_state (self);
      return;
    }

  state = pz_run_dup_state (self->run, recipe, set, pz_project_peek_split (self), &net);
  if (state == NULL)
    net = mlp_net_copy (pz_project_peek_net (self));

  plan.net = net;
  plan.state = state;

  /* Without its state, training starts anew, as long as the recipe says. */
  plan.n_epochs = state != NULL ? n_epochs : 0;
  start_run (self, &plan, state != NULL || pz_run_keeps_curve (self->run, recipe, set) ? self->run : NULL, self->run);
}

PzTrainer *
pz_project_get_trainer (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), NULL);

  return self->trainer;
}

PzPredictor *
pz_project_get_predictor (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), NULL);

  return self->predictor;
}

GListModel *
pz_project_get_runs (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), NULL);

  return G_LIST_MODEL (self->runs);
}

PzRun *
pz_project_get_run (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), NULL);

  return self->run;
}

gboolean
pz_project_get_can_train (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), FALSE);

  return self->can_train;
}

gboolean
pz_project_get_can_continue (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), FALSE);

  return self->can_continue;
}

const MlpNet *
pz_project_peek_net (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), NULL);

  return self->run != NULL ? pz_run_peek_net (self->run) : NULL;
}

const RecipeData *
pz_project_peek_net_data (PzProject *self)
{
  static const RecipeData none = { 0 };

  g_return_val_if_fail (PZ_IS_PROJECT (self), NULL);

  return pz_project_peek_net (self) != NULL ? pz_run_peek_data (self->run) : &none;
}
