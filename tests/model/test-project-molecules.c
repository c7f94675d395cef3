/* test-project-molecules.c: what is learnt of molecules, and a recipe that fits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "core/mlp-error.h"
#include "datasets/fixture.h"
#include "molecules/mol-collection.h"
#include "project-util.h"

#define MOLECULES "builtin:molecules"

static const Recipe *
peek_recipe (Fixture *f)
{
  return pz_project_peek_recipe (f->project);
}

static const DsSet *
peek_set (Fixture *f)
{
  return pz_dataset_peek_set (pz_project_get_dataset (f->project));
}

/* The cheapest features, so that loading takes no time. */
static void
set_task (Fixture    *f,
          const char *features,
          const char *targets,
          MolUnit     unit)
{
  Recipe *recipe = fixture_copy_recipe (f);

  ds_task_clear (&recipe->task);
  recipe->task = (DsTask) { g_strdup (features), g_strdup (targets), unit, FALSE };
  pz_project_edit (f->project, recipe, NULL);
}

/* The built-in molecules by their formulas, and a small network. */
static void
set_up_molecules (Fixture      *f,
                  gconstpointer data)
{
  Recipe *recipe;

  fixture_set_up_loaded (f, data);

  recipe = fixture_copy_recipe (f);
  g_free (recipe->source);
  recipe->source = g_strdup (MOLECULES);
  recipe_fit (recipe, TRUE);
  recipe_set_hidden (recipe, "8:tanh", NULL);
  recipe->training.epochs = 2;
  recipe->training.threads = 1;
  ds_task_clear (&recipe->task);
  recipe->task = (DsTask) { g_strdup ("composition"), g_strdup ("gap"), MOL_UNIT_EV, FALSE };
  pz_project_edit (f->project, recipe, NULL);
  fixture_wait_loaded (f);
  g_assert_true (pz_project_get_can_train (f->project));
}

/* A built-in set is known at once: its recipe is part of the same step. */
static void
test_builtin (Fixture      *f,
              gconstpointer data)
{
  g_autoptr(Recipe) before = fixture_copy_recipe (f);
  guint n_recipe = f->n_recipe;

  g_assert_false (pz_project_has_molecules (f->project));
  fixture_set_source (f, MOLECULES);
  g_assert_true (pz_project_has_molecules (f->project));
  g_assert_cmpuint (f->n_recipe, ==, n_recipe + 1);
  g_assert_cmpint (peek_recipe (f)->output, ==, MLP_IDENTITY);
  g_assert_cmpint (peek_recipe (f)->training.loss, ==, MLP_LOSS_HUBER);

  /* The digits are still there, and not to be trained on. */
  g_assert_false (pz_dataset_is_molecules (pz_project_get_dataset (f->project)));
  g_assert_false (pz_project_get_can_train (f->project));

  fixture_wait_loaded (f);
  g_assert_true (pz_project_get_can_train (f->project));
  g_assert_true (ds_task_equal (peek_set (f)->task, &peek_recipe (f)->task));
  g_assert_cmpstr (pz_dataset_get_class_name (pz_project_get_dataset (f->project), 0), ==, "Δε");

  g_assert_true (pz_project_undo (f->project));
  g_assert_true (recipe_equal (peek_recipe (f), before));
  g_assert_false (pz_project_has_molecules (f->project));
  fixture_wait_loaded (f);
  g_assert_true (pz_project_get_can_train (f->project));
}

/* A network that was made for values stays. */
static void
test_fitting (Fixture      *f,
              gconstpointer data)
{
  Recipe *recipe = fixture_copy_recipe (f);

  recipe->output = MLP_IDENTITY;
  recipe->training.loss = MLP_LOSS_SQUARED;
  pz_project_edit (f->project, recipe, NULL);
  fixture_set_source (f, MOLECULES);
  g_assert_cmpint (peek_recipe (f)->training.loss, ==, MLP_LOSS_SQUARED);
  g_assert_cmpuint (g_array_index (peek_recipe (f)->hidden, MlpLayer, 0).width, ==, 16);
}

