/* ds-set.c: a data set in memory, and how one is opened.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-display.h"
#include "core/mlp-error.h"
#include "core/mlp-random.h"
#include "datasets/ds-european.h"
#include "datasets/ds-extra-samples.h"
#include "datasets/ds-molecule-set.h"
#include "datasets/ds-set.h"
#include "datasets/mnist/ds-mnist-private.h"
#include "io/io-sniff.h"
#include "molecules/mol-open.h"

/* Of the training samples, where a set has none for validation: 10,000 of
 * MNIST's 60,000. */
#define VALIDATION_SHARE 6

/* Of all samples, where the test part is drawn: for validation, and for the test. */
#define DRAWN_SHARE 10

/* The stream of random numbers that a split uses. */
#define SPLIT_STREAM 0x73706c6974     /* "split" */

static void
add_number (GChecksum *checksum,
            guint64    number)
{
  number = GUINT64_TO_LE (number);
  g_checksum_update (checksum, (const guchar *) &number, sizeof (number));
}

/* Floats as they are in memory: little-endian on every machine this runs on. */
static void
add_values (GChecksum        *checksum,
            const MlpSamples *samples)
{
  gsize n = mlp_samples_get_n (samples);
  gsize n_inputs = mlp_samples_get_n_inputs (samples);
  gsize n_outputs = mlp_samples_get_n_outputs (samples);
  g_autofree float *x = g_new (float, n_inputs);
  g_autofree float *y = g_new (float, n_outputs);

  for (gsize i = 0; i < n; i++)
    {
      guint32 item = (guint32) i;

      mlp_samples_get_batch (samples, &item, 1, x, y);
      g_checksum_update (checksum, (const guchar *) x, (gssize) (n_inputs * sizeof (float)));
      g_checksum_update (checksum, (const guchar *) y, (gssize) (n_outputs * sizeof (float)));
    }
}

static void
add_classes (GChecksum        *checksum,
             const MlpSamples *samples)
{
  gsize n = mlp_samples_get_n (samples);
  gsize n_inputs = mlp_samples_get_n_inputs (samples);

  for (gsize i = 0; i < n; i++)
    {
      guint8 label = (guint8) mlp_samples_get_class (samples, i);

      g_checksum_update (checksum, mlp_samples_peek_bytes (samples, i), (gssize) n_inputs);
      g_checksum_update (checksum, &label, 1);
    }
}

static char *
make_identity (const MlpSamples *samples)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  add_number (checksum, mlp_samples_get_n (samples));
  add_number (checksum, mlp_samples_get_n_inputs (samples));
  add_number (checksum, mlp_samples_get_n_outputs (samples));
  if (mlp_samples_has_classes (samples))
    add_classes (checksum, samples);
  else
    add_values (checksum, samples);

  return g_strconcat ("sha256:", g_checksum_get_string (checksum), NULL);
}

DsSet *
ds_set_new_identified (const char *name,
                       const char *source,
                       const char *identity,
                       MlpSamples *samples)
{
  DsSet *set;

  g_return_val_if_fail (name != NULL && source != NULL && identity != NULL, NULL);
  g_return_val_if_fail (samples != NULL, NULL);

  set = g_new0 (DsSet, 1);
  set->name = mlp_display_text (name, NULL);
  set->source = g_strdup (source);
  set->identity = g_strdup (identity);
  set->samples = samples;
  g_atomic_ref_count_init (&set->ref_count);

  return set;
}

DsSet *
ds_set_new (const char *name,
            const char *source,
            MlpSamples *samples)
{
  g_autofree char *identity = NULL;

  g_return_val_if_fail (samples != NULL, NULL);

  identity = make_identity (samples);

  return ds_set_new_identified (name, source, identity, samples);
}

DsSet *
ds_set_ref (const DsSet *set)
{
  DsSet *counted = (DsSet *) set;

  g_return_val_if_fail (set != NULL, NULL);

  g_atomic_ref_count_inc (&counted->ref_count);

  return counted;
}

