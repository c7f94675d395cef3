/* pz-dataset.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "core/mlp-error.h"
#include "datasets/ds-european.h"
#include "datasets/ds-extra-samples.h"
#include "datasets/ds-open.h"
#include "model/pz-catalog.h"
#include "model/pz-dataset.h"
#include "model/pz-task.h"
#include "molecules/features/mol-features.h"
#include "molecules/mol-collection.h"

/* 20 Hz, in ms. */
#define PROGRESS_INTERVAL 50

struct _PzDataset
{
  GObject parent_instance;

  DsSet  *set;
  DsSet  *own;              /* without what was added; may be the same */
  char  **numbers;          /* (nullable): names of classes that have none */
};

G_DEFINE_FINAL_TYPE (PzDataset, pz_dataset, G_TYPE_OBJECT)

/* One load; what two threads write is under the mutex. */
typedef struct
{
  gatomicrefcount ref_count;

  /* For the worker. */
  char           *source;
  char           *add;            /* (nullable) */
  DsTask          task;
  char           *cache_folder;
  char           *root;           /* of the published sets */
  GCancellable   *cancellable;

  /* For the main context. */
  GMainContext   *context;
  PzProgressFunc  progress;       /* NULL once the result is there */
  gpointer        progress_data;

  /* Of the worker, for the main context when it has ended. */
  gboolean        is_molecules;
  DsSet          *own;            /* (nullable): first also for the worker: what need not be read */

  /* For both. */
  GMutex          mutex;
  double          fraction;
  gboolean        scheduled;
} Load;

static Load *
load_ref (Load *load)
{
  g_atomic_ref_count_inc (&load->ref_count);

  return load;
}

static void
load_unref (Load *load)
{
  if (!g_atomic_ref_count_dec (&load->ref_count))
    return;

  g_clear_pointer (&load->source, g_free);
  g_clear_pointer (&load->add, g_free);
  g_clear_pointer (&load->own, ds_set_unref);
  g_clear_pointer (&load->cache_folder, g_free);
  g_clear_pointer (&load->root, g_free);
  ds_task_clear (&load->task);
  g_clear_object (&load->cancellable);
  g_clear_pointer (&load->context, g_main_context_unref);
  g_mutex_clear (&load->mutex);
  g_free (load);
}

/* Main context. */
static gboolean
deliver_progress (gpointer user_data)
{
  Load *load = user_data;
  double fraction;

  g_mutex_lock (&load->mutex);
  fraction = load->fraction;
  load->scheduled = FALSE;
  g_mutex_unlock (&load->mutex);

  /* What was on its way when it was cancelled is not told. */
  if (load->progress != NULL && !g_cancellable_is_cancelled (load->cancellable))
    load->progress (fraction, load->progress_data);

  return G_SOURCE_REMOVE;
}

/* Worker thread. At most one delivery is on its way. */
static gboolean
on_progress (double   fraction,
             gpointer user_data)
{
  Load *load = user_data;
  gboolean schedule;

  g_mutex_lock (&load->mutex);
  load->fraction = CLAMP (fraction, 0.0, 1.0);
  schedule = !load->scheduled;
  load->scheduled = TRUE;
  g_mutex_unlock (&load->mutex);

  if (schedule)
    {
      g_autoptr(GSource) source = g_timeout_source_new (PROGRESS_INTERVAL);

      g_source_set_static_name (source, "[pz] load progress");
      g_source_set_priority (source, G_PRIORITY_HIGH_IDLE);
      g_source_set_callback (source, deliver_progress, load_ref (load), (GDestroyNotify) load_unref);
      g_source_attach (source, load->context);
    }

  return !g_cancellable_is_cancelled (load->cancellable);
}

/* What the formula alone gives. */
static const MolFeature *
find_formula_feature (void)
{
  gsize n;
  const MolFeature *features = mol_features_get_all (&n);

  for (gsize i = 0; i < n; i++)
    if (!features[i].needs_geometry)
      return &features[i];

  g_return_val_if_reached (NULL);
}

/* Worker thread. Molecules without places of their atoms, with the features that
 * they do have; NULL where that is not what was wrong. */
