/* image-write.h: PNG writer.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * image_write_png:
 * @grey: @height rows of @width bytes, 0 black, 255 white
 * @width: at least 1
 * @height: at least 1
 * @error: return location for a #GError
 *
 * Any thread. Errors: %MLP_ERROR_TOO_LARGE where there is no memory
 *
 * Returns: (transfer full) (nullable): what the file is to hold
 */
GBytes *image_write_png (const guint8 *grey,
                         gsize         width,
                         gsize         height,
                         GError      **error);

G_END_DECLS
