/* pz-result-chart.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "draw/draw-comparison.h"
#include "draw/draw-error-by-group.h"
#include "draw/draw-histogram.h"
#include "draw/draw-learning-curve.h"
#include "molecules/mol-element.h"
#include "widgets/results/pz-parity-chart.h"
#include "widgets/results/pz-result-chart.h"
#include "widgets/results/pz-result-words.h"

struct _PzResultChart
{
  PzResultKind      kind;
  PzPredictions    *predictions;      /* (nullable): of a learning curve */
  gsize             t;
  const char       *unit;             /* (nullable) */
  GPtrArray        *texts;            /* owned: labels */
  GArray           *references;       /* of DrawReference */

  PzParityChart    *parity;

  /* Bars */
  DrawBins          bins;
  DrawHistogram     histogram;
  DrawGroup        *groups;
  DrawErrorByGroup  grouped;
  GArray           *rows;             /* of DrawRow */
  DrawComparison    listed;

  GArray           *points;           /* of DrawLearningCurvePoint */
  DrawLearningCurve learning;
};

/* (transfer none): @text, which the chart takes */
static const char *
keep_text (PzResultChart *self,
           char          *text)
{
  g_ptr_array_add (self->texts, text);

  return text;
}

static void
add_reference (PzResultChart *self,
               double         value,
               const char    *label)
{
  DrawReference reference = { value, label };

  if (isfinite (value))
    g_array_append_val (self->references, reference);
}

static PzResultChart *
new_chart (PzResultKind kind,
           gsize        t)
{
  PzResultChart *self = g_new0 (PzResultChart, 1);

  self->kind = kind;
  self->t = t;
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->references = g_array_new (FALSE, FALSE, sizeof (DrawReference));

  return self;
}

/* --- what is shown --- */

static void
make_residuals (const PzResultChart *self,
                double              *residuals)
{
  for (gsize i = 0; i < self->predictions->n; i++)
    residuals[i] = (double) self->predictions->h[i * self->predictions->n_targets + self->t]
                   - (double) self->predictions->y[i * self->predictions->n_targets + self->t];
}

static void
fill_residuals (PzResultChart *self)
{
  g_autofree double *residuals = g_new (double, self->predictions->n);

  make_residuals (self, residuals);
  draw_bins_init (&self->bins, residuals, self->predictions->n);
  self->histogram = (DrawHistogram) {
    .bins = &self->bins,
    .x_label = keep_text (self, pz_result_words_dup_label (_("Predicted − true"), self->unit)),
    .y_label = _("Molecules"),
    .unit = self->unit,
  };
}