static DsSet *
open_formulas (Load         *load,
               const GError *error)
{
  const MolFeature *feature = mol_features_find (load->task.features, NULL);
  g_auto(DsTask) task = { NULL };
  g_autoptr(DsSet) set = NULL;

  if (!load->is_molecules || !g_error_matches (error, MLP_ERROR, MLP_ERROR_INVALID) ||
      feature == NULL || !feature->needs_geometry)
    return NULL;

  ds_task_copy (&load->task, &task);
  g_free (task.features);
  task.features = g_strdup (find_formula_feature ()->id);
  set = ds_open_full (load->source, &task, load->cache_folder, on_progress, load, NULL);

  return set != NULL && !mol_collection_has_geometry (set->molecules) ? g_steal_pointer (&set) : NULL;
}

/* Worker thread. (transfer full) (nullable): with European hands' digits where there can be some,
 * so that a split can take any share of them. @set: (transfer full) */
static DsSet *
add_european (DsSet   *set,
              GError **error)
{
  g_autoptr(DsSet) own = set;
  g_autoptr(GError) local_error = NULL;
  DsSet *both;

  if (!ds_european_fits (own))
    return g_steal_pointer (&own);

  both = ds_european_add (own, &local_error);
  if (both != NULL)
    return both;

  /* The built-in digits as files have them already. */
  if (g_error_matches (local_error, MLP_ERROR, MLP_ERROR_INVALID))
    return g_steal_pointer (&own);

  g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}

/* Worker thread. (transfer full) (nullable) */
static DsSet *
open_own (Load    *load,
          GError **error)
{
  g_autoptr(GError) local_error = NULL;
  DsSet *set;

  if (!ds_published_check (load->root, load->source, error))
    return NULL;

  load->is_molecules = ds_open_is_molecules (load->source);
  set = ds_open_full (load->source, &load->task, load->cache_folder, on_progress, load, &local_error);
  if (set == NULL)
    set = open_formulas (load, local_error);
  if (set != NULL)
    return add_european (set, error);

  g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}

/* Worker thread. (transfer full) (nullable) */
static DsSet *
add_to_own (Load    *load,
            GError **error)
{
  g_autoptr(DsSet) added = NULL;

  if (load->add == NULL || load->is_molecules)
    return ds_set_ref (load->own);

  added = ds_open (load->add, on_progress, load, error);

  return added != NULL ? ds_extra_samples_add (load->own, added, error) : NULL;
}

