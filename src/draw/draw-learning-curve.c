/* draw-learning-curve.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "draw/draw-color.h"
#include "draw/draw-learning-curve.h"
#include "draw/draw-legend.h"
#include "draw/draw-markers.h"
#include "draw/draw-number.h"

/* Beyond the outermost points, as factors */
#define X_ROOM 1.3
#define Y_ROOM 1.15

#define LEGEND_SHARE 0.12
#define LEGEND_TOP 2.0
#define REFERENCE_SHARE 0.3

#define LINE_WIDTH 2.0
#define WHISKER_WIDTH 1.5
#define CAP 8.0
#define RADIUS 4.5
#define RING_RADIUS 7.0
#define HIT_DISTANCE 14.0
#define DIGITS 3

typedef struct
{
  DrawAxis        x_axis;
  DrawAxis        y_axis;
  DrawArea        plot;
  double          reference_width;
  double          factor;
  double          exponent;      /* NaN: no fit */
  char           *fit_text;
  DrawLegendEntry entry;
  DrawLegend      legend;
} Layout;

static void
layout_clear (Layout *layout)
{
  g_clear_pointer (&layout->fit_text, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Layout, layout_clear)

static gboolean
is_shown (const DrawLearningCurvePoint *point)
{
  return isfinite (point->n) && point->n > 0 && isfinite (point->value) && point->value > 0;
}

static gboolean
has_interval (const DrawLearningCurvePoint *point)
{
  return is_shown (point) && point->low > 0 && isfinite (point->high) && point->high >= point->low;
}

gboolean
draw_learning_curve_fit (const DrawLearningCurve *learning,
                         double                  *factor,
                         double                  *exponent)
{
  double mean_x = 0, mean_y = 0, xx = 0, xy = 0;
  gsize n = 0;

  g_return_val_if_fail (learning != NULL && factor != NULL && exponent != NULL, FALSE);

  for (gsize i = 0; i < learning->n_points; i++)
    {
      const DrawLearningCurvePoint *point = &learning->points[i];

      if (!is_shown (point))
        continue;

      n++;
      mean_x += (log (point->n) - mean_x) / (double) n;
      mean_y += (log (point->value) - mean_y) / (double) n;
    }

  for (gsize i = 0; i < learning->n_points; i++)
    {
      const DrawLearningCurvePoint *point = &learning->points[i];

      if (!is_shown (point))
        continue;

      xx += (log (point->n) - mean_x) * (log (point->n) - mean_x);
      xy += (log (point->n) - mean_x) * (log (point->value) - mean_y);
    }

  if (n < 2 || !(xx > 1e-12))
    return FALSE;

  *exponent = xy / xx;
  *factor = exp (mean_y - *exponent * mean_x);

  return TRUE;
}

static void
include_value (double *low,
               double *high,
               double  value)
{
  if (isfinite (value) && value > 0)
    {
      *low = MIN (*low, value);
      *high = MAX (*high, value);
    }
}

static void
init_axes (Layout                  *layout,
           const DrawLearningCurve *learning)
{
  double x_low = INFINITY, x_high = -INFINITY;
  double y_low = INFINITY, y_high = -INFINITY;

  for (gsize i = 0; i < learning->n_points; i++)
    {
      const DrawLearningCurvePoint *point = &learning->points[i];

      if (!is_shown (point))
        continue;

      include_value (&x_low, &x_high, point->n);
      include_value (&y_low, &y_high, point->value);
      if (has_interval (point))
        {
          include_value (&y_low, &y_high, point->low);
          include_value (&y_low, &y_high, point->high);
        }
    }
  for (gsize i = 0; i < learning->n_references; i++)
    include_value (&y_low, &y_high, learning->references[i].value);

  if (!(x_low <= x_high))
    {
      x_low = 100;
      x_high = 1e5;
    }
  if (!(y_low <= y_high))
    {
      y_low = 0.1;
      y_high = 1;
    }

  layout->x_axis = (DrawAxis) {
    .min = MAX (x_low / X_ROOM, G_MINDOUBLE), .max = MIN (x_high * X_ROOM, G_MAXDOUBLE), .log = TRUE,
    .label = learning->x_label, .grid = TRUE,
  };
  layout->y_axis = (DrawAxis) {
    .min = MAX (y_low / Y_ROOM, G_MINDOUBLE), .max = MIN (y_high * Y_ROOM, G_MAXDOUBLE), .log = TRUE,
    .label = learning->y_label,
  };
}

static void
layout_init (Layout                  *layout,
             const DrawCanvas        *canvas,
             const DrawLearningCurve *learning)
{
  const double width = canvas->width;
  double line = draw_axes_get_line_height (canvas);
  double above;

  *layout = (Layout) { .legend = { .entries = &layout->entry } };
  init_axes (layout, learning);

  if (draw_learning_curve_fit (learning, &layout->factor, &layout->exponent))
    {
      g_autofree char *number = draw_number_format (layout->exponent, 2);

      /* Translators: of the line through the points, %s is a number */
      layout->fit_text = g_strdup_printf (_("Power law, exponent %s"), number);
      layout->entry = (DrawLegendEntry) {
        .label = layout->fit_text, .color = draw_theme_get_category (canvas->theme, 0), .dashed = TRUE,
      };
      layout->legend.n_entries = layout->legend.n_needed = 1;
    }
  else
    {
      layout->exponent = NAN;
    }

  draw_legend_layout (canvas, width, (guint) (canvas->height * LEGEND_SHARE / line), learning->y_label,
                      &layout->legend);
  above = draw_legend_get_height (canvas, &layout->legend);
  layout->reference_width = draw_references_get_width (canvas, learning->references, learning->n_references,
                                                       REFERENCE_SHARE * width);

  draw_axes_layout (canvas, width - layout->reference_width, canvas->height - above,
                    &layout->x_axis, &layout->y_axis, &layout->plot);
  layout->plot.y += above;
  if (layout->legend.n_rows == 0 && layout->y_axis.label == NULL)
    layout->legend.n_entries = 0;
}

static void
draw_fit (const DrawCanvas *canvas,
          const Layout     *layout)
{
  cairo_t *cr = canvas->cr;
  const double dashes[] = { 3 * LINE_WIDTH, 2 * LINE_WIDTH };
  const DrawArea *plot = &layout->plot;

  if (isnan (layout->exponent))
    return;

  cairo_save (cr);
  cairo_rectangle (cr, plot->x, plot->y, plot->width, plot->height);
  cairo_clip (cr);
  cairo_move_to (cr, plot->x,
                 draw_axes_get_y (plot, &layout->y_axis, layout->factor * pow (layout->x_axis.min, layout->exponent)));
  cairo_line_to (cr, plot->x + plot->width,
                 draw_axes_get_y (plot, &layout->y_axis, layout->factor * pow (layout->x_axis.max, layout->exponent)));
  cairo_set_line_width (cr, LINE_WIDTH);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  draw_color_set_source (cr, draw_theme_get_category (canvas->theme, 0));
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
get_place (const Layout                 *layout,
           const DrawLearningCurvePoint *point,
           double                       *x,
           double                       *y)
{
  *x = draw_axes_get_x (&layout->plot, &layout->x_axis, point->n);
  *y = draw_axes_get_y (&layout->plot, &layout->y_axis, point->value);
}

static void
draw_one (const DrawCanvas             *canvas,
          const Layout                 *layout,
          const DrawLearningCurvePoint *point,
          double                        radius)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  double x, y;

  if (!is_shown (point))
    return;

  get_place (layout, point, &x, &y);
  if (has_interval (point))
    {
      draw_color_set_source (cr, theme->foreground);
      cairo_set_line_width (cr, WHISKER_WIDTH);
      draw_markers_interval (cr,
                             x, draw_axes_get_y (&layout->plot, &layout->y_axis, point->low),
                             x, draw_axes_get_y (&layout->plot, &layout->y_axis, point->high), CAP, CAP);
    }
  draw_markers_point (canvas, x, y, radius, draw_theme_get_category (theme, 0));
}

void
draw_learning_curve (const DrawCanvas        *canvas,
                     const DrawLearningCurve *learning)
{
  cairo_t *cr = canvas->cr;
  g_auto(Layout) layout = { 0 };

  g_return_if_fail (cr != NULL && canvas->theme != NULL && learning != NULL);

  layout_init (&layout, canvas, learning);

  cairo_save (cr);
  draw_canvas_paint_background (canvas);
  draw_axes (canvas, &layout.plot, &layout.x_axis, &layout.y_axis);
  draw_references (canvas, &layout.plot, &layout.y_axis, learning->references, learning->n_references,
                   layout.reference_width);
  draw_fit (canvas, &layout);
  for (gsize i = 0; i < learning->n_points; i++)
    {
      gboolean marked = learning->pointer >= 0 && (gsize) learning->pointer == i;

      draw_one (canvas, &layout, &learning->points[i], marked ? RING_RADIUS : RADIUS);
    }
  draw_legend (canvas, canvas->width, LEGEND_TOP, &layout.legend);
  cairo_restore (cr);
}

gboolean
draw_learning_curve_locate (const DrawCanvas        *canvas,
                            const DrawLearningCurve *learning,
                            double                   pixel_x,
                            double                   pixel_y,
                            gsize                   *point)
{
  g_auto(Layout) layout = { 0 };
  double least = HIT_DISTANCE;
  gboolean found = FALSE;

  g_return_val_if_fail (canvas->cr != NULL && canvas->theme != NULL && learning != NULL, FALSE);

  layout_init (&layout, canvas, learning);

  for (gsize i = 0; i < learning->n_points; i++)
    {
      double x, y, distance;

      if (!is_shown (&learning->points[i]))
        continue;

      get_place (&layout, &learning->points[i], &x, &y);
      distance = hypot (x - pixel_x, y - pixel_y);
      if (distance > least)
        continue;

      least = distance;
      found = TRUE;
      if (point != NULL)
        *point = i;
    }

  return found;
}

static void
append_point (GString                      *words,
              const DrawLearningCurve      *learning,
              const DrawLearningCurvePoint *point)
{
  gulong n = (gulong) CLAMP (point->n, 0, 1e15);
  g_autofree char *count = draw_number_format_count (n);
  g_autofree char *value = draw_number_format_quantity (point->value, DIGITS, learning->unit);

  g_string_append_printf (words, g_dngettext (GETTEXT_PACKAGE, "%s sample: %s", "%s samples: %s", n), count, value);
  if (has_interval (point))
    draw_markers_describe_interval (words, point->low, point->high);
}

static void
append_fit (GString                 *words,
            const DrawLearningCurve *learning)
{
  g_autofree char *power = NULL;
  g_autofree char *times = NULL;
  double factor, exponent;

  if (!draw_learning_curve_fit (learning, &factor, &exponent))
    return;

  power = draw_number_format (exponent, 2);
  times = draw_number_format (pow (10, fabs (exponent)), 2);

  g_string_append (words, ". ");
  /* Translators: an exponent, such as −0.38, and a number, such as 2.4 */
  g_string_append_printf (words,
                          exponent <= 0
                          ? _("The error scales with the number of samples to the power %s: ten times as many samples "
                              "divide it by %s.")
                          : _("The error scales with the number of samples to the power %s: ten times as many samples "
                              "multiply it by %s."),
                          power, times);
}

char *
draw_learning_curve_describe (const DrawLearningCurve *learning)
{
  GString *words;
  gsize n = 0;

  g_return_val_if_fail (learning != NULL, NULL);

  words = g_string_new (NULL);
  if (learning->pointer >= 0 && (gsize) learning->pointer < learning->n_points &&
      is_shown (&learning->points[learning->pointer]))
    {
      append_point (words, learning, &learning->points[learning->pointer]);
      return g_string_free (words, FALSE);
    }

  for (gsize i = 0; i < learning->n_points; i++)
    {
      if (!is_shown (&learning->points[i]))
        continue;

      if (n++ > 0)
        g_string_append (words, "; ");
      append_point (words, learning, &learning->points[i]);
    }
  if (n == 0)
    g_string_append (words, _("No measurements yet"));
  draw_references_describe (words, learning->references, learning->n_references, learning->unit);
  append_fit (words, learning);

  return g_string_free (words, FALSE);
}
