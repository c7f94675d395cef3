/* pz-photo-view.h: photo view with the prediction beside each digit, one of which is selected.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/pz-photo.h"

G_BEGIN_DECLS

#define PZ_TYPE_PHOTO_VIEW (pz_photo_view_get_type ())

/* Property: "selected" (int, −1: none): which digit; a click, the arrow keys, Home, End
 * and Tab move it. */
G_DECLARE_FINAL_TYPE (PzPhotoView, pz_photo_view, PZ, PHOTO_VIEW, GtkWidget)

/* (nullable): without answers; the first digit is selected. */
void pz_photo_view_set_photo    (PzPhotoView       *self,
                                 PzPhoto           *photo);

/* (transfer none) (element-type InkSegment): what is selected and answered instead of the photo's
 * digits; %NULL: those. The first is selected. */
void pz_photo_view_set_segments (PzPhotoView       *self,
                                 GArray            *segments);

/* One a digit, copied; @labels with the shares, @short_labels without; NULL: no answers. */
void pz_photo_view_set_answers  (PzPhotoView       *self,
                                 const char *const *labels,
                                 const char *const *short_labels);

int  pz_photo_view_get_selected (PzPhotoView       *self);
void pz_photo_view_set_selected (PzPhotoView       *self,
                                 int                selected);

G_END_DECLS
