/* test-results-view.c: needs a display.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/net/mlp-regression-metrics.h"
#include "core/net/mlp-split.h"
#include "datasets/ds-open.h"
#include "model/molecules-util.h"
#include "molecules/mol-collection.h"
#include "widgets/results/pz-learning-page.h"
#include "widgets/results/pz-molecule-area.h"
#include "widgets/results/pz-molecule-window.h"
#include "widgets/results/pz-result-export.h"
#include "widgets/results/pz-result-note.h"
#include "widgets/results/pz-result-plot.h"
#include "widgets/results/pz-results-view.h"
#include "widgets/view-util.h"

typedef struct
{
  PzProject     *project;
  PzResultsView *view;
  PzResultPlot  *plot;
  GtkStack      *stack;
  GtkDropDown   *kinds;
  GtkDropDown   *parts;
  GtkFlowBox    *figures;
  GtkWindow     *window;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->view = open_panel (PZ_TYPE_RESULTS_VIEW, 800, 600, &f->project, &f->window);
  f->plot = find_child (GTK_WIDGET (f->view), PZ_TYPE_RESULT_PLOT, "plot");
  f->stack = find_child (GTK_WIDGET (f->view), GTK_TYPE_STACK, "stack");
  f->kinds = find_child (GTK_WIDGET (f->view), GTK_TYPE_DROP_DOWN, "kind_drop_down");
  f->parts = find_child (GTK_WIDGET (f->view), GTK_TYPE_DROP_DOWN, "part_drop_down");
  f->figures = find_child (GTK_WIDGET (f->view), GTK_TYPE_FLOW_BOX, "figures");
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  close_panel (f->view, f->window, f->project);
}

static gboolean
is_shown (Fixture    *f,
          const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (f->stack), name) == 0;
}

static gboolean
get_available (Fixture *f)
{
  gboolean available;

  g_object_get (f->view, "available", &available, NULL);

  return available;
}

static void
train (Fixture *f)
{
  train_molecules (f->project);
  wait_until (is_shown (f, "plot"));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (f->plot));
}

/* The text of the first label below @widget that begins so. */
static const char *
find_label (GtkWidget  *widget,
            const char *begin)
{
  if (GTK_IS_LABEL (widget) && g_str_has_prefix (gtk_label_get_label (GTK_LABEL (widget)), begin))
    return gtk_label_get_label (GTK_LABEL (widget));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const char *found = find_label (child, begin);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* The network's answers about the validation samples, by the same core that training
 * goes through, and their mean absolute error in plain double loops. */
static double
measure (PzProject *project,
         MlpPart    part,
         gsize     *worst)
{
  const DsSet *set = pz_dataset_peek_set (pz_project_get_dataset (project));
  const MlpNet *net = pz_project_peek_net (project);
  double sum = 0.0, largest = -1.0;
  const guint32 *items;
  gsize n;

  items = mlp_split_peek (pz_project_peek_split (project), part, &n);
  for (gsize i = 0; i < n; i++)
    {
      float h, y;

      g_assert_true (mlp_regression_metrics_predict (net, set->samples, items + i, 1, 1, &h, NULL, NULL));
      mlp_samples_get_batch (set->samples, items + i, 1, NULL, &y);
      sum += fabs ((double) h - (double) y);
      if (fabs ((double) h - (double) y) > largest)
        {
          largest = fabs ((double) h - (double) y);
          *worst = items[i];
        }
    }

  return sum / (double) n;
}

static void
test_project (void)
{
  check_project_property (g_object_new (PZ_TYPE_RESULTS_VIEW, NULL));
}

static void
test_empty (Fixture      *f,
            gconstpointer data)
{
  g_assert_true (is_shown (f, "status"));
  g_assert_false (get_available (f));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (f->figures)));
  g_assert_nonnull (find_label (GTK_WIDGET (f->view), "No Network Yet"));

  /* Pictures have classes. */
  pz_data_loader_load (pz_project_get_loader (f->project));
  wait_until (!pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  g_assert_false (get_available (f));
}

