/* mlp-pass-private.h: parallel forward and backward pass, split by columns of the batch.
 *
 * The gradient is not part of it: once all columns are done, mlp-update.c forms
 * it block by block from the outputs and deltas of the whole batch.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-pass.h"
#include "core/net/mlp-sparse-private.h"

G_BEGIN_DECLS

/* What scratch memory may have besides the outputs of all layers, the
 * pre-activations of the last one and targets. */
typedef enum
{
  MLP_WORK_INPUT = 1 << 0,      /* H[0]; a sparse first layer needs none */
  MLP_WORK_A = 1 << 1,          /* the pre-activations of hidden layers: or A[l] is H[l] */
  MLP_WORK_DELTAS = 1 << 2,     /* D */
  MLP_WORK_GRADIENT = 1 << 3,
} MlpWorkParts;

/**
 * mlp_work_new_shared:
 * @net: a network of the shape that the passes will use
 * @max_batch: the largest B that will be asked for, at least 1
 * @parts: what the passes need
 * @dropout: as in mlp_work_set_dropout(); the random numbers are those given to
 *   mlp_pass_forward_columns()
 * @error: return location for a #GError
 *
 * Scratch memory for the functions below.
 *
 * Errors: %MLP_ERROR_TOO_LARGE
 */
MlpWork     *mlp_work_new_shared       (const MlpNet    *net,
                                        gsize            max_batch,
                                        MlpWorkParts     parts,
                                        float            dropout,
                                        GError         **error);

/* What layer l hands to the next one, n[l] × max_batch: the batch for 0. */
const float *mlp_work_peek_output      (const MlpWork   *work,
                                        gsize            l);

/**
 * mlp_pass_forward_columns:
 * @net: a network
 * @work: scratch memory of mlp_work_new_shared(), with columns @begin to @end of
 *   the batch in its input
 * @sparse: (nullable): the first layer with its batch, instead of the input
 * @first: of the samples of @sparse, the one in column @begin
 * @begin: the first column
 * @end: the column after the last
 * @random: where the masks come from; not used without dropout
 *
 * mlp_pass_forward() on some columns. Other columns may be passed at the same time.
 */
void         mlp_pass_forward_columns  (const MlpNet    *net,
                                        MlpWork         *work,
                                        const MlpSparse *sparse,
                                        gsize            first,
                                        gsize            begin,
                                        gsize            end,
                                        MlpRandom       *random);

/* δ_L … δ_1 of the same columns, not divided by anything, from the targets in
 * @work. Returns the sum of their loss. */
double       mlp_pass_backward_columns (const MlpNet    *net,
                                        MlpWork         *work,
                                        gsize            begin,
                                        gsize            end,
                                        MlpLoss          loss);

/* ∂b = factor · δ 1: the sums of @n rows of @D, which has @ld, over its @B
 * columns. */
void         mlp_pass_sum_columns      (const float     *D,
                                        gsize            n,
                                        gsize            ld,
                                        gsize            B,
                                        float            factor,
                                        float           *b);

G_END_DECLS
