/* test-draw-view.c: needs a display.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "widgets/try/pz-draw-view.h"
#include "widgets/try/pz-sketch-pad.h"
#include "widgets/view-util.h"

typedef struct
{
  PzProject   *project;
  PzDrawView  *view;
  PzSketchPad *pad;
  PzSketch    *sketch;
  GtkWidget   *pad_hint;
  GtkLabel    *answer;
  GtkLabel    *detail;
  GtkWindow   *window;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->view = open_panel (PZ_TYPE_DRAW_VIEW, 800, 600, &f->project, &f->window);
  f->pad = find_child (GTK_WIDGET (f->view), PZ_TYPE_SKETCH_PAD, "pad");
  f->pad_hint = find_child (GTK_WIDGET (f->view), GTK_TYPE_LABEL, "pad_hint");
  f->answer = find_child (GTK_WIDGET (f->view), GTK_TYPE_LABEL, "answer_label");
  f->detail = find_child (GTK_WIDGET (f->view), GTK_TYPE_LABEL, "detail_label");
  f->sketch = pz_draw_view_get_sketch (f->view);
  wait_until (gtk_widget_get_width (GTK_WIDGET (f->pad)) > 0);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  close_panel (f->view, f->window, f->project);
}

/* Says 1 where the ink is in the middle columns, 2 where it is in the middle rows,
 * and 0 to neither.
 */
static MlpNet *
make_net (void)
{
  const MlpLayer layers[] = { { 10, MLP_SOFTMAX } };
  MlpNet *net = mlp_net_new (784, layers, 1, NULL);
  float *params = mlp_net_get_params (net);

  for (gsize i = 0; i < 28; i++)
    for (gsize j = 12; j < 16; j++)
      {
        params[1 * 784 + i * 28 + j] += 0.2f;
        params[2 * 784 + j * 28 + i] += 0.2f;
      }

  return net;
}

static void
stroke (Fixture *f,
        double   x0,
        double   y0,
        double   x1,
        double   y1)
{
  GtkGesture *drag = find_controller (f->pad, GTK_TYPE_GESTURE_DRAG, 0);
  double side = gtk_widget_get_width (GTK_WIDGET (f->pad));

  g_signal_emit_by_name (drag, "drag-begin", x0 * side, y0 * side);
  for (int i = 1; i <= 10; i++)
    g_signal_emit_by_name (drag, "drag-update", (x1 - x0) * side * i / 10.0, (y1 - y0) * side * i / 10.0);
  g_signal_emit_by_name (drag, "drag-end", (x1 - x0) * side, (y1 - y0) * side);
}

static void
test_project (void)
{
  check_project_property (g_object_new (PZ_TYPE_DRAW_VIEW, NULL));
}

/* Strokes come to the sketch in the unit square, whatever the pad's size. */
static void
test_strokes (Fixture      *f,
              gconstpointer data)
{
  const InkPoint *points;
  gsize n;

  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (f->pad)), ==, gtk_widget_get_height (GTK_WIDGET (f->pad)));
  assert_words (f->pad, GTK_ACCESSIBLE_PROPERTY_LABEL, "Drawing Pad");
  assert_words (f->pad, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Empty. Arrow keys move a pen, Space puts it down");
  g_assert_true (gtk_widget_get_visible (f->pad_hint));

  stroke (f, 0.2, 0.3, 0.7, 0.8);
  stroke (f, 0.5, 0.1, 0.5, 0.1);
  points = pz_sketch_peek_points (f->sketch, &n);
  g_assert_cmpuint (n, ==, 22);
  for (gsize i = 0; i < n; i++)
    {
      g_assert_cmpint (points[i].starts, ==, i == 0 || i == 11);
      assert_close ((double) points[i].pressure, 0.5, 0.0);
    }
  assert_close ((double) points[0].x, 0.2, 1e-5);
  assert_close ((double) points[0].y, 0.3, 1e-5);
  assert_close ((double) points[5].x, 0.45, 1e-5);
  assert_close ((double) points[10].x, 0.7, 1e-5);
  assert_close ((double) points[10].y, 0.8, 1e-5);
  assert_words (f->pad, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                "Has a drawing. Arrow keys move a pen, Space puts it down");
  g_assert_false (gtk_widget_get_visible (f->pad_hint));
}

