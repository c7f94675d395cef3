/* mlp-augment.h: data augmentation of training images.
 *
 * A network that has seen each digit shifted, turned and bent knows what such changes
 * leave as it is. Pictures are disturbed when a batch is formed; what validates and
 * tests never is.
 *
 *   affine    shift, rotation, scale, shear; thicker and thinner strokes
 *   elastic   the same, and a smooth random displacement of each pixel (Simard,
 *             Steinkraus and Platt, Best practices for convolutional neural networks
 *             applied to visual document analysis, 2003): uniform noise, smoothed by a
 *             Gaussian
 *
 * Lengths are those for pictures of 28 × 28 and grow with the shorter side.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-samples.h"

G_BEGIN_DECLS

typedef enum
{
  MLP_AUGMENT_NONE,
  MLP_AUGMENT_AFFINE,
  MLP_AUGMENT_ELASTIC,
} MlpAugment;

#define MLP_N_AUGMENTS (MLP_AUGMENT_ELASTIC + 1)

/* "none", "affine", "elastic". */
const char   *mlp_augment_get_name   (MlpAugment           augment);

/* Errors: %MLP_ERROR_INVALID, with the names that there are */
gboolean      mlp_augment_from_name  (const char          *name,
                                      MlpAugment          *augment,
                                      GError             **error);

/* Whether it can be done to @samples: pictures of bytes.
 * Errors: %MLP_ERROR_INVALID with a sentence that says what would work */
gboolean      mlp_augment_check      (MlpAugment           augment,
                                      const MlpSamples    *samples,
                                      GError             **error);

/* Makes pictures of one size different. */
typedef struct _MlpAugmenter MlpAugmenter;

/**
 * mlp_augmenter_new:
 * @augment: how; not %MLP_AUGMENT_NONE
 * @rows: of a picture, as mlp_augment_check() allows
 * @columns: of a picture
 * @seed: equal seeds give equal pictures
 * @n_threads: how many may call mlp_augmenter_run() at a time
 * @error: return location for a #GError
 *
 * Errors: %MLP_ERROR_TOO_LARGE
 *
 * Returns: (transfer full) (nullable): the augmenter
 */
MlpAugmenter *mlp_augmenter_new      (MlpAugment           augment,
                                      gsize                rows,
                                      gsize                columns,
                                      guint64              seed,
                                      guint                n_threads,
                                      GError             **error);
void          mlp_augmenter_free     (MlpAugmenter        *augmenter);

/**
 * mlp_augmenter_run:
 * @augmenter: an augmenter
 * @thread: below n_threads: its scratch memory is used
 * @round: the epoch
 * @item: the sample
 * @picture: rows × columns bytes
 * @out: (out caller-allocates): rows × columns bytes
 *
 * The result follows from the seed, @round, @item and @picture alone. Nothing is
 * allocated.
 */
void          mlp_augmenter_run      (MlpAugmenter        *augmenter,
                                      guint                thread,
                                      guint                round,
                                      guint32              item,
                                      const guint8        *picture,
                                      guint8              *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MlpAugmenter, mlp_augmenter_free)

G_END_DECLS
