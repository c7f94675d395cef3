/* draw-gallery.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "draw/draw-color.h"
#include "draw/draw-gallery.h"
#include "draw/draw-heatmap.h"
#include "draw/draw-markers.h"
#include "draw/draw-sketch.h"
#include "draw/draw-text.h"

#define GAP 8.0
#define CAPTION_GAP 2.0
#define MIN_TILE 32.0

/* The scale bar and what is left of it */
#define BAR_SPACE 16.0
#define MAX_BAR_HEIGHT 240.0
#define MIN_BAR_WIDTH 240.0      /* of a gallery that has one */

/* All that a tile's place follows from */
typedef struct
{
  double tile_width;
  double tile_height;
  double row_height;       /* with caption and gap */
  double left;             /* of the first tile */
  gsize  n_columns;        /* of tiles */
  gsize  n_shown;
  double limit;
  double bar_width;
} Layout;

static gboolean
gallery_is_empty (const DrawGallery *gallery)
{
  return gallery->n_tiles == 0 || gallery->rows == 0 || gallery->columns == 0 ||
         (gallery->floats == NULL && gallery->bytes == NULL);
}

static double
get_caption_height (const DrawCanvas  *canvas,
                    const DrawGallery *gallery)
{
  if (gallery->captions == NULL)
    return 0;

  return CAPTION_GAP + draw_axes_get_line_height (canvas);
}

static gsize
count_columns (double width,
               double tile_width)
{
  return (gsize) MAX (1, floor ((width + GAP) / (tile_width + GAP)));
}

/* The largest longer side that lets all tiles fit */
static double
find_tile_size (const DrawGallery *gallery,
                double             width,
                double             height,
                double             caption)
{
  double longer = (double) MAX (gallery->rows, gallery->columns);
  double across = (double) gallery->columns / longer;
  double down = (double) gallery->rows / longer;
  double best = MIN_TILE;

  if (gallery->one_row)
    return MAX (MIN_TILE, floor (MIN ((height - caption) / down, width / across)));

  for (gsize n = 1; n <= gallery->n_tiles; n++)
    {
      double n_rows = ceil ((double) gallery->n_tiles / (double) n);
      double by_width = ((width + GAP) / (double) n - GAP) / across;
      double by_height = ((height + GAP) / n_rows - GAP - caption) / down;

      best = MAX (best, MIN (by_width, by_height));
    }

  return floor (best);
}

/* @height < 0: as high as need be */
static gboolean
layout_init (Layout            *layout,
             const DrawCanvas  *canvas,
             const DrawGallery *gallery)
{
  double width = canvas->width;
  double height = canvas->height;
  double caption, size, longer, n_rows, block;

  *layout = (Layout) { .limit = gallery->limit };

  if (gallery_is_empty (gallery))
    return FALSE;

  if (gallery->bytes == NULL && gallery->scale_bar && width >= MIN_BAR_WIDTH)
    {
      if (!(layout->limit > 0))
        layout->limit = draw_heatmap_find_limit (gallery->floats,
                                                 gallery->n_tiles * gallery->rows * gallery->columns);
      layout->bar_width = draw_scale_bar_get_width (canvas, MAX_BAR_HEIGHT, layout->limit);
      width -= layout->bar_width + BAR_SPACE;
    }

  caption = get_caption_height (canvas, gallery);
  size = gallery->tile_size > 0 ? gallery->tile_size : find_tile_size (gallery, width, height, caption);
  longer = (double) MAX (gallery->rows, gallery->columns);

  layout->tile_width = size * (double) gallery->columns / longer;
  layout->tile_height = size * (double) gallery->rows / longer;
  layout->row_height = layout->tile_height + caption + GAP;
  layout->n_columns = MIN (gallery->n_tiles, count_columns (width, layout->tile_width));

  n_rows = ceil ((double) gallery->n_tiles / (double) layout->n_columns);
  if (gallery->one_row)
    n_rows = 1;
  if (height >= 0)
    n_rows = MIN (n_rows, floor ((height + GAP + 1e-6) / layout->row_height));
  if (layout->tile_width > width)
    n_rows = 0;

  layout->n_shown = MIN (gallery->n_tiles, (gsize) n_rows * layout->n_columns);

  block = (double) layout->n_columns * (layout->tile_width + GAP) - GAP;
  layout->left = gallery->one_row ? 0 : MAX (0, floor ((width - block) / 2));

  return layout->n_shown > 0;
}

static DrawArea
get_tile (const Layout *layout,
          gsize         tile)
{
  return (DrawArea) {
           layout->left + (double) (tile % layout->n_columns) * (layout->tile_width + GAP),
           (double) (tile / layout->n_columns) * layout->row_height,
           layout->tile_width,
           layout->tile_height,
  };
}

