/* pz-curve-input.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "widgets/curves/pz-curve-input.h"

/* A drag that is shorter is a click. */
#define THRESHOLD 8.0         /* pixels */

/* One notch of a wheel. */
#define ZOOM_STEP 1.2
#define PAN_STEP  0.1         /* of what is shown */

struct _PzCurveInput
{
  PzCurvePlot        *plot;   /* borrowed */

  gboolean            panning;
  double              mouse_x; /* pixels; NaN: elsewhere */
  double              mouse_y;
  double              start_x; /* of a drag: pixels */
  double              start_y;
  double              min;    /* of a drag or pinch: what was shown then */
  double              max;
  double              per_pixel; /* of a drag: epochs */
  double              centre; /* of a pinch: epoch */

  GtkEventController *controllers[7];   /* owned by the widget */
  guint               n_controllers;
};

static void
on_motion (PzCurveInput             *self,
           double                    x,
           double                    y,
           GtkEventControllerMotion *motion)
{
  double epoch;

  self->mouse_x = x;
  self->mouse_y = y;

  /* Beside the plots there is nothing to read. */
  if (pz_curve_plot_locate (self->plot, x, y, &epoch))
    pz_curve_plot_set_pointer (self->plot, (guint) MAX (lround (epoch), 1));
  else
    pz_curve_plot_set_pointer (self->plot, 0);
}

static void
on_leave (PzCurveInput             *self,
          GtkEventControllerMotion *motion)
{
  self->mouse_x = NAN;
  self->mouse_y = NAN;
  pz_curve_plot_set_pointer (self->plot, 0);
}

static gboolean
on_scroll (PzCurveInput             *self,
           double                    dx,
           double                    dy,
           GtkEventControllerScroll *scroll)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));
  double epoch = NAN;
  double min, max;

  if ((state & GDK_SHIFT_MASK) != 0)
    {
      dx += dy;
      dy = 0.0;
    }

  if (fabs (dx) > fabs (dy))
    {
      double shift;

      pz_curve_plot_get_range (self->plot, &min, &max);
      shift = dx * PAN_STEP * (max - min);
      pz_curve_plot_set_range (self->plot, min + shift, max + shift);
      return TRUE;
    }

  if (!isnan (self->mouse_x))
    pz_curve_plot_locate (self->plot, self->mouse_x, self->mouse_y, &epoch);
  pz_curve_plot_zoom (self->plot, epoch, pow (ZOOM_STEP, dy));

  return TRUE;
}

static void
on_pinch_begin (PzCurveInput     *self,
                GdkEventSequence *sequence,
                GtkGesture       *gesture)
{
  double x, y;

  pz_curve_plot_get_range (self->plot, &self->min, &self->max);
  self->centre = (self->min + self->max) / 2.0;
  if (gtk_gesture_is_recognized (gesture) && gtk_gesture_get_bounding_box_center (gesture, &x, &y))
    pz_curve_plot_locate (self->plot, x, y, &self->centre);
}

static void
on_pinch (PzCurveInput   *self,
          double          scale,
          GtkGestureZoom *gesture)
{
  if (!(scale > 0.0))
    return;

  pz_curve_plot_set_range (self->plot,
                           self->centre - (self->centre - self->min) / scale,
                           self->centre + (self->max - self->centre) / scale);
}

/* A mouse draws a box; a finger, the middle button and Shift take the chart
 * along.
 */
static gboolean
is_pan (GtkGesture *drag)
{
  GtkEventController *controller = GTK_EVENT_CONTROLLER (drag);
  GdkEvent *event = gtk_event_controller_get_current_event (controller);

  return gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (drag)) == GDK_BUTTON_MIDDLE
         || (gtk_event_controller_get_current_event_state (controller) & GDK_SHIFT_MASK) != 0
         || (event != NULL && gdk_event_get_event_type (event) == GDK_TOUCH_BEGIN);
}

static void
on_drag_begin (PzCurveInput *self,
               double        x,
               double        y,
               GtkGesture   *drag)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self->plot));
  double here, there;

  gtk_widget_grab_focus (GTK_WIDGET (self->plot));

  self->panning = is_pan (drag);
  self->start_x = x;
  self->start_y = y;
  pz_curve_plot_get_range (self->plot, &self->min, &self->max);

  /* The epochs in a quarter of the chart, whose margins are smaller. */
  pz_curve_plot_locate (self->plot, 0.5 * width, y, &here);
  pz_curve_plot_locate (self->plot, 0.75 * width, y, &there);
  self->per_pixel = width > 0.0 ? (there - here) / (0.25 * width) : 0.0;
}

static void
on_drag_update (PzCurveInput *self,
                double        dx,
                double        dy,
                GtkGesture   *drag)
{
  if (fabs (dx) >= THRESHOLD)
    gtk_gesture_set_state (drag, GTK_EVENT_SEQUENCE_CLAIMED);

  if (self->panning)
    pz_curve_plot_set_range (self->plot,
                             self->min - dx * self->per_pixel,
                             self->max - dx * self->per_pixel);
  else
    pz_curve_plot_set_band (self->plot, self->start_x, self->start_x + dx);
}

static void
on_drag_end (PzCurveInput *self,
             double        dx,
             double        dy,
             GtkGesture   *drag)
{
  double from, to;

  pz_curve_plot_set_band (self->plot, 0.0, 0.0);
  if (self->panning || fabs (dx) < THRESHOLD)
    return;

  pz_curve_plot_locate (self->plot, self->start_x, self->start_y, &from);
  pz_curve_plot_locate (self->plot, self->start_x + dx, self->start_y, &to);

  /* Whole epochs: there the values are. */
  pz_curve_plot_set_range (self->plot, floor (MIN (from, to)), ceil (MAX (from, to)));
}

