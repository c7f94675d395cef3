/* picture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "draw/draw-color.h"
#include "draw/draw-text.h"
#include "picture.h"

GArray *picture_texts;

void __real_draw_text (const DrawCanvas *canvas,
                       double            x,
                       double            y,
                       DrawAnchor        horizontal,
                       DrawAnchor        vertical,
                       double            scale,
                       const char       *text);
void __wrap_draw_text (const DrawCanvas *canvas,
                       double            x,
                       double            y,
                       DrawAnchor        horizontal,
                       DrawAnchor        vertical,
                       double            scale,
                       const char       *text);

static void
text_clear (gpointer data)
{
  PictureText *text = data;

  g_free (text->text);
}

/* The linker calls this for draw_text(). */
void
__wrap_draw_text (const DrawCanvas *canvas,
                  double            x,
                  double            y,
                  DrawAnchor        horizontal,
                  DrawAnchor        vertical,
                  double            scale,
                  const char       *text)
{
  if (text != NULL && picture_texts != NULL)
    {
      PictureText drawn = { .text = g_strdup (text) };

      draw_text_measure (canvas, scale, text, &drawn.area.width, &drawn.area.height);
      drawn.area.x = x - drawn.area.width * (horizontal == DRAW_END ? 1 : horizontal == DRAW_MIDDLE ? 0.5 : 0);
      drawn.area.y = y - drawn.area.height * (vertical == DRAW_END ? 1 : vertical == DRAW_MIDDLE ? 0.5 : 0);
      cairo_user_to_device (canvas->cr, &drawn.area.x, &drawn.area.y);      /* parts of a picture may be moved */
      g_array_append_val (picture_texts, drawn);
    }

  __real_draw_text (canvas, x, y, horizontal, vertical, scale, text);
}

void
picture_begin (Picture *self,
               double   width,
               double   height)
{
  self->width = width;
  self->height = height;
  self->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) width, (int) height);
  self->cr = cairo_create (self->surface);

  g_clear_pointer (&picture_texts, g_array_unref);
  picture_texts = g_array_new (FALSE, FALSE, sizeof (PictureText));
  g_array_set_clear_func (picture_texts, text_clear);
}

const DrawCanvas *
picture_get_canvas_part (Picture         *self,
                         const DrawTheme *theme,
                         double           width,
                         double           height)
{
  self->canvas = (DrawCanvas) { self->cr, theme, width, height };

  return &self->canvas;
}

const DrawCanvas *
picture_get_canvas (Picture         *self,
                    const DrawTheme *theme)
{
  return picture_get_canvas_part (self, theme, self->width, self->height);
}

void
picture_clear (Picture *self)
{
  g_assert_cmpint (cairo_status (self->cr), ==, CAIRO_STATUS_SUCCESS);

  g_clear_pointer (&self->cr, cairo_destroy);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  g_clear_pointer (&picture_texts, g_array_unref);
}

guint32
picture_get_pixel (Picture *self,
                   int      x,
                   int      y)
{
  const guint8 *data;
  guint32 pixel;

  g_assert_cmpint (x, >=, 0);
  g_assert_cmpint (y, >=, 0);
  g_assert_cmpint (x, <, (int) self->width);
  g_assert_cmpint (y, <, (int) self->height);

  cairo_surface_flush (self->surface);
  data = cairo_image_surface_get_data (self->surface);
  memcpy (&pixel, data + y * cairo_image_surface_get_stride (self->surface) + 4 * x, sizeof pixel);

  return pixel & 0xffffff;
}

guint32
color_to_pixel (DrawColor color)
{
  return (guint32) lround (color.red * 255) << 16 |
         (guint32) lround (color.green * 255) << 8 |
         (guint32) lround (color.blue * 255);
}

guint
picture_count_color (Picture  *self,
                     DrawArea  area,
                     DrawColor color,
                     int       tolerance)
{
  guint32 wanted = color_to_pixel (color);
  guint n = 0;

  for (int y = (int) area.y; y < area.y + area.height; y++)
    {
      for (int x = (int) area.x; x < area.x + area.width; x++)
        {
          guint32 pixel = picture_get_pixel (self, x, y);

          if (abs ((int) (pixel >> 16) - (int) (wanted >> 16)) <= tolerance &&
              abs ((int) (pixel >> 8 & 0xff) - (int) (wanted >> 8 & 0xff)) <= tolerance &&
              abs ((int) (pixel & 0xff) - (int) (wanted & 0xff)) <= tolerance)
            n++;
        }
    }

  return n;
}

PictureText *
picture_find_text (const char *part)
{
  for (guint i = 0; i < picture_texts->len; i++)
    {
      PictureText *text = &g_array_index (picture_texts, PictureText, i);

      if (strstr (text->text, part) != NULL)
        return text;
    }

  return NULL;
}

/* Lines of text may stand on each other; a pixel of their logical height is
 * nobody's.
 */
static gboolean
areas_touch (const DrawArea *a,
             const DrawArea *b)
{
  return a->x + a->width > b->x && b->x + b->width > a->x &&
         a->y + a->height > b->y + 1 && b->y + b->height > a->y + 1;
}

void
picture_assert_texts (Picture    *self,
                      const char *what)
{
  for (guint i = 0; i < picture_texts->len; i++)
    {
      PictureText *text = &g_array_index (picture_texts, PictureText, i);

      if (text->area.x < -0.5 || text->area.y < -1 ||
          text->area.x + text->area.width > self->width + 0.5 ||
          text->area.y + text->area.height > self->height + 1)
        g_error ("%s at %g × %g: “%s” leaves the picture: %g, %g … %g, %g", what, self->width, self->height,
                 text->text, text->area.x, text->area.y,
                 text->area.x + text->area.width, text->area.y + text->area.height);

      for (guint k = 0; k < i; k++)
        {
          PictureText *other = &g_array_index (picture_texts, PictureText, k);

          if (text->text[0] != '\0' && other->text[0] != '\0' && areas_touch (&text->area, &other->area))
            g_error ("%s at %g × %g: “%s” touches “%s”", what, self->width, self->height,
                     text->text, other->text);
        }
    }
}

void
init_light_theme (DrawTheme *theme)
{
  draw_theme_init (theme, &(DrawColor) { 0, 0, 0, 1 }, &(DrawColor) { 1, 1, 1, 1 }, FALSE, "Sans", 11);
}

void
init_dark_theme (DrawTheme *theme)
{
  draw_theme_init (theme, &(DrawColor) { 1, 1, 1, 1 }, &(DrawColor) { 0.19, 0.19, 0.19, 1 }, FALSE, "Sans", 11);
}
