/* test-sketch-pad.c: the pad under a pen, with Ctrl, and drawn on with the keyboard. Needs
 * a display.
 *
 * There are no synthetic events of a pen in GTK 4, so the tests emit the gesture's
 * signals; what the gesture is asked for then, axes and keys that are held, is answered here
 * in GTK's place (-Wl,--wrap).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "core/net/mlp-split.h"
#include "core/train/mlp-train.h"
#include "datasets/ds-open.h"
#include "datasets/ds-set.h"
#include "datasets/ds-split.h"
#include "widgets/sketch-util.h"
#include "widgets/try/pz-draw-view.h"
#include "widgets/try/pz-sketch-pad.h"
#include "widgets/view-util.h"

/* What the pen and the keyboard report */
static double pen_pressure;
static GdkModifierType held_keys;
static GArray *backlog;         /* (nullable): of GdkTimeCoord, for the next motion */

gboolean __wrap_gtk_gesture_stylus_get_axis (GtkGestureStylus *stylus,
                                             GdkAxisUse        axis,
                                             double           *value);
gboolean
__wrap_gtk_gesture_stylus_get_axis (GtkGestureStylus *stylus,
                                    GdkAxisUse        axis,
                                    double           *value)
{
  g_assert_cmpint (axis, ==, GDK_AXIS_PRESSURE);
  *value = pen_pressure;

  return pen_pressure >= 0.0;
}

gboolean __wrap_gtk_gesture_stylus_get_backlog (GtkGestureStylus *stylus,
                                                GdkTimeCoord    **coords,
                                                guint            *n);
gboolean
__wrap_gtk_gesture_stylus_get_backlog (GtkGestureStylus *stylus,
                                       GdkTimeCoord    **coords,
                                       guint            *n)
{
  if (backlog == NULL)
    return FALSE;

  *n = backlog->len;
  *coords = (GdkTimeCoord *) (gpointer) g_array_free (g_steal_pointer (&backlog), FALSE);

  return TRUE;
}

GdkModifierType __wrap_gtk_event_controller_get_current_event_state (GtkEventController *controller);
GdkModifierType
__wrap_gtk_event_controller_get_current_event_state (GtkEventController *controller)
{
  return held_keys;
}

typedef struct
{
  PzProject   *project;
  PzDrawView  *view;
  PzSketchPad *pad;
  PzSketch    *sketch;
  GtkWindow   *window;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->view = open_panel (PZ_TYPE_DRAW_VIEW, 800, 600, &f->project, &f->window);
  pen_pressure = 0.5;
  held_keys = 0;
  f->pad = find_child (GTK_WIDGET (f->view), PZ_TYPE_SKETCH_PAD, "pad");
  f->sketch = pz_draw_view_get_sketch (f->view);
  wait_until (gtk_widget_get_width (GTK_WIDGET (f->pad)) > 0);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  close_panel (f->view, f->window, f->project);
}

static gsize
count_points (Fixture *f)
{
  gsize n;

  pz_sketch_peek_points (f->sketch, &n);

  return n;
}

static const InkPoint *
get_point (Fixture *f,
           gsize    i)
{
  g_assert_cmpuint (i, <, count_points (f));

  return &pz_sketch_peek_points (f->sketch, NULL)[i];
}

static void
assert_point (Fixture *f,
              gsize    i,
              double   x,
              double   y)
{
  assert_close ((double) get_point (f, i)->x, x, 1e-5);
  assert_close ((double) get_point (f, i)->y, y, 1e-5);
}

/* One signal of the pen, at a place of the unit square */
static void
use_pen (Fixture    *f,
         const char *what,
         double      x,
         double      y)
{
  GtkGesture *stylus = find_controller (f->pad, GTK_TYPE_GESTURE_STYLUS, 0);
  double side = gtk_widget_get_width (GTK_WIDGET (f->pad));

  g_signal_emit_by_name (stylus, what, x * side, y * side);
}

static void
press (Fixture        *f,
       guint           key,
       GdkModifierType modifiers)
{
  g_assert_true (press_key (f->pad, key, modifiers));
}

/* The line is as wide as the pen is pressed; no point that the pen went through between
 * two events is lost.
 */
