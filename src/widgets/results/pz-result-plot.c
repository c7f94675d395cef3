/* pz-result-plot.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "widgets/common/pz-theme.h"
#include "widgets/results/pz-result-plot.h"

#define ZOOM_STEP 1.25

/* A hand that holds still moves so many pixels between press and release. */
#define CLICK_SLACK 5.0

struct _PzResultPlot
{
  GtkWidget      parent_instance;

  PzResultChart *chart;      /* (nullable) */
  gssize         pointer;      /* what is pointed at; −1: nothing */
  char          *readout;

  double         mouse_x;      /* pixels */
  double         mouse_y;
  double         drag_x;       /* where the part that is dragged was last */
  double         drag_y;
};

enum {
  PROP_0,
  PROP_READOUT,
  N_PROPS
};

enum {
  ACTIVATE_POINT,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (PzResultPlot, pz_result_plot, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* (nullable) */
static PzParityChart *
get_parity (PzResultPlot *self)
{
  return self->chart != NULL ? pz_result_chart_get_parity (self->chart) : NULL;
}

static void
update_words (PzResultPlot *self)
{
  g_autofree char *words = NULL;
  const char *readout;

  if (self->chart != NULL)
    {
      words = pz_result_chart_describe (self->chart, self->pointer);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words,
                                      -1);
    }

  readout = self->pointer >= 0 && words != NULL ? words : "";
  if (g_str_equal (readout, self->readout))
    return;

  g_free (self->readout);
  self->readout = g_strdup (readout);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READOUT]);
}

