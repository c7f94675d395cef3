/* pz-evaluation.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "core/net/mlp-split.h"
#include "model/pz-evaluation.h"
#include "model/pz-latest.h"

struct _PzEvaluation
{
  GObject        parent_instance;

  PzProject     *project;
  gboolean       active;
  MlpPart        part;

  PzPredictions *predictions;      /* (nullable) */
  PzLatest      *questions;        /* about the present network, data and part */
  char          *problem;          /* (nullable) */
  guint          start_id;         /* what changed was not yet looked at */
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (PzEvaluation, pz_evaluation, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

/* What goes into the thread, and what comes back. */
typedef struct
{
  MlpNet        *net;
  DsSet         *set;
  PzNetView      view;
  MlpPart        part;

  PzPredictions *predictions;      /* (nullable): the answer */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  mlp_net_free (question->net);
  ds_set_unref (question->set);
  pz_net_view_clear (&question->view);
  g_clear_pointer (&question->predictions, pz_predictions_unref);
  g_free (question);
}

/* Worker thread. */
static gboolean
evaluate_net (gpointer      data,
              GCancellable *cancellable,
              GError      **error)
{
  Question *question = data;
  g_autoptr(MlpSplit) split = NULL;
  RecipeParts parts;

  split = pz_net_view_divide (&question->view, question->set, question->part, &parts, error);
  if (split == NULL)
    return FALSE;

  question->predictions = pz_predictions_new (question->net, question->set, split, question->part, error);
  if (question->predictions == NULL)
    return FALSE;

  question->predictions->parts = parts;

  return TRUE;
}

static void
set_problem (PzEvaluation *self,
             const char   *problem)
{
  g_free (self->problem);
  self->problem = g_strdup (problem);
}

static void
on_evaluated (gpointer      data,
              const GError *error,
              gpointer      owner)
{
  Question *question = data;
  PzEvaluation *self = owner;

  set_problem (self, error != NULL ? error->message : NULL);
  self->predictions = g_steal_pointer (&question->predictions);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* (nullable): a translated sentence, why nothing can be asked now */
static const char *
find_problem (PzEvaluation *self)
{
  PzProject *project = self->project;
  const RecipeData *data = pz_project_peek_net_data (project);
  PzTrainerState state = pz_trainer_get_state (pz_project_get_trainer (project));
  const DsSet *set;

  if (pz_project_peek_net (project) == NULL)
    return _("There is no trained network yet.");
  if (state == PZ_TRAINER_RUNNING || state == PZ_TRAINER_STOPPING)
    return _("Training in progress; results are shown when it finishes or pauses.");
  if (pz_project_get_dataset (project) == NULL)
    return _("There are no data to evaluate the network on.");

  set = pz_dataset_peek_set (pz_project_get_dataset (project));
  if (mlp_samples_has_classes (set->samples))
    return _("These data have classes, not numeric targets.");
  if ((set->task == NULL) != (data->task == NULL) ||
      (set->task != NULL && !ds_task_learns_same (set->task, data->task)))
    return _("The network was trained on other features, targets or units than these data have; train a new one.");

  return NULL;
}

static void
start_evaluation (PzEvaluation *self)
{
  PzProject *project = self->project;
  Question *question = g_new0 (Question, 1);

  question->net = mlp_net_copy (pz_project_peek_net (project));
  question->set = ds_set_ref (pz_dataset_peek_set (pz_project_get_dataset (project)));
  pz_project_get_net_view (project, &question->view);
  question->part = self->part;

  pz_latest_submit (self->questions, evaluate_net, question, question_free, on_evaluated);
}

/* Main thread. */
static gboolean
on_start (gpointer user_data)
{
  PzEvaluation *self = user_data;
  const char *problem = find_problem (self);

  self->start_id = 0;
  set_problem (self, problem);
  if (problem == NULL)
    start_evaluation (self);
  g_signal_emit (self, signals[CHANGED], 0);

  return G_SOURCE_REMOVE;
}

/* What was found is about something else now. */
static void
discard_predictions (PzEvaluation *self)
{
  gboolean had = self->predictions != NULL;

  pz_latest_cancel (self->questions);
  g_clear_pointer (&self->predictions, pz_predictions_unref);

  if (self->active && self->start_id == 0)
    {
      self->start_id = g_idle_add (on_start, self);
      g_source_set_name_by_id (self->start_id, "[pz] evaluate the network");
    }

  if (had)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_net_changed (PzEvaluation *self)
{
  self->part = MLP_VALIDATION;
  discard_predictions (self);
}

static void
pz_evaluation_dispose (GObject *object)
{
  PzEvaluation *self = PZ_EVALUATION (object);

  g_clear_handle_id (&self->start_id, g_source_remove);
  g_clear_pointer (&self->questions, pz_latest_free);
  g_clear_object (&self->project);

  G_OBJECT_CLASS (pz_evaluation_parent_class)->dispose (object);
}

static void
pz_evaluation_finalize (GObject *object)
{
  PzEvaluation *self = PZ_EVALUATION (object);

  g_clear_pointer (&self->predictions, pz_predictions_unref);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (pz_evaluation_parent_class)->finalize (object);
}

static void
pz_evaluation_class_init (PzEvaluationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pz_evaluation_dispose;
  object_class->finalize = pz_evaluation_finalize;

  signals[CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
pz_evaluation_init (PzEvaluation *self)
{
  self->part = MLP_VALIDATION;
  self->questions = pz_latest_new (PZ_LATEST_NONE, self);
}

PzEvaluation *
pz_evaluation_new (PzProject *project)
{
  PzEvaluation *self;

  g_return_val_if_fail (PZ_IS_PROJECT (project), NULL);

  self = g_object_new (PZ_TYPE_EVALUATION, NULL);
  self->project = g_object_ref (project);
  set_problem (self, _("There is no trained network yet."));

  g_signal_connect_object (project, "net-changed", G_CALLBACK (on_net_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (project, "notify::dataset", G_CALLBACK (discard_predictions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pz_project_get_trainer (project), "notify::state",
                           G_CALLBACK (discard_predictions), self, G_CONNECT_SWAPPED);

  return self;
}

void
pz_evaluation_set_active (PzEvaluation *self,
                          gboolean      active)
{
  g_return_if_fail (PZ_IS_EVALUATION (self));

  active = !!active;
  if (self->active == active)
    return;

  self->active = active;

  /* What was asked goes on; what is known stays. */
  if (active && self->predictions == NULL && !pz_latest_get_busy (self->questions))
    discard_predictions (self);
}

void
pz_evaluation_set_part (PzEvaluation *self,
                        MlpPart       part)
{
  g_return_if_fail (PZ_IS_EVALUATION (self));

  if (self->part == part)
    return;

  self->part = part;
  discard_predictions (self);
}

MlpPart
pz_evaluation_get_part (PzEvaluation *self)
{
  g_return_val_if_fail (PZ_IS_EVALUATION (self), MLP_VALIDATION);

  return self->part;
}

gboolean
pz_evaluation_get_busy (PzEvaluation *self)
{
  g_return_val_if_fail (PZ_IS_EVALUATION (self), FALSE);

  return pz_latest_get_busy (self->questions) || self->start_id > 0;
}

PzPredictions *
pz_evaluation_peek_predictions (PzEvaluation *self)
{
  g_return_val_if_fail (PZ_IS_EVALUATION (self), NULL);

  return self->predictions;
}

const char *
pz_evaluation_get_problem (PzEvaluation *self)
{
  g_return_val_if_fail (PZ_IS_EVALUATION (self), NULL);

  return self->predictions != NULL || pz_latest_get_busy (self->questions) ? NULL : self->problem;
}
