/* draw-scatter-layout.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "draw/draw-density-private.h"
#include "draw/draw-number.h"
#include "draw/draw-scale-bar.h"
#include "draw/draw-scatter-private.h"
#include "draw/draw-text.h"

/* Beyond the outermost points, of the axis' length */
#define PADDING 0.03

/* A narrower chart has no scale bar. */
#define MIN_LINES_FOR_BAR 16.0

/* The legend takes at most so much of the height. */
#define LEGEND_SHARE 0.12

/* Dots are smaller where there are more of them; in user units. */
#define MAX_RADIUS 3.2
#define MIN_RADIUS 1.4
#define RADIUS_OF_ONE 3.8
#define RADIUS_PER_POWER 0.5

/* Points are counted within so much, right and left, above and below. */
#define REACH 2.0

/* To make it square, in turns: margins depend on the numbers beside the plot. */
#define MAX_TURNS 6

gboolean
draw_scatter_is_point (const DrawScatter *scatter,
                       gsize              i)
{
  return isfinite (scatter->truth[i]) && isfinite (scatter->predicted[i]);
}

void
draw_scatter_get_range (const DrawScatter *scatter,
                        double            *min,
                        double            *span)
{
  double low = INFINITY;
  double high = -INFINITY;

  g_return_if_fail (scatter != NULL && min != NULL && span != NULL);

  for (gsize i = 0; i < scatter->n_points; i++)
    {
      if (!draw_scatter_is_point (scatter, i))
        continue;

      low = MIN (low, MIN (scatter->truth[i], scatter->predicted[i]));
      high = MAX (high, MAX (scatter->truth[i], scatter->predicted[i]));
    }

  if (!(low <= high))
    {
      *min = 0;
      *span = 1;
      return;
    }

  /* The largest numbers are as far apart as a number can say. */
  low = MAX (low, -G_MAXDOUBLE / 4);
  high = MIN (high, G_MAXDOUBLE / 4);

  *span = (high - low) * (1 + 2 * PADDING);
  *min = low - (high - low) * PADDING;

  /* One value stands in the middle of ten percent of it. */
  if (!(*span > 1e-12 * MAX (fabs (low), fabs (high))))
    {
      *span = low == 0 ? 1 : 0.2 * fabs (low);
      *min = low - *span / 2;
    }
}

/* The x axis lies below, the y axis beside a square. */
static void
lay_out_square (DrawScatterPlot  *self,
                const DrawCanvas *canvas,
                double            width,
                double            height)
{
  const DrawAxis x_axis = self->x_axis;
  const DrawAxis y_axis = self->y_axis;
  double w = width;
  double h = height;

  for (guint turn = 0; turn < MAX_TURNS; turn++)
    {
      double excess;

      self->x_axis = x_axis;
      self->y_axis = y_axis;
      draw_axes_layout (canvas, w, h, &self->x_axis, &self->y_axis, &self->plot);

      excess = self->plot.width - self->plot.height;
      if (fabs (excess) < 0.5)
        break;

      w -= MAX (excess, 0);
      h -= MAX (-excess, 0);
    }

  self->plot.width = self->plot.height = MIN (self->plot.width, self->plot.height);

  if (self->x_axis.n_ticks > 0 && self->y_axis.n_ticks > 0)
    self->x_axis.n_ticks = self->y_axis.n_ticks = MIN (self->x_axis.n_ticks, self->y_axis.n_ticks);

  self->left = floor ((width - w) / 2);
  self->plot.x += self->left;
  self->plot.y += floor ((height - h) / 2);
}

char *
draw_scatter_format_band (const DrawScatter *scatter)
{
  g_autofree char *band = draw_number_append_unit (draw_number_format_given (scatter->band), scatter->unit);

  return g_strconcat ("±", band, NULL);
}

/* What lines there are. The band comes first: it is less plain what it is. */
static void
make_entries (DrawScatterPlot *self,
              const DrawTheme *theme)
{
  const DrawScatter *scatter = &self->scatter;
  DrawLegend *legend = &self->legend;

  legend->entries = self->entries;

  if (scatter->band > 0)
    {
      g_autofree char *band = draw_scatter_format_band (scatter);

      self->band_text = g_strjoin (" ", band, scatter->band_label, NULL);
      self->entries[legend->n_entries++] = (DrawLegendEntry) {
        .label = self->band_text, .color = draw_theme_get_category (theme, DRAW_SCATTER_BAND_CATEGORY),
      };
    }

  self->entries[legend->n_entries++] = (DrawLegendEntry) {
    .label = _("Predicted = true"), .color = theme->foreground, .dashed = TRUE,
  };
  legend->n_needed = legend->n_entries;
}

