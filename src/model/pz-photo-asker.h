/* pz-photo-asker.h: predictions of the project's network for the digits of one photo.
 *
 * The newest photo counts: answers to an older one never arrive. Main thread; the network
 * is asked in a thread (pz-latest.h), with copies of it and of what it was trained on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/pz-photo.h"

G_BEGIN_DECLS

#define PZ_TYPE_PHOTO_ASKER (pz_photo_asker_get_type ())

/* Asks again whenever the project's network is another; until then the answers of the one before stay.
 * Signal "changed": other answers, or another reason for having none. */
G_DECLARE_FINAL_TYPE (PzPhotoAsker, pz_photo_asker, PZ, PHOTO_ASKER, GObject)

/* @project: referenced */
PzPhotoAsker *pz_photo_asker_new (PzProject    *project);

/* @photo: (nullable): referenced. The answers to the one before go at once */
void                  pz_photo_asker_set_photo (PzPhotoAsker *self,
                                                PzPhoto      *photo);

/* (nullable) (transfer none) */
const PzPhoto        *pz_photo_asker_peek_photo (PzPhotoAsker *self);

/* (nullable) (transfer none): until the next "changed" */
const PzPhotoAnswers *pz_photo_asker_peek_answers (PzPhotoAsker *self);

/* (nullable) (transfer none) (element-type InkSegment): what is answered, or will be; until the next "changed" */
const GArray         *pz_photo_asker_peek_segments (PzPhotoAsker *self);

/* (nullable): translated: why there are no answers: no ink, no network, or one that takes no such images
 * (pz_photo_ask()) */
const char           *pz_photo_asker_get_problem (PzPhotoAsker *self);

G_END_DECLS
