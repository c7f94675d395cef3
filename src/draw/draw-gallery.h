/* draw-gallery.h: gallery of small images in rows: weights of units, samples.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-axes.h"

G_BEGIN_DECLS

/* Tile t has rows × columns values, row by row; either of floats (diverging
 * colours, one shared scale) or of bytes (grey, 0 = paper). */
typedef struct
{
  const float        *floats;        /* tile t begins at floats + t · rows · columns */
  const guint8 *const *bytes;        /* (nullable): instead: one pointer a tile */
  gsize               n_tiles;
  gsize               rows;
  gsize               columns;
  double              limit;         /* floats: as in DrawHeatmap */
  const char *const  *captions;      /* (nullable): one a tile, under it; a caption may be NULL */
  gboolean            one_row;       /* as many as fit beside each other */
  double              tile_size;     /* pixels; 0: as large as lets all fit, at least 32 */
  gssize              pointer_tile;  /* outlined; −1: none */
  gboolean            scale_bar;     /* floats: draw it at the right */
} DrawGallery;

/* The height that all tiles need at @width, where tile_size is given. */
double   draw_gallery_get_height (const DrawCanvas  *canvas,
                                  double             width,
                                  const DrawGallery *gallery);

void     draw_gallery            (const DrawCanvas  *canvas,
                                  const DrawGallery *gallery);

/* Which value of which tile a pixel shows. Returns FALSE beside the tiles. */
gboolean draw_gallery_locate     (const DrawCanvas  *canvas,
                                  const DrawGallery *gallery,
                                  double             pixel_x,
                                  double             pixel_y,
                                  gsize             *tile,
                                  gsize             *row,
                                  gsize             *column);

G_END_DECLS
