/* draw-theme.h: theme: colours and fonts of all drawings.
 *
 * Categories are Okabe and Ito's eight, made lighter or darker for the
 * background; weights and gradients use one diverging scale (blue, neutral,
 * orange), densities one sequential scale. Both are perceptually even and safe
 * for colour-blind eyes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>
#include <glib.h>

#include "draw/draw-color.h"

G_BEGIN_DECLS

typedef struct
{
  DrawColor foreground;        /* text and axes */
  DrawColor background;        /* what is behind the picture; alpha 0: leave it */
  gboolean  dark;
  gboolean  high_contrast;
  char      font_family[64];
  double    font_size;         /* points, at least 9 */
} DrawTheme;

/* For a widget: its CSS colour and font; the rest follows. Without @background
 * (NULL, or alpha 0) the pictures leave what is behind them, and take it to be
 * dark where @foreground is light. Without @font_family it is the system's. */
void      draw_theme_init           (DrawTheme       *theme,
                                     const DrawColor *foreground,
                                     const DrawColor *background,
                                     gboolean         high_contrast,
                                     const char      *font_family,
                                     double           font_size);

/* For a file: black on white, Cantarell or the system's sans, 11 pt. */
void      draw_theme_init_print     (DrawTheme       *theme);

/* @category from 0, taken modulo the number there are. */
DrawColor draw_theme_get_category   (const DrawTheme *theme,
                                     guint            category);

/* @value −1 … 1, clamped; 0 is the neutral colour, near the background. NaN
 * has a colour of its own (a strong grey). */
DrawColor draw_theme_get_diverging  (const DrawTheme *theme,
                                     double           value);

/* @value 0 … 1, clamped; 0 is near the background. */
DrawColor draw_theme_get_sequential (const DrawTheme *theme,
                                     double           value);

/* The foreground, fainter: grid lines, hints. */
DrawColor draw_theme_get_faint      (const DrawTheme *theme,
                                     double           alpha);

/* What is behind the picture, as far as that is known: for the edge that sets
 * a mark off from its surroundings. */
DrawColor draw_theme_get_paper      (const DrawTheme *theme);

G_END_DECLS
