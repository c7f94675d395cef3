/* mlp-split.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "core/net/mlp-split.h"

struct _MlpSplit
{
  guint32        *order;
  gsize           n[MLP_N_PARTS];
  gatomicrefcount ref_count;
};

static const char *const part_names[MLP_N_PARTS] = {
  [MLP_TRAIN] = "train",
  [MLP_VALIDATION] = "validation",
  [MLP_TEST] = "test",
};

const char *
mlp_split_get_part_name (MlpPart part)
{
  g_return_val_if_fail ((guint) part < MLP_N_PARTS, NULL);

  return part_names[part];
}

MlpSplit *
mlp_split_new (guint32 *order,
               gsize    n_train,
               gsize    n_validation,
               gsize    n_test)
{
  MlpSplit *split;

  g_return_val_if_fail (order != NULL, NULL);

  split = g_new0 (MlpSplit, 1);
  split->order = order;
  split->n[MLP_TRAIN] = n_train;
  split->n[MLP_VALIDATION] = n_validation;
  split->n[MLP_TEST] = n_test;
  g_atomic_ref_count_init (&split->ref_count);

  return split;
}

MlpSplit *
mlp_split_ref (const MlpSplit *split)
{
  MlpSplit *self = (MlpSplit *) split;

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
mlp_split_unref (MlpSplit *split)
{
  if (split == NULL || !g_atomic_ref_count_dec (&split->ref_count))
    return;

  g_free (split->order);
  g_free (split);
}

const guint32 *
mlp_split_peek (const MlpSplit *split,
                MlpPart         part,
                gsize          *n_items)
{
  gsize begin = 0;

  g_return_val_if_fail ((guint) part < MLP_N_PARTS, NULL);

  for (guint p = 0; p < part; p++)
    begin += split->n[p];

  if (n_items != NULL)
    *n_items = split->n[part];

  return split->order + begin;
}
