/* draw-heatmap.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "draw/draw-color.h"
#include "draw/draw-heatmap.h"
#include "draw/draw-image.h"
#include "draw/draw-markers.h"

/* Colours of the scale, from −limit to limit; with 0 in the middle */
#define N_COLORS 511

/* From the cells to the scale bar */
#define BAR_SPACE 14.0

/* A heatmap that is narrower has no scale bar. */
#define MIN_LINES_FOR_BAR 10.0

double
draw_heatmap_find_limit (const float *values,
                         gsize        n_values)
{
  float limit = 0;

  g_return_val_if_fail (values != NULL || n_values == 0, 1);

  for (gsize i = 0; i < n_values; i++)
    {
      if (isfinite (values[i]))
        limit = MAX (limit, fabsf (values[i]));
    }

  return limit > 0 ? (double) limit : 1;
}

static guint32
to_pixel (DrawColor color)
{
  return 0xff000000u |
         (guint32) lround (color.red * 255) << 16 |
         (guint32) lround (color.green * 255) << 8 |
         (guint32) lround (color.blue * 255);
}

/* The value farthest from zero of some rows and columns; NaN only if all are */
static float
find_strongest (const float *values,
                gsize        n_columns,
                gsize        row,
                gsize        row_end,
                gsize        column,
                gsize        column_end)
{
  float strongest = NAN;

  for (gsize r = row; r < row_end; r++)
    {
      for (gsize c = column; c < column_end; c++)
        {
          float value = values[r * n_columns + c];

          if (isnan (strongest) || fabsf (value) > fabsf (strongest))
            strongest = value;
        }
    }

  return strongest;
}

/* One pixel a value, or a pixel of @n_x × @n_y for several */
static cairo_surface_t *
make_image (const DrawTheme *theme,
            const float     *values,
            gsize            rows,
            gsize            columns,
            gsize            n_x,
            gsize            n_y,
            double           limit)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) n_x, (int) n_y);
  guint32 nan_pixel = to_pixel (draw_theme_get_diverging (theme, NAN));
  guint32 pixels[N_COLORS];
  guint8 *data;
  gsize stride;

  if (cairo_surface_status (image) != CAIRO_STATUS_SUCCESS)
    return image;

  for (guint i = 0; i < N_COLORS; i++)
    pixels[i] = to_pixel (draw_theme_get_diverging (theme, i / (0.5 * (N_COLORS - 1)) - 1));

  cairo_surface_flush (image);
  data = cairo_image_surface_get_data (image);
  stride = (gsize) cairo_image_surface_get_stride (image);

  for (gsize y = 0; y < n_y; y++)
    {
      guint32 *line = (guint32 *) (gpointer) (data + y * stride);

      for (gsize x = 0; x < n_x; x++)
        {
          float value = find_strongest (values, columns,
                                        y * rows / n_y, (y + 1) * rows / n_y,
                                        x * columns / n_x, (x + 1) * columns / n_x);
          double share = CLAMP ((double) value / limit, -1.0, 1.0);

          line[x] = isnan (value) ? nan_pixel
                                  : pixels[lround ((share + 1) * 0.5 * (N_COLORS - 1))];
        }
    }
  cairo_surface_mark_dirty (image);

  return image;
}

void
draw_heatmap_cells (const DrawCanvas *canvas,
                    const DrawArea   *area,
                    const float      *values,
                    gsize             rows,
                    gsize             columns,
                    double            limit)
{
  cairo_t *cr = canvas->cr;
  double x_scale = 1, y_scale = 1;
  double device_width = area->width, device_height = area->height;
  cairo_surface_t *image;
  gsize n_x, n_y;

  g_return_if_fail (values != NULL);
  g_return_if_fail (limit > 0);

  if (rows == 0 || columns == 0 || !(area->width > 0) || !(area->height > 0))
    return;

  cairo_user_to_device_distance (cr, &device_width, &device_height);
  cairo_surface_get_device_scale (cairo_get_target (cr), &x_scale, &y_scale);
  n_x = MIN (columns, (gsize) MAX (1, ceil (fabs (device_width) * x_scale)));
  n_y = MIN (rows, (gsize) MAX (1, ceil (fabs (device_height) * y_scale)));

  image = make_image (canvas->theme, values, rows, columns, n_x, n_y, limit);

  draw_image (cr, image, area, FALSE);
  cairo_surface_destroy (image);
}

