/* test-project.c: the recipe of a project, its steps of undo, its data.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/net/mlp-split.h"
#include "datasets/fixture.h"
#include "model/pz-recipe-history.h"
#include "project-util.h"

static void
set_rate (Fixture    *f,
          float       rate,
          const char *what)
{
  Recipe *recipe = fixture_copy_recipe (f);

  recipe->training.rate = rate;
  pz_project_edit (f->project, recipe, what);
}

static void
set_epochs (Fixture    *f,
            guint       epochs,
            const char *what)
{
  Recipe *recipe = fixture_copy_recipe (f);

  recipe->training.epochs = epochs;
  pz_project_edit (f->project, recipe, what);
}

static double
get_rate (Fixture *f)
{
  return (double) pz_project_peek_recipe (f->project)->training.rate;
}

static void
test_new (void)
{
  g_autoptr(PzProject) project = pz_project_new ();
  g_autoptr(Recipe) recipe = recipe_new ();

  g_assert_true (recipe_equal (pz_project_peek_recipe (project), recipe));
  g_assert_cmpstr (pz_project_get_title (project), ==, "Untitled");
  g_assert_null (pz_project_get_file (project));
  g_assert_null (pz_project_get_dataset (project));
  g_assert_null (pz_project_peek_net (project));
  g_assert_null (pz_project_peek_split (project));
  g_assert_cmpuint (pz_project_get_n_inputs (project), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (pz_project_get_runs (project)), ==, 0);
  g_assert_false (pz_project_get_modified (project));
  g_assert_false (pz_data_loader_get_loading (pz_project_get_loader (project)));
  g_assert_false (pz_project_get_can_train (project));
  g_assert_false (pz_project_get_can_continue (project));
  g_assert_nonnull (pz_project_get_problem (project));

  /* What cannot be done does nothing. */
  pz_project_train (project);
  pz_project_continue (project);
  pz_data_loader_cancel (pz_project_get_loader (project));
  g_assert_false (pz_project_undo (project));
  g_assert_false (pz_project_redo (project));
  g_assert_false (pz_trainer_get_busy (pz_project_get_trainer (project)));
}

static void
test_undo (Fixture      *f,
           gconstpointer data)
{
  const double first = get_rate (f);
  gboolean can_undo, can_redo;

  /* One step is of the set-up. */
  set_rate (f, 0.5f, NULL);
  set_rate (f, 0.25f, NULL);
  g_assert_cmpuint (f->n_recipe, ==, 2);
  g_assert_cmpuint (f->n_can_undo, ==, 0);
  g_assert_true (pz_project_get_modified (f->project));
  g_assert_cmpuint (f->n_modified, ==, 1);

  /* The same again is no step. */
  set_rate (f, 0.25f, NULL);
  g_assert_cmpuint (f->n_recipe, ==, 2);

  g_assert_true (pz_project_undo (f->project));
  g_assert_cmpfloat (get_rate (f), ==, 0.5);
  g_assert_true (pz_project_undo (f->project));
  g_assert_cmpfloat (get_rate (f), ==, first);
  g_assert_true (pz_project_redo (f->project));
  g_assert_cmpfloat (get_rate (f), ==, 0.5);
  g_assert_cmpuint (f->n_recipe, ==, 5);

  g_object_get (f->project, "can-undo", &can_undo, "can-redo", &can_redo, NULL);
  g_assert_true (can_undo);
  g_assert_true (can_redo);

  /* Another edit leaves nothing to redo. */
  set_rate (f, 0.125f, NULL);
  g_object_get (f->project, "can-redo", &can_redo, NULL);
  g_assert_false (can_redo);
  g_assert_false (pz_project_redo (f->project));
  g_assert_cmpfloat (get_rate (f), ==, 0.125);

  while (pz_project_undo (f->project))
    ;
  g_assert_cmpuint (f->n_can_undo, ==, 1);
  g_assert_cmpuint (pz_project_peek_recipe (f->project)->training.epochs, >, 2);
}

/* A rate typed digit by digit is one step, whatever else a machine has to do meanwhile: of the edits that
 * followed each other soon enough.
 */