/* The second finger takes the stroke back; what it was before stays. */
static void
test_second_finger (Fixture      *f,
                    gconstpointer data)
{
  GtkGesture *drag = find_controller (f->pad, GTK_TYPE_GESTURE_DRAG, 0);
  GtkGesture *fingers = find_controller (f->pad, GTK_TYPE_GESTURE_ZOOM, 0);
  gsize n;

  stroke (f, 0.2, 0.3, 0.7, 0.8);
  g_signal_emit_by_name (drag, "drag-begin", 10.0, 10.0);
  g_signal_emit_by_name (drag, "drag-update", 50.0, 50.0);
  pz_sketch_peek_points (f->sketch, &n);
  g_assert_cmpuint (n, ==, 13);
  g_signal_emit_by_name (fingers, "begin", NULL);
  pz_sketch_peek_points (f->sketch, &n);
  g_assert_cmpuint (n, ==, 11);
  g_signal_emit_by_name (drag, "drag-update", 60.0, 60.0);
  g_signal_emit_by_name (drag, "drag-end", 60.0, 60.0);
  pz_sketch_peek_points (f->sketch, &n);
  g_assert_cmpuint (n, ==, 11);

  /* It is not a step of undo either. */
  pz_sketch_undo (f->sketch);
  g_assert_true (pz_sketch_get_empty (f->sketch));
}

static void
test_actions (Fixture      *f,
              gconstpointer data)
{
  GtkWidget *undo = find_child (GTK_WIDGET (f->view), GTK_TYPE_BUTTON, "undo_button");
  GtkWidget *redo = find_child (GTK_WIDGET (f->view), GTK_TYPE_BUTTON, "redo_button");
  GtkWidget *clear = find_child (GTK_WIDGET (f->view), GTK_TYPE_BUTTON, "clear_button");
  GtkWidget *erase = find_child (GTK_WIDGET (f->view), GTK_TYPE_BUTTON, "erase_button");
  gsize n;

  g_assert_false (gtk_widget_is_sensitive (undo));
  g_assert_false (gtk_widget_is_sensitive (redo));
  g_assert_false (gtk_widget_is_sensitive (clear));
  g_assert_true (gtk_widget_is_sensitive (erase));
  assert_words (undo, GTK_ACCESSIBLE_PROPERTY_LABEL, "Undo Stroke");

  stroke (f, 0.2, 0.2, 0.8, 0.2);
  stroke (f, 0.2, 0.8, 0.8, 0.8);
  g_assert_true (gtk_widget_is_sensitive (undo));
  g_assert_true (gtk_widget_is_sensitive (clear));

  g_assert_true (press_key (f->view, GDK_KEY_BackSpace, 0));
  pz_sketch_peek_points (f->sketch, &n);
  g_assert_cmpuint (n, ==, 11);
  g_assert_true (gtk_widget_is_sensitive (redo));
  g_assert_true (press_key (f->view, GDK_KEY_BackSpace, GDK_SHIFT_MASK));
  pz_sketch_peek_points (f->sketch, &n);
  g_assert_cmpuint (n, ==, 22);

  /* The eraser takes the one it comes across. */
  g_assert_true (press_key (f->view, GDK_KEY_e, 0));
  g_assert_true (pz_draw_view_get_erasing (f->view));
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (erase)));
  stroke (f, 0.5, 0.5, 0.5, 0.9);
  pz_sketch_peek_points (f->sketch, &n);
  g_assert_cmpuint (n, ==, 11);
  assert_close ((double) pz_sketch_peek_points (f->sketch, &n)[0].y, 0.2, 1e-5);
  g_signal_emit_by_name (erase, "clicked");
  g_assert_false (pz_draw_view_get_erasing (f->view));

  g_assert_true (press_key (f->view, GDK_KEY_Delete, 0));
  g_assert_true (pz_sketch_get_empty (f->sketch));
  g_assert_false (gtk_widget_is_sensitive (clear));
  g_signal_emit_by_name (undo, "clicked");
  g_assert_false (pz_sketch_get_empty (f->sketch));
}

