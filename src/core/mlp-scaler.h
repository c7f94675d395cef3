/* mlp-scaler.h: inputs and targets in standard deviations from the mean.
 *
 * A network that learns values (not classes of pictures) is trained on
 * standardised ones: (x − mean) / deviation, with the mean and the deviation of
 * the training samples alone. It keeps the scaler that it was trained with
 * (mlp_net_set_scaler()), and whoever asks it gives and gets physical units.
 *
 * Immutable once made, counted, shared between threads.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/mlp-samples.h"

G_BEGIN_DECLS

typedef struct _MlpScaler MlpScaler;

/**
 * mlp_scaler_new_fit:
 * @samples: samples whose inputs and targets are values
 * @items: (array length=n_items): the training samples, and no others
 * @n_items: how many, at least 1
 * @linear: fit a linear path, too
 * @error: return location for a #GError
 *
 * Mean and standard deviation (of a population) of each input and each target,
 * summed in double around the first sample, so that large means do not eat the
 * deviation. What is constant is only shifted: its deviation is taken as 1. The
 * deviation of an input that is rarely anything but one value is taken so large
 * that no training sample is more than 20 deviations off.
 *
 * With a linear path the network learns what a linear law of the inputs, fitted
 * by least squares (mlp-ridge.h) first, leaves over: a target is standardised
 * as (y − mean − aᵀ x) / deviation, x being the standardised inputs.
 *
 * Errors: %MLP_ERROR_TOO_LARGE, only with @linear
 *
 * Returns: (transfer full) (nullable): the scaler
 */
MlpScaler   *mlp_scaler_new_fit       (const MlpSamples  *samples,
                                       const guint32     *items,
                                       gsize              n_items,
                                       gboolean           linear,
                                       GError           **error);

/**
 * mlp_scaler_new:
 * @x_mean: (array length=n_inputs): copied, as the others are
 * @x_deviation: (array length=n_inputs): above 0
 * @y_mean: (array length=n_outputs): in the units of the targets
 * @y_deviation: (array length=n_outputs): above 0
 * @linear: (nullable): n_inputs × n_outputs: a for each target
 * @error: return location for a #GError
 *
 * Errors: %MLP_ERROR_FORMAT if a number is not finite or a deviation not above 0
 */
MlpScaler   *mlp_scaler_new           (gsize              n_inputs,
                                       gsize              n_outputs,
                                       const float       *x_mean,
                                       const float       *x_deviation,
                                       const float       *y_mean,
                                       const float       *y_deviation,
                                       const float       *linear,
                                       GError           **error);
MlpScaler   *mlp_scaler_ref           (const MlpScaler   *scaler);
void         mlp_scaler_unref         (MlpScaler         *scaler);

gsize        mlp_scaler_get_n_inputs  (const MlpScaler   *scaler);
gsize        mlp_scaler_get_n_outputs (const MlpScaler   *scaler);

const float *mlp_scaler_peek_x_mean      (const MlpScaler *scaler);
const float *mlp_scaler_peek_x_deviation (const MlpScaler *scaler);
const float *mlp_scaler_peek_y_mean      (const MlpScaler *scaler);
const float *mlp_scaler_peek_y_deviation (const MlpScaler *scaler);

/* (nullable): n[0] × n[L] */
const float *mlp_scaler_peek_linear      (const MlpScaler *scaler);

/* Standardise, in place, the inputs (n[0] × B) or the targets (n[L] × B) of a
 * batch; bring outputs (n[L] × B) back to the units of the targets. @x are the
 * standardised inputs of the same batch. */
void         mlp_scaler_scale_inputs  (const MlpScaler   *scaler,
                                       float             *x,
                                       gsize              B);
void         mlp_scaler_scale_targets (const MlpScaler   *scaler,
                                       const float       *x,
                                       float             *y,
                                       gsize              B);
void         mlp_scaler_undo_outputs  (const MlpScaler   *scaler,
                                       const float       *x,
                                       float             *h,
                                       gsize              B);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MlpScaler, mlp_scaler_unref)

G_END_DECLS
