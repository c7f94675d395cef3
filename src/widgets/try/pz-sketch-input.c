/* pz-sketch-input.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "widgets/try/pz-sketch-input.h"
#include "widgets/try/pz-sketch-pen.h"

struct _PzSketchInput
{
  PzSketchPad *pad;             /* borrowed */

  GtkGesture  *two_fingers;     /* owned by the pad, as the next two */
  GtkGesture  *stylus;
  GtkGesture  *drag;
  gboolean     dragging;
  double       start_x;         /* of the drag, in pixels */
  double       start_y;
};

/* GDK makes one event of all motion in a frame; without the points that it
 * swallowed a fast stroke is a polygon with corners 16 ms apart.
 */
static void
add_history (PzSketchInput *self,
             GtkGesture    *gesture)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self->pad));
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
      if (gtk_widget_compute_point (GTK_WIDGET (native), GTK_WIDGET (self->pad), &there, &here))
        pz_sketch_pad_move_stroke (self->pad, (double) here.x, (double) here.y, PZ_NO_PRESSURE);
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
on_drag_begin (PzSketchInput *self,
               double         x,
               double         y,
               GtkGesture    *drag)
{
  if (!is_press (drag))
    return;
  if (has_control (drag))
    {
      gtk_gesture_set_state (drag, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }

  gtk_gesture_set_state (drag, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self->pad));
  self->dragging = TRUE;
  self->start_x = x;
  self->start_y = y;
  pz_sketch_pad_begin_stroke (self->pad, x, y, PZ_NO_PRESSURE, pz_sketch_pad_get_erasing (self->pad));
}

static void
on_drag_update (PzSketchInput *self,
                double         dx,
                double         dy,
                GtkGesture    *drag)
{
  if (!self->dragging)
    return;

  add_history (self, drag);
  pz_sketch_pad_move_stroke (self->pad, self->start_x + dx, self->start_y + dy, PZ_NO_PRESSURE);
}

static void
on_drag_end (PzSketchInput *self,
             double         dx,
             double         dy,
             GtkGesture    *drag)
{
  if (!self->dragging)
    return;

  self->dragging = FALSE;
  pz_sketch_pad_end_stroke (self->pad);
}

/* Also when a second finger comes down. */
static void
on_cancel (PzSketchInput    *self,
           GdkEventSequence *sequence,
           GtkGesture       *gesture)
{
  self->dragging = FALSE;
  pz_sketch_pad_cancel_stroke (self->pad);
}

static float
get_pressure (PzSketchInput *self)
{
  double pressure;

  if (gtk_gesture_stylus_get_axis (GTK_GESTURE_STYLUS (self->stylus), GDK_AXIS_PRESSURE, &pressure))
    return (float) pressure;

  return PZ_NO_PRESSURE;
}

static void
on_pen_down (PzSketchInput    *self,
             double            x,
             double            y,
             GtkGestureStylus *stylus)
{
  GdkDeviceTool *tool = gtk_gesture_stylus_get_device_tool (stylus);
  gboolean erase;

  if (has_control (stylus))
    {
      gtk_gesture_set_state (GTK_GESTURE (stylus), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }

  gtk_gesture_set_state (GTK_GESTURE (stylus), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self->pad));
  erase = pz_sketch_pad_get_erasing (self->pad)
          || (tool != NULL && gdk_device_tool_get_tool_type (tool) == GDK_DEVICE_TOOL_TYPE_ERASER);
  pz_sketch_pad_begin_stroke (self->pad, x, y, get_pressure (self), erase);
}

static void
on_pen_motion (PzSketchInput    *self,
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

        pz_sketch_pad_move_stroke (self->pad, backlog[i].axes[GDK_AXIS_X], backlog[i].axes[GDK_AXIS_Y],
                                   pressed ? (float) backlog[i].axes[GDK_AXIS_PRESSURE] : get_pressure (self));
      }
  else
    pz_sketch_pad_move_stroke (self->pad, x, y, get_pressure (self));
}

static void
on_pen_up (PzSketchInput    *self,
           double            x,
           double            y,
           GtkGestureStylus *stylus)
{
  pz_sketch_pad_end_stroke (self->pad);
}

PzSketchInput *
pz_sketch_input_new (PzSketchPad *pad)
{
  PzSketchInput *self;
  GtkWidget *widget;

  g_return_val_if_fail (PZ_IS_SKETCH_PAD (pad), NULL);

  self = g_new0 (PzSketchInput, 1);
  self->pad = pad;
  widget = GTK_WIDGET (pad);

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

  return self;
}

void
pz_sketch_input_free (PzSketchInput *self)
{
  GtkGesture *gestures[] = { self->two_fingers, self->stylus, self->drag };

  for (gsize i = 0; i < G_N_ELEMENTS (gestures); i++)
    gtk_widget_remove_controller (GTK_WIDGET (self->pad), GTK_EVENT_CONTROLLER (gestures[i]));
  g_free (self);
}
