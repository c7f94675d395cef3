/* test-predictions.c: what a network predicts of molecules, the learning curve, and
 * questions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/mlp-random.h"
#include "core/net/mlp-split.h"
#include "datasets/ds-split.h"
#include "model/pz-evaluation.h"
#include "model/pz-learning.h"
#include "model/pz-molecule-answer.h"
#include "model/pz-task.h"
#include "molecules/features/mol-features.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-element.h"
#include "molecules/mol-open.h"
#include "model-util.h"
#include "molecules-util.h"

typedef struct
{
  PzProject        *project;
  PzMoleculeAnswer *answer;
  GError           *error;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->project = pz_project_new ();
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  pz_project_shut_down (f->project);
  wait_until (!pz_trainer_get_busy (pz_project_get_trainer (f->project)));
  pz_task_wait_all ();
  run_pending ();
  g_clear_pointer (&f->answer, pz_molecule_answer_free);
  g_clear_error (&f->error);
  g_assert_finalize_object (f->project);
}

static const DsSet *
get_set (Fixture *f)
{
  return pz_dataset_peek_set (pz_project_get_dataset (f->project));
}

/* Two targets and made-up molecules: no network of the program's is needed. */
static DsSet *
make_set (gsize n)
{
  g_autoptr(MolCollectionBuilder) builder = mol_collection_builder_new ();
  float *x = g_new (float, 2 * n);
  float *y = g_new (float, 2 * n);
  DsSet *set;

  for (gsize i = 0; i < n; i++)
    {
      /* C1 … C9 with O in every second, N in every third, and one H */
      guint8 z[11] = { 1 };
      float xyz[33] = { 0 };
      double properties[MOL_N_PROPERTIES] = { 0 };
      guint n_atoms = 1;

      for (gsize c = 0; c <= i % 7; c++)
        z[n_atoms++] = 6;
      if (i % 2 == 0)
        z[n_atoms++] = 8;
      if (i % 3 == 0)
        z[n_atoms++] = 7;

      mol_collection_builder_add (builder, &(MolMolecule) {
      .number = (guint) i + 1, .n_atoms = n_atoms, .z = z, .xyz = xyz,
      .smiles = i == 0 ? "C,\"O" : "CO", .properties = properties,
    });
      x[2 * i] = (float) i / 10.0f;
      x[2 * i + 1] = (float) ((i * 7) % 11) - 5.0f;
      y[2 * i] = 3.0f + (float) ((i * 5) % 13);
      y[2 * i + 1] = -0.5f * (float) ((i * 3) % 17);
    }

  set = ds_set_new ("made", "/data/made.tar", mlp_samples_new_values (x, y, 2, 2, n));
  set->n_train = n;
  set->draws_test = TRUE;
  set->molecules = mol_collection_builder_end (g_steal_pointer (&builder));
  set->task = g_new (DsTask, 1);
  ds_task_init (set->task);
  g_free (set->task->targets);
  set->task->targets = g_strdup ("gap,mu");
  set->class_names = g_strsplit ("gap,mu", ",", -1);

  return set;
}

static MlpNet *
make_linear (void)
{
  const MlpLayer layers[] = { { 2, MLP_IDENTITY } };
  MlpNet *net = mlp_net_new (2, layers, 1, NULL);

  mlp_net_init (net, MLP_INIT_NORMAL, FALSE, 5);

  return net;
}

/* h = Wᵀ x + b in double, straight from the parameters: W[1] is 2 × 2, column-major,
 * then b[1]. */
static double
predict (const MlpNet *net,
         const DsSet  *set,
         guint32       item,
         gsize         t)
{
  const float *p = mlp_net_peek_params (net);
  float x[2];

  mlp_samples_get_batch (set->samples, &item, 1, x, NULL);

  return (double) p[2 * t] * (double) x[0] + (double) p[2 * t + 1] * (double) x[1] + (double) p[4 + t];
}

