/* draw-network.h: diagram of a network's layers and connections.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-canvas.h"

G_BEGIN_DECLS

typedef struct
{
  gsize       width;      /* units; 0: not known yet */
  const char *name;       /* "Input", "Hidden 1", "Output": translated by the caller */
  const char *detail;     /* (nullable): "sigmoid", "28 × 28" */
} DrawNetworkLayer;

typedef struct
{
  const DrawNetworkLayer *layers;      /* from the input to the output */
  gsize                   n_layers;
  gssize                  selected;    /* drawn strong; −1: none */
} DrawNetwork;

/* Wide layers show their first and last units and dots between; the picture
 * stays readable from 2 to 12 layers, beyond that the middle ones shrink. */
void     draw_network        (const DrawCanvas  *canvas,
                              const DrawNetwork *network);

/* Which layer a pixel is nearest to. */
gboolean draw_network_locate (const DrawCanvas  *canvas,
                              const DrawNetwork *network,
                              double             pixel_x,
                              double             pixel_y,
                              gsize             *layer);

G_END_DECLS
