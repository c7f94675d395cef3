/* pz-sketch-pad.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "draw/draw-color.h"
#include "draw/draw-sketch.h"
#include "widgets/common/pz-hold-page.h"
#include "widgets/common/pz-theme.h"
#include "widgets/try/pz-sketch-pad.h"
#include "widgets/try/pz-sketch-pen.h"

struct _PzSketchPad
{
  GtkWidget     parent_instance;

  PzSketch     *sketch;             /* (nullable) */
  GSignalGroup *sketch_signals;
  gboolean      erasing;

  GtkGesture   *drag;               /* owned by the widget, as the next two */
  GtkGesture   *stylus;
  GtkGesture   *two_fingers;
  gboolean      dragging;
  gboolean      pen_erases;
  double        start_x;            /* of the drag, in pixels */
  double        start_y;
  float         last_u;             /* of the stroke, in the unit square */
  float         last_v;

  PzSketchPen   pen;                /* of the keyboard */
  gboolean      is_pointed;         /* a mouse, finger or pen was last in use, not the keyboard */
};

enum {
  PROP_0,
  PROP_SKETCH,
  PROP_ERASING,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (PzSketchPad, pz_sketch_pad, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

/* The unit square lies in the middle of the widget. */
static double
get_square (PzSketchPad *self,
            double      *x,
            double      *y)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  double side = MAX (MIN (width, height), 1);

  *x = (width - side) / 2.0;
  *y = (height - side) / 2.0;

  return side;
}

static void
to_unit (PzSketchPad *self,
         double       x,
         double       y,
         float       *u,
         float       *v)
{
  double left, top;
  double side = get_square (self, &left, &top);

  *u = (float) ((x - left) / side);
  *v = (float) ((y - top) / side);
}

static void
begin_stroke (PzSketchPad *self,
              double       x,
              double       y,
              float        pressure,
              gboolean     erase)
{
  float u, v;

  if (self->sketch == NULL)
    return;

  self->is_pointed = TRUE;
  pz_hold_page (GTK_WIDGET (self), TRUE);
  pz_sketch_pen_lift (&self->pen, self->sketch);
  to_unit (self, x, y, &u, &v);
  if (erase)
    pz_sketch_erase (self->sketch, u, v, u, v, PZ_ERASER_RADIUS);
  else
    pz_sketch_begin_stroke (self->sketch, u, v, pressure);

  self->last_u = u;
  self->last_v = v;
}

static void
move_stroke (PzSketchPad *self,
             double       x,
             double       y,
             float        pressure,
             gboolean     erase)
{
  float u, v;

  if (self->sketch == NULL)
    return;

  to_unit (self, x, y, &u, &v);
  if (erase)
    pz_sketch_erase (self->sketch, self->last_u, self->last_v, u, v, PZ_ERASER_RADIUS);
  else
    pz_sketch_add_point (self->sketch, u, v, pressure);

  self->last_u = u;
  self->last_v = v;
}

static void
end_stroke (PzSketchPad *self)
{
  pz_hold_page (GTK_WIDGET (self), FALSE);
  if (self->sketch != NULL)
    pz_sketch_end_stroke (self->sketch);
}

static void
cancel_stroke (PzSketchPad *self)
{
  self->dragging = FALSE;
  pz_hold_page (GTK_WIDGET (self), FALSE);
  if (self->sketch != NULL)
    pz_sketch_cancel_stroke (self->sketch);
}

/* GDK makes one event of all motion in a frame; without the points that it
 * swallowed a fast stroke is a polygon with corners 16 ms apart.
 */
static void
add_history (PzSketchPad *self,
             GtkGesture  *gesture)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  g_autofree GdkTimeCoord *history = NULL;
  double native_x, native_y;
  guint n = 0;

  if (event == NULL || gdk_event_get_event_type (event) != GDK_MOTION_NOTIFY)
    return;

