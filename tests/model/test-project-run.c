/* test-project-run.c: training, saving and opening a project.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/mlp-error.h"
#include "core/net/mlp-inference.h"
#include "core/net/mlp-metrics.h"
#include "datasets/fixture.h"
#include "project-util.h"

/* A bar from the top to the bottom: something to ask about. */
static void
ask (PzProject *project)
{
  const InkPoint points[] = { { 0.5f, 0.15f, 0.5f, TRUE }, { 0.5f, 0.85f, 0.5f, FALSE } };

  pz_predictor_set_strokes (pz_project_get_predictor (project), points, G_N_ELEMENTS (points), 0);
}

static guint
get_n_runs (Fixture *f)
{
  return g_list_model_get_n_items (pz_project_get_runs (f->project));
}

/* (transfer none) */
static PzHistory *
get_history (Fixture *f,
             guint    i)
{
  g_autoptr(PzRun) run = g_list_model_get_item (pz_project_get_runs (f->project), i);

  return pz_run_get_history (run);
}

static void
edit_training (Fixture               *f,
               const MlpTrainOptions *options)
{
  Recipe *recipe = fixture_copy_recipe (f);

  recipe->training = *options;
  pz_project_edit (f->project, recipe, NULL);
}

static void
test_train (Fixture      *f,
            gconstpointer data)
{
  PzPredictor *predictor = pz_project_get_predictor (f->project);
  const RecipeData *net_data;

  ask (f->project);
  wait_until (pz_predictor_peek_frame (predictor) != NULL);
  g_assert_false (pz_predictor_get_has_answer (predictor));

  fixture_train (f);
  g_assert_cmpint (f->end, ==, MLP_STOP_DONE);
  g_assert_null (f->message);
  g_assert_cmpuint (f->n_ended, ==, 1);
  g_assert_cmpuint (f->n_net, >=, 2);
  g_assert_true (pz_project_get_modified (f->project));
  g_assert_true (pz_project_get_can_train (f->project));
  g_assert_true (pz_project_get_can_continue (f->project));
  g_assert_cmpuint (get_n_runs (f), ==, 1);
  g_assert_cmpuint (pz_history_get_n_epochs (get_history (f, 0)), ==, 2);
  g_assert_nonnull (strstr (pz_history_get_title (get_history (f, 0)), "784-16-10"));

  net_data = pz_project_peek_net_data (f->project);
  g_assert_cmpuint (net_data->rows, ==, 28);
  g_assert_cmpuint (net_data->columns, ==, 28);
  g_assert_cmpuint (net_data->n_outputs, ==, 10);
  g_assert_cmpstr (net_data->identity, ==,
                   pz_dataset_peek_set (pz_project_get_dataset (f->project))->identity);

  /* The new network answers without being asked again. */
  wait_until (pz_predictor_get_has_answer (predictor));

  /* The same recipe gives the same network, and a second run. */
  {
    g_autoptr(MlpNet) first = mlp_net_copy (pz_project_peek_net (f->project));

    fixture_train (f);
    assert_same_params (pz_project_peek_net (f->project), first);
    g_assert_cmpuint (get_n_runs (f), ==, 2);
  }
}

static double
get_last_rate (Fixture *f)
{
  guint n;
  const MlpEpoch *epochs = pz_history_peek_epochs (get_history (f, 0), &n);

  return n > 0 ? epochs[n - 1].rate : (double) INFINITY;
}