/* Worker thread. */
static void
load_worker (GTask        *worker,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Load *load = task_data;
  g_autoptr(GError) error = NULL;
  DsSet *set = NULL;

  if (load->own == NULL)
    load->own = open_own (load, &error);
  if (load->own != NULL)
    set = add_to_own (load, &error);

  if (set != NULL)
    pz_task_return_pointer (worker, set, (GDestroyNotify) ds_set_unref);
  else if (g_error_matches (error, MLP_ERROR, MLP_ERROR_CANCELLED))
    g_task_return_new_error (worker, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", error->message);
  else
    g_task_return_error (worker, g_steal_pointer (&error));
}

/* Main context: nothing arrives after the result. */
static void
on_loaded (gpointer data,
           gpointer owner)
{
  Load *load = data;

  load->progress = NULL;
}

static void
pz_dataset_finalize (GObject *object)
{
  PzDataset *self = PZ_DATASET (object);

  g_clear_pointer (&self->set, ds_set_unref);
  g_clear_pointer (&self->own, ds_set_unref);
  g_clear_pointer (&self->numbers, g_strfreev);

  G_OBJECT_CLASS (pz_dataset_parent_class)->finalize (object);
}

static void
pz_dataset_class_init (PzDatasetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = pz_dataset_finalize;
}

static void
pz_dataset_init (PzDataset *self)
{
}

void
pz_dataset_load_async (const char         *source,
                       const DsTask       *to_learn,
                       GCancellable       *cancellable,
                       PzProgressFunc      progress,
                       gpointer            progress_data,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  pz_dataset_load_added_async (NULL, source, NULL, to_learn, cancellable, progress, progress_data,
                               callback, user_data);
}

void
pz_dataset_load_added_async (PzDataset          *base,
                             const char         *source,
                             const char         *add,
                             const DsTask       *to_learn,
                             GCancellable       *cancellable,
                             PzProgressFunc      progress,
                             gpointer            progress_data,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  GTask *task;
  Load *load;

  g_return_if_fail (base == NULL || PZ_IS_DATASET (base));
  g_return_if_fail (source != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, pz_dataset_load_async);

  load = g_new0 (Load, 1);
  g_atomic_ref_count_init (&load->ref_count);
  g_mutex_init (&load->mutex);
  load->source = g_strdup (source);
  load->add = g_strdup (add);
  if (base != NULL)
    {
      load->own = ds_set_ref (base->own);
      load->is_molecules = base->own->task != NULL;
    }
  if (to_learn != NULL)
    ds_task_copy (to_learn, &load->task);
  else
    ds_task_init (&load->task);
  load->cache_folder = g_build_filename (g_get_user_cache_dir (), "perzeptron", NULL);
  load->root = pz_catalog_get_root ();
  g_set_object (&load->cancellable, cancellable);
  load->context = g_main_context_ref (g_task_get_context (task));
  load->progress = progress;
  load->progress_data = progress_data;

  /* The caller's task has it, too: finish looks at it. */
  g_task_set_task_data (task, load_ref (load), (GDestroyNotify) load_unref);
  pz_task_run (task, load_worker, load, (GDestroyNotify) load_unref, on_loaded, NULL);
}

PzDataset *
pz_dataset_load_finish (GAsyncResult *result,
                        GError      **error)
{
  g_autoptr(DsSet) set = NULL;
  PzDataset *self;
  Load *load;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, pz_dataset_load_async), NULL);

  set = g_task_propagate_pointer (G_TASK (result), error);

  if (set == NULL)
    return NULL;

  load = g_task_get_task_data (G_TASK (result));
  self = pz_dataset_new (set);
  ds_set_unref (self->own);
  self->own = ds_set_ref (load->own);

  return self;
}

gboolean
pz_dataset_load_is_molecules (GAsyncResult *result)
{
  const Load *load;

  g_return_val_if_fail (g_async_result_is_tagged (result, pz_dataset_load_async), FALSE);

  load = g_task_get_task_data (G_TASK (result));

  return load->is_molecules;
}

PzDataset *
pz_dataset_new (const DsSet *set)
{
  PzDataset *self;

  g_return_val_if_fail (set != NULL, NULL);

  self = g_object_new (PZ_TYPE_DATASET, NULL);
  self->set = ds_set_ref (set);
  self->own = ds_set_ref (set);

  if (set->class_names == NULL)
    {
      gsize n = mlp_samples_get_n_outputs (set->samples);

      self->numbers = g_new0 (char *, n + 1);
      for (gsize i = 0; i < n; i++)
        self->numbers[i] = g_strdup_printf ("%" G_GSIZE_FORMAT, i);
    }

  return self;
}

const DsSet *
pz_dataset_peek_set (PzDataset *self)
{
  g_return_val_if_fail (PZ_IS_DATASET (self), NULL);

  return self->set;
}

const char *
pz_dataset_get_name (PzDataset *self)
{
  g_return_val_if_fail (PZ_IS_DATASET (self), NULL);

  return _(self->set->name);
}

gboolean
pz_dataset_is_molecules (PzDataset *self)
{
  g_return_val_if_fail (PZ_IS_DATASET (self), FALSE);

  return self->set->task != NULL;
}

const char *
pz_dataset_get_class_name (PzDataset *self,
                           gsize      i)
{
  g_return_val_if_fail (PZ_IS_DATASET (self), NULL);
  g_return_val_if_fail (i < mlp_samples_get_n_outputs (self->set->samples), NULL);

  if (self->numbers != NULL)
    return self->numbers[i];

  if (self->set->task != NULL)
    return mol_target_find (self->set->class_names[i], NULL)->symbol;

  return _(self->set->class_names[i]);
}
