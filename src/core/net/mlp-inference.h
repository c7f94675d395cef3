/* mlp-inference.h: a network prepared for questions about one sample at a time.
 *
 * Each weight is used once, so that an answer takes as long as reading the
 * weights. Here those from an input lie side by side, and those from inputs that
 * are 0 are not read: four of five in a picture of a digit, about half behind a
 * ReLU. Preparing reads and writes all weights once, which takes as long as some ten
 * answers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-net.h"

G_BEGIN_DECLS

/* For one thread at a time: it has the memory for the pass, too. */
typedef struct _MlpSingle MlpSingle;

/**
 * mlp_single_new:
 * @net: a network, copied
 * @error: return location for a #GError
 *
 * Errors: %MLP_ERROR_TOO_LARGE
 *
 * Returns: (transfer full) (nullable): ready to be asked
 */
MlpSingle   *mlp_single_new       (const MlpNet  *net,
                                   GError       **error);
void         mlp_single_free      (MlpSingle     *single);

/* Takes the parameters of another network of the same shape. */
void         mlp_single_load      (MlpSingle     *single,
                                   const MlpNet  *net);

/* n[0] floats: write the sample here before mlp_single_forward(), which leaves
 * them as they are. */
float       *mlp_single_get_input (MlpSingle     *single);

/* (transfer none): the n[L] outputs, valid until the next call. The sums are in
 * the order of the inputs, several at a time: the last bits are not those of
 * mlp_forward(). */
const float *mlp_single_forward   (MlpSingle     *single);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MlpSingle, mlp_single_free)

G_END_DECLS