/* A file is known when it was looked at; still it is one step. */
static void
test_file (Fixture      *f,
           gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "samples",
                                                 "molecules-xtb.xyz.tar.xz", NULL);
  g_autoptr(Recipe) before = fixture_copy_recipe (f);
  g_autoptr(Recipe) after = NULL;

  fixture_set_source (f, path);
  g_assert_false (pz_project_has_molecules (f->project));
  fixture_wait_loaded (f);
  g_assert_true (pz_project_has_molecules (f->project));
  g_assert_cmpint (peek_recipe (f)->output, ==, MLP_IDENTITY);
  g_assert_cmpstr (peek_recipe (f)->task.features, ==, "pair-histograms");

  /* Read once: the preset's features were asked for. */
  g_assert_cmpuint (f->n_dataset, ==, 2);
  g_assert_true (pz_project_get_can_train (f->project));

  after = fixture_copy_recipe (f);
  g_assert_true (pz_project_undo (f->project));
  g_assert_true (recipe_equal (peek_recipe (f), before));
  g_assert_true (pz_project_redo (f->project));
  g_assert_true (recipe_equal (peek_recipe (f), after));
}

/* And back: a folder of pictures. */
static void
test_pictures (Fixture      *f,
               gconstpointer data)
{
  g_autofree char *folder = g_build_filename (f->folder, "set", NULL);

  g_mkdir_with_parents (folder, 0755);
  fixture_write_mnist (folder, "train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                       "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
  fixture_set_source (f, folder);
  fixture_wait_loaded (f);
  g_assert_false (pz_project_has_molecules (f->project));
  g_assert_cmpint (peek_recipe (f)->output, ==, MLP_SOFTMAX);
  g_assert_cmpint (peek_recipe (f)->training.loss, ==, MLP_LOSS_CROSS_ENTROPY);
  g_assert_true (pz_project_get_can_train (f->project));
}

/* Without places of the atoms there are the features of the formula. */
static void
test_formulas (Fixture      *f,
               gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "table.csv", NULL);

  fixture_write_text (f->folder, "table.csv",
                      "mol_id,smiles,A,B,C,mu,alpha,homo,lumo,gap,r2,zpve,u0,u298,h298,g298,cv\n"
                      "gdb_1,C,157.7118,157.70997,157.70699,0.,13.21,-0.3877,0.1171,0.5048,35.3641,0.044749,"
                      "-40.47893,-40.476062,-40.475117,-40.498597,6.469\n"
                      "gdb_2,N,293.60975,293.54111,191.39397,1.6256,9.46,-0.257,0.0829,0.3399,26.1563,0.034358,"
                      "-56.525887,-56.523026,-56.522082,-56.544961,6.316\n"
                      "gdb_3,O,799.58812,437.90386,282.94545,1.8511,6.31,-0.2928,0.0687,0.3615,19.0002,0.021375,"
                      "-76.404702,-76.401867,-76.400922,-76.422349,6.002\n");

  fixture_set_source (f, path);
  fixture_wait_loaded (f);
  g_assert_null (pz_data_loader_get_error (pz_project_get_loader (f->project)));
  g_assert_cmpstr (peek_recipe (f)->task.features, ==, "composition");
  g_assert_true (pz_project_get_can_train (f->project));
  g_assert_false (mol_collection_has_geometry (peek_set (f)->molecules));
}

