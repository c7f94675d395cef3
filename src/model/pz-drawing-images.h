/* pz-drawing-images.h: drawings as image files in a folder per class, such as "7/0001.png".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "datasets/ds-drawings.h"

G_BEGIN_DECLS

/* Whether there is a folder in @folder whose name is a class: a number up to 255. */
gboolean    pz_drawing_images_has_classes (const char   *folder);

/**
 * pz_drawing_images_import:
 * @folder: with a folder for each class
 * @cancellable: (nullable)
 * @error: return location for a #GError
 *
 * Every file in the folders of classes, in the order of their names; hidden ones are left
 * out. An image of 28 × 28 with a dark border is taken as it is, as pz_drawings_exchange_write()
 * wrote it; any other goes through the rule of MNIST. Blocks; any thread.
 *
 * Errors: those of image_read_file(); %MLP_ERROR_FORMAT, naming the file, where there is
 * no ink, and where there is no image at all; %MLP_ERROR_TOO_LARGE for more than
 * %DS_DRAWINGS_MAX
 *
 * Returns: (transfer full) (nullable): all, or nothing
 */
DsDrawings *pz_drawing_images_import      (const char   *folder,
                                           GCancellable *cancellable,
                                           GError      **error);

G_END_DECLS
