/* mlp-scaler-private.h: the fields of a scaler, for the code that fits one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-scaler.h"

G_BEGIN_DECLS

/* The farthest that a training sample's input is off, in deviations. */
#define MLP_SCALER_FARTHEST 20.0f

/* The least deviation of an input, as part of its largest magnitude. */
#define MLP_SCALER_MAGNITUDE_FLOOR 1e-6f

/* Of the inputs, or of the targets: n each. */
typedef struct
{
  gsize  n;
  float *mean;
  float *deviation;
  float *factor;      /* 1 / deviation */
  float *low;         /* the range of the training samples, … */
  float *high;
  float *least;       /* … and wider by half its width on either side */
  float *most;
} MlpScalerSide;

struct _MlpScaler
{
  MlpScalerSide   x;
  MlpScalerSide   y;
  float          *linear;     /* (nullable): n_inputs × n_outputs */
  gatomicrefcount ref_count;
};

/* (transfer full): without numbers yet */
MlpScaler *mlp_scaler_new_empty        (gsize                n_inputs,
                                        gsize                n_outputs);

/* (transfer full) */
MlpScaler *mlp_scaler_copy             (const MlpScaler     *scaler);

/* Sets what follows from mean, deviation and range. */
void       mlp_scaler_side_derive      (MlpScalerSide       *side);

/* Whether input @i was the same in all training samples. */
gboolean   mlp_scaler_side_is_constant (const MlpScalerSide *side,
                                        gsize                i);

/* @floors: (out) (array length=n): for each input the least deviation that is more than
 * @block_floor of the largest of its block, and more than rounding */
void       mlp_scaler_side_find_floors (const MlpScalerSide *side,
                                        const guint         *blocks,
                                        float                block_floor,
                                        float               *floors);

G_END_DECLS
