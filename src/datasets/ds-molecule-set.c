/* ds-molecule-set.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "core/mlp-display.h"
#include "core/mlp-error.h"
#include "datasets/ds-molecule-set.h"
#include "io/io-cache.h"
#include "io/io-hash.h"
#include "io/io-stream.h"
#include "molecules/features/mol-features.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-open.h"
#include "molecules/mol-report.h"

/* Of the progress; what is left is computing. */
#define READING 0.8

/* Fractions of one step as fractions of all. */
typedef struct
{
  IoProgressFunc progress;
  gpointer       user_data;
  double         begin;
  double         length;
} Step;

static gboolean
on_step_progress (double   fraction,
                  gpointer user_data)
{
  const Step *step = user_data;

  return step->progress == NULL ||
         step->progress (step->begin + fraction * step->length, step->user_data);
}

static gboolean
has_all (const MolMolecule *molecule,
         const GPtrArray   *targets,
         MolMethod          method)
{
  for (guint t = 0; t < targets->len; t++)
    {
      if (!isfinite (mol_target_get_value (g_ptr_array_index (targets, t), molecule, method)))
        return FALSE;
    }

  return TRUE;
}

/* (transfer full) (nullable): those that have every target; @molecules itself
 * where all have. */
static MolCollection *
select_molecules (const MolCollection *molecules,
                  const GPtrArray     *targets,
                  MolMethod            method)
{
  const gsize n = mol_collection_get_n (molecules);
  g_autoptr(MolCollectionBuilder) builder = NULL;
  MolMolecule molecule;
  gsize n_with = 0;

  for (gsize i = 0; i < n; i++)
    {
      mol_collection_get (molecules, i, &molecule);
      n_with += has_all (&molecule, targets, method);
    }

  if (n_with == n)
    return mol_collection_ref (molecules);

  builder = mol_collection_builder_new ();
  for (gsize i = 0; i < n; i++)
    {
      mol_collection_get (molecules, i, &molecule);
      if (has_all (&molecule, targets, method))
        mol_collection_builder_add (builder, &molecule);
    }

  return mol_collection_builder_end (g_steal_pointer (&builder));
}

/* (transfer full): n_targets × n */
static float *
make_targets (const MolCollection *molecules,
              const GPtrArray     *targets,
              MolUnit              unit,
              MolMethod            method)
{
  const gsize n = mol_collection_get_n (molecules);
  float *y = g_new (float, n * targets->len);

  for (gsize i = 0; i < n; i++)
    {
      MolMolecule molecule;

      mol_collection_get (molecules, i, &molecule);
      for (guint t = 0; t < targets->len; t++)
        {
          const MolTarget *target = g_ptr_array_index (targets, t);

          y[i * targets->len + t] = (float) (mol_target_get_value (target, &molecule, method) *
                                             mol_target_get_factor (target, unit));
        }
    }

  return y;
}

/* Molecules of one atom take a hundred bytes of an SD file, next to nothing of a packed one, and
 * ten thousand as features. */
static gboolean
check_size (const MolFeature *feature,
            gsize             n,
            const char       *name,
            guint64           n_bytes,
            GError          **error)
{
  const guint64 most = io_stream_get_trusted_size (n_bytes);

  if (n_bytes == 0 || n <= most / (feature->length * sizeof (float)))
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
               _("The features “%s” of the %zu molecules in “%s” need %" PRIu64 " MiB; the limit for a file of %" PRIu64 " "
                 "bytes is %" PRIu64 " MiB; unpack the file first if you trust it, or choose features of lower dimension"),
               feature->id, n, name, (guint64) n * feature->length * sizeof (float) >> 20, n_bytes, most >> 20);
  return FALSE;
}

/* (transfer full) (nullable): length × n floats, from the cache or computed and
 * then kept there. A cache that cannot be written costs time, no more. */