static double
get_radius (gsize n_points)
{
  return CLAMP (RADIUS_OF_ONE - RADIUS_PER_POWER * log10 ((double) n_points + 1), MIN_RADIUS, MAX_RADIUS);
}

static void
make_image (DrawScatterPlot *self,
            const DrawTheme *theme,
            double           scale)
{
  g_auto(DrawDensity) density = { 0 };
  double right = ceil (self->plot.x + self->plot.width);
  double bottom = ceil (self->plot.y + self->plot.height);

  self->area.x = floor (self->plot.x);
  self->area.y = floor (self->plot.y);
  self->area.width = right - self->area.x;
  self->area.height = bottom - self->area.y;

  draw_density_init (&density, self->scatter.truth, self->scatter.predicted, self->scatter.n_points,
                     &self->x_axis, &self->y_axis, &self->plot, &self->area, scale);
  self->image = draw_density_make_image (&density, theme, scale * get_radius (self->scatter.n_points),
                                         (gsize) lround (REACH * scale), &self->most);
}

/* The most points in a window are known only when all lies where it lies; there
 * are never more than all.
 */
static double
find_bar_width (DrawScatterPlot  *self,
                const DrawCanvas *canvas)
{
  double most = (double) self->scatter.n_points;
  double bar_width, title_width;

  if (most < 2 || canvas->width < MIN_LINES_FOR_BAR * draw_axes_get_line_height (canvas))
    return 0;

  bar_width = draw_scale_bar_get_count_width (canvas, canvas->height, most);
  draw_text_measure (canvas, DRAW_TICK_SCALE, _("Points"), &title_width, NULL);

  return bar_width > 0 ? MAX (bar_width, title_width) : 0;
}

DrawScatterPlot *
draw_scatter_plot_new (const DrawCanvas  *canvas,
                       double             scale,
                       const DrawScatter *scatter)
{
  const DrawTheme *theme = canvas->theme;
  const double width = canvas->width;
  const double height = canvas->height;
  DrawScatterPlot *self;
  double min, span, above, beside;
  DrawLegend all;
  guint max_rows;

  g_return_val_if_fail (canvas->cr != NULL && theme != NULL && scatter != NULL, NULL);
  g_return_val_if_fail (scale > 0, NULL);

  self = g_new0 (DrawScatterPlot, 1);
  self->scatter = *scatter;
  self->width = width;
  self->height = height;

  draw_scatter_get_range (scatter, &min, &span);
  self->x_axis = (DrawAxis) { .min = min, .max = min + span, .label = scatter->x_label, .grid = TRUE };
  self->y_axis = (DrawAxis) { .min = min, .max = min + span, .label = scatter->y_label };
  if (scatter->span > 0)
    {
      self->x_axis.min = scatter->x_min;
      self->x_axis.max = scatter->x_min + scatter->span;
      self->y_axis.min = scatter->y_min;
      self->y_axis.max = scatter->y_min + scatter->span;
    }

  make_entries (self, theme);
  all = self->legend;
  max_rows = (guint) (height * LEGEND_SHARE / draw_axes_get_line_height (canvas));
  draw_legend_layout (canvas, width, max_rows, NULL, &self->legend);
  above = draw_legend_get_height (canvas, &self->legend);
  self->bar_width = find_bar_width (self, canvas);
  beside = self->bar_width > 0 ? self->bar_width + DRAW_SCATTER_BAR_SPACE : 0;

  lay_out_square (self, canvas, width - beside, height - above);
  self->plot.y += above;

  /* The legend stands above what is below it, if it is as small there. */
  draw_legend_layout (canvas, width - 2 * self->left, max_rows, NULL, &all);
  if (all.n_rows == self->legend.n_rows && all.n_entries == self->legend.n_entries)
    self->legend_left = self->left;

  if (self->plot.width >= 1)
    make_image (self, theme, scale);

  return self;
}

void
draw_scatter_plot_free (DrawScatterPlot *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->image, cairo_surface_destroy);
  g_free (self->band_text);
  g_free (self);
}