/* The mean absolute error of those that @key holds for, in plain loops. */
static double
measure_group (const MlpNet  *net,
               const DsSet   *set,
               const guint32 *items,
               gsize          n,
               gsize          t,
               gboolean       by_element,
               guint          key,
               gsize         *n_group)
{
  double sum = 0.0;

  *n_group = 0;
  for (gsize i = 0; i < n; i++)
    {
      MolMolecule molecule;
      guint n_heavy = 0, n_element = 0;
      float y[2];

      mol_collection_get (set->molecules, items[i], &molecule);
      for (guint a = 0; a < molecule.n_atoms; a++)
        {
          n_heavy += molecule.z[a] > 1;
          n_element += by_element && molecule.z[a] == mol_element_get_number (key);
        }
      if (by_element ? n_element == 0 : n_heavy != key)
        continue;

      mlp_samples_get_batch (set->samples, items + i, 1, NULL, y);
      sum += fabs (predict (net, set, items[i], t) - (double) y[t]);
      (*n_group)++;
    }

  return sum / (double) *n_group;
}

static void
check_groups (const MlpNet        *net,
              const PzPredictions *p,
              GArray             **groups,
              gboolean             by_element)
{
  for (gsize t = 0; t < 2; t++)
    {
      guint next = 0;

      for (guint key = 0; key < (by_element ? MOL_N_ELEMENTS : 30); key++)
        {
          const PzErrorGroup *group;
          gsize n;
          double mae = measure_group (net, p->set, p->items, p->n, t, by_element, key, &n);

          if (n == 0)
            continue;

          g_assert_cmpuint (next, <, groups[t]->len);
          group = &g_array_index (groups[t], PzErrorGroup, next++);
          g_assert_cmpuint (group->key, ==, key);
          g_assert_cmpuint (group->metrics.n, ==, n);
          assert_close (group->metrics.mae, mae, 1e-5);
        }
      g_assert_cmpuint (next, ==, groups[t]->len);
    }
}

/* Each place once, and no error larger than the one before. */
static void
check_order (const PzPredictions *p,
             gsize                t)
{
  const guint32 *order = p->order + t * p->n;
  g_autofree gboolean *seen = g_new0 (gboolean, p->n);

  for (gsize i = 0; i < p->n; i++)
    {
      g_assert_cmpuint (order[i], <, p->n);
      g_assert_false (seen[order[i]]);
      seen[order[i]] = TRUE;

      if (i > 0)
        {
          const gsize at = 2 * order[i] + t;
          const gsize before = 2 * order[i - 1] + t;

          g_assert_cmpfloat (fabs ((double) p->h[at] - (double) p->y[at]), <=,
                             fabs ((double) p->h[before] - (double) p->y[before]));
        }
    }

  g_assert_cmpuint (order[0], ==, p->target_metrics[t].largest_at);
}

static void
test_predictions (void)
{
  g_autoptr(DsSet) set = make_set (200);
  g_autoptr(MlpNet) net = make_linear ();
  const DsSplitOptions options = { .n_validation = 60, .n_test = 40, .seed = 3 };
  g_autoptr(MlpSplit) split = ds_split_make (set, &options, NULL);
  g_autoptr(PzPredictions) p = NULL;
  g_autoptr(GError) error = NULL;
  const guint32 *items, *train;
  gsize n, n_train;

  p = pz_predictions_new (net, set, split, MLP_VALIDATION, &error);
  g_assert_no_error (error);
  items = mlp_split_peek (split, MLP_VALIDATION, &n);
  train = mlp_split_peek (split, MLP_TRAIN, &n_train);
  g_assert_cmpuint (p->n, ==, 60);
  g_assert_cmpmem (p->items, p->n * sizeof (guint32), items, n * sizeof (guint32));
  g_assert_cmpuint (p->n_targets, ==, 2);

  for (gsize t = 0; t < 2; t++)
    {
      double mae = 0.0, mean = 0.0, mean_mae = 0.0;

      for (gsize i = 0; i < n_train; i++)
        {
          float y[2];

          mlp_samples_get_batch (set->samples, train + i, 1, NULL, y);
          mean += (double) y[t] / (double) n_train;
        }
      for (gsize i = 0; i < n; i++)
        {
          float y[2];

          mlp_samples_get_batch (set->samples, items + i, 1, NULL, y);
          assert_close ((double) p->h[2 * i + t], predict (net, set, items[i], t), 1e-5);
          g_assert_cmpfloat (p->y[2 * i + t], ==, y[t]);
          mae += fabs (predict (net, set, items[i], t) - (double) y[t]) / (double) n;
          mean_mae += fabs (mean - (double) y[t]) / (double) n;
        }
      assert_close (p->target_metrics[t].mae, mae, 1e-5);
      assert_close (p->target_metrics[t].mean_mae, mean_mae, 1e-6);
      check_order (p, t);
    }

  check_groups (net, p, p->by_heavy_atoms, FALSE);
  check_groups (net, p, p->by_element, TRUE);
  g_assert_cmpstr (pz_predictions_get_unit (p, 0), ==, "eV");
  g_assert_cmpstr (pz_predictions_get_unit (p, 1), ==, "D");
}

