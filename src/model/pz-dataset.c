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
#include "molecules/features/mol-features.h"
#include "molecules/mol-collection.h"

/* That a load is whole. */
#define FULL 1000000

struct _PzDataset
{
  GObject parent_instance;

  DsSet  *set;
  DsSet  *own;              /* without what was added; may be the same */
  char  **numbers;          /* (nullable): names of classes that have none */
};

G_DEFINE_FINAL_TYPE (PzDataset, pz_dataset, G_TYPE_OBJECT)

/* Of the thread that runs it, but for the progress. */
struct _PzDatasetLoad
{
  char         *source;
  char         *add;            /* (nullable) */
  DsTask        task;
  char         *cache_folder;
  char         *root;           /* of the published sets */
  GCancellable *cancellable;    /* (nullable): borrowed while it runs */

  int           progress;       /* atomic: of FULL */

  gboolean      is_molecules;
  DsSet        *own;            /* (nullable): at first what need not be read */
  DsSet        *set;            /* (nullable): the result */
};

/* Worker thread. */
static gboolean
on_progress (double   fraction,
             gpointer user_data)
{
  PzDatasetLoad *load = user_data;

  g_atomic_int_set (&load->progress, (int) (FULL * CLAMP (fraction, 0.0, 1.0)));

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
open_formulas (PzDatasetLoad *load,
               const GError  *error)
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
open_own (PzDatasetLoad *load,
          GError       **error)
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
add_to_own (PzDatasetLoad *load,
            GError       **error)
{
  g_autoptr(DsSet) added = NULL;

  if (load->add == NULL || load->is_molecules)
    return ds_set_ref (load->own);

  added = ds_open (load->add, on_progress, load, error);

  return added != NULL ? ds_extra_samples_add (load->own, added, error) : NULL;
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

/* --- loading --- */

PzDatasetLoad *
pz_dataset_load_new (PzDataset    *base,
                     const char   *source,
                     const char   *add,
                     const DsTask *to_learn)
{
  PzDatasetLoad *load;

  g_return_val_if_fail (base == NULL || PZ_IS_DATASET (base), NULL);
  g_return_val_if_fail (source != NULL, NULL);

  load = g_new0 (PzDatasetLoad, 1);
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

  return load;
}

void
pz_dataset_load_free (gpointer data)
{
  PzDatasetLoad *load = data;

  g_free (load->source);
  g_free (load->add);
  g_free (load->cache_folder);
  g_free (load->root);
  g_clear_pointer (&load->own, ds_set_unref);
  g_clear_pointer (&load->set, ds_set_unref);
  ds_task_clear (&load->task);
  g_free (load);
}

gboolean
pz_dataset_load_run (gpointer      data,
                     GCancellable *cancellable,
                     GError      **error)
{
  PzDatasetLoad *load = data;

  g_return_val_if_fail (load != NULL && load->set == NULL, FALSE);

  load->cancellable = cancellable;
  if (load->own == NULL)
    load->own = open_own (load, error);
  if (load->own != NULL)
    load->set = add_to_own (load, error);

  return load->set != NULL;
}

double
pz_dataset_load_get_fraction (PzDatasetLoad *load)
{
  g_return_val_if_fail (load != NULL, 0.0);

  return (double) g_atomic_int_get (&load->progress) / FULL;
}

gboolean
pz_dataset_load_is_molecules (PzDatasetLoad *load)
{
  g_return_val_if_fail (load != NULL, FALSE);

  return load->is_molecules;
}

PzDataset *
pz_dataset_load_take (PzDatasetLoad *load)
{
  PzDataset *self;

  g_return_val_if_fail (load != NULL, NULL);

  if (load->set == NULL)
    return NULL;

  self = pz_dataset_new (load->set);
  ds_set_unref (self->own);
  self->own = ds_set_ref (load->own);
  g_clear_pointer (&load->set, ds_set_unref);

  return self;
}
