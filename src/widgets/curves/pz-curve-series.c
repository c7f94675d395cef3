/* pz-curve-series.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "draw/draw-number.h"
#include "widgets/common/pz-mae.h"
#include "widgets/curves/pz-curve-series.h"

/* More earlier runs than these would fill the legend. */
#define MAX_NAMED 1

/* The trend is told from this many epochs before the last one… */
#define TREND_EPOCHS 5

/* …and a change smaller than this share is none. */
#define TREND_LEVEL 0.01

static double
get_value (const MlpEpoch *epoch,
           PzCurveKind     kind,
           gboolean        validation)
{
  switch (kind)
    {
    case PZ_CURVE_LOSS:
      return validation ? epoch->validation_loss : epoch->train_loss;

    case PZ_CURVE_MAE:
      return validation ? epoch->validation_mae : epoch->train_mae;

    case PZ_CURVE_ACCURACY:
    default:
      return validation ? epoch->validation_accuracy : epoch->train_accuracy;
    }
}

/* (nullable) (transfer none): what the newest run learnt, where it was values */
static const DsTask *
peek_task (GListModel *runs)
{
  guint n = runs != NULL ? g_list_model_get_n_items (runs) : 0;
  g_autoptr(PzHistory) newest = n > 0 ? g_list_model_get_item (runs, n - 1) : NULL;

  return newest != NULL ? pz_history_peek_task (newest) : NULL;
}

PzCurveKind
pz_curve_series_get_kind (GListModel *runs)
{
  const DsTask *task = peek_task (runs);

  if (task == NULL)
    return PZ_CURVE_ACCURACY;

  /* Of targets in several units only the loss is a number. */
  return ds_task_mixes_units (task) ? PZ_CURVE_LOSS : PZ_CURVE_MAE;
}

/* Errors of other data or targets, or in another unit, and losses of another kind belong on another
 * axis. */
static gboolean
is_comparable (const PzCurveSeries *self,
               PzHistory           *history,
               PzHistory           *newest)
{
  const DsTask *task = pz_history_peek_task (history);

  if (!pz_history_compares (history, newest, self->kind == PZ_CURVE_LOSS))
    return FALSE;

  return self->kind != PZ_CURVE_MAE ||
         (task != NULL && g_str_equal (task->targets, self->task.targets) && task->unit == self->task.unit);
}

/* (transfer full) */
static char *
make_title (PzCurveKind   kind,
            const DsTask *task)
{
  switch (kind)
    {
    case PZ_CURVE_LOSS:
      return g_strdup (_("Loss"));

    case PZ_CURVE_MAE:
      return pz_mae_get_title (task);

    case PZ_CURVE_ACCURACY:
    default:
      return g_strdup (_("Accuracy"));
    }
}

/* (nullable) (transfer none) */
static const char *
keep_title (PzCurveSeries *self,
            PzHistory     *history)
{
  char *title = g_strdup (pz_history_get_title (history));

  g_ptr_array_add (self->strings, title);

  return title;
}

/* (transfer none) (nullable): the numbers of the epochs, where some are missing: a file of a long run
 * keeps some of them. */
static const double *
keep_numbers (PzCurveSeries  *self,
              const MlpEpoch *epochs,
              guint           n)
{
  double *x;

  if (n == 0 || epochs[n - 1].epoch - epochs[0].epoch == n - 1)
    return NULL;

  x = g_new (double, n);
  for (guint i = 0; i < n; i++)
    x[i] = epochs[i].epoch;
  g_ptr_array_add (self->values, x);

  return x;
}

/* Returns FALSE where there is no number to draw. */
static gboolean
add_line (PzCurveSeries *self,
          PzHistory     *history,
          gboolean       validation,
          gboolean       faint)
{
  guint n;
  const MlpEpoch *epochs = pz_history_peek_epochs (history, &n);
  double *values = g_new (double, n);
  gboolean any = FALSE;
  guint n_line = (guint) self->n_series;
  DrawCurveSeries *series;

  for (guint i = 0; i < n; i++)
    {
      values[i] = get_value (&epochs[i], self->kind, validation);
      any |= isfinite (values[i]);
    }
  g_ptr_array_add (self->values, values);
  if (!any)
    return FALSE;

  series = &self->series[self->n_series++];
  series->values = values;
  series->n_values = n;
  series->first_x = epochs[0].epoch;
  series->x = keep_numbers (self, epochs, n);
  series->faint = faint;
  if (faint)
    {
      /* A colour of its own for each, so that the name finds its line. */
      series->category = 2 + n_line;
      series->label = keep_title (self, history);
      return TRUE;
    }

  series->category = validation ? 1 : 0;
  series->dashed = !validation;
  series->label = validation ? _("Validation") : _("Training");

  return TRUE;
}

