/* draw-explain.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "draw/draw-color.h"
#include "draw/draw-explain.h"
#include "draw/draw-heatmap.h"
#include "draw/draw-sketch.h"

/* Between image and scale bar */
#define BAR_GAP 8.0

/* A byte that is ink */
#define INK 128

/* How strong the drawing is under its change */
#define UNDER_ALPHA 0.35

/* Pixels of a cell below which a mark is a blot */
#define MIN_MARKED 3.5

/* The largest square-celled area that fits, in the middle. */
static DrawArea
fit_cells (double width,
           double height,
           gsize  rows,
           gsize  columns)
{
  const double cell = MIN (width / (double) columns, height / (double) rows);
  const double w = cell * (double) columns, h = cell * (double) rows;

  return (DrawArea) { (width - w) / 2, (height - h) / 2, w, h };
}

static gboolean
is_ink (const DrawAttribution *attribution,
        gssize                 row,
        gssize                 column)
{
  return row >= 0 && column >= 0 && (gsize) row < attribution->rows && (gsize) column < attribution->columns &&
         attribution->bytes[(gsize) row * attribution->columns + (gsize) column] >= INK;
}

/* The largest |value|; but between 4 and 5, of whatever power of ten, there would be no
 * number beside 0 on a bar of three. */
static double
find_limit (const DrawAttribution *attribution)
{
  const double limit = draw_heatmap_find_limit (attribution->values, attribution->rows * attribution->columns);
  const double power = pow (10.0, floor (log10 (limit)));

  return limit > 4 * power && limit < 5 * power ? 5 * power : limit;
}

/* A line between each pixel of ink and one that is none. */
static void
draw_ink_outline (const DrawCanvas      *canvas,
                  const DrawArea        *area,
                  const DrawAttribution *attribution)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  const double cell = area->width / (double) attribution->columns;

  for (gssize r = 0; r <= (gssize) attribution->rows; r++)
    for (gssize c = 0; c <= (gssize) attribution->columns; c++)
      {
        const gboolean here = is_ink (attribution, r, c);
        const double x = area->x + (double) c * cell, y = area->y + (double) r * cell;

        if (here != is_ink (attribution, r - 1, c))
          {
            cairo_move_to (cr, x, y);
            cairo_line_to (cr, x + cell, y);
          }
        if (here != is_ink (attribution, r, c - 1))
          {
            cairo_move_to (cr, x, y);
            cairo_line_to (cr, x, y + cell);
          }
      }

  draw_color_set_source (cr, draw_theme_get_faint (theme, theme->high_contrast ? 1.0 : 0.7));
  cairo_set_line_width (cr, 1);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_SQUARE);
  cairo_stroke (cr);
}

static void
draw_frame (const DrawCanvas *canvas,
            const DrawArea   *area)
{
  cairo_t *cr = canvas->cr;

  draw_color_set_source (cr, draw_theme_get_faint (canvas->theme, 0.35));
  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, area->x + 0.5, area->y + 0.5, area->width - 1, area->height - 1);
  cairo_stroke (cr);
}

void
draw_explain_attribution (const DrawCanvas      *canvas,
                          const DrawAttribution *attribution)
{
  cairo_t *cr = canvas->cr;
  const double width = canvas->width;
  const double height = canvas->height;
  DrawArea area, bar;
  double limit, bar_width;

  g_return_if_fail (cr != NULL && canvas->theme != NULL && attribution != NULL);

  draw_canvas_paint_background (canvas);
  if (attribution->values == NULL || attribution->rows == 0 || attribution->columns == 0 || !(width > 0) ||
      !(height > 0))
    return;

  limit = find_limit (attribution);
  bar_width = draw_scale_bar_get_width (canvas, height, limit);
  if (bar_width + BAR_GAP > width / 2)
    bar_width = 0;
  area = fit_cells (width - (bar_width > 0 ? bar_width + BAR_GAP : 0), height, attribution->rows, attribution->columns);

  cairo_save (cr);
  draw_heatmap_cells (canvas, &area, attribution->values, attribution->rows, attribution->columns, limit);
  if (attribution->bytes != NULL)
    draw_ink_outline (canvas, &area, attribution);
  draw_frame (canvas, &area);
  if (bar_width > 0 &&
      draw_scale_bar_place (canvas, &area, area.x + area.width + BAR_GAP, bar_width, height, &bar))
    draw_scale_bar (canvas, &bar, limit);
  cairo_restore (cr);
}

/* A plus or a minus in the colour that is seen on @cell. */
static void
draw_mark (cairo_t  *cr,
           DrawColor color,
           double    x,
           double    y,
           double    size,
           gboolean  plus)
{
  const double reach = size * 0.32;
  const gboolean bright = draw_color_get_luminance (color) > 0.35;

  draw_color_set_source (cr, bright ? (DrawColor) { 0, 0, 0, 1 } : (DrawColor) { 1, 1, 1, 1 });
  cairo_move_to (cr, x - reach, y);
  cairo_line_to (cr, x + reach, y);
  if (plus)
    {
      cairo_move_to (cr, x, y - reach);
      cairo_line_to (cr, x, y + reach);
    }
  cairo_set_line_width (cr, MAX (1, size / 7));
  cairo_stroke (cr);
}

void
draw_explain_counterfactual (const DrawCanvas         *canvas,
                             const DrawCounterfactual *change)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  DrawArea area;
  double cell;

  g_return_if_fail (cr != NULL && theme != NULL && change != NULL);

  draw_canvas_paint_background (canvas);
  if (change->bytes == NULL || change->change == NULL || change->rows == 0 || change->columns == 0 ||
      !(canvas->width > 0) || !(canvas->height > 0))
    return;

  area = fit_cells (canvas->width, canvas->height, change->rows, change->columns);
  cell = area.width / (double) change->columns;

  cairo_save (cr);
  cairo_push_group (cr);
  draw_sketch_image (canvas, &area, change->bytes, change->rows, change->columns);
  cairo_pop_group_to_source (cr);
  cairo_paint_with_alpha (cr, UNDER_ALPHA);

  for (gsize r = 0; r < change->rows; r++)
    for (gsize c = 0; c < change->columns; c++)
      {
        const double value = (double) change->change[r * change->columns + c];
        const double x = area.x + (double) c * cell, y = area.y + (double) r * cell;
        DrawColor color;

        if (!(fabs (value) >= DRAW_COUNTERFACTUAL_LEAST))
          continue;

        /* Even the weakest is told from none. */
        color = draw_theme_get_diverging (theme, copysign (0.35 + 0.65 * MIN (fabs (value), 1), value));
        draw_color_set_source (cr, color);
        cairo_rectangle (cr, x, y, cell, cell);
        cairo_fill (cr);
        if (cell >= MIN_MARKED)
          draw_mark (cr, color, x + cell / 2, y + cell / 2, cell, value > 0);
      }

  draw_frame (canvas, &area);
  cairo_restore (cr);
}