static void
test_busy (Fixture      *f,
           gconstpointer data)
{
  MlpTrainOptions options = pz_project_peek_recipe (f->project)->training;

  options.epochs = 100000;
  edit_training (f, &options);
  g_assert_true (fixture_save (f, "before.perz"));

  pz_project_train (f->project);
  g_assert_false (pz_project_get_can_train (f->project));
  g_assert_false (pz_project_get_can_continue (f->project));
  wait_until (pz_history_get_n_epochs (get_history (f, 0)) > 1);

  /* Another file has to wait; saving has not. */
  g_assert_false (fixture_open (f, "before.perz"));
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_assert_true (fixture_save (f, "during.perz"));
  pz_project_reset (f->project);
  g_assert_nonnull (pz_project_get_file (f->project));
  pz_project_train (f->project);
  g_assert_cmpuint (get_n_runs (f), ==, 1);

  /* The rate reaches the run: not the epochs that are on their way to here. */
  options.rate = 0.0003125f;
  options.schedule.kind = MLP_SCHEDULE_CONSTANT;
  edit_training (f, &options);
  wait_until (get_last_rate (f) <= 0.0003126);

  pz_trainer_stop (pz_project_get_trainer (f->project));
  wait_until (f->n_ended == 1);
  g_assert_cmpint (f->end, ==, MLP_STOP_STOPPED);
  g_assert_null (f->message);
  g_assert_true (pz_project_get_modified (f->project));
  g_assert_cmpfloat (pz_history_peek_epochs (get_history (f, 0), NULL)[0].rate, >, 0.0004);
}

static void
test_continue (Fixture      *f,
               gconstpointer data)
{
  MlpTrainOptions options;

  fixture_train (f);

  /* Other epochs and another rate: the same run goes on. */
  options = pz_project_peek_recipe (f->project)->training;
  options.epochs = 3;
  options.rate = 0.0005f;
  edit_training (f, &options);
  g_assert_true (pz_project_get_can_continue (f->project));
  g_assert_true (fixture_save (f, "a.perz"));
  pz_project_continue (f->project);
  g_assert_true (pz_project_get_modified (f->project));
  wait_until (f->n_ended == 2);
  g_assert_cmpuint (get_n_runs (f), ==, 1);
  g_assert_cmpuint (pz_history_get_n_epochs (get_history (f, 0)), ==, 5);
  g_assert_cmpfloat (pz_history_peek_epochs (get_history (f, 0), NULL)[2].rate, >, 0.0);
  g_assert_cmpfloat (pz_history_peek_epochs (get_history (f, 0), NULL)[2].rate, <=, (double) options.rate);

  /* Another penalty: the same network, but a run of its own. */
  options.l2 = 0.001f;
  edit_training (f, &options);
  {
    g_autoptr(MlpNet) before = mlp_net_copy (pz_project_peek_net (f->project));

    pz_project_continue (f->project);
    assert_same_params (pz_project_peek_net (f->project), before);
  }
  wait_until (f->n_ended == 3);
  g_assert_cmpuint (get_n_runs (f), ==, 2);
  g_assert_cmpuint (pz_history_get_n_epochs (get_history (f, 1)), ==, 3);

  /* Another width: another network. */
  {
    Recipe *recipe = fixture_copy_recipe (f);

    g_array_index (recipe->hidden, MlpLayer, 0).width = 17;
    pz_project_edit (f->project, recipe, NULL);
  }
  g_assert_true (pz_project_get_can_train (f->project));
  g_assert_false (pz_project_get_can_continue (f->project));
  pz_project_undo (f->project);
  g_assert_true (pz_project_get_can_continue (f->project));
}

static void
test_divergence (Fixture      *f,
                 gconstpointer data)
{
  MlpTrainOptions options = pz_project_peek_recipe (f->project)->training;
  Recipe *recipe = fixture_copy_recipe (f);

  options.loss = MLP_LOSS_SQUARED;
  options.optimizer.kind = MLP_SGD;
  options.rate = 1e10f;
  recipe->training = options;
  recipe->output = MLP_IDENTITY;
  pz_project_edit (f->project, recipe, NULL);

  fixture_train (f);
  g_test_message ("%s", f->message);
  g_assert_nonnull (strstr (f->message, "epoch 1"));
  g_assert_true (mlp_net_is_finite (pz_project_peek_net (f->project)));
  g_assert_true (pz_project_get_can_train (f->project));
}

/* The answer of a network that was saved and read again is the same, bit for
 * bit, in another project.
 */
