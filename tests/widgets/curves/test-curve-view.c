/* test-curve-view.c: needs a display.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "widgets/curves/pz-curve-plot.h"
#include "widgets/curves/pz-curve-series.h"
#include "widgets/curves/pz-curve-view.h"
#include "widgets/view-util.h"

typedef struct
{
  PzProject   *project;
  GListStore  *runs;
  PzCurveView *view;
  PzCurvePlot *plot;
  GtkStack    *stack;
  GtkWindow   *window;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->view = open_panel (PZ_TYPE_CURVE_VIEW, 800, 600, &f->project, &f->window);
  f->runs = G_LIST_STORE (pz_project_get_runs (f->project));
  f->plot = find_child (GTK_WIDGET (f->view), PZ_TYPE_CURVE_PLOT, "plot");
  f->stack = find_child (GTK_WIDGET (f->view), GTK_TYPE_STACK, "stack");
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  close_panel (f->view, f->window, f->project);
}

/* A run of the project has this history. */
static void
append_history (Fixture   *f,
                PzHistory *history)
{
  const RecipeData data = { .name = (char *) "", .identity = (char *) "" };
  g_autoptr(Recipe) recipe = recipe_new ();
  g_autoptr(PzRun) run = pz_run_new (recipe, &data, history);

  g_list_store_append (f->runs, run);
}

/* The loss of epoch e is 1 / e, its accuracy 1 − 1 / 2 e; validation is a tenth
 * worse and has its best in the middle.
 */
static PzHistory *
make_run (guint    n,
          gboolean validation)
{
  PzHistory *history = pz_history_new ("784-30-10");

  for (guint e = 1; e <= n; e++)
    {
      double back = e > n / 2 ? 0.1 * (e - n / 2) : 0.0;
      MlpEpoch epoch = {
        .epoch = e,
        .rate = 0.5,
        .train_loss = 1.0 / e,
        .train_accuracy = 1.0 - 0.5 / e,
        .validation_loss = validation ? 1.1 / e + back : (double) NAN,
        .validation_accuracy = validation ? 0.9 - 0.5 / e : (double) NAN,
      };

      pz_history_append (history, &epoch, 1);
    }

  return history;
}

static void
add_run (Fixture *f,
         guint    n)
{
  g_autoptr(PzHistory) history = make_run (n, TRUE);

  append_history (f, history);
  wait_until (gtk_widget_get_width (GTK_WIDGET (f->plot)) > 0);
}

static void
test_project (void)
{
  check_project_property (g_object_new (PZ_TYPE_CURVE_VIEW, NULL));
}

static void
test_empty (Fixture      *f,
            gconstpointer data)
{
  g_autoptr(PzHistory) run = pz_history_new (NULL);

  g_assert_cmpstr (gtk_stack_get_visible_child_name (f->stack), ==, "empty");
  append_history (f, run);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (f->stack), ==, "curves");
  gtk_test_accessible_assert_role (f->plot, GTK_ACCESSIBLE_ROLE_IMG);
  assert_words (f->plot, GTK_ACCESSIBLE_PROPERTY_LABEL, "Training Curves");
  assert_words (f->plot, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                "No epoch completed yet.\n"
                "No epoch completed yet.");
  g_list_store_remove_all (f->runs);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (f->stack), ==, "empty");
}

/* What a screen reader says; and that it follows a run that goes on. */
static void
test_words (Fixture      *f,
            gconstpointer data)
{
  const MlpEpoch more = { 5, 0.5, 0.9, 0.55, NAN, 0.9, 0.4, NAN };
  g_autoptr(PzHistory) run = make_run (4, TRUE);

  append_history (f, run);
  g_object_set (f->view, "show", PZ_CURVE_SHOW_LOSS, NULL);
  assert_words (f->plot, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                "Validation loss 0.475 at epoch 4, falling. "
                "Training loss 0.250 at epoch 4, falling. Best epoch: 3.");

  pz_history_append (run, &more, 1);
  wait_until (has_words (f->plot, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                         "Validation loss 0.900 at epoch 5, rising. "
                         "Training loss 0.900 at epoch 5, rising. Best epoch: 3."));

  g_object_set (f->view, "show", PZ_CURVE_SHOW_ACCURACY, NULL);
  pz_curve_plot_set_pointer (f->plot, 2);
  assert_words (f->plot, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                "Epoch 2: Training accuracy 75.0 %, Validation accuracy 65.0 %");
}

