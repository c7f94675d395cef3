/* draw-sheet.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "draw/draw-image.h"
#include "draw/draw-sheet.h"

/* Between a digit's ink and its box, and from there to its label. */
#define MARGIN 2.0
#define GAP 2.0

/* Around a label's text. */
#define PADDING 4.0
#define RADIUS 4.0

#define LINE 1.5
#define CHOSEN_LINE 3.0

/* A picture of 28 × 28 pixels is not blown up to a window. */
#define MAX_SCALE 2.0

DrawArea
draw_sheet_place (double           width,
                  double           height,
                  const DrawSheet *sheet)
{
  DrawArea area = { 0 };
  double scale;

  g_return_val_if_fail (sheet != NULL, area);

  if (!(sheet->columns > 0) || !(sheet->rows > 0) || !(width > 0) || !(height > 0))
    return area;

  scale = MIN (MAX_SCALE, MIN (width / sheet->columns, height / sheet->rows));
  area.width = scale * sheet->columns;
  area.height = scale * sheet->rows;
  area.x = floor ((width - area.width) / 2);
  area.y = floor ((height - area.height) / 2);

  return area;
}

/* A box on the screen. */
static DrawArea
to_screen (const DrawSheet *sheet,
           const DrawArea  *place,
           gsize            i)
{
  const DrawArea *area = &sheet->boxes[i].area;
  const double scale = place->width / sheet->columns;

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

/* Whether it stands free of the labels that are there. */
static gboolean
is_free (const DrawArea *area,
         GArray         *taken)
{
  for (guint i = 0; i < taken->len; i++)
    if (areas_touch (area, &g_array_index (taken, DrawArea, i)))
      return FALSE;

  return TRUE;
}

/* Above, below, right, left, in it: the first place that is free. @area has the label's
 * size and gets its place. */
static gboolean
find_room (double          width,
           double          height,
           const DrawArea *box,
           GArray         *taken,
           DrawArea       *area)
{
  const double middle = box->x + (box->width - area->width) / 2;
  const double places[][2] = {
    { middle, box->y - GAP - area->height },
    { middle, box->y + box->height + GAP },
    { box->x + box->width + GAP, box->y },
    { box->x - GAP - area->width, box->y },
    { middle, box->y + GAP },
  };

  for (gsize k = 0; k < G_N_ELEMENTS (places); k++)
    {
      /* Sideways it gives way to the edge; up and down there is another place. */
      area->x = CLAMP (places[k][0], 0, MAX (0, width - area->width));
      area->y = places[k][1];
      if (area->y >= 0 && area->y + area->height <= height && area->x + area->width <= width &&
          is_free (area, taken))
        return TRUE;
    }

  return FALSE;
}

static void
draw_label (cairo_t         *cr,
            const DrawTheme *theme,
            const DrawArea  *area,
            const char      *text,
            gboolean         chosen)
{
  DrawColor paper = draw_theme_get_paper (theme);
  DrawColor text_color = theme->foreground;

  text_color.alpha = 1;
  paper.alpha = 1;

  draw_rounded_rectangle (cr, area->x, area->y, area->width, area->height, RADIUS);
  draw_set_color (cr, chosen ? text_color : paper);
  cairo_fill_preserve (cr);
  draw_set_color (cr, chosen ? paper : draw_theme_get_category (theme, 0));
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);

  draw_set_color (cr, chosen ? paper : text_color);
  draw_text (cr, theme, area->x + area->width / 2, area->y + area->height / 2,
             DRAW_MIDDLE, DRAW_MIDDLE, 1, text);
}

static void
label_box (cairo_t         *cr,
           const DrawTheme *theme,
           double           width,
           double           height,
           const DrawSheet *sheet,
           const DrawArea  *place,
           gsize            i,
           GArray          *taken)
{
  const DrawSheetBox *box = &sheet->boxes[i];
  const char *const labels[] = { box->label, box->short_label };
  const DrawArea screen = to_screen (sheet, place, i);

  for (gsize k = 0; k < G_N_ELEMENTS (labels); k++)
    {
      DrawArea area = { 0 };

      if (labels[k] == NULL)
        continue;

      draw_text_measure (cr, theme, 1, labels[k], &area.width, &area.height);
      area.width += 2 * PADDING;
      if (!find_room (width, height, &screen, taken, &area))
        continue;

      draw_label (cr, theme, &area, labels[k], sheet->chosen == (gssize) i);
      g_array_append_val (taken, area);
      return;
    }
}

/* Two lines, so that one of them is seen on any ground. */
static void
draw_box (cairo_t         *cr,
          const DrawTheme *theme,
          const DrawArea  *area,
          gboolean         chosen)
{
  const double line = chosen ? CHOSEN_LINE : LINE;

  cairo_rectangle (cr, area->x, area->y, area->width, area->height);
  draw_set_color (cr, draw_theme_get_paper (theme));
  cairo_set_line_width (cr, line + 2);
  cairo_stroke_preserve (cr);
  draw_set_color (cr, chosen ? theme->foreground : draw_theme_get_category (theme, 0));
  cairo_set_line_width (cr, line);
  cairo_stroke (cr);
}

void
draw_sheet (cairo_t         *cr,
            const DrawTheme *theme,
            double           width,
            double           height,
            const DrawSheet *sheet)
{
  g_autoptr(GArray) taken = g_array_new (FALSE, FALSE, sizeof (DrawArea));
  gboolean has_chosen;
  DrawArea place;

  g_return_if_fail (cr != NULL && theme != NULL && sheet != NULL);

  draw_theme_paint_background (cr, theme, width, height);
  place = draw_sheet_place (width, height, sheet);
  if (!(place.width > 0) || !(place.height > 0))
    return;

  cairo_save (cr);
  if (sheet->image != NULL)
    draw_image (cr, sheet->image, &place, TRUE);

  has_chosen = sheet->chosen >= 0 && (gsize) sheet->chosen < sheet->n_boxes;
  for (gsize i = 0; i < sheet->n_boxes; i++)
    {
      DrawArea area = to_screen (sheet, &place, i);

      if (!has_chosen || i != (gsize) sheet->chosen)
        draw_box (cr, theme, &area, FALSE);
    }
  if (has_chosen)
    {
      DrawArea area = to_screen (sheet, &place, (gsize) sheet->chosen);

      draw_box (cr, theme, &area, TRUE);
      label_box (cr, theme, width, height, sheet, &place, (gsize) sheet->chosen, taken);
    }
  for (gsize i = 0; i < sheet->n_boxes; i++)
    if (!has_chosen || i != (gsize) sheet->chosen)
      label_box (cr, theme, width, height, sheet, &place, i, taken);

  cairo_restore (cr);
}

gboolean
draw_sheet_locate (double           width,
                   double           height,
                   const DrawSheet *sheet,
                   double           pixel_x,
                   double           pixel_y,
                   gsize           *box)
{
  double smallest = INFINITY;
  DrawArea place;

  g_return_val_if_fail (sheet != NULL, FALSE);

  place = draw_sheet_place (width, height, sheet);
  if (!(place.width > 0))
    return FALSE;

  for (gsize i = 0; i < sheet->n_boxes; i++)
    {
      const DrawArea area = to_screen (sheet, &place, i);

      if (pixel_x < area.x || pixel_x > area.x + area.width || pixel_y < area.y || pixel_y > area.y + area.height ||
          area.width * area.height >= smallest)
        continue;

      smallest = area.width * area.height;
      if (box != NULL)
        *box = i;
    }

  return isfinite (smallest);
}