void
ds_set_unref (DsSet *set)
{
  g_return_if_fail (set != NULL);

  if (!g_atomic_ref_count_dec (&set->ref_count))
    return;

  mlp_samples_unref (set->samples);
  g_clear_pointer (&set->molecules, mol_collection_unref);
  g_clear_pointer (&set->report, mol_open_report_free);
  if (set->task != NULL)
    ds_task_clear (set->task);

  g_free (set->task);
  g_free (set->hashes);
  g_strfreev (set->class_names);
  g_free (set->identity);
  g_free (set->source);
  g_free (set->name);
  g_free (set);
}

static DsSet *
open_file (const char    *path,
           IoProgressFunc progress,
           gpointer       user_data,
           GError       **error)
{
  g_autoptr(IoStream) stream = io_stream_open (path, error);
  IoKind kind;

  if (stream == NULL)
    return NULL;

  kind = io_sniff (stream);
  if (kind == IO_KIND_IDX)
    return ds_mnist_open_file (path, progress, user_data, error);
  if (kind == IO_KIND_PICKLE)
    return ds_mnist_open_pickle (path, progress, user_data, error);

  io_sniff_refuse (stream, kind, _("IDX files of MNIST’s kind or “mnist.pkl.gz”"), error);

  return NULL;
}

/* A folder may hold both; then it is one of pictures. */
static gboolean
holds_molecules (const char *path)
{
  g_autoptr(DsMnistFiles) files = NULL;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    files = ds_mnist_find_files (path, NULL, NULL);

  return files == NULL && mol_open_recognise (path);
}

gboolean
ds_set_is_molecules (const char *source)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (source != NULL, FALSE);

  if (g_str_has_prefix (source, "builtin:"))
    return strcmp (source, "builtin:molecules") == 0;

  path = g_canonicalize_filename (source, NULL);

  return holds_molecules (path);
}

DsSet *
ds_set_open_full (const char    *source,
                  const DsTask  *task,
                  const char    *cache_folder,
                  IoProgressFunc progress,
                  gpointer       user_data,
                  GError       **error)
{
  g_auto(DsTask) default_task = { NULL };
  g_autofree char *path = NULL;

  g_return_val_if_fail (source != NULL, NULL);

  if (strcmp (source, "builtin:digits") == 0)
    return ds_builtin_digits (error);

  if (task == NULL)
    {
      ds_task_init (&default_task);
      task = &default_task;
    }

  if (strcmp (source, "builtin:molecules") == 0)
    return ds_molecule_set_open (source, task, cache_folder, progress, user_data, error);

  if (g_str_has_prefix (source, "builtin:"))
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN,
                   _("There is no built-in set “%s”; there are “builtin:digits” and “builtin:molecules”"), source);
      return NULL;
    }

  path = g_canonicalize_filename (source, NULL);
  if (holds_molecules (path))
    return ds_molecule_set_open (path, task, cache_folder, progress, user_data, error);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return ds_mnist_open_folder (path, progress, user_data, error);

  return open_file (path, progress, user_data, error);
}

DsSet *
ds_set_open (const char    *source,
             IoProgressFunc progress,
             gpointer       user_data,
             GError       **error)
{
  return ds_set_open_full (source, NULL, NULL, progress, user_data, error);
}

gboolean
ds_split_options_equal (const DsSplitOptions *a,
                        const DsSplitOptions *b)
{
  return a->n_validation == b->n_validation &&
         a->n_test == b->n_test &&
         a->validation_share == b->validation_share &&
         a->test_share == b->test_share &&
         a->european_share == b->european_share &&
         a->limit == b->limit &&
         !a->shuffle == !b->shuffle &&
         a->seed == b->seed;
}

/* What was asked for of @n samples: a share, a number, or else @usual. */
static gsize
count_part (float share,
            gsize asked,
            gsize n,
            gsize usual)
{
  if (share > 0.0f)
    return (gsize) ((double) share * (double) n + 0.5);

  return asked != G_MAXSIZE ? asked : usual;
}

