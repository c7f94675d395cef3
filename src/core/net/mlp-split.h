/* mlp-split.h: the parts of a data set: training, validation and test set.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which samples train, validate and test: three parts of one order. Immutable
 * and counted, as samples are. */
typedef struct _MlpSplit MlpSplit;

typedef enum
{
  MLP_TRAIN,
  MLP_VALIDATION,
  MLP_TEST,
} MlpPart;

#define MLP_N_PARTS (MLP_TEST + 1)

/* "train", "validation", "test". */
const char    *mlp_split_get_part_name (MlpPart         part);

/**
 * mlp_split_new:
 * @order: (transfer full): the items in the order train, validation, test,
 *   from g_malloc()
 * @n_train: how many train; with 0 nothing can be trained
 * @n_validation: how many validate; 0 is allowed
 * @n_test: how many test; 0 is allowed
 */
MlpSplit      *mlp_split_new           (guint32        *order,
                                        gsize           n_train,
                                        gsize           n_validation,
                                        gsize           n_test);
MlpSplit      *mlp_split_ref           (const MlpSplit *split);
void           mlp_split_unref         (MlpSplit       *split);

/* (array) (transfer none): the items of a part */
const guint32 *mlp_split_peek          (const MlpSplit *split,
                                        MlpPart         part,
                                        gsize          *n_items);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MlpSplit, mlp_split_unref)

G_END_DECLS
