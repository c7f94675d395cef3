/* test-project-save.c: a project that cannot be saved.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

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
  g_autoptr(PzHistory) history = NULL;

  fixture_train (f);
  g_assert_true (fixture_save (f, "best.perz"));
  path = g_file_get_path (pz_project_get_file (f->project));
  file = recipe_file_load (path, NULL);
  g_assert_nonnull (file);

  history = g_list_model_get_item (pz_project_get_runs (f->project), 0);
  g_assert_cmpuint (pz_history_get_best_epoch (history), >, 0);
  g_assert_cmpuint (file->best_epoch, ==, pz_history_get_best_epoch (history));
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

  status = g_test_run ();
  fixture_remove (home);

  return status;
}
