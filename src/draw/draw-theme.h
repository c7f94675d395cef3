/* draw-theme.h: the colours and the type of every picture.
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

G_BEGIN_DECLS

typedef struct
{
  double red;
  double green;
  double blue;
  double alpha;
} DrawColor;

typedef struct
{
  DrawColor   foreground;      /* text and axes */
  DrawColor   background;      /* what is behind the picture; alpha 0: leave it */
  gboolean    dark;
  gboolean    high_contrast;
  char        font_family[64];
  double      font_size;       /* points, at least 9 */
} DrawTheme;

/* For a widget: its CSS colour and font; the rest follows. Without @background
 * (NULL, or alpha 0) the pictures leave what is behind them, and take it to be
 * dark where @foreground is light. Without @font_family it is the system's. */
void      draw_theme_init             (DrawTheme       *theme,
                                       const DrawColor *foreground,
                                       const DrawColor *background,
                                       gboolean         high_contrast,
                                       const char      *font_family,
                                       double           font_size);

/* For a file: black on white, Cantarell or the system's sans, 11 pt. */
void      draw_theme_init_print       (DrawTheme       *theme);

/* @category from 0, taken modulo the number there are. */
DrawColor draw_theme_get_category     (const DrawTheme *theme,
                                       guint            category);

/* @value −1 … 1, clamped; 0 is the neutral colour, near the background. NaN
 * has a colour of its own (a strong grey). */
DrawColor draw_theme_get_diverging    (const DrawTheme *theme,
                                       double           value);

/* @value 0 … 1, clamped; 0 is near the background. */
DrawColor draw_theme_get_sequential   (const DrawTheme *theme,
                                       double           value);

/* The foreground, fainter: grid lines, hints. */
DrawColor draw_theme_get_faint        (const DrawTheme *theme,
                                       double           alpha);

/* What is behind the picture, as far as that is known: for the edge that sets
 * a mark off from its surroundings. */
DrawColor draw_theme_get_paper        (const DrawTheme *theme);

/* How bright it is, 0 … 1 (WCAG's relative luminance) */
double    draw_color_get_luminance    (DrawColor        color);

/* From one colour to another; @share 0 is @from. */
DrawColor draw_color_mix              (DrawColor        from,
                                       DrawColor        to,
                                       double           share);

/* What every picture does first: fills its rectangle, unless alpha is 0. */
void      draw_theme_paint_background (cairo_t         *cr,
                                       const DrawTheme *theme,
                                       double           width,
                                       double           height);

void      draw_set_color              (cairo_t         *cr,
                                       DrawColor        color);

/* A path; the radius is made to fit. */
void      draw_rounded_rectangle      (cairo_t         *cr,
                                       double           x,
                                       double           y,
                                       double           width,
                                       double           height,
                                       double           radius);

/* Where text stands relative to its point. */
typedef enum
{
  DRAW_START,
  DRAW_MIDDLE,
  DRAW_END,
} DrawAnchor;

/* Pango, in the current colour and the theme's font times @scale (but not under
 * 9 pt), on one line. Figures have one width. */
void      draw_text                   (cairo_t         *cr,
                                       const DrawTheme *theme,
                                       double           x,
                                       double           y,
                                       DrawAnchor       horizontal,
                                       DrawAnchor       vertical,
                                       double           scale,
                                       const char      *text);

/* The size that draw_text() would need. */
void      draw_text_measure           (cairo_t         *cr,
                                       const DrawTheme *theme,
                                       double           scale,
                                       const char      *text,
                                       double          *width,
                                       double          *height);

/* (transfer full) (nullable): @text, or the beginning of it that fits @width
 * and "…"; NULL where hardly a word fits */
char     *draw_text_shorten           (cairo_t         *cr,
                                       const DrawTheme *theme,
                                       double           scale,
                                       const char      *text,
                                       double           width);

G_END_DECLS
