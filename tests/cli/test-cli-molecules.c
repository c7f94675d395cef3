/* test-cli-molecules.c: trains on molecules, evaluates, asks about one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "cli-util.h"
#include "core/mlp-fit.h"
#include "datasets/ds-qm9.h"
#include "test-util.h"

static const char methane[] =
  "5\n"
  "methane\n"
  "C 0.0 0.0 0.0\n"
  "H 0.629 0.629 0.629\n"
  "H -0.629 -0.629 0.629\n"
  "H -0.629 0.629 -0.629\n"
  "H 0.629 -0.629 -0.629\n";

/* The log's last line is what the network's file says when it is asked again. */
static void
test_train (Cli          *cli,
            gconstpointer data)
{
  g_autoptr(GPtrArray) log = NULL;
  g_autoptr(JsonObject) evaluated = NULL;
  g_autoptr(RecipeFile) file = NULL;
  JsonObject *result, *target;
  double mae = 0.0;

  g_assert_cmpint (cli_call (cli, "train builtin:molecules --features composition --target mu,gap --unit meV "
                             "--hidden 8:tanh --epochs 3 --validation 100 --test-size 0.25 "
                             "--out net.perz --log run.jsonl --test"), ==, 0);

  log = cli_read_log (cli, "run.jsonl");
  g_assert_cmpuint (log->len, ==, 4);
  result = g_ptr_array_index (log, 3);
  g_assert_cmpstr (json_object_get_string_member (result, "unit"), ==, "D");
  g_assert_cmpint (json_object_get_int_member (result, "n_train"), ==, 1808 - 100 - 452);
  g_assert_cmpint (json_object_get_int_member (result, "n_test"), ==, 452);

  /* Of one epoch: both targets' mean, in their units. */
  target = json_object_get_object_member (result, "validation");
  mae = json_object_get_double_member (json_object_get_object_member (target, "mu"), "mae") +
        json_object_get_double_member (json_object_get_object_member (target, "gap"), "mae");
  assert_close (json_object_get_double_member (g_ptr_array_index (log, 2), "validation_mae"), 0.5 * mae, 1e-5);

  g_assert_cmpint (cli_call (cli, "evaluate net.perz builtin:molecules --json"), ==, 0);
  evaluated = cli_read_json (cli);
  target = json_object_get_object_member (json_object_get_object_member (evaluated, "targets"), "mu");
  assert_close (json_object_get_double_member (target, "mae"),
                json_object_get_double_member (result, "test_mae"), 1e-6);
  g_assert_cmpint (json_object_get_int_member (target, "samples"), ==, 452);

  file = cli_load (cli, "net.perz");
  g_assert_nonnull (mlp_net_peek_scaler (file->net));
  g_assert_cmpstr (file->data.task->targets, ==, "mu,gap");
}

/* The first @n of the built-in molecules, a file each. */
static void
write_folder (Cli  *cli,
              gsize n)
{
  g_autofree char *folder = cli_path (cli, "xyz");
  g_autoptr(DsSet) set = ds_set_open ("builtin:molecules", NULL, NULL, NULL);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autofree char *name = g_strdup_printf ("%03" G_GSIZE_FORMAT ".xyz", i);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      DsMolecule molecule;

      ds_molecules_get (set->molecules, i, &molecule);
      g_string_printf (text, "%u\ngdb %" G_GSIZE_FORMAT, molecule.n_atoms, i + 1);
      for (int p = 0; p < DS_N_PROPERTIES; p++)
        g_string_append_printf (text, "\t%.8f", isnan (molecule.properties[p]) ? 0.0 : molecule.properties[p]);
      g_string_append (text, "\n");

      for (guint a = 0; a < molecule.n_atoms; a++)
        g_string_append_printf (text, "%s\t%.6f\t%.6f\t%.6f\t0.0\n",
                                ds_element_get_symbol ((guint) ds_element_from_number (molecule.z[a])),
                                (double) molecule.xyz[3 * a], (double) molecule.xyz[3 * a + 1],
                                (double) molecule.xyz[3 * a + 2]);
      g_string_append_printf (text, "100.0\n%s\t%s\nInChI=1S/x\tInChI=1S/x\n", molecule.smiles, molecule.smiles);
      g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
    }
}

/* One file less, and the same seed divides the others otherwise: but what was trained on is no
 * test. */
static void
test_one_removed (Cli          *cli,
                  gconstpointer data)
{
  g_autofree char *removed = cli_path (cli, "xyz/000.xyz");
  g_autoptr(RecipeFile) file = NULL;
  g_autoptr(DsSet) whole = NULL;
  g_autoptr(MlpSplit) split = NULL;
  g_autoptr(JsonObject) before = NULL;
  g_autoptr(JsonObject) after = NULL;
  g_autofree char *folder = cli_path (cli, "xyz");
  const guint32 *items;
  gboolean was_test = FALSE;
  gsize n;

  write_folder (cli, 200);
  g_assert_cmpint (cli_call (cli, "train xyz --features composition --target mu --hidden 8:tanh --epochs 40 --out net.perz"), ==, 0);
  g_assert_cmpint (cli_call (cli, "evaluate net.perz xyz --json"), ==, 0);
  before = cli_read_json (cli);
  g_assert_cmpstr (json_object_get_string_member (before, "parts_by"), ==, "run");
  g_assert_cmpint (json_object_get_int_member (before, "left_out_trained_on"), ==, 0);

  file = cli_load (cli, "net.perz");
  whole = ds_set_open_full (folder, file->data.task, NULL, NULL, NULL, NULL);
  split = ds_set_split (whole, &file->recipe->split, NULL);
  items = mlp_split_peek (split, MLP_TEST, &n);
  for (gsize i = 0; i < n; i++)
    was_test |= items[i] == 0;
  g_assert_false (was_test);

  g_assert_cmpint (g_remove (removed), ==, 0);
  g_assert_cmpint (cli_call (cli, "evaluate net.perz xyz --json"), ==, 0);
  after = cli_read_json (cli);
  g_assert_cmpstr (json_object_get_string_member (after, "parts_by"), ==, "sample");
  g_assert_cmpint (json_object_get_int_member (after, "samples"), ==, json_object_get_int_member (before, "samples"));
  g_assert_cmpint (json_object_get_int_member (after, "left_out_trained_on") +
                   json_object_get_int_member (after, "left_out_validated_on"), ==,
                   199 - json_object_get_int_member (after, "samples"));
  assert_close (json_object_get_double_member (after, "mae"), json_object_get_double_member (before, "mae"), 1e-6);

  g_assert_cmpint (cli_call (cli, "evaluate net.perz xyz"), ==, 0);
  g_assert_nonnull (strstr (cli->out, "are left out of the test: the network was trained on "));

  g_assert_cmpint (cli_call (cli, "info net.perz"), ==, 0);
  g_assert_nonnull (strstr (cli->out, "160 samples to train, 20 to validate"));
}

