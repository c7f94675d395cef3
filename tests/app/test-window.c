/* test-window.c: the real window, in this process.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <unistd.h>

#include "app/pz-application.h"
#include "app/pz-recovery.h"
#include "app/pz-window.h"
#include "datasets/fixture.h"
#include "model/pz-checkpoint.h"
#include "model/pz-task.h"
#include "widget-util.h"
#include "widgets/common/pz-number-entry.h"
#include "widgets/photo/pz-photo-window.h"
#include "widgets/recipe/pz-data-panel.h"
#include "widgets/recipe/pz-training-panel.h"
#include "widgets/try/pz-sketch-pad.h"

/* One for all tests: it is exported on the bus. */
static PzApplication *application;

typedef struct
{
  PzWindow  *window;
  PzProject *project;
  gboolean   is_gone;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->window = pz_window_new (ADW_APPLICATION (application));
  f->project = g_object_ref (pz_window_get_project (f->window));
  watch_finalize (f->window, &f->is_gone);
  gtk_window_present (GTK_WINDOW (f->window));
}

/* The window goes, and with it every thread and everything that held it. */
static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  if (!f->is_gone)
    gtk_window_destroy (GTK_WINDOW (f->window));

  wait_until (f->is_gone);
  wait_until (!pz_trainer_get_busy (pz_project_get_trainer (f->project)) && pz_task_count () == 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;

  g_assert_finalize_object (f->project);
}

static GtkWidget *
find_button (GtkWidget  *widget,
             const char *action)
{
  if (GTK_IS_BUTTON (widget)
      && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, action);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
is_on (Fixture    *f,
       const char *action)
{
  return gtk_widget_get_sensitive (find_button (GTK_WIDGET (f->window), action));
}

static gboolean
act (Fixture    *f,
     const char *action)
{
  return gtk_widget_activate_action (GTK_WIDGET (f->window), action, NULL);
}

static void
load (Fixture *f)
{
  wait_until (pz_project_get_dataset (f->project) != NULL);
}

static void
set_epochs (Fixture *f,
            guint    n_epochs)
{
  Recipe *recipe = recipe_copy (pz_project_peek_recipe (f->project));

  recipe->training.epochs = n_epochs;
  pz_project_edit (f->project, recipe, NULL);
}

/* (nullable): the dialog that asks something */
static AdwMessageDialog *
get_dialog (Fixture *f)
{
  g_autoptr(GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_window_get_transient_for (window) == GTK_WINDOW (f->window))
        return ADW_MESSAGE_DIALOG (window);
    }

  return NULL;
}

static void
answer (Fixture    *f,
        const char *response)
{
  AdwMessageDialog *dialog;

  wait_until (get_dialog (f) != NULL);
  dialog = get_dialog (f);

  /* As its buttons do. */
  g_object_ref (dialog);
  gtk_window_destroy (GTK_WINDOW (dialog));
  adw_message_dialog_response (dialog, response);
  g_object_unref (dialog);

  /* The answer is acted upon in the main loop. */
  for (int i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
}

static void
test_first_start (Fixture      *f,
                  gconstpointer data)
{
  g_assert_false (is_on (f, "win.train"));
  load (f);
  g_assert_true (is_on (f, "win.train"));
  g_assert_false (is_on (f, "win.pause"));
  g_assert_false (is_on (f, "win.stop"));
  g_assert_false (gtk_widget_get_visible (get_child (f->window, "continue_button")));
  g_assert_false (pz_project_get_modified (f->project));

  /* By which the style knows it when a file is held over it. */
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (f->window), "pz-window"));

  gtk_test_widget_wait_for_draw (GTK_WIDGET (f->window));
  assert_icons_exist (GTK_WIDGET (f->window));
  g_assert_true (gtk_icon_theme_has_icon (gtk_icon_theme_get_for_display (gdk_display_get_default ()), APP_ID));
}