PzCurveSeries *
pz_curve_series_new (GListModel *runs,
                     PzCurveKind kind)
{
  PzCurveSeries *self = g_new0 (PzCurveSeries, 1);
  guint n_runs = runs != NULL ? g_list_model_get_n_items (runs) : 0;
  g_autoptr(PzHistory) newest = n_runs > 0 ? g_list_model_get_item (runs, n_runs - 1) : NULL;
  guint first = n_runs > PZ_CURVE_MAX_EARLIER + 1 ? n_runs - PZ_CURVE_MAX_EARLIER - 1 : 0;

  self->kind = kind;
  if (kind == PZ_CURVE_MAE)
    ds_task_copy (peek_task (runs), &self->task);

  self->title = make_title (kind, &self->task);
  self->values = g_ptr_array_new_with_free_func (g_free);
  self->strings = g_ptr_array_new_with_free_func (g_free);
  self->series = g_new0 (DrawCurveSeries, PZ_CURVE_MAX_EARLIER + 2);

  for (guint i = first; i < n_runs; i++)
    {
      g_autoptr(PzHistory) history = g_list_model_get_item (runs, i);

      if (i + 1 < n_runs)
        {
          if (!is_comparable (self, history, newest))
            continue;

          if (!add_line (self, history, TRUE, TRUE))
            add_line (self, history, FALSE, TRUE);
          continue;
        }

      self->n_earlier = self->n_series;
      for (gsize j = 0; j + MAX_NAMED < self->n_earlier; j++)
        self->series[j].label = NULL;
      self->n_epochs = pz_history_get_n_epochs (history);
      self->best_epoch = pz_history_get_best_epoch (history);
      add_line (self, history, FALSE, FALSE);
      add_line (self, history, TRUE, FALSE);
    }

  return self;
}

void
pz_curve_series_free (PzCurveSeries *self)
{
  g_ptr_array_unref (self->values);
  g_ptr_array_unref (self->strings);
  ds_task_clear (&self->task);
  g_free (self->title);
  g_free (self->series);
  g_free (self);
}

static const char *
get_name (const PzCurveSeries   *self,
          const DrawCurveSeries *series)
{
  const gboolean validation = series->category == 1;

  switch (self->kind)
    {
    case PZ_CURVE_LOSS:
      return validation ? _("Validation loss") : _("Training loss");

    case PZ_CURVE_MAE:
      return validation ? _("Validation MAE") : _("Training MAE");

    case PZ_CURVE_ACCURACY:
    default:
      return validation ? _("Validation accuracy") : _("Training accuracy");
    }
}

static char *
format_value (const PzCurveSeries *self,
              double               value)
{
  if (self->kind == PZ_CURVE_ACCURACY)
    return g_strdup_printf (_("%.1f %%"), 100.0 * value);

  if (self->kind == PZ_CURVE_MAE)
    return pz_mae_format (value, &self->task);

  return draw_number_format (value, 3);
}

/* −1, 0 or 1: the last value against the mean of those before it. */
static int
get_trend (const DrawCurveSeries *series)
{
  gsize last = series->n_values - 1;
  double sum = 0.0;
  guint n = 0;
  double change;

  for (gsize i = last > TREND_EPOCHS ? last - TREND_EPOCHS : 0; i < last; i++)
    if (isfinite (series->values[i]))
      {
        sum += series->values[i];
        n++;
      }
  if (n == 0)
    return 0;

  change = series->values[last] - sum / n;
  if (!isfinite (change) || fabs (change) < TREND_LEVEL * fabs (sum / n))
    return 0;

  return change < 0.0 ? -1 : 1;
}

char *
pz_curve_series_describe (const PzCurveSeries *self)
{
  GString *words = g_string_new (NULL);

  for (gsize i = self->n_series; i > self->n_earlier; i--)
    {
      const DrawCurveSeries *series = &self->series[i - 1];
      const char *name = get_name (self, series);
      g_autofree char *value = format_value (self, series->values[series->n_values - 1]);
      guint epoch = (guint) draw_curve_series_get_x (series, series->n_values - 1);
      int trend = get_trend (series);

      if (words->len > 0)
        g_string_append_c (words, ' ');

      /* Translators: "Validation loss 0.213 at epoch 12, falling." */
      if (trend < 0)
        g_string_append_printf (words, _("%s %s at epoch %u, falling."), name, value, epoch);
      else if (trend > 0)
        g_string_append_printf (words, _("%s %s at epoch %u, rising."), name, value, epoch);
      else
        g_string_append_printf (words, _("%s %s at epoch %u."), name, value, epoch);
    }

  if (words->len == 0)
    g_string_append (words, _("No epoch completed yet."));
  else if (self->best_epoch > 0)
    {
      g_string_append_c (words, ' ');
      g_string_append_printf (words, _("Best epoch: %u."), self->best_epoch);
    }

  return g_string_free (words, FALSE);
}

char *
pz_curve_series_read (const PzCurveSeries *self,
                      guint                epoch)
{
  GString *words = g_string_new (NULL);

  g_string_append_printf (words, _("Epoch %u"), epoch);

  for (gsize i = self->n_earlier; i < self->n_series; i++)
    {
      const DrawCurveSeries *series = &self->series[i];
      const gsize place = draw_curve_series_find (series, epoch);
      g_autofree char *value = NULL;

      if (place >= series->n_values)
        continue;

      value = format_value (self, series->values[place]);
      g_string_append (words, i == self->n_earlier ? ": " : ", ");
      /* Translators: "Validation loss 0.213" */
      g_string_append_printf (words, _("%s %s"), get_name (self, series), value);
    }

  return g_string_free (words, FALSE);
}
