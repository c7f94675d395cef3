/* test-recipe-golden.c: the .perz file of version 1, and another program that
 * reads and writes such files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>

#include "recipe/recipe-file.h"
#include "test-util.h"

/* The formulas of tests/golden/make-perz.py. */
static void
assert_golden_net (const MlpNet *net)
{
  static const gsize widths[] = { 4, 3, 2, 2 };
  static const MlpActivation activations[] = { 0, MLP_SIGMOID, MLP_LEAKY_RELU, MLP_SOFTMAX };

  g_assert_cmpuint (mlp_net_get_n_layers (net), ==, 3);
  g_assert_cmpuint (mlp_net_get_width (net, 0), ==, 4);

  for (gsize l = 1; l <= 3; l++)
    {
      const float *W = mlp_net_peek_weights (net, l);
      const float *b = mlp_net_peek_biases (net, l);

      g_assert_cmpuint (mlp_net_get_width (net, l), ==, widths[l]);
      g_assert_cmpint (mlp_net_get_activation (net, l), ==, activations[l]);

      for (gsize i = 0; i < widths[l]; i++)
        {
          g_assert_cmpfloat (b[i], ==, -(float) l - (float) i / 16.0f);

          for (gsize j = 0; j < widths[l - 1]; j++)
            {
              float sign = (i + j) % 2 == 0 ? 1.0f : -1.0f;

              g_assert_cmpfloat (W[i * widths[l - 1] + j], ==,
                                 sign * (float) (100 * l + 10 * i + j) / 64.0f);
            }
        }
    }
}

static void
test_golden (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "version-1.perz", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(RecipeFile) file = recipe_file_load (path, &error);
  g_autofree char *hidden = NULL;
  const MlpTrainOptions *training;
  const MlpEpoch *epoch;

  g_assert_no_error (error);
  assert_golden_net (file->net);

  g_assert_cmpstr (file->recipe->source, ==, "builtin:digits");
  g_assert_cmpuint (file->recipe->split.n_validation, ==, 100);
  g_assert_cmpuint (file->recipe->split.limit, ==, 500);
  g_assert_true (file->recipe->split.shuffle);
  g_assert_cmpuint (file->recipe->split.seed, ==, 7);
  hidden = recipe_hidden_to_string (file->recipe);
  g_assert_cmpstr (hidden, ==, "3:sigmoid,2:leaky-relu");
  g_assert_cmpint (file->recipe->output, ==, MLP_SOFTMAX);

  training = &file->recipe->training;
  g_assert_cmpint (training->loss, ==, MLP_LOSS_CROSS_ENTROPY);
  g_assert_cmpint (training->optimizer.kind, ==, MLP_NESTEROV);
  g_assert_cmpfloat (training->optimizer.momentum, ==, 0.75f);
  g_assert_cmpfloat (training->optimizer.rho, ==, 0.5f);
  g_assert_cmpfloat (training->optimizer.beta1, ==, 0.8f);
  g_assert_cmpfloat (training->optimizer.beta2, ==, 0.95f);
  g_assert_cmpfloat (training->optimizer.epsilon, ==, 1e-6f);
  g_assert_cmpfloat (training->optimizer.weight_decay, ==, 0.125f);
  g_assert_cmpfloat (training->rate, ==, 0.1f);
  g_assert_cmpint (training->schedule.kind, ==, MLP_SCHEDULE_STEP);
  g_assert_cmpfloat (training->schedule.factor, ==, 0.3f);
  g_assert_cmpuint (training->schedule.step_epochs, ==, 4);
  g_assert_cmpuint (training->schedule.warmup_epochs, ==, 2);
  g_assert_cmpuint (training->epochs, ==, 12);
  g_assert_cmpuint (training->batch_size, ==, 32);
  g_assert_cmpfloat (training->l1, ==, 0.0001f);
  g_assert_cmpfloat (training->l2, ==, 0.002f);
  g_assert_cmpfloat (training->dropout, ==, 0.2f);
  g_assert_cmpfloat (training->max_norm, ==, 3.0f);
  g_assert_cmpfloat (training->clip_norm, ==, 1.5f);
  g_assert_cmpint (training->augment, ==, MLP_AUGMENT_NONE);
  g_assert_cmpuint (training->patience, ==, 5);
  g_assert_cmpint (training->init, ==, MLP_INIT_XAVIER);
  g_assert_true (training->normal_biases);
  g_assert_cmpuint (training->seed, ==, G_MAXUINT64);
  g_assert_cmpuint (training->threads, ==, 2);

  g_assert_cmpstr (file->data.name, ==, "Crosses and noughts “×○”");
  g_assert_cmpstr (file->data.identity, ==, "sha256:0123");
  g_assert_cmpuint (file->data.n_inputs, ==, 4);
  g_assert_cmpuint (file->data.n_outputs, ==, 2);
  g_assert_cmpuint (file->data.rows, ==, 2);
  g_assert_cmpuint (file->data.columns, ==, 2);
  g_assert_cmpfloat (file->data.scale, ==, 1.0f / 256.0f);
  g_assert_cmpstr (file->data.class_names[0], ==, "×");
  g_assert_cmpstr (file->data.class_names[1], ==, "○");

  g_assert_cmpuint (file->best_epoch, ==, 2);
  g_assert_cmpuint (file->epochs->len, ==, 2);
  epoch = &g_array_index (file->epochs, MlpEpoch, 0);
  g_assert_cmpuint (epoch->epoch, ==, 1);
  g_assert_cmpfloat (epoch->rate, ==, 0.05);
  g_assert_cmpfloat (epoch->train_loss, ==, 0.7);
  g_assert_cmpfloat (epoch->validation_accuracy, ==, 0.625);
  epoch = &g_array_index (file->epochs, MlpEpoch, 1);
  g_assert_cmpfloat (epoch->train_loss, ==, 0.1 + 0.2);
  g_assert_true (isnan (epoch->validation_accuracy));
}

static void
run_python (const char *first,
            const char *second)
{
  g_autofree char *python = g_find_program_in_path ("python3");
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "golden", "make-perz.py", NULL);
  const char *argv[] = { python, script, first, second, NULL };
  g_autofree char *complaint = NULL;
  g_autoptr(GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, &complaint, &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("make-perz.py: %s", complaint);
}

/* What another program, made after the description only, reads and writes. */
static void
test_python (void)
{
  g_autofree char *golden = g_test_build_filename (G_TEST_DIST, "golden", "version-1.perz", NULL);
  g_autofree char *python = g_find_program_in_path ("python3");
  g_autoptr(RecipeFile) file = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *made = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  gsize n_kept, n_made;

  if (python == NULL)
    {
      g_test_skip ("python3 is not installed");
      return;
    }

  folder = g_dir_make_tmp ("perzeptron-XXXXXX", NULL);
  path = g_build_filename (folder, "net.perz", NULL);
  file = recipe_file_load (golden, &error);
  g_assert_no_error (error);
  g_assert_true (recipe_file_save (file, path, &error));
  run_python ("--check", path);

  run_python (path, NULL);
  g_assert_true (g_file_get_contents (golden, &kept, &n_kept, NULL));
  g_assert_true (g_file_get_contents (path, &made, &n_made, NULL));
  g_assert_cmpmem (kept, n_kept, made, n_made);

  g_unlink (path);
  g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/recipe-golden/version-1", test_golden);
  g_test_add_func ("/recipe-golden/python", test_python);

  return g_test_run ();
}
