/* pz-weight-plot.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "widgets/common/pz-theme.h"
#include "widgets/network/pz-weight-chart.h"
#include "widgets/network/pz-weight-plot.h"

/* More redraws a second would only take time away from the training. */
#define REDRAW_INTERVAL 33      /* ms */

struct _PzWeightPlot
{
  PzProjectWidget parent_instance;

  /* Owned */
  GtkAdjustment  *hadjustment;
  GtkAdjustment  *vadjustment;
  char           *readout;

  guint           layer;
  guint           redraw_id;

  double          mouse_x;              /* where @hovering */
  double          mouse_y;
  gboolean        hovering;

  PzWeightChart   chart;
};

enum {
  PROP_0,
  PROP_LAYER,
  PROP_READOUT,
  N_PROPS,

  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

G_DEFINE_FINAL_TYPE_WITH_CODE (PzWeightPlot, pz_weight_plot, PZ_TYPE_PROJECT_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static GParamSpec *properties[N_PROPS];

static gboolean
get_shown (PzWeightPlot   *self,
           PzShownWeights *shown)
{
  return pz_shown_weights_init (shown, self->parent_instance.project, self->layer);
}

/* Which weight is under the mouse. */
static gboolean
locate_weight (PzWeightPlot         *self,
               const PzShownWeights *shown,
               gsize                *unit,
               gsize                *input)
{
  DrawTheme theme;

  if (!self->hovering)
    return FALSE;

  pz_theme_from_widget (GTK_WIDGET (self), &theme);

  return pz_weight_chart_locate (&self->chart, shown, &theme,
                                 self->mouse_x, self->mouse_y, unit, input);
}

static void
update_words (PzWeightPlot *self)
{
  g_autofree char *readout = NULL;
  g_autofree char *label = NULL;
  g_autofree char *words = NULL;
  PzShownWeights shown;
  gsize unit, input;

  if (get_shown (self, &shown))
    {
      if (locate_weight (self, &shown, &unit, &input))
        readout = pz_shown_weights_describe_weight (&shown, unit, input);
      else if (self->chart.selected >= 0 && (gsize) self->chart.selected < shown.n_units)
        readout = pz_shown_weights_describe_unit (&shown, (gsize) self->chart.selected);

      label = g_strdup_printf (_("Weights of layer %u"), shown.layer);
      words = readout != NULL ? g_strdup (readout) : pz_shown_weights_describe (&shown);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words,
                                      -1);
    }

  if (readout == NULL)
    readout = g_strdup ("");
  if (g_str_equal (readout, self->readout))
    return;

  g_free (self->readout);
  self->readout = g_steal_pointer (&readout);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READOUT]);
}

static void
pz_weight_plot_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  PzWeightPlot *self = PZ_WEIGHT_PLOT (widget);
  PzShownWeights shown;
  DrawTheme theme;

  if (!get_shown (self, &shown))
    return;

  pz_theme_from_widget (widget, &theme);
  pz_weight_chart_lay_out (&self->chart, &shown, &theme, width, height);

  gtk_adjustment_configure (self->hadjustment, 0.0, 0.0, width, 1.0, width, width);
  gtk_adjustment_configure (self->vadjustment,
                            gtk_adjustment_get_value (self->vadjustment),
                            0.0, self->chart.content_height,
                            0.1 * height, 0.9 * height, height);
  self->chart.scroll = gtk_adjustment_get_value (self->vadjustment);
}

static void
pz_weight_plot_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  PzWeightPlot *self = PZ_WEIGHT_PLOT (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  PzShownWeights shown;
  DrawTheme theme;
  DrawCanvas canvas = { NULL, &theme, width, height };

  if (!get_shown (self, &shown))
    return;

  pz_theme_from_widget (widget, &theme);
  canvas.cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  pz_weight_chart_draw (&self->chart, &shown, &canvas);
  cairo_destroy (canvas.cr);
}

static void
pz_weight_plot_measure (GtkWidget     *widget,
                        GtkOrientation orientation,
                        int            for_size,
                        int           *minimum,
                        int           *natural,
                        int           *minimum_baseline,
                        int           *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? PZ_WEIGHT_CHART_MIN_WIDTH : PZ_WEIGHT_CHART_MIN_HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 640 : 420;
}

