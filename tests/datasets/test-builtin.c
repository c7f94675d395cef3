/* test-builtin.c: the digits that ship inside the program.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/net/mlp-metrics.h"
#include "core/net/mlp-novelty.h"
#include "core/net/mlp-split.h"
#include "core/train/mlp-train.h"
#include "datasets/ds-european.h"
#include "datasets/ds-extra-samples.h"
#include "datasets/ds-open.h"
#include "datasets/ds-set.h"
#include "datasets/ds-split.h"
#include "test-util.h"

/* Changes when data/samples does, and with it what every run on them gives. */
#define IDENTITY "sha256:294597ddc822f265ac7f01b4d48dd520cf918a2003c012bea34caac1604478ed"

/* (nullable): make-digits */
static const char *maker;

static DsSet *
open_set (const char *source)
{
  g_autoptr(GError) error = NULL;
  DsSet *set = ds_open (source, NULL, NULL, &error);

  g_assert_no_error (error);

  return set;
}

static void
test_counts (void)
{
  g_autoptr(DsSet) set = open_set ("builtin:digits");

  g_assert_cmpstr (set->name, ==, "Built-in digits");
  g_assert_cmpstr (set->source, ==, "builtin:digits");
  g_assert_cmpstr (set->identity, ==, IDENTITY);
  g_assert_cmpuint (set->n_train, ==, 16000);
  g_assert_cmpuint (set->n_validation, ==, 2000);
  g_assert_cmpuint (set->n_test, ==, 2000);
  g_assert_cmpuint (mlp_samples_get_n (set->samples), ==, 20000);
  g_assert_cmpuint (mlp_samples_get_n_inputs (set->samples), ==, 784);
  g_assert_cmpuint (mlp_samples_get_n_outputs (set->samples), ==, 10);
  g_assert_cmpuint (set->rows, ==, 28);
  g_assert_cmpuint (set->columns, ==, 28);
  g_assert_cmpuint (g_strv_length (set->class_names), ==, 10);
  g_assert_cmpstr (set->class_names[7], ==, "7");
}

static void
test_balance (void)
{
  g_autoptr(DsSet) set = open_set ("builtin:digits");
  const DsSplitOptions options = DS_SPLIT_OPTIONS_DEFAULT;
  g_autoptr(MlpSplit) split = ds_split_make (set, &options, NULL);
  static const guint expected[MLP_N_PARTS] = { 1600, 200, 200 };

  for (MlpPart part = MLP_TRAIN; part <= MLP_TEST; part++)
    {
      gsize n;
      const guint32 *items = mlp_split_peek (split, part, &n);
      guint counts[10] = { 0 };

      for (gsize i = 0; i < n; i++)
        counts[mlp_samples_get_class (set->samples, items[i])]++;
      for (gsize c = 0; c < 10; c++)
        g_assert_cmpuint (counts[c], ==, expected[part]);
    }
}

/* No picture is empty, and none is there twice. */
static void
test_pictures (void)
{
  g_autoptr(DsSet) set = open_set ("builtin:digits");
  g_autoptr(GHashTable) seen = g_hash_table_new (g_bytes_hash, g_bytes_equal);
  g_autoptr(GPtrArray) pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  double sum = 0.0;

  for (gsize i = 0; i < mlp_samples_get_n (set->samples); i++)
    {
      const guint8 *x = mlp_samples_peek_bytes (set->samples, i);
      GBytes *picture = g_bytes_new_static (x, 784);
      guint ink = 0;

      g_ptr_array_add (pictures, picture);
      g_assert_true (g_hash_table_add (seen, picture));
      for (gsize k = 0; k < 784; k++)
        ink += x[k];
      g_assert_cmpuint (ink, >, 20 * 255);
      sum += ink;
    }

  /* MNIST has 0.1307. */
  assert_close (sum / (255.0 * 784.0 * 20000.0), 0.1307, 0.01);
}

