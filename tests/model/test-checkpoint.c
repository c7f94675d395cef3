/* test-checkpoint.c: runs that are saved and opened, or kept and recovered, go on to the same
 * bits as one that was not interrupted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "datasets/fixture.h"
#include "model/pz-checkpoint.h"
#include "project-util.h"

static void
set_recipe (Fixture         *f,
            MlpOptimizerKind kind,
            MlpAugment       augment,
            guint            threads,
            guint            epochs)
{
  Recipe *recipe = fixture_copy_recipe (f);

  recipe->training.optimizer.kind = kind;
  recipe->training.augment = augment;
  recipe->training.threads = threads;
  recipe->training.epochs = epochs;
  recipe->training.dropout = 0.1f;
  recipe->training.schedule.kind = MLP_SCHEDULE_CONSTANT;
  pz_project_edit (f->project, recipe, "test");
}

static void
wait_ended (Fixture *f,
            guint    n_ended)
{
  wait_until (f->n_ended == n_ended);
  g_assert_null (f->message);
}

static void
go_on (Fixture *f)
{
  const guint n_ended = f->n_ended;

  pz_project_continue (f->project);
  g_assert_true (pz_trainer_get_busy (pz_project_get_trainer (f->project)));
  wait_ended (f, n_ended + 1);
}

/* (transfer full) */
static float *
dup_params (Fixture *f)
{
  const MlpNet *net = pz_project_peek_net (f->project);

  return g_memdup2 (mlp_net_peek_params (net), mlp_net_get_n_params (net) * sizeof (float));
}

static void
assert_params (Fixture     *f,
               const float *params)
{
  const MlpNet *net = pz_project_peek_net (f->project);
  const gsize size = mlp_net_get_n_params (net) * sizeof (float);

  g_assert_cmpmem (mlp_net_peek_params (net), size, params, size);
}

/* Every optimiser, with and without augmentation, by 1 and 2 threads: three epochs, or one, saved
 * and opened, and two more. */
static void
test_saved (Fixture      *f,
            gconstpointer data)
{
  static const MlpAugment augments[] = { MLP_AUGMENT_NONE, MLP_AUGMENT_ELASTIC };

  for (guint kind = 0; kind < MLP_N_OPTIMIZERS; kind++)
    {
      for (guint a = 0; a < G_N_ELEMENTS (augments); a++)
        {
          for (guint threads = 1; threads <= 2; threads++)
            {
              g_autofree float *whole = NULL;

              set_recipe (f, kind, augments[a], threads, 3);
              fixture_train (f);
              whole = dup_params (f);

              set_recipe (f, kind, augments[a], threads, 1);
              fixture_train (f);
              g_assert_true (fixture_save (f, "part.perz"));
              pz_project_reset (f->project);
              g_assert_true (fixture_open (f, "part.perz"));
              fixture_wait_loaded (f);
              set_recipe (f, kind, augments[a], threads, 2);
              go_on (f);
              assert_params (f, whole);
            }
        }
    }
}

