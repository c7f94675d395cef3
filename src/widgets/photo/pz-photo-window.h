/* pz-photo-window.h: photo window: a photo and its recognised digits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "model/pz-project.h"

G_BEGIN_DECLS

#define PZ_TYPE_PHOTO_WINDOW (pz_photo_window_get_type ())

/* The answers follow the project's network. Actions: "photo.open", "photo.paste",
 * "photo.copy" (what was read), "photo.previous", "photo.next". Photos may be dropped
 * on it. */
G_DECLARE_FINAL_TYPE (PzPhotoWindow, pz_photo_window, PZ, PHOTO_WINDOW, AdwWindow)

GtkWindow *pz_photo_window_new        (PzProject     *project);

/* Reads another photo; what is wrong with it is said in the window. */
void       pz_photo_window_show_file  (PzPhotoWindow *self,
                                       GFile         *file);

/* Several, one after the other: (element-type GFile), one at least; of folders and archives the photos in
 * them. Each is read when it is gone to; what is wrong with one is said where it would be. */
void       pz_photo_window_show_files (PzPhotoWindow *self,
                                       GSList        *files);

/* The same of what a photo file holds. @name: what it is called */
void       pz_photo_window_show_bytes (PzPhotoWindow *self,
                                       GBytes        *bytes,
                                       const char    *name);

G_END_DECLS
