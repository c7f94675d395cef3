/* draw-histogram.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "draw/draw-color.h"
#include "draw/draw-histogram.h"
#include "draw/draw-legend.h"
#include "draw/draw-markers.h"
#include "draw/draw-number.h"
#include "draw/draw-text.h"

#define LEGEND_SHARE 0.15
#define LEGEND_TOP 2.0

/* Above the highest bar, for the interval of the mean absolute error */
#define HEADROOM 0.12
#define INTERVAL_CAP 9.0
#define INTERVAL_WIDTH 2.5
#define ERROR_CATEGORY 1

/* A tail's bar, and what parts it from the axis, of the plot's width */
#define TAIL_SHARE 0.035
#define MIN_TAIL 9.0
#define TAIL_GAP 8.0

/* Bars that are wider than that have a line of paper between them. */
#define MIN_BAR_FOR_GAP 4.0

#define DIGITS 3
#define TEXT_GAP 3.0

typedef struct
{
  DrawAxis        x_axis;
  DrawAxis        y_axis;
  DrawArea        plot;          /* with the tails */
  DrawArea        inner;         /* without */
  DrawAxis        no_axis;       /* the x axis without its numbers, which is as wide as the plot */
  double          tail;          /* width of a tail's bar */
  DrawLegendEntry entries[2];
  DrawLegend      legend;
} Layout;

static void
layout_clear (Layout *layout)
{
  for (gsize i = 0; i < G_N_ELEMENTS (layout->entries); i++)
    g_free (layout->entries[i].value);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Layout, layout_clear)

static gsize
get_count (const DrawBins *bins,
           gsize           bar)
{
  if (bar == 0)
    return bins->n_below;

  return bar <= bins->n_bins ? bins->counts[bar - 1] : bins->n_above;
}

static gboolean
is_tail (const DrawBins *bins,
         gsize           bar)
{
  return bar == 0 || bar > bins->n_bins;
}

/* The median, with as many decimals as the error has: near zero it is no more
 * than noise.
 */
static char *
format_median (const DrawHistogram *histogram)
{
  const DrawBins *bins = histogram->bins;
  const DrawAxis axis = { .min = bins->least, .max = bins->greatest };
  double step = bins->mean_absolute > 0 ? pow (10, floor (log10 (bins->mean_absolute)) - DIGITS + 1) : 1;

  return draw_number_append_unit (draw_axis_format (&axis, bins->median, step), histogram->unit);
}

static void
init_axes (Layout              *layout,
           const DrawHistogram *histogram)
{
  const DrawBins *bins = histogram->bins;
  gsize most = 0;

  layout->x_axis = (DrawAxis) { .min = 0, .max = 1, .label = histogram->x_label };
  layout->y_axis = (DrawAxis) { .min = 0, .max = 1, .integer = TRUE, .label = histogram->y_label };
  if (bins->n_bins == 0)
    return;

  for (gsize bar = 0; bar <= bins->n_bins + 1; bar++)
    most = MAX (most, get_count (bins, bar));
  layout->y_axis.max = (double) MAX (most, 1) * (1 + HEADROOM);

  /* Zero is there, unless it is farther off than all of the bins. */
  layout->x_axis.min = bins->low;
  layout->x_axis.max = bins->low + (double) bins->n_bins * bins->width;
  if (layout->x_axis.min > 0 && layout->x_axis.min < layout->x_axis.max - layout->x_axis.min)
    layout->x_axis.min = 0;
  if (layout->x_axis.max < 0 && -layout->x_axis.max < layout->x_axis.max - layout->x_axis.min)
    layout->x_axis.max = 0;
}