/* The files it was made of, as a folder. */
static void
test_folder (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "data", "samples", NULL);
  g_autoptr(DsSet) set = open_set (folder);

  g_assert_cmpstr (set->identity, ==, IDENTITY);
  g_assert_cmpuint (set->n_train, ==, 18000);
}

static void
test_unknown (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (ds_open ("builtin:letters", NULL, NULL, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_OPEN);
  g_assert_nonnull (strstr (error->message, "“builtin:digits”"));
}

/* (transfer full): 784-128-10, after a few epochs. */
static MlpNet *
train (const DsSet    *set,
       const MlpSplit *split,
       guint64         seed)
{
  static const MlpLayer layers[] = { { 128, MLP_RELU }, { 10, MLP_SOFTMAX } };
  g_autoptr(GError) error = NULL;
  g_autoptr(MlpNet) net = mlp_net_new (784, layers, G_N_ELEMENTS (layers), &error);
  g_autoptr(MlpTraining) training = NULL;
  MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;
  MlpStopReason end;

  g_assert_no_error (error);
  mlp_net_init (net, MLP_INIT_HE, FALSE, seed);
  options.seed = seed;
  options.epochs = 5;
  options.threads = 1;
  training = mlp_training_new (net, set->samples, split, &options, &error);
  g_assert_no_error (error);
  g_assert_true (mlp_training_run (training, options.epochs, NULL, &end, &error));
  g_assert_no_error (error);

  return mlp_net_copy (mlp_training_peek_net (training));
}

static gsize
count_right (const MlpNet     *net,
             const MlpSamples *samples,
             const guint32    *items,
             gsize             n)
{
  g_autoptr(GError) error = NULL;
  MlpMetrics metrics;

  mlp_metrics_evaluate (net, samples, items, n, MLP_LOSS_CROSS_ENTROPY, NULL, &metrics, &error);
  g_assert_no_error (error);

  return (gsize) (metrics.accuracy * (double) n + 0.5);
}

/* The parts are from one distribution: a network is as good on the one as on the
 * other. */
static void
test_parts (void)
{
  g_autoptr(DsSet) set = open_set ("builtin:digits");
  const DsSplitOptions options = DS_SPLIT_OPTIONS_DEFAULT;
  g_autoptr(MlpSplit) split = ds_split_make (set, &options, NULL);
  double difference = 0.0;

  for (guint64 seed = 1; seed <= 2; seed++)
    {
      g_autoptr(MlpNet) net = train (set, split, seed);
      double low[MLP_N_PARTS], high[MLP_N_PARTS];

      for (MlpPart part = MLP_VALIDATION; part <= MLP_TEST; part++)
        {
          gsize n;
          const guint32 *items = mlp_split_peek (split, part, &n);
          const gsize n_right = count_right (net, set->samples, items, n);

          mlp_interval_wilson (n_right, n, &low[part], &high[part]);
          difference += (part == MLP_TEST ? 0.5 : -0.5) * (double) n_right / (double) n;
        }
      g_assert_cmpfloat (low[MLP_VALIDATION], <=, high[MLP_TEST]);
      g_assert_cmpfloat (low[MLP_TEST], <=, high[MLP_VALIDATION]);
    }

  g_assert_cmpfloat (fabs (difference), <=, 0.01);
}

/* Wherever the training file is cut, what is behind the cut has its European
 * hands. */
static void
test_hands (void)
{
  guint n_european = 0;

  for (gsize n = 1; n <= 1800; n++)
    {
      n_european += ds_european_is_hand (1800 - n);
      g_assert_cmpfloat (fabs (n_european - 0.4 * (double) n), <=, 1.0);
    }
}

/* (transfer full): the folder that make-digits has written to. */
static char *
make_digits (const char *option)
{
  g_autoptr(GError) error = NULL;
  char *folder = g_dir_make_tmp ("test-builtin-XXXXXX", &error);
  const char *argv[] = { maker, option != NULL ? option : folder, option != NULL ? folder : NULL, NULL };
  int status;

  g_assert_no_error (error);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));

  return folder;
}

