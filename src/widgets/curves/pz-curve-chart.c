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
get_parts (const PzCurveChart  *picture,
           const PzCurveSeries *parts[2])
{
  const gboolean only_loss = picture->quality->kind == PZ_CURVE_LOSS;
  guint n = 0;

  if (picture->show != PZ_CURVE_SHOW_ACCURACY || only_loss)
    parts[n++] = picture->loss;
  if (picture->show != PZ_CURVE_SHOW_LOSS && !only_loss)
    parts[n++] = picture->quality;

  return n;
}

static void
fill_curve (const PzCurveChart  *picture,
            const PzCurveSeries *part,
            DrawCurve           *curve)
{
  gboolean percent = part->kind == PZ_CURVE_ACCURACY;

  *curve = (DrawCurve) {
    .series = part->series,
    .n_series = part->n_series,
    .x_label = _("Epoch"),
    .y_label = part->title,
    .log = !percent && picture->log,
    .percent = percent,
    .smoothing = picture->smoothing,
    .x_min = picture->x_min,
    .x_max = picture->x_max,
    .mark_x = part->best_epoch > 0 ? part->best_epoch : NAN,
    /* Translators: beside the mark of the best epoch */
    .mark_label = _("Best"),
    .pointer_x = picture->pointer > 0 ? picture->pointer : NAN,
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
lay_out (const PzCurveChart *picture,
         const DrawCanvas   *canvas,
         Part                layout[2])
{
  const PzCurveSeries *parts[2];
  guint n = get_parts (picture, parts);
  double part_height = MAX ((canvas->height - GAP * (n - 1.0)) / n, 1.0);
  double left[2];

  for (guint i = 0; i < n; i++)
    {
      fill_curve (picture, parts[i], &layout[i].curve);
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
pz_curve_chart_update (PzCurveChart *picture,
                       GListModel   *runs)
{
  g_clear_pointer (&picture->loss, pz_curve_series_free);
  g_clear_pointer (&picture->quality, pz_curve_series_free);
  picture->loss = pz_curve_series_new (runs, PZ_CURVE_LOSS);
  picture->quality = pz_curve_series_new (runs, pz_curve_series_get_kind (runs));
}

void
pz_curve_chart_clear (PzCurveChart *picture)
{
  g_clear_pointer (&picture->loss, pz_curve_series_free);
  g_clear_pointer (&picture->quality, pz_curve_series_free);
}

void
pz_curve_chart_draw (const PzCurveChart *picture,
                     const DrawCanvas   *canvas,
                     gboolean            pointer)
{
  cairo_t *cr = canvas->cr;
  Part layout[2];
  guint n = lay_out (picture, canvas, layout);

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
pz_curve_chart_locate (const PzCurveChart *picture,
                       const DrawTheme    *theme,
                       double              width,
                       double              height,
                       double              x,
                       double              y,
                       double             *epoch)
{
  const DrawCanvas canvas = { pz_theme_create_measure (), theme, width, height };
  Part layout[2];
  guint n = lay_out (picture, &canvas, layout);
  const Part *part = &layout[n > 1 && y > layout[1].area.y - GAP / 2.0 ? 1 : 0];
  const DrawCanvas part_canvas = { canvas.cr, theme, part->area.width, part->area.height };
  gboolean inside;

  inside = draw_curve_locate (&part_canvas, &part->curve, x - part->area.x, y - part->area.y, epoch);
  cairo_destroy (canvas.cr);

  return inside;
}

char *
pz_curve_chart_describe (const PzCurveChart *picture)
{
  const PzCurveSeries *parts[2];
  guint n = get_parts (picture, parts);
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = picture->pointer > 0
                              ? pz_curve_series_read (parts[i], picture->pointer)
                              : pz_curve_series_describe (parts[i]);

      if (i > 0)
        g_string_append_c (words, '\n');
      g_string_append (words, text);
    }

  return g_string_free (words, FALSE);
}

gboolean
pz_curve_chart_get_zoomed (const PzCurveChart *picture)
{
  return !isnan (picture->x_min);
}

void
pz_curve_chart_get_whole (const PzCurveChart *picture,
                          double             *min,
                          double             *max)
{
  *min = INFINITY;
  *max = -INFINITY;

  for (gsize i = 0; i < picture->loss->n_series; i++)
    {
      const DrawCurveSeries *series = &picture->loss->series[i];

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
pz_curve_chart_get_range (const PzCurveChart *picture,
                          double             *min,
                          double             *max)
{
  pz_curve_chart_get_whole (picture, min, max);
  if (pz_curve_chart_get_zoomed (picture))
    {
      *min = picture->x_min;
      *max = picture->x_max;
    }
}

void
pz_curve_chart_set_range (PzCurveChart *picture,
                          double        min,
                          double        max)
{
  double whole_min, whole_max, span, middle;

  pz_curve_chart_get_whole (picture, &whole_min, &whole_max);

  /* Two epochs are the least that makes a line. */
  span = MAX (max - min, 1.0);
  if (!(span < whole_max - whole_min))
    {
      picture->x_min = NAN;
      picture->x_max = NAN;
      return;
    }

  middle = CLAMP ((min + max) / 2.0, whole_min + span / 2.0, whole_max - span / 2.0);
  picture->x_min = middle - span / 2.0;
  picture->x_max = middle + span / 2.0;
}