static void
on_pressed (PzCurveInput    *self,
            int              n_press,
            double           x,
            double           y,
            GtkGestureClick *click)
{
  if (n_press == 2)
    pz_curve_plot_reset_zoom (self->plot);
}

static void
add_controller (PzCurveInput       *self,
                GtkEventController *controller)
{
  g_assert (self->n_controllers < G_N_ELEMENTS (self->controllers));

  self->controllers[self->n_controllers++] = controller;
  gtk_widget_add_controller (GTK_WIDGET (self->plot), controller);
}

static void
add_drag (PzCurveInput *self,
          guint         button,
          GtkGesture   *group)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), button);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  add_controller (self, GTK_EVENT_CONTROLLER (drag));
  gtk_gesture_group (drag, group);
}

static gboolean
on_step_binding (GtkWidget *widget,
                 GVariant  *args,
                 gpointer   user_data)
{
  PzCurvePlot *self = PZ_CURVE_PLOT (widget);
  guint pointer = pz_curve_plot_get_pointer (self);
  double min, max, to;

  pz_curve_plot_get_whole (self, &min, &max);

  /* From nowhere, to the end of what is shown: there the news are. */
  if (pointer == 0)
    {
      double shown_min;

      pz_curve_plot_get_range (self, &shown_min, &to);
    }
  else
    to = (double) pointer + g_variant_get_int32 (args);

  pz_curve_plot_set_pointer (self, (guint) CLAMP (floor (to), min, max));

  return TRUE;
}

static gboolean
on_zoom_binding (GtkWidget *widget,
                 GVariant  *args,
                 gpointer   user_data)
{
  pz_curve_plot_zoom (PZ_CURVE_PLOT (widget), NAN, g_variant_get_double (args));

  return TRUE;
}

static gboolean
on_reset_binding (GtkWidget *widget,
                  GVariant  *args,
                  gpointer   user_data)
{
  pz_curve_plot_reset_zoom (PZ_CURVE_PLOT (widget));

  return TRUE;
}

static gboolean
on_escape_binding (GtkWidget *widget,
                   GVariant  *args,
                   gpointer   user_data)
{
  PzCurvePlot *self = PZ_CURVE_PLOT (widget);

  if (pz_curve_plot_get_pointer (self) == 0)
    return FALSE;

  pz_curve_plot_set_pointer (self, 0);

  return TRUE;
}

static void
add_key (GtkEventController *keys,
         guint               key,
         GdkModifierType     modifiers,
         GtkShortcutFunc     func,
         GVariant           *arguments)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                                            gtk_callback_action_new (func, NULL, NULL));

  gtk_shortcut_set_arguments (shortcut, arguments);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
}

static void
add_keys (PzCurveInput *self)
{
  static const guint nearer[] = { GDK_KEY_plus, GDK_KEY_equal, GDK_KEY_KP_Add };
  static const guint farther[] = { GDK_KEY_minus, GDK_KEY_KP_Subtract };
  GtkEventController *keys = gtk_shortcut_controller_new ();

  add_key (keys, GDK_KEY_Left, 0, on_step_binding, g_variant_new_int32 (-1));
  add_key (keys, GDK_KEY_Right, 0, on_step_binding, g_variant_new_int32 (1));
  add_key (keys, GDK_KEY_Left, GDK_CONTROL_MASK, on_step_binding, g_variant_new_int32 (-10));
  add_key (keys, GDK_KEY_Right, GDK_CONTROL_MASK, on_step_binding, g_variant_new_int32 (10));
  add_key (keys, GDK_KEY_Home, 0, on_step_binding, g_variant_new_int32 (-G_MAXINT));
  add_key (keys, GDK_KEY_End, 0, on_step_binding, g_variant_new_int32 (G_MAXINT));
  for (gsize i = 0; i < G_N_ELEMENTS (nearer); i++)
    add_key (keys, nearer[i], 0, on_zoom_binding, g_variant_new_double (0.5));
  for (gsize i = 0; i < G_N_ELEMENTS (farther); i++)
    add_key (keys, farther[i], 0, on_zoom_binding, g_variant_new_double (2.0));
  add_key (keys, GDK_KEY_0, 0, on_reset_binding, NULL);
  add_key (keys, GDK_KEY_KP_0, 0, on_reset_binding, NULL);
  add_key (keys, GDK_KEY_Escape, 0, on_escape_binding, NULL);

  add_controller (self, keys);
}

PzCurveInput *
pz_curve_input_new (PzCurvePlot *plot)
{
  PzCurveInput *self = g_new0 (PzCurveInput, 1);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *pinch = gtk_gesture_zoom_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->plot = plot;
  self->mouse_x = NAN;
  self->mouse_y = NAN;

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave), self);
  add_controller (self, motion);

  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (on_scroll), self);
  add_controller (self, scroll);

  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (on_pinch_begin), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (on_pinch), self);
  add_controller (self, GTK_EVENT_CONTROLLER (pinch));

  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  add_controller (self, GTK_EVENT_CONTROLLER (click));

  add_drag (self, GDK_BUTTON_PRIMARY, pinch);
  add_drag (self, GDK_BUTTON_MIDDLE, pinch);

  add_keys (self);

  return self;
}

void
pz_curve_input_free (PzCurveInput *self)
{
  for (guint i = 0; i < self->n_controllers; i++)
    gtk_widget_remove_controller (GTK_WIDGET (self->plot), self->controllers[i]);
  g_free (self);
}
