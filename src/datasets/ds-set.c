/* ds-set.c: a data set in memory, and how one is opened.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/mlp-random.h"
#include "datasets/ds-mnist-private.h"
#include "datasets/ds-set.h"
#include "datasets/ds-sniff.h"

/* Of the training samples, where a set has none for validation: 10,000 of
 * MNIST's 60,000. */
#define VALIDATION_SHARE 6

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
ds_set_new (const char *name,
            const char *source,
            MlpSamples *samples)
{
  DsSet *set;

  g_return_val_if_fail (name != NULL && source != NULL, NULL);
  g_return_val_if_fail (samples != NULL, NULL);

  set = g_new0 (DsSet, 1);
  set->name = g_strdup (name);
  set->source = g_strdup (source);
  set->identity = make_identity (samples);
  set->samples = samples;
  g_atomic_ref_count_init (&set->ref_count);

  return set;
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
  g_strfreev (set->class_names);
  g_free (set->identity);
  g_free (set->source);
  g_free (set->name);
  g_free (set);
}

static DsSet *
open_file (const char    *path,
           DsProgressFunc progress,
           gpointer       user_data,
           GError       **error)
{
  g_autoptr(DsStream) stream = ds_stream_open (path, error);
  DsKind kind;

  if (stream == NULL)
    return NULL;

  kind = ds_sniff (stream);
  if (kind == DS_KIND_IDX)
    return ds_mnist_open_file (path, progress, user_data, error);
  if (kind == DS_KIND_PICKLE)
    return ds_mnist_open_pickle (path, progress, user_data, error);

  ds_sniff_refuse (stream, kind, _("IDX files of MNIST’s kind or “mnist.pkl.gz”"), error);

  return NULL;
}

DsSet *
ds_set_open (const char    *source,
             DsProgressFunc progress,
             gpointer       user_data,
             GError       **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (source != NULL, NULL);

  if (strcmp (source, "builtin:digits") == 0)
    return ds_builtin_digits (error);

  if (g_str_has_prefix (source, "builtin:"))
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN,
                   _("There is no built-in set “%s”; there is “builtin:digits”"), source);
      return NULL;
    }

  path = g_canonicalize_filename (source, NULL);
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return ds_mnist_open_folder (path, progress, user_data, error);

  return open_file (path, progress, user_data, error);
}

static gboolean
check_split (const DsSet *set,
             gsize        n_pool,
             gsize        n_validation,
             GError     **error)
{
  if (n_pool == 0)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                   _("“%s” has no samples to train with: all of its %zu are for the test"), _(set->name), set->n_test);
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

MlpSplit *
ds_set_split (const DsSet          *set,
              const DsSplitOptions *options,
              GError              **error)
{
  gsize n_pool, n_train, n_validation;
  guint32 *order;

  g_return_val_if_fail (set != NULL, NULL);
  g_return_val_if_fail (options != NULL, NULL);

  n_pool = set->n_train + set->n_validation;
  n_validation = options->n_validation;
  if (n_validation == G_MAXSIZE)
    n_validation = set->n_validation > 0 ? set->n_validation : n_pool / VALIDATION_SHARE;

  if (!check_split (set, n_pool, n_validation, error))
    return NULL;

  order = g_new (guint32, n_pool + set->n_test);
  for (gsize i = 0; i < n_pool + set->n_test; i++)
    order[i] = (guint32) i;

  if (options->shuffle)
    {
      MlpRandom random;

      mlp_random_seed (&random, options->seed, SPLIT_STREAM);
      mlp_random_shuffle (&random, order, n_pool);
    }

  /* The limit leaves a gap between train and validation: close it. */
  n_train = n_pool - n_validation;
  if (options->limit > 0 && options->limit < n_train)
    {
      memmove (order + options->limit, order + n_train,
               (n_validation + set->n_test) * sizeof (guint32));
      n_train = options->limit;
    }

  return mlp_split_new (order, n_train, n_validation, set->n_test);
}
