/* test-molecule-set.c: molecules as samples, and how they are divided.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/net/mlp-split.h"
#include "datasets/ds-molecule-set.h"
#include "datasets/ds-open.h"
#include "datasets/ds-split.h"
#include "molecules/features/mol-features.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-open.h"
#include "test-util.h"

#define SOURCE "builtin:molecules"
#define N 1808

static DsSet *
open_set (const char *features,
          const char *targets,
          MolUnit     unit)
{
  const DsTask task = { (char *) features, (char *) targets, unit, FALSE };
  g_autoptr(GError) error = NULL;
  DsSet *set = ds_open_full (SOURCE, &task, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  return set;
}

/* Sample i is molecule i: its feature, its values, in the unit that was asked for. */
static void
test_samples (void)
{
  g_autoptr(DsSet) set = open_set ("composition", "mu,gap", MOL_UNIT_EV);
  const MolFeature *feature = mol_features_find ("composition", NULL);

  g_assert_cmpuint (mlp_samples_get_n (set->samples), ==, N);
  g_assert_cmpuint (mlp_samples_get_n_inputs (set->samples), ==, feature->length);
  g_assert_cmpuint (mlp_samples_get_n_outputs (set->samples), ==, 2);
  g_assert_false (mlp_samples_has_classes (set->samples));
  g_assert_cmpstr (set->class_names[0], ==, "mu");
  g_assert_cmpstr (set->class_names[1], ==, "gap");
  g_assert_cmpuint (set->report->n_unreadable, ==, 0);

  for (guint32 i = 0; i < N; i += 97)
    {
      MolMolecule molecule;
      g_autofree float *x = g_new (float, feature->length);
      float y[2];
      guint n_heavy = 0;

      mol_collection_get (set->molecules, i, &molecule);
      mlp_samples_get_batch (set->samples, &i, 1, x, y);

      for (guint a = 0; a < molecule.n_atoms; a++)
        n_heavy += molecule.z[a] > 1;

      /* H C N O F */
      g_assert_cmpfloat (x[1] + x[2] + x[3] + x[4], ==, (float) n_heavy);
      g_assert_cmpfloat (x[0], ==, (float) (molecule.n_atoms - n_heavy));
      assert_close ((double) y[0], molecule.properties[MOL_MU], 1e-6);
      assert_close ((double) y[1], molecule.properties[MOL_GAP] * 27.211386245988, 1e-6);
    }
}

static void
test_identity (void)
{
  g_autoptr(DsSet) a = open_set ("composition", "gap", MOL_UNIT_EV);
  g_autoptr(DsSet) b = open_set ("composition", "gap", MOL_UNIT_EV);
  g_autoptr(DsSet) unit = open_set ("composition", "gap", MOL_UNIT_MEV);
  g_autoptr(DsSet) target = open_set ("composition", "mu", MOL_UNIT_EV);
  g_autoptr(DsSet) features = open_set ("coulomb-eigenvalues-25", "gap", MOL_UNIT_EV);

  g_assert_cmpstr (a->identity, ==, b->identity);
  g_assert_cmpstr (a->identity, !=, unit->identity);
  g_assert_cmpstr (a->identity, !=, target->identity);
  g_assert_cmpstr (a->identity, !=, features->identity);
}

/* What was asked for but is not in the files: a sentence, no samples. */
static void
test_no_target (void)
{
  const DsTask task = { (char *) "composition", (char *) "gap,g-atomisation", MOL_UNIT_EV, FALSE };
  const DsTask unknown = { (char *) "fingerprints", (char *) "gap", MOL_UNIT_EV, FALSE };
  g_autoptr(GError) error = NULL;

  g_assert_null (ds_open_full (SOURCE, &task, NULL, NULL, NULL, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "g-atomisation"));
  g_clear_error (&error);

  g_assert_null (ds_open_full (SOURCE, &unknown, NULL, NULL, NULL, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "coulomb-matrix"));
}

static gboolean
cancel (double   fraction,
        gpointer user_data)
{
  double *last = user_data;

  g_assert_cmpfloat (fraction, >=, *last);
  g_assert_cmpfloat (fraction, <=, 1.0);
  *last = fraction;

  return fraction < 0.5;
}

