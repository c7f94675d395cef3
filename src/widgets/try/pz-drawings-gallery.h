/* pz-drawings-gallery.h: gallery of the user's drawings: select, remove, relabel.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "model/pz-drawings.h"

G_BEGIN_DECLS

#define PZ_TYPE_DRAWINGS_GALLERY (pz_drawings_gallery_get_type ())

/* Actions: "drawings.remove" (Delete): the selected drawings, with a way back;
 * "drawings.relabel" (uint; the digits): names them otherwise. */
G_DECLARE_FINAL_TYPE (PzDrawingsGallery, pz_drawings_gallery, PZ, DRAWINGS_GALLERY, AdwBin)

void               pz_drawings_gallery_set_drawings  (PzDrawingsGallery *self,
                                                      PzDrawings        *drawings);
GtkSelectionModel *pz_drawings_gallery_get_selection (PzDrawingsGallery *self);

/* How many of the digits name a class. */
void               pz_drawings_gallery_set_n_keys    (PzDrawingsGallery *self,
                                                      guint              n_keys);

G_END_DECLS
