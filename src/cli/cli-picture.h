/* cli-picture.h: pictures as what a network was trained on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "datasets/ds-segments.h"

G_BEGIN_DECLS

/**
 * cli_picture_read:
 * @path: a picture of any size: PNG, JPEG, SVG
 * @error: return location for a #GError
 *
 * The digits on it, each by the rule of MNIST, with their places in pixels of the
 * file: dark on light or light on dark.
 *
 * Errors: those of image_read_file(), %MLP_ERROR_FORMAT also if nothing is on it
 *
 * Returns: (transfer full) (nullable) (element-type DsSegment): at least one
 */
GArray *cli_picture_read     (const char  *path,
                              GError     **error);

/* The picture as it is: @rows × @columns bytes, black 0. Errors: also
 * %MLP_ERROR_SHAPE if it has another size */
guint8 *cli_picture_read_raw (const char  *path,
                              guint        rows,
                              guint        columns,
                              GError     **error);

G_END_DECLS