static void
remove_folder (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_folder (path);
      else
        g_remove (path);
    }
  g_rmdir (folder);
}

/* The program that is said to have made them has. */
static void
test_maker (void)
{
  g_autofree char *folder = NULL;
  g_autoptr(DsSet) set = NULL;

  if (maker == NULL)
    {
      g_test_skip ("make-digits is not built");
      return;
    }

  folder = make_digits (NULL);
  set = open_set (folder);
  g_assert_cmpstr (set->identity, ==, IDENTITY);
  remove_folder (folder);
}

/* How many pictures are said to be unlike digits. */
static gsize
count_doubted (const MlpNet     *net,
               const MlpSamples *samples)
{
  const MlpNovelty *novelty = mlp_net_peek_novelty (net);
  gsize n_doubted = 0;

  g_assert_nonnull (novelty);
  for (gsize i = 0; i < mlp_samples_get_n (samples); i++)
    {
      const guint8 *bytes = mlp_samples_peek_bytes (samples, i);
      float x[784];

      for (gsize k = 0; k < 784; k++)
        x[k] = mlp_samples_get_scale (samples) * (float) bytes[k];
      n_doubted += mlp_novelty_score (novelty, x) > 1.0;
    }

  return n_doubted;
}

/* Each European form is recognised, where another hand has written it, and is not
 * taken for something else than a digit. */
static void
test_forms (void)
{
  g_autoptr(DsSet) set = open_set ("builtin:digits");
  const DsSplitOptions options = DS_SPLIT_OPTIONS_DEFAULT;
  g_autoptr(MlpSplit) split = ds_split_make (set, &options, NULL);
  g_autoptr(MlpNet) net = NULL;
  g_autofree char *folder = NULL;
  g_autoptr(GDir) dir = NULL;
  const char *name;
  guint n_forms = 0;

  if (maker == NULL)
    {
      g_test_skip ("make-digits is not built");
      return;
    }

  net = train (set, split, 1);
  folder = make_digits ("--forms-test");
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr(DsSet) form = open_set (path);
      const gsize n = mlp_samples_get_n (form->samples);
      const gboolean all = strcmp (name, "all") == 0;
      g_autoptr(DsSet) wide = ds_extra_samples_widen (form, 10, NULL);
      g_autofree guint32 *items = g_new (guint32, n);
      gsize n_right, n_doubted;

      for (gsize i = 0; i < n; i++)
        {
          items[i] = (guint32) i;
          if (!all)
            g_assert_cmpint (mlp_samples_get_class (form->samples, i), ==, g_ascii_digit_value (name[0]));
        }
      n_right = count_right (net, wide->samples, items, n);
      n_doubted = count_doubted (net, wide->samples);
      g_test_message ("%s: of %" G_GSIZE_FORMAT " right %" G_GSIZE_FORMAT ", doubted %" G_GSIZE_FORMAT,
                      name, n, n_right, n_doubted);
      g_assert_cmpuint (100 * n_doubted, <=, (all ? 4 : 10) * n);
      g_assert_cmpuint (100 * n_right, >=, (all ? 94 : 80) * n);
      n_forms += !all;
    }

  g_assert_cmpuint (n_forms, >=, 20);
  remove_folder (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  maker = argc > 1 ? argv[1] : NULL;

  g_test_add_func ("/datasets/builtin/counts", test_counts);
  g_test_add_func ("/datasets/builtin/balance", test_balance);
  g_test_add_func ("/datasets/builtin/pictures", test_pictures);
  g_test_add_func ("/datasets/builtin/folder", test_folder);
  g_test_add_func ("/datasets/builtin/unknown", test_unknown);
  g_test_add_func ("/datasets/builtin/parts", test_parts);
  g_test_add_func ("/datasets/builtin/hands", test_hands);
  g_test_add_func ("/datasets/builtin/maker", test_maker);
  g_test_add_func ("/datasets/builtin/forms", test_forms);

  return g_test_run ();
}
