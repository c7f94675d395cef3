/* reference.h: the forward pass and the losses once more, in double and in
 * plain loops, straight from the definitions. Of src/core it uses only the
 * names of things.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-loss.h"
#include "core/net/mlp-net.h"

G_BEGIN_DECLS

#define REFERENCE_MAX_LAYERS 5

typedef struct
{
  gsize         L;
  gsize         n[REFERENCE_MAX_LAYERS + 1];
  MlpActivation sigma[REFERENCE_MAX_LAYERS + 1];   /* from 1 */
  MlpLoss       loss;
} ReferenceNet;

/* A batch and what a hidden unit's output is multiplied by. */
typedef struct
{
  gsize         B;
  const double *x;                                   /* sample after sample */
  const double *y;
  const double *masks[REFERENCE_MAX_LAYERS + 1];     /* NULL: all ones */
} ReferenceBatch;

double  reference_sigma    (MlpActivation          sigma,
                            double                 a);

gsize   reference_n_params (const ReferenceNet    *net);

/* The loss summed over the batch. @theta are the parameters in the order of
 * mlp_net_get_params(); the outputs go to @out; @margin becomes the smallest
 * |a| of a unit whose slope has a jump at 0. Both may be NULL. */
double  reference_loss     (const ReferenceNet    *net,
                            const double          *theta,
                            const ReferenceBatch  *batch,
                            double                *out,
                            double                *margin);

/* ∂ (summed loss) / ∂ @variable by central differences of fourth order.
 * @variable is in @theta or in the batch. */
double  reference_slope    (const ReferenceNet    *net,
                            const double          *theta,
                            const ReferenceBatch  *batch,
                            double                *variable);

/* All parameters' slopes. */
void    reference_gradient (const ReferenceNet    *net,
                            double                *theta,
                            const ReferenceBatch  *batch,
                            double                *gradient);

/* (transfer full): an MlpNet of that shape, its parameters zero */
MlpNet *reference_make_net (const ReferenceNet    *net);

/* (transfer full): the same numbers in the other width */
double *reference_widen    (const float           *x,
                            gsize                  n);

G_END_DECLS
