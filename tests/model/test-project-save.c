/* test-project-save.c: a project that cannot be saved.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "datasets/fixture.h"
#include "model-util.h"
#include "project-util.h"

static void
test_save_error (Fixture      *f,
                 gconstpointer data)
{
  Recipe *recipe = fixture_copy_recipe (f);

  recipe->training.epochs = 9;
  pz_project_edit (f->project, recipe, NULL);
  g_assert_false (fixture_save (f, "no/such/folder/x.perz"));
  g_test_message ("%s", f->error->message);
  g_assert_nonnull (strstr (f->error->message, "x.perz"));
  g_assert_true (pz_project_get_modified (f->project));
  g_assert_cmpstr (pz_project_get_title (f->project), ==, "start.perz");
}

/* A network that cannot be saved is kept elsewhere, once, until it can. */
static void
test_save_rescue (Fixture      *f,
                  gconstpointer data)
{
  g_autofree char *first = g_build_filename (g_get_user_data_dir (), "perzeptron", "rescued", "x.perz", NULL);
  g_autofree char *second = g_build_filename (g_get_user_data_dir (), "perzeptron", "rescued", "x-2.perz", NULL);
  g_autoptr(RecipeFile) copy = NULL;

  fixture_train (f);
  g_assert_false (fixture_save (f, "no/such/folder/x.perz"));
  g_assert_nonnull (strstr (f->error->message, first));
  g_assert_true (pz_project_get_modified (f->project));
  copy = recipe_file_load (first, NULL);
  assert_same_params (copy->net, pz_project_peek_net (f->project));

  g_assert_false (fixture_save (f, "no/such/folder/x.perz"));
  g_assert_nonnull (strstr (f->error->message, second));
  g_assert_false (g_file_test (first, G_FILE_TEST_EXISTS));

  g_assert_true (fixture_save (f, "x.perz"));
  g_assert_false (g_file_test (second, G_FILE_TEST_EXISTS));
}

/* The file counts epochs as the window does. */
static void
test_save_best (Fixture      *f,
                gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr(RecipeFile) file = NULL;
  PzHistory *history;

  fixture_train (f);
  g_assert_true (fixture_save (f, "best.perz"));
  path = g_file_get_path (pz_project_get_file (f->project));
  file = recipe_file_load (path, NULL);
  g_assert_nonnull (file);

  history = pz_run_get_history (pz_project_get_run (f->project));
  g_assert_cmpuint (pz_history_get_best_epoch (history), >, 0);
  g_assert_cmpuint (file->best_epoch, ==, pz_history_get_best_epoch (history));
}

/* Saved onto that copy, however its place is spelled, the project is there; and stays there. */
static void
test_save_onto_rescued (Fixture      *f,
                        gconstpointer data)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "perzeptron", "rescued", NULL);
  g_autofree char *rescued = g_build_filename (folder, "x.perz", NULL);
  g_autofree char *link = g_build_filename (f->folder, "link", NULL);

  g_assert_cmpint (symlink (folder, link), ==, 0);
  fixture_train (f);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr(GFile) file = i == 0 ? g_file_new_for_path (rescued) : fixture_get_file (f, "link/x.perz");
      g_autoptr(RecipeFile) saved = NULL;

      g_assert_false (fixture_save (f, "no/such/folder/x.perz"));
      g_assert_nonnull (strstr (f->error->message, rescued));

      f->done = FALSE;
      pz_project_save_async (f->project, file, NULL, fixture_on_saved, f);
      wait_until (f->done);
      g_assert_true (f->ok);
      saved = recipe_file_load (rescued, NULL);
      g_assert_nonnull (saved);
      assert_same_params (saved->net, pz_project_peek_net (f->project));

      /* It is the project's file, not a copy: the next save elsewhere leaves it. */
      g_assert_true (fixture_save (f, "elsewhere.perz"));
      g_assert_true (g_file_test (rescued, G_FILE_TEST_EXISTS));
      g_assert_cmpint (g_unlink (rescued), ==, 0);
    }

  g_assert_cmpint (g_unlink (link), ==, 0);
}

static void
count_tested (guint *n)
{
  (*n)++;
}

/* What an operation does to the project is done when it ends, also where nobody asks what became of it; of a
 * cancelled one nothing is left.
 */
static void
test_unfinished (Fixture      *f,
                 gconstpointer data)
{
  g_autoptr(GFile) file = fixture_get_file (f, "alone.perz");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  guint n_tested = 0;

  fixture_train (f);
  pz_project_save_async (f->project, file, NULL, NULL, NULL);
  wait_until (!pz_project_get_modified (f->project));
  g_assert_true (g_file_equal (pz_project_get_file (f->project), file));

  g_signal_connect_swapped (f->project, "tested", G_CALLBACK (count_tested), &n_tested);
  pz_project_evaluate_async (f->project, MLP_TEST, NULL, NULL, NULL);
  wait_until (pz_project_get_tested (f->project, NULL));
  g_assert_cmpuint (n_tested, ==, 1);
  g_signal_handlers_disconnect_by_data (f->project, &n_tested);

  pz_project_reset (f->project);
  f->done = FALSE;
  pz_project_open_async (f->project, file, cancellable, fixture_on_opened, f);
  g_cancellable_cancel (cancellable);
  wait_until (f->done);
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (pz_project_peek_net (f->project));
  g_assert_null (pz_project_get_file (f->project));

  pz_project_open_async (f->project, file, NULL, NULL, NULL);
  wait_until (pz_project_get_file (f->project) != NULL);
  g_assert_nonnull (pz_project_peek_net (f->project));
}

#define ADD(path, func) \
  g_test_add ("/model/project/" path, Fixture, NULL, fixture_set_up_loaded, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  char *home = fixture_make_folder ("save");
  int status;

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);

  ADD ("save-error", test_save_error);
  ADD ("save-rescue", test_save_rescue);
  ADD ("save-best", test_save_best);
  ADD ("unfinished", test_unfinished);
  ADD ("save-onto-rescued", test_save_onto_rescued);

  status = g_test_run ();
  fixture_remove (home);

  return status;
}
