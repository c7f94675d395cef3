/* pz-curve-chart.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "draw/draw-curve.h"
#include "widgets/common/pz-theme.h"
#include "widgets/curves/pz-curve-chart.h"

/* Between two plots. */
#define GAP 12                /* pixels */

G_DEFINE_ENUM_TYPE (PzCurveShow, pz_curve_show,
                    G_DEFINE_ENUM_VALUE (PZ_CURVE_SHOW_LOSS, "loss"),
                    G_DEFINE_ENUM_VALUE (PZ_CURVE_SHOW_ACCURACY, "accuracy"),
                    G_DEFINE_ENUM_VALUE (PZ_CURVE_SHOW_BOTH, "both"))

/* What is drawn, from the top; returns how many. */
static guint
get_parts (const PzCurveChart  *chart,
           const PzCurveSeries *parts[2])
{
  const gboolean only_loss = chart->quality->kind == PZ_CURVE_LOSS;
  guint n = 0;

  if (chart->show != PZ_CURVE_SHOW_ACCURACY || only_loss)
    parts[n++] = chart->loss;
  if (chart->show != PZ_CURVE_SHOW_LOSS && !only_loss)
    parts[n++] = chart->quality;

  return n;
}

static void
fill_curve (const PzCurveChart  *chart,
            const PzCurveSeries *part,
            DrawCurve           *curve)
{
  gboolean percent = part->kind == PZ_CURVE_ACCURACY;

  *curve = (DrawCurve) {
    .series = part->series,
    .n_series = part->n_series,
    .x_label = _("Epoch"),
    .y_label = part->title,
    .log = !percent && chart->log,
    .percent = percent,
    .smoothing = chart->smoothing,
    .x_min = chart->x_min,
    .x_max = chart->x_max,
    .mark_x = part->best_epoch > 0 ? part->best_epoch : NAN,
    /* Translators: beside the mark of the best epoch */
    .mark_label = _("Best"),
    .pointer_x = chart->pointer > 0 ? chart->pointer : NAN,
  };
}

/* One plot, and its place. */
typedef struct
{
  DrawCurve curve;
  DrawArea  area;
} Part;

/* Two plots are of equal height, and their epochs stand under each other however
 * long the numbers beside them are. Returns how many there are.
 */
static guint
lay_out (const PzCurveChart *chart,
         const DrawCanvas   *canvas,
         Part                layout[2])
{
  const PzCurveSeries *parts[2];
  guint n = get_parts (chart, parts);
  double part_height = MAX ((canvas->height - GAP * (n - 1.0)) / n, 1.0);
  double left[2];

  for (guint i = 0; i < n; i++)
    {
      fill_curve (chart, parts[i], &layout[i].curve);
      if (i + 1 < n)
        layout[i].curve.x_label = NULL;
      layout[i].area = (DrawArea) {
        0.0, i *(part_height + GAP), canvas->width, part_height
      };
    }
  if (n == 1)
    return 1;

  for (guint i = 0; i < n; i++)
    {
      const DrawCanvas part = { canvas->cr, canvas->theme, canvas->width, part_height };
      DrawArea plot;

      draw_curve_get_plot (&part, &layout[i].curve, &plot);
      left[i] = plot.x;
    }
  for (guint i = 0; i < n; i++)
    {
      layout[i].area.x = MAX (left[0], left[1]) - left[i];
      layout[i].area.width -= layout[i].area.x;
    }

  return n;
}

void
pz_curve_chart_update (PzCurveChart *chart,
                       GListModel   *runs)
{
  g_clear_pointer (&chart->loss, pz_curve_series_free);
  g_clear_pointer (&chart->quality, pz_curve_series_free);
  chart->loss = pz_curve_series_new (runs, PZ_CURVE_LOSS);
  chart->quality = pz_curve_series_new (runs, pz_curve_series_get_kind (runs));
}

