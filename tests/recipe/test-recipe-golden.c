/* test-recipe-golden.c: the .perz files of versions 1 and 2, and another program that
 * reads and writes such files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/net/mlp-split.h"
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

/* Of both versions. */
static void
assert_golden (const RecipeFile *file)
{
  g_autofree char *hidden = NULL;
  const MlpTrainOptions *training;
  const MlpEpoch *epoch;

  assert_golden_net (file->net);

  g_assert_cmpstr (file->recipe->source, ==, "builtin:digits");
  g_assert_cmpuint (file->recipe->split.n_validation, ==, 100);
  g_assert_cmpuint (file->recipe->split.limit, ==, 500);
  g_assert_true (file->recipe->split.shuffle);
  g_assert_cmpuint (file->recipe->split.seed, ==, 7);
  hidden = mlp_option_layers_to_string (file->recipe->hidden);
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
  g_assert_true (training->random_biases);
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
assert_hashes (const RecipeSeen *seen,
               MlpPart           part,
               const guint64    *expected,
               gsize             n_expected)
{
  gsize n;
  const guint64 *hashes = recipe_seen_peek (seen, part, &n);

  g_assert_cmpmem (hashes, n * sizeof *hashes, expected, n_expected * sizeof *expected);
}

static RecipeFile *
load_golden (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", name, NULL);
  g_autoptr(GError) error = NULL;
  RecipeFile *file = recipe_file_load (path, &error);

  g_assert_no_error (error);

  return file;
}

static void
assert_version_1 (const RecipeFile *file)
{
  assert_golden (file);
  g_assert_null (file->data.seen);
  g_assert_null (file->trained);
}

static void
assert_version_2 (const RecipeFile *file)
{
  static const guint64 train[] = { 1, G_GUINT64_CONSTANT (0x0123456789abcdef), G_MAXUINT64 };
  static const guint64 validation[] = { G_GUINT64_CONSTANT (0x8000000000000000) };

  assert_golden (file);
  assert_hashes (file->data.seen, MLP_TRAIN, train, G_N_ELEMENTS (train));
  assert_hashes (file->data.seen, MLP_VALIDATION, validation, G_N_ELEMENTS (validation));
  g_assert_true (recipe_seen_is_complete (file->data.seen));
  g_assert_cmpuint (recipe_file_peek_trained (file)->split.seed, ==, 6);
}

static void
test_version_1 (void)
{
  g_autoptr(RecipeFile) file = load_golden ("version-1.perz");

  assert_version_1 (file);
}

static void
test_version_2 (void)
{
  g_autoptr(RecipeFile) file = load_golden ("version-2.perz");

  assert_version_2 (file);
}

static void
run_python (const char *first,
            const char *second,
            const char *third)
{
  g_autofree char *python = g_find_program_in_path ("python3");
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "golden", "make-perz.py", NULL);
  const char *argv[] = { python, script, first, second, third, NULL };
  g_autofree char *complaint = NULL;
  g_autoptr(GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, &complaint, &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("make-perz.py: %s", complaint);
}

typedef struct
{
  char *folder;
  char *path;       /* of a file to be written */
  char *again;      /* and of another */
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->folder = g_dir_make_tmp ("perzeptron-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "net.perz", NULL);
  f->again = g_build_filename (f->folder, "again.perz", NULL);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  g_unlink (f->path);
  g_unlink (f->again);
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->folder);
  g_free (f->path);
  g_free (f->again);
}

static gboolean
has_python (void)
{
  g_autofree char *python = g_find_program_in_path ("python3");

  if (python == NULL)
    g_test_skip ("python3 is not installed");

  return python != NULL;
}

static void
assert_same_bytes (const char *golden_name,
                   const char *path)
{
  g_autofree char *golden = g_test_build_filename (G_TEST_DIST, "golden", golden_name, NULL);
  g_autofree char *kept = NULL;
  g_autofree char *made = NULL;
  gsize n_kept, n_made;

  g_assert_true (g_file_get_contents (golden, &kept, &n_kept, NULL));
  g_assert_true (g_file_get_contents (path, &made, &n_made, NULL));
  g_assert_cmpmem (kept, n_kept, made, n_made);
}

/* What another program, made after the description only, reads and writes. */
static void
test_python (Fixture      *f,
             gconstpointer data)
{
  g_autoptr(RecipeFile) file = load_golden ("version-1.perz");
  g_autoptr(GError) error = NULL;

  if (!has_python ())
    return;

  g_assert_true (recipe_file_save (file, f->path, &error));
  g_assert_no_error (error);
  run_python ("--check", f->path, NULL);

  run_python ("1", f->path, NULL);
  assert_same_bytes ("version-1.perz", f->path);
  run_python ("2", f->path, NULL);
  assert_same_bytes ("version-2.perz", f->path);
}

/* Another program sorts the tensors and the metadata, and adds to them. */
static void
check_rewritten (Fixture    *f,
                 const char *golden_name,
                 void (     *check ) (const RecipeFile *file))
{
  g_autoptr(RecipeFile) again = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(RecipeFile) file = load_golden (golden_name);
  g_autofree char *bytes = NULL;
  gsize n_bytes;

  /* Of a file that this program wrote. */
  g_assert_true (recipe_file_save (file, f->path, &error));
  run_python ("--rewrite", f->path, f->again);
  again = recipe_file_load (f->again, &error);
  g_assert_no_error (error);
  check (again);

  /* It is checked still: the last byte belongs to a tensor. */
  g_assert_true (g_file_get_contents (f->again, &bytes, &n_bytes, NULL));
  bytes[n_bytes - 1] ^= 1;
  g_assert_true (g_file_set_contents (f->again, bytes, (gssize) n_bytes, NULL));
  g_assert_null (recipe_file_load (f->again, &error));
  g_assert_nonnull (strstr (error->message, "checksum"));
}

static void
test_rewritten (Fixture      *f,
                gconstpointer data)
{
  if (!has_python ())
    return;

  check_rewritten (f, "version-1.perz", assert_version_1);
  check_rewritten (f, "version-2.perz", assert_version_2);
}

/* Of one that the program wrote when it wrote version 1: the tensors in the network's order. */
static void
test_rewritten_version_1 (Fixture      *f,
                          gconstpointer data)
{
  g_autofree char *golden = g_test_build_filename (G_TEST_DIST, "golden", "written-1.perz", NULL);
  g_autoptr(RecipeFile) file = load_golden ("written-1.perz");
  g_autoptr(RecipeFile) again = NULL;
  g_autoptr(GError) error = NULL;

  if (!has_python ())
    return;

  assert_version_1 (file);
  run_python ("--rewrite", golden, f->path);
  again = recipe_file_load (f->path, &error);
  g_assert_no_error (error);
  assert_version_1 (again);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/recipe-golden/version-1", test_version_1);
  g_test_add_func ("/recipe-golden/version-2", test_version_2);
  ADD ("/recipe-golden/python", test_python);
  ADD ("/recipe-golden/rewritten", test_rewritten);
  ADD ("/recipe-golden/rewritten-version-1", test_rewritten_version_1);

  return g_test_run ();
}