static void
layout_init (Layout              *layout,
             const DrawCanvas    *canvas,
             const DrawHistogram *histogram)
{
  const DrawTheme *theme = canvas->theme;
  const DrawBins *bins = histogram->bins;
  double line = draw_axes_get_line_height (canvas);
  double above, left, right;

  *layout = (Layout) { .legend = { .entries = layout->entries, .n_needed = 2 } };
  init_axes (layout, histogram);

  if (bins->n_values > 0)
    {
      layout->entries[0] = (DrawLegendEntry) {
        .label = _("Mean absolute error"),
        .value = draw_number_format_quantity (bins->mean_absolute, DIGITS, histogram->unit),
        .color = draw_theme_get_category (theme, ERROR_CATEGORY),
      };
      layout->entries[1] = (DrawLegendEntry) {
        .label = _("Median"),
        .value = format_median (histogram),
        .color = theme->foreground,
        .dashed = TRUE,
      };
      layout->legend.n_entries = 2;
      for (gsize i = 0; i < 2; i++)
        {
          double value_width;

          draw_text_measure (canvas, DRAW_TICK_SCALE, layout->entries[i].value, &value_width, NULL);
          layout->legend.value_width = MAX (layout->legend.value_width, value_width);
        }
    }

  draw_legend_layout (canvas, canvas->width, (guint) (canvas->height * LEGEND_SHARE / line), histogram->y_label,
                      &layout->legend);
  above = draw_legend_get_height (canvas, &layout->legend);

  draw_axes_layout (canvas, canvas->width, canvas->height - above, &layout->x_axis, &layout->y_axis, &layout->plot);
  layout->plot.y += above;
  if (layout->legend.n_rows == 0 && layout->y_axis.label == NULL)
    layout->legend.n_entries = 0;

  layout->tail = MAX (TAIL_SHARE * layout->plot.width, MIN_TAIL);
  left = bins->n_below > 0 ? layout->tail + TAIL_GAP : 0;
  right = bins->n_above > 0 ? layout->tail + TAIL_GAP : 0;
  layout->inner = layout->plot;
  layout->inner.x += left;
  layout->inner.width = MAX (0, layout->inner.width - left - right);

  layout->no_axis = layout->x_axis;
  layout->no_axis.n_ticks = 0;
  layout->x_axis.label = NULL;
}

/* Where a bar stands; FALSE if it does not. */
static gboolean
get_bar (const Layout   *layout,
         const DrawBins *bins,
         gsize           bar,
         DrawArea       *area)
{
  gsize count = get_count (bins, bar);
  double left, right, top;

  if (is_tail (bins, bar))
    {
      left = bar == 0 ? layout->plot.x : layout->plot.x + layout->plot.width - layout->tail;
      right = left + layout->tail;
    }
  else
    {
      double low = bins->low + (double) (bar - 1) * bins->width;

      left = draw_axes_get_x (&layout->inner, &layout->x_axis, low);
      right = draw_axes_get_x (&layout->inner, &layout->x_axis, low + bins->width);
    }

  /* Sharp edges; what there is can be seen. */
  left = round (left);
  right = round (right);
  if (right - left > MIN_BAR_FOR_GAP)
    left += 1;
  top = MIN (draw_axes_get_y (&layout->plot, &layout->y_axis, (double) count),
             layout->plot.y + layout->plot.height - 1);

  *area = (DrawArea) { left, round (top), right - left, layout->plot.y + layout->plot.height - round (top) };

  return count > 0;
}

static void
draw_tail_count (const DrawCanvas *canvas,
                 const Layout     *layout,
                 const DrawBins   *bins,
                 gsize             bar)
{
  g_autofree char *count = draw_number_format_count (get_count (bins, bar));
  g_autofree char *text = bar == 0 ? g_strconcat ("← ", count, NULL) : g_strconcat (count, " →", NULL);
  double width, line, from, to;
  DrawArea area;
  double top;

  if (!get_bar (layout, bins, bar, &area))
    return;

  draw_text_measure (canvas, DRAW_TICK_SCALE, text, &width, &line);
  from = bar == 0 ? area.x : area.x + area.width - width;
  to = from + width;
  top = area.y;

  /* Above all that it spans */
  for (gsize other = 0; other <= bins->n_bins + 1; other++)
    {
      if (get_bar (layout, bins, other, &area) && area.x < to && area.x + area.width > from)
        top = MIN (top, area.y);
    }

  if (top - TEXT_GAP - line < layout->plot.y || width > layout->plot.width / 2)
    return;

  draw_color_set_source (canvas->cr, draw_theme_get_faint (canvas->theme, DRAW_TEXT_ALPHA));
  draw_text (canvas, from, top - TEXT_GAP, DRAW_START, DRAW_END, DRAW_TICK_SCALE, text);
}

