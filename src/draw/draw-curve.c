/* draw-curve.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "draw/draw-color.h"
#include "draw/draw-curve-private.h"
#include "draw/draw-line.h"
#include "draw/draw-markers.h"
#include "draw/draw-text.h"

#define LINE_WIDTH 2.0
#define RAW_LINE_WIDTH 1.25
#define FAINT_LINE_WIDTH 1.25

/* Of the line that a smooth one is drawn over */
#define RAW_ALPHA 0.35

/* Values this far apart are marked one by one. */
#define MARKER_SPACING 14.0

/* Of what may stand out over the edge of the plot */
#define CLIP_MARGIN 4.0

#define LEGEND_TOP 2.0

/* The best epoch's label beside its line */
#define MARK_GAP 5.0

#define POINT_RADIUS 4.0

void
draw_curve_smooth (const double *values,
                   gsize         n_values,
                   double        smoothing,
                   double       *out)
{
  double mean = 0;
  double weight = 0;

  g_return_if_fail (n_values == 0 || (values != NULL && out != NULL));

  smoothing = CLAMP (smoothing, 0.0, 0.9999);

  for (gsize i = 0; i < n_values; i++)
    {
      if (!isfinite (values[i]))
        {
          out[i] = NAN;
          continue;
        }

      mean = smoothing * mean + (1 - smoothing) * values[i];
      weight = smoothing * weight + (1 - smoothing);
      out[i] = mean / weight;
    }
}

double
draw_curve_series_get_x (const DrawCurveSeries *series,
                         gsize                  i)
{
  g_return_val_if_fail (series != NULL && i < series->n_values, (double) NAN);

  return series->x != NULL ? series->x[i] : series->first_x + (double) i;
}

gsize
draw_curve_series_find (const DrawCurveSeries *series,
                        double                 x)
{
  gsize begin = 0;
  gsize end;
  double i;

  g_return_val_if_fail (series != NULL, 0);

  if (series->x == NULL)
    {
      i = round (x - series->first_x);
      return i >= 0 && i < (double) series->n_values ? (gsize) i : series->n_values;
    }

  end = series->n_values;
  while (begin < end)
    {
      gsize middle = begin + (end - begin) / 2;

      if (series->x[middle] < x - 0.5)
        begin = middle + 1;
      else
        end = middle;
    }

  return begin < series->n_values && series->x[begin] < x + 0.5 ? begin : series->n_values;
}

/* (transfer full): as few points as do */
static GArray *
reduce_series (const DrawCurveLayout *layout,
               const DrawCurveSeries *series,
               const double          *values)
{
  return series->x != NULL
         ? draw_line_reduce_at (values, series->x, series->n_values, &layout->x_axis, &layout->y_axis, &layout->plot)
         : draw_line_reduce (values, series->n_values, series->first_x, &layout->x_axis, &layout->y_axis,
                             &layout->plot);
}

static void
draw_one_series (const DrawCanvas      *canvas,
                 const DrawCurveLayout *layout,
                 const DrawCurveSeries *series,
                 double                 smoothing)
{
  cairo_t *cr = canvas->cr;
  double spacing = layout->plot.width / (layout->x_axis.max - layout->x_axis.min);
  gboolean smooth = smoothing > 0 && !series->faint;
  DrawColor color = draw_curve_get_color (canvas->theme, series);
  g_autoptr(GArray) raw = NULL;

  raw = reduce_series (layout, series, series->values);

  if (smooth)
    {
      g_autofree double *values = g_new (double, series->n_values);
      g_autoptr(GArray) line = NULL;
      DrawColor faint = color;

      faint.alpha *= RAW_ALPHA;
      draw_color_set_source (cr, faint);
      draw_line (cr, raw, RAW_LINE_WIDTH, FALSE, FALSE);

      draw_curve_smooth (series->values, series->n_values, smoothing, values);
      line = reduce_series (layout, series, values);
      draw_color_set_source (cr, color);
      draw_line (cr, line, LINE_WIDTH, series->dashed, FALSE);
    }
  else
    {
      draw_color_set_source (cr, color);
      draw_line (cr, raw, series->faint ? FAINT_LINE_WIDTH : LINE_WIDTH,
                 series->dashed, spacing >= MARKER_SPACING && !series->faint);
    }
}

static void
draw_vertical (cairo_t               *cr,
               const DrawCurveLayout *layout,
               double                 x)
{
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, floor (x) + 0.5, layout->plot.y);
  cairo_line_to (cr, floor (x) + 0.5, layout->plot.y + layout->plot.height);
  cairo_stroke (cr);
}

