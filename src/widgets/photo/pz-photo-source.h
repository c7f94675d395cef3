/* pz-photo-source.h: sources of a photo: file dialog, drop, clipboard.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* By the end of its name. */
gboolean       pz_photo_source_is_image      (GFile              *file);

/* An image as another program hands it over: a boxed #GBytes, what a file of PNG, JPEG or SVG
 * holds. GDK reads it from the clipboard and from what is dropped, and decodes nothing: that
 * is done where files are decoded, in a process of its own. */
#define PZ_TYPE_IMAGE_BYTES (pz_image_bytes_get_type ())

GType          pz_image_bytes_get_type       (void);

/* Takes what is dropped on a widget: the signal "drop" has one of the values above. */
GtkDropTarget *pz_photo_source_new_target    (void);

/**
 * pz_photo_source_paste_async:
 * @widget: whose clipboard
 * @callback: called with the value
 *
 * Errors, from finish: %G_IO_ERROR_NOT_FOUND where the clipboard has neither an image
 * nor a file; a sentence for people
 */
void           pz_photo_source_paste_async   (GtkWidget          *widget,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);

/* @value: (out caller-allocates): initialised here, to be unset by the caller */
gboolean       pz_photo_source_paste_finish  (GtkWidget          *widget,
                                              GAsyncResult       *result,
                                              GValue             *value,
                                              GError            **error);

/* Asks for photos; pz_photo_source_choose_finish() has them. */
void           pz_photo_source_choose_async  (GtkWidget          *widget,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);

/* Returns: (transfer full) (element-type GFile): NULL where none was chosen */
GSList        *pz_photo_source_choose_finish (GtkWidget          *widget,
                                              GAsyncResult       *result);

G_END_DECLS
