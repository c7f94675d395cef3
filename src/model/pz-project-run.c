/* pz-project-run.c: trains the recipe's network, and evaluates it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "core/mlp-error.h"
#include "core/net/mlp-metrics.h"
#include "core/net/mlp-split.h"
#include "datasets/ds-split.h"
#include "model/pz-project-private.h"
#include "model/pz-task.h"

void
pz_project_copy_data (RecipeData       *to,
                      const RecipeData *from)
{
  RecipeData copy;

  recipe_data_copy (from, &copy);
  recipe_data_clear (to);
  *to = copy;
}

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
  const DsSet *set = pz_dataset_peek_set (pz_project_get_dataset (self));
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
  pz_project_net_changed (self);
  pz_project_update_state (self);
  pz_project_start_waiting_saves (self, NULL);
  pz_project_checkpoint_run_ended (self);
  pz_project_emit_train_ended (self, end, error != NULL ? error->message : NULL);
}

/* A run from @net, with @draw from weights that are drawn first: the next part
 * its @past, or where that is NULL one of its own. @state: (nullable): goes on from it,
 * for @n_epochs.
 */
static void
start_run (PzProject        *self,
           MlpNet           *net,
           gboolean          draw,
           PzHistory        *past,
           MlpTrainingState *state,
           guint             n_epochs)
{
  const DsSet *set = pz_dataset_peek_set (pz_project_get_dataset (self));
  g_autoptr(RecipeFile) of_set = recipe_file_new (pz_project_peek_recipe (self), set, NULL, NULL, 0, 0);
  g_autoptr(PzHistory) history = past != NULL ? g_object_ref (past) : new_history (self);
  g_autoptr(RecipeSeen) seen = recipe_seen_new (set, pz_project_peek_split (self));

  /* Weights that go on know what they learnt from before. */
  of_set->data.seen = draw ? recipe_seen_ref (seen) : recipe_seen_union (self->net_data.seen, seen);
  pz_project_copy_data (&self->net_data, &of_set->data);
  pz_project_set_net (self, TRUE, NULL, history);
  g_clear_pointer (&self->net_recipe, recipe_free);
  self->net_recipe = recipe_copy (pz_project_peek_recipe (self));
  g_clear_pointer (&self->run_recipe, recipe_free);
  self->run_recipe = recipe_copy (pz_project_peek_recipe (self));
  g_clear_pointer (&self->run_samples, mlp_samples_unref);
  self->run_samples = mlp_samples_ref (set->samples);

  /* Before anyone hears of the run, the trainer has its network. */
  if (state != NULL)
    pz_trainer_restore_async (self->trainer, net, state, set->samples, pz_project_peek_split (self),
                              &pz_project_peek_recipe (self)->training, n_epochs, history, NULL, on_run_ended,
                              g_object_ref (self));
  else
    pz_trainer_run_async (self->trainer, net, draw, set->samples, pz_project_peek_split (self),
                          &pz_project_peek_recipe (self)->training, history, NULL, on_run_ended,
                          g_object_ref (self));
  if (past == NULL)
    g_list_store_append (self->runs, history);
  pz_project_set_modified (self, TRUE);
  pz_project_update_state (self);
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

  start_run (self, net, TRUE, NULL, NULL, 0);
}

/* Whether the epochs to come go on with the curve of the network of a file: of the same loss, on
 * the same data.
 */
static gboolean
continues_history (PzProject *self)
{
  const DsSet *set = pz_dataset_peek_set (pz_project_get_dataset (self));

  return self->file_net != NULL &&
         pz_project_peek_recipe (self)->training.loss == self->net_recipe->training.loss &&
         ds_split_options_equal (&pz_project_peek_recipe (self)->split, &self->net_recipe->split) &&
         g_strcmp0 (self->net_data.identity, set->identity) == 0;
}

/* Whether a run with the recipe @then differs from one with the present one in nothing but how long
 * and how fast.
 */
static gboolean
is_same_recipe (PzProject    *self,
                const Recipe *then)
{
  g_autoptr(Recipe) changed = recipe_copy (then);
  const MlpTrainOptions *now = &pz_project_peek_recipe (self)->training;

  changed->training.rate = now->rate;
  changed->training.epochs = now->epochs;
  changed->training.patience = now->patience;
  changed->training.threads = now->threads;
  changed->training.init = now->init;
  changed->training.random_biases = now->random_biases;

  return recipe_equal (changed, pz_project_peek_recipe (self));
}

/* Whether the trainer's run is that of the recipe, patience and threads included, which it cannot
 * change any more.
 */