/* (transfer full): a run that learnt values: the error is 1 / e, in validation a
 * tenth worse.
 */
static PzHistory *
make_values_run (const char *targets,
                 MolUnit     unit)
{
  PzHistory *history = pz_history_new ("25-12-6-1");
  const DsTask task = { (char *) "composition", (char *) targets, unit, FALSE };

  pz_history_set_task (history, &task);
  for (guint e = 1; e <= 4; e++)
    {
      MlpEpoch epoch = {
        .epoch = e,
        .train_loss = 0.5 / e,
        .train_accuracy = (double) NAN,
        .train_mae = 1.0 / e,
        .validation_loss = 0.6 / e,
        .validation_accuracy = (double) NAN,
        .validation_mae = 1.1 / e,
      };

      pz_history_append (history, &epoch, 1);
    }

  return history;
}

/* Of values the error is shown where the accuracy of classes is, with its unit. */
static void
test_values (Fixture      *f,
             gconstpointer data)
{
  GtkButton *button = find_child (GTK_WIDGET (f->view), GTK_TYPE_TOGGLE_BUTTON, "accuracy_button");
  g_autoptr(PzHistory) gap = make_values_run ("gap", MOL_UNIT_EV);
  g_autoptr(PzHistory) both = make_values_run ("gap,mu", MOL_UNIT_EV);
  g_autoptr(GListModel) histories = NULL;

  add_run (f, 3);
  g_assert_cmpstr (gtk_button_get_label (button), ==, "Accuracy");
  g_object_set (f->view, "show", PZ_CURVE_SHOW_ACCURACY, NULL);

  append_history (f, gap);
  g_assert_cmpstr (gtk_button_get_label (button), ==, "MAE");
  assert_words (f->plot, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                "Validation MAE 0.275 eV at epoch 4, falling. Training MAE 0.250 eV at epoch 4, falling. Best epoch: 4.");
  pz_curve_plot_set_pointer (f->plot, 2);
  assert_words (f->plot, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                "Epoch 2: Training MAE 0.500 eV, Validation MAE 0.550 eV");

  /* Several targets in several units have none together: there is the loss. */
  pz_curve_plot_set_pointer (f->plot, 0);
  append_history (f, both);
  g_object_get (f->plot, "runs", &histories, NULL);
  g_assert_cmpint (pz_curve_series_get_kind (histories), ==, PZ_CURVE_LOSS);
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (button)));

  add_run (f, 3);
  g_assert_cmpstr (gtk_button_get_label (button), ==, "Accuracy");
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (button)));
}