static void
test_figures (Fixture      *f,
              gconstpointer data)
{
  g_autofree char *mae = NULL;
  gsize worst = 0;

  train (f);
  g_assert_true (get_available (f));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (f->figures)));

  mae = g_strdup_printf ("%.3f", measure (f->project, MLP_VALIDATION, &worst));
  g_assert_nonnull (find_label (GTK_WIDGET (f->figures), mae));
  g_assert_nonnull (find_label (GTK_WIDGET (f->figures), "0.043"));
  g_assert_nonnull (find_label (GTK_WIDGET (f->figures), "181 molecules"));

  /* Another network: nothing is said of it with the old figures. */
  pz_project_train (f->project);
  g_assert_false (is_shown (f, "plot"));
  wait_until (!pz_trainer_get_busy (pz_project_get_trainer (f->project)));
  wait_until (is_shown (f, "plot"));
}

static void
test_parts (Fixture      *f,
            gconstpointer data)
{
  g_autofree char *mae = NULL;
  gsize worst = 0;

  train (f);
  g_assert_null (find_label (GTK_WIDGET (f->view), "Use the test set once"));

  gtk_drop_down_set_selected (f->parts, 1);
  wait_until (is_shown (f, "plot") && find_label (GTK_WIDGET (f->view), "Use the test set once") != NULL);
  mae = g_strdup_printf ("%.3f", measure (f->project, MLP_TEST, &worst));
  g_assert_nonnull (find_label (GTK_WIDGET (f->figures), mae));
  g_assert_nonnull (find_label (GTK_WIDGET (f->figures), "90 molecules"));

  /* Another network is not asked about them by itself. */
  pz_project_train (f->project);
  wait_until (!pz_trainer_get_busy (pz_project_get_trainer (f->project)));
  wait_until (is_shown (f, "plot"));
  g_assert_cmpuint (gtk_drop_down_get_selected (f->parts), ==, 0);
  g_assert_nonnull (find_label (GTK_WIDGET (f->figures), "181 molecules"));
}

static GtkWindow *
find_window (GType       type,
             const char *title)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type)
          && g_str_has_prefix (gtk_window_get_title (window) != NULL ? gtk_window_get_title (window) : "", title))
        return window;
    }

  return NULL;
}

/* The keyboard begins at the largest error; Enter opens that molecule. */
static void
test_keyboard (Fixture      *f,
               gconstpointer data)
{
  const DsSet *set;
  GtkWindow *window;
  g_autofree char *number = NULL;
  MolMolecule molecule;
  gsize worst = 0;

  train (f);
  measure (f->project, MLP_VALIDATION, &worst);
  set = pz_dataset_peek_set (pz_project_get_dataset (f->project));
  mol_collection_get (set->molecules, worst, &molecule);
  number = g_strdup_printf ("gdb %u ·", molecule.number);

  g_assert_cmpstr (pz_result_plot_get_readout (f->plot), ==, "");
  g_assert_true (press_key (f->plot, GDK_KEY_Right, 0));
  g_assert_true (g_str_has_prefix (pz_result_plot_get_readout (f->plot), number));
  g_assert_nonnull (strstr (pz_result_plot_get_readout (f->plot), molecule.smiles));
  assert_words (f->plot, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, pz_result_plot_get_readout (f->plot));

  g_assert_true (press_key (f->plot, GDK_KEY_Right, 0));
  g_assert_false (g_str_has_prefix (pz_result_plot_get_readout (f->plot), number));
  g_assert_true (press_key (f->plot, GDK_KEY_Home, 0));
  g_assert_true (g_str_has_prefix (pz_result_plot_get_readout (f->plot), number));

  press_key (f->plot, GDK_KEY_Return, 0);
  window = find_window (ADW_TYPE_WINDOW, "Molecule ");
  g_assert_nonnull (window);
  g_assert_nonnull (find_label (GTK_WIDGET (window), number));
  g_assert_nonnull (find_child (GTK_WIDGET (window), PZ_TYPE_MOLECULE_AREA, NULL));
  g_assert_true (press_key (find_child (GTK_WIDGET (window), PZ_TYPE_MOLECULE_AREA, NULL), GDK_KEY_Left, 0));
  gtk_window_destroy (window);

  g_assert_true (press_key (f->plot, GDK_KEY_Escape, 0));
  g_assert_cmpstr (pz_result_plot_get_readout (f->plot), ==, "");
}