static void
test_coalescing (Fixture      *f,
                 gconstpointer data)
{
  const double first = get_rate (f);
  gint64 start;
  gboolean soon;

  do
    {
      while (get_rate (f) != first)
        g_assert_true (pz_project_undo (f->project));

      start = g_get_monotonic_time ();
      set_rate (f, 0.5f, "rate");
      set_rate (f, 0.25f, "rate");
      set_rate (f, 0.125f, "rate");
      soon = g_get_monotonic_time () - start < PZ_RECIPE_HISTORY_STEP_TIME;
    }
  while (!soon);

  g_assert_true (pz_project_undo (f->project));
  g_assert_cmpfloat (get_rate (f), ==, first);
  g_assert_true (pz_project_redo (f->project));
  g_assert_cmpfloat (get_rate (f), ==, 0.125);

  /* Something else in between: three steps. */
  set_rate (f, 0.5f, "rate");
  set_epochs (f, 7, "epochs");
  set_rate (f, 0.25f, "rate");
  g_assert_true (pz_project_undo (f->project));
  g_assert_cmpfloat (get_rate (f), ==, 0.5);
  g_assert_true (pz_project_undo (f->project));
  g_assert_cmpuint (pz_project_peek_recipe (f->project)->training.epochs, ==, 2);
  g_assert_true (pz_project_undo (f->project));
  g_assert_cmpfloat (get_rate (f), ==, 0.125);
}

/* A recipe that cannot be run, and the row to mark. */
typedef struct
{
  const char *name;
  void (*spoil)(Recipe *recipe);
  MlpOption   option;
} Nonsense;

#define SPOIL(name, statement) \
  static void \
  spoil_ ## name (Recipe *recipe) \
  { \
    statement; \
  }

SPOIL (loss, recipe->output = MLP_RELU)
SPOIL (optimizer, recipe->training.optimizer.beta1 = 1.0f)
SPOIL (rate, recipe->training.rate = 0.0f)
SPOIL (rate_nan, recipe->training.rate = NAN)
SPOIL (schedule, recipe->training.schedule.warmup_epochs = 1000)
SPOIL (epochs, recipe->training.epochs = 0)
SPOIL (batch, recipe->training.batch_size = 0)
SPOIL (l1, recipe->training.l1 = -1.0f)
SPOIL (l2, recipe->training.l2 = -1.0f)
SPOIL (dropout, recipe->training.dropout = 1.0f)
SPOIL (max_norm, recipe->training.max_norm = -1.0f)
SPOIL (clip_norm, recipe->training.clip_norm = -1.0f)
SPOIL (patience, (recipe->training.patience = 3, recipe->split.n_validation = 0))
SPOIL (threads, recipe->training.threads = 1000)
SPOIL (width, g_array_index (recipe->hidden, MlpLayer, 0).width = 0)
SPOIL (huge, g_array_index (recipe->hidden, MlpLayer, 0).width = (gsize) 1 << 40)
SPOIL (softmax, g_array_index (recipe->hidden, MlpLayer, 0).activation = MLP_SOFTMAX)
SPOIL (split, recipe->split.n_validation = 1000000)

static const Nonsense nonsense[] = {
  { "loss", spoil_loss, MLP_OPTION_LOSS },
  { "optimizer", spoil_optimizer, MLP_OPTION_BETA1 },
  { "rate", spoil_rate, MLP_OPTION_RATE },
  { "rate-nan", spoil_rate_nan, MLP_OPTION_RATE },
  { "schedule", spoil_schedule, MLP_OPTION_WARMUP_EPOCHS },
  { "epochs", spoil_epochs, MLP_OPTION_EPOCHS },
  { "batch", spoil_batch, MLP_OPTION_BATCH_SIZE },
  { "l1", spoil_l1, MLP_OPTION_L1 },
  { "l2", spoil_l2, MLP_OPTION_L2 },
  { "dropout", spoil_dropout, MLP_OPTION_DROPOUT },
  { "max-norm", spoil_max_norm, MLP_OPTION_MAX_NORM },
  { "clip-norm", spoil_clip_norm, MLP_OPTION_CLIP_NORM },
  { "patience", spoil_patience, MLP_OPTION_PATIENCE },
  { "threads", spoil_threads, MLP_OPTION_THREADS },
  { "width", spoil_width, MLP_OPTION_NONE },
  { "huge", spoil_huge, MLP_OPTION_NONE },
  { "softmax", spoil_softmax, MLP_OPTION_NONE },
  { "split", spoil_split, MLP_OPTION_NONE },
};