static void
test_undo (Fixture      *f,
           gconstpointer data)
{
  GtkWidget *panel = find_widget (GTK_WIDGET (f->window), PZ_TYPE_TRAINING_PANEL, NULL);
  GtkWidget *entry = find_widget (find_named (panel, "learning-rate"), PZ_TYPE_NUMBER_ENTRY, NULL);
  float before = pz_project_peek_recipe (f->project)->training.rate;

  gtk_editable_set_text (GTK_EDITABLE (entry), "0.5");
  pz_number_entry_commit (PZ_NUMBER_ENTRY (entry));
  g_assert_cmpfloat (pz_project_peek_recipe (f->project)->training.rate, ==, 0.5f);

  g_assert_true (act (f, "win.undo"));
  g_assert_cmpfloat (pz_project_peek_recipe (f->project)->training.rate, ==, before);
  g_assert_true (act (f, "win.redo"));
  g_assert_cmpfloat (pz_project_peek_recipe (f->project)->training.rate, ==, 0.5f);

  /* What cannot be trained says so on the button. */
  load (f);
  gtk_editable_set_text (GTK_EDITABLE (entry), "0");
  pz_number_entry_commit (PZ_NUMBER_ENTRY (entry));
  g_assert_false (is_on (f, "win.train"));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (get_child (f->window, "train_button")), ==,
                   pz_project_get_problem (f->project));
}

/* The same keys undo what is drawn where one draws, and the recipe elsewhere. */
static void
test_undo_drawing (Fixture      *f,
                   gconstpointer data)
{
  GtkWidget *pad = find_widget (GTK_WIDGET (f->window), PZ_TYPE_SKETCH_PAD, NULL);
  PzSketch *sketch = pz_sketch_pad_get_sketch (PZ_SKETCH_PAD (pad));
  guint before = pz_project_peek_recipe (f->project)->training.epochs;

  load (f);
  set_epochs (f, 3);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.show-view", "s", "draw");
  gtk_widget_grab_focus (pad);
  pz_sketch_begin_stroke (sketch, 0.1f, 0.1f, 0.5f);
  pz_sketch_end_stroke (sketch);

  g_assert_true (act (f, "win.undo"));
  g_assert_true (pz_sketch_get_empty (sketch));
  g_assert_true (act (f, "win.undo"));
  g_assert_cmpuint (pz_project_peek_recipe (f->project)->training.epochs, ==, 3);

  gtk_widget_grab_focus (get_child (f->window, "train_button"));
  g_assert_true (act (f, "win.undo"));
  g_assert_cmpuint (pz_project_peek_recipe (f->project)->training.epochs, ==, before);
  g_assert_true (act (f, "win.redo"));
  gtk_widget_grab_focus (pad);
  g_assert_true (act (f, "win.undo"));
  g_assert_cmpuint (pz_project_peek_recipe (f->project)->training.epochs, ==, 3);
}

static void
test_run (Fixture      *f,
          gconstpointer data)
{
  PzTrainer *trainer = pz_project_get_trainer (f->project);
  GtkRevealer *message = GTK_REVEALER (get_child (f->window, "message_revealer"));

  load (f);
  set_epochs (f, 10000);
  pz_window_show_message (f->window, "Something happened");
  g_assert_true (gtk_revealer_get_reveal_child (message));
  g_assert_true (act (f, "win.train"));
  g_assert_false (gtk_revealer_get_reveal_child (message));
  g_assert_true (pz_trainer_get_busy (trainer));
  g_assert_false (is_on (f, "win.train"));
  g_assert_true (is_on (f, "win.stop"));

  act (f, "win.pause");
  wait_until (pz_trainer_get_state (trainer) == PZ_TRAINER_PAUSED);
  act (f, "win.pause");
  wait_until (pz_trainer_get_state (trainer) == PZ_TRAINER_RUNNING);
  wait_until (pz_project_peek_net (f->project) != NULL && pz_trainer_get_epoch (trainer) >= 2);

  act (f, "win.stop");
  wait_until (!pz_trainer_get_busy (trainer));
  g_assert_true (is_on (f, "win.train"));
  g_assert_true (gtk_widget_get_visible (get_child (f->window, "continue_button")));
  g_assert_true (pz_project_get_modified (f->project));

  set_epochs (f, 1);
  act (f, "win.continue");
  g_assert_true (pz_trainer_get_busy (trainer));
  wait_until (!pz_trainer_get_busy (trainer));
}