/* Every point is found where it is drawn: the whole area is looked over. */
static void
test_hover (Fixture      *f,
            gconstpointer data)
{
  gpointer motion = find_controller (f->plot, GTK_TYPE_EVENT_CONTROLLER_MOTION, 0);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const int width = gtk_widget_get_width (GTK_WIDGET (f->plot));
  int height;

  train (f);
  height = gtk_widget_get_height (GTK_WIDGET (f->plot));
  for (int x = 0; x < MAX (width, gtk_widget_get_width (GTK_WIDGET (f->plot))); x += 3)
    for (int y = 0; y < height; y += 3)
      {
        g_signal_emit_by_name (motion, "motion", (double) x, (double) y);
        if (*pz_result_plot_get_readout (f->plot) != '\0')
          g_hash_table_add (seen, g_strdup (pz_result_plot_get_readout (f->plot)));
      }

  g_assert_cmpuint (g_hash_table_size (seen), >, 181 / 2);
  g_assert_cmpuint (g_hash_table_size (seen), <=, 181);
  g_signal_emit_by_name (motion, "leave");
  g_assert_cmpstr (pz_result_plot_get_readout (f->plot), ==, "");
}

/* Every picture can be drawn, stepped through and written; without an error nothing
 * is left of a file. */
static void
test_kinds (Fixture      *f,
            gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("perzeptron-XXXXXX", NULL);

  train (f);
  for (guint kind = 0; kind < PZ_RESULT_LEARNING; kind++)
    {
      g_autofree char *path = g_build_filename (folder, "picture.svg", NULL);
      g_autoptr(GFile) file = g_file_new_for_path (path);
      g_autoptr(GBytes) contents = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *text = NULL;

      gtk_drop_down_set_selected (f->kinds, kind);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (f->plot));
      g_assert_true (is_shown (f, "plot"));
      g_assert_cmpuint (pz_result_chart_get_kind (pz_result_plot_peek_chart (f->plot)), ==, kind);
      press_key (f->plot, GDK_KEY_Right, 0);
      g_assert_cmpstr (pz_result_plot_get_readout (f->plot), !=, "");

      contents = pz_result_export_render (pz_result_plot_peek_chart (f->plot), file, &error);
      g_assert_no_error (error);
      text = g_strndup (g_bytes_get_data (contents, NULL), g_bytes_get_size (contents));
      g_assert_nonnull (strstr (text, "<svg"));
    }

  g_assert_nonnull (find_label (GTK_WIDGET (f->view), "The built-in molecules were computed with GFN2-xTB"));
  g_rmdir (folder);
}

/* Whether there is a chart that could be exported: what a button of that action says. */
static gboolean
can_export (Fixture *f)
{
  GtkBox *box = find_child (GTK_WIDGET (f->view), GTK_TYPE_BOX, NULL);
  GtkWidget *button = gtk_button_new ();
  gboolean sensitive;

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", "png");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "results.export");
  gtk_box_append (box, button);
  sensitive = gtk_widget_is_sensitive (button);
  gtk_box_remove (box, button);

  return sensitive;
}

