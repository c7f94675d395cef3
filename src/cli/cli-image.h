/* cli-image.h: image files as network input.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "image/image-pixels.h"
#include "ink/ink-segments.h"

G_BEGIN_DECLS

/* Of one picture: @name: its path, "ARCHIVE: MEMBER"; @pixels: (nullable): %NULL where it could
 * not be read, because of @error */
typedef void (*CliImageFunc) (const char   *name,
                                ImagePixels  *pixels,
                                const GError *error,
                                gpointer      user_data);

/**
 * cli_image_visit:
 * @path: a picture (PNG, JPEG, SVG), a folder of pictures, or an archive of some
 * @func: called for each, in the order of io_members_visit(), until the program is interrupted
 * @user_data: for @func
 */
void    cli_image_visit       (const char        *path,
                               CliImageFunc       func,
                               gpointer           user_data);

/**
 * cli_image_find_digits:
 * @pixels: a picture of any size
 * @name: for messages
 * @error: return location for a #GError
 *
 * The digits on it, each by the rule of MNIST, with their places in pixels of the
 * file: dark on light or light on dark.
 *
 * Errors: %MLP_ERROR_FORMAT if nothing is on it
 *
 * Returns: (transfer full) (nullable) (element-type InkSegment): at least one
 */
GArray *cli_image_find_digits (const ImagePixels *pixels,
                               const char        *name,
                               GError           **error);

/* The picture as it is: @rows × @columns bytes, black 0. Errors: %MLP_ERROR_SHAPE if it
 * has another size */
guint8 *cli_image_take_raw    (const ImagePixels *pixels,
                               const char        *name,
                               guint              rows,
                               guint              columns,
                               GError           **error);

G_END_DECLS