static void
test_cancel (void)
{
  const DsTask task = { (char *) "composition", (char *) "gap", MOL_UNIT_EV, FALSE };
  g_autoptr(GError) error = NULL;
  double last = 0.0;

  g_assert_null (ds_open_full (SOURCE, &task, NULL, cancel, &last, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_CANCELLED);
}

/* With a cache: the same samples, computed once. A file that is damaged is as
 * none. */
static void
test_cache (void)
{
  const DsTask task = { (char *) "coulomb-eigenvalues-25", (char *) "gap", MOL_UNIT_EV, FALSE };
  g_autofree char *folder = g_dir_make_tmp ("perzeptron-XXXXXX", NULL);
  g_autoptr(DsSet) plain = open_set (task.features, task.targets, task.unit);
  g_autoptr(GError) error = NULL;

  for (guint round = 0; round < 3; round++)
    {
      g_autoptr(DsSet) set = ds_open_full (SOURCE, &task, folder, NULL, NULL, &error);
      g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
      const char *name;
      guint n_files = 0;

      g_assert_no_error (error);
      g_assert_cmpstr (set->identity, ==, plain->identity);

      for (guint32 i = 0; i < N; i += 17)
        {
          float x[2][25], y[2];

          mlp_samples_get_batch (plain->samples, &i, 1, x[0], &y[0]);
          mlp_samples_get_batch (set->samples, &i, 1, x[1], &y[1]);
          g_assert_cmpmem (x[0], sizeof x[0], x[1], sizeof x[1]);
          g_assert_cmpfloat (y[0], ==, y[1]);
        }

      /* After the second round: one bit of the features turned round. */
      while ((name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *path = g_build_filename (folder, name, NULL);
          g_autofree char *content = NULL;
          gsize length;

          n_files += strstr (name, "features") != NULL;
          if (round != 1 || strstr (name, "features") == NULL)
            continue;

          g_assert_true (g_file_get_contents (path, &content, &length, NULL));
          content[length - 5] ^= 0x40;
          g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));
        }

      g_assert_cmpuint (n_files, ==, 1);
    }

  {
    g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name (dir)) != NULL)
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        g_assert_cmpint (g_unlink (path), ==, 0);
      }

    g_assert_cmpint (g_rmdir (folder), ==, 0);
  }
}

static MlpSplit *
split_set (const DsSet          *set,
           const DsSplitOptions *options)
{
  g_autoptr(GError) error = NULL;
  MlpSplit *split = ds_split_make (set, options, &error);

  g_assert_no_error (error);

  return split;
}

static gsize
count (const MlpSplit *split,
       MlpPart         part)
{
  gsize n;

  mlp_split_peek (split, part, &n);

  return n;
}

/* Each sample in one part, once. */
static void
assert_parts (const MlpSplit *split,
              gsize           n_train,
              gsize           n_validation,
              gsize           n_test)
{
  g_autofree guint8 *seen = g_new0 (guint8, N);

  g_assert_cmpuint (count (split, MLP_TRAIN), ==, n_train);
  g_assert_cmpuint (count (split, MLP_VALIDATION), ==, n_validation);
  g_assert_cmpuint (count (split, MLP_TEST), ==, n_test);

  for (guint p = 0; p < MLP_N_PARTS; p++)
    {
      gsize n;
      const guint32 *items = mlp_split_peek (split, (MlpPart) p, &n);

      for (gsize i = 0; i < n; i++)
        {
          g_assert_cmpuint (items[i], <, N);
          g_assert_false (seen[items[i]]++);
        }
    }
}

static void
assert_same_part (const MlpSplit *a,
                  const MlpSplit *b,
                  MlpPart         part,
                  gboolean        same)
{
  gsize n, n_b;
  const guint32 *items_a = mlp_split_peek (a, part, &n);
  const guint32 *items_b = mlp_split_peek (b, part, &n_b);

  g_assert_cmpuint (n, ==, n_b);
  g_assert_cmpint (memcmp (items_a, items_b, n * sizeof *items_a) == 0, ==, same);
}

static void
test_split (void)
{
  g_autoptr(DsSet) set = open_set ("composition", "gap", MOL_UNIT_EV);
  DsSplitOptions options = DS_SPLIT_OPTIONS_DEFAULT;
  g_autoptr(MlpSplit) usual = split_set (set, &options);
  g_autoptr(MlpSplit) limited = NULL;
  g_autoptr(MlpSplit) other_seed = NULL;
  g_autoptr(MlpSplit) shares = NULL;
  g_autoptr(MlpSplit) counts = NULL;
  g_autoptr(GError) error = NULL;

  assert_parts (usual, N - 2 * 180, 180, 180);

  /* Fewer train; those that judge stay who they are. */
  options.limit = 100;
  limited = split_set (set, &options);
  assert_parts (limited, 100, 180, 180);
  assert_same_part (usual, limited, MLP_TEST, TRUE);
  assert_same_part (usual, limited, MLP_VALIDATION, TRUE);

  options.seed = 2;
  other_seed = split_set (set, &options);
  assert_same_part (limited, other_seed, MLP_TEST, FALSE);

  options = (DsSplitOptions) DS_SPLIT_OPTIONS_DEFAULT;
  options.test_share = 0.25f;
  options.validation_share = 0.125f;
  shares = split_set (set, &options);
  assert_parts (shares, 1130, 226, 452);

  options = (DsSplitOptions) DS_SPLIT_OPTIONS_DEFAULT;
  options.n_test = 1000;
  options.n_validation = 0;
  counts = split_set (set, &options);
  assert_parts (counts, 808, 0, 1000);

  options.n_validation = 808;
  g_assert_null (ds_split_make (set, &options, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
  g_clear_error (&error);

  options.n_test = 5000;
  g_assert_null (ds_split_make (set, &options, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/datasets/molecule-set/samples", test_samples);
  g_test_add_func ("/datasets/molecule-set/identity", test_identity);
  g_test_add_func ("/datasets/molecule-set/no-target", test_no_target);
  g_test_add_func ("/datasets/molecule-set/cancel", test_cancel);
  g_test_add_func ("/datasets/molecule-set/cache", test_cache);
  g_test_add_func ("/datasets/molecule-set/split", test_split);

  return g_test_run ();
}