static void
test_learning (Fixture      *f,
               gconstpointer data)
{
  PzLearningPage *page = find_child (GTK_WIDGET (f->view), PZ_TYPE_LEARNING_PAGE, NULL);

  train (f);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (page)));
  g_assert_true (can_export (f));

  gtk_drop_down_set_selected (f->kinds, PZ_RESULT_LEARNING);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (page)));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (f->stack)));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (f->figures)));
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (f->parts)));
  g_assert_false (can_export (f));

  /* What is exported is what is shown. */
  gtk_widget_activate_action (GTK_WIDGET (page), "learning.toggle", NULL);
  wait_until (pz_learning_page_peek_chart (page) != NULL);
  g_assert_true (can_export (f));
  wait_until (find_label (GTK_WIDGET (f->view), "Network 25-4-1") != NULL);

  gtk_drop_down_set_selected (f->kinds, PZ_RESULT_PARITY);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (page)));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (f->stack)));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (f->figures)));
}

static void
ask_text (PzMoleculeWindow *window,
          const char       *text)
{
  GtkTextView *view = find_child (GTK_WIDGET (window), GTK_TYPE_TEXT_VIEW, "text_view");

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), text, -1);
  g_assert_true (press_key (window, GDK_KEY_Return, GDK_CONTROL_MASK));
}