static void
test_views (Fixture      *f,
            gconstpointer data)
{
  AdwViewStack *stack = ADW_VIEW_STACK (get_child (f->window, "stack"));
  const char *const names[] = { "weights", "draw", "curves" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (f->window), "win.show-view", "s", names[i]);
      g_assert_cmpstr (adw_view_stack_get_visible_child_name (stack), ==, names[i]);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (f->window));
      assert_icons_exist (GTK_WIDGET (f->window));
    }
}

/* Closing while it trains asks; no leaves everything as it was. */
static void
test_close_while_training (Fixture      *f,
                           gconstpointer data)
{
  PzTrainer *trainer = pz_project_get_trainer (f->project);

  load (f);
  set_epochs (f, 10000);
  act (f, "win.train");

  gtk_window_close (GTK_WINDOW (f->window));
  answer (f, "cancel");
  g_assert_true (pz_trainer_get_busy (trainer));
  g_assert_false (f->is_gone);

  gtk_window_close (GTK_WINDOW (f->window));
  answer (f, "stop");
  wait_until (!pz_trainer_get_busy (trainer));
  answer (f, "cancel");
  g_assert_false (f->is_gone);

  gtk_window_close (GTK_WINDOW (f->window));
  answer (f, "discard");
  wait_until (f->is_gone);
}