static void
draw_bar (const DrawCanvas *canvas,
          const Layout     *layout,
          const DrawBins   *bins,
          gsize             bar)
{
  cairo_t *cr = canvas->cr;
  DrawColor color = draw_theme_get_category (canvas->theme, 0);
  DrawArea area;

  if (!get_bar (layout, bins, bar, &area))
    return;

  if (is_tail (bins, bar))
    {
      draw_color_set_source (cr, color);
      draw_markers_hatch (cr, area.x, area.y, area.width, area.height);
      color.alpha = 0.25;
    }

  draw_color_set_source (cr, color);
  cairo_rectangle (cr, area.x, area.y, area.width, area.height);
  cairo_fill (cr);
}

static void
draw_vertical (cairo_t      *cr,
               const Layout *layout,
               double        value)
{
  double x = floor (draw_axes_get_x (&layout->inner, &layout->x_axis, value)) + 0.5;

  if (value < layout->x_axis.min || value > layout->x_axis.max)
    return;

  cairo_move_to (cr, x, layout->plot.y);
  cairo_line_to (cr, x, layout->plot.y + layout->plot.height);
  cairo_stroke (cr);
}

/* The median's dashes stand on paper that makes them seen on bars. */
static void
draw_lines (const DrawCanvas *canvas,
            const Layout     *layout,
            const DrawBins   *bins)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  const double dashes[] = { 4, 3 };
  double error = MIN (bins->mean_absolute, MAX (-layout->x_axis.min, layout->x_axis.max));
  double y = layout->plot.y + INTERVAL_CAP / 2 + 1;
  double low = draw_axes_get_x (&layout->inner, &layout->x_axis, MAX (-error, layout->x_axis.min));
  double high = draw_axes_get_x (&layout->inner, &layout->x_axis, MIN (error, layout->x_axis.max));

  draw_color_set_source (cr, draw_theme_get_faint (theme, 0.7));
  cairo_set_line_width (cr, 1);
  draw_vertical (cr, layout, 0);

  draw_color_set_source (cr, draw_theme_get_paper (theme));
  cairo_set_line_width (cr, 3);
  draw_vertical (cr, layout, bins->median);
  draw_color_set_source (cr, theme->foreground);
  cairo_set_line_width (cr, 1.5);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  draw_vertical (cr, layout, bins->median);
  cairo_set_dash (cr, NULL, 0, 0);

  if (high > low)
    {
      draw_color_set_source (cr, draw_theme_get_category (theme, ERROR_CATEGORY));
      cairo_set_line_width (cr, INTERVAL_WIDTH);
      draw_markers_interval (cr, low, y, high, y, INTERVAL_CAP, INTERVAL_CAP);
    }
}

void
draw_histogram (const DrawCanvas    *canvas,
                const DrawHistogram *histogram)
{
  cairo_t *cr = canvas->cr;
  g_auto(Layout) layout = { 0 };
  const DrawBins *bins;
  DrawArea area;

  g_return_if_fail (cr != NULL && canvas->theme != NULL && histogram != NULL && histogram->bins != NULL);

  bins = histogram->bins;
  layout_init (&layout, canvas, histogram);

  cairo_save (cr);
  draw_canvas_paint_background (canvas);
  draw_axes (canvas, &layout.plot, &layout.no_axis, &layout.y_axis);

  if (bins->n_values > 0 && layout.inner.width >= 1)
    {
      DrawAxis nothing = { .min = NAN, .max = NAN };

      draw_axes (canvas, &layout.inner, &layout.x_axis, &nothing);
      for (gsize bar = 0; bar <= bins->n_bins + 1; bar++)
        draw_bar (canvas, &layout, bins, bar);
      draw_lines (canvas, &layout, bins);
      draw_tail_count (canvas, &layout, bins, 0);
      draw_tail_count (canvas, &layout, bins, bins->n_bins + 1);

      if (histogram->pointer >= 0 && (gsize) histogram->pointer <= bins->n_bins + 1 &&
          get_bar (&layout, bins, (gsize) histogram->pointer, &area))
        draw_markers_outline (canvas, &area);
    }

  draw_legend (canvas, canvas->width, LEGEND_TOP, &layout.legend);
  cairo_restore (cr);
}