static void
test_pressure (Fixture      *f,
               gconstpointer data)
{
  const double side = gtk_widget_get_width (GTK_WIDGET (f->pad));

  pen_pressure = 0.25;
  use_pen (f, "down", 0.1, 0.1);
  pen_pressure = 0.75;
  use_pen (f, "motion", 0.2, 0.2);

  backlog = g_array_new (FALSE, TRUE, sizeof (GdkTimeCoord));
  for (guint i = 0; i < 5; i++)
    {
      GdkTimeCoord coord = { .time = i, .flags = GDK_AXIS_FLAG_X | GDK_AXIS_FLAG_Y | GDK_AXIS_FLAG_PRESSURE };

      coord.axes[GDK_AXIS_X] = side * (0.3 + 0.1 * i);
      coord.axes[GDK_AXIS_Y] = side * 0.5;
      coord.axes[GDK_AXIS_PRESSURE] = 0.1 * i;
      g_array_append_val (backlog, coord);
    }
  use_pen (f, "motion", 0.7, 0.5);

  /* A pen that does not know how hard it is pressed */
  pen_pressure = -1.0;
  use_pen (f, "motion", 0.8, 0.5);
  use_pen (f, "up", 0.8, 0.5);

  g_assert_cmpuint (count_points (f), ==, 8);
  assert_close ((double) get_point (f, 0)->pressure, 0.25, 1e-6);
  assert_close ((double) get_point (f, 1)->pressure, 0.75, 1e-6);
  for (guint i = 0; i < 5; i++)
    {
      assert_point (f, 2 + i, 0.3 + 0.1 * i, 0.5);
      assert_close ((double) get_point (f, 2 + i)->pressure, 0.1 * i, 1e-6);
    }
  assert_close ((double) get_point (f, 7)->pressure, 0.5, 1e-6);
  g_assert_false (pz_sketch_get_drawing (f->sketch));
}

/* While something is on the pad the page does not follow it. */
static void
test_hold (Fixture      *f,
           gconstpointer data)
{
  GtkGesture *drag = find_controller (f->pad, GTK_TYPE_GESTURE_DRAG, 0);
  GtkGesture *fingers = find_controller (f->pad, GTK_TYPE_GESTURE_ZOOM, 0);
  GtkScrolledWindow *page = find_child (GTK_WIDGET (f->view), GTK_TYPE_SCROLLED_WINDOW, "page");

  g_assert_true (gtk_scrolled_window_get_kinetic_scrolling (page));
  g_signal_emit_by_name (drag, "drag-begin", 10.0, 10.0);
  g_assert_false (gtk_scrolled_window_get_kinetic_scrolling (page));
  g_signal_emit_by_name (drag, "drag-update", 50.0, 50.0);
  g_assert_false (gtk_scrolled_window_get_kinetic_scrolling (page));
  g_signal_emit_by_name (drag, "drag-end", 50.0, 50.0);
  g_assert_true (gtk_scrolled_window_get_kinetic_scrolling (page));

  use_pen (f, "down", 0.1, 0.1);
  g_assert_false (gtk_scrolled_window_get_kinetic_scrolling (page));
  use_pen (f, "up", 0.1, 0.1);
  g_assert_true (gtk_scrolled_window_get_kinetic_scrolling (page));

  /* A second finger may pan. */
  g_signal_emit_by_name (drag, "drag-begin", 10.0, 10.0);
  g_signal_emit_by_name (fingers, "begin", NULL);
  g_assert_true (gtk_scrolled_window_get_kinetic_scrolling (page));
}

/* With Ctrl neither a mouse nor a pen draws. */
static void
test_control (Fixture      *f,
              gconstpointer data)
{
  GtkGesture *drag = find_controller (f->pad, GTK_TYPE_GESTURE_DRAG, 0);

  held_keys = GDK_CONTROL_MASK;
  use_pen (f, "down", 0.1, 0.1);
  use_pen (f, "motion", 0.5, 0.5);
  use_pen (f, "up", 0.5, 0.5);
  g_signal_emit_by_name (drag, "drag-begin", 10.0, 10.0);
  g_signal_emit_by_name (drag, "drag-update", 50.0, 50.0);
  g_signal_emit_by_name (drag, "drag-end", 50.0, 50.0);
  g_assert_true (pz_sketch_get_empty (f->sketch));

  held_keys = GDK_SHIFT_MASK;
  g_signal_emit_by_name (drag, "drag-begin", 10.0, 10.0);
  g_signal_emit_by_name (drag, "drag-end", 0.0, 0.0);
  g_assert_cmpuint (count_points (f), ==, 1);
}

