/* pz-parity-chart.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "draw/draw-color.h"
#include "draw/draw-scatter.h"
#include "widgets/results/pz-parity-chart.h"
#include "widgets/results/pz-result-words.h"

/* The nearest that points can be looked at, of all that is shown. */
#define LEAST_SPAN 1e-3

struct _PzParityChart
{
  PzPredictions   *predictions;
  gsize            t;                /* the target */
  gsize            n;
  double          *truth;
  double          *predicted;
  char            *x_label;
  char            *y_label;
  DrawScatter      scatter;

  guint32         *rank;             /* (nullable): where each is in the order of errors */

  DrawScatterPlot *plot;             /* (nullable): of this size, part and theme: */
  double           plot_width;
  double           plot_height;
  double           plot_scale;
  DrawTheme        plot_theme;
};

PzParityChart *
pz_parity_chart_new (PzPredictions *p,
                     gsize          t)
{
  PzParityChart *self = g_new0 (PzParityChart, 1);
  const char *unit = pz_predictions_get_unit (p, t);
  const double accuracy = pz_result_words_get_accuracy (p->set->task, t);
  g_autofree char *title = pz_result_words_dup_title (p->set->task, p->set->class_names, t);
  g_autofree char *x_title = g_strdup_printf (_("%s, true"), title);
  g_autofree char *y_title = g_strdup_printf (_("%s, predicted"), title);

  self->predictions = pz_predictions_ref (p);
  self->t = t;
  self->n = p->n;
  self->truth = g_new (double, p->n);
  self->predicted = g_new (double, p->n);
  for (gsize i = 0; i < p->n; i++)
    {
      self->truth[i] = (double) p->y[i * p->n_targets + t];
      self->predicted[i] = (double) p->h[i * p->n_targets + t];
    }

  self->x_label = pz_result_words_dup_label (x_title, unit);
  self->y_label = pz_result_words_dup_label (y_title, unit);
  self->scatter = (DrawScatter) {
    .truth = self->truth,
    .predicted = self->predicted,
    .n_points = p->n,
    .x_label = self->x_label,
    .y_label = self->y_label,
    .unit = unit,
    .band = isfinite (accuracy) ? accuracy : 0.0,
    .band_label = _("Chemical accuracy"),
  };

  return self;
}

void
pz_parity_chart_free (PzParityChart *self)
{
  g_clear_pointer (&self->plot, draw_scatter_plot_free);
  g_free (self->truth);
  g_free (self->predicted);
  g_free (self->x_label);
  g_free (self->y_label);
  g_free (self->rank);
  pz_predictions_unref (self->predictions);
  g_free (self);
}

static gboolean
same_color (DrawColor a,
            DrawColor b)
{
  return a.red == b.red && a.green == b.green && a.blue == b.blue && a.alpha == b.alpha;
}

static gboolean
same_theme (const DrawTheme *a,
            const DrawTheme *b)
{
  return same_color (a->foreground, b->foreground) && same_color (a->background, b->background)
         && a->dark == b->dark && a->high_contrast == b->high_contrast
         && a->font_size == b->font_size && g_str_equal (a->font_family, b->font_family);
}

/* Counting 130,000 points is for once, not for each time the pointer moves. */
static void
prepare_plot (PzParityChart    *self,
              const DrawCanvas *canvas,
              double            scale)
{
  const DrawTheme *theme = canvas->theme;

  if (self->plot != NULL && self->plot_width == canvas->width && self->plot_height == canvas->height
      && self->plot_scale == scale && same_theme (&self->plot_theme, theme))
    return;

  g_clear_pointer (&self->plot, draw_scatter_plot_free);
  self->plot = draw_scatter_plot_new (canvas, scale, &self->scatter);
  self->plot_width = canvas->width;
  self->plot_height = canvas->height;
  self->plot_scale = scale;
  self->plot_theme = *theme;
}