static void
set_pointer (PzResultPlot *self,
             gssize        pointer)
{
  if (self->pointer == pointer)
    return;

  self->pointer = pointer;
  update_words (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
pz_result_plot_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  PzResultPlot *self = PZ_RESULT_PLOT (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  DrawTheme theme;
  DrawCanvas canvas = { NULL, &theme, width, height };

  if (self->chart == NULL)
    return;

  pz_theme_from_widget (widget, &theme);
  canvas.cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  pz_result_chart_draw (self->chart, &canvas,
                        gtk_widget_get_scale_factor (widget), self->pointer);
  cairo_destroy (canvas.cr);
}

static void
pz_result_plot_measure (GtkWidget     *widget,
                        GtkOrientation orientation,
                        int            for_size,
                        int           *minimum,
                        int           *natural,
                        int           *minimum_baseline,
                        int           *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 240 : 180;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 640 : 420;
}

static gssize
locate_item (PzResultPlot *self,
             double        x,
             double        y)
{
  GtkWidget *widget = GTK_WIDGET (self);
  DrawTheme theme;
  DrawCanvas canvas = { NULL, &theme, gtk_widget_get_width (widget), gtk_widget_get_height (widget) };
  gssize item;

  if (self->chart == NULL)
    return -1;

  canvas.cr = pz_theme_create_measure ();
  pz_theme_from_widget (widget, &theme);
  item = pz_result_chart_locate (self->chart, &canvas, x, y);
  cairo_destroy (canvas.cr);

  return item;
}

/* --- the mouse --- */

static void
on_motion (PzResultPlot *self,
           double        x,
           double        y)
{
  /* GTK tells of a mouse that rests, too, whenever something is laid out anew;
   * what the keyboard points at stays then.
   */
  if (x == self->mouse_x && y == self->mouse_y)
    return;

  self->mouse_x = x;
  self->mouse_y = y;
  set_pointer (self, locate_item (self, x, y));
}

static void
on_leave (PzResultPlot *self)
{
  self->mouse_x = NAN;
  self->mouse_y = NAN;
  set_pointer (self, -1);
}

static void
activate_point (PzResultPlot *self)
{
  if (self->pointer >= 0 && get_parity (self) != NULL)
    g_signal_emit (self, signals[ACTIVATE_POINT], 0, (guint) self->pointer);
}

static void
on_drag_begin (PzResultPlot *self,
               double        x,
               double        y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->drag_x = x;
  self->drag_y = y;
}

static void
on_drag_update (PzResultPlot   *self,
                double          offset_x,
                double          offset_y,
                GtkGestureDrag *drag)
{
  double x, y;

  if (get_parity (self) == NULL || !gtk_gesture_drag_get_start_point (drag, &x, &y))
    return;

  x += offset_x;
  y += offset_y;
  if (pz_parity_chart_pan (get_parity (self), self->drag_x, self->drag_y, x, y))
    gtk_widget_queue_draw (GTK_WIDGET (self));
  self->drag_x = x;
  self->drag_y = y;
}

/* A drag that went nowhere was a click. */
static void
on_drag_end (PzResultPlot   *self,
             double          offset_x,
             double          offset_y,
             GtkGestureDrag *drag)
{
  double x, y;

  if (hypot (offset_x, offset_y) > CLICK_SLACK || !gtk_gesture_drag_get_start_point (drag, &x, &y))
    return;

  set_pointer (self, locate_item (self, x, y));
  activate_point (self);
}

static void
zoom_plot (PzResultPlot *self,
           double        x,
           double        y,
           double        factor)
{
  if (get_parity (self) == NULL || !pz_parity_chart_zoom (get_parity (self), x, y, factor))
    return;

  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
on_scroll (PzResultPlot *self,
           double        dx,
           double        dy)
{
  if (get_parity (self) == NULL)
    return GDK_EVENT_PROPAGATE;

  zoom_plot (self, self->mouse_x, self->mouse_y, pow (ZOOM_STEP, dy));

  return GDK_EVENT_STOP;
}

/* --- the keyboard --- */

static gboolean
on_step_binding (GtkWidget *widget,
                 GVariant  *args,
                 gpointer   user_data)
{
  PzResultPlot *self = PZ_RESULT_PLOT (widget);
  int by;

  if (self->chart == NULL)
    return FALSE;

  g_variant_get (args, "(i)", &by);
  set_pointer (self, pz_result_chart_step (self->chart, self->pointer, by));

  return TRUE;
}

static gboolean
on_zoom_binding (GtkWidget *widget,
                 GVariant  *args,
                 gpointer   user_data)
{
  PzResultPlot *self = PZ_RESULT_PLOT (widget);
  double factor;

  if (get_parity (self) == NULL)
    return FALSE;

  g_variant_get (args, "(d)", &factor);
  if (factor > 0.0)
    zoom_plot (self, -1.0, -1.0, factor);
  else if (pz_parity_chart_reset_zoom (get_parity (self)))
    gtk_widget_queue_draw (widget);

  return TRUE;
}

static gboolean
on_activate_binding (GtkWidget *widget,
                     GVariant  *args,
                     gpointer   user_data)
{
  activate_point (PZ_RESULT_PLOT (widget));

  return TRUE;
}

static gboolean
on_escape_binding (GtkWidget *widget,
                   GVariant  *args,
                   gpointer   user_data)
{
  PzResultPlot *self = PZ_RESULT_PLOT (widget);

  if (self->pointer < 0)
    return FALSE;

  set_pointer (self, -1);

  return TRUE;
}

static void
add_bindings (GtkWidgetClass *widget_class)
{
  static const struct { guint key; int by; } steps[] = {
    { GDK_KEY_Left, -1 }, { GDK_KEY_Right, 1 }, { GDK_KEY_Up, -1 }, { GDK_KEY_Down, 1 },
    { GDK_KEY_Page_Up, -10 }, { GDK_KEY_Page_Down, 10 },
    { GDK_KEY_Home, -G_MAXINT / 2 }, { GDK_KEY_End, G_MAXINT / 2 },
  };
  static const struct { guint key; double factor; } zooms[] = {
    { GDK_KEY_plus, 1.0 / ZOOM_STEP }, { GDK_KEY_KP_Add, 1.0 / ZOOM_STEP },
    { GDK_KEY_minus, ZOOM_STEP }, { GDK_KEY_KP_Subtract, ZOOM_STEP },
    { GDK_KEY_0, 0.0 }, { GDK_KEY_KP_0, 0.0 },
  };
  static const guint enters[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_space };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    gtk_widget_class_add_binding (widget_class, steps[i].key, 0, on_step_binding, "(i)", steps[i].by);
  for (gsize i = 0; i < G_N_ELEMENTS (zooms); i++)
    gtk_widget_class_add_binding (widget_class, zooms[i].key, 0, on_zoom_binding, "(d)", zooms[i].factor);
  for (gsize i = 0; i < G_N_ELEMENTS (enters); i++)
    gtk_widget_class_add_binding (widget_class, enters[i], 0, on_activate_binding, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape_binding, NULL);
}

static void
pz_result_plot_finalize (GObject *object)
{
  PzResultPlot *self = PZ_RESULT_PLOT (object);

  g_clear_pointer (&self->chart, pz_result_chart_free);
  g_clear_pointer (&self->readout, g_free);

  G_OBJECT_CLASS (pz_result_plot_parent_class)->finalize (object);
}

static void
pz_result_plot_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_READOUT:
      g_value_set_string (value, PZ_RESULT_PLOT (object)->readout);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_result_plot_class_init (PzResultPlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = pz_result_plot_finalize;
  object_class->get_property = pz_result_plot_get_property;

  widget_class->measure = pz_result_plot_measure;
  widget_class->snapshot = pz_result_plot_snapshot;

  properties[PROP_READOUT] =
    g_param_spec_string ("readout", NULL, NULL,
                         "",
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[ACTIVATE_POINT] =
    g_signal_new ("activate-point",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_UINT);

  add_bindings (widget_class);
  gtk_widget_class_set_css_name (widget_class, "resultplot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
pz_result_plot_init (PzResultPlot *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->pointer = -1;
  self->readout = g_strdup ("");

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);

  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (on_scroll), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

void
pz_result_plot_set_chart (PzResultPlot  *self,
                          PzResultChart *chart,
                          const char    *label)
{
  g_return_if_fail (PZ_IS_RESULT_PLOT (self));

  g_clear_pointer (&self->chart, pz_result_chart_free);
  self->chart = chart;
  self->pointer = -1;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  update_words (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

PzResultChart *
pz_result_plot_peek_chart (PzResultPlot *self)
{
  g_return_val_if_fail (PZ_IS_RESULT_PLOT (self), NULL);

  return self->chart;
}

const char *
pz_result_plot_get_readout (PzResultPlot *self)
{
  g_return_val_if_fail (PZ_IS_RESULT_PLOT (self), NULL);

  return self->readout;
}