static void
test_answer (Fixture      *f,
             gconstpointer data)
{
  GtkWidget *bars = find_child (GTK_WIDGET (f->view), GTK_TYPE_DRAWING_AREA, "bars_area");
  PzPredictor *predictor = pz_project_get_predictor (f->project);
  g_autoptr(MlpNet) net = make_net ();
  g_autofree char *label = NULL;
  const float *outputs;
  gsize n;

  /* There is no network. */
  gtk_test_accessible_assert_role (f->answer, GTK_ACCESSIBLE_ROLE_LABEL);
  assert_words (f->answer, GTK_ACCESSIBLE_PROPERTY_LABEL, "No prediction yet");
  g_assert_cmpstr (gtk_label_get_label (f->detail), ==, "Train a network to see its prediction here.");
  stroke (f, 0.5, 0.2, 0.5, 0.8);
  wait_until (pz_predictor_peek_frame (predictor) != NULL);
  assert_words (f->answer, GTK_ACCESSIBLE_PROPERTY_LABEL, "No prediction yet");

  /* It comes, and answers what is there. */
  open_net (f->project, net);
  wait_until (pz_predictor_get_has_answer (predictor));
  g_assert_cmpstr (gtk_label_get_label (f->answer), ==, "1");
  outputs = pz_predictor_peek_outputs (predictor, &n);
  g_assert_cmpuint (n, ==, 10);
  label = g_strdup_printf ("Prediction: 1, %.0f %%", 100.0 * (double) outputs[1]);
  assert_words (f->answer, GTK_ACCESSIBLE_PROPERTY_LABEL, label);
  assert_words (bars, GTK_ACCESSIBLE_PROPERTY_LABEL, "Output Probabilities");
  gtk_test_accessible_assert_role (bars, GTK_ACCESSIBLE_ROLE_IMG);

  /* Another drawing, another answer; in the middle of a stroke, too. */
  press_key (f->view, GDK_KEY_Delete, 0);
  wait_until (!pz_predictor_get_has_answer (predictor));
  g_assert_cmpstr (gtk_label_get_label (f->answer), ==, "–");
  g_assert_cmpstr (gtk_label_get_label (f->detail), ==, "Draw a digit to see the network’s prediction.");
  assert_words (f->answer, GTK_ACCESSIBLE_PROPERTY_LABEL, "No prediction yet");
  pz_sketch_begin_stroke (f->sketch, 0.2f, 0.5f, 0.5f);
  pz_sketch_add_point (f->sketch, 0.8f, 0.5f, 0.5f);
  wait_until (pz_predictor_get_has_answer (predictor));
  wait_until (pz_predictor_get_answer (predictor) == 2);
  g_assert_cmpstr (gtk_label_get_label (f->answer), ==, "2");

  /* The network learns; the drawing stays. */
  mlp_net_get_params (net)[mlp_net_get_bias_offset (net, 1) + 3] = 100.0f;
  open_net (f->project, net);
  wait_until (pz_predictor_get_answer (predictor) == 3);
  g_assert_cmpstr (gtk_label_get_label (f->answer), ==, "3");
  pz_sketch_cancel_stroke (f->sketch);
  wait_until (!pz_predictor_get_has_answer (predictor));
}

/* How far the next class is behind, and whether the drawing is like anything that
 * the network knows: here all its pictures were black.
 */