static void
test_keys (Fixture      *f,
           gconstpointer data)
{
  /* The pen is up above the middle; moved, it draws nothing. */
  g_assert_false (press_key (f->pad, GDK_KEY_Return, 0));
  g_assert_false (press_key (f->pad, GDK_KEY_Escape, 0));
  press (f, GDK_KEY_Left, 0);
  press (f, GDK_KEY_Up, GDK_SHIFT_MASK);
  g_assert_true (pz_sketch_get_empty (f->sketch));
  assert_words (f->pad, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                "Empty. Pen up, 45 % from the left, 24 % from the top");

  /* Down: each key is a point. */
  press (f, GDK_KEY_space, 0);
  press (f, GDK_KEY_KP_Right, 0);
  press (f, GDK_KEY_Page_Down, 0);
  press (f, GDK_KEY_End, 0);
  press (f, GDK_KEY_Home, GDK_SHIFT_MASK);
  press (f, GDK_KEY_KP_Page_Up, 0);
  press (f, GDK_KEY_Down, 0);
  assert_words (f->pad, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                "Has a drawing. Pen down, 54 % from the left, 33 % from the top");
  g_assert_cmpuint (count_points (f), ==, 7);
  assert_point (f, 0, 0.45, 0.2375);
  assert_point (f, 1, 0.5, 0.2375);
  assert_point (f, 2, 0.55, 0.2875);
  assert_point (f, 3, 0.5, 0.3375);
  assert_point (f, 4, 0.4875, 0.325);
  assert_point (f, 5, 0.5375, 0.275);
  assert_point (f, 6, 0.5375, 0.325);
  g_assert_false (pz_sketch_get_can_undo (f->sketch));

  press (f, GDK_KEY_Return, 0);
  g_assert_true (pz_sketch_get_can_undo (f->sketch));
  press (f, GDK_KEY_Down, 0);
  g_assert_cmpuint (count_points (f), ==, 7);

  /* A second stroke, lifted by Space; a third, taken back */
  press (f, GDK_KEY_space, 0);
  press (f, GDK_KEY_Left, 0);
  press (f, GDK_KEY_space, 0);
  g_assert_cmpuint (count_points (f), ==, 9);
  g_assert_true (get_point (f, 7)->starts);
  press (f, GDK_KEY_space, 0);
  press (f, GDK_KEY_Left, 0);
  g_assert_cmpuint (count_points (f), ==, 11);
  press (f, GDK_KEY_Escape, 0);
  g_assert_cmpuint (count_points (f), ==, 9);
  press_key (f->view, GDK_KEY_BackSpace, 0);
  g_assert_cmpuint (count_points (f), ==, 7);
}

/* The pen stays on the pad; at the edge it adds nothing. */
static void
test_edge (Fixture      *f,
           gconstpointer data)
{
  press (f, GDK_KEY_space, 0);
  for (guint i = 0; i < 30; i++)
    press (f, GDK_KEY_Home, 0);
  press (f, GDK_KEY_Return, 0);
  g_assert_cmpuint (count_points (f), <=, 12);
  assert_point (f, count_points (f) - 1, 0.0, 0.0);
}

/* A mouse that draws ends the pen's stroke, and so does clearing. */
static void
test_taken (Fixture      *f,
            gconstpointer data)
{
  GtkGesture *drag = find_controller (f->pad, GTK_TYPE_GESTURE_DRAG, 0);

  press (f, GDK_KEY_space, 0);
  press (f, GDK_KEY_Left, 0);
  g_signal_emit_by_name (drag, "drag-begin", 10.0, 10.0);
  g_assert_cmpuint (count_points (f), ==, 3);
  press (f, GDK_KEY_Left, 0);
  g_assert_cmpuint (count_points (f), ==, 3);
  g_signal_emit_by_name (drag, "drag-end", 0.0, 0.0);

  press (f, GDK_KEY_space, 0);
  press_key (f->view, GDK_KEY_Delete, 0);
  g_assert_true (pz_sketch_get_empty (f->sketch));
  assert_words (f->pad, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                "Empty. Pen up, 40 % from the left, 25 % from the top");
  press (f, GDK_KEY_Left, 0);
  g_assert_true (pz_sketch_get_empty (f->sketch));
}

