/* pz-shown-weights.h: weights of one layer as shown, with descriptions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/pz-project.h"

G_BEGIN_DECLS

/* Borrows from the project's network: valid until the next "net-changed". */
typedef struct
{
  guint        layer;           /* l, from 1 */
  gsize        n_units;
  gsize        n_inputs;        /* of each unit */
  const float *weights;         /* row-major: n_units × n_inputs */
  const float *biases;          /* n_units */
  guint        rows;            /* of the image that a unit's weights are; 0: a matrix */
  guint        columns;
  gboolean     features;        /* the inputs describe a molecule */
  double       limit;           /* the largest |weight|: of the colours' scale */
} PzShownWeights;

/* @project: (nullable); a @layer that is too high is the last. Returns FALSE
 * where there is no network. */
gboolean pz_shown_weights_init            (PzShownWeights       *shown,
                                           PzProject            *project,
                                           guint                 layer);

/* (transfer full): "Unit 3, pixel 14, 15: 0.213": units and pixels count from 0,
 * as beside the matrix, so that output unit 3 is the digit 3 */
char    *pz_shown_weights_describe_weight (const PzShownWeights *shown,
                                           gsize                 unit,
                                           gsize                 input);

/* (transfer full): all weights of a unit in words */
char    *pz_shown_weights_describe_unit   (const PzShownWeights *shown,
                                           gsize                 unit);

/* (transfer full): the whole chart in words */
char    *pz_shown_weights_describe        (const PzShownWeights *shown);

G_END_DECLS