static gboolean
is_same_run (PzProject *self)
{
  if (self->run_recipe == NULL || self->file_net != NULL ||
      self->run_recipe->training.patience != pz_project_peek_recipe (self)->training.patience ||
      self->run_recipe->training.threads != pz_project_peek_recipe (self)->training.threads)
    return FALSE;

  /* There are other drawings by now. */
  if (pz_project_peek_recipe (self)->add != NULL && self->run_samples != pz_dataset_peek_set (pz_project_get_dataset (self))->samples)
    return FALSE;

  return is_same_recipe (self, self->run_recipe);
}

/* (transfer full) (nullable): what the run is continued from with the recipe and data as they are
 * now; *@net: (transfer full): with this network
 */
static MlpTrainingState *
dup_state (PzProject *self,
           MlpNet   **net)
{
  const DsSet *set = pz_dataset_peek_set (pz_project_get_dataset (self));
  g_autoptr(RecipeSeen) seen = NULL;
  guint epoch;

  *net = NULL;
  if (self->net_recipe == NULL || !is_same_recipe (self, self->net_recipe) ||
      g_strcmp0 (set->identity, self->net_data.identity) != 0)
    return NULL;

  seen = recipe_seen_new (set, pz_project_peek_split (self));
  if (self->net_data.seen != NULL && !recipe_seen_covers (self->net_data.seen, seen))
    return NULL;

  if (self->file_net == NULL)
    return pz_trainer_take_checkpoint (self->trainer, net, &epoch);

  if (self->file_state == NULL)
    return NULL;

  *net = mlp_net_copy (self->file_net);

  return mlp_training_state_ref (self->file_state);
}

/* A run that was interrupted does what is left of it, any other as many as the recipe says. */
static guint
count_epochs_to_do (PzProject *self)
{
  const guint epochs = pz_project_peek_recipe (self)->training.epochs;
  guint n = 0;
  const MlpEpoch *past = self->history != NULL ? pz_history_peek_epochs (self->history, &n) : NULL;
  const guint done = n > 0 ? past[n - 1].epoch : 0;
  const gboolean interrupted = self->net_recipe != NULL && self->net_recipe->training.epochs == epochs && done < epochs;

  return interrupted ? epochs - done : epochs;
}

void
pz_project_continue (PzProject *self)
{
  g_autoptr(MlpTrainingState) state = NULL;
  g_autoptr(MlpNet) net = NULL;
  guint n_epochs;

  g_return_if_fail (PZ_IS_PROJECT (self));

  if (!self->can_continue || wait_for_added (self, PZ_PENDING_CONTINUE))
    return;

  n_epochs = count_epochs_to_do (self);
  if (pz_trainer_get_can_continue (self->trainer) && is_same_run (self))
    {
      pz_trainer_set_rate (self->trainer, pz_project_peek_recipe (self)->training.rate);
      pz_trainer_continue_async (self->trainer, n_epochs, NULL,
                                 on_run_ended, g_object_ref (self));
      pz_project_set_modified (self, TRUE);
      pz_project_update_state (self);
      return;
    }

  state = dup_state (self, &net);
  if (state == NULL)
    net = mlp_net_copy (pz_project_peek_net (self));

  /* The network of a file goes on with the file's history where that is of the same data and loss; the
   * same run with its own.
   */
  start_run (self, net, FALSE, state != NULL || continues_history (self) ? self->history : NULL, state,
             n_epochs);
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

  if (!self->has_net)
    return NULL;

  return self->file_net != NULL ? self->file_net : pz_trainer_peek_net (self->trainer);
}

const RecipeData *
pz_project_peek_net_data (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), NULL);

  return &self->net_data;
}

/* What an evaluation needs, and what it found. */
typedef struct
{
  MlpNet       *net;
  DsSet        *set;
  PzNetView     view;
  MlpPart       part;
  MlpLoss       loss;
  GCancellable *cancellable;    /* (nullable) */
  guint         n_nets;    /* of the project when it was asked */

  /* Written by the thread. */
  gboolean      ok;
  MlpMetrics    metrics;
  RecipeParts   parts;
} Evaluation;

static void
evaluation_free (gpointer data)
{
  Evaluation *evaluation = data;

  g_clear_pointer (&evaluation->net, mlp_net_free);
  g_clear_pointer (&evaluation->set, ds_set_unref);
  pz_net_view_clear (&evaluation->view);
  g_clear_object (&evaluation->cancellable);
  g_free (evaluation);
}