void
pz_curve_chart_clear (PzCurveChart *chart)
{
  g_clear_pointer (&chart->loss, pz_curve_series_free);
  g_clear_pointer (&chart->quality, pz_curve_series_free);
}

void
pz_curve_chart_draw (const PzCurveChart *chart,
                     const DrawCanvas   *canvas,
                     gboolean            pointer)
{
  cairo_t *cr = canvas->cr;
  Part layout[2];
  guint n = lay_out (chart, canvas, layout);

  for (guint i = 0; i < n; i++)
    {
      const DrawArea *area = &layout[i].area;
      const DrawCanvas part = { cr, canvas->theme, area->width, area->height };

      if (!pointer)
        layout[i].curve.pointer_x = NAN;
      cairo_save (cr);
      cairo_translate (cr, area->x, area->y);
      draw_curve (&part, &layout[i].curve);
      cairo_restore (cr);
    }
}

gboolean
pz_curve_chart_locate (const PzCurveChart *chart,
                       const DrawTheme    *theme,
                       double              width,
                       double              height,
                       double              x,
                       double              y,
                       double             *epoch)
{
  const DrawCanvas canvas = { pz_theme_create_measure (), theme, width, height };
  Part layout[2];
  guint n = lay_out (chart, &canvas, layout);
  const Part *part = &layout[n > 1 && y > layout[1].area.y - GAP / 2.0 ? 1 : 0];
  const DrawCanvas part_canvas = { canvas.cr, theme, part->area.width, part->area.height };
  gboolean inside;

  inside = draw_curve_locate (&part_canvas, &part->curve, x - part->area.x, y - part->area.y, epoch);
  cairo_destroy (canvas.cr);

  return inside;
}

char *
pz_curve_chart_describe (const PzCurveChart *chart)
{
  const PzCurveSeries *parts[2];
  guint n = get_parts (chart, parts);
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = chart->pointer > 0
                              ? pz_curve_series_read (parts[i], chart->pointer)
                              : pz_curve_series_describe (parts[i]);

      if (i > 0)
        g_string_append_c (words, '\n');
      g_string_append (words, text);
    }

  return g_string_free (words, FALSE);
}

gboolean
pz_curve_chart_get_zoomed (const PzCurveChart *chart)
{
  return !isnan (chart->x_min);
}

void
pz_curve_chart_get_whole (const PzCurveChart *chart,
                          double             *min,
                          double             *max)
{
  *min = INFINITY;
  *max = -INFINITY;

  for (gsize i = 0; i < chart->loss->n_series; i++)
    {
      const DrawCurveSeries *series = &chart->loss->series[i];

      *min = MIN (*min, draw_curve_series_get_x (series, 0));
      *max = MAX (*max, draw_curve_series_get_x (series, series->n_values - 1));
    }

  if (!(*min < *max))
    {
      *min = isfinite (*min) ? *min : 1.0;
      *max = *min + 1.0;
    }
}

void
pz_curve_chart_get_range (const PzCurveChart *chart,
                          double             *min,
                          double             *max)
{
  pz_curve_chart_get_whole (chart, min, max);
  if (pz_curve_chart_get_zoomed (chart))
    {
      *min = chart->x_min;
      *max = chart->x_max;
    }
}

void
pz_curve_chart_set_range (PzCurveChart *chart,
                          double        min,
                          double        max)
{
  double whole_min, whole_max, span, middle;

  pz_curve_chart_get_whole (chart, &whole_min, &whole_max);

  /* Two epochs are the least that makes a line. */
  span = MAX (max - min, 1.0);
  if (!(span < whole_max - whole_min))
    {
      chart->x_min = NAN;
      chart->x_max = NAN;
      return;
    }

  middle = CLAMP ((min + max) / 2.0, whole_min + span / 2.0, whole_max - span / 2.0);
  chart->x_min = middle - span / 2.0;
  chart->x_max = middle + span / 2.0;
}
