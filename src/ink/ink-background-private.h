/* ink-background-private.h: background correction for uneven light.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What paper or board is afterwards; ink is darker, down to 0. */
#define INK_BACKGROUND_LEVEL 200

/**
 * ink_background_even_out:
 * @grey: @height rows of @stride bytes
 * @light_on_dark: it is a board
 * @even: (out caller-allocates): @width × @height bytes without padding
 *
 * Divides a picture by its paper: shadows and vignettes go, ink keeps its share
 * of the light, whether that is less or more than its paper's. What is narrower than a quarter of the height is ink.
 */
void ink_background_even_out (const guint8 *grey,
                              gsize         width,
                              gsize         height,
                              gsize         stride,
                              gboolean      light_on_dark,
                              guint8       *even);

G_END_DECLS
