/* pz-photo-detail.h: one digit of a photo: what the network sees of it, and its outputs as bars.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/pz-photo.h"

G_BEGIN_DECLS

#define PZ_TYPE_PHOTO_DETAIL (pz_photo_detail_get_type ())

G_DECLARE_FINAL_TYPE (PzPhotoDetail, pz_photo_detail, PZ, PHOTO_DETAIL, GtkBox)

/* Nothing of it is looked at later. @data: what the network was trained on; @segments: (nullable)
 * (element-type InkSegment); @answers: (nullable): to them; @selected: which of them, −1: none */
void pz_photo_detail_show (PzPhotoDetail        *self,
                           const RecipeData     *data,
                           const GArray         *segments,
                           const PzPhotoAnswers *answers,
                           int                   selected);

G_END_DECLS