/* A line for each molecule; points whatever the locale; quoted where it must be. */
static void
test_csv (void)
{
  g_autoptr(DsSet) set = make_set (50);
  g_autoptr(MlpNet) net = make_linear ();
  guint32 order[50];
  g_autoptr(MlpSplit) split = NULL;
  g_autoptr(PzPredictions) p = NULL;
  g_autofree char *table = NULL;
  g_auto(GStrv) lines = NULL;
  g_auto(GStrv) fields = NULL;

  for (guint32 i = 0; i < 50; i++)
    order[i] = 49 - i;
  split = mlp_split_new (g_memdup2 (order, sizeof order), 40, 10, 0);
  p = pz_predictions_new (net, set, split, MLP_VALIDATION, NULL);

  table = pz_predictions_to_csv (p);
  lines = g_strsplit (table, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 12);
  g_assert_cmpstr (lines[0], ==, "number,smiles,formula,gap true (eV),gap predicted (eV),gap error (eV),"
                   "gap extrapolation,mu true (D),mu predicted (D),mu error (D),mu extrapolation");
  g_assert_cmpstr (lines[11], ==, "");
  g_assert_true (g_str_has_prefix (lines[10], "1,\"C,\"\"O\",CHNO,3,"));

  fields = g_strsplit (lines[1], ",", -1);
  g_assert_cmpuint (g_strv_length (fields), ==, 11);
  g_assert_cmpstr (fields[0], ==, "10");
  assert_close (g_ascii_strtod (fields[4], NULL), predict (net, set, 9, 0), 1e-5);
  assert_close (g_ascii_strtod (fields[5], NULL),
                g_ascii_strtod (fields[4], NULL) - g_ascii_strtod (fields[3], NULL), 1e-5);
  assert_close (g_ascii_strtod (fields[9], NULL),
                g_ascii_strtod (fields[8], NULL) - g_ascii_strtod (fields[7], NULL), 1e-5);
}

/* --- the evaluation --- */

static void
test_evaluation (Fixture      *f,
                 gconstpointer data)
{
  g_autoptr(PzEvaluation) evaluation = pz_evaluation_new (f->project);
  PzPredictions *p;
  Recipe *recipe;
  const guint32 *items;
  gsize n;

  train_molecules (f->project);
  run_pending ();
  g_assert_null (pz_evaluation_peek_predictions (evaluation));
  g_assert_false (pz_evaluation_get_busy (evaluation));

  pz_evaluation_set_active (evaluation, TRUE);
  wait_until (pz_evaluation_peek_predictions (evaluation) != NULL);
  p = pz_evaluation_peek_predictions (evaluation);
  g_assert_cmpint (p->part, ==, MLP_VALIDATION);
  g_assert_cmpuint (p->n, ==, 181);
  g_assert_null (pz_evaluation_get_problem (evaluation));
  g_assert_cmpint (p->parts.origin, ==, RECIPE_PARTS_OF_RUN);

  /* Other data division for the next run: this network's validation stays what it
   * was, or it would be asked about samples that it has learnt. */
  items = g_memdup2 (p->items, p->n * sizeof (guint32));
  n = p->n;
  recipe = recipe_copy (pz_project_peek_recipe (f->project));
  recipe->split.seed = 77;
  pz_project_edit (f->project, recipe, NULL);
  pz_evaluation_set_part (evaluation, MLP_TEST);
  g_assert_null (pz_evaluation_peek_predictions (evaluation));
  pz_evaluation_set_part (evaluation, MLP_VALIDATION);
  wait_until (pz_evaluation_peek_predictions (evaluation) != NULL);
  p = pz_evaluation_peek_predictions (evaluation);
  g_assert_cmpint (p->part, ==, MLP_VALIDATION);
  g_assert_cmpmem (p->items, p->n * sizeof (guint32), items, n * sizeof (guint32));
  g_free ((gpointer) items);

  /* The test is had for the asking, of this network only. */
  pz_evaluation_set_part (evaluation, MLP_TEST);
  wait_until (pz_evaluation_peek_predictions (evaluation) != NULL);
  g_assert_cmpuint (pz_evaluation_peek_predictions (evaluation)->n, ==, 90);

  pz_project_train (f->project);
  g_assert_null (pz_evaluation_peek_predictions (evaluation));
  wait_until (!pz_trainer_get_busy (pz_project_get_trainer (f->project)));
  wait_until (pz_evaluation_peek_predictions (evaluation) != NULL);
  g_assert_cmpint (pz_evaluation_get_part (evaluation), ==, MLP_VALIDATION);
  g_assert_cmpuint (pz_evaluation_peek_predictions (evaluation)->n, ==, 181);
}

