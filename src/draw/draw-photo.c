/* draw-photo.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "draw/draw-color.h"
#include "draw/draw-image.h"
#include "draw/draw-photo.h"
#include "draw/draw-text.h"

/* Between a digit's ink and its box, and from there to its label. */
#define MARGIN 2.0
#define GAP 2.0

/* Around a label's text. */
#define PADDING 4.0
#define RADIUS 4.0

#define LINE 1.5
#define CHOSEN_LINE 3.0

/* A photo of 28 × 28 pixels is not blown up to a window. */
#define MAX_SCALE 2.0

DrawArea
draw_photo_place (double           width,
                  double           height,
                  const DrawPhoto *photo)
{
  DrawArea area = { 0 };
  double scale;

  g_return_val_if_fail (photo != NULL, area);

  if (!(photo->columns > 0) || !(photo->rows > 0) || !(width > 0) || !(height > 0))
    return area;

  scale = MIN (MAX_SCALE, MIN (width / photo->columns, height / photo->rows));
  area.width = scale * photo->columns;
  area.height = scale * photo->rows;
  area.x = floor ((width - area.width) / 2);
  area.y = floor ((height - area.height) / 2);

  return area;
}

/* A box on the screen. */
static DrawArea
to_screen (const DrawPhoto *photo,
           const DrawArea  *place,
           gsize            i)
{
  const DrawArea *area = &photo->boxes[i].area;
  const double scale = place->width / photo->columns;

  return (DrawArea) {
           place->x + scale * area->x - MARGIN, place->y + scale * area->y - MARGIN,
           scale *area->width + 2 * MARGIN, scale *area->height + 2 * MARGIN
  };
}

static gboolean
areas_touch (const DrawArea *a,
             const DrawArea *b)
{
  return a->x + a->width > b->x && b->x + b->width > a->x &&
         a->y + a->height > b->y && b->y + b->height > a->y;
}

/* Whether it stands free of others; an empty one is not there. @but: its own */
static gboolean
is_free (const DrawArea *area,
         const DrawArea *others,
         gsize           n,
         gsize           but)
{
  for (gsize i = 0; i < n; i++)
    if (i != but && others[i].width > 0 && areas_touch (area, &others[i]))
      return FALSE;

  return TRUE;
}

/* What is being laid out. */
typedef struct
{
  double          width;
  double          height;
  const DrawArea *boxes;      /* n, on the screen */
  DrawArea       *labels;     /* n: those that have a place; width 0: none */
  gsize           n;
} Layout;

/* Above, below, right or left of box @i; with @inside in its upper corners instead, where
 * other digits are not in the way. @area has the label's size and gets its place. */
static gboolean
find_room (const Layout *layout,
           gsize         i,
           gboolean      inside,
           DrawArea     *area)
{
  const DrawArea *box = &layout->boxes[i];
  const double middle = box->x + (box->width - area->width) / 2;
  const double outer[][2] = {
    { middle, box->y - GAP - area->height },
    { middle, box->y + box->height + GAP },
    { box->x + box->width + GAP, box->y },
    { box->x - GAP - area->width, box->y },
  };
  const double inner[][2] = {
    { box->x + box->width - area->width, box->y },
    { box->x, box->y },
    { middle, box->y + box->height - area->height },
    { middle, box->y + (box->height - area->height) / 2 },
  };
  const double (*places)[2] = inside ? inner : outer;

  for (gsize k = 0; k < G_N_ELEMENTS (outer); k++)
    {
      /* Sideways it gives way to the edge; up and down there is another place. */
      area->x = CLAMP (places[k][0], 0, MAX (0, layout->width - area->width));
      area->y = places[k][1];
      if (area->y >= 0 && area->y + area->height <= layout->height && area->x + area->width <= layout->width &&
          is_free (area, layout->labels, layout->n, i) &&
          (inside || is_free (area, layout->boxes, layout->n, layout->n)))
        return TRUE;
    }

  return FALSE;
}

static gboolean
place_label (const DrawCanvas *canvas,
             const Layout     *layout,
             gsize             i,
             const char       *text,
             gboolean          inside)
{
  DrawArea area = { 0 };

  if (text == NULL)
    return FALSE;

  draw_text_measure (canvas, 1, text, &area.width, &area.height);
  area.width += 2 * PADDING;
  if (!find_room (layout, i, inside, &area))
    return FALSE;

  layout->labels[i] = area;

  return TRUE;
}

/* Where the label of the chosen one goes: it needs one, whole if possible. Returns
 * the text */
static const char *
place_chosen (const DrawCanvas *canvas,
              const Layout     *layout,
              const DrawPhoto  *photo)
{
  const gsize i = (gsize) photo->chosen;

  for (guint inside = 0; inside < 2; inside++)
    {
      if (place_label (canvas, layout, i, photo->boxes[i].label, inside))
        return photo->boxes[i].label;
      if (place_label (canvas, layout, i, photo->boxes[i].short_label, inside))
        return photo->boxes[i].short_label;
    }

  return NULL;
}