/* Errors share an axis where they are of the same, in the same unit. */
static void
test_values_series (void)
{
  const struct { const char *targets; MolUnit unit; const char *title; gsize n_earlier; } cases[] = {
    { "gap", MOL_UNIT_EV, "MAE (eV)", 0 },
    { "gap", MOL_UNIT_MEV, "MAE (meV)", 0 },
    { "gap", MOL_UNIT_EV, "MAE (eV)", 1 },
    { "gap,homo", MOL_UNIT_EV, "MAE, mean of 2 targets (eV)", 0 },
    { "gap,mu", MOL_UNIT_EV, NULL, 0 },      /* in several units: no mean error */
    { "mu", MOL_UNIT_EV, "MAE (D)", 0 },
    { "gap", MOL_UNIT_EV, "MAE (eV)", 2 },
  };
  g_autoptr(GListStore) runs = g_list_store_new (PZ_TYPE_HISTORY);
  g_autoptr(PzHistory) pictures = make_run (3, TRUE);

  g_list_store_append (runs, pictures);
  g_assert_cmpint (pz_curve_series_get_kind (G_LIST_MODEL (runs)), ==, PZ_CURVE_ACCURACY);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(PzHistory) run = make_values_run (cases[i].targets, cases[i].unit);
      g_autoptr(PzCurveSeries) series = NULL;

      g_list_store_append (runs, run);
      g_assert_cmpint (pz_curve_series_get_kind (G_LIST_MODEL (runs)), ==, cases[i].title != NULL ? PZ_CURVE_MAE : PZ_CURVE_LOSS);
      if (cases[i].title == NULL)
        continue;

      series = pz_curve_series_new (G_LIST_MODEL (runs), PZ_CURVE_MAE);
      g_assert_cmpstr (series->title, ==, cases[i].title);
      g_assert_cmpuint (series->n_earlier, ==, cases[i].n_earlier);
      g_assert_cmpuint (series->n_series, ==, cases[i].n_earlier + 2);
      g_assert_cmpfloat (series->series[series->n_series - 1].values[3], ==, 1.1 / 4);
    }
}

static void
test_series (void)
{
  g_autoptr(GListStore) runs = g_list_store_new (PZ_TYPE_HISTORY);
  g_autoptr(PzCurveSeries) none = pz_curve_series_new (NULL, PZ_CURVE_LOSS);
  g_autoptr(PzCurveSeries) all = NULL;

  g_assert_cmpuint (none->n_series, ==, 0);

  /* One more than are drawn, the last without validation. */
  for (guint i = 0; i < PZ_CURVE_MAX_EARLIER + 2; i++)
    {
      g_autoptr(PzHistory) run = make_run (3 + i, i != PZ_CURVE_MAX_EARLIER);

      g_list_store_append (runs, run);
    }
  all = pz_curve_series_new (G_LIST_MODEL (runs), PZ_CURVE_ACCURACY);
  g_assert_cmpuint (all->n_earlier, ==, PZ_CURVE_MAX_EARLIER);
  g_assert_cmpuint (all->n_series, ==, PZ_CURVE_MAX_EARLIER + 2);
  g_assert_cmpuint (all->n_epochs, ==, 3 + PZ_CURVE_MAX_EARLIER + 1);

  for (gsize i = 0; i < all->n_series; i++)
    {
      const DrawCurveSeries *series = &all->series[i];
      gboolean earlier = i < PZ_CURVE_MAX_EARLIER;

      g_assert_cmpint (series->faint, ==, earlier);
      g_assert_cmpuint (series->n_values, ==, earlier ? 4 + i : all->n_epochs);
      assert_close (series->first_x, 1.0, 0.0);
    }

  /* Validation, but training where nothing validates. */
  assert_close (all->series[0].values[3], 0.9 - 0.5 / 4, 1e-12);
  assert_close (all->series[PZ_CURVE_MAX_EARLIER - 1].values[3], 1.0 - 0.5 / 4, 1e-12);
  assert_close (all->series[PZ_CURVE_MAX_EARLIER].values[1], 1.0 - 0.5 / 2, 1e-12);
  assert_close (all->series[PZ_CURVE_MAX_EARLIER + 1].values[1], 0.9 - 0.5 / 2, 1e-12);
  g_assert_true (all->series[PZ_CURVE_MAX_EARLIER].dashed);
  g_assert_false (all->series[PZ_CURVE_MAX_EARLIER + 1].dashed);
}

static void
drag (Fixture *f,
      guint    nth,
      double   from,
      double   to)
{
  GtkGesture *gesture = find_controller (f->plot, GTK_TYPE_GESTURE_DRAG, nth);

  g_signal_emit_by_name (gesture, "drag-begin", from, 100.0);
  g_signal_emit_by_name (gesture, "drag-update", (to - from) / 2.0, 0.0);
  g_signal_emit_by_name (gesture, "drag-update", to - from, 0.0);
  g_signal_emit_by_name (gesture, "drag-end", to - from, 0.0);
}