static void
test_doubt (Fixture      *f,
            gconstpointer data)
{
  GtkWidget *box = find_child (GTK_WIDGET (f->view), GTK_TYPE_BOX, "doubt_box");
  GtkWidget *label = find_child (GTK_WIDGET (f->view), GTK_TYPE_LABEL, "doubt_label");
  PzPredictor *predictor = pz_project_get_predictor (f->project);
  g_autoptr(MlpNet) net = make_net ();
  g_autofree float *zeros = g_new0 (float, 7840);
  const float limits[] = { 784.0f, 0.5f };
  g_autoptr(MlpNovelty) novelty = mlp_novelty_new (784, 10, 1, zeros, zeros, limits, NULL);
  g_autofree char *detail = NULL;
  const float *outputs;

  open_net (f->project, net);
  stroke (f, 0.5, 0.2, 0.5, 0.8);
  wait_until (pz_predictor_get_has_answer (predictor));
  outputs = pz_predictor_peek_outputs (predictor, NULL);
  detail = g_strdup_printf ("%.0f %%, runner-up 2 (%.0f %%)", 100.0 * (double) outputs[1],
                            100.0 * (double) outputs[2]);
  g_assert_cmpstr (gtk_label_get_label (f->detail), ==, detail);
  g_assert_false (gtk_widget_get_visible (box));

  mlp_net_set_novelty (net, novelty);
  open_net (f->project, net);
  wait_until (pz_predictor_get_is_novel (predictor));
  g_assert_true (gtk_widget_get_visible (box));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (label)), ==, "Not a digit?");
  g_assert_cmpstr (gtk_label_get_label (f->answer), ==, "1");
  g_assert_nonnull (gtk_widget_get_tooltip_text (box));

  press_key (f->view, GDK_KEY_Delete, 0);
  wait_until (!pz_predictor_get_has_answer (predictor));
  g_assert_false (gtk_widget_get_visible (box));
}

/* A network that takes no pictures: the hint says so. */
static void
test_other_net (Fixture      *f,
                gconstpointer data)
{
  const MlpLayer layers[] = { { 3, MLP_SOFTMAX } };
  g_autoptr(MlpNet) net = mlp_net_new (5, layers, 1, NULL);

  open_net (f->project, net);
  stroke (f, 0.5, 0.2, 0.5, 0.8);
  g_assert_cmpstr (gtk_label_get_label (f->detail), ==,
                   "This network does not take images of 28 × 28 pixels.");
}

/* A network for molecules is not drawn for: the view says what it is for. */
static void
test_molecules (Fixture      *f,
                gconstpointer data)
{
  const DsTask task = { (char *) "composition", (char *) "gap", MOL_UNIT_EV, FALSE };
  const MlpLayer layers[] = { { 1, MLP_IDENTITY } };
  g_autoptr(MlpNet) net = mlp_net_new (5, layers, 1, NULL);
  g_autoptr(MlpNet) pictures = make_net ();
  GtkWidget *empty = find_child (GTK_WIDGET (f->view), ADW_TYPE_STATUS_PAGE, "empty_page");
  GtkWidget *page = find_child (GTK_WIDGET (f->view), GTK_TYPE_SCROLLED_WINDOW, "page");

  g_assert_false (gtk_widget_get_visible (empty));
  open_net_of (f->project, net, &task);
  g_assert_true (gtk_widget_get_visible (empty));
  g_assert_false (gtk_widget_get_visible (page));

  open_net (f->project, pictures);
  g_assert_false (gtk_widget_get_visible (empty));
  g_assert_true (gtk_widget_get_visible (page));
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/widgets/draw-view/project", test_project);
  g_test_add ("/widgets/draw-view/strokes", Fixture, NULL, set_up, test_strokes, tear_down);
  g_test_add ("/widgets/draw-view/second-finger", Fixture, NULL, set_up, test_second_finger, tear_down);
  g_test_add ("/widgets/draw-view/actions", Fixture, NULL, set_up, test_actions, tear_down);
  g_test_add ("/widgets/draw-view/answer", Fixture, NULL, set_up, test_answer, tear_down);
  g_test_add ("/widgets/draw-view/doubt", Fixture, NULL, set_up, test_doubt, tear_down);
  g_test_add ("/widgets/draw-view/other-net", Fixture, NULL, set_up, test_other_net, tear_down);
  g_test_add ("/widgets/draw-view/molecules", Fixture, NULL, set_up, test_molecules, tear_down);

  return g_test_run ();
}
