/* draw-photo.h: photo with its recognised digits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-axes.h"

G_BEGIN_DECLS

/* A digit that was found, in units of the photo. */
typedef struct
{
  DrawArea    area;
  const char *label;         /* (nullable): the answer and its share: "7  98 %" */
  const char *short_label;   /* (nullable): the answer alone, where there is less room */
} DrawPhotoBox;

typedef struct
{
  cairo_surface_t    *image;       /* (nullable): an image surface of any resolution */
  double              columns;     /* the photo's width and height, in the units of the boxes */
  double              rows;
  const DrawPhotoBox *boxes;
  gsize               n_boxes;
  gssize              chosen;      /* −1: none */
} DrawPhoto;

/* Where the photo stands in @width × @height: as large as fits, in the middle, not
 * more than twice its size. */
DrawArea draw_photo_place  (double            width,
                            double            height,
                            const DrawPhoto  *photo);

/* The photo, a box around each digit, the label over it, or where else it stands
 * free: labels do not touch each other, nor leave the rectangle, and cover no other
 * digit if that can be. Where not all fit, all but the chosen one's are short; which
 * then finds no room is left out. */
void     draw_photo        (const DrawCanvas *canvas,
                            const DrawPhoto  *photo);

/* The smallest box that a pixel is in. Returns FALSE beside them. */
gboolean draw_photo_locate (double            width,
                            double            height,
                            const DrawPhoto  *photo,
                            double            pixel_x,
                            double            pixel_y,
                            gsize            *box);

G_END_DECLS
