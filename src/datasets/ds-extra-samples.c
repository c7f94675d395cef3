/* ds-extra-samples.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "datasets/ds-extra-samples.h"
#include "io/io-hash.h"

/* One in so many is for the test. */
#define TEST_IN 5

gboolean
ds_extra_samples_is_for_test (const guint8 *picture,
                              gsize         size)
{
  return io_hash (picture, size, 0) % TEST_IN == 0;
}

gsize
ds_extra_samples_get_repeats (gsize n_train,
                              gsize n_added)
{
  if (n_added == 0)
    return 0;

  return (gsize) CLAMP (DS_EXTRA_SAMPLES_SHARE * (double) n_train / (double) n_added + 0.5, 1.0,
                        DS_EXTRA_SAMPLES_MAX_REPEATS);
}

static gboolean
check_kind (const DsSet *set,
            const DsSet *added,
            GError     **error)
{
  if (set->rows == 0 || !mlp_samples_has_classes (set->samples) ||
      added->rows != set->rows || added->columns != set->columns ||
      mlp_samples_get_scale (added->samples) != mlp_samples_get_scale (set->samples))
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   _("“%s” has images of %u × %u pixels and “%s” of %u × %u; only images of the same size can be added"),
                   set->source, set->columns, set->rows, added->source, added->columns, added->rows);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_classes (const DsSet *set,
               const DsSet *added,
               GError     **error)
{
  if (mlp_samples_get_n_outputs (added->samples) <= mlp_samples_get_n_outputs (set->samples))
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
               _("“%s” has %zu classes, but “%s” only %zu; samples can only be added to existing classes"),
               added->source, mlp_samples_get_n_outputs (added->samples),
               set->source, mlp_samples_get_n_outputs (set->samples));

  return FALSE;
}

/* Sample @i of @from as sample @to of a block. */
static void
copy_sample (const DsSet *from,
             gsize        i,
             guint8      *x,
             guint8      *y,
             gsize        to)
{
  const gsize n_inputs = mlp_samples_get_n_inputs (from->samples);

  memcpy (x + to * n_inputs, mlp_samples_peek_bytes (from->samples, i), n_inputs);
  y[to] = (guint8) mlp_samples_get_class (from->samples, i);
}

/* (transfer full) (nullable): room for @n samples. */
static gboolean
allocate_samples (const DsSet *set,
                  gsize        n,
                  guint8     **x,
                  guint8     **y,
                  GError     **error)
{
  const gsize n_inputs = mlp_samples_get_n_inputs (set->samples);
  gsize size;

  if (g_size_checked_mul (&size, n, n_inputs))
    {
      *x = g_try_malloc (size);
      *y = g_try_malloc (n);
    }

  if (*x != NULL && *y != NULL)
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
               _("Not enough memory for the %zu images in “%s”"), n, set->source);

  return FALSE;
}

/* @samples: (transfer full). Everything else as in @set. */
static DsSet *
copy_set (const DsSet *set,
          MlpSamples  *samples)
{
  DsSet *copy = ds_set_new_identified (set->name, set->source, set->identity, samples);

  copy->n_train = set->n_train;
  copy->n_validation = set->n_validation;
  copy->n_test = set->n_test;
  copy->n_european = set->n_european;
  copy->n_added = set->n_added;
  copy->rows = set->rows;
  copy->columns = set->columns;
  copy->class_names = g_strdupv (set->class_names);
  copy->draws_test = set->draws_test;

  return copy;
}

/* The classes that only @added has are called as there. */
static void
add_names (DsSet       *both,
           const DsSet *added,
           gsize        n_own,
           gsize        n_classes)
{
  char **names = g_new0 (char *, n_classes + 1);

  for (gsize k = 0; k < n_classes; k++)
    {
      char **from = k < n_own ? both->class_names : added->class_names;

      names[k] = from != NULL ? g_strdup (from[k]) : g_strdup_printf ("%" G_GSIZE_FORMAT, k);
    }
  g_strfreev (both->class_names);
  both->class_names = names;
}