/* Nonsense is taken, said, and hinders training until it is gone. */
static void
test_nonsense (Fixture      *f,
               gconstpointer data)
{
  g_assert_true (pz_project_get_can_train (f->project));
  g_assert_null (pz_project_get_problem (f->project));

  for (gsize i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      Recipe *recipe = fixture_copy_recipe (f);
      MlpOption option = MLP_OPTION_NONE;
      g_autoptr(GError) error = NULL;

      nonsense[i].spoil (recipe);
      pz_project_edit (f->project, recipe, NULL);

      g_assert_false (pz_project_check (f->project, &option, &error));
      g_test_message ("%s: %s", nonsense[i].name, error->message);
      g_assert_cmpint (option, ==, nonsense[i].option);
      g_assert_cmpuint (strlen (error->message), >, 10);
      g_assert_cmpstr (pz_project_get_problem (f->project), ==, error->message);
      g_assert_false (pz_project_get_can_train (f->project));

      pz_project_train (f->project);
      g_assert_false (pz_trainer_get_busy (pz_project_get_trainer (f->project)));

      g_assert_true (pz_project_undo (f->project));
      g_assert_true (pz_project_check (f->project, &option, NULL));
      g_assert_null (pz_project_get_problem (f->project));
      g_assert_true (pz_project_get_can_train (f->project));
    }
}

