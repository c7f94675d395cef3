/* mlp-scaler.h: standardisation of inputs and targets.
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

#include "core/net/mlp-samples.h"

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
 * deviation; and the range of each, from the lowest to the highest. What is constant
 * is only shifted: its deviation is taken as 1. So that rounding, or a trace, is not
 * taken for information, the deviation of an input is at least
 *
 *   a thousandth of the largest of its block (mlp_samples_set_blocks()), and
 *   a millionth of its largest magnitude;
 *
 * and so large that no training sample is more than 20 deviations off.
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

/* The numbers of a scaler; those of the inputs are n[0], those of the targets n[L],
 * in the units of the samples. */
typedef struct
{
  const float *x_mean;
  const float *x_deviation;     /* above 0 */
  const float *x_low;           /* (nullable): lowest of the training samples; all four or none */
  const float *x_high;
  const float *y_mean;
  const float *y_deviation;     /* above 0 */
  const float *y_low;           /* (nullable) */
  const float *y_high;
  const float *linear;          /* (nullable): n[0] × n[L]: a for each target */
} MlpScalerValues;

/**
 * mlp_scaler_new:
 * @values: copied
 * @error: return location for a #GError
 *
 * Without ranges, as in files of before they were kept, they are estimated with
 * wide margins: 20 deviations of each input, 3 of each target (with a linear path as
 * if standardised inputs were independent).
 *
 * Errors: %MLP_ERROR_FORMAT if a number is not finite, a deviation not above 0 or a
 * range not from low to high
 */
MlpScaler   *mlp_scaler_new           (gsize                  n_inputs,
                                       gsize                  n_outputs,
                                       const MlpScalerValues *values,
                                       GError               **error);

/* (transfer full): that of an old file with deviations that were not kept from being
 * too small: inputs below the floor stay at their mean. @blocks: (nullable): as in
 * mlp_samples_set_blocks() */
MlpScaler   *mlp_scaler_new_floored   (const MlpScaler   *scaler,
                                       const guint       *blocks);

/* (transfer full): with ranges that take in @items, too (@scaler itself where they do):
 * for a network that goes on with other training samples. */
MlpScaler   *mlp_scaler_new_widened   (const MlpScaler   *scaler,
                                       const MlpSamples  *samples,
                                       const guint32     *items,
                                       gsize              n_items);

MlpScaler   *mlp_scaler_ref           (const MlpScaler   *scaler);
void         mlp_scaler_unref         (MlpScaler         *scaler);

gsize        mlp_scaler_get_n_inputs  (const MlpScaler   *scaler);
gsize        mlp_scaler_get_n_outputs (const MlpScaler   *scaler);

const float *mlp_scaler_peek_x_mean      (const MlpScaler *scaler);
const float *mlp_scaler_peek_x_deviation (const MlpScaler *scaler);
const float *mlp_scaler_peek_y_mean      (const MlpScaler *scaler);
const float *mlp_scaler_peek_y_deviation (const MlpScaler *scaler);

/* The ranges of the training samples. */
const float *mlp_scaler_peek_x_low       (const MlpScaler *scaler);
const float *mlp_scaler_peek_x_high      (const MlpScaler *scaler);
const float *mlp_scaler_peek_y_low       (const MlpScaler *scaler);
const float *mlp_scaler_peek_y_high      (const MlpScaler *scaler);

/* (nullable): n[0] × n[L] */
const float *mlp_scaler_peek_linear      (const MlpScaler *scaler);

/* Standardise, in place, the inputs (n[0] × B) or the targets (n[L] × B) of a
 * batch; bring outputs (n[L] × B) back to the units of the targets. @x are the
 * standardised inputs of the same batch.
 *
 * Inputs further outside the training range than half its width are taken as
 * being just there: a network says nothing sensible of what is beyond. */
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

/* Whether a prediction about a sample of inputs @x (n[0], not standardised) is an
 * extrapolation, whatever it is: an input lies more than a deviation outside its limits
 * (more than 20 of one that hardly varies), or one that was constant is not. */
gboolean     mlp_scaler_is_far        (const MlpScaler   *scaler,
                                       const float       *x);

/* Whether @value of target @t, in its unit, is further outside the range of the
 * training targets than half its width. */
gboolean     mlp_scaler_is_outside    (const MlpScaler   *scaler,
                                       gsize              t,
                                       double             value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MlpScaler, mlp_scaler_unref)

G_END_DECLS