static void
count_change (guint *n)
{
  (*n)++;
}

/* Neither an answer nor the evaluation outlives what it is about. */
static void
test_gone (Fixture      *f,
           gconstpointer data)
{
  PzEvaluation *evaluation = pz_evaluation_new (f->project);
  guint n = 0;

  train_molecules (f->project);
  pz_evaluation_set_active (evaluation, TRUE);
  wait_until (pz_evaluation_get_busy (evaluation));
  g_signal_connect_swapped (evaluation, "changed", G_CALLBACK (count_change), &n);
  g_object_run_dispose (G_OBJECT (evaluation));
  pz_task_wait_all ();
  run_pending ();
  g_assert_cmpuint (n, ==, 0);
  g_assert_finalize_object (evaluation);
}

static void
check_predictions (PzEvaluation *evaluation,
                   guint        *n_seen)
{
  static const gsize sizes[MLP_N_PARTS] = {[MLP_TRAIN] = 1808 - 181 - 90, [MLP_VALIDATION] = 181, [MLP_TEST] = 90 };
  PzPredictions *p = pz_evaluation_peek_predictions (evaluation);

  if (p == NULL)
    return;

  g_assert_cmpint (p->part, ==, pz_evaluation_get_part (evaluation));
  g_assert_cmpuint (p->n, ==, sizes[p->part]);
  g_assert_false (pz_evaluation_get_busy (evaluation));
  (*n_seen)++;
}

/* However fast the part changes, what is there is of the present one, and at the end it is there. */
static void
test_newest (Fixture      *f,
             gconstpointer data)
{
  g_autoptr(PzEvaluation) evaluation = pz_evaluation_new (f->project);
  MlpRandom random;
  guint n_seen = 0;

  train_molecules (f->project);
  pz_evaluation_set_active (evaluation, TRUE);
  g_signal_connect (evaluation, "changed", G_CALLBACK (check_predictions), &n_seen);
  mlp_random_seed (&random, 12, 0);
  for (guint i = 0; i < 400; i++)
    {
      /* The answer is on its way, but has not arrived. */
      if (mlp_random_below (&random, 4) == 0)
        pz_task_wait_all ();
      pz_evaluation_set_part (evaluation, (MlpPart) mlp_random_below (&random, MLP_N_PARTS));
      check_predictions (evaluation, &n_seen);
      for (gsize k = mlp_random_below (&random, 6); k > 0; k--)
        g_main_context_iteration (NULL, FALSE);
      if (mlp_random_below (&random, 8) == 0)
        wait_until (!pz_evaluation_get_busy (evaluation));
    }

  wait_until (pz_evaluation_peek_predictions (evaluation) != NULL);
  pz_task_wait_all ();
  run_pending ();
  g_assert_cmpuint (n_seen, >, 40);
}

/* --- the learning curve --- */

static void
test_sizes (void)
{
  g_autoptr(GArray) sizes = pz_learning_get_sizes (110000, 5);
  g_autoptr(GArray) few = pz_learning_get_sizes (10, 5);
  g_autoptr(GArray) one = pz_learning_get_sizes (1, 5);

  g_assert_cmpuint (sizes->len, ==, 5);
  g_assert_cmpuint (g_array_index (sizes, gsize, 0), ==, 3438);
  g_assert_cmpuint (g_array_index (sizes, gsize, 4), ==, 110000);
  for (guint i = 1; i < 5; i++)
    assert_close ((double) g_array_index (sizes, gsize, i) / (double) g_array_index (sizes, gsize, i - 1),
                  pow (32.0, 0.25), 1e-3);

  g_assert_cmpuint (g_array_index (few, gsize, 0), ==, 8);
  g_assert_cmpuint (g_array_index (few, gsize, few->len - 1), ==, 10);
  g_assert_cmpuint (few->len, <=, 3);
  g_assert_cmpuint (one->len, ==, 1);
}

