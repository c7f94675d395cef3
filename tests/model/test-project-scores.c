/* test-project-scores.c: what a project's network scores, and on which samples.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "core/mlp-error.h"
#include "core/mlp-metrics.h"
#include "datasets/fixture.h"
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

  pz_project_evaluate_finish (PZ_PROJECT (object), result, &evaluation->metrics, &evaluation->parts, &evaluation->error);
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

      g_assert_true (mlp_evaluate (pz_project_peek_net (f->project), set->samples, items, n_items,
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

#define ADD(path, func) \
  g_test_add ("/model/project-scores/" path, Fixture, NULL, fixture_set_up_loaded, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("evaluate", test_evaluate);
  ADD ("evaluate-after-edit", test_evaluate_after_edit);

  return g_test_run ();
}
