/* pz-weight-chart.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "draw/draw-gallery.h"
#include "draw/draw-heatmap.h"
#include "widgets/common/pz-theme.h"
#include "widgets/network/pz-weight-chart.h"

/* A unit's image is not smaller than two pixels a weight of MNIST; then it is
 * scrolled.
 */
#define MIN_TILE 56             /* pixels */
#define MAX_TILE 280

/* For the scale and its numbers, which do not scroll. */
#define BAR_WIDTH 76
#define BAR_INSET 12

static void
fill_gallery (const PzWeightChart  *chart,
              const PzShownWeights *shown,
              DrawGallery          *gallery)
{
  *gallery = (DrawGallery) {
    .floats = shown->weights,
    .n_tiles = shown->n_units,
    .rows = shown->rows,
    .columns = shown->columns,
    .limit = shown->limit,
    .tile_size = chart->tile_size,
    .pointer_tile = chart->selected < (gssize) shown->n_units ? chart->selected : -1,
  };
}

static void
fill_heatmap (const PzWeightChart  *chart,
              const PzShownWeights *shown,
              DrawHeatmap          *heatmap)
{
  *heatmap = (DrawHeatmap) {
    .values = shown->weights,
    .rows = shown->n_units,
    .columns = shown->n_inputs,
    .limit = shown->limit,
    .x_label = shown->features ? _("Feature") : shown->layer == 1 ? _("Input") : _("Unit of the previous layer"),
    .y_label = _("Unit"),
    .pointer_row = chart->selected < (gssize) shown->n_units ? chart->selected : -1,
    .pointer_column = -1,
  };
}

/* Beside the scale. */
static double
get_room (const PzWeightChart *chart)
{
  return MAX (chart->width - BAR_WIDTH, 1.0);
}

/* The largest images that all fit, or small ones to scroll. */
static void
find_tile_size (PzWeightChart    *chart,
                const DrawCanvas *canvas,
                DrawGallery      *gallery)
{
  double room = get_room (chart);
  int low = MIN_TILE;
  int high = MAX_TILE;

  while (low < high)
    {
      int middle = (low + high + 1) / 2;

      gallery->tile_size = middle;
      if (middle <= room && draw_gallery_get_height (canvas, room, gallery) <= chart->height)
        low = middle;
      else
        high = middle - 1;
    }

  gallery->tile_size = low;
  chart->tile_size = low;
}

/* As many as stay in one row. */
static void
find_tile_columns (PzWeightChart    *chart,
                   const DrawCanvas *canvas,
                   DrawGallery      *gallery)
{
  gsize n_tiles = gallery->n_tiles;
  double one_row;

  gallery->n_tiles = 1;
  one_row = draw_gallery_get_height (canvas, get_room (chart), gallery);

  while (gallery->n_tiles <= n_tiles
         && draw_gallery_get_height (canvas, get_room (chart), gallery) <= one_row)
    chart->tile_columns = (guint) gallery->n_tiles++;

  chart->tile_rows = ((guint) n_tiles + chart->tile_columns - 1) / chart->tile_columns;
}

void
pz_weight_chart_lay_out (PzWeightChart        *chart,
                         const PzShownWeights *shown,
                         const DrawTheme      *theme,
                         double                width,
                         double                height)
{
  DrawCanvas canvas = { NULL, theme, width, height };
  DrawGallery gallery;

  chart->width = width;
  chart->height = height;
  chart->n_units = shown->n_units;
  chart->rows = shown->rows;
  chart->columns = shown->columns;
  chart->content_height = height;
  chart->tile_size = MIN_TILE;
  chart->tile_columns = 1;
  chart->tile_rows = (guint) shown->n_units;
  if (shown->rows == 0)
    return;

  fill_gallery (chart, shown, &gallery);
  canvas.cr = pz_theme_create_measure ();
  find_tile_size (chart, &canvas, &gallery);
  chart->content_height = MAX (draw_gallery_get_height (&canvas, get_room (chart), &gallery), height);
  find_tile_columns (chart, &canvas, &gallery);
  cairo_destroy (canvas.cr);
}

gboolean
pz_weight_chart_fits (const PzWeightChart  *chart,
                      const PzShownWeights *shown)
{
  return chart->n_units == shown->n_units &&
         chart->rows == shown->rows && chart->columns == shown->columns;
}

void
pz_weight_chart_draw (const PzWeightChart  *chart,
                      const PzShownWeights *shown,
                      const DrawCanvas     *canvas)
{
  cairo_t *cr = canvas->cr;

  if (shown->rows > 0)
    {
      const DrawArea bar = {
        chart->width - BAR_WIDTH + BAR_INSET, BAR_INSET,
        BAR_WIDTH - 2 * BAR_INSET, chart->height - 2 * BAR_INSET
      };
      const DrawCanvas tiles = { cr, canvas->theme, get_room (chart), chart->content_height };
      DrawGallery gallery;

      fill_gallery (chart, shown, &gallery);
      draw_scale_bar (canvas, &bar, shown->limit);
      cairo_save (cr);
      cairo_rectangle (cr, 0.0, 0.0, get_room (chart), chart->height);
      cairo_clip (cr);
      cairo_translate (cr, 0.0, -chart->scroll);
      draw_gallery (&tiles, &gallery);
      cairo_restore (cr);
    }
  else
    {
      DrawHeatmap heatmap;

      fill_heatmap (chart, shown, &heatmap);
      draw_heatmap (canvas, &heatmap);
    }
}

gboolean
pz_weight_chart_locate (const PzWeightChart  *chart,
                        const PzShownWeights *shown,
                        const DrawTheme      *theme,
                        double                x,
                        double                y,
                        gsize                *unit,
                        gsize                *input)
{
  DrawCanvas canvas = { pz_theme_create_measure (), theme, chart->width, chart->height };
  gboolean found;

  if (shown->rows > 0)
    {
      DrawGallery gallery;
      gsize row, column;

      fill_gallery (chart, shown, &gallery);
      canvas.width = get_room (chart);
      canvas.height = chart->content_height;
      found = draw_gallery_locate (&canvas, &gallery, x, y + chart->scroll, unit, &row, &column);
      if (found)
        *input = row * shown->columns + column;
    }
  else
    {
      DrawHeatmap heatmap;

      fill_heatmap (chart, shown, &heatmap);
      found = draw_heatmap_locate (&canvas, &heatmap, x, y, unit, input);
    }

  cairo_destroy (canvas.cr);

  return found;
}