static void
test_save_and_open (Fixture      *f,
                    gconstpointer data)
{
  g_autoptr(Recipe) recipe = NULL;
  g_autoptr(MlpNet) net = NULL;
  g_autofree float *outputs = NULL;
  g_autofree MlpEpoch *epochs = NULL;
  PzPredictor *predictor = pz_project_get_predictor (f->project);
  gsize n_outputs;
  guint n_epochs, answer, n_again;
  gsize n;

  fixture_train (f);
  ask (f->project);
  wait_until (pz_predictor_get_has_answer (predictor));
  outputs = g_memdup2 (pz_predictor_peek_outputs (predictor, &n_outputs), 10 * sizeof (float));
  g_assert_cmpuint (n_outputs, ==, 10);
  answer = pz_predictor_get_answer (predictor);
  net = mlp_net_copy (pz_project_peek_net (f->project));
  recipe = fixture_copy_recipe (f);
  epochs = g_memdup2 (pz_history_peek_epochs (get_history (f, 0), &n_epochs), 2 * sizeof (MlpEpoch));

  g_assert_true (pz_project_get_modified (f->project));
  g_assert_true (fixture_save (f, "digits.perz"));
  g_assert_no_error (f->error);
  g_assert_false (pz_project_get_modified (f->project));
  g_assert_cmpstr (pz_project_get_title (f->project), ==, "digits.perz");

  /* Another project in its place. */
  g_signal_handlers_disconnect_by_data (f->project, f);
  g_assert_finalize_object (f->project);
  f->project = pz_project_new ();
  predictor = pz_project_get_predictor (f->project);

  g_assert_true (fixture_open (f, "digits.perz"));
  g_assert_no_error (f->error);
  g_assert_false (pz_project_get_modified (f->project));
  g_assert_cmpstr (pz_project_get_title (f->project), ==, "digits.perz");
  g_assert_true (recipe_equal (pz_project_peek_recipe (f->project), recipe));
  assert_same_params (pz_project_peek_net (f->project), net);
  g_assert_cmpuint (get_n_runs (f), ==, 1);
  g_assert_true (pz_data_loader_get_loading (pz_project_get_loader (f->project)));

  ask (f->project);
  wait_until (pz_predictor_get_has_answer (predictor));
  g_assert_cmpuint (pz_predictor_get_answer (predictor), ==, answer);
  g_assert_cmpmem (pz_predictor_peek_outputs (predictor, &n), 10 * sizeof (float),
                   outputs, 10 * sizeof (float));

  {
    const MlpEpoch *again = pz_history_peek_epochs (get_history (f, 0), &n_again);

    g_assert_cmpuint (n_again, ==, n_epochs);
    for (guint i = 0; i < n_epochs; i++)
      {
        g_assert_cmpuint (again[i].epoch, ==, epochs[i].epoch);
        g_assert_cmpfloat (again[i].validation_loss, ==, epochs[i].validation_loss);
        g_assert_cmpfloat (again[i].train_loss, ==, epochs[i].train_loss);
      }
  }

  /* With its data it can go on. */
  fixture_wait_loaded (f);
  g_assert_true (pz_project_get_can_continue (f->project));
  pz_project_continue (f->project);
  assert_same_params (pz_project_peek_net (f->project), net);
  wait_until (!pz_trainer_get_busy (pz_project_get_trainer (f->project)));

  /* And none of its past is lost. */
  g_assert_cmpuint (get_n_runs (f), ==, 1);
  g_assert_cmpuint (pz_history_get_n_epochs (get_history (f, 0)), ==, 2 * n_epochs);
  g_assert_cmpuint (pz_history_peek_epochs (get_history (f, 0), NULL)[n_epochs].epoch, ==, n_epochs + 1);
}

