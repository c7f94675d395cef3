/* test-project-scores.c: what a project's network scores, on which samples, and from where they come.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/mlp-error.h"
#include "core/net/mlp-metrics.h"
#include "core/net/mlp-split.h"
#include "datasets/fixture.h"
#include "model/pz-catalog.h"
#include "model/pz-download.h"
#include "model/pz-known-sources.h"
#include "project-util.h"

/* What an evaluation found. */
typedef struct
{
  gboolean    done;
  MlpMetrics  metrics;
  RecipeParts parts;
  GError     *error;
} Evaluation;

static void
on_evaluated (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Evaluation *evaluation = user_data;

  pz_project_evaluate_finish (PZ_PROJECT (object), result, &evaluation->metrics, &evaluation->parts,
                              &evaluation->error);
  evaluation->done = TRUE;
}

static void
evaluate (Fixture    *f,
          MlpPart     part,
          Evaluation *evaluation)
{
  *evaluation = (Evaluation) { FALSE };
  pz_project_evaluate_async (f->project, part, NULL, on_evaluated, evaluation);
  wait_until (evaluation->done);
}

static void
test_evaluate (Fixture      *f,
               gconstpointer data)
{
  Evaluation evaluation;

  evaluate (f, MLP_TEST, &evaluation);
  g_assert_error (evaluation.error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&evaluation.error);

  fixture_train (f);
  for (int part = 0; part < MLP_N_PARTS; part++)
    {
      const DsSet *set = pz_dataset_peek_set (pz_project_get_dataset (f->project));
      gsize n_items;
      const guint32 *items = mlp_split_peek (pz_project_peek_split (f->project), part, &n_items);
      MlpMetrics metrics;

      g_assert_true (mlp_metrics_evaluate (pz_project_peek_net (f->project), set->samples, items, n_items,
                                           MLP_LOSS_CROSS_ENTROPY, NULL, &metrics, NULL));
      evaluate (f, part, &evaluation);
      g_assert_no_error (evaluation.error);
      g_assert_cmpuint (evaluation.metrics.n, ==, n_items);
      g_assert_cmpfloat (evaluation.metrics.loss, ==, metrics.loss);
      g_assert_cmpfloat (evaluation.metrics.accuracy, ==, metrics.accuracy);
    }

  /* Data of another shape. */
  {
    g_autofree char *folder = g_build_filename (f->folder, "set", NULL);

    g_mkdir_with_parents (folder, 0755);
    fixture_write_mnist (folder, "train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                         "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
    fixture_set_source (f, folder);
    fixture_wait_loaded (f);
  }
  g_assert_false (pz_project_get_can_continue (f->project));
  evaluate (f, MLP_TEST, &evaluation);
  g_assert_error (evaluation.error, MLP_ERROR, MLP_ERROR_SHAPE);
  g_clear_error (&evaluation.error);
}

static void
edit_split (Fixture *f,
            guint64  seed)
{
  Recipe *recipe = recipe_copy (pz_project_peek_recipe (f->project));

  recipe->split.shuffle = TRUE;
  recipe->split.seed = seed;
  pz_project_edit (f->project, recipe, NULL);
}

/* The form divides the data anew: the network's validation is what it was. And what goes on
 * with another division has been trained on both.
 */
static void
test_evaluate_after_edit (Fixture      *f,
                          gconstpointer data)
{
  Evaluation before, after;
  const RecipeSeen *seen;
  gsize n_before, n_after;

  fixture_train (f);
  evaluate (f, MLP_VALIDATION, &before);
  g_assert_no_error (before.error);
  g_assert_cmpint (before.parts.origin, ==, RECIPE_PARTS_OF_RUN);
  recipe_seen_peek (pz_project_peek_net_data (f->project)->seen, MLP_TRAIN, &n_before);

  edit_split (f, 99);
  evaluate (f, MLP_VALIDATION, &after);
  g_assert_no_error (after.error);
  g_assert_cmpuint (after.metrics.n, ==, before.metrics.n);
  g_assert_cmpfloat (after.metrics.loss, ==, before.metrics.loss);

  g_assert_true (pz_project_get_can_continue (f->project));
  pz_project_continue (f->project);
  wait_until (!pz_trainer_get_busy (pz_project_get_trainer (f->project)));
  seen = pz_project_peek_net_data (f->project)->seen;
  recipe_seen_peek (seen, MLP_TRAIN, &n_after);
  g_assert_true (recipe_seen_is_complete (seen));
  g_assert_cmpuint (n_after, >, n_before);

  evaluate (f, MLP_VALIDATION, &after);
  g_assert_no_error (after.error);
  g_assert_cmpint (after.parts.origin, ==, RECIPE_PARTS_BY_SAMPLE);
  recipe_seen_peek (seen, MLP_VALIDATION, &n_after);
  g_assert_cmpuint (after.metrics.n, ==, n_after);
}

static void
on_opened (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  gboolean *done = user_data;

  pz_project_open_finish (PZ_PROJECT (object), result, NULL);
  *done = TRUE;
}

/* Opens a file that names these data: where none were opened before. */
static void
open_foreign (Fixture    *f,
              const char *source,
              const char *add)
{
  g_autofree char *path = g_build_filename (f->folder, "foreign.perz", NULL);
  g_autoptr(Recipe) recipe = recipe_new ();
  g_autoptr(RecipeFile) contents = NULL;

  g_free (recipe->source);
  recipe->source = g_strdup (source);
  recipe->add = g_strdup (add);
  contents = recipe_file_new (recipe, NULL, NULL, NULL, 0, 0);
  g_assert_true (recipe_file_save (contents, path, NULL));
  pz_known_sources_forget ();
  g_assert_true (fixture_open (f, "foreign.perz"));
}

static void
assert_asks (Fixture    *f,
             const char *place)
{
  g_assert_false (pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  g_assert_false (pz_project_has_data (f->project));
  g_assert_true (pz_data_loader_get_asks (pz_project_get_loader (f->project)));
  g_assert_nonnull (strstr (pz_data_loader_get_error (pz_project_get_loader (f->project)), place));
}

/* Another choice that comes to nothing is no answer: to try again asks again. So does going back from
 * one that worked. */
static void
test_unknown_after_choice (Fixture      *f,
                           gconstpointer data)
{
  g_autofree char *foreign = g_build_filename (f->folder, "foreign", NULL);
  g_autofree char *folder = g_build_filename (f->folder, "set", NULL);
  g_autofree char *missing = g_build_filename (f->folder, "missing", NULL);

  g_mkdir_with_parents (folder, 0755);
  fixture_write_mnist (folder, "train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                       "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
  open_foreign (f, foreign, NULL);
  assert_asks (f, foreign);

  pz_data_loader_choose (pz_project_get_loader (f->project), missing);
  g_assert_false (pz_data_loader_get_asks (pz_project_get_loader (f->project)));
  fixture_wait_loaded (f);
  g_assert_nonnull (strstr (pz_data_loader_get_error (pz_project_get_loader (f->project)), missing));
  g_assert_false (pz_data_loader_get_asks (pz_project_get_loader (f->project)));
  pz_data_loader_load (pz_project_get_loader (f->project));
  assert_asks (f, foreign);

  pz_data_loader_choose (pz_project_get_loader (f->project), folder);
  pz_data_loader_cancel (pz_project_get_loader (f->project));
  g_assert_false (pz_data_loader_get_asks (pz_project_get_loader (f->project)));
  pz_data_loader_load (pz_project_get_loader (f->project));
  assert_asks (f, foreign);

  pz_data_loader_choose (pz_project_get_loader (f->project), folder);
  fixture_wait_loaded (f);
  g_assert_true (pz_project_has_data (f->project));
  g_assert_null (pz_data_loader_get_error (pz_project_get_loader (f->project)));
  g_assert_true (pz_project_undo (f->project));
  assert_asks (f, foreign);

  /* Chosen itself, it is tried. */
  pz_data_loader_choose (pz_project_get_loader (f->project), foreign);
  g_assert_true (pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  fixture_wait_loaded (f);
  g_assert_false (pz_data_loader_get_asks (pz_project_get_loader (f->project)));
  pz_data_loader_load (pz_project_get_loader (f->project));
  g_assert_true (pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  fixture_wait_loaded (f);
}

/* Nor is another choice an answer for what the file adds to its data. */
static void
test_unknown_add (Fixture      *f,
                  gconstpointer data)
{
  g_autofree char *foreign = g_build_filename (f->folder, "foreign", NULL);
  g_autofree char *added = g_build_filename (f->folder, "added", NULL);
  g_autofree char *folder = g_build_filename (f->folder, "set", NULL);

  g_mkdir_with_parents (folder, 0755);
  fixture_write_mnist (folder, "train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                       "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");

  /* Each place is asked for. */
  open_foreign (f, folder, added);
  assert_asks (f, folder);
  pz_data_loader_allow (pz_project_get_loader (f->project));
  assert_asks (f, added);

  open_foreign (f, foreign, added);
  assert_asks (f, foreign);
  pz_data_loader_choose (pz_project_get_loader (f->project), folder);
  fixture_wait_loaded (f);
  g_assert_cmpstr (pz_project_peek_recipe (f->project)->source, ==, folder);
  g_assert_cmpstr (pz_project_peek_recipe (f->project)->add, ==, added);
  assert_asks (f, added);

  pz_data_loader_allow (pz_project_get_loader (f->project));
  g_assert_true (pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  fixture_wait_loaded (f);
  g_assert_false (pz_data_loader_get_asks (pz_project_get_loader (f->project)));
}

/* A file names data where none were opened before: they are opened when somebody says so, and from then
 * on without asking.
 */
static void
test_unknown_source (Fixture      *f,
                     gconstpointer data)
{
  g_autofree char *folder = g_build_filename (f->folder, "set", NULL);
  g_autofree char *path = g_build_filename (f->folder, "net.perz", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(Recipe) recipe = recipe_new ();
  g_autoptr(RecipeFile) contents = NULL;
  gboolean done = FALSE;

  g_mkdir_with_parents (folder, 0755);
  fixture_write_mnist (folder, "train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                       "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
  g_free (recipe->source);
  recipe->source = g_strdup (folder);
  contents = recipe_file_new (recipe, NULL, NULL, NULL, 0, 0);
  g_assert_true (recipe_file_save (contents, path, NULL));
  pz_known_sources_forget ();

  pz_project_open_async (f->project, file, NULL, on_opened, &done);
  wait_until (done);
  g_assert_false (pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  g_assert_false (pz_project_has_data (f->project));
  g_assert_true (pz_data_loader_get_asks (pz_project_get_loader (f->project)));
  g_assert_nonnull (strstr (pz_data_loader_get_error (pz_project_get_loader (f->project)), folder));

  /* Whatever else is edited meanwhile. */
  recipe_free (g_steal_pointer (&recipe));
  recipe = recipe_copy (pz_project_peek_recipe (f->project));
  recipe->split.seed = 5;
  pz_project_edit (f->project, g_steal_pointer (&recipe), NULL);
  g_assert_false (pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  g_assert_true (pz_data_loader_get_asks (pz_project_get_loader (f->project)));

  pz_data_loader_allow (pz_project_get_loader (f->project));
  fixture_wait_loaded (f);
  g_assert_true (pz_project_has_data (f->project));
  g_assert_false (pz_data_loader_get_asks (pz_project_get_loader (f->project)));
  g_assert_true (pz_known_sources_contain (folder));

  pz_project_reset (f->project);
  done = FALSE;
  pz_project_open_async (f->project, file, NULL, on_opened, &done);
  wait_until (done);
  fixture_wait_loaded (f);
  g_assert_true (pz_project_has_data (f->project));
}

/* What a person chooses is opened at once. */
static void
test_chosen_source (Fixture      *f,
                    gconstpointer data)
{
  g_autofree char *folder = g_build_filename (f->folder, "set", NULL);

  g_mkdir_with_parents (folder, 0755);
  fixture_write_mnist (folder, "train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                       "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
  pz_known_sources_forget ();
  pz_data_loader_choose (pz_project_get_loader (f->project), folder);
  g_assert_true (pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  fixture_wait_loaded (f);
  g_assert_true (pz_known_sources_contain (folder));
}

static void
test_known_sources (void)
{
  g_auto(GStrv) uris = NULL;
  gsize n_entries;

  pz_known_sources_forget ();
  g_assert_true (pz_known_sources_contain (NULL));
  g_assert_true (pz_known_sources_contain ("builtin:digits"));
  g_assert_false (pz_known_sources_contain ("/tmp/ä"));

  /* What was downloaded, but nothing that only looks like it. */
  {
    g_autofree char *folder = pz_catalog_entry_get_folder (&pz_catalog_get_entries (&n_entries)[0]);
    g_autofree char *outside = g_build_filename (folder, "..", "..", "..", "ä", NULL);

    g_assert_true (pz_known_sources_contain (folder));
    g_assert_false (pz_known_sources_contain (outside));
  }

  for (guint i = 0; i < PZ_KNOWN_SOURCES_MAX + 3; i++)
    {
      g_autofree char *path = g_strdup_printf ("/tmp/%u", i);

      pz_known_sources_add (path);
    }
  pz_known_sources_add ("/tmp/ä");
  g_assert_false (pz_known_sources_contain ("/tmp/3"));
  g_assert_true (pz_known_sources_contain ("/tmp/4"));

  uris = pz_known_sources_to_uris ();
  g_assert_cmpuint (g_strv_length (uris), ==, PZ_KNOWN_SOURCES_MAX);
  pz_known_sources_forget ();
  pz_known_sources_add_uris ((const char *const *) uris);
  g_assert_true (pz_known_sources_contain ("/tmp/ä"));
  g_assert_true (pz_known_sources_contain ("/tmp/4"));
  pz_known_sources_forget ();
}

#define ADD(path, func) \
  g_test_add ("/model/project-scores/" path, Fixture, NULL, fixture_set_up_loaded, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("evaluate", test_evaluate);
  ADD ("evaluate-after-edit", test_evaluate_after_edit);
  ADD ("unknown-source", test_unknown_source);
  ADD ("unknown-after-choice", test_unknown_after_choice);
  ADD ("unknown-add", test_unknown_add);
  ADD ("chosen-source", test_chosen_source);
  g_test_add_func ("/model/project-scores/known-sources", test_known_sources);

  return g_test_run ();
}
