/* mlp-inference.h: inference: a network prepared for fast prediction of single samples.
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
typedef struct _MlpInference MlpInference;

/**
 * mlp_inference_new:
 * @net: a network, copied
 * @error: return location for a #GError
 *
 * Errors: %MLP_ERROR_TOO_LARGE
 *
 * Returns: (transfer full) (nullable): ready to be asked
 */
MlpInference *mlp_inference_new       (const MlpNet *net,
                                       GError      **error);
void          mlp_inference_free      (MlpInference *inference);

/* Takes the parameters of another network of the same shape. */
void          mlp_inference_load      (MlpInference *inference,
                                       const MlpNet *net);

/* n[0] floats: write the sample here before mlp_inference_forward(), which leaves
 * them as they are. */
float        *mlp_inference_get_input (MlpInference *inference);

/* (transfer none): the n[L] outputs, valid until the next call. The sums are in
 * the order of the inputs, several at a time: the last bits are not those of
 * mlp_pass_forward(). */
const float  *mlp_inference_forward   (MlpInference *inference);

/**
 * mlp_inference_classify:
 * @inference: of a network with a class for each output
 * @bytes: (array): n[0] bytes, the sample
 * @scale: what a byte is multiplied by, 1/256 for a picture; the inputs stay in
 *   mlp_inference_get_input(), for what else is asked about them
 * @class: (out): the class of the largest output, of equal ones the first
 * @probabilities: (out caller-allocates) (nullable) (array): n[L] probabilities of
 *   the classes, as mlp_activation_to_probabilities() has them
 * @error: return location for a #GError
 *
 * The way from a picture to its class.
 *
 * Errors: %MLP_ERROR_NOT_FINITE if an output is infinite or not a number;
 * @class and @probabilities are then left as they were
 *
 * Returns: whether there is an answer
 */
gboolean      mlp_inference_classify  (MlpInference *inference,
                                       const guint8 *bytes,
                                       float         scale,
                                       gsize        *class,
                                       float        *probabilities,
                                       GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MlpInference, mlp_inference_free)

G_END_DECLS
