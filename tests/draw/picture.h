/* picture.h: a picture that a test can look at: its pixels and its texts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-axes.h"
#include "draw/draw-color.h"
#include "test-util.h"

/* One text that draw_text() drew, with what it covers in pixels */
typedef struct
{
  char    *text;
  DrawArea area;
} PictureText;

typedef struct
{
  cairo_surface_t *surface;
  cairo_t         *cr;
  double           width;
  double           height;
  DrawCanvas       canvas;      /* the last that was asked for */
} Picture;

/* Every text drawn since the last picture_begin() */
extern GArray *picture_texts;

void              picture_begin           (Picture         *self,
                                           double           width,
                                           double           height);
void              picture_clear           (Picture         *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Picture, picture_clear)

/* All of it; a part of another size, at its origin. Valid until the next is asked for. */
const DrawCanvas *picture_get_canvas      (Picture         *self,
                                           const DrawTheme *theme);
const DrawCanvas *picture_get_canvas_part (Picture         *self,
                                           const DrawTheme *theme,
                                           double           width,
                                           double           height);

/* 0xRRGGBB */
guint32           picture_get_pixel       (Picture         *self,
                                           int              x,
                                           int              y);

/* How many pixels of a rectangle are within @tolerance of @color on each
 * channel (of 255) */
guint             picture_count_color     (Picture         *self,
                                           DrawArea         area,
                                           DrawColor        color,
                                           int              tolerance);

/* The first text that holds @part; NULL if none */
PictureText      *picture_find_text       (const char      *part);

/* No text leaves the picture, and none touches another. */
void              picture_assert_texts    (Picture         *self,
                                           const char      *what);

guint32           color_to_pixel          (DrawColor        color);

/* Black on white, 11 pt; white on dark grey */
void              init_light_theme        (DrawTheme       *theme);
void              init_dark_theme         (DrawTheme       *theme);
