/* pz-picture-grid.h: small grey pictures in rows and columns.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PZ_TYPE_PICTURE_GRID (pz_picture_grid_get_type ())

G_DECLARE_FINAL_TYPE (PzPictureGrid, pz_picture_grid, PZ, PICTURE_GRID, GtkWidget)

/* @bytes: (nullable): pictures of @rows × @columns bytes (0 = paper), one after another;
 *   %NULL for none
 * @n_across: how many stand side by side
 * @words: what there is to see, for whoever does not see it */
void       pz_picture_grid_set_pictures (PzPictureGrid *self,
                                         GBytes        *bytes,
                                         gsize          rows,
                                         gsize          columns,
                                         gsize          n_across,
                                         const char    *words);

/* (nullable) */
GBytes    *pz_picture_grid_get_bytes    (PzPictureGrid *self);

G_END_DECLS