/* The last point is the project's own run again: same recipe, seed, split. */
static void
test_learning (Fixture      *f,
               gconstpointer data)
{
  g_autoptr(PzLearning) learning = pz_learning_new (f->project);
  g_autoptr(PzPredictions) p = NULL;
  g_autoptr(MlpNet) before = NULL;
  GPtrArray *points = pz_learning_peek_points (learning);

  pz_learning_run (learning, 3);
  g_assert_false (pz_learning_get_busy (learning));

  train_molecules (f->project);
  before = mlp_net_copy (pz_project_peek_net (f->project));
  pz_learning_run (learning, 3);
  g_assert_true (pz_learning_get_busy (learning));
  wait_until (!pz_learning_get_busy (learning));
  g_assert_cmpstr (pz_learning_get_error (learning), ==, NULL);
  g_assert_cmpuint (points->len, ==, 3);
  g_assert_cmpuint (((PzLearningPoint *) points->pdata[2])->n_train, ==, 1808 - 181 - 90);
  assert_same_params (before, pz_project_peek_net (f->project));

  p = pz_predictions_new (before, get_set (f), pz_project_peek_split (f->project), MLP_VALIDATION, NULL);
  g_assert_cmpfloat (((PzLearningPoint *) points->pdata[2])->target_metrics[0].mae, ==, p->target_metrics[0].mae);
  g_assert_cmpuint (((PzLearningPoint *) points->pdata[0])->target_metrics[0].n, ==, 181);
  g_assert_cmpfloat (((PzLearningPoint *) points->pdata[0])->target_metrics[0].mae, !=, p->target_metrics[0].mae);
}

/* Data that are loaded again while a point is computed: neither it nor the points before it are there. */
static void
test_forgotten (Fixture      *f,
                gconstpointer data)
{
  g_autoptr(PzLearning) learning = pz_learning_new (f->project);
  Recipe *recipe;

  train_molecules (f->project);
  recipe = recipe_copy (pz_project_peek_recipe (f->project));
  recipe->training.epochs = 3000;
  pz_project_edit (f->project, recipe, NULL);
  for (guint i = 0; i < 6; i++)
    {
      PzDataset *before = pz_project_get_dataset (f->project);

      pz_learning_run (learning, 5);
      wait_until (pz_learning_get_progress (learning) > 0.0);
      pz_data_loader_load (pz_project_get_loader (f->project));
      wait_until (pz_project_get_dataset (f->project) != before);
      g_assert_false (pz_learning_get_busy (learning));
      g_assert_cmpuint (pz_learning_peek_points (learning)->len, ==, 0);
      run_pending ();
    }

  pz_task_wait_all ();
  run_pending ();
  g_assert_cmpuint (pz_learning_peek_points (learning)->len, ==, 0);
  g_assert_cmpfloat (pz_learning_get_progress (learning), ==, 0.0);
}

static void
cancel_after_one (PzLearning *learning)
{
  if (pz_learning_peek_points (learning)->len == 1)
    pz_learning_cancel (learning);
}