static GBytes *
make_features (const MolFeature    *feature,
               const MolCollection *molecules,
               const char          *cache_folder,
               Step                *step,
               GError             **error)
{
  const gsize size = feature->length * mol_collection_get_n (molecules) * sizeof (float);
  const char *molecules_key = mol_collection_get_key (molecules);
  g_autofree char *group = g_strdup_printf ("features-%s-%016" PRIx64, feature->id,
                                            io_hash (molecules_key, strlen (molecules_key), 0));
  g_autofree char *key = g_strdup_printf ("%s\n%s %u\n%" G_GSIZE_FORMAT, molecules_key,
                                          feature->id, feature->version, feature->length);
  GBytes *bytes = cache_folder != NULL ? io_cache_load (cache_folder, group, key) : NULL;
  IoPiece part;
  float *x;

  if (bytes != NULL && g_bytes_get_size (bytes) == size)
    return bytes;

  g_clear_pointer (&bytes, g_bytes_unref);
  x = mol_features_compute (feature, molecules, on_step_progress, step, error);
  if (x == NULL)
    return NULL;

  part = (IoPiece) { x, size };
  if (cache_folder != NULL)
    io_cache_store (cache_folder, group, key, &part, 1, NULL);

  return g_bytes_new_take (x, size);
}

/* Equal molecules, features, targets and units are equal samples: no need to
 * look at each of their numbers again. */
static char *
make_identity (const MolCollection *molecules,
               const MolFeature    *feature,
               const DsTask        *task,
               MolMethod            method)
{
  g_autofree char *text = g_strdup_printf ("%s\n%s %u\n%s\n%s\n%d",
                                           mol_collection_get_key (molecules),
                                           feature->id, feature->version, task->targets,
                                           mol_target_get_unit_name (task->unit), (int) method);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return g_strconcat ("sha256:", sum, NULL);
}

static char *
make_name (const char *source)
{
  g_autofree char *base = NULL;

  if (strcmp (source, "builtin:molecules") == 0)
    return g_strdup (N_("Built-in molecules"));

  base = g_path_get_basename (source);

  return mlp_display_filename (base);
}

static char **
make_names (const GPtrArray *targets)
{
  char **names = g_new0 (char *, targets->len + 1);

  for (guint t = 0; t < targets->len; t++)
    names[t] = g_strdup (((const MolTarget *) g_ptr_array_index (targets, t))->id);

  return names;
}

DsSet *
ds_molecule_set_open (const char    *source,
                      const DsTask  *task,
                      const char    *cache_folder,
                      IoProgressFunc progress,
                      gpointer       user_data,
                      GError       **error)
{
  const MolOpenOptions options = { task->keep_uncharacterized, cache_folder };
  const MolMethod method = strcmp (source, "builtin:molecules") == 0 ? MOL_METHOD_XTB : MOL_METHOD_B3LYP;
  const MolFeature *feature = mol_features_find (task->features, error);
  g_autoptr(GPtrArray) targets = NULL;
  g_autoptr(MolCollection) read = NULL;
  g_autoptr(MolCollection) molecules = NULL;
  g_autoptr(MolReport) report = NULL;
  g_autofree char *name = make_name (source);
  g_autofree char *identity = NULL;
  Step step = { progress, user_data, 0.0, READING };
  MlpSamples *samples;
  gsize n_read;
  GBytes *x;
  DsSet *set;

  if (feature == NULL || !mol_target_parse_list (task->targets, &targets, error))
    return NULL;

  read = mol_open (source, &options, on_step_progress, &step, &report, error);
  if (read == NULL)
    return NULL;

  n_read = mol_collection_get_n (read);
  molecules = select_molecules (read, targets, method);
  g_clear_pointer (&read, mol_collection_unref);
  if (molecules == NULL)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                   _("None of the %zu molecules in “%s” has a value for every target of “%s”; choose other targets"),
                   n_read, name, task->targets);
      return NULL;
    }

  if (!check_size (feature, mol_collection_get_n (molecules), name, report->n_bytes, error))
    return NULL;

  step.begin = READING;
  step.length = 1.0 - READING;
  x = make_features (feature, molecules, cache_folder, &step, error);
  if (x == NULL)
    return NULL;

  samples = mlp_samples_new_values_in_bytes (x, make_targets (molecules, targets, task->unit, method),
                                             feature->length, targets->len, mol_collection_get_n (molecules));
  mlp_samples_set_blocks (samples, feature->blocks);
  mlp_samples_set_mixes_units (samples, ds_task_mixes_units (task));
  identity = make_identity (molecules, feature, task, method);

  set = ds_set_new_identified (name, source, identity, samples);
  set->n_train = mol_collection_get_n (molecules);
  set->draws_test = TRUE;
  set->class_names = make_names (targets);
  set->task = g_new (DsTask, 1);
  ds_task_copy (task, set->task);
  set->molecules = g_steal_pointer (&molecules);
  set->report = g_steal_pointer (&report);

  return set;
}