gboolean
draw_histogram_locate (const DrawCanvas    *canvas,
                       const DrawHistogram *histogram,
                       double               pixel_x,
                       double               pixel_y,
                       gsize               *bar)
{
  g_auto(Layout) layout = { 0 };
  const DrawBins *bins;

  g_return_val_if_fail (canvas->cr != NULL && canvas->theme != NULL, FALSE);
  g_return_val_if_fail (histogram != NULL && histogram->bins != NULL, FALSE);

  bins = histogram->bins;
  layout_init (&layout, canvas, histogram);
  if (pixel_y < layout.plot.y || pixel_y > layout.plot.y + layout.plot.height)
    return FALSE;

  for (gsize i = 0; i <= bins->n_bins + 1; i++)
    {
      DrawArea area;

      /* An empty bin is one, too; an empty tail is not there. */
      if (bins->n_values == 0 || (!get_bar (&layout, bins, i, &area) && is_tail (bins, i)))
        continue;

      /* The gap before it is its own. */
      if (pixel_x >= area.x - 1 && pixel_x < area.x + area.width)
        {
          if (bar != NULL)
            *bar = i;
          return TRUE;
        }
    }

  return FALSE;
}

static char *
describe_bar (const DrawHistogram *histogram,
              gsize                bar)
{
  const DrawBins *bins = histogram->bins;
  const DrawAxis axis = { .min = bins->low, .max = bins->low + (double) bins->n_bins * bins->width };
  gsize n = get_count (bins, bar);
  g_autofree char *count = draw_number_format_count (n);
  g_autofree char *low = draw_axis_format (&axis, bins->low + ((double) bar - 1) * bins->width, bins->width);
  g_autofree char *high = draw_axis_format (&axis, bins->low + (double) bar * bins->width, bins->width);
  g_autofree char *low_value = draw_number_append_unit (g_strdup (low), histogram->unit);
  g_autofree char *high_value = draw_number_append_unit (g_strdup (high), histogram->unit);

  /* Translators: a count and a value with its unit */
  if (bar == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s sample below %s", "%s samples below %s", n),
                            count, high_value);
  if (bar > bins->n_bins)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s sample above %s", "%s samples above %s", n),
                            count, low_value);

  /* Translators: a count and two values: "1,204 samples from 0.00 to 0.02 eV" */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s sample from %s to %s", "%s samples from %s to %s", n),
                          count, low, high_value);
}

char *
draw_histogram_describe (const DrawHistogram *histogram)
{
  const DrawBins *bins;
  g_autofree char *count = NULL;
  g_autofree char *median = NULL;
  g_autofree char *error = NULL;
  GString *words;

  g_return_val_if_fail (histogram != NULL && histogram->bins != NULL, NULL);

  bins = histogram->bins;
  if (bins->n_values == 0)
    return g_strdup (_("No residuals yet"));
  if (histogram->pointer >= 0 && (gsize) histogram->pointer <= bins->n_bins + 1)
    return describe_bar (histogram, (gsize) histogram->pointer);

  count = draw_number_format_count (bins->n_values);
  median = format_median (histogram);
  error = draw_number_format_quantity (bins->mean_absolute, DIGITS, histogram->unit);
  words = g_string_new (NULL);
  /* Translators: a count and two values with their unit */
  g_string_append_printf (words, g_dngettext (GETTEXT_PACKAGE,
                                              "Residual of %s sample: median %s, mean absolute error %s",
                                              "Residuals of %s samples: median %s, mean absolute error %s",
                                              bins->n_values), count, median, error);

  for (guint i = 0; i < 2; i++)
    {
      gsize tail = i == 0 ? 0 : bins->n_bins + 1;

      if (get_count (bins, tail) > 0)
        {
          g_autofree char *text = describe_bar (histogram, tail);

          g_string_append_printf (words, "; %s", text);
        }
    }

  return g_string_free (words, FALSE);
}
