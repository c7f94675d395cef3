/* ds-set.c: a data set in memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "core/mlp-display.h"
#include "datasets/ds-set.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-report.h"

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
  g_clear_pointer (&set->report, mol_report_free);
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

gsize
ds_set_get_n_own (const DsSet *set)
{
  g_return_val_if_fail (set != NULL, 0);

  return mlp_samples_get_n (set->samples) - set->n_european - set->n_added;
}
