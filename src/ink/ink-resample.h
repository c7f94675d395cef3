/* ink-resample.h: resampling of an image to the size of the samples.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ink_resample:
 * @grey: @height rows of @width bytes
 * @width: at least 1
 * @height: at least 1
 * @rows: of the result, at least 1
 * @columns: at least 1
 * @bytes: (out caller-allocates): @rows × @columns
 *
 * The whole picture, as large as it fits and in the middle; what is left on two sides is as
 * grey as the picture's border on average. By exact area averaging: each pixel of the result is the mean
 * of what it covers. A picture of that size stays as it is.
 */
void ink_resample (const guint8 *grey,
                   gsize         width,
                   gsize         height,
                   guint         rows,
                   guint         columns,
                   guint8       *bytes);

G_END_DECLS
