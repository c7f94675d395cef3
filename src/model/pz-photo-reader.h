/* pz-photo-reader.h: reader of photos that are gone through one by one: files, folders, archives, pasted bytes.
 *
 * The newest request counts: a photo that was asked for before never arrives. Main thread; photos are listed and
 * decoded in a thread (pz-latest.h).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/pz-photo.h"

G_BEGIN_DECLS

#define PZ_TYPE_PHOTO_READER (pz_photo_reader_get_type ())

/* Signal "changed": reading began or ended: another photo, another place, or another reason for having none. */
G_DECLARE_FINAL_TYPE (PzPhotoReader, pz_photo_reader, PZ, PHOTO_READER, GObject)

PzPhotoReader *pz_photo_reader_new         (void);

/* Lists the photos of @files: (element-type GFile), which are not copied, and reads the first. */
void           pz_photo_reader_read_files  (PzPhotoReader *self,
                                            GSList        *files);

/* Reads one photo of these bytes, referenced; @name: for people */
void           pz_photo_reader_read_bytes  (PzPhotoReader *self,
                                            GBytes        *bytes,
                                            const char    *name);

/* Reads the photo @step places further; nothing where there is none. */
void           pz_photo_reader_go          (PzPhotoReader *self,
                                            int            step);

/* Whether there is a photo @step places further. */
gboolean       pz_photo_reader_get_can_go  (PzPhotoReader *self,
                                            int            step);

/* Which photo it is, from 0, and of how many; 0 of 0 while they are listed, and of bytes. */
guint          pz_photo_reader_get_place   (PzPhotoReader *self);
guint          pz_photo_reader_get_n       (PzPhotoReader *self);

/* For people: "a.png"; "" before the first */
const char    *pz_photo_reader_get_name    (PzPhotoReader *self);

/* Whether a photo is on its way. */
gboolean       pz_photo_reader_get_busy    (PzPhotoReader *self);

/* (nullable) (transfer none): the newest; while another is on its way the one before */
PzPhoto       *pz_photo_reader_peek_photo  (PzPhotoReader *self);

/* (nullable): why there is none: translated */
const char    *pz_photo_reader_get_problem (PzPhotoReader *self);

G_END_DECLS