/* Other targets are other data; another division is not. */
static void
test_task (Fixture      *f,
           gconstpointer data)
{
  const MlpSamples *first = peek_set (f)->samples;
  guint n_dataset = f->n_dataset;
  Recipe *recipe = fixture_copy_recipe (f);

  recipe->split.seed = 5;
  pz_project_edit (f->project, recipe, NULL);
  g_assert_false (pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  g_assert_true (pz_project_get_can_train (f->project));

  set_task (f, "composition", "gap,mu", MOL_UNIT_EV);
  g_assert_true (pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  g_assert_false (pz_project_get_can_train (f->project));
  g_assert_true (peek_set (f)->samples == first);
  fixture_wait_loaded (f);
  g_assert_cmpuint (f->n_dataset, ==, n_dataset + 1);
  g_assert_cmpuint (pz_project_get_n_outputs (f->project), ==, 2);
  g_assert_true (pz_project_get_can_train (f->project));

  /* There and back before it is there: what is loaded stays. */
  set_task (f, "composition", "mu", MOL_UNIT_EV);
  g_assert_true (pz_project_undo (f->project));
  g_assert_false (pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  g_assert_true (pz_project_get_can_train (f->project));
}

/* Free energies of free atoms are not known of these: said, and put right. */
static void
test_impossible (Fixture      *f,
                 gconstpointer data)
{
  guint n_dataset = f->n_dataset;

  set_task (f, "composition", "g-atomisation", MOL_UNIT_EV);
  fixture_wait_loaded (f);
  g_assert_nonnull (pz_data_loader_get_error (pz_project_get_loader (f->project)));
  g_assert_true (pz_project_has_molecules (f->project));
  g_assert_false (pz_project_get_can_train (f->project));
  g_assert_cmpuint (f->n_dataset, ==, n_dataset);

  set_task (f, "composition", "gap", MOL_UNIT_EV);
  g_assert_false (pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  g_assert_null (pz_data_loader_get_error (pz_project_get_loader (f->project)));
  g_assert_true (pz_project_get_can_train (f->project));
}

typedef struct
{
  gboolean   done;
  MlpMetrics metrics;
  GError    *error;
} Evaluation;

static void
on_evaluated (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Evaluation *evaluation = user_data;

  pz_project_evaluate_finish (PZ_PROJECT (object), result, &evaluation->metrics, NULL, &evaluation->error);
  evaluation->done = TRUE;
}

static void
evaluate (Fixture    *f,
          Evaluation *evaluation)
{
  *evaluation = (Evaluation) { FALSE };
  pz_project_evaluate_async (f->project, MLP_TEST, NULL, on_evaluated, evaluation);
  wait_until (evaluation->done);
}

/* (transfer full) */
static PzHistory *
get_newest_history (Fixture *f)
{
  GListModel *runs = pz_project_get_runs (f->project);
  g_autoptr(PzRun) newest = g_list_model_get_item (runs, g_list_model_get_n_items (runs) - 1);

  return g_object_ref (pz_run_get_history (newest));
}

/* A network is of its targets, also when it comes out of a file. */
static void
test_save (Fixture      *f,
           gconstpointer data)
{
  Evaluation before, after;
  g_autoptr(PzHistory) run = NULL;
  g_autoptr(PzHistory) opened = NULL;

  fixture_train (f);
  run = get_newest_history (f);
  g_assert_cmpstr (ds_task_get_unit (pz_history_peek_task (run)), ==, "eV");
  g_assert_true (isfinite (pz_history_peek_epochs (run, NULL)[1].validation_mae));
  evaluate (f, &before);
  g_assert_no_error (before.error);
  g_assert_cmpuint (before.metrics.n, ==, 180);
  g_assert_true (before.metrics.mae > 0.0 && before.metrics.mae < 10.0);
  g_assert_true (fixture_save (f, "molecules.perz"));

  /* Of something else it says nothing. */
  set_task (f, "composition", "mu", MOL_UNIT_EV);
  fixture_wait_loaded (f);
  g_assert_true (pz_project_get_can_train (f->project));
  g_assert_false (pz_project_get_can_continue (f->project));
  evaluate (f, &after);
  g_assert_error (after.error, MLP_ERROR, MLP_ERROR_INVALID);
  g_clear_error (&after.error);

  pz_project_reset (f->project);
  fixture_wait_loaded (f);
  g_assert_false (pz_project_has_molecules (f->project));
  g_assert_true (fixture_open (f, "molecules.perz"));
  fixture_wait_loaded (f);
  g_assert_true (pz_project_has_molecules (f->project));
  g_assert_true (pz_project_get_can_continue (f->project));
  opened = get_newest_history (f);
  g_assert_true (ds_task_equal (pz_history_peek_task (opened), pz_history_peek_task (run)));
  evaluate (f, &after);
  g_assert_no_error (after.error);
  g_assert_cmpfloat (after.metrics.mae, ==, before.metrics.mae);
}

#define add(path, set_up, func) \
  g_test_add ("/model/project-molecules/" path, Fixture, NULL, set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("builtin", fixture_set_up_loaded, test_builtin);
  add ("fitting", fixture_set_up_loaded, test_fitting);
  add ("file", fixture_set_up_loaded, test_file);
  add ("pictures", set_up_molecules, test_pictures);
  add ("formulas", fixture_set_up_loaded, test_formulas);
  add ("task", set_up_molecules, test_task);
  add ("impossible", set_up_molecules, test_impossible);
  add ("save", set_up_molecules, test_save);

  return g_test_run ();
}
