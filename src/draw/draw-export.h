/* draw-export.h: export of any drawing as PNG, SVG or PDF.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-canvas.h"

G_BEGIN_DECLS

/* Around the picture, in pixels; less in very small files */
#define DRAW_EXPORT_MARGIN 12.0

typedef void (*DrawFunc) (const DrawCanvas *canvas,
                          gpointer          user_data);

/**
 * draw_export:
 * @path: where it is to be; the suffix (.png, .svg, .pdf) says what
 * @theme: colours and type; draw_theme_init_print() for paper
 * @width: in pixels of 1/96 inch, the margin included
 * @height: the same
 * @draw: the picture
 * @user_data: for @draw
 * @error: return location for a #GError
 *
 * PNG is drawn at twice the size. Nothing is written. Does not block.
 *
 * Errors: %MLP_ERROR_INVALID for another suffix, %MLP_ERROR_OPEN with Cairo's
 * reason
 *
 * Returns: (transfer full) (nullable): what is to be in the file at @path
 */
GBytes *draw_export (const char      *path,
                     const DrawTheme *theme,
                     double           width,
                     double           height,
                     DrawFunc         draw,
                     gpointer         user_data,
                     GError         **error);

G_END_DECLS
