/* mlp-novelty.h: novelty detection: whether an image resembles the training images.
 *
 * A network answers whatever it is asked. So it keeps what the training pictures
 * of each class look like: their mean, and the few directions in which they differ
 * most. A picture is unlike them if too much of it is left over by the class that
 * explains most of it: more than of nearly every picture of that training, as a sum
 * of squares or as a share of its ink. (Wold, Pattern Recognition 8, 127 (1976):
 * SIMCA; the residual is the Q statistic of Jackson and Mudholkar, Technometrics
 * 21, 341 (1979).)
 *
 * It depends on the pictures alone, not on the weights. Immutable once made,
 * counted, shared between threads. The notation is that of mlp-net.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-samples.h"

G_BEGIN_DECLS

typedef struct _MlpNovelty MlpNovelty;

/* What a picture may have left over: a sum of squares, a share of its own. */
#define MLP_NOVELTY_N_LIMITS 2

/* The most directions a class can have in a file. */
#define MLP_NOVELTY_MAX_RANK 64

/**
 * mlp_novelty_new_fit:
 * @samples: pictures of classes
 * @items: (array length=n_items): the training samples, and no others
 * @n_items: how many
 *
 * Looks at 8,000 of them at most, evenly spaced; three of four give means and
 * directions (by subspace iteration), the fourth the limits: of each, what 1.5 %
 * of them exceed. Takes some two tenths of a second for MNIST; the same samples give
 * the same bits.
 *
 * Returns: (transfer full) (nullable): %NULL where nothing can be said: fewer than
 * 400 samples, pictures that are all alike, or no memory
 */
MlpNovelty  *mlp_novelty_new_fit       (const MlpSamples  *samples,
                                        const guint32     *items,
                                        gsize              n_items);

/**
 * mlp_novelty_new:
 * @n_inputs: n[0], at least 1
 * @n_classes: at least 1
 * @rank: directions of a class, 1 to %MLP_NOVELTY_MAX_RANK
 * @means: n[0] × n_classes, copied, as the others are
 * @axes: n[0] × (rank × n_classes): a class after the other; orthonormal, or 0
 * @limits: (array fixed-size=2): above 0
 * @error: return location for a #GError
 *
 * The sizes are the caller's word: their products do not overflow.
 *
 * Errors: %MLP_ERROR_FORMAT if a number is not finite or a limit not above 0
 */
MlpNovelty  *mlp_novelty_new           (gsize              n_inputs,
                                        gsize              n_classes,
                                        gsize              rank,
                                        const float       *means,
                                        const float       *axes,
                                        const float       *limits,
                                        GError           **error);
MlpNovelty  *mlp_novelty_ref           (const MlpNovelty  *novelty);
void         mlp_novelty_unref         (MlpNovelty        *novelty);

gsize        mlp_novelty_get_n_inputs  (const MlpNovelty  *novelty);
gsize        mlp_novelty_get_n_classes (const MlpNovelty  *novelty);
gsize        mlp_novelty_get_rank      (const MlpNovelty  *novelty);
const float *mlp_novelty_peek_means    (const MlpNovelty  *novelty);
const float *mlp_novelty_peek_axes     (const MlpNovelty  *novelty);
const float *mlp_novelty_peek_limits   (const MlpNovelty  *novelty);

/**
 * mlp_novelty_score:
 * @novelty: what training pictures look like
 * @x: n[0] inputs as the network takes them
 *
 * The larger of both left-overs, each in units of its limit.
 *
 * Returns: above 1 for what is unlike the training pictures; infinite for what
 * has no ink or is not finite
 */
double       mlp_novelty_score         (const MlpNovelty  *novelty,
                                        const float       *x);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MlpNovelty, mlp_novelty_unref)

G_END_DECLS
