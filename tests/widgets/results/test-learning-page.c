/* test-learning-page.c: computed, cancelled, forgotten. Needs a display.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/molecules-util.h"
#include "widgets/results/pz-learning-page.h"
#include "widgets/view-util.h"

typedef struct
{
  PzProject      *project;
  PzLearningPage *page;
  GtkButton      *button;
  GtkWidget      *progress;
  GtkLabel       *label;
  GtkStack       *stack;
  GtkWindow      *window;
  guint           n_notified;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->page = open_panel (PZ_TYPE_LEARNING_PAGE, 600, 400, &f->project, &f->window);
  f->button = find_child (GTK_WIDGET (f->page), GTK_TYPE_BUTTON, "button");
  f->progress = find_child (GTK_WIDGET (f->page), GTK_TYPE_PROGRESS_BAR, "progress");
  f->label = find_child (GTK_WIDGET (f->page), GTK_TYPE_LABEL, "label");
  f->stack = find_child (GTK_WIDGET (f->page), GTK_TYPE_STACK, "stack");
  g_signal_connect_swapped (f->page, "notify::has-chart", G_CALLBACK (count_call), &f->n_notified);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  close_panel (f->page, f->window, f->project);
}

static guint
count_points (Fixture *f)
{
  PzResultChart *chart = pz_learning_page_peek_chart (f->page);

  return chart != NULL ? (guint) pz_result_chart_get_n_items (chart) : 0;
}

static void
assert_page (Fixture    *f,
             const char *page)
{
  gboolean has_chart;

  g_object_get (f->page, "has-chart", &has_chart, NULL);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (f->stack), ==, page);
  g_assert_cmpint (has_chart, ==, g_str_equal (page, "plot"));
  g_assert_cmpint (pz_learning_page_peek_chart (f->page) != NULL, ==, has_chart);
}

static void
press_button (Fixture *f)
{
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (f->button)));
  g_signal_emit_by_name (f->button, "clicked");
}

/* From the question to the curve; another project knows nothing of it. */
static void
test_compute (Fixture      *f,
              gconstpointer data)
{
  assert_page (f, "status");
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (f->button)));

  train_molecules (f->project);
  g_assert_cmpstr (gtk_label_get_label (f->label), ==, "");
  g_assert_cmpstr (gtk_button_get_label (f->button), ==, "Compute Le_arning Curve");
  g_assert_false (gtk_widget_get_visible (f->progress));

  press_button (f);
  g_assert_cmpstr (gtk_button_get_label (f->button), ==, "C_ancel");
  g_assert_cmpstr (gtk_label_get_label (f->label), ==, "0 of 5 points");
  g_assert_true (gtk_widget_get_visible (f->progress));
  assert_page (f, "status");
  g_assert_cmpuint (f->n_notified, ==, 0);

  wait_until (!gtk_widget_get_visible (f->progress));
  assert_page (f, "plot");
  g_assert_cmpuint (f->n_notified, ==, 1);
  g_assert_cmpuint (count_points (f), ==, 5);
  g_assert_cmpstr (gtk_label_get_label (f->label), ==, "Network 25-4-1, validation set");
  g_assert_cmpstr (gtk_button_get_label (f->button), ==, "Compute Le_arning Curve");
  g_assert_cmpint (pz_result_chart_get_kind (pz_learning_page_peek_chart (f->page)), ==, PZ_RESULT_LEARNING);

  pz_project_widget_set_project (PZ_PROJECT_WIDGET (f->page), NULL);
  assert_page (f, "status");
  g_assert_cmpuint (f->n_notified, ==, 2);
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (f->button)));
}

/* A run that would not end: what is finished stays, here nothing. Also when the widget goes. */
static void
test_cancel (Fixture      *f,
             gconstpointer data)
{
  Recipe *recipe;

  train_molecules (f->project);
  recipe = recipe_copy (pz_project_peek_recipe (f->project));
  recipe->training.epochs = 1000000;
  pz_project_edit (f->project, recipe, NULL);

  press_button (f);
  g_assert_cmpstr (gtk_button_get_label (f->button), ==, "C_ancel");
  press_button (f);
  wait_until (g_str_equal (gtk_button_get_label (f->button), "Compute Le_arning Curve"));
  g_assert_false (gtk_widget_get_visible (f->progress));
  assert_page (f, "status");

  press_button (f);
  g_assert_cmpstr (gtk_button_get_label (f->button), ==, "C_ancel");
}

static void
test_project (void)
{
  check_project_property (g_object_new (PZ_TYPE_LEARNING_PAGE, NULL));
}

#define ADD(name, func) g_test_add ("/widgets/learning-page/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  init_display_test (&argc, &argv);

  g_test_add_func ("/widgets/learning-page/project", test_project);
  ADD ("compute", test_compute);
  ADD ("cancel", test_cancel);

  return g_test_run ();
}