/* The best epoch: a line, and its label where the curves are not. */
static void
draw_mark (const DrawCanvas      *canvas,
           const DrawCurveLayout *layout,
           const DrawCurve       *curve)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  const double dashes[] = { 2, 3 };
  const DrawArea *plot = &layout->plot;
  gboolean high = FALSE;
  gboolean right_free, left_free;
  double x, width, line, pointer;

  if (!(curve->mark_x >= layout->x_axis.min && curve->mark_x <= layout->x_axis.max))
    return;

  x = draw_axes_get_x (&layout->plot, &layout->x_axis, curve->mark_x);

  cairo_save (cr);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  draw_color_set_source (cr, draw_theme_get_faint (theme, 0.55));
  draw_vertical (cr, layout, x);
  cairo_restore (cr);

  if (curve->mark_label == NULL)
    return;

  draw_text_measure (canvas, DRAW_TICK_SCALE, curve->mark_label, &width, &line);
  if (plot->height < 4 * line)
    return;

  /* At the right, unless the plot ends there or the crosshair runs through */
  pointer = isnan (layout->pointer) ? -1 : draw_axes_get_x (&layout->plot, &layout->x_axis, layout->pointer);
  right_free = x + MARK_GAP + width <= plot->x + plot->width &&
               !(pointer > x && pointer < x + 2 * MARK_GAP + width);
  left_free = x - MARK_GAP - width >= plot->x;
  if (!right_free && !left_free)
    return;

  for (gsize s = 0; s < curve->n_series && !high; s++)
    {
      double value = draw_curve_get_value (&curve->series[s], curve->mark_x);

      if (!curve->series[s].faint && draw_curve_is_shown (curve, value))
        high = draw_axes_get_y (&layout->plot, &layout->y_axis, value) < plot->y + plot->height / 2;
    }

  draw_color_set_source (cr, draw_theme_get_faint (theme, DRAW_TEXT_ALPHA));
  draw_text (canvas,
             right_free ? x + MARK_GAP : x - MARK_GAP,
             high ? plot->y + plot->height - MARK_GAP : plot->y,
             right_free ? DRAW_START : DRAW_END, high ? DRAW_END : DRAW_START, DRAW_TICK_SCALE, curve->mark_label);
}

static void
draw_crosshair (const DrawCanvas      *canvas,
                const DrawCurveLayout *layout,
                const DrawCurve       *curve)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  double x;

  if (isnan (layout->pointer))
    return;

  x = draw_axes_get_x (&layout->plot, &layout->x_axis, layout->pointer);
  draw_color_set_source (cr, draw_theme_get_faint (theme, 0.55));
  draw_vertical (cr, layout, x);

  for (gsize s = 0; s < curve->n_series; s++)
    {
      const DrawCurveSeries *series = &curve->series[s];
      double value = draw_curve_get_value (series, layout->pointer);
      DrawColor color = draw_curve_get_color (theme, series);

      if (series->faint || !draw_curve_is_shown (curve, value))
        continue;

      color.alpha = 1;
      draw_markers_point (canvas, x, draw_axes_get_y (&layout->plot, &layout->y_axis, value), POINT_RADIUS, color);
    }
}

void
draw_curve (const DrawCanvas *canvas,
            const DrawCurve  *curve)
{
  cairo_t *cr = canvas->cr;
  g_auto(DrawCurveLayout) layout = { 0 };

  g_return_if_fail (cr != NULL && canvas->theme != NULL && curve != NULL);

  draw_curve_layout_init (&layout, canvas, curve);

  cairo_save (cr);
  draw_canvas_paint_background (canvas);
  draw_axes (canvas, &layout.plot, &layout.x_axis, &layout.y_axis);

  /* A line along the edge of the plot keeps its width, a marker its shape. */
  cairo_save (cr);
  cairo_rectangle (cr, floor (layout.plot.x - CLIP_MARGIN), floor (layout.plot.y - CLIP_MARGIN),
                   ceil (layout.plot.width + 2 * CLIP_MARGIN), ceil (layout.plot.height + 2 * CLIP_MARGIN));
  cairo_clip (cr);
  for (gsize s = 0; s < curve->n_series; s++)
    {
      if (curve->series[s].faint)
        draw_one_series (canvas, &layout, &curve->series[s], 0);
    }
  for (gsize s = 0; s < curve->n_series; s++)
    {
      if (!curve->series[s].faint)
        draw_one_series (canvas, &layout, &curve->series[s], curve->smoothing);
    }
  cairo_restore (cr);

  draw_mark (canvas, &layout, curve);
  draw_crosshair (canvas, &layout, curve);
  draw_legend (canvas, canvas->width, LEGEND_TOP, &layout.legend);

  cairo_restore (cr);
}

gboolean
draw_curve_locate (const DrawCanvas *canvas,
                   const DrawCurve  *curve,
                   double            pixel_x,
                   double            pixel_y,
                   double           *x)
{
  g_auto(DrawCurveLayout) layout = { 0 };
  const DrawArea *plot = &layout.plot;
  double unit;

  g_return_val_if_fail (canvas->cr != NULL && canvas->theme != NULL && curve != NULL, FALSE);

  draw_curve_layout_init (&layout, canvas, curve);

  unit = plot->width > 0 ? (pixel_x - plot->x) / plot->width : 0;
  if (x != NULL)
    *x = draw_axis_from_unit (&layout.x_axis, CLAMP (unit, 0, 1));

  return unit >= 0 && unit <= 1 && pixel_y >= plot->y && pixel_y <= plot->y + plot->height;
}

void
draw_curve_get_plot (const DrawCanvas *canvas,
                     const DrawCurve  *curve,
                     DrawArea         *plot)
{
  g_auto(DrawCurveLayout) layout = { 0 };

  g_return_if_fail (canvas->cr != NULL && canvas->theme != NULL && curve != NULL && plot != NULL);

  draw_curve_layout_init (&layout, canvas, curve);
  *plot = layout.plot;
}
