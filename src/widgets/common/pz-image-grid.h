/* pz-image-grid.h: grid of small grey images.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PZ_TYPE_IMAGE_GRID (pz_image_grid_get_type ())

G_DECLARE_FINAL_TYPE (PzImageGrid, pz_image_grid, PZ, IMAGE_GRID, GtkWidget)

/* @bytes: (nullable): images of @rows × @columns bytes (0 = paper), one after another;
 *   %NULL for none
 * @n_across: how many stand side by side
 * @words: what there is to see, for whoever does not see it */
void    pz_image_grid_set_images (PzImageGrid *self,
                                  GBytes      *bytes,
                                  gsize        rows,
                                  gsize        columns,
                                  gsize        n_across,
                                  const char  *words);

/* (nullable) */
GBytes *pz_image_grid_get_bytes  (PzImageGrid *self);

G_END_DECLS
