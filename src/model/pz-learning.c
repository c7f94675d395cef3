/* pz-learning.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "core/mlp-error.h"
#include "core/net/mlp-split.h"
#include "model/pz-latest.h"
#include "model/pz-learning.h"
#include "model/pz-predictions.h"

/* From the smallest size to the largest. */
#define SPAN 32.0

/* Fewer samples say nothing. */
#define LEAST 8

/* ms between two looks at how far the thread is. */
#define PROGRESS_INTERVAL 100

/* What a point needs, and the point. The main thread only reads the progress meanwhile. */
typedef struct
{
  Recipe          *recipe;
  DsSet           *set;
  MlpSplit        *split;
  gsize            n_train;
  GCancellable    *cancellable;  /* borrowed, of the thread */
  int              permille;     /* atomic */
  PzLearningPoint *point;        /* (nullable) */
} Job;

struct _PzLearning
{
  GObject    parent_instance;

  PzProject *project;

  /* Of the newest run. */
  Recipe    *recipe;             /* (nullable) */
  DsSet     *set;                /* (nullable) */
  MlpSplit  *split;              /* (nullable) */
  char      *network;            /* (nullable) */
  GArray    *sizes;              /* of gsize; (nullable) */
  GPtrArray *points;             /* of PzLearningPoint */
  char      *error;              /* (nullable) */

  PzLatest  *jobs;               /* the point at hand */
  guint      tick_id;
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
job_free (gpointer data)
{
  Job *job = data;

  recipe_free (job->recipe);
  ds_set_unref (job->set);
  mlp_split_unref (job->split);
  g_clear_pointer (&job->point, point_free);
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

/* Worker thread. */
static gboolean
compute_point (gpointer      data,
               GCancellable *cancellable,
               GError      **error)
{
  Job *job = data;
  const MlpMonitor monitor = { .batch_done = on_batch_done, .user_data = job, .now = g_get_monotonic_time };
  const MlpSamples *samples = job->set->samples;
  g_autoptr(MlpSplit) split = make_part (job->split, job->n_train);
  g_autoptr(MlpTraining) training = NULL;
  g_autoptr(PzPredictions) predictions = NULL;
  g_autoptr(MlpNet) net = NULL;
  PzLearningPoint *point;
  MlpStopReason end;

  job->cancellable = cancellable;
  net = recipe_make_net (job->recipe, mlp_samples_get_n_inputs (samples),
                         mlp_samples_get_n_outputs (samples), error);
  if (net == NULL)
    return FALSE;

  training = mlp_training_new (net, samples, split, &job->recipe->training, error);
  if (training == NULL ||
      !mlp_training_run (training, job->recipe->training.epochs, &monitor, &end, error))
    return FALSE;

  /* Stopped half-way it is no point of the curve. */
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  predictions = pz_predictions_new (mlp_training_peek_net (training), job->set, split,
                                    MLP_VALIDATION, error);
  if (predictions == NULL)
    return FALSE;

  point = job->point = g_new0 (PzLearningPoint, 1);
  point->n_train = job->n_train;
  point->n_targets = predictions->n_targets;
  point->target_metrics = g_memdup2 (predictions->target_metrics,
                                     predictions->n_targets * sizeof (MlpRegressionMetrics));

  return TRUE;
}

/* @error: (nullable): why it has not all its points; translated */
static void
end_run (PzLearning *self,
         const char *error)
{
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_free (self->error);
  self->error = g_strdup (error);
}

static void
on_point_computed (gpointer      data,
                   const GError *error,
                   gpointer      owner)
{
  Job *job = data;
  PzLearning *self = owner;

  if (job->point != NULL)
    g_ptr_array_add (self->points, g_steal_pointer (&job->point));

  if (error == NULL && self->points->len < self->sizes->len)
    start_point (self);
  else
    end_run (self, error != NULL ? error->message : NULL);

  g_signal_emit (self, signals[CHANGED], 0);
}

static void
start_point (PzLearning *self)
{
  Job *job = g_new0 (Job, 1);

  job->recipe = recipe_copy (self->recipe);
  job->set = ds_set_ref (self->set);
  job->split = mlp_split_ref (self->split);
  job->n_train = g_array_index (self->sizes, gsize, self->points->len);
  pz_latest_submit (self->jobs, compute_point, job, job_free, on_point_computed);
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
  pz_latest_cancel (self->jobs);
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

  if (self->jobs != NULL)
    forget_points (self);
  g_clear_pointer (&self->jobs, pz_latest_free);
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
  self->jobs = pz_latest_new (PZ_LATEST_NONE, self);
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
  if (problem != NULL || pz_latest_get_busy (self->jobs))
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

  self->tick_id = g_timeout_add (PROGRESS_INTERVAL, on_tick, self);
  g_source_set_name_by_id (self->tick_id, "[pz] progress of the learning curve");
  start_point (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
pz_learning_cancel (PzLearning *self)
{
  g_return_if_fail (PZ_IS_LEARNING (self));

  if (!pz_latest_get_busy (self->jobs))
    return;

  pz_latest_cancel (self->jobs);
  end_run (self, _("Cancelled; the points computed so far are kept."));
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
pz_learning_get_busy (PzLearning *self)
{
  g_return_val_if_fail (PZ_IS_LEARNING (self), FALSE);

  return pz_latest_get_busy (self->jobs);
}

double
pz_learning_get_progress (PzLearning *self)
{
  const Job *job;
  double done = 0.0, all = 0.0;

  g_return_val_if_fail (PZ_IS_LEARNING (self), 0.0);

  job = pz_latest_peek_data (self->jobs);

  if (self->sizes == NULL)
    return 0.0;

  for (guint i = 0; i < self->sizes->len; i++)
    {
      double n = (double) g_array_index (self->sizes, gsize, i);

      all += n;
      if (i < self->points->len)
        done += n;
      else if (i == self->points->len && job != NULL)
        done += n * g_atomic_int_get (&job->permille) / 1000.0;
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
