/* test-data-panel.c: data are chosen, loaded, divided; what goes wrong is said
 * in place.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>

#include "core/net/mlp-split.h"
#include "model/pz-catalog.h"
#include "widgets/common/pz-number-entry.h"
#include "widgets/common/pz-number-row.h"
#include "widgets/recipe/pz-data-panel.h"
#include "widgets/recipe/pz-download-row.h"
#include "widgets/recipe/pz-split-row.h"
#include "widgets/view-util.h"

typedef struct
{
  PzProject *project;
  GtkWindow *window;
  GtkWidget *panel;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->panel = open_panel (PZ_TYPE_DATA_PANEL, 800, 600, &f->project, &f->window);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  close_panel (f->panel, f->window, f->project);
}

static void
load (Fixture *f)
{
  pz_data_loader_load (pz_project_get_loader (f->project));
  wait_until (pz_project_get_dataset (f->project) != NULL);
}

static GtkWidget *
get_split_row (Fixture *f)
{
  return get_child (f->panel, "split_row");
}

static void
type_number (GtkWidget  *row,
             const char *text)
{
  GtkWidget *entry = find_widget (row, PZ_TYPE_NUMBER_ENTRY, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  pz_number_entry_commit (PZ_NUMBER_ENTRY (entry));
}

static void
test_builtin (Fixture      *f,
              gconstpointer data)
{
  GtkWidget *row = get_child (f->panel, "set_row");

  pz_data_loader_load (pz_project_get_loader (f->project));
  g_assert_true (gtk_widget_get_visible (get_child (f->panel, "loading_row")));
  wait_until (pz_project_get_dataset (f->project) != NULL);
  g_assert_false (gtk_widget_get_visible (get_child (f->panel, "loading_row")));

  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "Built-in digits");
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "28 × 28"));
  g_assert_true (gtk_widget_get_visible (get_child (f->panel, "strip_row")));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_child (f->panel, "strip")),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Examples of each class 0, 1, 2, 3, 4, 5, 6, 7, 8, 9");

  gtk_test_widget_wait_for_draw (f->panel);
  assert_icons_exist (f->panel);
}

/* A recipe asks for European hands where there are none to add: it is said, and can be
 * taken back. */
static void
test_european (Fixture      *f,
               gconstpointer data)
{
  GtkWidget *row = get_child (get_split_row (f), "european_row");
  GtkWidget *share_row = get_child (get_split_row (f), "european_share_row");
  Recipe *recipe;

  load (f);
  g_assert_false (gtk_widget_get_visible (row));
  g_assert_false (gtk_widget_get_visible (share_row));

  recipe = recipe_copy (pz_project_peek_recipe (f->project));
  recipe->split.european_share = 0.25f;
  pz_project_edit (f->project, recipe, NULL);
  g_assert_true (gtk_widget_get_visible (row));
  g_assert_true (gtk_widget_get_visible (share_row));
  g_assert_cmpfloat (pz_number_row_get_value (PZ_NUMBER_ROW (share_row)), ==, 25.0);
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (get_child (get_split_row (f), "european_switch"))));
  g_assert_false (pz_project_get_can_train (f->project));

  type_number (share_row, "12.5");
  g_assert_cmpfloat (pz_project_peek_recipe (f->project)->split.european_share, ==, 0.125f);

  gtk_switch_set_active (GTK_SWITCH (get_child (get_split_row (f), "european_switch")), FALSE);
  g_assert_cmpfloat (pz_project_peek_recipe (f->project)->split.european_share, ==, 0.0f);
  g_assert_false (gtk_widget_get_visible (row));
  g_assert_true (pz_project_get_can_train (f->project));
}

