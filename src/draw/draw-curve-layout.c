/* draw-curve-layout.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "draw/draw-color.h"
#include "draw/draw-curve-private.h"
#include "draw/draw-number.h"
#include "draw/draw-text.h"

/* An earlier run */
#define FAINT_ALPHA 0.45

/* Numbers that are read have this much of the axis as their last digit. */
#define READ_STEP (1.0 / 2000)

/* Where there is nothing to see yet */
#define EMPTY_LENGTH 10.0

/* The legend takes at most so much of the height. */
#define LEGEND_SHARE 0.15

void
draw_curve_layout_clear (DrawCurveLayout *layout)
{
  g_clear_pointer (&layout->entries, g_array_unref);
  g_clear_pointer (&layout->pointer_label, g_free);
}

static void
entry_clear (gpointer data)
{
  DrawLegendEntry *entry = data;

  g_free (entry->value);
}

void
draw_curve_get_range (const DrawCurve *curve,
                      double          *x_min,
                      double          *x_max)
{
  double low = INFINITY;
  double high = -INFINITY;

  g_return_if_fail (curve != NULL);

  for (gsize s = 0; s < curve->n_series; s++)
    {
      const DrawCurveSeries *series = &curve->series[s];

      if (series->n_values == 0)
        continue;

      low = MIN (low, draw_curve_series_get_x (series, 0));
      high = MAX (high, draw_curve_series_get_x (series, series->n_values - 1));
    }

  if (!(low <= high))
    {
      low = 0;
      high = EMPTY_LENGTH;
    }

  /* One value stands at the left of where the next will come. */
  if (low == high)
    high = low + 1;

  if (x_min != NULL)
    *x_min = low;
  if (x_max != NULL)
    *x_max = high;
}

/* The lowest and highest value that the x axis shows */
static gboolean
find_y_range (const DrawCurve *curve,
              const DrawAxis  *x_axis,
              double          *low,
              double          *high)
{
  *low = INFINITY;
  *high = -INFINITY;

  for (gsize s = 0; s < curve->n_series; s++)
    {
      const DrawCurveSeries *series = &curve->series[s];

      for (gsize i = 0; i < series->n_values; i++)
        {
          double x = draw_curve_series_get_x (series, i);
          double value = series->values[i];

          if (x < x_axis->min || x > x_axis->max || !isfinite (value) || (curve->log && value <= 0))
            continue;

          *low = MIN (*low, value);
          *high = MAX (*high, value);
        }
    }

  return *low <= *high;
}

static void
init_y_axis (DrawAxis        *axis,
             const DrawCurve *curve,
             const DrawAxis  *x_axis)
{
  double low, high;

  *axis = (DrawAxis) {
    .min = curve->log ? 0.01 : 0,
    .max = 1,
    .log = curve->log,
    .percent = curve->percent,
    .label = curve->y_label,
  };

  if (!find_y_range (curve, x_axis, &low, &high))
    return;

  if (curve->log)
    {
      axis->min = low / 1.2;
      axis->max = high * 1.2;
      return;
    }

  /* A loss is read against zero, unless that would flatten it. */
  if (!curve->percent && low >= 0 && low < 0.4 * high)
    low = 0;

  if (low == high)
    {
      double half = low == 0 ? 0.5 : 0.1 * fabs (low);

      low -= half;
      high += half;
    }

  if (curve->percent && low >= -0.05 && high <= 1.05)
    {
      low = MAX (low, 0);
      high = MIN (high, 1);
    }

  axis->min = low;
  axis->max = high;

  /* The axis rests while values come in. */
  draw_axis_widen (axis);
}

static double
get_read_step (const DrawAxis *axis)
{
  double step = pow (10, floor (log10 ((axis->max - axis->min) * READ_STEP) + 1e-9));

  /* Nobody reads more of a percentage. */
  return axis->percent ? MAX (step, 1e-4) : step;
}

static char *
format_value (const DrawAxis *axis,
              double          value)
{
  if (!isfinite (value) || axis->log)
    return draw_number_format (value, 4);

  return draw_axis_format (axis, value, get_read_step (axis));
}

/* Room for a value, whatever it will be: the readout must not jump. */
static double
measure_values (const DrawCanvas *canvas,
                const DrawAxis   *axis)
{
  g_autofree char *low = format_value (axis, axis->log ? axis->min * 1.2345 : axis->min);
  g_autofree char *high = format_value (axis, axis->max);
  double low_width, high_width;

  draw_text_measure (canvas, DRAW_TICK_SCALE, low, &low_width, NULL);
  draw_text_measure (canvas, DRAW_TICK_SCALE, high, &high_width, NULL);

  return MAX (low_width, high_width);
}

double
draw_curve_get_value (const DrawCurveSeries *series,
                      double                 x)
{
  const gsize i = draw_curve_series_find (series, x);

  return i < series->n_values ? series->values[i] : (double) NAN;
}

gboolean
draw_curve_is_shown (const DrawCurve *curve,
                     double           value)
{
  return isfinite (value) && (!curve->log || value > 0);
}

