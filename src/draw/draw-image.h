/* draw-image.h: small image with visible square pixels.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-axes.h"

G_BEGIN_DECLS

/* Fills @area with @image (an image surface). Pixels become squares with sharp
 * edges, on paper too; where @image has more pixels than the area they are
 * averaged if @average. */
void draw_image (cairo_t         *cr,
                 cairo_surface_t *image,
                 const DrawArea  *area,
                 gboolean         average);

G_END_DECLS