static void
test_split (Fixture      *f,
            gconstpointer data)
{
  GtkWidget *validation = get_child (get_split_row (f), "validation_row");
  GtkWidget *reset = get_child (get_split_row (f), "validation_reset");
  gsize n;

  load (f);
  mlp_split_peek (pz_project_peek_split (f->project), MLP_VALIDATION, &n);
  g_assert_cmpfloat (pz_number_row_get_value (PZ_NUMBER_ROW (validation)), ==, (double) n);
  g_assert_false (gtk_widget_get_visible (reset));

  type_number (validation, "123");
  mlp_split_peek (pz_project_peek_split (f->project), MLP_VALIDATION, &n);
  g_assert_cmpuint (n, ==, 123);
  g_assert_true (gtk_widget_get_visible (reset));
  g_assert_nonnull (strstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (get_split_row (f))), "123 validation"));

  type_number (get_child (get_split_row (f), "limit_row"), "500");
  mlp_split_peek (pz_project_peek_split (f->project), MLP_TRAIN, &n);
  g_assert_cmpuint (n, ==, 500);

  g_assert_false (gtk_widget_get_visible (get_child (get_split_row (f), "seed_row")));
  gtk_switch_set_active (GTK_SWITCH (get_child (get_split_row (f), "shuffle_switch")), TRUE);
  g_assert_true (pz_project_peek_recipe (f->project)->split.shuffle);
  g_assert_true (gtk_widget_get_visible (get_child (get_split_row (f), "seed_row")));

  g_assert_true (pz_project_undo (f->project));
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (get_child (get_split_row (f), "shuffle_switch"))));

  g_signal_emit_by_name (reset, "clicked");
  g_assert_cmpuint (pz_project_peek_recipe (f->project)->split.n_validation, ==, G_MAXSIZE);
}

/* More samples than there are. */
static void
test_split_nonsense (Fixture      *f,
                     gconstpointer data)
{
  GtkWidget *validation = get_child (get_split_row (f), "validation_row");

  load (f);
  type_number (validation, "1000000");
  g_assert_true (gtk_widget_has_css_class (validation, "problem"));
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (get_split_row (f))));
  g_assert_false (pz_project_get_can_train (f->project));

  type_number (validation, "100");
  g_assert_false (gtk_widget_has_css_class (validation, "problem"));
  g_assert_true (pz_project_get_can_train (f->project));
}

/* Said, and the good ones stay; until it was read. */
static void
test_missing_file (Fixture      *f,
                   gconstpointer data)
{
  GtkWidget *row = get_child (f->panel, "error_row");
  GtkWidget *set_row = get_child (f->panel, "set_row");

  load (f);
  pz_data_panel_use (PZ_DATA_PANEL (f->panel), "/nonexistent/mnist.pkl.gz");
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (get_child (f->panel, "loading_label"))),
                            "mnist.pkl.gz"));
  wait_until (gtk_widget_get_visible (row));
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (get_child (f->panel, "error_label"))),
                            "mnist.pkl.gz"));
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (set_row)), ==, "Built-in digits");
  g_assert_true (pz_project_get_can_train (f->project));
  g_assert_false (gtk_widget_get_visible (get_child (f->panel, "retry_button")));
  g_signal_emit_by_name (get_child (f->panel, "close_button"), "clicked");
  g_assert_false (gtk_widget_get_visible (row));
}

/* A project whose data are not there (any more) can be looked for again. */
static void
test_no_data (Fixture      *f,
              gconstpointer data)
{
  GtkWidget *row = get_child (f->panel, "error_row");
  Recipe *recipe = recipe_copy (pz_project_peek_recipe (f->project));

  load (f);
  g_free (recipe->source);
  recipe->source = g_strdup ("/nonexistent/mnist.pkl.gz");
  pz_project_edit (f->project, recipe, NULL);
  wait_until (gtk_widget_get_visible (row));

  /* Those that are still there are not its own. */
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (get_child (f->panel, "set_row"))), ==,
                   "mnist.pkl.gz");
  g_assert_false (gtk_widget_get_visible (get_child (f->panel, "strip_row")));
  g_assert_false (gtk_widget_get_visible (get_child (f->panel, "close_button")));
  g_assert_true (gtk_widget_get_visible (get_child (f->panel, "retry_button")));

  g_signal_emit_by_name (get_child (f->panel, "retry_button"), "clicked");
  g_assert_true (gtk_widget_get_visible (get_child (f->panel, "loading_row")));
  wait_until (gtk_widget_get_visible (row));
}

