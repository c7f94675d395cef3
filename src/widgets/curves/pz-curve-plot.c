/* pz-curve-plot.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "widgets/common/pz-theme.h"
#include "widgets/curves/pz-curve-plot.h"

/* A fast run ends thousands of epochs a second; more redraws than thirty would
 * only take its time away.
 */
#define REDRAW_INTERVAL 33    /* ms */

struct _PzCurvePlot
{
  GtkWidget     parent_instance;

  /* Owned */
  GListModel   *runs;                /* (nullable) */
  GSignalGroup *runs_signals;
  GSignalGroup *history_signals;     /* of the newest run */

  PzCurveChart  chart;
  double        band_from;           /* pixels; equal: none */
  double        band_to;
  guint         redraw_id;
};

enum {
  PROP_0,
  PROP_RUNS,
  PROP_SHOW,
  PROP_LOG,
  PROP_SMOOTHING,
  PROP_ZOOMED,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (PzCurvePlot, pz_curve_plot, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static void
update_description (PzCurvePlot *self)
{
  g_autofree char *words = pz_curve_chart_describe (&self->chart);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words,
                                  -1);
}

static void
update_chart (PzCurvePlot *self)
{
  g_clear_handle_id (&self->redraw_id, g_source_remove);
  pz_curve_chart_update (&self->chart, self->runs);
  update_description (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
on_redraw (gpointer user_data)
{
  PzCurvePlot *self = user_data;

  self->redraw_id = 0;
  update_chart (self);

  return G_SOURCE_REMOVE;
}

static void
on_history_changed (PzCurvePlot *self)
{
  if (self->redraw_id > 0)
    return;

  self->redraw_id = g_timeout_add (REDRAW_INTERVAL, on_redraw, self);
  g_source_set_name_by_id (self->redraw_id, "[pz] redraw the curves");
}

static void
on_runs_changed (PzCurvePlot *self)
{
  guint n = self->runs != NULL ? g_list_model_get_n_items (self->runs) : 0;
  g_autoptr(PzHistory) newest = n > 0 ? g_list_model_get_item (self->runs, n - 1) : NULL;
  double min, max;

  g_signal_group_set_target (self->history_signals, newest);
  update_chart (self);

  /* What was looked at may be gone. */
  pz_curve_plot_get_whole (self, &min, &max);
  if (self->chart.pointer > max)
    pz_curve_plot_set_pointer (self, 0);
  pz_curve_plot_reset_zoom (self);
}

void
pz_curve_plot_draw (const DrawCanvas *canvas,
                    gpointer          plot)
{
  pz_curve_chart_draw (&PZ_CURVE_PLOT (plot)->chart, canvas, FALSE);
}

static void
pz_curve_plot_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  PzCurvePlot *self = PZ_CURVE_PLOT (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  DrawTheme theme;
  DrawCanvas canvas = { NULL, &theme, width, height };

  pz_theme_from_widget (widget, &theme);
  canvas.cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  pz_curve_chart_draw (&self->chart, &canvas, TRUE);
  cairo_destroy (canvas.cr);

  if (self->band_from < self->band_to || self->band_from > self->band_to)
    {
      GdkRGBA rgba;

      gtk_style_context_get_color (gtk_widget_get_style_context (widget), &rgba);
      rgba.alpha *= 0.15f;
      gtk_snapshot_append_color (snapshot, &rgba,
                                 &GRAPHENE_RECT_INIT ((float) MIN (self->band_from, self->band_to), 0,
                                                      (float) fabs (self->band_to - self->band_from),
                                                      (float) height));
    }
}

static void
pz_curve_plot_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 240 : 200;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 640 : 420;
}

static void
set_show (PzCurvePlot *self,
          PzCurveShow  show)
{
  if (self->chart.show == show)
    return;

  self->chart.show = show;
  update_description (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW]);
}

static void
set_log (PzCurvePlot *self,
         gboolean     log)
{
  log = !!log;
  if (self->chart.log == log)
    return;

  self->chart.log = log;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOG]);
}

