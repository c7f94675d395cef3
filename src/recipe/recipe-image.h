/* recipe-image.h: image preprocessing as for a network's training images.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-net.h"
#include "recipe/recipe-data.h"

G_BEGIN_DECLS

/* Whether the pictures of a set fill their frame, as those of Fashion-MNIST do; ink in MNIST's frame
 * leaves a margin. FALSE for what is no pictures. */
gboolean recipe_image_fills_frame (const DsSet *set);

/**
 * recipe_image_is_whole:
 * @data: what the network was trained on: pictures of classes
 * @net: (nullable): the network
 *
 * Whether the training pictures fill their frame: then a picture is to be scaled whole. Else
 * they are ink, and a picture is to go through the rule of ink-frame.h. Of a file that does not say
 * so the mean picture of each class (mlp-novelty.h) tells, or at last the name of the
 * data.
 */
gboolean recipe_image_is_whole (const RecipeData *data,
                                const MlpNet     *net);

/**
 * recipe_image_scale:
 * @data: as above
 * @net: (nullable): the network
 * @grey: @height rows of @width bytes
 * @width: at least 1
 * @height: at least 1
 * @bytes: (out caller-allocates): data->rows × data->columns
 *
 * The whole picture by ink_resample(). One that is unlike the training pictures, and whose negative
 * is less so, is taken as that: most photographs of things have a light background, Fashion-MNIST's
 * is black.
 */
void     recipe_image_scale    (const RecipeData *data,
                                const MlpNet     *net,
                                const guint8     *grey,
                                gsize             width,
                                gsize             height,
                                guint8           *bytes);

G_END_DECLS