static void
test_cancel (Fixture      *f,
             gconstpointer data)
{
  g_autoptr(PzLearning) learning = pz_learning_new (f->project);
  Recipe *recipe;

  train_molecules (f->project);
  recipe = recipe_copy (pz_project_peek_recipe (f->project));
  recipe->training.epochs = 200;
  pz_project_edit (f->project, recipe, NULL);

  g_signal_connect (learning, "changed", G_CALLBACK (cancel_after_one), NULL);
  pz_learning_run (learning, 5);
  wait_until (!pz_learning_get_busy (learning));
  g_assert_cmpuint (pz_learning_peek_points (learning)->len, ==, 1);
  g_assert_nonnull (pz_learning_get_error (learning));
  g_assert_cmpfloat (pz_learning_get_progress (learning), <, 1.0);

  /* Other data: the points are not about them. */
  recipe = recipe_copy (pz_project_peek_recipe (f->project));
  g_free (recipe->source);
  recipe->source = g_strdup ("builtin:digits");
  pz_project_edit (f->project, recipe, NULL);
  wait_until (!pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  g_assert_cmpuint (pz_learning_peek_points (learning)->len, ==, 0);
}

/* --- questions --- */

static void
clear_answer (Fixture *f)
{
  g_clear_pointer (&f->answer, pz_molecule_answer_free);
  g_clear_error (&f->error);
}

static void
ask (Fixture    *f,
     const char *text)
{
  clear_answer (f);
  f->answer = pz_molecule_answer_from_text (pz_project_peek_net (f->project), pz_project_peek_net_data (f->project),
                                            "text", text, &f->error);
}

static void
ask_file (Fixture *f,
          GFile   *file)
{
  clear_answer (f);
  f->answer = pz_molecule_answer_from_file (pz_project_peek_net (f->project), pz_project_peek_net_data (f->project),
                                            file, &f->error);
}

#define WATER "3\nwater\nO 0 0 0\nH 0.96 0 0\nH -0.24 0.93 0\n"

/* The answer is that of the network about the feature's numbers. */
static void
test_ask (Fixture      *f,
          gconstpointer data)
{
  g_autoptr(MolCollection) molecules = mol_open_text ("water", WATER, strlen (WATER), NULL);
  g_autoptr(MlpSamples) samples = NULL;
  const MolFeature *feature;
  const guint32 item = 0;
  float h;

  ask (f, WATER);
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);

  train_molecules (f->project);
  ask (f, WATER);
  g_assert_no_error (f->error);
  g_assert_cmpuint (f->answer->n_targets, ==, 1);
  g_assert_true (isnan (f->answer->given[0]));

  feature = mol_features_find (get_set (f)->task->features, NULL);
  samples = mlp_samples_new_values (mol_features_compute (feature, molecules, NULL, NULL, NULL),
                                    g_new0 (float, 1), feature->length, 1, 1);
  g_assert_true (mlp_regression_metrics_predict (pz_project_peek_net (f->project), samples, &item, 1, 1, &h, NULL,
                                                 NULL));
  g_assert_cmpfloat (f->answer->h[0], ==, h);

  ask (f, "2\nhydrogen chloride\nH 0 0 0\nCl 1.27 0 0\n");
  g_assert_error (f->error, MLP_ERROR, MLP_ERROR_FORMAT);
  g_assert_nonnull (strstr (f->error->message, "Cl"));
  ask (f, "30\nmany\n");
  g_assert_nonnull (f->error);
  ask (f, "");
  g_assert_nonnull (f->error);
  ask (f, "no molecule");
  g_assert_nonnull (f->error);
}

/* A molecule of the data, from a file, has its own value beside the answer. */
static void
test_ask_file (Fixture      *f,
               gconstpointer data)
{
  static const char methane[] =
    "5\ngdb 1\t157.7\t157.7\t157.7\t0.\t13.21\t-0.3877\t0.1171\t0.5048\t35.3641\t0.044749\t-40.47893\t-40.476062\t"
    "-40.475117\t-40.498597\t6.469\n"
    "C\t-0.0126981359\t 1.0858041578\t 0.0080009958\t-0.535689\nH\t 0.002150416\t-0.0060313176\t 0.0019761204\t 0.133921\n"
    "H\t 1.0117308433\t 1.4637511618\t 0.0002765748\t 0.133922\nH\t-0.540815069\t 1.4475266138\t-0.8766437152\t 0.133923\n"
    "H\t-0.5238136345\t 1.4379326443\t 0.9063972942\t 0.133923\n1341.307\t1341.3284\n"
    "C\tC\nInChI=1S/CH4/h1H4\tInChI=1S/CH4/h1H4\n";
  g_autofree char *folder = g_dir_make_tmp ("perzeptron-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "methane.xyz", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);

  train_molecules (f->project);
  g_assert_true (g_file_set_contents (path, methane, -1, NULL));
  ask_file (f, file);
  g_assert_no_error (f->error);
  assert_close (f->answer->given[0], 0.5048 * 27.211386245988, 1e-6);

  g_unlink (path);
  ask_file (f, file);
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_rmdir (folder);
}

#define add(name, function) \
  g_test_add ("/model/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/predictions/figures", test_predictions);
  g_test_add_func ("/model/predictions/csv", test_csv);
  add ("evaluation/changes", test_evaluation);
  add ("evaluation/newest", test_newest);
  add ("evaluation/gone", test_gone);
  g_test_add_func ("/model/learning/sizes", test_sizes);
  add ("learning/points", test_learning);
  add ("learning/forgotten", test_forgotten);
  add ("learning/cancel", test_cancel);
  add ("molecule/text", test_ask);
  add ("molecule/file", test_ask_file);

  return g_test_run ();
}
