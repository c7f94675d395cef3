/* pz-photo-asker.h: the answers of the project's network to the picture at hand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/pz-photo.h"

G_BEGIN_DECLS

#define PZ_TYPE_PHOTO_ASKER (pz_photo_asker_get_type ())

/* Asks again whenever the project's network is another. Signal "changed": other answers, or why there are none. */
G_DECLARE_FINAL_TYPE (PzPhotoAsker, pz_photo_asker, PZ, PHOTO_ASKER, GObject)

PzPhotoAsker         *pz_photo_asker_new           (PzProject    *project);

/* (nullable) (transfer none): of the one before nothing is asked or answered any more */
void                  pz_photo_asker_set_photo     (PzPhotoAsker *self,
                                                    PzPhoto      *photo);

/* (nullable) */
const PzPhoto        *pz_photo_asker_peek_photo    (PzPhotoAsker *self);

/* (nullable): until "changed" */
const PzPhotoAnswers *pz_photo_asker_peek_answers  (PzPhotoAsker *self);

/* (nullable) (element-type InkSegment): what is answered, or will be */
const GArray         *pz_photo_asker_peek_segments (PzPhotoAsker *self);

/* (nullable): translated: why there are no answers */
const char           *pz_photo_asker_get_problem   (PzPhotoAsker *self);

G_END_DECLS
