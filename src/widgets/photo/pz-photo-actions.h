/* pz-photo-actions.h: actions to open, paste or drop photos, each in its own window.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/pz-project.h"

G_BEGIN_DECLS

/* Shows a photo in a window of its own, over @parent's.
 * @value: of #PZ_TYPE_IMAGE_BYTES, or a #GdkFileList
 * Returns: whether there was one */
gboolean pz_photo_actions_show       (GtkWidget      *parent,
                                      PzProject      *project,
                                      const GValue   *value);
void     pz_photo_actions_show_file  (GtkWidget      *parent,
                                      PzProject      *project,
                                      GFile          *file);

/* The same of several: (element-type GFile), one at least. */
void     pz_photo_actions_show_files (GtkWidget      *parent,
                                      PzProject      *project,
                                      GSList         *files);

/* Gives a class of widgets that have a "project" the actions "photo.open" and
 * "photo.paste" (Ctrl+V): the photo is shown in a window of its own. */
void     pz_photo_actions_install    (GtkWidgetClass *widget_class);

G_END_DECLS