static void
fill_groups (PzResultChart *self,
             GArray        *from,
             const char    *x_label)
{
  const guint n = from != NULL ? from->len : 0;

  self->groups = g_new0 (DrawGroup, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    {
      const PzErrorGroup *group = &g_array_index (from, PzErrorGroup, i);
      char *label = self->kind == PZ_RESULT_ELEMENTS ? g_strdup (mol_element_get_symbol (group->key)) :
                    g_strdup_printf ("%u", group->key);

      /* Of one molecule there is no spread. */
      self->groups[i] = (DrawGroup) {
        .label = keep_text (self, label),
        .value = group->metrics.mae,
        .low = group->metrics.mae_low,
        .high = group->metrics.mae_high,
        .n = group->metrics.n,
      };
    }

  self->grouped = (DrawErrorByGroup) {
    .groups = self->groups,
    .n_groups = n,
    .references = (const DrawReference *) (gpointer) self->references->data,
    .n_references = self->references->len,
    .x_label = x_label,
    .y_label = keep_text (self, pz_result_words_dup_label (_("Mean absolute error"), self->unit)),
    .unit = self->unit,
  };
}

static void
add_row (PzResultChart *self,
         const char    *name,
         double         value,
         double         low,
         double         high,
         const char    *source,
         DrawRowKind    kind)
{
  DrawRow row = { name, value, low, high, source, kind };

  if (value > 0.0 && isfinite (value))
    g_array_append_val (self->rows, row);
}

static void
fill_literature (PzResultChart *self)
{
  const PzPredictions *p = self->predictions;
  const MlpRegressionMetrics *metrics = &p->target_metrics[self->t];
  const MolTarget *target = pz_result_words_get_target (p->set->task, self->t);

  self->rows = g_array_new (FALSE, FALSE, sizeof (DrawRow));
  add_row (self, _("This network"), metrics->mae, metrics->mae_low, metrics->mae_high, NULL, DRAW_ROW_OWN);
  add_row (self, _("Mean baseline"), metrics->mean_mae, (double) NAN, (double) NAN, NULL, DRAW_ROW_BASELINE);

  if (target != NULL && pz_result_words_compares (p->set))
    {
      const double factor = mol_target_get_published_factor (target, p->set->task->unit);

      for (const MolPublished *row = target->published; row->method != NULL; row++)
        add_row (self, row->method, factor * row->mae, (double) NAN, (double) NAN,
                 MOL_PUBLISHED_SOURCE, DRAW_ROW_PUBLISHED);
    }

  self->listed = (DrawComparison) {
    .rows = (const DrawRow *) (gpointer) self->rows->data,
    .n_rows = self->rows->len,
    .references = (const DrawReference *) (gpointer) self->references->data,
    .n_references = self->references->len,
    .x_label = keep_text (self, pz_result_words_dup_label (_("Mean absolute error"), self->unit)),
    .unit = self->unit,
  };
}

PzResultChart *
pz_result_chart_new (PzResultKind   kind,
                     PzPredictions *predictions,
                     gsize          t)
{
  PzResultChart *self;
  double accuracy;

  g_return_val_if_fail (kind < PZ_RESULT_LEARNING, NULL);
  g_return_val_if_fail (predictions != NULL && t < predictions->n_targets, NULL);

  self = new_chart (kind, t);
  self->predictions = pz_predictions_ref (predictions);
  self->unit = pz_predictions_get_unit (predictions, t);
  accuracy = pz_result_words_get_accuracy (predictions->set->task, t);
  add_reference (self, accuracy, _("Chemical accuracy"));

  switch (kind)
    {
    case PZ_RESULT_PARITY:
      self->parity = pz_parity_chart_new (predictions, t);
      break;

    case PZ_RESULT_RESIDUALS:
      fill_residuals (self);
      break;

    case PZ_RESULT_HEAVY_ATOMS:
      add_reference (self, predictions->target_metrics[t].mean_mae, _("Mean baseline"));
      fill_groups (self, predictions->by_heavy_atoms != NULL ? predictions->by_heavy_atoms[t] : NULL,
                   _("Heavy atoms"));
      break;

    case PZ_RESULT_ELEMENTS:
      add_reference (self, predictions->target_metrics[t].mean_mae, _("Mean baseline"));
      fill_groups (self, predictions->by_element != NULL ? predictions->by_element[t] : NULL,
                   _("Element contained"));
      break;

    case PZ_RESULT_LITERATURE:
      fill_literature (self);
      break;

    case PZ_RESULT_LEARNING:
    default:
      g_assert_not_reached ();
    }

  return self;
}

PzResultChart *
pz_result_chart_new_learning (PzLearning *learning,
                              gsize       t)
{
  GPtrArray *points = pz_learning_peek_points (learning);
  const DsSet *set = pz_learning_peek_set (learning);
  const MolTarget *target;
  PzResultChart *self;

  if (set == NULL || points->len == 0
      || t >= ((const PzLearningPoint *) g_ptr_array_index (points, 0))->n_targets)
    return NULL;

  self = new_chart (PZ_RESULT_LEARNING, t);
  target = pz_result_words_get_target (set->task, t);
  self->unit = pz_result_words_get_unit (set->task, t);
  self->points = g_array_new (FALSE, FALSE, sizeof (DrawLearningCurvePoint));

  for (guint i = 0; i < points->len; i++)
    {
      const PzLearningPoint *from = g_ptr_array_index (points, i);
      DrawLearningCurvePoint point = { (double) from->n_train, from->target_metrics[t].mae,
                                       from->target_metrics[t].mae_low, from->target_metrics[t].mae_high };

      g_array_append_val (self->points, point);
    }

  add_reference (self, pz_result_words_get_accuracy (set->task, t), _("Chemical accuracy"));
  if (target != NULL && pz_result_words_compares (set))
    for (const MolPublished *row = target->published; row->method != NULL; row++)
      add_reference (self, row->mae * mol_target_get_published_factor (target, set->task->unit), row->method);

  self->learning = (DrawLearningCurve) {
    .points = (const DrawLearningCurvePoint *) (gpointer) self->points->data,
    .n_points = self->points->len,
    .references = (const DrawReference *) (gpointer) self->references->data,
    .n_references = self->references->len,
    .x_label = _("Training molecules"),
    .y_label = keep_text (self, pz_result_words_dup_label (_("Mean absolute error"), self->unit)),
    .unit = self->unit,
  };

  return self;
}

void
pz_result_chart_free (PzResultChart *self)
{
  g_clear_pointer (&self->parity, pz_parity_chart_free);
  g_clear_pointer (&self->predictions, pz_predictions_unref);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->points, g_array_unref);
  draw_bins_clear (&self->bins);
  g_free (self->groups);
  g_array_unref (self->references);
  g_ptr_array_unref (self->texts);
  g_free (self);
}