/* Worker thread. */
static void
evaluate_worker (GTask        *worker,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Evaluation *evaluation = task_data;
  g_autoptr(MlpSplit) split = NULL;
  g_autoptr(GError) error = NULL;
  const guint32 *items;
  gsize n_items;

  split = pz_net_view_divide (&evaluation->view, evaluation->set, evaluation->part, &evaluation->parts, &error);
  items = split != NULL ? mlp_split_peek (split, evaluation->part, &n_items) : NULL;

  evaluation->ok = items != NULL && mlp_metrics_evaluate (evaluation->net, evaluation->set->samples, items, n_items, evaluation->loss, NULL,
                                                          &evaluation->metrics, &error);
  if (evaluation->ok)
    pz_task_return_pointer (worker, NULL, NULL);
  else
    g_task_return_error (worker, g_steal_pointer (&error));
}

void
pz_project_get_net_view (PzProject *self,
                         PzNetView *view)
{
  const DsSet *set = pz_project_get_dataset (self) != NULL ? pz_dataset_peek_set (pz_project_get_dataset (self)) : NULL;
  const RecipeData *data = &self->net_data;

  g_return_if_fail (self->net_recipe != NULL);

  view->seen = data->seen != NULL ? recipe_seen_ref (data->seen) : NULL;
  view->same_data = set != NULL && g_strcmp0 (data->identity, set->identity) == 0;
  view->split = self->net_recipe->split;
}

/* Main thread, just before the caller hears of it: what the present network does on the test samples of
 * the present data is remembered.
 */
static void
on_evaluated (gpointer data,
              gpointer owner)
{
  const Evaluation *evaluation = data;
  PzProject *self = owner;

  if (!evaluation->ok || g_cancellable_is_cancelled (evaluation->cancellable) ||
      evaluation->part != MLP_TEST || evaluation->n_nets != self->n_nets || !pz_project_has_data (self) ||
      evaluation->set != pz_dataset_peek_set (pz_project_get_dataset (self)))
    return;

  self->tested_net = self->n_nets;
  self->test_metrics = evaluation->metrics;
  pz_project_emit_tested (self);
}

void
pz_project_evaluate_async (PzProject          *self,
                           MlpPart             part,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  const MlpNet *net;
  Evaluation *evaluation;
  GTask *task;

  g_return_if_fail (PZ_IS_PROJECT (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  net = pz_project_peek_net (self);

  if (net == NULL || pz_project_get_dataset (self) == NULL)
    {
      g_task_report_new_error (self, callback, user_data, pz_project_evaluate_async,
                               G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s",
                               net == NULL ? _("There is no trained network yet.")
                                           : _("There are no data to evaluate the network on."));
      return;
    }

  if (!pz_project_data_fit_net (self))
    {
      g_task_report_new_error (self, callback, user_data, pz_project_evaluate_async,
                               MLP_ERROR, MLP_ERROR_INVALID, "%s",
                               _("The network was trained on other features, targets or units."));
      return;
    }

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, pz_project_evaluate_async);

  evaluation = g_new0 (Evaluation, 1);
  evaluation->net = mlp_net_copy (net);
  evaluation->set = ds_set_ref (pz_dataset_peek_set (pz_project_get_dataset (self)));
  pz_project_get_net_view (self, &evaluation->view);
  evaluation->part = part;
  evaluation->n_nets = self->n_nets;
  g_set_object (&evaluation->cancellable, cancellable);
  evaluation->loss = self->net_recipe->training.loss;

  /* A recipe that was edited, in a file of version 1, may have a loss that the network's output does not go with. */
  if (!mlp_loss_check (evaluation->loss,
                       mlp_net_get_activation (net, mlp_net_get_n_layers (net)), NULL))
    evaluation->loss = MLP_LOSS_SQUARED;

  /* The caller's task has it, too: finish looks at it. */
  g_task_set_task_data (task, evaluation, evaluation_free);
  pz_task_run (task, evaluate_worker, evaluation, NULL, on_evaluated, self);
}

gboolean
pz_project_evaluate_finish (PzProject    *self,
                            GAsyncResult *result,
                            MlpMetrics   *metrics,
                            RecipeParts  *parts,
                            GError      **error)
{
  g_autoptr(GError) failure = NULL;
  const Evaluation *evaluation;

  g_return_val_if_fail (PZ_IS_PROJECT (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, pz_project_evaluate_async), FALSE);
  g_return_val_if_fail (metrics != NULL, FALSE);

  g_task_propagate_pointer (G_TASK (result), &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  evaluation = g_task_get_task_data (G_TASK (result));
  *metrics = evaluation->metrics;
  if (parts != NULL)
    *parts = evaluation->parts;

  return TRUE;
}

gboolean
pz_project_get_tested (PzProject  *self,
                       MlpMetrics *metrics)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), FALSE);

  if (self->tested_net != self->n_nets)
    return FALSE;

  if (metrics != NULL)
    *metrics = self->test_metrics;

  return TRUE;
}
