/* cli-picture.h: PNG files as what a network was trained on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * cli_picture_read:
 * @path: a PNG of any size
 * @error: return location for a #GError
 *
 * The digit on it, by the rule of MNIST: dark on light or light on dark.
 *
 * Errors: %MLP_ERROR_OPEN, %MLP_ERROR_FORMAT if it is no PNG, or nothing is on
 * it, %MLP_ERROR_TOO_LARGE
 *
 * Returns: (transfer full) (nullable): 28 × 28 bytes
 */
guint8 *cli_picture_read     (const char  *path,
                              GError     **error);

/* The picture as it is: @rows × @columns bytes, black 0. Errors: also
 * %MLP_ERROR_SHAPE if it has another size */
guint8 *cli_picture_read_raw (const char  *path,
                              guint        rows,
                              guint        columns,
                              GError     **error);

G_END_DECLS