  history = gdk_event_get_history (event, &n);
  gtk_native_get_surface_transform (native, &native_x, &native_y);

  for (guint i = 0; i < n; i++)
    {
      graphene_point_t there, here;

      graphene_point_init (&there,
                           (float) (history[i].axes[GDK_AXIS_X] - native_x),
                           (float) (history[i].axes[GDK_AXIS_Y] - native_y));
      if (gtk_widget_compute_point (GTK_WIDGET (native), GTK_WIDGET (self), &there, &here))
        move_stroke (self, (double) here.x, (double) here.y, PZ_NO_PRESSURE, self->erasing);
    }
}

/* With Ctrl nothing is drawn: the drag belongs to others. */
static gboolean
has_control (gpointer gesture)
{
  return (gtk_event_controller_get_current_event_state (gesture) & GDK_CONTROL_MASK) != 0;
}

/* A pen has a gesture of its own. And when the second of two fingers is lifted
 * the first is still there, but begins nothing.
 */
static gboolean
is_press (GtkGesture *gesture)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));

  if (event == NULL)
    return TRUE;
  if (gdk_event_get_device_tool (event) != NULL)
    return FALSE;

  return gdk_event_get_event_type (event) != GDK_TOUCH_END
         && gdk_event_get_event_type (event) != GDK_TOUCH_CANCEL;
}