static void
on_saved (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  pz_project_save_finish (PZ_PROJECT (object), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

/* What was learnt after a save is not saved: stopping to close, or for a new project, asks. */
static void
test_close_after_save (Fixture      *f,
                       gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("perzeptron-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "net.perz", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  gboolean is_saved = FALSE;

  load (f);
  set_epochs (f, 1000000);
  act (f, "win.train");
  pz_project_save_async (f->project, file, NULL, on_saved, &is_saved);
  wait_until (is_saved);
  g_assert_true (pz_trainer_get_busy (pz_project_get_trainer (f->project)));
  g_assert_false (pz_project_get_modified (f->project));

  act (f, "win.new");
  answer (f, "stop");
  wait_until (get_dialog (f) != NULL || pz_project_get_file (f->project) == NULL);
  g_assert_nonnull (pz_project_get_file (f->project));
  answer (f, "cancel");
  g_assert_true (pz_project_get_modified (f->project));

  is_saved = FALSE;
  act (f, "win.continue");
  pz_project_save_async (f->project, file, NULL, on_saved, &is_saved);
  wait_until (is_saved);
  g_assert_false (pz_project_get_modified (f->project));

  gtk_window_close (GTK_WINDOW (f->window));
  answer (f, "stop");
  wait_until (get_dialog (f) != NULL || f->is_gone);
  g_assert_false (f->is_gone);
  answer (f, "discard");
  wait_until (f->is_gone);

  g_unlink (path);
  g_rmdir (folder);
}

static void
test_save_and_open (Fixture      *f,
                    gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("perzeptron-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "my_net.perz", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  gboolean is_saved = FALSE;

  load (f);
  set_epochs (f, 3);
  g_assert_true (pz_project_get_modified (f->project));
  pz_project_save_async (f->project, file, NULL, on_saved, &is_saved);
  wait_until (is_saved);
  g_assert_false (pz_project_get_modified (f->project));
  g_assert_nonnull (strstr (gtk_window_get_title (GTK_WINDOW (f->window)), "my_net"));

  /* Unsaved changes: asked, and saved where the file is known. */
  set_epochs (f, 4);
  act (f, "win.new");
  answer (f, "save");
  wait_until (pz_project_get_file (f->project) == NULL);
  g_assert_cmpuint (pz_project_peek_recipe (f->project)->training.epochs, !=, 4);

  pz_window_open_file (f->window, file);
  wait_until (pz_project_get_file (f->project) != NULL);
  g_assert_cmpuint (pz_project_peek_recipe (f->project)->training.epochs, ==, 4);
  g_assert_null (get_dialog (f));
  load (f);

  g_unlink (path);
  g_rmdir (folder);
}

/* Where data were opened from is in the settings at once: a program that crashes keeps them, too. */
static void
test_known_sources (Fixture      *f,
                    gconstpointer data)
{
  char *folder = fixture_make_folder ("known");
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);
  g_autoptr(GSettings) settings = pz_recovery_get_settings ();
  g_auto(GStrv) uris = NULL;

  load (f);
  fixture_write_mnist (folder, "train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                       "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
  pz_data_loader_choose (pz_project_get_loader (f->project), folder);
  wait_until (!pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  g_assert_null (pz_data_loader_get_error (pz_project_get_loader (f->project)));

  uris = g_settings_get_strv (settings, "known-sources");
  g_assert_true (g_strv_contains ((const char *const *) uris, uri));
  fixture_remove (folder);
}

/* A file that is no project: said, and the project stays. */
static void
test_open_nonsense (Fixture      *f,
                    gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("perzeptron-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bad.perz", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);

  load (f);
  g_assert_true (g_file_set_contents (path, "not a network", -1, NULL));
  pz_window_open_file (f->window, file);
  answer (f, "close");
  g_assert_null (pz_project_get_file (f->project));
  g_assert_nonnull (pz_project_get_dataset (f->project));

  /* Any other name is data. */
  g_clear_object (&file);
  file = g_file_new_for_path ("/nonexistent/t10k-images-idx3-ubyte");
  pz_window_open_file (f->window, file);
  g_assert_true (pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  g_assert_false (is_on (f, "win.train"));
  wait_until (!pz_data_loader_get_loading (pz_project_get_loader (f->project)));

  /* Nor is there any: nothing has changed. */
  g_assert_nonnull (strstr (pz_data_loader_get_error (pz_project_get_loader (f->project)), "t10k-images-idx3-ubyte"));
  g_assert_true (is_on (f, "win.train"));
  g_assert_false (is_on (f, "win.undo"));
  g_assert_false (pz_project_get_modified (f->project));

  g_unlink (path);
  g_rmdir (folder);
}

#define add(path, func) \
  g_test_add ("/app/window/" path, Fixture, NULL, set_up, func, tear_down)

/* A picture is read in a window over this one, and changes nothing here. */
static void
test_open_picture (Fixture      *f,
                   gconstpointer data)
{
  g_autoptr(GFile) file = g_file_new_for_path ("/nonexistent/sheet.PNG");
  g_autoptr(GListModel) windows = g_object_ref (gtk_window_get_toplevels ());
  GtkWindow *found = NULL;

  load (f);
  pz_window_open_file (f->window, file);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (PZ_IS_PHOTO_WINDOW (window))
        found = window;
    }

  g_assert_nonnull (found);
  g_assert_true (gtk_window_get_transient_for (found) == GTK_WINDOW (f->window));
  g_assert_false (pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  g_assert_nonnull (pz_project_get_dataset (f->project));
  g_assert_null (pz_project_get_file (f->project));
  gtk_window_destroy (found);
}

/* (transfer full) (nullable): the checkpoint there is */
static char *
find_checkpoint (void)
{
  g_autofree char *folder = pz_checkpoint_dup_folder ();
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_suffix (name, ".perz"))
        return g_build_filename (folder, name, NULL);
    }

  return NULL;
}

/* Nobody answers what a signal makes the window ask: the run is stopped, and kept where the next
 * start finds it; a window that is closed as usual leaves nothing. */
static void
test_keep_work (Fixture      *f,
                gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr(RecipeFile) file = NULL;

  g_assert_null (find_checkpoint ());
  load (f);
  set_epochs (f, 10000);
  g_assert_true (act (f, "win.train"));

  pz_recovery_keep_work (f->project);
  wait_until (pz_recovery_is_done (f->project));
  g_assert_false (pz_trainer_get_busy (pz_project_get_trainer (f->project)));
  gtk_window_destroy (GTK_WINDOW (f->window));
  wait_until (f->is_gone);

  path = find_checkpoint ();
  g_assert_nonnull (path);
  file = recipe_file_load (path, NULL);
  g_assert_nonnull (file);
  g_assert_nonnull (file->state);

  pz_project_discard_checkpoint (f->project);
  wait_until (pz_project_is_kept (f->project));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* A file is where the checkpoints' folder would be: said in the window, with what to do. */
static void
test_checkpoint_failed (Fixture      *f,
                        gconstpointer data)
{
  GtkRevealer *revealer = GTK_REVEALER (get_child (f->window, "message_revealer"));
  GtkLabel *label = GTK_LABEL (get_child (f->window, "message_label"));
  g_autofree char *folder = pz_checkpoint_dup_folder ();
  g_autofree char *parent = g_path_get_dirname (folder);

  load (f);
  g_rmdir (folder);
  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (folder, "", 0, NULL));
  set_epochs (f, 3);
  g_assert_true (pz_project_get_modified (f->project));

  pz_project_keep (f->project);
  wait_until (gtk_revealer_get_reveal_child (revealer));
  g_assert_nonnull (strstr (gtk_label_get_label (label), folder));
  g_assert_nonnull (strstr (gtk_label_get_label (label), "save the project elsewhere"));
  wait_until (pz_project_is_kept (f->project));
  g_assert_cmpint (g_unlink (folder), ==, 0);
}

/* A dialog that is open over the window ends with it, and does not keep the program. */
static void
test_close_with_dialogs (Fixture      *f,
                         gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("perzeptron-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bad.perz", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  GtkWindow *about;

  load (f);
  g_assert_true (g_file_set_contents (path, "not a network", -1, NULL));
  pz_window_open_file (f->window, file);
  wait_until (get_dialog (f) != NULL);

  /* It holds nothing up. */
  g_assert_false (gtk_window_get_modal (GTK_WINDOW (get_dialog (f))));

  about = GTK_WINDOW (adw_about_window_new ());
  gtk_window_set_modal (about, TRUE);
  gtk_window_set_transient_for (about, GTK_WINDOW (get_dialog (f)));
  gtk_window_present (about);

  gtk_window_close (GTK_WINDOW (f->window));
  wait_until (f->is_gone);
  g_assert_null (gtk_application_get_windows (GTK_APPLICATION (application)));
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, 0);

  g_unlink (path);
  g_rmdir (folder);
}

/* Told to end while it trains: asks as at closing, and has kept the run before anybody answers. The last
 * test: the program is about to end from now on. */
static void
test_terminate (Fixture      *f,
                gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr(RecipeFile) file = NULL;

  g_assert_null (find_checkpoint ());
  load (f);
  set_epochs (f, 10000);
  g_assert_true (act (f, "win.train"));

  g_assert_cmpint (kill (getpid (), SIGTERM), ==, 0);
  wait_until (get_dialog (f) != NULL);
  wait_until (pz_project_is_kept (f->project));
  g_assert_true (pz_trainer_get_busy (pz_project_get_trainer (f->project)));
  path = find_checkpoint ();
  g_assert_nonnull (path);
  file = recipe_file_load (path, NULL);
  g_assert_nonnull (file);
  g_assert_nonnull (file->state);

  answer (f, "stop");
  wait_until (!pz_trainer_get_busy (pz_project_get_trainer (f->project)));
  answer (f, "discard");
  wait_until (f->is_gone);
  wait_until (pz_project_is_kept (f->project));
  g_assert_null (find_checkpoint ());
}

/* libadwaita 1.7 measures the heading of an AdwMessageDialog in large letters for the width that
 * it needs in small ones, and GTK warns of it. Any other warning ends the test.
 */
static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         user_data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") && fields[i].length < 0
        && g_str_has_prefix (fields[i].value, "Trying to measure GtkLabel "))
      {
        g_printerr ("%s\n", (const char *) fields[i].value);
        return G_LOG_WRITER_HANDLED;
      }

  return g_log_writer_default (level, fields, n_fields, user_data);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;

  g_log_set_writer_func (write_log, NULL, NULL);
  init_display_test (&argc, &argv);

  application = pz_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);

  add ("first-start", test_first_start);
  add ("undo", test_undo);
  add ("undo-drawing", test_undo_drawing);
  add ("run", test_run);
  add ("views", test_views);
  add ("close-while-training", test_close_while_training);
  add ("close-after-save", test_close_after_save);
  add ("keep-work", test_keep_work);
  add ("checkpoint-failed", test_checkpoint_failed);
  add ("save-and-open", test_save_and_open);
  add ("known-sources", test_known_sources);
  add ("open-nonsense", test_open_nonsense);
  add ("open-picture", test_open_picture);
  add ("close-with-dialogs", test_close_with_dialogs);
  add ("terminate", test_terminate);

  return g_test_run ();
}