DsSet *
ds_extra_samples_add (const DsSet *set,
                      const DsSet *added,
                      GError     **error)
{
  g_autofree guint8 *x = NULL;
  g_autofree guint8 *y = NULL;
  const gsize n = ds_set_get_n_own (set);
  const gsize n_more = added->n_train + added->n_validation;
  const gsize n_inputs = mlp_samples_get_n_inputs (set->samples);
  const gsize n_classes = MAX (mlp_samples_get_n_outputs (set->samples), mlp_samples_get_n_outputs (added->samples));
  gsize n_all = n;
  gsize n_added;
  DsSet *both;

  g_return_val_if_fail (set->n_added == 0, NULL);

  if (!check_kind (set, added, error) || !allocate_samples (set, n + n_more + set->n_european, &x, &y, error))
    return NULL;

  for (gsize i = 0; i < n; i++)
    copy_sample (set, i, x, y, i);
  for (gsize i = 0; i < n_more; i++)
    if (!ds_extra_samples_is_for_test (mlp_samples_peek_bytes (added->samples, i), n_inputs))
      copy_sample (added, i, x, y, n_all++);
  n_added = n_all - n;
  for (gsize i = 0; i < set->n_european; i++)
    copy_sample (set, n + i, x, y, n_all++);

  both = copy_set (set, mlp_samples_new_pictures (g_steal_pointer (&x), mlp_samples_get_scale (set->samples),
                                                  g_steal_pointer (&y), set->rows, set->columns,
                                                  n_classes, n_all));
  both->n_added = n_added;
  if (n_classes > mlp_samples_get_n_outputs (set->samples))
    add_names (both, added, mlp_samples_get_n_outputs (set->samples), n_classes);

  return both;
}

DsSet *
ds_extra_samples_european (const DsSet   *set,
                           const DsSet   *added,
                           const guint32 *items,
                           gsize          n_items,
                           GError       **error)
{
  g_autofree guint8 *x = NULL;
  g_autofree guint8 *y = NULL;
  const gsize n = mlp_samples_get_n (set->samples);
  DsSet *both;

  g_return_val_if_fail (set->n_added == 0 && set->n_european == 0, NULL);

  if (!check_kind (set, added, error) || !check_classes (set, added, error) ||
      !allocate_samples (set, n + n_items, &x, &y, error))
    return NULL;

  for (gsize i = 0; i < n; i++)
    copy_sample (set, i, x, y, i);
  for (gsize i = 0; i < n_items; i++)
    copy_sample (added, items[i], x, y, n + i);

  both = copy_set (set, mlp_samples_new_pictures (g_steal_pointer (&x), mlp_samples_get_scale (set->samples),
                                                  g_steal_pointer (&y), set->rows, set->columns,
                                                  mlp_samples_get_n_outputs (set->samples), n + n_items));
  both->n_european = n_items;

  return both;
}

DsSet *
ds_extra_samples_widen (const DsSet *set,
                        gsize        n_classes,
                        char       **class_names)
{
  const gsize n = mlp_samples_get_n (set->samples);
  const gsize n_inputs = mlp_samples_get_n_inputs (set->samples);
  guint8 *x = g_malloc_n (n, n_inputs);
  guint8 *y = g_malloc (n);
  DsSet *wide;

  g_return_val_if_fail (n_classes >= mlp_samples_get_n_outputs (set->samples) && n_classes <= 256, NULL);

  for (gsize i = 0; i < n; i++)
    copy_sample (set, i, x, y, i);

  wide = copy_set (set, mlp_samples_new_pictures (x, mlp_samples_get_scale (set->samples), y,
                                                  set->rows, set->columns, n_classes, n));
  g_strfreev (wide->class_names);
  wide->class_names = g_strdupv (class_names);

  return wide;
}
