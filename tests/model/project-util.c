/* project-util.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "datasets/fixture.h"
#include "model/pz-task.h"
#include "project-util.h"

static void
on_ended (PzProject  *project,
          int         end,
          const char *message,
          Fixture    *f)
{
  g_assert_false (pz_trainer_get_busy (pz_project_get_trainer (project)));

  f->n_ended++;
  f->end = (MlpStopReason) end;
  g_free (f->message);
  f->message = g_strdup (message);
}

static void
count (guint *n)
{
  (*n)++;
}

static void
count_on (Fixture    *f,
          const char *signal,
          guint      *n)
{
  g_signal_connect_swapped (f->project, signal, G_CALLBACK (count), n);
}

void
fixture_set_up (Fixture      *f,
                gconstpointer data)
{
  Recipe *recipe;

  f->folder = fixture_make_folder ("project");
  f->project = pz_project_new ();

  recipe = fixture_copy_recipe (f);
  recipe->split.limit = 200;
  g_array_index (recipe->hidden, MlpLayer, 0).width = 16;
  recipe->training.epochs = 2;
  recipe->training.threads = 1;
  pz_project_edit (f->project, recipe, NULL);
  fixture_save (f, "start.perz");

  f->done = FALSE;
  g_signal_connect (f->project, "train-ended", G_CALLBACK (on_ended), f);
  count_on (f, "recipe-changed", &f->n_recipe);
  count_on (f, "net-changed", &f->n_net);
  count_on (f, "notify::modified", &f->n_modified);
  count_on (f, "notify::can-undo", &f->n_can_undo);
  count_on (f, "notify::dataset", &f->n_dataset);
}

void
fixture_set_up_loaded (Fixture      *f,
                       gconstpointer data)
{
  fixture_set_up (f, data);
  pz_data_loader_load (pz_project_get_loader (f->project));
  fixture_wait_loaded (f);
}

void
fixture_tear_down (Fixture      *f,
                   gconstpointer data)
{
  pz_project_shut_down (f->project);
  wait_until (!pz_trainer_get_busy (pz_project_get_trainer (f->project)));
  pz_task_wait_all ();
  g_assert_cmpuint (pz_task_count (), ==, 0);
  run_pending ();

  g_signal_handlers_disconnect_by_data (f->project, f);
  g_assert_finalize_object (f->project);
  fixture_remove (f->folder);
  g_free (f->message);
  g_clear_error (&f->error);
}

Recipe *
fixture_copy_recipe (Fixture *f)
{
  return recipe_copy (pz_project_peek_recipe (f->project));
}

void
fixture_set_source (Fixture    *f,
                    const char *source)
{
  Recipe *recipe = fixture_copy_recipe (f);

  g_free (recipe->source);
  recipe->source = g_strdup (source);
  pz_project_edit (f->project, recipe, NULL);
}

void
fixture_wait_loaded (Fixture *f)
{
  wait_until (!pz_data_loader_get_loading (pz_project_get_loader (f->project)));
}

void
fixture_train (Fixture *f)
{
  guint n_ended = f->n_ended;

  g_assert_true (pz_project_get_can_train (f->project));
  pz_project_train (f->project);
  g_assert_true (pz_trainer_get_busy (pz_project_get_trainer (f->project)));
  wait_until (f->n_ended > n_ended);
}

GFile *
fixture_get_file (Fixture    *f,
                  const char *name)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);

  return g_file_new_for_path (path);
}

void
fixture_on_saved (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  Fixture *f = user_data;

  g_clear_error (&f->error);
  f->ok = pz_project_save_finish (PZ_PROJECT (object), result, &f->error);
  g_assert_true (f->ok == (f->error == NULL));
  f->done = TRUE;
}

void
fixture_on_opened (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  Fixture *f = user_data;

  g_clear_error (&f->error);
  f->ok = pz_project_open_finish (PZ_PROJECT (object), result, &f->error);
  g_assert_true (f->ok == (f->error == NULL));
  f->done = TRUE;
}

gboolean
fixture_save (Fixture    *f,
              const char *name)
{
  g_autoptr(GFile) file = fixture_get_file (f, name);

  f->done = FALSE;
  pz_project_save_async (f->project, file, NULL, fixture_on_saved, f);
  wait_until (f->done);

  return f->ok;
}

gboolean
fixture_open (Fixture    *f,
              const char *name)
{
  g_autoptr(GFile) file = fixture_get_file (f, name);

  f->done = FALSE;
  pz_project_open_async (f->project, file, NULL, fixture_on_opened, f);
  wait_until (f->done);

  return f->ok;
}