/* The eraser, by the keyboard */
static void
test_erase (Fixture      *f,
            gconstpointer data)
{
  GtkGesture *drag = find_controller (f->pad, GTK_TYPE_GESTURE_DRAG, 0);

  pz_sketch_begin_stroke (f->sketch, 0.5f, 0.2f, 0.5f);
  pz_sketch_add_point (f->sketch, 0.6f, 0.2f, 0.5f);
  pz_sketch_end_stroke (f->sketch);
  pz_draw_view_set_erasing (f->view, TRUE);

  press (f, GDK_KEY_Up, 0);
  g_assert_false (pz_sketch_get_empty (f->sketch));
  press (f, GDK_KEY_Left, 0);
  press (f, GDK_KEY_Left, 0);
  press (f, GDK_KEY_space, 0);
  g_assert_false (pz_sketch_get_empty (f->sketch));
  press (f, GDK_KEY_Right, 0);
  press (f, GDK_KEY_Right, 0);
  g_assert_true (pz_sketch_get_empty (f->sketch));
  press (f, GDK_KEY_Return, 0);
  g_assert_false (press_key (f->pad, GDK_KEY_Return, 0));

  /* A mouse takes it away. */
  press (f, GDK_KEY_space, 0);
  g_signal_emit_by_name (drag, "drag-begin", 10.0, 10.0);
  g_signal_emit_by_name (drag, "drag-end", 0.0, 0.0);
  g_assert_false (press_key (f->pad, GDK_KEY_Return, 0));

  /* A stroke goes on as it began. */
  pz_draw_view_set_erasing (f->view, FALSE);
  g_signal_emit_by_name (drag, "drag-begin", 10.0, 10.0);
  pz_draw_view_set_erasing (f->view, TRUE);
  g_signal_emit_by_name (drag, "drag-update", 50.0, 50.0);
  g_signal_emit_by_name (drag, "drag-end", 50.0, 50.0);
  g_assert_cmpuint (count_points (f), ==, 2);
  g_signal_emit_by_name (drag, "drag-begin", 10.0, 10.0);
  g_signal_emit_by_name (drag, "drag-end", 0.0, 0.0);
  g_assert_true (pz_sketch_get_empty (f->sketch));
}

/* -- All ten digits with a pen, asked of a network that learned MNIST -- */

/* (transfer full) (nullable): skips where the data are not there */
static MlpNet *
train_net (void)
{
  const MlpLayer layers[] = { { 64, MLP_RELU }, { 10, MLP_SOFTMAX } };
  const DsSplitOptions split_options = { .n_validation = 1000, .limit = 20000 };
  const char *data = g_getenv ("PERZEPTRON_TEST_DATA");
  MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(DsSet) set = NULL;
  g_autoptr(MlpSplit) split = NULL;
  g_autoptr(MlpNet) net = NULL;
  g_autoptr(MlpTraining) training = NULL;
  MlpStopReason end;

  path = data != NULL ? g_build_filename (data, "mnist", NULL)
                      : g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", "mnist", NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("The real MNIST is not here; PERZEPTRON_TEST_DATA may name the folder above it");
      return NULL;
    }

  set = ds_open (path, NULL, NULL, &error);
  g_assert_no_error (error);
  split = ds_split_make (set, &split_options, &error);
  g_assert_no_error (error);

  net = mlp_net_new (784, layers, 2, &error);
  g_assert_no_error (error);
  mlp_net_init (net, MLP_INIT_HE, FALSE, 1);
  options.epochs = 6;
  training = mlp_training_new (net, set->samples, split, &options, &error);
  g_assert_no_error (error);
  g_assert_true (mlp_training_run (training, options.epochs, NULL, &end, &error));
  g_assert_no_error (error);

  return mlp_net_copy (mlp_training_peek_net (training));
}

/* Part of an ellipse, in degrees: 0 is right and 90 is down; or a straight line, where
 * the radii are none: from (x, y) to (begin, end).
 */
typedef struct
{
  double   x, y, rx, ry, begin, end;
  gboolean starts;
} Part;