/* All others with their shares, or, where that does not go, all without. */
static gboolean
place_others (const DrawCanvas *canvas,
              const Layout     *layout,
              const DrawPhoto  *photo,
              gboolean          whole)
{
  for (gsize i = 0; i < layout->n; i++)
    {
      if (photo->chosen == (gssize) i)
        continue;

      layout->labels[i].width = 0;
      if (!whole && !place_label (canvas, layout, i, photo->boxes[i].short_label, FALSE))
        place_label (canvas, layout, i, photo->boxes[i].short_label, TRUE);
      else if (whole && !place_label (canvas, layout, i, photo->boxes[i].label, FALSE))
        return FALSE;
    }

  return TRUE;
}

static void
draw_label (const DrawCanvas *canvas,
            const DrawArea   *area,
            const char       *text,
            gboolean          chosen)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  DrawColor paper = draw_theme_get_paper (theme);
  DrawColor text_color = theme->foreground;

  text_color.alpha = 1;
  paper.alpha = 1;

  draw_canvas_rounded_rectangle (cr, area->x, area->y, area->width, area->height, RADIUS);
  draw_color_set_source (cr, chosen ? text_color : paper);
  cairo_fill_preserve (cr);
  draw_color_set_source (cr, chosen ? paper : draw_theme_get_category (theme, 0));
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);

  draw_color_set_source (cr, chosen ? paper : text_color);
  draw_text (canvas, area->x + area->width / 2, area->y + area->height / 2,
             DRAW_MIDDLE, DRAW_MIDDLE, 1, text);
}

static void
draw_labels (const DrawCanvas *canvas,
             const Layout     *layout,
             const DrawPhoto  *photo)
{
  const char *chosen = NULL;
  gboolean whole;

  if (photo->chosen >= 0 && (gsize) photo->chosen < layout->n)
    chosen = place_chosen (canvas, layout, photo);
  whole = place_others (canvas, layout, photo, TRUE);
  if (!whole)
    {
      for (gsize i = 0; i < layout->n; i++)
        if (photo->chosen != (gssize) i)
          layout->labels[i].width = 0;
      place_others (canvas, layout, photo, FALSE);
    }

  for (gsize i = 0; i < layout->n; i++)
    {
      const DrawPhotoBox *box = &photo->boxes[i];

      if (layout->labels[i].width > 0)
        draw_label (canvas, &layout->labels[i],
                    photo->chosen == (gssize) i ? chosen : whole ? box->label : box->short_label,
                    photo->chosen == (gssize) i);
    }
}

/* Two lines, so that one of them is seen on any ground. */
static void
draw_box (const DrawCanvas *canvas,
          const DrawArea   *area,
          gboolean          chosen)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  const double line = chosen ? CHOSEN_LINE : LINE;

  cairo_rectangle (cr, area->x, area->y, area->width, area->height);
  draw_color_set_source (cr, draw_theme_get_paper (theme));
  cairo_set_line_width (cr, line + 2);
  cairo_stroke_preserve (cr);
  draw_color_set_source (cr, chosen ? theme->foreground : draw_theme_get_category (theme, 0));
  cairo_set_line_width (cr, line);
  cairo_stroke (cr);
}

void
draw_photo (const DrawCanvas *canvas,
            const DrawPhoto  *photo)
{
  cairo_t *cr = canvas->cr;
  g_autofree DrawArea *boxes = NULL;
  g_autofree DrawArea *labels = NULL;
  Layout layout;
  DrawArea place;

  g_return_if_fail (cr != NULL && canvas->theme != NULL && photo != NULL);

  draw_canvas_paint_background (canvas);
  place = draw_photo_place (canvas->width, canvas->height, photo);
  if (!(place.width > 0) || !(place.height > 0))
    return;

  boxes = g_new (DrawArea, MAX (photo->n_boxes, 1));
  labels = g_new0 (DrawArea, MAX (photo->n_boxes, 1));
  for (gsize i = 0; i < photo->n_boxes; i++)
    boxes[i] = to_screen (photo, &place, i);

  cairo_save (cr);
  if (photo->image != NULL)
    draw_image (cr, photo->image, &place, TRUE);

  for (gsize i = 0; i < photo->n_boxes; i++)
    if (photo->chosen != (gssize) i)
      draw_box (canvas, &boxes[i], FALSE);
  if (photo->chosen >= 0 && (gsize) photo->chosen < photo->n_boxes)
    draw_box (canvas, &boxes[photo->chosen], TRUE);

  layout = (Layout) { canvas->width, canvas->height, boxes, labels, photo->n_boxes };
  draw_labels (canvas, &layout, photo);

  cairo_restore (cr);
}

gboolean
draw_photo_locate (double           width,
                   double           height,
                   const DrawPhoto *photo,
                   double           pixel_x,
                   double           pixel_y,
                   gsize           *box)
{
  double smallest = INFINITY;
  DrawArea place;

  g_return_val_if_fail (photo != NULL, FALSE);

  place = draw_photo_place (width, height, photo);
  if (!(place.width > 0))
    return FALSE;

  for (gsize i = 0; i < photo->n_boxes; i++)
    {
      const DrawArea area = to_screen (photo, &place, i);

      if (pixel_x < area.x || pixel_x > area.x + area.width || pixel_y < area.y || pixel_y > area.y + area.height ||
          area.width * area.height >= smallest)
        continue;

      smallest = area.width * area.height;
      if (box != NULL)
        *box = i;
    }

  return isfinite (smallest);
}