double
draw_gallery_get_height (const DrawCanvas  *canvas,
                         double             width,
                         const DrawGallery *gallery)
{
  const DrawCanvas endless = { canvas->cr, canvas->theme, width, -1 };
  Layout layout;

  g_return_val_if_fail (canvas->cr != NULL && canvas->theme != NULL && gallery != NULL, 0);

  if (!layout_init (&layout, &endless, gallery))
    return 0;

  return ceil ((double) layout.n_shown / (double) layout.n_columns) * layout.row_height - GAP;
}

static void
draw_tile (const DrawCanvas  *canvas,
           const Layout      *layout,
           const DrawGallery *gallery,
           gsize              tile,
           double             limit)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  gsize n_values = gallery->rows * gallery->columns;
  DrawArea area = get_tile (layout, tile);
  double width;

  if (gallery->bytes == NULL)
    draw_heatmap_cells (canvas, &area, gallery->floats + tile * n_values,
                        gallery->rows, gallery->columns, limit);
  else if (gallery->bytes[tile] != NULL)
    draw_sketch_image (canvas, &area, gallery->bytes[tile], gallery->rows, gallery->columns);

  draw_color_set_source (cr, draw_theme_get_faint (theme, 0.15));
  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, area.x + 0.5, area.y + 0.5, area.width - 1, area.height - 1);
  cairo_stroke (cr);

  if (gallery->captions == NULL || gallery->captions[tile] == NULL)
    return;

  draw_text_measure (canvas, DRAW_TICK_SCALE, gallery->captions[tile], &width, NULL);
  if (width > area.width)
    return;

  draw_color_set_source (cr, draw_theme_get_faint (theme, DRAW_TEXT_ALPHA));
  draw_text (canvas, area.x + area.width / 2, area.y + area.height + CAPTION_GAP,
             DRAW_MIDDLE, DRAW_START, DRAW_TICK_SCALE, gallery->captions[tile]);
}

void
draw_gallery (const DrawCanvas  *canvas,
              const DrawGallery *gallery)
{
  cairo_t *cr = canvas->cr;
  Layout layout;
  double left, top, right, bottom;

  g_return_if_fail (cr != NULL && canvas->theme != NULL && gallery != NULL);

  draw_canvas_paint_background (canvas);
  if (!layout_init (&layout, canvas, gallery))
    return;

  if (gallery->bytes == NULL && !(layout.limit > 0))
    layout.limit = draw_heatmap_find_limit (gallery->floats, gallery->n_tiles * gallery->rows * gallery->columns);

  cairo_save (cr);

  /* Of a scrolled gallery most tiles are out of sight. */
  cairo_clip_extents (cr, &left, &top, &right, &bottom);
  for (gsize t = 0; t < layout.n_shown; t++)
    {
      DrawArea area = get_tile (&layout, t);

      if (area.y <= bottom && area.y + area.height >= top)
        draw_tile (canvas, &layout, gallery, t, layout.limit);
    }

  if (gallery->pointer_tile >= 0 && (gsize) gallery->pointer_tile < layout.n_shown)
    {
      DrawArea area = get_tile (&layout, (gsize) gallery->pointer_tile);

      draw_markers_outline (canvas, &area);
    }

  if (layout.bar_width > 0)
    {
      /* Its first and last numbers stand half beyond it. */
      double half = draw_axes_get_line_height (canvas) / 2;
      DrawArea bar = { canvas->width - layout.bar_width, half, layout.bar_width, MIN (canvas->height, MAX_BAR_HEIGHT) - 2 * half };

      if (bar.height >= 4 * half)
        draw_scale_bar (canvas, &bar, layout.limit);
    }

  cairo_restore (cr);
}

gboolean
draw_gallery_locate (const DrawCanvas  *canvas,
                     const DrawGallery *gallery,
                     double             pixel_x,
                     double             pixel_y,
                     gsize             *tile,
                     gsize             *row,
                     gsize             *column)
{
  Layout layout;

  g_return_val_if_fail (canvas->cr != NULL && canvas->theme != NULL && gallery != NULL, FALSE);

  if (!layout_init (&layout, canvas, gallery))
    return FALSE;

  for (gsize t = 0; t < layout.n_shown; t++)
    {
      DrawArea area = get_tile (&layout, t);
      double x = (pixel_x - area.x) / area.width;
      double y = (pixel_y - area.y) / area.height;

      if (!(x >= 0 && x < 1 && y >= 0 && y < 1))
        continue;

      if (tile != NULL)
        *tile = t;
      if (row != NULL)
        *row = (gsize) (y * (double) gallery->rows);
      if (column != NULL)
        *column = (gsize) (x * (double) gallery->columns);

      return TRUE;
    }

  return FALSE;
}