static const Part digits[10][7] = {
  { { 0.50, 0.50, 0.20, 0.30, -80, -440, TRUE } },
  { { 0.55, 0.20, 0, 0, 0.52, 0.50, TRUE }, { 0.52, 0.50, 0, 0, 0.49, 0.80 } },
  { { 0.50, 0.36, 0.19, 0.16, -160, 40, TRUE }, { 0.64, 0.46, 0, 0, 0.46, 0.66 }, { 0.46, 0.66, 0, 0, 0.30, 0.79 },
    { 0.30, 0.79, 0, 0, 0.72, 0.79 } },
  { { 0.48, 0.35, 0.17, 0.14, -150, 85, TRUE }, { 0.49, 0.64, 0.20, 0.16, -85, 150 } },
  { { 0.38, 0.20, 0, 0, 0.30, 0.52, TRUE }, { 0.30, 0.52, 0, 0, 0.70, 0.50 }, { 0.62, 0.20, 0, 0, 0.58, 0.82, TRUE } },
  { { 0.40, 0.22, 0, 0, 0.37, 0.46, TRUE }, { 0.48, 0.62, 0.19, 0.18, -125, 145 }, { 0.40, 0.22, 0, 0, 0.68, 0.21, TRUE } },
  { { 0.58, 0.18, 0, 0, 0.46, 0.32, TRUE }, { 0.46, 0.32, 0, 0, 0.37, 0.50 }, { 0.37, 0.50, 0, 0, 0.34, 0.62 },
    { 0.49, 0.64, 0.15, 0.16, -175, -535 } },
  { { 0.30, 0.24, 0, 0, 0.70, 0.23, TRUE }, { 0.70, 0.23, 0, 0, 0.60, 0.42 }, { 0.60, 0.42, 0, 0, 0.46, 0.82 } },
  { { 0.50, 0.34, 0.14, 0.15, -30, -270, TRUE }, { 0.50, 0.65, 0.17, 0.16, -90, 270 }, { 0.50, 0.34, 0.14, 0.15, 90, -30 } },
  { { 0.48, 0.36, 0.16, 0.16, -20, -360, TRUE }, { 0.64, 0.36, 0, 0, 0.62, 0.58 }, { 0.62, 0.58, 0, 0, 0.57, 0.82 } },
};

#define N_POINTS 16

/* A hand that begins lightly and presses harder */
static void
draw_digit (Fixture    *f,
            const Part *parts)
{
  for (const Part *part = parts; part->x > 0; part++)
    for (guint i = 0; i <= N_POINTS; i++)
      {
        const double t = (double) i / N_POINTS;
        const double angle = (part->begin + t * (part->end - part->begin)) * G_PI / 180.0;
        const double x = part->rx > 0 ? part->x + part->rx * cos (angle) : part->x + t * (part->begin - part->x);
        const double y = part->rx > 0 ? part->y + part->ry * sin (angle) : part->y + t * (part->end - part->y);

        pen_pressure = 0.2 + 0.5 * t;
        if (i == 0 && part->starts)
          {
            if (part != parts)
              use_pen (f, "up", x, y);
            use_pen (f, "down", x, y);
          }
        else
          {
            use_pen (f, "motion", x, y);
          }
      }
  use_pen (f, "up", 0.5, 0.5);
}

static void
test_digits (Fixture      *f,
             gconstpointer data)
{
  PzPredictor *predictor = pz_project_get_predictor (f->project);
  g_autoptr(MlpNet) net = train_net ();
  guint n_right = 0;

  if (net == NULL)
    return;

  open_net (f->project, net);
  for (guint i = 0; i < 10; i++)
    {
      draw_digit (f, digits[i]);
      wait_for_answer (f->sketch, predictor, 0);
      g_assert_true (pz_predictor_get_has_answer (predictor));
      g_test_message ("%u: %u", i, pz_predictor_get_answer (predictor));
      n_right += pz_predictor_get_answer (predictor) == i;

      press_key (f->view, GDK_KEY_Delete, 0);
      wait_until (!pz_predictor_get_has_answer (predictor));
    }

  g_assert_cmpuint (n_right, >=, 9);
}

#define ADD(path, func) g_test_add ("/widgets/sketch-pad/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("pressure", test_pressure);
  ADD ("hold", test_hold);
  ADD ("control", test_control);
  ADD ("keys", test_keys);
  ADD ("edge", test_edge);
  ADD ("taken", test_taken);
  ADD ("erase", test_erase);
  ADD ("digits", test_digits);

  return g_test_run ();
}
