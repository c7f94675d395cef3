/* pz-learning.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "core/mlp-error.h"
#include "core/net/mlp-split.h"
#include "model/pz-learning.h"
#include "model/pz-predictions.h"
#include "model/pz-task.h"

/* From the smallest size to the largest. */
#define SPAN 32.0

/* Fewer samples say nothing. */
#define LEAST 8

/* ms between two looks at how far the thread is. */
#define PROGRESS_INTERVAL 100

/* What a point needs. The main thread only reads the progress. */
typedef struct
{
  gatomicrefcount ref_count;
  Recipe         *recipe;
  DsSet          *set;
  MlpSplit       *split;
  gsize           n_train;
  GCancellable   *cancellable;
  int             permille;      /* atomic */
} Job;

struct _PzLearning
{
  GObject       parent_instance;

  PzProject    *project;

  /* Of the newest run. */
  Recipe       *recipe;          /* (nullable) */
  DsSet        *set;             /* (nullable) */
  MlpSplit     *split;           /* (nullable) */
  char         *network;         /* (nullable) */
  GArray       *sizes;           /* of gsize; (nullable) */
  GPtrArray    *points;          /* of PzLearningPoint */
  char         *error;           /* (nullable) */

  GCancellable *running;         /* (nullable) */
  Job          *job;             /* (nullable): of the point at hand */
  guint         tick_id;
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (PzLearning, pz_learning, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void start_point (PzLearning *self);

static void
point_free (gpointer data)
{
  PzLearningPoint *point = data;

  g_free (point->target_metrics);
  g_free (point);
}

static void
job_unref (gpointer data)
{
  Job *job = data;

  if (!g_atomic_ref_count_dec (&job->ref_count))
    return;

  recipe_free (job->recipe);
  ds_set_unref (job->set);
  mlp_split_unref (job->split);
  g_object_unref (job->cancellable);
  g_free (job);
}

GArray *
pz_learning_get_sizes (gsize n_train,
                       guint n_sizes)
{
  GArray *sizes = g_array_new (FALSE, FALSE, sizeof (gsize));
  const double first = MIN (MAX ((double) n_train / SPAN, LEAST), (double) n_train);
  const double factor = n_sizes > 1 ? pow ((double) n_train / first, 1.0 / (n_sizes - 1)) : 1.0;
  gsize last = 0;

  for (guint i = 0; i < n_sizes; i++)
    {
      gsize n = i + 1 == n_sizes ? n_train : (gsize) round (first * pow (factor, i));

      if (n <= last)
        continue;

      g_array_append_val (sizes, n);
      last = n;
    }

  return sizes;
}

/* Worker thread, between batches. */
static gboolean
on_batch_done (MlpTraining       *training,
               const MlpProgress *progress,
               gpointer           user_data)
{
  Job *job = user_data;
  double share = (double) progress->n_done / (double) MAX (progress->n_samples, 1);

  share = ((double) progress->epoch - 1.0 + share) / (double) MAX (progress->n_epochs, 1);
  g_atomic_int_set (&job->permille, (int) (1000.0 * CLAMP (share, 0.0, 1.0)));

  return !g_cancellable_is_cancelled (job->cancellable);
}

/* The first samples that train, and all that validate. */
static MlpSplit *
make_part (const MlpSplit *split,
           gsize           n_train)
{
  gsize n_all, n_validation;
  const guint32 *train = mlp_split_peek (split, MLP_TRAIN, &n_all);
  const guint32 *validation = mlp_split_peek (split, MLP_VALIDATION, &n_validation);
  guint32 *order = g_new (guint32, n_train + n_validation);

  for (gsize i = 0; i < n_train; i++)
    order[i] = train[i];
  for (gsize i = 0; i < n_validation; i++)
    order[n_train + i] = validation[i];

  return mlp_split_new (order, n_train, n_validation, 0);
}

/* Worker thread. (nullable) (transfer full) */
static PzLearningPoint *
make_point (Job     *job,
            GError **error)
{
  const MlpMonitor monitor = { .batch_done = on_batch_done, .user_data = job, .now = g_get_monotonic_time };
  const MlpSamples *samples = job->set->samples;
  g_autoptr(MlpSplit) split = make_part (job->split, job->n_train);
  g_autoptr(MlpTraining) training = NULL;
  g_autoptr(PzPredictions) predictions = NULL;
  g_autoptr(MlpNet) net = NULL;
  PzLearningPoint *point;
  MlpStopReason end;

  net = recipe_make_net (job->recipe, mlp_samples_get_n_inputs (samples),
                         mlp_samples_get_n_outputs (samples), error);
  if (net == NULL)
    return NULL;

  training = mlp_training_new (net, samples, split, &job->recipe->training, error);
  if (training == NULL ||
      !mlp_training_run (training, job->recipe->training.epochs, &monitor, &end, error))
    return NULL;

  /* Stopped half-way it is no point of the curve. */
  if (g_cancellable_set_error_if_cancelled (job->cancellable, error))
    return NULL;

  predictions = pz_predictions_new (mlp_training_peek_net (training), job->set, split,
                                    MLP_VALIDATION, error);
  if (predictions == NULL)
    return NULL;

  point = g_new0 (PzLearningPoint, 1);
  point->n_train = job->n_train;
  point->n_targets = predictions->n_targets;
  point->target_metrics = g_memdup2 (predictions->target_metrics, predictions->n_targets * sizeof (MlpRegressionMetrics));

  return point;
}

/* Worker thread. */
static void
point_worker (GTask        *worker,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  g_autoptr(GError) error = NULL;
  PzLearningPoint *point = make_point (task_data, &error);

  if (point != NULL)
    pz_task_return_pointer (worker, point, point_free);
  else
    g_task_return_error (worker, g_steal_pointer (&error));
}

static void
end_run (PzLearning   *self,
         const GError *error)
{
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->running);
  g_clear_pointer (&self->job, job_unref);
  g_clear_pointer (&self->error, g_free);
  if (error != NULL)
    self->error = g_strdup (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ?
                            _("Cancelled; the points computed so far are kept.") : error->message);
}

/* Main thread. */
static void
on_point_done (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  PzLearning *self = PZ_LEARNING (object);
  g_autoptr(GError) error = NULL;
  PzLearningPoint *point = g_task_propagate_pointer (G_TASK (result), &error);

  /* Forgotten meanwhile. */
  if (self->running != g_task_get_cancellable (G_TASK (result)))
    {
      g_clear_pointer (&point, point_free);
      return;
    }

  g_clear_pointer (&self->job, job_unref);
  if (point != NULL)
    g_ptr_array_add (self->points, point);

  if (point != NULL && self->points->len < self->sizes->len)
    start_point (self);
  else
    end_run (self, error);

  g_signal_emit (self, signals[CHANGED], 0);
}

static void
start_point (PzLearning *self)
{
  Job *job = g_new0 (Job, 1);
  GTask *task;

  g_atomic_ref_count_init (&job->ref_count);
  g_atomic_ref_count_inc (&job->ref_count);
  job->recipe = recipe_copy (self->recipe);
  job->set = ds_set_ref (self->set);
  job->split = mlp_split_ref (self->split);
  job->n_train = g_array_index (self->sizes, gsize, self->points->len);
  job->cancellable = g_object_ref (self->running);
  self->job = job;

  task = g_task_new (self, self->running, on_point_done, NULL);
  g_task_set_source_tag (task, start_point);
  pz_task_run (task, point_worker, job, job_unref, NULL, NULL);
}

static gboolean
on_tick (gpointer user_data)
{
  PzLearning *self = user_data;

  g_signal_emit (self, signals[CHANGED], 0);

  return G_SOURCE_CONTINUE;
}

/* They are about data that are not there any more. */
static void
forget_points (PzLearning *self)
{
  g_cancellable_cancel (self->running);
  end_run (self, NULL);
  g_ptr_array_set_size (self->points, 0);
  g_clear_pointer (&self->recipe, recipe_free);
  g_clear_pointer (&self->set, ds_set_unref);
  g_clear_pointer (&self->split, mlp_split_unref);
  g_clear_pointer (&self->network, g_free);
  g_clear_pointer (&self->sizes, g_array_unref);
}

static void
emit_changed (PzLearning *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_dataset_changed (PzLearning *self)
{
  forget_points (self);
  emit_changed (self);
}

static void
pz_learning_dispose (GObject *object)
{
  PzLearning *self = PZ_LEARNING (object);

  forget_points (self);
  g_clear_object (&self->project);

  G_OBJECT_CLASS (pz_learning_parent_class)->dispose (object);
}

static void
pz_learning_finalize (GObject *object)
{
  PzLearning *self = PZ_LEARNING (object);

  g_ptr_array_unref (self->points);

  G_OBJECT_CLASS (pz_learning_parent_class)->finalize (object);
}

static void
pz_learning_class_init (PzLearningClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pz_learning_dispose;
  object_class->finalize = pz_learning_finalize;

  signals[CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
pz_learning_init (PzLearning *self)
{
  self->points = g_ptr_array_new_with_free_func (point_free);
}

PzLearning *
pz_learning_new (PzProject *project)
{
  PzLearning *self;

  g_return_val_if_fail (PZ_IS_PROJECT (project), NULL);

  self = g_object_new (PZ_TYPE_LEARNING, NULL);
  self->project = g_object_ref (project);
  g_signal_connect_object (project, "notify::dataset",
                           G_CALLBACK (on_dataset_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (project, "notify::problem",
                           G_CALLBACK (emit_changed), self, G_CONNECT_SWAPPED);

  return self;
}

char *
pz_learning_dup_problem (PzLearning *self)
{
  g_autoptr(GError) error = NULL;
  PzDataset *dataset;
  gsize n = 0;

  g_return_val_if_fail (PZ_IS_LEARNING (self), NULL);

  dataset = pz_project_get_dataset (self->project);
  if (dataset == NULL || pz_project_peek_split (self->project) == NULL)
    return g_strdup (_("No data loaded yet."));
  if (mlp_samples_has_classes (pz_dataset_peek_set (dataset)->samples))
    return g_strdup (_("These data have classes, not numeric targets."));
  if (pz_data_loader_get_loading (pz_project_get_loader (self->project)))
    return g_strdup (_("The data are being loaded."));
  if (!pz_project_check (self->project, NULL, &error))
    return g_strdup (error->message);

  mlp_split_peek (pz_project_peek_split (self->project), MLP_VALIDATION, &n);

  return n == 0 ? g_strdup (_("The validation set is empty.")) : NULL;
}

void
pz_learning_run (PzLearning *self,
                 guint       n_sizes)
{
  g_autofree char *problem = NULL;
  const DsSet *set;
  gsize n_train;

  g_return_if_fail (PZ_IS_LEARNING (self));
  g_return_if_fail (n_sizes >= 2);

  problem = pz_learning_dup_problem (self);
  if (problem != NULL || self->running != NULL)
    return;

  forget_points (self);
  set = pz_dataset_peek_set (pz_project_get_dataset (self->project));
  self->set = ds_set_ref (set);
  self->split = mlp_split_ref (pz_project_peek_split (self->project));
  self->recipe = recipe_copy (pz_project_peek_recipe (self->project));
  self->network = recipe_describe_network (self->recipe, mlp_samples_get_n_inputs (set->samples),
                                           mlp_samples_get_n_outputs (set->samples));
  mlp_split_peek (self->split, MLP_TRAIN, &n_train);
  self->sizes = pz_learning_get_sizes (n_train, n_sizes);

  self->running = g_cancellable_new ();
  self->tick_id = g_timeout_add (PROGRESS_INTERVAL, on_tick, self);
  g_source_set_name_by_id (self->tick_id, "[pz] progress of the learning curve");
  start_point (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
pz_learning_cancel (PzLearning *self)
{
  g_return_if_fail (PZ_IS_LEARNING (self));

  g_cancellable_cancel (self->running);
}

gboolean
pz_learning_get_busy (PzLearning *self)
{
  g_return_val_if_fail (PZ_IS_LEARNING (self), FALSE);

  return self->running != NULL;
}

double
pz_learning_get_progress (PzLearning *self)
{
  double done = 0.0, all = 0.0;

  g_return_val_if_fail (PZ_IS_LEARNING (self), 0.0);

  if (self->sizes == NULL)
    return 0.0;

  for (guint i = 0; i < self->sizes->len; i++)
    {
      double n = (double) g_array_index (self->sizes, gsize, i);

      all += n;
      if (i < self->points->len)
        done += n;
      else if (i == self->points->len && self->job != NULL)
        done += n * g_atomic_int_get (&self->job->permille) / 1000.0;
    }

  return done / all;
}

guint
pz_learning_get_n_sizes (PzLearning *self)
{
  g_return_val_if_fail (PZ_IS_LEARNING (self), 0);

  return self->sizes != NULL ? self->sizes->len : 0;
}

const char *
pz_learning_get_error (PzLearning *self)
{
  g_return_val_if_fail (PZ_IS_LEARNING (self), NULL);

  return self->error;
}

GPtrArray *
pz_learning_peek_points (PzLearning *self)
{
  g_return_val_if_fail (PZ_IS_LEARNING (self), NULL);

  return self->points;
}

const DsSet *
pz_learning_peek_set (PzLearning *self)
{
  g_return_val_if_fail (PZ_IS_LEARNING (self), NULL);

  return self->set;
}

const char *
pz_learning_get_network (PzLearning *self)
{
  g_return_val_if_fail (PZ_IS_LEARNING (self), NULL);

  return self->network;
}
