/* mlp-sparse-private.h: first-layer products with sparse inputs.
 *
 * Forward, W_1ᵀ x is the sum of the weights from those inputs that are not
 * zero; the gradient of the weights from one input is the sum of the deltas of
 * the samples that have it. Both read rows of a transposed W_1, so that a run
 * keeps W_1 that way: in panels of up to 64 units, each n_inputs rows of its
 * units' weights, filled up with zeros to whole vectors. A panel fits the level
 * 2 cache, and is what one thread updates.
 *
 * All sums are in the order of the inputs, or of the samples.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-net.h"
#include "core/net/mlp-samples.h"
#include "core/net/mlp-sparse-input-private.h"

G_BEGIN_DECLS

typedef struct _MlpSparse MlpSparse;

/* @samples: they outlive it. @max_batch: the most samples of a batch that changes
 * weights. @n_threads: how many may call mlp_sparse_gradient() and _descend() at a
 * time.
 * Returns: (nullable): %NULL if it does not pay, or there is no memory: then the
 *   dense product does the same */
MlpSparse *mlp_sparse_new         (const MlpNet     *net,
                                   const MlpSamples *samples,
                                   gsize             max_batch,
                                   guint             n_threads);
void       mlp_sparse_free        (MlpSparse        *sparse);

/* W_1 of the network into the panels, and back. */
void       mlp_sparse_load        (MlpSparse        *sparse,
                                   const MlpNet     *net);
void       mlp_sparse_store       (const MlpSparse  *sparse,
                                   MlpNet           *net);

/* The samples of the running batch, borrowed: @B of @n_known that will follow
 * each other. For mlp_sparse_forward() alone they may be more than max_batch. */
void       mlp_sparse_set_batch   (MlpSparse        *sparse,
                                   const guint32    *items,
                                   gsize             B,
                                   gsize             n_known);

/* The same, of inputs that are not the samples': the lists 0 to @B, borrowed. */
void mlp_sparse_set_batch_input (MlpSparse            *sparse,
                                 const MlpSparseInput *sparse_input,
                                 gsize                 B);

/* Which samples of the batch each input has: before mlp_sparse_gradient(). */
void       mlp_sparse_sort_batch  (MlpSparse        *sparse);

/* A_1 of the columns @begin to @end of the batch, which start at @A. */
void       mlp_sparse_forward     (const MlpSparse  *sparse,
                                   const float      *biases,
                                   gsize             begin,
                                   gsize             end,
                                   float            *A);

gsize mlp_sparse_get_n_panels (const MlpSparse *sparse);

/* Units of panel @p, and how many floats a row has. The units before it are 64
 * for each panel before it. */
gsize      mlp_sparse_get_n_units (const MlpSparse  *sparse,
                                   gsize             p);
gsize      mlp_sparse_get_row     (const MlpSparse  *sparse,
                                   gsize             p);

/* n_inputs rows */
float     *mlp_sparse_get_panel   (const MlpSparse  *sparse,
                                   gsize             p);

/* The gradient of panel @p in its layout, multiplied by @factor. @D: δ_1 of the
 * batch, n[1] × B. */
void       mlp_sparse_gradient    (MlpSparse        *sparse,
                                   gsize             p,
                                   guint             thread,
                                   const float      *D,
                                   float             factor,
                                   float            *g);

/* The step of plain gradient descent: the panel less @factor times its gradient.
 * Rows of inputs that are 0 in the whole batch are not touched. */
void       mlp_sparse_descend     (MlpSparse        *sparse,
                                   gsize             p,
                                   guint             thread,
                                   const float      *D,
                                   float             factor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MlpSparse, mlp_sparse_free)

G_END_DECLS
