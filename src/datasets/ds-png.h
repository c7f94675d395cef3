/* ds-png.h: writes a grey picture as PNG.
 *
 * PNG (ISO/IEC 15948): one IHDR, one IDAT without filters, IEND.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ds_png_make:
 * @grey: @height rows of @width bytes, 0 = black
 * @width: 1 to 65535
 * @height: 1 to 65535
 *
 * Returns: (transfer full): the bytes of the file
 */
GByteArray *ds_png_make (const guint8 *grey,
                         gsize         width,
                         gsize         height);

G_END_DECLS