static void
on_drag_begin (PzSketchPad *self,
               double       x,
               double       y,
               GtkGesture  *drag)
{
  if (!is_press (drag))
    return;
  if (has_control (drag))
    {
      gtk_gesture_set_state (drag, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }

  gtk_gesture_set_state (drag, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->dragging = TRUE;
  self->start_x = x;
  self->start_y = y;
  begin_stroke (self, x, y, PZ_NO_PRESSURE, self->erasing);
}

static void
on_drag_update (PzSketchPad *self,
                double       dx,
                double       dy,
                GtkGesture  *drag)
{
  if (!self->dragging)
    return;

  add_history (self, drag);
  move_stroke (self, self->start_x + dx, self->start_y + dy, PZ_NO_PRESSURE, self->erasing);
}

static void
on_drag_end (PzSketchPad *self,
             double       dx,
             double       dy,
             GtkGesture  *drag)
{
  if (!self->dragging)
    return;

  self->dragging = FALSE;
  end_stroke (self);
}

/* Also when a second finger comes down. */
static void
on_cancel (PzSketchPad      *self,
           GdkEventSequence *sequence,
           GtkGesture       *gesture)
{
  cancel_stroke (self);
}

static float
get_pressure (PzSketchPad *self)
{
  double pressure;

  if (gtk_gesture_stylus_get_axis (GTK_GESTURE_STYLUS (self->stylus), GDK_AXIS_PRESSURE, &pressure))
    return (float) pressure;

  return PZ_NO_PRESSURE;
}

static void
on_pen_down (PzSketchPad      *self,
             double            x,
             double            y,
             GtkGestureStylus *stylus)
{
  GdkDeviceTool *tool = gtk_gesture_stylus_get_device_tool (stylus);

  if (has_control (stylus))
    {
      gtk_gesture_set_state (GTK_GESTURE (stylus), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }

  gtk_gesture_set_state (GTK_GESTURE (stylus), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->pen_erases = self->erasing
                     || (tool != NULL
                         && gdk_device_tool_get_tool_type (tool) == GDK_DEVICE_TOOL_TYPE_ERASER);
  begin_stroke (self, x, y, get_pressure (self), self->pen_erases);
}

static void
on_pen_motion (PzSketchPad      *self,
               double            x,
               double            y,
               GtkGestureStylus *stylus)
{
  g_autofree GdkTimeCoord *backlog = NULL;
  guint n = 0;

  if (gtk_gesture_stylus_get_backlog (stylus, &backlog, &n))
    for (guint i = 0; i < n; i++)
      {
        gboolean pressed = (backlog[i].flags & GDK_AXIS_FLAG_PRESSURE) != 0;

        move_stroke (self, backlog[i].axes[GDK_AXIS_X], backlog[i].axes[GDK_AXIS_Y],
                     pressed ? (float) backlog[i].axes[GDK_AXIS_PRESSURE] : get_pressure (self),
                     self->pen_erases);
      }
  else
    move_stroke (self, x, y, get_pressure (self), self->pen_erases);
}

static void
on_pen_up (PzSketchPad      *self,
           double            x,
           double            y,
           GtkGestureStylus *stylus)
{
  end_stroke (self);
}

static void
show_change (PzSketchPad *self)
{
  g_autofree char *words = pz_sketch_pen_describe (&self->pen, self->sketch);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_sketch_changed (PzSketchPad *self)
{
  if (self->sketch != NULL)
    pz_sketch_pen_follow (&self->pen, self->sketch);
  show_change (self);
}

static gboolean
on_pen_key (GtkWidget *widget,
            GVariant  *arguments,
            gpointer   user_data)
{
  PzSketchPad *self = PZ_SKETCH_PAD (widget);
  gboolean done;

  if (self->sketch == NULL)
    return FALSE;

  self->is_pointed = FALSE;
  done = pz_sketch_pen_act (&self->pen, self->sketch, self->erasing, arguments);
  show_change (self);

  return done;
}

/* The keyboard's cross is seen as long as the focus is, and when it comes again. */
static void
on_focus_left (PzSketchPad *self)
{
  self->is_pointed = FALSE;
  if (self->sketch != NULL)
    pz_sketch_pen_lift (&self->pen, self->sketch);
  show_change (self);
}

static void
pz_sketch_pad_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  PzSketchPad *self = PZ_SKETCH_PAD (widget);
  const InkPoint *points;
  gsize n_points;
  double x, y, side;
  gboolean has_cross = gtk_widget_has_visible_focus (widget) && !self->is_pointed;
  DrawTheme theme;
  DrawCanvas canvas = { NULL, &theme, 0.0, 0.0 };

  if (self->sketch == NULL || (pz_sketch_get_empty (self->sketch) && !has_cross))
    return;

  side = canvas.width = canvas.height = get_square (self, &x, &y);
  points = pz_sketch_peek_points (self->sketch, &n_points);
  pz_theme_from_widget (widget, &theme);

  canvas.cr = gtk_snapshot_append_cairo (snapshot,
                                         &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) side, (float) side));
  cairo_translate (canvas.cr, x, y);
  draw_color_set_source (canvas.cr, theme.foreground);
  draw_sketch (canvas.cr, side, INK_STROKE_PEN, points, n_points);
  if (has_cross)
    draw_sketch_cross (&canvas, (double) self->pen.x, (double) self->pen.y, self->pen.is_down);
  cairo_destroy (canvas.cr);
}

/* At least four pixels for one of the network's. */
static void
pz_sketch_pad_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  *minimum = 168;
  *natural = 520;
}

static void
pz_sketch_pad_dispose (GObject *object)
{
  PzSketchPad *self = PZ_SKETCH_PAD (object);

  g_clear_object (&self->sketch_signals);
  g_clear_object (&self->sketch);

  G_OBJECT_CLASS (pz_sketch_pad_parent_class)->dispose (object);
}

static void
pz_sketch_pad_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  PzSketchPad *self = PZ_SKETCH_PAD (object);

  switch (prop_id)
    {
    case PROP_SKETCH:
      g_value_set_object (value, pz_sketch_pad_get_sketch (self));
      break;

    case PROP_ERASING:
      g_value_set_boolean (value, pz_sketch_pad_get_erasing (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_sketch_pad_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  PzSketchPad *self = PZ_SKETCH_PAD (object);

  switch (prop_id)
    {
    case PROP_SKETCH:
      pz_sketch_pad_set_sketch (self, g_value_get_object (value));
      break;

    case PROP_ERASING:
      pz_sketch_pad_set_erasing (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_sketch_pad_class_init (PzSketchPadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pz_sketch_pad_dispose;
  object_class->get_property = pz_sketch_pad_get_property;
  object_class->set_property = pz_sketch_pad_set_property;

  widget_class->measure = pz_sketch_pad_measure;
  widget_class->snapshot = pz_sketch_pad_snapshot;

  properties[PROP_SKETCH] =
    g_param_spec_object ("sketch", NULL, NULL,
                         PZ_TYPE_SKETCH,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  properties[PROP_ERASING] =
    g_param_spec_boolean ("erasing", NULL, NULL,
                          FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  pz_sketch_pen_bind (widget_class, on_pen_key);

  gtk_widget_class_set_css_name (widget_class, "sketchpad");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
pz_sketch_pad_init (PzSketchPad *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  pz_sketch_pen_init (&self->pen);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_focus_left), self);
  gtk_widget_add_controller (widget, focus);

  self->sketch_signals = g_signal_group_new (PZ_TYPE_SKETCH);
  g_signal_group_connect_swapped (self->sketch_signals, "changed",
                                  G_CALLBACK (on_sketch_changed), self);

  /* First, and before the others see the event: the second finger ends the drag
   * as if it had been lifted.
   */
  self->two_fingers = gtk_gesture_zoom_new ();
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (self->two_fingers), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (self->two_fingers, "begin", G_CALLBACK (on_cancel), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (self->two_fingers));

  self->stylus = gtk_gesture_stylus_new ();
  g_signal_connect_swapped (self->stylus, "down", G_CALLBACK (on_pen_down), self);
  g_signal_connect_swapped (self->stylus, "motion", G_CALLBACK (on_pen_motion), self);
  g_signal_connect_swapped (self->stylus, "up", G_CALLBACK (on_pen_up), self);
  g_signal_connect_swapped (self->stylus, "cancel", G_CALLBACK (on_cancel), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (self->stylus));

  self->drag = gtk_gesture_drag_new ();
  g_signal_connect_swapped (self->drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect_swapped (self->drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect_swapped (self->drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect_swapped (self->drag, "cancel", G_CALLBACK (on_cancel), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (self->drag));

  /* One claims for all; otherwise the claim of the drag takes the first finger
   * away from the others.
   */
  gtk_gesture_group (self->two_fingers, self->drag);
  gtk_gesture_group (self->stylus, self->drag);

  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_cursor_from_name (widget, "crosshair");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Drawing Pad"),
                                  -1);
}

PzSketch *
pz_sketch_pad_get_sketch (PzSketchPad *self)
{
  g_return_val_if_fail (PZ_IS_SKETCH_PAD (self), NULL);

  return self->sketch;
}

void
pz_sketch_pad_set_sketch (PzSketchPad *self,
                          PzSketch    *sketch)
{
  g_return_if_fail (PZ_IS_SKETCH_PAD (self));
  g_return_if_fail (sketch == NULL || PZ_IS_SKETCH (sketch));

  if (!g_set_object (&self->sketch, sketch))
    return;

  g_signal_group_set_target (self->sketch_signals, sketch);
  on_sketch_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SKETCH]);
}

gboolean
pz_sketch_pad_get_erasing (PzSketchPad *self)
{
  g_return_val_if_fail (PZ_IS_SKETCH_PAD (self), FALSE);

  return self->erasing;
}

void
pz_sketch_pad_set_erasing (PzSketchPad *self,
                           gboolean     erasing)
{
  g_return_if_fail (PZ_IS_SKETCH_PAD (self));

  erasing = !!erasing;
  if (self->erasing == erasing)
    return;

  self->erasing = erasing;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), erasing ? "cell" : "crosshair");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERASING]);
}