static gboolean
check_split (const DsSet *set,
             gsize        n_pool,
             gsize        n_validation,
             gsize        n_test,
             GError     **error)
{
  if (n_pool == 0)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                   _("“%s” has no samples to train with: all of its %zu are for the test"), _(set->name), n_test);
      return FALSE;
    }

  if (n_validation >= n_pool)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                   _("“%s” has %zu samples for training and validation; "
                     "with %zu for validation none is left to train with"),
                   _(set->name), n_pool, n_validation);
      return FALSE;
    }

  return TRUE;
}

static gsize
get_usual_validation (const DsSet *set,
                      gsize        n_all,
                      gsize        n_pool)
{
  if (set->draws_test)
    return n_all / DRAWN_SHARE;

  return set->n_validation > 0 ? set->n_validation : n_pool / VALIDATION_SHARE;
}

/* Puts @n_european European hands' digits and the added samples, each @repeats times,
 * behind the @n_train that train. */
static void
insert_added (const DsSet *set,
              guint32     *order,
              gsize        n_all,
              gsize        n_train,
              gsize        n_rest,
              gsize        n_european,
              gsize        repeats)
{
  guint32 *place = order + n_train;

  memmove (place + n_european + repeats * set->n_added, place, n_rest * sizeof (guint32));
  for (gsize i = 0; i < n_european; i++)
    *place++ = (guint32) (n_all + set->n_added + i % set->n_european);
  for (gsize r = 0; r < repeats; r++)
    for (gsize i = 0; i < set->n_added; i++)
      *place++ = (guint32) (n_all + i);
}

gsize
ds_set_get_n_own (const DsSet *set)
{
  g_return_val_if_fail (set != NULL, 0);

  return mlp_samples_get_n (set->samples) - set->n_european - set->n_added;
}

MlpSplit *
ds_set_split (const DsSet          *set,
              const DsSplitOptions *options,
              GError              **error)
{
  gsize n_all, n_pool, n_train, n_validation, n_test, n_european, n_besides, repeats;
  guint32 *order;

  g_return_val_if_fail (set != NULL, NULL);
  g_return_val_if_fail (options != NULL, NULL);

  n_all = set->n_train + set->n_validation + set->n_test;
  n_test = set->draws_test ? count_part (options->test_share, options->n_test, n_all, n_all / DRAWN_SHARE)
           : set->n_test;
  n_pool = n_all - MIN (n_test, n_all);
  n_validation = count_part (options->validation_share, options->n_validation,
                             set->draws_test ? n_all : n_pool, get_usual_validation (set, n_all, n_pool));

  if (!check_split (set, n_pool, n_validation, n_test, error))
    return NULL;

  n_train = n_pool - n_validation;
  if (options->limit > 0)
    n_train = MIN (n_train, options->limit);
  n_european = set->n_european > 0 ? ds_european_count (n_train, options->european_share) : 0;
  repeats = ds_extra_samples_get_repeats (n_train, set->n_added);
  n_besides = n_european + repeats * set->n_added;

  order = g_new (guint32, n_all + n_besides);
  for (gsize i = 0; i < n_all; i++)
    order[i] = (guint32) i;

  if (set->draws_test)
    {
      MlpRandom random;

      mlp_random_seed (&random, options->seed, SPLIT_STREAM);
      mlp_random_shuffle (&random, order, n_all);
    }
  else if (options->shuffle)
    {
      MlpRandom random;

      mlp_random_seed (&random, options->seed, SPLIT_STREAM);
      mlp_random_shuffle (&random, order, n_pool);
    }

  /* The limit leaves a gap between train and validation: close it. */
  memmove (order + n_train, order + n_pool - n_validation, (n_validation + n_test) * sizeof (guint32));
  insert_added (set, order, n_all, n_train, n_validation + n_test, n_european, repeats);

  return mlp_split_new (order, n_train + n_besides, n_validation, n_test);
}