/* The primary button's is the one that was added first. */
static guint
find_drag (Fixture *f,
           guint    button)
{
  for (guint i = 0;; i++)
    {
      GtkGestureSingle *gesture = find_controller (f->plot, GTK_TYPE_GESTURE_DRAG, i);

      if (gtk_gesture_single_get_button (gesture) == button)
        return i;
    }
}

static void
test_zoom (Fixture      *f,
           gconstpointer data)
{
  GtkEventController *scroll = find_controller (f->plot, GTK_TYPE_EVENT_CONTROLLER_SCROLL, 0);
  GtkEventController *motion = find_controller (f->plot, GTK_TYPE_EVENT_CONTROLLER_MOTION, 0);
  GtkGesture *pinch = find_controller (f->plot, GTK_TYPE_GESTURE_ZOOM, 0);
  GtkGesture *click = find_controller (f->plot, GTK_TYPE_GESTURE_CLICK, 0);
  double min, max, from, to, before, after;
  gboolean handled;

  add_run (f, 41);
  pz_curve_plot_get_range (f->plot, &min, &max);
  assert_close (min, 1.0, 0.0);
  assert_close (max, 41.0, 0.0);
  g_assert_false (pz_curve_plot_get_zoomed (f->plot));

  /* A box, drawn backwards, too. */
  g_assert_true (pz_curve_plot_locate (f->plot, 300.0, 100.0, &from));
  g_assert_true (pz_curve_plot_locate (f->plot, 500.0, 100.0, &to));
  g_assert_cmpfloat (to - from, >, 5.0);
  drag (f, find_drag (f, GDK_BUTTON_PRIMARY), 500.0, 300.0);
  pz_curve_plot_get_range (f->plot, &min, &max);
  assert_close (min, floor (from), 1e-9);
  assert_close (max, ceil (to), 1e-9);
  g_assert_true (pz_curve_plot_get_zoomed (f->plot));

  /* A click is no box. */
  drag (f, find_drag (f, GDK_BUTTON_PRIMARY), 300.0, 303.0);
  pz_curve_plot_get_range (f->plot, &before, &after);
  assert_close (before, min, 0.0);
  assert_close (after, max, 0.0);

  /* Twice is all. */
  g_signal_emit_by_name (click, "pressed", 1, 300.0, 100.0);
  g_assert_true (pz_curve_plot_get_zoomed (f->plot));
  g_signal_emit_by_name (click, "pressed", 2, 300.0, 100.0);
  g_assert_false (pz_curve_plot_get_zoomed (f->plot));

  /* The wheel, around the mouse: what is under it stays there. */
  g_signal_emit_by_name (motion, "motion", 300.0, 100.0);
  g_assert_cmpuint (pz_curve_plot_get_pointer (f->plot), ==, (guint) lround (from));
  g_signal_emit_by_name (scroll, "scroll", 0.0, -3.0, &handled);
  g_assert_true (handled);
  pz_curve_plot_locate (f->plot, 300.0, 100.0, &after);
  assert_close (after, from, 0.02);
  pz_curve_plot_get_range (f->plot, &min, &max);
  assert_close (max - min, 40.0 / 1.728, 1e-9);

  /* Sideways. */
  g_signal_emit_by_name (scroll, "scroll", 1.0, 0.0, &handled);
  pz_curve_plot_get_range (f->plot, &before, &after);
  assert_close (before - min, 0.1 * (max - min), 1e-9);
  assert_close (after - before, max - min, 1e-9);

  /* The button. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->plot), "curves.reset-zoom", NULL));
  g_assert_false (pz_curve_plot_get_zoomed (f->plot));

  /* Fingers. */
  g_signal_emit_by_name (pinch, "begin", NULL);
  g_signal_emit_by_name (pinch, "scale-changed", 1.5);
  g_signal_emit_by_name (pinch, "scale-changed", 2.0);
  pz_curve_plot_get_range (f->plot, &min, &max);
  assert_close (min, 11.0, 1e-9);
  assert_close (max, 31.0, 1e-9);

  /* The middle button takes the picture along: to the right shows what came before. */
  g_signal_emit_by_name (motion, "leave");
  pz_curve_plot_locate (f->plot, 300.0, 100.0, &from);
  drag (f, find_drag (f, GDK_BUTTON_MIDDLE), 300.0, 400.0);
  pz_curve_plot_locate (f->plot, 400.0, 100.0, &to);
  assert_close (to, from, 0.02);
  pz_curve_plot_get_range (f->plot, &min, &max);
  assert_close (max - min, 20.0, 1e-9);

  /* Not beyond the ends. */
  pz_curve_plot_set_range (f->plot, -100.0, -90.0);
  pz_curve_plot_get_range (f->plot, &min, &max);
  assert_close (min, 1.0, 1e-9);
  assert_close (max, 11.0, 1e-9);

  /* Another run is looked at from the start. */
  add_run (f, 10);
  g_assert_false (pz_curve_plot_get_zoomed (f->plot));
}

