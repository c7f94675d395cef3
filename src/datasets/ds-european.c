/* ds-european.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "datasets/ds-builtin.h"
#include "datasets/ds-european.h"
#include "datasets/ds-extra-samples.h"
#include "ink/ink-frame.h"

#define N_CLASSES 10
#define BUILTIN "builtin:digits"

gboolean
ds_european_is_hand (gsize hand)
{
  return hand * 2 % 5 < 2;
}

gsize
ds_european_count (gsize n_train,
                   float share)
{
  const double wanted = CLAMP ((double) share, 0.0, (double) DS_EUROPEAN_MAX_SHARE);

  return (gsize) (wanted / (1.0 - wanted) * (double) n_train + 0.5);
}

/* Digits by their names: clothes and letters come in ten classes, too. */
static gboolean
has_digits (const DsSet *set)
{
  if (set->rows != INK_FRAME_SIDE || set->columns != INK_FRAME_SIDE || !mlp_samples_has_classes (set->samples) ||
      mlp_samples_get_n_outputs (set->samples) != N_CLASSES)
    return FALSE;

  for (guint i = 0; i < N_CLASSES && set->class_names != NULL; i++)
    {
      const char name[] = { (char) ('0' + i), '\0' };

      if (strcmp (set->class_names[i], name) != 0)
        return FALSE;
    }

  return TRUE;
}

gboolean
ds_european_fits (const DsSet *set)
{
  g_return_val_if_fail (set != NULL, FALSE);

  return has_digits (set) && strcmp (set->source, BUILTIN) != 0;
}

static void
set_built_in_error (const DsSet *set,
                    GError     **error)
{
  g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
               _("“%s” already includes digits in European handwriting; set their share to 0"), _(set->name));
}

static gboolean
check_fits (const DsSet *set,
            GError     **error)
{
  if (ds_european_fits (set))
    return TRUE;

  if (has_digits (set))
    set_built_in_error (set, error);
  else
    g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                 _("Digits in European handwriting can only be added to 28 × 28 images of the digits 0 to 9, such as "
                   "MNIST, not to “%s”; set their share to 0"), _(set->name));

  return FALSE;
}

DsSet *
ds_european_add (const DsSet *set,
                 GError     **error)
{
  g_autoptr(DsSet) digits = NULL;
  g_autofree guint32 *items = NULL;
  gsize n = 0;

  g_return_val_if_fail (set != NULL && set->n_added == 0 && set->n_european == 0, NULL);

  if (!check_fits (set, error))
    return NULL;

  digits = ds_builtin_open_digits (error);
  if (digits == NULL)
    return NULL;

  /* Their files, in a folder. */
  if (strcmp (digits->identity, set->identity) == 0)
    {
      set_built_in_error (set, error);
      return NULL;
    }

  items = g_new (guint32, digits->n_train);
  for (gsize i = 0; i < digits->n_train; i++)
    if (ds_european_is_hand (i / DS_HAND_SIZE))
      items[n++] = (guint32) i;

  return ds_extra_samples_european (set, digits, items, n, error);
}

gboolean
ds_european_check (const DsSet *set,
                   float        share,
                   GError     **error)
{
  g_return_val_if_fail (set != NULL, FALSE);

  if (!(share >= 0.0f && share <= DS_EUROPEAN_MAX_SHARE))
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                   _("The share of European handwriting is %g; expected 0 to %g"),
                   (double) share, (double) DS_EUROPEAN_MAX_SHARE);
      return FALSE;
    }

  if (share > 0.0f && set->n_european == 0)
    {
      if (check_fits (set, error))
        set_built_in_error (set, error);
      return FALSE;
    }

  return TRUE;
}
