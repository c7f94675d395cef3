/* ink-binarise.h: ink told from paper: grey values to an image of strokes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ink_binarise:
 * @grey: @height rows of @stride bytes, any polarity
 * @ink: (out caller-allocates): @width × @height bytes without padding
 *
 * Makes ink of a picture: finds out whether it is dark on light or light on
 * dark (from its border, or from which is rarer where light falls unevenly),
 * takes shadows and the paper away and stretches the contrast, so that
 * ink_frame_from_ink() or ink_segments_find() can read it. Edges stay soft. Takes
 * as much memory as the picture has pixels, in bytes, for a moment less than
 * 64 KB more.
 */
void ink_binarise (const guint8 *grey,
                   gsize         width,
                   gsize         height,
                   gsize         stride,
                   guint8       *ink);

G_END_DECLS