static void
set_smoothing (PzCurvePlot *self,
               double       smoothing)
{
  smoothing = CLAMP (smoothing, 0.0, 0.99);
  if (fabs (self->chart.smoothing - smoothing) < 1e-9)
    return;

  self->chart.smoothing = smoothing;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SMOOTHING]);
}

static void
pz_curve_plot_dispose (GObject *object)
{
  PzCurvePlot *self = PZ_CURVE_PLOT (object);

  g_clear_handle_id (&self->redraw_id, g_source_remove);
  g_clear_object (&self->history_signals);
  g_clear_object (&self->runs_signals);
  g_clear_object (&self->runs);

  G_OBJECT_CLASS (pz_curve_plot_parent_class)->dispose (object);
}

static void
pz_curve_plot_finalize (GObject *object)
{
  PzCurvePlot *self = PZ_CURVE_PLOT (object);

  pz_curve_chart_clear (&self->chart);

  G_OBJECT_CLASS (pz_curve_plot_parent_class)->finalize (object);
}

static void
pz_curve_plot_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  PzCurvePlot *self = PZ_CURVE_PLOT (object);

  switch (prop_id)
    {
    case PROP_RUNS:
      g_value_set_object (value, self->runs);
      break;

    case PROP_SHOW:
      g_value_set_enum (value, self->chart.show);
      break;

    case PROP_LOG:
      g_value_set_boolean (value, self->chart.log);
      break;

    case PROP_SMOOTHING:
      g_value_set_double (value, self->chart.smoothing);
      break;

    case PROP_ZOOMED:
      g_value_set_boolean (value, pz_curve_plot_get_zoomed (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_curve_plot_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  PzCurvePlot *self = PZ_CURVE_PLOT (object);

  switch (prop_id)
    {
    case PROP_RUNS:
      pz_curve_plot_set_runs (self, g_value_get_object (value));
      break;

    case PROP_SHOW:
      set_show (self, g_value_get_enum (value));
      break;

    case PROP_LOG:
      set_log (self, g_value_get_boolean (value));
      break;

    case PROP_SMOOTHING:
      set_smoothing (self, g_value_get_double (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_curve_plot_class_init (PzCurvePlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pz_curve_plot_dispose;
  object_class->finalize = pz_curve_plot_finalize;
  object_class->get_property = pz_curve_plot_get_property;
  object_class->set_property = pz_curve_plot_set_property;

  widget_class->measure = pz_curve_plot_measure;
  widget_class->snapshot = pz_curve_plot_snapshot;

  properties[PROP_RUNS] =
    g_param_spec_object ("runs", NULL, NULL,
                         G_TYPE_LIST_MODEL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  properties[PROP_SHOW] =
    g_param_spec_enum ("show", NULL, NULL,
                       PZ_TYPE_CURVE_SHOW, PZ_CURVE_SHOW_BOTH,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  properties[PROP_LOG] =
    g_param_spec_boolean ("log", NULL, NULL,
                          FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  properties[PROP_SMOOTHING] =
    g_param_spec_double ("smoothing", NULL, NULL,
                         0.0, 0.99, 0.0,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  properties[PROP_ZOOMED] =
    g_param_spec_boolean ("zoomed", NULL, NULL,
                          FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "curveplot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
pz_curve_plot_init (PzCurvePlot *self)
{
  self->chart.show = PZ_CURVE_SHOW_BOTH;
  self->chart.x_min = NAN;
  self->chart.x_max = NAN;

  self->runs_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->runs_signals, "items-changed",
                                  G_CALLBACK (on_runs_changed), self);
  self->history_signals = g_signal_group_new (PZ_TYPE_HISTORY);
  g_signal_group_connect_swapped (self->history_signals, "changed",
                                  G_CALLBACK (on_history_changed), self);

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Training Curves"),
                                  -1);
  update_chart (self);
}

void
pz_curve_plot_set_runs (PzCurvePlot *self,
                        GListModel  *runs)
{
  g_return_if_fail (PZ_IS_CURVE_PLOT (self));
  g_return_if_fail (runs == NULL || G_IS_LIST_MODEL (runs));

  if (!g_set_object (&self->runs, runs))
    return;

  g_signal_group_set_target (self->runs_signals, runs);
  on_runs_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNS]);
}

gboolean
pz_curve_plot_get_zoomed (PzCurvePlot *self)
{
  g_return_val_if_fail (PZ_IS_CURVE_PLOT (self), FALSE);

  return pz_curve_chart_get_zoomed (&self->chart);
}

void
pz_curve_plot_get_whole (PzCurvePlot *self,
                         double      *min,
                         double      *max)
{
  g_return_if_fail (PZ_IS_CURVE_PLOT (self));

  pz_curve_chart_get_whole (&self->chart, min, max);
}

void
pz_curve_plot_get_range (PzCurvePlot *self,
                         double      *min,
                         double      *max)
{
  g_return_if_fail (PZ_IS_CURVE_PLOT (self));

  pz_curve_chart_get_range (&self->chart, min, max);
}

void
pz_curve_plot_set_range (PzCurvePlot *self,
                         double       min,
                         double       max)
{
  gboolean zoomed = pz_curve_plot_get_zoomed (self);

  g_return_if_fail (PZ_IS_CURVE_PLOT (self));

  pz_curve_chart_set_range (&self->chart, min, max);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (zoomed != pz_curve_plot_get_zoomed (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOMED]);
}

void
pz_curve_plot_reset_zoom (PzCurvePlot *self)
{
  g_return_if_fail (PZ_IS_CURVE_PLOT (self));

  pz_curve_plot_set_range (self, -INFINITY, INFINITY);
}

void
pz_curve_plot_zoom (PzCurvePlot *self,
                    double       epoch,
                    double       factor)
{
  double min, max;

  g_return_if_fail (PZ_IS_CURVE_PLOT (self));
  g_return_if_fail (factor > 0.0);

  pz_curve_plot_get_range (self, &min, &max);
  if (isnan (epoch))
    epoch = self->chart.pointer > 0 ? self->chart.pointer : (min + max) / 2.0;

  pz_curve_plot_set_range (self, epoch - (epoch - min) * factor, epoch + (max - epoch) * factor);
}

guint
pz_curve_plot_get_pointer (PzCurvePlot *self)
{
  g_return_val_if_fail (PZ_IS_CURVE_PLOT (self), 0);

  return self->chart.pointer;
}

void
pz_curve_plot_set_pointer (PzCurvePlot *self,
                           guint        epoch)
{
  double min, max;

  g_return_if_fail (PZ_IS_CURVE_PLOT (self));

  if (self->chart.pointer == epoch)
    return;

  self->chart.pointer = epoch;

  pz_curve_plot_get_range (self, &min, &max);
  if (epoch > 0 && epoch < min)
    pz_curve_plot_set_range (self, epoch, epoch + max - min);
  else if (epoch > max)
    pz_curve_plot_set_range (self, epoch - (max - min), epoch);

  update_description (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
pz_curve_plot_locate (PzCurvePlot *self,
                      double       x,
                      double       y,
                      double      *epoch)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  DrawTheme theme;

  g_return_val_if_fail (PZ_IS_CURVE_PLOT (self), FALSE);
  g_return_val_if_fail (epoch != NULL, FALSE);

  pz_theme_from_widget (GTK_WIDGET (self), &theme);

  return pz_curve_chart_locate (&self->chart, &theme, width, height, x, y, epoch);
}

void
pz_curve_plot_set_band (PzCurvePlot *self,
                        double       from,
                        double       to)
{
  g_return_if_fail (PZ_IS_CURVE_PLOT (self));

  self->band_from = from;
  self->band_to = to;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