/* A file that is not whole leaves everything as it was. */
static void
test_open_damaged (Fixture      *f,
                   gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "digits.perz", NULL);
  g_autofree char *bad = g_build_filename (f->folder, "bad.perz", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr(MlpNet) net = NULL;
  g_autoptr(Recipe) recipe = NULL;
  g_autoptr(GError) error = NULL;
  guint n_recipe, n_net;
  gsize n_bytes;

  fixture_train (f);
  g_assert_true (fixture_save (f, "digits.perz"));
  g_assert_true (g_file_get_contents (path, &bytes, &n_bytes, &error));
  net = mlp_net_copy (pz_project_peek_net (f->project));
  recipe = fixture_copy_recipe (f);
  n_recipe = f->n_recipe;
  n_net = f->n_net;

  for (guint i = 0; i < 4; i++)
    {
      const gsize sizes[] = { 0, 7, n_bytes / 2, n_bytes - 1 };

      g_assert_true (g_file_set_contents (bad, bytes, (gssize) sizes[i], &error));
      g_assert_false (fixture_open (f, "bad.perz"));
      g_test_message ("%s", f->error->message);
      g_assert_nonnull (strstr (f->error->message, "bad.perz"));

      g_assert_true (recipe_equal (pz_project_peek_recipe (f->project), recipe));
      assert_same_params (pz_project_peek_net (f->project), net);
      g_assert_cmpstr (pz_project_get_title (f->project), ==, "digits.perz");
      g_assert_false (pz_project_get_modified (f->project));
      g_assert_true (pz_project_get_can_train (f->project));
      g_assert_cmpuint (get_n_runs (f), ==, 1);
      g_assert_cmpuint (f->n_recipe, ==, n_recipe);
      g_assert_cmpuint (f->n_net, ==, n_net);
    }

  g_assert_false (fixture_open (f, "not-there.perz"));
  g_assert_nonnull (strstr (f->error->message, "not-there.perz"));
}

/* A run that begins while a file is read keeps the project. */
static void
test_open_then_train (Fixture      *f,
                      gconstpointer data)
{
  g_autoptr(GFile) file = fixture_get_file (f, "start.perz");

  MlpTrainOptions options = pz_project_peek_recipe (f->project)->training;

  options.epochs = 1000000;
  edit_training (f, &options);
  f->done = FALSE;
  pz_project_open_async (f->project, file, NULL, fixture_on_opened, f);
  pz_project_train (f->project);
  wait_until (f->done);
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_assert_cmpuint (get_n_runs (f), ==, 1);
  pz_trainer_stop (pz_project_get_trainer (f->project));
  wait_until (f->n_ended == 1);
}

