/* draw-text.h: one line of text in the font of a theme: drawn, measured, shortened.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-canvas.h"

G_BEGIN_DECLS

/* Where text stands relative to its point. */
typedef enum
{
  DRAW_START,
  DRAW_MIDDLE,
  DRAW_END,
} DrawAnchor;

/* Pango, in the current colour and the theme's font times @scale (but not under
 * 9 pt), on one line. Figures have one width. */
void  draw_text         (const DrawCanvas *canvas,
                         double            x,
                         double            y,
                         DrawAnchor        horizontal,
                         DrawAnchor        vertical,
                         double            scale,
                         const char       *text);

/* The size that draw_text() would need. */
void  draw_text_measure (const DrawCanvas *canvas,
                         double            scale,
                         const char       *text,
                         double           *width,
                         double           *height);

/* (transfer full) (nullable): @text, or the beginning of it that fits @width
 * and "…"; NULL where hardly a word fits */
char *draw_text_shorten (const DrawCanvas *canvas,
                         double            scale,
                         const char       *text,
                         double            width);

G_END_DECLS