static void
test_load (Fixture      *f,
           gconstpointer data)
{
  gsize n_train, n_validation;

  pz_data_loader_load (pz_project_get_loader (f->project));
  g_assert_true (pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  g_assert_null (pz_data_loader_get_error (pz_project_get_loader (f->project)));
  g_assert_false (pz_project_get_can_train (f->project));
  fixture_wait_loaded (f);

  g_assert_null (pz_data_loader_get_error (pz_project_get_loader (f->project)));
  g_assert_cmpuint (f->n_dataset, ==, 1);
  g_assert_nonnull (pz_project_get_dataset (f->project));
  g_assert_cmpuint (pz_project_get_n_inputs (f->project), ==, 784);
  g_assert_cmpuint (pz_project_get_n_outputs (f->project), ==, 10);
  g_assert_null (pz_project_get_problem (f->project));
  g_assert_true (pz_project_get_can_train (f->project));
  g_assert_false (pz_project_get_can_continue (f->project));
  g_assert_cmpstr (pz_dataset_get_class_name (pz_project_get_dataset (f->project), 7), ==, "7");

  /* Another split needs no other load. */
  mlp_split_peek (pz_project_peek_split (f->project), MLP_TRAIN, &n_train);
  g_assert_cmpuint (n_train, ==, 200);
  {
    Recipe *recipe = fixture_copy_recipe (f);

    recipe->split.limit = 150;
    recipe->split.n_validation = 50;
    pz_project_edit (f->project, recipe, NULL);
  }
  g_assert_false (pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  mlp_split_peek (pz_project_peek_split (f->project), MLP_TRAIN, &n_train);
  mlp_split_peek (pz_project_peek_split (f->project), MLP_VALIDATION, &n_validation);
  g_assert_cmpuint (n_train, ==, 150);
  g_assert_cmpuint (n_validation, ==, 50);
}

/* Why there are no data is said; the old ones stay, and undo brings them back
 * without reading anything.
 */
static void
test_load_error (Fixture      *f,
                 gconstpointer data)
{
  PzDataset *dataset = pz_project_get_dataset (f->project);
  g_autofree char *path = g_build_filename (f->folder, "not-there", NULL);

  fixture_set_source (f, path);
  g_assert_true (pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  fixture_wait_loaded (f);

  g_test_message ("%s", pz_data_loader_get_error (pz_project_get_loader (f->project)));
  g_assert_nonnull (strstr (pz_data_loader_get_error (pz_project_get_loader (f->project)), path));
  g_assert_cmpstr (pz_project_get_problem (f->project), ==,
                   pz_data_loader_get_error (pz_project_get_loader (f->project)));
  g_assert_false (pz_project_get_can_train (f->project));
  g_assert_true (pz_project_get_dataset (f->project) == dataset);
  g_assert_cmpuint (f->n_dataset, ==, 1);

  /* An edit of something else does not try again. */
  set_rate (f, 0.5f, NULL);
  g_assert_false (pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  g_assert_nonnull (pz_data_loader_get_error (pz_project_get_loader (f->project)));

  pz_project_undo (f->project);
  pz_project_undo (f->project);
  g_assert_false (pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  g_assert_null (pz_data_loader_get_error (pz_project_get_loader (f->project)));
  g_assert_true (pz_project_get_can_train (f->project));

  /* Once there is something, it can be loaded. */
  pz_project_redo (f->project);
  fixture_wait_loaded (f);
  g_assert_nonnull (pz_data_loader_get_error (pz_project_get_loader (f->project)));
  g_assert_cmpint (g_mkdir (path, 0755), ==, 0);
  fixture_write_mnist (path, "train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                       "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
  pz_data_loader_load (pz_project_get_loader (f->project));
  fixture_wait_loaded (f);
  g_assert_null (pz_data_loader_get_error (pz_project_get_loader (f->project)));
  g_assert_cmpuint (pz_project_get_n_inputs (f->project), ==, FIXTURE_ROWS * FIXTURE_COLUMNS);
}

static void
test_cancel_load (Fixture      *f,
                  gconstpointer data)
{
  pz_data_loader_load (pz_project_get_loader (f->project));
  pz_data_loader_cancel (pz_project_get_loader (f->project));
  g_assert_false (pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  g_assert_nonnull (pz_data_loader_get_error (pz_project_get_loader (f->project)));
  finish_tasks ();
  g_assert_null (pz_project_get_dataset (f->project));
  g_assert_nonnull (pz_data_loader_get_error (pz_project_get_loader (f->project)));

  pz_data_loader_load (pz_project_get_loader (f->project));
  g_assert_null (pz_data_loader_get_error (pz_project_get_loader (f->project)));
  pz_data_loader_cancel (pz_project_get_loader (f->project));

  /* A new project is a new try. */
  pz_project_reset (f->project);
  g_assert_true (pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  g_assert_null (pz_data_loader_get_error (pz_project_get_loader (f->project)));
  fixture_wait_loaded (f);
  g_assert_nonnull (pz_project_get_dataset (f->project));
}

/* Data that are chosen become the recipe's when they are there, as one step of undo;
 * what cannot be read changes nothing.
 */
static void
test_choose (Fixture      *f,
             gconstpointer data)
{
  PzDataset *digits = pz_project_get_dataset (f->project);
  g_autofree char *path = g_build_filename (f->folder, "set", NULL);

  pz_data_loader_choose (pz_project_get_loader (f->project), path);
  g_assert_cmpstr (pz_data_loader_get_loading_source (pz_project_get_loader (f->project)), ==, path);
  g_assert_cmpstr (pz_project_peek_recipe (f->project)->source, ==, "builtin:digits");
  g_assert_false (pz_project_get_can_train (f->project));
  set_rate (f, 0.25f, NULL);
  g_assert_true (pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  fixture_wait_loaded (f);

  g_assert_nonnull (strstr (pz_data_loader_get_error (pz_project_get_loader (f->project)), path));
  g_assert_cmpstr (pz_project_peek_recipe (f->project)->source, ==, "builtin:digits");
  g_assert_null (pz_data_loader_get_loading_source (pz_project_get_loader (f->project)));
  g_assert_true (pz_project_get_dataset (f->project) == digits);
  g_assert_true (pz_project_get_can_train (f->project));
  pz_data_loader_forget_error (pz_project_get_loader (f->project));
  g_assert_null (pz_data_loader_get_error (pz_project_get_loader (f->project)));

  g_assert_cmpint (g_mkdir (path, 0755), ==, 0);
  fixture_write_mnist (path, "train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                       "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
  pz_data_loader_choose (pz_project_get_loader (f->project), path);
  pz_data_loader_cancel (pz_project_get_loader (f->project));
  g_assert_null (pz_data_loader_get_error (pz_project_get_loader (f->project)));
  finish_tasks ();
  g_assert_true (pz_project_get_dataset (f->project) == digits);

  pz_data_loader_choose (pz_project_get_loader (f->project), path);
  fixture_wait_loaded (f);
  g_assert_null (pz_data_loader_get_error (pz_project_get_loader (f->project)));
  g_assert_cmpstr (pz_project_peek_recipe (f->project)->source, ==, path);
  g_assert_cmpfloat (pz_project_peek_recipe (f->project)->training.rate, ==, 0.25f);
  g_assert_cmpuint (pz_project_get_n_inputs (f->project), ==, FIXTURE_ROWS * FIXTURE_COLUMNS);
  g_assert_true (pz_project_get_can_train (f->project));

  pz_project_undo (f->project);
  fixture_wait_loaded (f);
  g_assert_cmpuint (pz_project_get_n_inputs (f->project), ==, 784);
  g_assert_cmpfloat (pz_project_peek_recipe (f->project)->training.rate, ==, 0.25f);
}

/* Before the first data are there: they come nevertheless, and what was wrong with the
 * others is still said. Another project is not what was chosen for this one.
 */
static void
test_choose_early (Fixture      *f,
                   gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "not-there", NULL);

  pz_data_loader_load (pz_project_get_loader (f->project));
  pz_data_loader_choose (pz_project_get_loader (f->project), path);
  wait_until (pz_project_get_dataset (f->project) != NULL);
  g_assert_nonnull (strstr (pz_data_loader_get_error (pz_project_get_loader (f->project)), path));
  g_assert_true (pz_project_get_can_train (f->project));

  pz_data_loader_choose (pz_project_get_loader (f->project), path);
  pz_project_reset (f->project);
  g_assert_false (pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  g_assert_true (pz_project_get_can_train (f->project));
}

/* The newest wish counts, whichever answer comes last. */
static void
test_stale_load (Fixture      *f,
                 gconstpointer data)
{
  g_autofree char *folder = g_build_filename (f->folder, "set", NULL);

  g_assert_cmpint (g_mkdir (folder, 0755), ==, 0);
  fixture_write_mnist (folder, "train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                       "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");

  /* The built-in digits take longer than a few pictures, so their answer is the
   * late one; and the other way round.
   */
  for (guint i = 0; i < 20; i++)
    {
      gboolean small = i % 2 == 0;

      fixture_set_source (f, small ? "builtin:digits" : folder);
      pz_data_loader_load (pz_project_get_loader (f->project));
      fixture_set_source (f, small ? folder : "builtin:digits");
      fixture_wait_loaded (f);
      g_assert_null (pz_data_loader_get_error (pz_project_get_loader (f->project)));
      g_assert_cmpuint (pz_project_get_n_inputs (f->project), ==,
                        small ? FIXTURE_ROWS * FIXTURE_COLUMNS : 784);
    }

  finish_tasks ();
  g_assert_cmpuint (pz_project_get_n_inputs (f->project), ==, 784);
  g_assert_true (pz_project_get_can_train (f->project));
}

#define ADD(path, set_up, func) \
  g_test_add ("/model/project/" path, Fixture, NULL, set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/project/new", test_new);
  ADD ("undo", fixture_set_up, test_undo);
  ADD ("coalescing", fixture_set_up, test_coalescing);
  ADD ("nonsense", fixture_set_up_loaded, test_nonsense);
  ADD ("load", fixture_set_up, test_load);
  ADD ("load-error", fixture_set_up_loaded, test_load_error);
  ADD ("cancel-load", fixture_set_up, test_cancel_load);
  ADD ("choose", fixture_set_up_loaded, test_choose);
  ADD ("choose-early", fixture_set_up, test_choose_early);
  ADD ("stale-load", fixture_set_up, test_stale_load);

  return g_test_run ();
}