PzResultKind
pz_result_chart_get_kind (const PzResultChart *self)
{
  return self->kind;
}

/* --- drawing --- */

static void
set_pointer (PzResultChart *self,
             gssize         pointer)
{
  self->histogram.pointer = pointer;
  self->grouped.pointer = pointer;
  self->listed.pointer = pointer;
  self->learning.pointer = pointer;
}

void
pz_result_chart_draw (PzResultChart    *self,
                      const DrawCanvas *canvas,
                      double            scale,
                      gssize            pointer)
{
  set_pointer (self, pointer);

  switch (self->kind)
    {
    case PZ_RESULT_PARITY:
      pz_parity_chart_draw (self->parity, canvas, scale, pointer);
      break;

    case PZ_RESULT_RESIDUALS:
      draw_histogram (canvas, &self->histogram);
      break;

    case PZ_RESULT_HEAVY_ATOMS:
    case PZ_RESULT_ELEMENTS:
      draw_error_by_group (canvas, &self->grouped);
      break;

    case PZ_RESULT_LITERATURE:
      draw_comparison (canvas, &self->listed);
      break;

    case PZ_RESULT_LEARNING:
      draw_learning_curve (canvas, &self->learning);
      break;

    default:
      g_assert_not_reached ();
    }
}

void
pz_result_chart_export (const DrawCanvas *canvas,
                        gpointer          chart)
{
  PzResultChart *self = chart;

  if (self->kind == PZ_RESULT_PARITY)
    pz_parity_chart_export (self->parity, canvas);
  else
    pz_result_chart_draw (self, canvas, 1.0, -1);
}

/* --- pointing --- */

gssize
pz_result_chart_locate (PzResultChart    *self,
                        const DrawCanvas *canvas,
                        double            x,
                        double            y)
{
  gsize item = 0;
  gboolean found = FALSE;

  switch (self->kind)
    {
    case PZ_RESULT_PARITY:
      return pz_parity_chart_locate (self->parity, x, y);

    case PZ_RESULT_RESIDUALS:
      found = draw_histogram_locate (canvas, &self->histogram, x, y, &item);
      break;

    case PZ_RESULT_HEAVY_ATOMS:
    case PZ_RESULT_ELEMENTS:
      found = draw_error_by_group_locate (canvas, &self->grouped, x, y, &item);
      break;

    case PZ_RESULT_LITERATURE:
      found = draw_comparison_locate (canvas, &self->listed, x, y, &item);
      break;

    case PZ_RESULT_LEARNING:
      found = draw_learning_curve_locate (canvas, &self->learning, x, y, &item);
      break;

    default:
      g_assert_not_reached ();
    }

  return found ? (gssize) item : -1;
}

gsize
pz_result_chart_get_n_items (const PzResultChart *self)
{
  switch (self->kind)
    {
    case PZ_RESULT_PARITY:
      return self->predictions->n;

    case PZ_RESULT_RESIDUALS:
      return self->bins.n_bins > 0 ? self->bins.n_bins + 2 : 0;

    case PZ_RESULT_HEAVY_ATOMS:
    case PZ_RESULT_ELEMENTS:
      return self->grouped.n_groups;

    case PZ_RESULT_LITERATURE:
      return self->listed.n_rows;

    case PZ_RESULT_LEARNING:
      return self->learning.n_points;

    default:
      g_assert_not_reached ();
    }
}

gssize
pz_result_chart_step (PzResultChart *self,
                      gssize         pointer,
                      int            by)
{
  const gssize n = (gssize) pz_result_chart_get_n_items (self);

  if (n == 0)
    return -1;
  if (self->kind == PZ_RESULT_PARITY)
    return pz_parity_chart_step (self->parity, pointer, by);

  return pointer < 0 ? 0 : CLAMP (pointer + by, 0, n - 1);
}

char *
pz_result_chart_describe (PzResultChart *self,
                          gssize         pointer)
{
  set_pointer (self, pointer);

  switch (self->kind)
    {
    case PZ_RESULT_PARITY:
      return pointer < 0 ? pz_parity_chart_describe (self->parity)
                         : pz_result_words_describe_sample (self->predictions, self->t, (gsize) pointer);

    case PZ_RESULT_RESIDUALS:
      return draw_histogram_describe (&self->histogram);

    case PZ_RESULT_HEAVY_ATOMS:
    case PZ_RESULT_ELEMENTS:
      return draw_error_by_group_describe (&self->grouped);

    case PZ_RESULT_LITERATURE:
      return draw_comparison_describe (&self->listed);

    case PZ_RESULT_LEARNING:
      return draw_learning_curve_describe (&self->learning);

    default:
      g_assert_not_reached ();
    }
}

PzParityChart *
pz_result_chart_get_parity (PzResultChart *self)
{
  return self->parity;
}