static void
on_closed (gboolean *is_closed)
{
  *is_closed = TRUE;
}

/* Port 1 of this machine: nobody answers. */
static void
test_download_fails (Fixture      *f,
                     gconstpointer data)
{
  gsize n_entries;
  const PzCatalogEntry *entries = pz_catalog_get_entries (&n_entries);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *window = gtk_window_new ();
  GtkWidget *row;
  gboolean is_closed = FALSE;
  gboolean is_gone;

  g_setenv ("PERZEPTRON_MIRROR", "http://127.0.0.1:1/", TRUE);
  row = pz_download_row_new (&entries[0]);
  watch_finalize (row, &is_gone);
  g_signal_connect_swapped (row, "closed", G_CALLBACK (on_closed), &is_closed);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_window_set_child (GTK_WINDOW (window), list);
  gtk_window_present (GTK_WINDOW (window));

  g_assert_true (pz_download_row_get_entry (PZ_DOWNLOAD_ROW (row)) == &entries[0]);
  pz_download_row_start (PZ_DOWNLOAD_ROW (row));
  wait_until (gtk_widget_get_visible (get_child (row, "retry_button")));
  g_assert_true (gtk_widget_has_css_class (get_child (row, "status_label"), "error"));
  g_assert_cmpuint (strlen (gtk_label_get_label (GTK_LABEL (get_child (row, "status_label")))), >, 10);
  g_assert_false (gtk_widget_get_visible (get_child (row, "progress")));

  /* Dismissed. */
  g_signal_emit_by_name (get_child (row, "close_button"), "clicked");
  g_assert_true (is_closed);

  /* Closed while it is being tried. */
  pz_download_row_start (PZ_DOWNLOAD_ROW (row));
  gtk_window_destroy (GTK_WINDOW (window));
  wait_until (is_gone);
  g_unsetenv ("PERZEPTRON_MIRROR");
}

/* A damaged set that the program fetched itself is fetched again, without being asked. */
static void
test_damaged (Fixture      *f,
              gconstpointer data)
{
  g_autofree char *folder = pz_catalog_entry_get_folder (pz_catalog_get_entries (NULL));
  g_autofree char *path = g_build_filename (folder, "t10k-labels-idx1-ubyte.gz", NULL);
  GtkWidget *row;

  g_setenv ("PERZEPTRON_MIRROR", "http://127.0.0.1:1/", TRUE);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "damaged", -1, NULL));

  load (f);
  pz_data_panel_use (PZ_DATA_PANEL (f->panel), folder);
  wait_until (pz_data_loader_get_error (pz_project_get_loader (f->project)) != NULL);
  row = find_widget (f->panel, PZ_TYPE_DOWNLOAD_ROW, NULL);
  g_assert_nonnull (row);
  wait_until (gtk_widget_get_visible (get_child (row, "retry_button")));
  g_assert_true (gtk_widget_get_visible (get_child (f->panel, "error_row")));

  g_unlink (path);
  g_rmdir (folder);
  g_unsetenv ("PERZEPTRON_MIRROR");
}

#define add(path, func) \
  g_test_add ("/widgets/data-panel/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_autofree char *home = g_dir_make_tmp ("perzeptron-data-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  init_display_test (&argc, &argv);

  add ("builtin", test_builtin);
  add ("split", test_split);
  add ("european", test_european);
  add ("split-nonsense", test_split_nonsense);
  add ("missing-file", test_missing_file);
  add ("no-data", test_no_data);
  add ("download-fails", test_download_fails);
  add ("damaged", test_damaged);

  return g_test_run ();
}
