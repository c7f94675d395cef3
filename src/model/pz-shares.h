/* pz-shares.h: outputs of a network for classes as shares that sum to one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/mlp-activation.h"

G_BEGIN_DECLS

/* Of @n outputs @h, in place. Softmax gives shares; a sigmoid's outputs are weighed
 * against each other; of the others only what is above zero counts. */
void pz_shares_normalise (MlpActivation  output,
                          float         *h,
                          gsize          n);

G_END_DECLS