typedef struct
{
  DrawAxis x_axis;
  DrawAxis y_axis;
  DrawArea plot;
  double   limit;
  double   bar_width;      /* 0: there is no room for one */
} Layout;

static gboolean
layout_init (Layout            *layout,
             const DrawCanvas  *canvas,
             const DrawHeatmap *heatmap)
{
  double beside = 0;

  if (heatmap->values == NULL || heatmap->rows == 0 || heatmap->columns == 0)
    return FALSE;

  /* Cells are centred at whole numbers; the first row is above. */
  *layout = (Layout) {
    .x_axis = { .min = -0.5, .max = (double) heatmap->columns - 0.5, .integer = TRUE, .label = heatmap->x_label },
    .y_axis = { .min = (double) heatmap->rows - 0.5, .max = -0.5, .integer = TRUE, .label = heatmap->y_label },
    .limit = heatmap->limit,
  };
  if (!(layout->limit > 0))
    layout->limit = draw_heatmap_find_limit (heatmap->values, heatmap->rows * heatmap->columns);

  if (canvas->width >= MIN_LINES_FOR_BAR * draw_axes_get_line_height (canvas))
    {
      layout->bar_width = draw_scale_bar_get_width (canvas, canvas->height, layout->limit);
      beside = layout->bar_width > 0 ? layout->bar_width + BAR_SPACE : 0;
    }

  draw_axes_layout (canvas, canvas->width - beside, canvas->height, &layout->x_axis, &layout->y_axis, &layout->plot);

  return layout->plot.width >= 1 && layout->plot.height >= 1;
}

void
draw_heatmap (const DrawCanvas  *canvas,
              const DrawHeatmap *heatmap)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  const DrawArea *plot;
  Layout layout;
  DrawArea bar;

  g_return_if_fail (cr != NULL && theme != NULL && heatmap != NULL);

  draw_canvas_paint_background (canvas);
  if (!layout_init (&layout, canvas, heatmap))
    return;

  plot = &layout.plot;
  cairo_save (cr);

  /* The grid is covered by the cells. */
  draw_axes (canvas, plot, &layout.x_axis, &layout.y_axis);
  draw_heatmap_cells (canvas, plot, heatmap->values, heatmap->rows, heatmap->columns, layout.limit);

  draw_color_set_source (cr, draw_theme_get_faint (theme, 0.35));
  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, plot->x - 0.5, plot->y - 0.5, plot->width + 1, plot->height + 1);
  cairo_stroke (cr);

  if (heatmap->pointer_row >= 0 && (gsize) heatmap->pointer_row < heatmap->rows &&
      heatmap->pointer_column >= 0 && (gsize) heatmap->pointer_column < heatmap->columns)
    {
      double cell_width = plot->width / (double) heatmap->columns;
      double cell_height = plot->height / (double) heatmap->rows;
      const DrawArea cell = {
        plot->x + (double) heatmap->pointer_column * cell_width,
        plot->y + (double) heatmap->pointer_row * cell_height,
        cell_width, cell_height,
      };

      draw_markers_outline (canvas, &cell);
    }

  if (layout.bar_width > 0 &&
      draw_scale_bar_place (canvas, plot, canvas->width - layout.bar_width, layout.bar_width, canvas->height, &bar))
    draw_scale_bar (canvas, &bar, layout.limit);

  cairo_restore (cr);
}

gboolean
draw_heatmap_locate (const DrawCanvas  *canvas,
                     const DrawHeatmap *heatmap,
                     double             pixel_x,
                     double             pixel_y,
                     gsize             *row,
                     gsize             *column)
{
  Layout layout;
  double x, y;

  g_return_val_if_fail (canvas->cr != NULL && canvas->theme != NULL && heatmap != NULL, FALSE);

  if (!layout_init (&layout, canvas, heatmap))
    return FALSE;

  x = (pixel_x - layout.plot.x) / layout.plot.width;
  y = (pixel_y - layout.plot.y) / layout.plot.height;
  if (!(x >= 0 && x < 1 && y >= 0 && y < 1))
    return FALSE;

  if (row != NULL)
    *row = (gsize) (y * (double) heatmap->rows);
  if (column != NULL)
    *column = (gsize) (x * (double) heatmap->columns);

  return TRUE;
}