static void
on_older_opened (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  gboolean *done = user_data;
  g_autoptr(GError) error = NULL;

  g_assert_false (pz_project_open_finish (PZ_PROJECT (object), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *done = TRUE;
}

static void
test_newest_open (Fixture      *f,
                  gconstpointer data)
{
  g_assert_true (fixture_save (f, "old.perz"));
  {
    MlpTrainOptions options = pz_project_peek_recipe (f->project)->training;

    options.epochs = 77;
    edit_training (f, &options);
  }
  g_assert_true (fixture_save (f, "new.perz"));

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr(GFile) older = fixture_get_file (f, "old.perz");
      g_autoptr(GFile) newer = fixture_get_file (f, "new.perz");
      gboolean older_done = FALSE;

      f->done = FALSE;
      pz_project_open_async (f->project, older, NULL, on_older_opened, &older_done);
      pz_project_open_async (f->project, newer, NULL, fixture_on_opened, f);
      wait_until (f->done && older_done);
      g_assert_true (f->ok);
      g_assert_cmpstr (pz_project_get_title (f->project), ==, "new.perz");
      g_assert_cmpuint (pz_project_peek_recipe (f->project)->training.epochs, ==, 77);
    }
}

/* What was changed while it was being saved is not in the file; and a project
 * that is another one by then does not get its name.
 */
static void
test_save_race (Fixture      *f,
                gconstpointer data)
{
  g_autoptr(GFile) file = fixture_get_file (f, "race.perz");
  MlpTrainOptions options = pz_project_peek_recipe (f->project)->training;

  options.epochs = 9;
  edit_training (f, &options);
  f->done = FALSE;
  pz_project_save_async (f->project, file, NULL, fixture_on_saved, f);
  options.epochs = 10;
  edit_training (f, &options);
  wait_until (f->done);
  g_assert_true (f->ok);
  g_assert_true (pz_project_get_modified (f->project));
  g_assert_cmpstr (pz_project_get_title (f->project), ==, "race.perz");

  f->done = FALSE;
  pz_project_save_async (f->project, file, NULL, fixture_on_saved, f);
  pz_project_reset (f->project);
  wait_until (f->done);
  g_assert_true (f->ok);
  g_assert_null (pz_project_get_file (f->project));
  g_assert_cmpstr (pz_project_get_title (f->project), ==, "Untitled");
}

static void
test_reset (Fixture      *f,
            gconstpointer data)
{
  g_autoptr(Recipe) recipe = recipe_new ();
  PzPredictor *predictor = pz_project_get_predictor (f->project);
  guint n_net;

  fixture_train (f);
  ask (f->project);
  wait_until (pz_predictor_get_has_answer (predictor));
  n_net = f->n_net;

  pz_project_reset (f->project);
  g_assert_cmpuint (f->n_net, >, n_net);
  g_assert_null (pz_project_peek_net (f->project));
  g_assert_null (pz_project_peek_net_data (f->project)->identity);
  g_assert_false (pz_predictor_get_has_answer (predictor));
  g_assert_true (recipe_equal (pz_project_peek_recipe (f->project), recipe));
  g_assert_cmpuint (get_n_runs (f), ==, 0);
  g_assert_null (pz_project_get_file (f->project));
  g_assert_false (pz_project_get_modified (f->project));
  g_assert_false (pz_project_undo (f->project));

  /* The data are the same ones: at once there is something to train with. */
  g_assert_true (pz_project_get_can_train (f->project));
  g_assert_false (pz_project_get_can_continue (f->project));
}

/* (transfer none) */
static PzRun *
get_run (Fixture *f,
         guint    i)
{
  g_autoptr(PzRun) run = g_list_model_get_item (pz_project_get_runs (f->project), i);

  return run;
}

static void
edit_seed (Fixture *f,
           guint    seed)
{
  MlpTrainOptions options = pz_project_peek_recipe (f->project)->training;

  options.seed = seed;
  edit_training (f, &options);
}

/* What the project shows is all of this run. */
static void
assert_shows (Fixture      *f,
              PzRun        *run,
              const MlpNet *net)
{
  PzRun *selected = NULL;

  g_object_get (f->project, "run", &selected, NULL);
  g_assert_true (selected == run);
  g_object_unref (selected);
  g_assert_true (pz_project_get_run (f->project) == run);
  g_assert_true (pz_project_peek_net_data (f->project) == pz_run_peek_data (run));
  assert_same_params (pz_project_peek_net (f->project), net);
  assert_same_params (pz_run_peek_net (run), net);
}

static void
on_test_evaluated (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  gboolean *done = user_data;
  MlpMetrics metrics;

  g_assert_true (pz_project_evaluate_finish (PZ_PROJECT (object), result, &metrics, NULL, NULL));
  *done = TRUE;
}

static void
look_at_test (Fixture *f)
{
  gboolean done = FALSE;

  pz_project_evaluate_async (f->project, MLP_TEST, NULL, on_test_evaluated, &done);
  wait_until (done);
}

/* Whether the predictor's answer is that of @net. */
static gboolean
is_answer_of (PzPredictor  *predictor,
              const MlpNet *net)
{
  g_autoptr(MlpInference) inference = mlp_inference_new (net, NULL);
  float outputs[10];
  gsize class, n;

  if (!pz_predictor_get_has_answer (predictor))
    return FALSE;

  g_assert_true (mlp_inference_classify (inference, pz_predictor_peek_frame (predictor), 1.0f / 256.0f, &class, outputs,
                                         NULL));

  return memcmp (pz_predictor_peek_outputs (predictor, &n), outputs, sizeof outputs) == 0;
}

/* Each run keeps its network and its test result, and going back to it brings them back. */
static void
test_select (Fixture      *f,
             gconstpointer data)
{
  PzPredictor *predictor = pz_project_get_predictor (f->project);
  g_autoptr(MlpNet) first_net = NULL;
  g_autoptr(MlpNet) second_net = NULL;
  PzRun *first, *second;
  guint n_net, n_looks;

  ask (f->project);
  fixture_train (f);
  first = get_run (f, 0);
  first_net = mlp_net_copy (pz_project_peek_net (f->project));
  assert_shows (f, first, first_net);
  wait_until (is_answer_of (predictor, first_net));
  look_at_test (f);
  g_assert_true (pz_project_get_tested (f->project, NULL));

  edit_seed (f, 2);
  fixture_train (f);
  g_assert_cmpuint (get_n_runs (f), ==, 2);
  second = get_run (f, 1);
  second_net = mlp_net_copy (pz_project_peek_net (f->project));
  g_assert_false (mlp_net_peek_weights (first_net, 1)[0] == mlp_net_peek_weights (second_net, 1)[0]);
  assert_shows (f, second, second_net);
  g_assert_false (pz_project_get_tested (f->project, NULL));

  n_net = f->n_net;
  pz_project_select_run (f->project, first);
  g_assert_cmpuint (f->n_net, ==, n_net + 1);
  assert_shows (f, first, first_net);
  assert_same_params (pz_run_peek_net (second), second_net);
  g_assert_true (pz_project_get_tested (f->project, NULL));
  pz_run_peek_test_looks (first, &n_looks);
  g_assert_cmpuint (n_looks, ==, 1);
  pz_run_peek_test_looks (second, &n_looks);
  g_assert_cmpuint (n_looks, ==, 0);
  wait_until (is_answer_of (predictor, first_net));
  pz_project_select_run (f->project, first);
  g_assert_cmpuint (f->n_net, ==, n_net + 1);

  /* A file has the selected run: its network and its history. */
  g_assert_true (fixture_save (f, "first.perz"));
  {
    g_autofree char *path = g_file_get_path (pz_project_get_file (f->project));
    g_autoptr(RecipeFile) file = recipe_file_load (path, NULL);

    assert_same_params (file->net, first_net);
    g_assert_cmpuint (file->trained->training.seed, ==, pz_run_peek_recipe (first)->training.seed);
  }

  /* It goes on where it was, as itself, and the other run keeps what it has. */
  g_assert_true (pz_project_get_can_continue (f->project));
  pz_project_continue (f->project);
  assert_same_params (pz_project_peek_net (f->project), first_net);
  wait_until (f->n_ended == 3);
  g_assert_cmpuint (get_n_runs (f), ==, 2);
  g_assert_true (pz_project_get_run (f->project) == first);
  g_assert_cmpuint (pz_history_get_n_epochs (get_history (f, 0)), ==, 4);
  g_assert_cmpuint (pz_history_get_n_epochs (get_history (f, 1)), ==, 2);
  g_assert_false (pz_project_get_tested (f->project, NULL));
  pz_project_select_run (f->project, second);
  assert_shows (f, second, second_net);

  /* Other data: no result is of them. */
  look_at_test (f);
  g_assert_true (pz_project_get_tested (f->project, NULL));
  pz_data_loader_load (pz_project_get_loader (f->project));
  fixture_wait_loaded (f);
  g_assert_false (pz_project_get_tested (f->project, NULL));
  pz_run_peek_test_looks (second, &n_looks);
  g_assert_cmpuint (n_looks, ==, 1);
}

/* A network that goes on with another split knows the samples of both. */
static void
test_continue_other_split (Fixture      *f,
                           gconstpointer data)
{
  Recipe *recipe = fixture_copy_recipe (f);
  const DsSet *set = pz_dataset_peek_set (pz_project_get_dataset (f->project));
  g_autoptr(RecipeSeen) before = recipe_seen_new (set, pz_project_peek_split (f->project));
  g_autoptr(RecipeSeen) after = NULL;

  fixture_train (f);
  recipe->split.shuffle = TRUE;
  recipe->split.seed = 5;
  pz_project_edit (f->project, recipe, NULL);
  after = recipe_seen_new (set, pz_project_peek_split (f->project));
  g_assert_false (recipe_seen_covers (before, after));

  pz_project_continue (f->project);
  wait_until (f->n_ended == 2);
  for (guint i = 0; i < 2; i++)
    {
      gsize n;
      const guint64 *hashes = recipe_seen_peek (i == 0 ? before : after, MLP_TRAIN, &n);

      g_assert_cmpuint (n, >, 0);
      for (gsize j = 0; j < n; j++)
        g_assert_cmpint (recipe_seen_find (pz_project_peek_net_data (f->project)->seen, hashes[j]), ==, MLP_TRAIN);
    }
}

/* While one run trains, another one is shown, saved and tested: what is shown stays. */
static void
test_select_while_busy (Fixture      *f,
                        gconstpointer data)
{
  MlpTrainOptions options = pz_project_peek_recipe (f->project)->training;
  g_autoptr(RecipeFile) file = NULL;
  g_autoptr(MlpNet) net = NULL;
  g_autofree char *path = NULL;
  guint n_net, n_epochs;

  fixture_train (f);
  net = mlp_net_copy (pz_project_peek_net (f->project));
  options.epochs = 100000;
  edit_training (f, &options);
  pz_project_train (f->project);
  wait_until (pz_history_get_n_epochs (get_history (f, 1)) > 1);

  pz_project_select_run (f->project, get_run (f, 0));
  assert_shows (f, get_run (f, 0), net);
  n_net = f->n_net;
  n_epochs = pz_history_get_n_epochs (get_history (f, 1));
  wait_until (pz_history_get_n_epochs (get_history (f, 1)) > n_epochs + 2);
  g_assert_cmpuint (f->n_net, ==, n_net);
  assert_shows (f, get_run (f, 0), net);

  g_assert_true (fixture_save (f, "shown.perz"));
  path = g_file_get_path (pz_project_get_file (f->project));
  file = recipe_file_load (path, NULL);
  assert_same_params (file->net, net);
  look_at_test (f);
  g_assert_true (pz_project_get_tested (f->project, NULL));

  pz_trainer_stop (pz_project_get_trainer (f->project));
  wait_until (f->n_ended == 2);
  g_assert_cmpuint (f->n_net, ==, n_net);
  assert_shows (f, get_run (f, 0), net);
  g_assert_true (pz_project_get_tested (f->project, NULL));
  g_assert_true (pz_run_peek_net (get_run (f, 1)) == pz_trainer_peek_net (pz_project_get_trainer (f->project)));
}

/* Closing while it trains and loads leaves no thread and no object. */
static void
test_shut_down (Fixture      *f,
                gconstpointer data)
{
  MlpTrainOptions options = pz_project_peek_recipe (f->project)->training;

  options.epochs = 100000;
  edit_training (f, &options);
  pz_project_train (f->project);
  pz_data_loader_load (pz_project_get_loader (f->project));
  if (data != NULL)
    pz_trainer_pause (pz_project_get_trainer (f->project));
  pz_project_shut_down (f->project);
  g_assert_false (pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  wait_until (!pz_trainer_get_busy (pz_project_get_trainer (f->project)));
  pz_project_shut_down (f->project);
}

#define ADD(path, data, func) \
  g_test_add ("/model/project/" path, Fixture, data, fixture_set_up_loaded, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("train", NULL, test_train);
  ADD ("busy", NULL, test_busy);
  ADD ("continue", NULL, test_continue);
  ADD ("divergence", NULL, test_divergence);
  ADD ("save-and-open", NULL, test_save_and_open);
  ADD ("open-damaged", NULL, test_open_damaged);
  ADD ("open-then-train", NULL, test_open_then_train);
  ADD ("newest-open", NULL, test_newest_open);
  ADD ("save-race", NULL, test_save_race);
  ADD ("reset", NULL, test_reset);
  ADD ("continue/other-split", NULL, test_continue_other_split);
  ADD ("select", NULL, test_select);
  ADD ("select/busy", NULL, test_select_while_busy);
  ADD ("shut-down", NULL, test_shut_down);
  ADD ("shut-down/paused", GINT_TO_POINTER (1), test_shut_down);

  return g_test_run ();
}