void
pz_parity_chart_draw (PzParityChart    *self,
                      const DrawCanvas *canvas,
                      double            scale,
                      gssize            pointer)
{
  prepare_plot (self, canvas, scale);
  draw_scatter_plot (canvas, self->plot, pointer);
}

void
pz_parity_chart_export (const PzParityChart *self,
                        const DrawCanvas    *canvas)
{
  draw_scatter (canvas, &self->scatter);
}

gssize
pz_parity_chart_locate (PzParityChart *self,
                        double         x,
                        double         y)
{
  return self->plot != NULL ? draw_scatter_plot_find (self->plot, x, y) : -1;
}

char *
pz_parity_chart_describe (const PzParityChart *self)
{
  return draw_scatter_describe (&self->scatter);
}

/* The keyboard goes from the largest error to the smaller ones. */
gssize
pz_parity_chart_step (PzParityChart *self,
                      gssize         pointer,
                      int            by)
{
  const guint32 *order = self->predictions->order + self->t * self->n;

  if (self->n == 0)
    return -1;

  if (self->rank == NULL)
    {
      self->rank = g_new (guint32, self->n);
      for (gsize i = 0; i < self->n; i++)
        self->rank[order[i]] = (guint32) i;
    }

  return (gssize) order[pointer < 0 ? 0 : CLAMP ((gssize) self->rank[pointer] + by, 0, (gssize) self->n - 1)];
}

/* --- a part of the points --- */

static gboolean
show_part (PzParityChart *self,
           double         x_min,
           double         y_min,
           double         span)
{
  DrawScatter whole = self->scatter;
  double min, most;

  whole.span = 0.0;
  draw_scatter_get_range (&whole, &min, &most);

  if (span >= most)
    return pz_parity_chart_reset_zoom (self);

  span = MAX (span, LEAST_SPAN * most);
  self->scatter.span = span;
  self->scatter.x_min = CLAMP (x_min, min, min + most - span);
  self->scatter.y_min = CLAMP (y_min, min, min + most - span);
  g_clear_pointer (&self->plot, draw_scatter_plot_free);

  return TRUE;
}

/* What is shown now. */
static void
get_part (const PzParityChart *self,
          double              *x_min,
          double              *y_min,
          double              *span)
{
  *x_min = self->scatter.x_min;
  *y_min = self->scatter.y_min;
  *span = self->scatter.span;
  if (*span > 0.0)
    return;

  draw_scatter_get_range (&self->scatter, x_min, span);
  *y_min = *x_min;
}

gboolean
pz_parity_chart_zoom (PzParityChart *self,
                      double         x,
                      double         y,
                      double         factor)
{
  double x_min, y_min, span, truth, predicted;

  if (self->plot == NULL)
    return FALSE;

  get_part (self, &x_min, &y_min, &span);
  if (!draw_scatter_plot_locate (self->plot, x, y, &truth, &predicted))
    {
      truth = x_min + span / 2.0;
      predicted = y_min + span / 2.0;
    }

  return show_part (self, truth - (truth - x_min) * factor, predicted - (predicted - y_min) * factor,
                    span * factor);
}

gboolean
pz_parity_chart_pan (PzParityChart *self,
                     double         from_x,
                     double         from_y,
                     double         to_x,
                     double         to_y)
{
  double x_min, y_min, span, x[2], y[2];

  if (self->scatter.span <= 0.0 || self->plot == NULL
      || !draw_scatter_plot_locate (self->plot, from_x, from_y, &x[0], &y[0])
      || !draw_scatter_plot_locate (self->plot, to_x, to_y, &x[1], &y[1]))
    return FALSE;

  get_part (self, &x_min, &y_min, &span);

  return show_part (self, x_min + x[0] - x[1], y_min + y[0] - y[1], span);
}

gboolean
pz_parity_chart_reset_zoom (PzParityChart *self)
{
  if (self->scatter.span <= 0.0)
    return FALSE;

  self->scatter.span = 0.0;
  g_clear_pointer (&self->plot, draw_scatter_plot_free);

  return TRUE;
}