static void
test_ask (Fixture      *f,
          gconstpointer data)
{
  GtkStack *stack;
  PzMoleculeWindow *window;

  train (f);
  gtk_widget_activate_action (GTK_WIDGET (f->view), "results.ask", NULL);
  window = PZ_MOLECULE_WINDOW (find_window (PZ_TYPE_MOLECULE_WINDOW, ""));
  stack = find_child (GTK_WIDGET (window), GTK_TYPE_STACK, "stack");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "empty");

  ask_text (window, "2\nhydrogen chloride\nH 0 0 0\nCl 1.27 0 0\n");
  wait_until (g_str_equal (gtk_stack_get_visible_child_name (stack), "error"));
  g_assert_nonnull (strstr (adw_status_page_get_description (find_child (GTK_WIDGET (stack), ADW_TYPE_STATUS_PAGE,
                                                                         NULL)),
                            "Cl"));

  ask_text (window, "3\nwater\nO 0 0 0\nH 0.96 0 0\nH -0.24 0.93 0\n");
  wait_until (g_str_equal (gtk_stack_get_visible_child_name (stack), "answer"));
  g_assert_nonnull (find_label (GTK_WIDGET (window), "H2O"));
  g_assert_nonnull (find_label (GTK_WIDGET (window), "HOMO–LUMO gap"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A record as QM9 has them: hartree and ångström, rounded. */
static const char methane[] =
  "5\n"
  "gdb 1\t157.7\t157.7\t157.7\t0.\t13.2\t-0.388\t0.117\t0.505\t35.4\t0.0447\t-40.479\t-40.476\t-40.475\t-40.499\t6.47\t\n"
  "C\t0.\t0.\t0.\t-0.5\n"
  "H\t0.63\t0.63\t0.63\t0.1\n"
  "H\t-0.63\t-0.63\t0.63\t0.1\n"
  "H\t-0.63\t0.63\t-0.63\t0.1\n"
  "H\t0.63\t-0.63\t-0.63\t0.1\n"
  "1341.\t1562.\t3038.\n"
  "C\tC\t\n"
  "InChI=1S/CH4/h1H4\tInChI=1S/CH4/h1H4\n";

/* Three files, one of which cannot be read: the others are gone through, and it is named. */
static void
test_ask_several (Fixture      *f,
                  gconstpointer data)
{
  static const char *const names[] = { "a.xyz", "b.xyz", "c.csv" };
  static const char *const texts[] = {
    "3\nwater\nO 0 0 0\nH 0.96 0 0\nH -0.24 0.93 0\n", "2\n\nH 0 0 0\nCl 1.27 0 0\n",
    "4\nammonia\nN 0 0 0\nH 1 0 0\nH 0 1 0\nH 0 0 1\n",
  };
  g_autofree char *folder = g_dir_make_tmp ("perzeptron-XXXXXX", NULL);
  GSList *files = NULL;
  PzMoleculeWindow *window;
  GtkLabel *place, *problem;

  train (f);
  gtk_widget_activate_action (GTK_WIDGET (f->view), "results.ask", NULL);
  window = PZ_MOLECULE_WINDOW (find_window (PZ_TYPE_MOLECULE_WINDOW, ""));
  place = find_child (GTK_WIDGET (window), GTK_TYPE_LABEL, "place_label");
  problem = find_child (GTK_WIDGET (window), GTK_TYPE_LABEL, "problem_label");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
      files = g_slist_append (files, g_file_new_for_path (path));
    }

  pz_molecule_window_ask_files (window, files);
  wait_until (g_str_equal (gtk_label_get_label (place), "a.xyz (1 of 2)"));
  g_assert_nonnull (find_label (GTK_WIDGET (window), "H2O"));
  g_assert_true (gtk_widget_get_visible (find_child (GTK_WIDGET (window), GTK_TYPE_BOX, "problem_box")));
  g_assert_true (g_str_has_prefix (gtk_label_get_label (problem), "“b.xyz”, line 4: "));
  g_assert_nonnull (strstr (gtk_label_get_label (problem), "Cl"));

  gtk_widget_activate_action (GTK_WIDGET (window), "ask.next", NULL);
  g_assert_cmpstr (gtk_label_get_label (place), ==, "c.csv (2 of 2)");
  g_assert_nonnull (find_label (GTK_WIDGET (window), "H3N"));
  gtk_widget_activate_action (GTK_WIDGET (window), "ask.previous", NULL);
  g_assert_cmpstr (gtk_label_get_label (place), ==, "a.xyz (1 of 2)");

  for (GSList *file = files; file != NULL; file = file->next)
    g_file_delete (file->data, NULL, NULL);
  g_slist_free_full (files, g_object_unref);
  g_rmdir (folder);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Where published figures come from, and where they do not compare. */
static void
test_note (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DsSet) set = ds_open ("builtin:molecules", NULL, NULL, &error);
  g_autofree char *source = NULL;
  g_autofree char *parity = NULL;
  g_autofree char *own = NULL;
  g_autofree char *other = NULL;
  g_autofree char *path = NULL;
  g_autofree char *published = NULL;
  g_autoptr(DsSet) of_qm9 = NULL;

  g_assert_no_error (error);
  parity = pz_result_note_create (set, 0, PZ_RESULT_PARITY, NULL);
  g_assert_cmpstr (parity, ==, "");
  own = pz_result_note_create (set, 0, PZ_RESULT_LITERATURE, NULL);
  g_assert_nonnull (strstr (own, "GFN2-xTB"));
  g_assert_null (strstr (own, "Faber"));

  /* The same molecules, from a file: their energies are not those of QM9. */
  source = set->source;
  set->source = (char *) "/data/qm9.tar";
  other = pz_result_note_create (set, 0, PZ_RESULT_LITERATURE, NULL);
  set->source = g_steal_pointer (&source);
  g_assert_nonnull (strstr (other, "not known to be from QM9"));
  g_assert_null (strstr (other, "Faber"));

  /* Methane, numbered and with an energy as B3LYP gives it. */
  path = g_build_filename (g_get_user_cache_dir (), "dsgdb9nsd_000001.xyz", NULL);
  g_assert_cmpint (g_mkdir_with_parents (g_get_user_cache_dir (), 0700), ==, 0);
  g_file_set_contents (path, methane, -1, &error);
  g_assert_no_error (error);
  of_qm9 = ds_open (path, NULL, NULL, &error);
  g_assert_no_error (error);
  published = pz_result_note_create (of_qm9, 0, PZ_RESULT_LITERATURE, NULL);
  g_assert_nonnull (strstr (published, "Faber"));
}

#define add(name, function) \
  g_test_add ("/widgets/results-view/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/widgets/results-view/project", test_project);
  g_test_add_func ("/widgets/results-view/note", test_note);
  add ("empty", test_empty);
  add ("figures", test_figures);
  add ("parts", test_parts);
  add ("keyboard", test_keyboard);
  add ("hover", test_hover);
  add ("kinds", test_kinds);
  add ("learning", test_learning);
  add ("ask", test_ask);
  add ("ask-several", test_ask_several);

  return g_test_run ();
}
