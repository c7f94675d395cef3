/* pz-project-evaluate.c: evaluates the network of the selected run on a part of the data.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "core/mlp-error.h"
#include "core/net/mlp-metrics.h"
#include "core/net/mlp-split.h"
#include "model/pz-project-private.h"
#include "model/pz-task.h"

/* What an evaluation needs, and what it found. */
typedef struct
{
  MlpNet       *net;
  DsSet        *set;
  PzNetView     view;
  MlpPart       part;
  MlpLoss       loss;
  GCancellable *cancellable;    /* (nullable) */
  PzRun        *run;            /* that is evaluated … */
  guint         net_number;     /* … with this network of its */

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
  g_clear_object (&evaluation->run);
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

  evaluation->ok = items != NULL && mlp_metrics_evaluate (evaluation->net, evaluation->set->samples, items, n_items,
                                                          evaluation->loss, NULL,
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
  g_return_if_fail (PZ_IS_PROJECT (self));
  g_return_if_fail (self->run != NULL);

  pz_run_get_net_view (self->run, pz_project_peek_set (self), view);
}

/* Main thread, just before the caller hears of it: what a network does on the test samples of
 * the present data is remembered.
 */
static void
on_evaluated (gpointer data,
              gpointer owner)
{
  const Evaluation *evaluation = data;
  PzProject *self = owner;

  if (!evaluation->ok || g_cancellable_is_cancelled (evaluation->cancellable) ||
      evaluation->part != MLP_TEST || !pz_project_has_data (self) || evaluation->set != pz_project_peek_set (self))
    return;

  pz_run_add_test_look (evaluation->run, evaluation->net_number, &evaluation->metrics);
  if (evaluation->run == self->run && pz_run_get_tested (self->run, NULL))
    pz_project_emit_tested (self);
}

void
pz_project_evaluate_async (PzProject          *self,
                           MlpPart             part,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  const DsSet *set;
  const MlpNet *net;
  Evaluation *evaluation;
  GTask *task;

  g_return_if_fail (PZ_IS_PROJECT (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  net = pz_project_peek_net (self);
  set = pz_project_peek_set (self);

  if (net == NULL || set == NULL)
    {
      g_task_report_new_error (self, callback, user_data, pz_project_evaluate_async,
                               G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s",
                               net == NULL ? _("There is no trained network yet.")
                                           : _("There are no data to evaluate the network on."));
      return;
    }

  if (!pz_run_has_learnt (self->run, set))
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
  evaluation->set = ds_set_ref ((DsSet *) set);
  pz_project_get_net_view (self, &evaluation->view);
  evaluation->part = part;
  evaluation->run = g_object_ref (self->run);
  evaluation->net_number = pz_run_get_net_number (self->run);
  g_set_object (&evaluation->cancellable, cancellable);
  evaluation->loss = pz_run_peek_recipe (self->run)->training.loss;

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

  return self->run != NULL && pz_run_get_tested (self->run, metrics);
}