static void
test_keys (Fixture      *f,
           gconstpointer data)
{
  double min, max;

  add_run (f, 41);
  g_assert_false (press_key (f->plot, GDK_KEY_Escape, 0));
  g_assert_true (press_key (f->plot, GDK_KEY_Left, 0));
  g_assert_cmpuint (pz_curve_plot_get_pointer (f->plot), ==, 41);
  g_assert_true (press_key (f->plot, GDK_KEY_Right, 0));
  g_assert_cmpuint (pz_curve_plot_get_pointer (f->plot), ==, 41);
  press_key (f->plot, GDK_KEY_Left, 0);
  press_key (f->plot, GDK_KEY_Left, GDK_CONTROL_MASK);
  g_assert_cmpuint (pz_curve_plot_get_pointer (f->plot), ==, 30);
  press_key (f->plot, GDK_KEY_plus, 0);
  pz_curve_plot_get_range (f->plot, &min, &max);
  assert_close (max - min, 20.0, 1e-9);
  press_key (f->plot, GDK_KEY_minus, 0);
  g_assert_false (pz_curve_plot_get_zoomed (f->plot));

  /* The crosshair does not leave the picture. */
  press_key (f->plot, GDK_KEY_KP_Add, 0);
  press_key (f->plot, GDK_KEY_Home, 0);
  g_assert_cmpuint (pz_curve_plot_get_pointer (f->plot), ==, 1);
  pz_curve_plot_get_range (f->plot, &min, &max);
  assert_close (min, 1.0, 1e-9);
  assert_close (max, 21.0, 1e-9);
  press_key (f->plot, GDK_KEY_End, 0);
  pz_curve_plot_get_range (f->plot, &min, &max);
  assert_close (max, 41.0, 1e-9);

  press_key (f->plot, GDK_KEY_0, 0);
  g_assert_false (pz_curve_plot_get_zoomed (f->plot));
  g_assert_true (press_key (f->plot, GDK_KEY_Escape, 0));
  g_assert_cmpuint (pz_curve_plot_get_pointer (f->plot), ==, 0);
}

static void
test_controls (Fixture      *f,
               gconstpointer data)
{
  GtkCheckButton *log_button = find_child (GTK_WIDGET (f->view), GTK_TYPE_CHECK_BUTTON, "log_button");
  GtkRange *scale = find_child (GTK_WIDGET (f->view), GTK_TYPE_SCALE, "smoothing_scale");
  gboolean log;
  double smoothing;
  PzCurveShow show;

  add_run (f, 5);
  gtk_check_button_set_active (log_button, TRUE);
  gtk_range_set_value (scale, 0.5);
  gtk_widget_activate_action (GTK_WIDGET (f->view), "curves.show", "s", "accuracy");
  g_object_get (f->plot, "log", &log, "smoothing", &smoothing, "show", &show, NULL);
  g_assert_true (log);
  assert_close (smoothing, 0.5, 1e-9);
  g_assert_cmpint (show, ==, PZ_CURVE_SHOW_ACCURACY);
  assert_words (scale, GTK_ACCESSIBLE_PROPERTY_LABEL, "Smoothing");
}