/* The place nearest to the pointer that has a value; NaN if there is none */
static double
find_pointer (const DrawCurve *curve,
              const DrawAxis  *x_axis)
{
  double nearest = NAN;

  if (isnan (curve->pointer_x))
    return NAN;

  for (gsize s = 0; s < curve->n_series; s++)
    {
      const DrawCurveSeries *series = &curve->series[s];

      for (gsize i = 0; i < series->n_values; i++)
        {
          double x = draw_curve_series_get_x (series, i);

          if (x < x_axis->min || x > x_axis->max || !draw_curve_is_shown (curve, series->values[i]))
            continue;

          if (isnan (nearest) || fabs (x - curve->pointer_x) < fabs (nearest - curve->pointer_x))
            nearest = x;
        }
    }

  return nearest;
}

/* The last value inside the axis: what the legend says without a pointer */
static double
get_last_value (const DrawCurveSeries *series,
                const DrawCurve       *curve,
                const DrawAxis        *x_axis)
{
  for (gsize i = series->n_values; i > 0; i--)
    {
      double x = draw_curve_series_get_x (series, i - 1);

      if (x >= x_axis->min && x <= x_axis->max && draw_curve_is_shown (curve, series->values[i - 1]))
        return series->values[i - 1];
    }

  return NAN;
}

DrawColor
draw_curve_get_color (const DrawTheme       *theme,
                      const DrawCurveSeries *series)
{
  DrawColor color = draw_theme_get_category (theme, series->category);

  if (series->faint)
    color.alpha *= FAINT_ALPHA;

  return color;
}

static void
append_entries (DrawCurveLayout *layout,
                const DrawTheme *theme,
                const DrawCurve *curve,
                gboolean         faint)
{
  for (gsize s = 0; s < curve->n_series; s++)
    {
      const DrawCurveSeries *series = &curve->series[s];
      DrawLegendEntry entry;
      double value;

      if (series->label == NULL || !series->faint != !faint)
        continue;

      if (isnan (layout->pointer))
        value = get_last_value (series, curve, &layout->x_axis);
      else
        value = draw_curve_get_value (series, layout->pointer);

      entry = (DrawLegendEntry) {
        .label = series->label,
        .value = format_value (&layout->y_axis, value),
        .color = draw_curve_get_color (theme, series),
        .dashed = series->dashed,
      };
      g_array_append_val (layout->entries, entry);
    }
}

/* The label of x, which does not move, says where the crosshair is. */
static void
read_pointer (DrawCurveLayout  *layout,
              const DrawCanvas *canvas,
              double            width)
{
  g_autofree char *number = draw_axis_format (&layout->x_axis, layout->pointer, 1);
  g_autofree char *label = g_strdup_printf ("%s %s", layout->x_axis.label, number);
  double middle = layout->plot.x + layout->plot.width / 2;
  double label_width;

  draw_text_measure (canvas, DRAW_TICK_SCALE, label, &label_width, NULL);
  if (label_width / 2 > MIN (middle, width - middle))
    return;

  layout->pointer_label = g_steal_pointer (&label);
  layout->x_axis.label = layout->pointer_label;
}

void
draw_curve_layout_init (DrawCurveLayout  *layout,
                        const DrawCanvas *canvas,
                        const DrawCurve  *curve)
{
  const DrawTheme *theme = canvas->theme;
  const double width = canvas->width;
  double line = draw_axes_get_line_height (canvas);
  double above;

  *layout = (DrawCurveLayout) {
    .x_axis = { .integer = TRUE, .label = curve->x_label },
  };

  draw_curve_get_range (curve, &layout->x_axis.min, &layout->x_axis.max);
  if (!isnan (curve->x_min))
    layout->x_axis.min = curve->x_min;
  if (!isnan (curve->x_max))
    layout->x_axis.max = curve->x_max;
  if (!(layout->x_axis.max > layout->x_axis.min))
    draw_curve_get_range (curve, &layout->x_axis.min, &layout->x_axis.max);

  init_y_axis (&layout->y_axis, curve, &layout->x_axis);
  layout->pointer = find_pointer (curve, &layout->x_axis);

  /* Earlier runs come last: they give way first. */
  layout->entries = g_array_new (FALSE, TRUE, sizeof (DrawLegendEntry));
  g_array_set_clear_func (layout->entries, entry_clear);
  append_entries (layout, theme, curve, FALSE);
  layout->legend.n_needed = layout->entries->len;
  append_entries (layout, theme, curve, TRUE);

  layout->legend.entries = (const DrawLegendEntry *) (gpointer) layout->entries->data;
  layout->legend.n_entries = layout->entries->len;
  layout->legend.value_width = measure_values (canvas, &layout->y_axis);

  draw_legend_layout (canvas, width, (guint) (canvas->height * LEGEND_SHARE / line), curve->y_label, &layout->legend);
  above = draw_legend_get_height (canvas, &layout->legend);

  draw_axes_layout (canvas, width, canvas->height - above, &layout->x_axis, &layout->y_axis, &layout->plot);
  layout->plot.y += above;

  if (!isnan (layout->pointer) && layout->x_axis.label != NULL)
    read_pointer (layout, canvas, width);

  if (layout->legend.n_rows == 0 && layout->y_axis.label == NULL)
    layout->legend.n_entries = 0;
}