static gboolean
on_redraw (gpointer user_data)
{
  PzWeightPlot *self = user_data;
  PzShownWeights shown;

  self->redraw_id = 0;
  update_words (self);

  /* The network may be another one, so anew from the layout on. The scrollbar comes
   * and goes with it, and is not this widget's: not only an allocation.
   */
  if (get_shown (self, &shown) && !pz_weight_chart_fits (&self->chart, &shown))
    gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));

  return G_SOURCE_REMOVE;
}

static void
on_net_changed (PzWeightPlot *self)
{
  if (self->redraw_id > 0)
    return;

  self->redraw_id = g_timeout_add (REDRAW_INTERVAL, on_redraw, self);
  g_source_set_name_by_id (self->redraw_id, "[pz] redraw the weights");
}

static void
on_motion (PzWeightPlot *self,
           double        x,
           double        y)
{
  self->hovering = TRUE;
  self->mouse_x = x;
  self->mouse_y = y;
  update_words (self);
}

static void
on_leave (PzWeightPlot *self)
{
  self->hovering = FALSE;
  update_words (self);
}

static void
select_unit (PzWeightPlot *self,
             gssize        unit)
{
  if (self->chart.selected == unit)
    return;

  self->chart.selected = unit;

  /* Into sight. */
  if (unit >= 0)
    {
      double pitch = self->chart.content_height / self->chart.tile_rows;
      double top = (double) (unit / self->chart.tile_columns) * pitch;

      gtk_adjustment_clamp_page (self->vadjustment, top, top + pitch);
    }

  update_words (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_pressed (PzWeightPlot *self,
            int           n_press,
            double        x,
            double        y)
{
  PzShownWeights shown;
  gsize unit, input;

  gtk_widget_grab_focus (GTK_WIDGET (self));

  self->hovering = TRUE;
  self->mouse_x = x;
  self->mouse_y = y;
  if (get_shown (self, &shown) && locate_weight (self, &shown, &unit, &input))
    select_unit (self, (gssize) unit);
  else
    select_unit (self, -1);
}

/* By so many units, and so many rows of them. */
static gboolean
on_step_binding (GtkWidget *widget,
                 GVariant  *args,
                 gpointer   user_data)
{
  PzWeightPlot *self = PZ_WEIGHT_PLOT (widget);
  PzShownWeights shown;
  int units, rows;
  gssize to;

  if (!get_shown (self, &shown))
    return FALSE;

  g_variant_get (args, "(ii)", &units, &rows);

  /* A matrix has units above each other only. */
  if (shown.rows == 0 && ABS (units) == 1)
    return FALSE;

  if (self->chart.selected < 0 || (gsize) self->chart.selected >= shown.n_units)
    to = 0;
  else
    to = self->chart.selected + units + (gssize) rows * self->chart.tile_columns;

  /* Up from the first row goes nowhere, not to the first unit. */
  if (ABS (units) <= 1 && (to < 0 || to >= (gssize) shown.n_units))
    return TRUE;

  self->hovering = FALSE;
  select_unit (self, CLAMP (to, 0, (gssize) shown.n_units - 1));

  return TRUE;
}

static gboolean
on_escape_binding (GtkWidget *widget,
                   GVariant  *args,
                   gpointer   user_data)
{
  PzWeightPlot *self = PZ_WEIGHT_PLOT (widget);

  if (self->chart.selected < 0)
    return FALSE;

  select_unit (self, -1);

  return TRUE;
}

static void
add_step_binding (GtkWidgetClass *widget_class,
                  guint           key,
                  int             units,
                  int             rows)
{
  gtk_widget_class_add_binding (widget_class, key, 0, on_step_binding, "(ii)", units, rows);
}

/* Other weights are under the mouse now. */
static void
on_scrolled (PzWeightPlot *self)
{
  self->chart.scroll = gtk_adjustment_get_value (self->vadjustment);
  update_words (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_adjustment (PzWeightPlot   *self,
                GtkAdjustment **place,
                GtkAdjustment  *adjustment)
{
  if (adjustment == NULL)
    adjustment = gtk_adjustment_new (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
  if (*place == adjustment)
    return;

  if (*place != NULL)
    {
      g_signal_handlers_disconnect_by_func (*place, on_scrolled, self);
      g_object_unref (*place);
    }
  *place = g_object_ref_sink (adjustment);
  g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (on_scrolled), self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
clear_adjustment (PzWeightPlot   *self,
                  GtkAdjustment **place)
{
  if (*place != NULL)
    g_signal_handlers_disconnect_by_func (*place, on_scrolled, self);
  g_clear_object (place);
}

static void
pz_weight_plot_project_changed (PzProjectWidget *widget)
{
  PzWeightPlot *self = PZ_WEIGHT_PLOT (widget);

  on_net_changed (self);
}

static void
pz_weight_plot_dispose (GObject *object)
{
  PzWeightPlot *self = PZ_WEIGHT_PLOT (object);

  g_clear_handle_id (&self->redraw_id, g_source_remove);
  clear_adjustment (self, &self->hadjustment);
  clear_adjustment (self, &self->vadjustment);

  G_OBJECT_CLASS (pz_weight_plot_parent_class)->dispose (object);
}

static void
pz_weight_plot_finalize (GObject *object)
{
  PzWeightPlot *self = PZ_WEIGHT_PLOT (object);

  g_clear_pointer (&self->readout, g_free);

  G_OBJECT_CLASS (pz_weight_plot_parent_class)->finalize (object);
}

static void
pz_weight_plot_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  PzWeightPlot *self = PZ_WEIGHT_PLOT (object);

  switch (prop_id)
    {
    case PROP_LAYER:
      g_value_set_uint (value, self->layer);
      break;

    case PROP_READOUT:
      g_value_set_string (value, self->readout);
      break;

    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->hadjustment);
      break;

    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->vadjustment);
      break;

    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, GTK_SCROLL_MINIMUM);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
set_layer (PzWeightPlot *self,
           guint         layer)
{
  if (self->layer == layer)
    return;

  self->layer = layer;
  self->chart.selected = -1;
  gtk_adjustment_set_value (self->vadjustment, 0.0);
  update_words (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAYER]);
}

static void
pz_weight_plot_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  PzWeightPlot *self = PZ_WEIGHT_PLOT (object);

  switch (prop_id)
    {
    case PROP_LAYER:
      set_layer (self, g_value_get_uint (value));
      break;

    case PROP_HADJUSTMENT:
      set_adjustment (self, &self->hadjustment, g_value_get_object (value));
      break;

    case PROP_VADJUSTMENT:
      set_adjustment (self, &self->vadjustment, g_value_get_object (value));
      break;

    /* It is one way or the other the size of the viewport. */
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_weight_plot_class_init (PzWeightPlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PzProjectWidgetClass *project_class = PZ_PROJECT_WIDGET_CLASS (klass);

  object_class->dispose = pz_weight_plot_dispose;
  object_class->finalize = pz_weight_plot_finalize;
  object_class->get_property = pz_weight_plot_get_property;
  object_class->set_property = pz_weight_plot_set_property;

  widget_class->measure = pz_weight_plot_measure;
  widget_class->size_allocate = pz_weight_plot_size_allocate;
  widget_class->snapshot = pz_weight_plot_snapshot;

  project_class->project_changed = pz_weight_plot_project_changed;

  properties[PROP_LAYER] =
    g_param_spec_uint ("layer", NULL, NULL,
                       1, G_MAXUINT, 1,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  properties[PROP_READOUT] =
    g_param_spec_string ("readout", NULL, NULL,
                         "",
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  add_step_binding (widget_class, GDK_KEY_Left, -1, 0);
  add_step_binding (widget_class, GDK_KEY_Right, 1, 0);
  add_step_binding (widget_class, GDK_KEY_Up, 0, -1);
  add_step_binding (widget_class, GDK_KEY_Down, 0, 1);
  add_step_binding (widget_class, GDK_KEY_Home, -G_MAXINT, 0);
  add_step_binding (widget_class, GDK_KEY_End, G_MAXINT, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape_binding, NULL);

  gtk_widget_class_set_css_name (widget_class, "weightplot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
pz_weight_plot_init (PzWeightPlot *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  self->layer = 1;
  self->chart.selected = -1;
  self->chart.tile_columns = 1;
  self->chart.tile_rows = 1;
  self->readout = g_strdup ("");
  set_adjustment (self, &self->hadjustment, NULL);
  set_adjustment (self, &self->vadjustment, NULL);

  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "net-changed", G_CALLBACK (on_net_changed));

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);

  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Weights"),
                                  -1);
}

const char *
pz_weight_plot_get_readout (PzWeightPlot *self)
{
  g_return_val_if_fail (PZ_IS_WEIGHT_PLOT (self), NULL);

  return self->readout;
}