static void
test_export (Fixture      *f,
             gconstpointer data)
{
  const struct { const char *name, *begins; } cases[] = {
    { "a.csv", "epoch," },
    { "a.png", "\x89PNG" },
    { "a.svg", "<?xml" },
    { "a.pdf", "%PDF" },
  };
  g_autofree char *folder = g_dir_make_tmp ("perzeptron-XXXXXX", NULL);
  g_autofree char *unknown = g_build_filename (folder, "a.doc", NULL);
  g_autoptr(GFile) unknown_file = g_file_new_for_path (unknown);
  g_autoptr(GError) error = NULL;

  add_run (f, 5);
  pz_curve_plot_set_pointer (f->plot, 2);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_build_filename (folder, cases[i].name, NULL);
      g_autoptr(GFile) file = g_file_new_for_path (path);
      g_autoptr(GBytes) contents = pz_curve_view_export (f->view, file, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (contents), >, strlen (cases[i].begins));
      g_assert_cmpmem (g_bytes_get_data (contents, NULL), strlen (cases[i].begins), cases[i].begins,
                       strlen (cases[i].begins));
    }

  g_assert_null (pz_curve_view_export (f->view, unknown_file, &error));
  g_assert_nonnull (error);
  g_rmdir (folder);
}

/* Many epochs at once are one picture. */
static void
test_redraws (Fixture      *f,
              gconstpointer data)
{
  g_autoptr(PzHistory) run = pz_history_new (NULL);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (f->view));
  guint n_frames = 0;
  gint64 begin;
  double seconds;
  gulong id;

  append_history (f, run);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (f->plot));

  id = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (count_call), &n_frames);
  begin = g_get_monotonic_time ();
  for (guint e = 1; n_frames < 5; e++)
    {
      const MlpEpoch epoch = { e, 0.5, 1.0 / e, 0.5, NAN, 1.0 / e, 0.5, NAN };

      pz_history_append (run, &epoch, 1);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  seconds = (double) (g_get_monotonic_time () - begin) / (double) G_TIME_SPAN_SECOND;
  g_signal_handler_disconnect (clock, id);

  g_test_message ("%u frames in %.2f s", n_frames, seconds);
  g_assert_cmpfloat (n_frames, <=, 30.0 * seconds + 3.0);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/widgets/curve-view/project", test_project);
  g_test_add_func ("/widgets/curve-view/series", test_series);
  g_test_add_func ("/widgets/curve-view/values-series", test_values_series);
  g_test_add ("/widgets/curve-view/empty", Fixture, NULL, set_up, test_empty, tear_down);
  g_test_add ("/widgets/curve-view/words", Fixture, NULL, set_up, test_words, tear_down);
  g_test_add ("/widgets/curve-view/values", Fixture, NULL, set_up, test_values, tear_down);
  g_test_add ("/widgets/curve-view/zoom", Fixture, NULL, set_up, test_zoom, tear_down);
  g_test_add ("/widgets/curve-view/keys", Fixture, NULL, set_up, test_keys, tear_down);
  g_test_add ("/widgets/curve-view/controls", Fixture, NULL, set_up, test_controls, tear_down);
  g_test_add ("/widgets/curve-view/export", Fixture, NULL, set_up, test_export, tear_down);
  g_test_add ("/widgets/curve-view/redraws", Fixture, NULL, set_up, test_redraws, tear_down);

  return g_test_run ();
}
