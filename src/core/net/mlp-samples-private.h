/* mlp-samples-private.h: cached sparse inputs of samples.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-samples.h"
#include "core/net/mlp-sparse-input-private.h"

G_BEGIN_DECLS

/* Made when they are asked for first, from any thread, and kept with the samples.
 * Returns: (transfer none) (nullable): as mlp_sparse_input_new() */
const MlpSparseInput *mlp_samples_peek_sparse_input (const MlpSamples *samples);

G_END_DECLS