/* The network's answer for methane, computed here from its file. */
static void
test_predict (Cli          *cli,
              gconstpointer data)
{
  g_autofree char *path = cli_path (cli, "methane.xyz");
  g_autofree char *wrong = cli_path (cli, "silane.xyz");
  g_autoptr(RecipeFile) file = NULL;
  g_autoptr(JsonObject) answer = NULL;
  g_autoptr(MlpSamples) samples = NULL;
  static const guint32 item = 0;
  float *x = g_new0 (float, 5);
  float h;

  g_assert_true (g_file_set_contents (path, methane, -1, NULL));
  g_assert_true (g_file_set_contents (wrong, "2\nsilicon\nSi 0 0 0\nH 0 0 1.5\n", -1, NULL));
  g_assert_cmpint (cli_call (cli, "train builtin:molecules --features composition --target gap "
                             "--hidden none --epochs 2 --out net.perz"), ==, 0);

  file = cli_load (cli, "net.perz");
  x[0] = 4.0f;
  x[1] = 1.0f;
  samples = mlp_samples_new_values (x, g_new0 (float, 1), 5, 1, 1);
  g_assert_true (mlp_predict (file->net, samples, &item, 1, 1, &h, NULL));

  g_assert_cmpint (cli_call (cli, "predict net.perz methane.xyz --json"), ==, 0);
  answer = cli_read_json (cli);
  g_assert_cmpstr (json_object_get_string_member (answer, "formula"), ==, "CH4");
  g_assert_cmpstr (json_object_get_string_member (answer, "unit"), ==, "eV");
  assert_close (json_object_get_double_member (json_object_get_object_member (answer, "predictions"), "gap"),
                (double) h, 1e-6);

  g_assert_cmpint (cli_call (cli, "predict net.perz methane.xyz silane.xyz"), ==, 1);
  g_assert_nonnull (strstr (cli->out, "CH4: gap "));
  g_assert_nonnull (strstr (cli->err, "silane.xyz"));
  g_assert_nonnull (strstr (cli->err, "Si"));
}

static void
test_course (Cli          *cli,
             gconstpointer data)
{
  g_autoptr(RecipeFile) file = NULL;

  g_assert_cmpint (cli_call (cli, "train builtin:molecules --preset course-qm9 --epochs 2 --out net.perz"), ==, 0);
  g_assert_nonnull (strstr (cli->out, "25-12-6-1"));
  g_assert_nonnull (strstr (cli->out, "1,446 samples train, 0 validate"));

  file = cli_load (cli, "net.perz");
  g_assert_cmpint (mlp_net_get_activation (file->net, 1), ==, MLP_SIGMOID);
  g_assert_cmpint (mlp_net_get_activation (file->net, 3), ==, MLP_IDENTITY);
  g_assert_cmpuint (file->recipe->training.batch_size, ==, 50);
  g_assert_cmpint (cli_call (cli, "info net.perz"), ==, 0);
  g_assert_nonnull (strstr (cli->out, "gap (eV) from coulomb-eigenvalues-25"));
}

static void
test_usage (Cli          *cli,
            gconstpointer data)
{
  static const struct
  {
    const char *arguments;
    int         status;
    const char *message;
  } cases[] = {
    { "--features fingerprint", 2, "bag-of-bonds" },
    { "--target band", 2, "u0-atomisation" },
    { "--unit erg", 2, "kcal/mol" },
    { "--test-size 1.5", 2, "between 0 and 1" },
    { "--test-size 1700 --validation 200", 2, "none is left to train with" },
    { "--loss cross-entropy", 2, "softmax" },
    { "--target g-atomisation", 2, "g-atomisation" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (cli_call (cli, "train builtin:molecules --features composition %s", cases[i].arguments),
                       ==, cases[i].status);
      if (strstr (cli->err, cases[i].message) == NULL)
        g_error ("%s: %s", cases[i].arguments, cli->err);
    }
}

int
main (int   argc,
      char *argv[])
{
  cli_test_init (&argc, argv);

  CLI_ADD ("/cli/molecules/one-removed", test_one_removed);
  CLI_ADD ("/cli/molecules/train", test_train);
  CLI_ADD ("/cli/molecules/predict", test_predict);
  CLI_ADD ("/cli/molecules/course", test_course);
  CLI_ADD ("/cli/molecules/usage", test_usage);

  return g_test_run ();
}