static void
on_found (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Kept while it trains, found again as after a crash, and gone on with: what is left of it. */
static void
test_recovered (Fixture      *f,
                gconstpointer data)
{
  g_autofree char *folder = g_build_filename (f->folder, "checkpoints", NULL);
  g_autoptr(PzCheckpoint) found = NULL;
  g_autofree float *whole = NULL;
  g_autofree char *lock = NULL;
  PzTrainer *trainer = pz_project_get_trainer (f->project);
  RecipeFile *contents = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GDir) dir = NULL;
  guint n_done;

  set_recipe (f, MLP_ADAM, MLP_AUGMENT_AFFINE, 1, 40);
  fixture_train (f);
  whole = dup_params (f);

  /* A run that waits after its first batch, and is kept there. */
  pz_project_set_checkpoints (f->project, folder, 1, 0);
  pz_project_train (f->project);
  pz_trainer_pause (trainer);
  pz_project_keep (f->project);
  wait_until (pz_project_is_kept (f->project));

  /* While its owner lives nobody else finds it. */
  pz_checkpoint_find_async (folder, NULL, on_found, &result);
  wait_until (result != NULL);
  g_assert_null (pz_checkpoint_find_finish (result, &contents));
  g_clear_object (&result);

  /* Another program, that crashed, left the same: another name, and no lock. */
  {
    g_autofree char *from = NULL;
    g_autofree char *to = g_build_filename (folder, "left.perz", NULL);
    g_autofree char *text = NULL;
    const char *name;
    gsize length;

    dir = g_dir_open (folder, 0, NULL);
    while ((name = g_dir_read_name (dir)) != NULL && !g_str_has_suffix (name, ".perz"))
      ;
    from = g_build_filename (folder, name, NULL);
    g_assert_true (g_file_get_contents (from, &text, &length, NULL));
    g_assert_true (g_file_set_contents (to, text, (gssize) length, NULL));
  }

  n_done = f->n_ended;
  pz_trainer_stop (trainer);
  wait_ended (f, n_done + 1);
  pz_project_discard_checkpoint (f->project);
  wait_until (pz_project_is_kept (f->project));

  pz_checkpoint_find_async (folder, NULL, on_found, &result);
  wait_until (result != NULL);
  found = pz_checkpoint_find_finish (result, &contents);
  g_assert_nonnull (found);
  g_assert_nonnull (contents->state);
  g_assert_cmpuint (contents->epochs->len, <, 40);

  pz_project_recover (f->project, found, contents);
  g_assert_true (pz_project_get_modified (f->project));
  g_assert_null (pz_project_get_file (f->project));
  fixture_wait_loaded (f);
  go_on (f);
  assert_params (f, whole);

  /* Saved: the checkpoint is gone, with its lock. */
  g_assert_true (fixture_save (f, "net.perz"));
  wait_until (pz_project_is_kept (f->project));
  g_clear_pointer (&dir, g_dir_close);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_null (g_dir_read_name (dir));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* What is saved while it trains can be continued, too. */
static void
test_saved_while_busy (Fixture      *f,
                       gconstpointer data)
{
  PzTrainer *trainer = pz_project_get_trainer (f->project);
  g_autofree float *whole = NULL;
  guint n_ended;

  set_recipe (f, MLP_ADAMW, MLP_AUGMENT_NONE, 1, 40);
  fixture_train (f);
  whole = dup_params (f);

  pz_project_train (f->project);
  pz_trainer_pause (trainer);
  g_assert_true (fixture_save (f, "part.perz"));
  g_assert_true (pz_trainer_get_busy (trainer));

  n_ended = f->n_ended;
  pz_trainer_stop (trainer);
  wait_ended (f, n_ended + 1);
  pz_project_reset (f->project);
  g_assert_true (fixture_open (f, "part.perz"));
  fixture_wait_loaded (f);
  go_on (f);
  assert_params (f, whole);
}

static void
on_failed (char      **said,
           const char *message)
{
  g_assert_null (*said);
  *said = g_strdup (message);
}

/* Another file is where the folder would be: said once, however often it is tried, and again after
 * it was mended and is broken once more. */
static void
test_failed (Fixture      *f,
             gconstpointer data)
{
  g_autofree char *folder = g_build_filename (f->folder, "checkpoints", NULL);
  g_autofree char *said = NULL;

  g_signal_connect_swapped (f->project, "checkpoint-failed", G_CALLBACK (on_failed), &said);
  g_assert_true (g_file_set_contents (folder, "", 0, NULL));
  pz_project_set_checkpoints (f->project, folder, 1, 0);
  fixture_train (f);

  for (int broken = 0; broken < 2; broken++)
    {
      for (int again = 0; again < 2; again++)
        {
          pz_project_keep (f->project);
          wait_until (pz_project_is_kept (f->project));
          run_pending ();
        }

      wait_until (said != NULL);
      g_assert_nonnull (strstr (said, folder));
      g_clear_pointer (&said, g_free);

      g_assert_cmpint (g_unlink (folder), ==, 0);
      pz_project_keep (f->project);
      wait_until (pz_project_is_kept (f->project));
      run_pending ();
      g_assert_null (said);

      fixture_remove (g_strdup (folder));
      g_assert_true (g_file_set_contents (folder, "", 0, NULL));
    }

  pz_project_discard_checkpoint (f->project);
  wait_until (pz_project_is_kept (f->project));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/model/checkpoint/saved", Fixture, NULL, fixture_set_up_loaded, test_saved, fixture_tear_down);
  g_test_add ("/model/checkpoint/recovered", Fixture, NULL, fixture_set_up_loaded, test_recovered, fixture_tear_down);
  g_test_add ("/model/checkpoint/saved-while-busy", Fixture, NULL, fixture_set_up_loaded, test_saved_while_busy,
              fixture_tear_down);
  g_test_add ("/model/checkpoint/failed", Fixture, NULL, fixture_set_up_loaded, test_failed, fixture_tear_down);

  return g_test_run ();
}
