/* test-cli-molecules.c: trains on molecules, evaluates, asks about one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "cli-util.h"
#include "core/net/mlp-regression-metrics.h"
#include "core/net/mlp-split.h"
#include "datasets/ds-open.h"
#include "datasets/ds-split.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-element.h"
#include "molecules/mol-open.h"
#include "test-util.h"

static const char methane[] =
  "5\n"
  "methane\n"
  "C 0.0 0.0 0.0\n"
  "H 0.629 0.629 0.629\n"
  "H -0.629 -0.629 0.629\n"
  "H -0.629 0.629 -0.629\n"
  "H 0.629 -0.629 -0.629\n";

static void
assert_no_number (JsonObject *object,
                  const char *name)
{
  g_assert_true (!json_object_has_member (object, name) || json_object_get_null_member (object, name));
}

/* Each target's own, and none of all. */
static void
assert_two_units (JsonObject *object)
{
  JsonObject *units = json_object_get_object_member (object, "units");

  g_assert_cmpstr (json_object_get_string_member (units, "mu"), ==, "D");
  g_assert_cmpstr (json_object_get_string_member (units, "gap"), ==, "meV");
  g_assert_false (json_object_has_member (object, "unit"));
}

/* The log's last line is what the network's file says when it is asked again. */
static void
test_train (Cli          *cli,
            gconstpointer data)
{
  g_autofree char *path = cli_path (cli, "methane.xyz");
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
  assert_two_units (result);
  g_assert_cmpint (json_object_get_int_member (result, "n_train"), ==, 1808 - 100 - 452);
  g_assert_cmpint (json_object_get_int_member (result, "n_test"), ==, 452);

  /* Debye and meV have no mean: of an epoch there is the loss, of the run each target. */
  g_assert_false (json_object_has_member (result, "validation_mae"));
  g_assert_false (json_object_has_member (result, "test_mae"));
  g_assert_null (strstr (cli->out, "epoch   3/3  training") == NULL ? "epoch" : NULL);
  for (guint i = 0; i < 3; i++)
    {
      assert_no_number (g_ptr_array_index (log, i), "train_mae");
      assert_no_number (g_ptr_array_index (log, i), "validation_mae");
      g_assert_true (isfinite (json_object_get_double_member (g_ptr_array_index (log, i), "validation_loss")));
    }

  target = json_object_get_object_member (json_object_get_object_member (result, "test"), "mu");
  mae = json_object_get_double_member (target, "mae");
  g_assert_cmpstr (json_object_get_string_member (target, "unit"), ==, "D");

  g_assert_cmpint (cli_call (cli, "evaluate net.perz builtin:molecules --json"), ==, 0);
  evaluated = cli_read_json (cli);
  target = json_object_get_object_member (json_object_get_object_member (evaluated, "targets"), "mu");
  assert_close (json_object_get_double_member (target, "mae"), mae, 1e-6);
  g_assert_cmpint (json_object_get_int_member (target, "samples"), ==, 452);
  assert_two_units (evaluated);
  g_assert_false (json_object_has_member (evaluated, "mae") || json_object_has_member (evaluated, "rmse") ||
                  json_object_has_member (evaluated, "r2"));

  g_assert_cmpint (cli_call (cli, "info net.perz"), ==, 0);
  g_assert_nonnull (strstr (cli->out, "mu (D), gap (meV) from composition"));
  g_assert_null (strstr (cli->out, "MAE"));
  g_assert_cmpint (cli_call (cli, "info net.perz --json"), ==, 0);
  g_clear_pointer (&evaluated, json_object_unref);
  evaluated = cli_read_json (cli);
  assert_two_units (evaluated);
  g_assert_true (g_file_set_contents (path, methane, -1, NULL));
  g_assert_cmpint (cli_call (cli, "predict net.perz methane.xyz --json"), ==, 0);
  g_clear_pointer (&evaluated, json_object_unref);
  evaluated = cli_read_json (cli);
  assert_two_units (evaluated);

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
  g_autoptr(DsSet) set = ds_open ("builtin:molecules", NULL, NULL, NULL);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autofree char *name = g_strdup_printf ("%03" G_GSIZE_FORMAT ".xyz", i);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      MolMolecule molecule;

      mol_collection_get (set->molecules, i, &molecule);
      g_string_printf (text, "%u\ngdb %" G_GSIZE_FORMAT, molecule.n_atoms, i + 1);
      for (int p = 0; p < MOL_N_PROPERTIES; p++)
        g_string_append_printf (text, "\t%.8f", isnan (molecule.properties[p]) ? 0.0 : molecule.properties[p]);
      g_string_append (text, "\n");

      for (guint a = 0; a < molecule.n_atoms; a++)
        g_string_append_printf (text, "%s\t%.6f\t%.6f\t%.6f\t0.0\n",
                                mol_element_get_symbol ((guint) mol_element_from_number (molecule.z[a])),
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
  whole = ds_open_full (folder, file->data.task, NULL, NULL, NULL, NULL);
  split = ds_split_make (whole, &file->recipe->split, NULL);
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
  g_assert_nonnull (strstr (cli->out, "are excluded from the test: the network was trained on "));

  g_assert_cmpint (cli_call (cli, "info net.perz"), ==, 0);
  g_assert_nonnull (strstr (cli->out, "160 samples to train, 20 to validate"));
}

static void
write_carbon (const char *path)
{
  g_autoptr(GString) text = g_string_new ("20\ncarbon\n");

  for (guint i = 0; i < 20; i++)
    g_string_append_printf (text, "C %u 0 0\n", i + i / 2);

  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
}

/* The network's answer for methane, computed here from its file. */
static void
test_predict (Cli          *cli,
              gconstpointer data)
{
  g_autofree char *path = cli_path (cli, "methane.xyz");
  g_autofree char *wrong = cli_path (cli, "silane.xyz");
  g_autofree char *large = cli_path (cli, "large.xyz");
  g_autoptr(RecipeFile) file = NULL;
  g_autoptr(JsonObject) answer = NULL;
  g_autoptr(MlpSamples) samples = NULL;
  static const guint32 item = 0;
  float *x = g_new0 (float, 5);
  float h;

  g_assert_true (g_file_set_contents (path, methane, -1, NULL));
  g_assert_true (g_file_set_contents (wrong, "2\nsilicon\nSi 0 0 0\nH 0 0 1.5\n", -1, NULL));
  g_assert_cmpint (cli_call (cli, "train builtin:molecules --features composition --target gap "
                             "--hidden none --linear-path --epochs 2 --out net.perz"), ==, 0);

  file = cli_load (cli, "net.perz");
  x[0] = 4.0f;
  x[1] = 1.0f;
  samples = mlp_samples_new_values (x, g_new0 (float, 1), 5, 1, 1);
  g_assert_true (mlp_regression_metrics_predict (file->net, samples, &item, 1, 1, &h, NULL, NULL));

  g_assert_cmpint (cli_call (cli, "predict net.perz methane.xyz --json"), ==, 0);
  answer = cli_read_json (cli);
  g_assert_cmpstr (json_object_get_string_member (answer, "formula"), ==, "CH4");
  g_assert_cmpstr (json_object_get_string_member (answer, "unit"), ==, "eV");
  assert_close (json_object_get_double_member (json_object_get_object_member (answer, "predictions"), "gap"),
                (double) h, 1e-6);

  g_assert_false (json_object_get_boolean_member (json_object_get_object_member (answer, "extrapolation"), "gap"));

  /* Twenty C: no molecule that trained has more than nine. */
  write_carbon (large);
  g_clear_pointer (&answer, json_object_unref);
  g_assert_cmpint (cli_call (cli, "predict net.perz large.xyz --json"), ==, 0);
  answer = cli_read_json (cli);
  g_assert_true (json_object_get_boolean_member (json_object_get_object_member (answer, "extrapolation"), "gap"));
  g_assert_cmpint (cli_call (cli, "predict net.perz large.xyz"), ==, 0);
  g_assert_nonnull (strstr (cli->out, "eV (extrapolation"));

  g_assert_cmpint (cli_call (cli, "predict net.perz methane.xyz silane.xyz"), ==, 1);
  g_assert_nonnull (strstr (cli->out, "CH4: gap "));
  g_assert_nonnull (strstr (cli->err, "silane.xyz"));
  g_assert_nonnull (strstr (cli->err, "Si"));
}

/* Writes a file in the test's folder. */
static void
write_text (Cli        *cli,
            const char *name,
            const char *text)
{
  g_autofree char *path = cli_path (cli, name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static JsonObject *
get_answer (GPtrArray *answers,
            guint      i)
{
  g_assert_cmpuint (i, <, answers->len);

  return g_ptr_array_index (answers, i);
}

/* Of three molecules in a folder, and of as many in a table, one cannot be read: the answers
 * of the others say whose they are, and the third is named. Their numbers tell nothing. */
static void
test_predict_members (Cli          *cli,
                      gconstpointer data)
{
  static const char table[] = "smiles;mol_id;gap\nO;gdb_9;0,1\nCx;gdb_7;0,2\n\nC;gdb_2;x\nN;gdb_2;\n";
  static const char *const formulas[] = { "H2O", "CH4", "H3N" };
  static const int rows[] = { 1, 3, 4 };
  static const int lines[] = { 2, 5, 6 };
  g_autofree char *folder = cli_path (cli, "some");
  g_autoptr(GPtrArray) answers = NULL;
  g_autoptr(GPtrArray) in_table = NULL;

  g_assert_cmpint (cli_call (cli, "train builtin:molecules --features composition --target gap "
                             "--hidden none --epochs 1 --out net.perz"), ==, 0);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  write_text (cli, "some/c.xyz", methane);
  write_text (cli, "some/a.xyz", "3\n\nO 0 0 0\nH 0 0 1\nH 0 1 0\n");
  write_text (cli, "some/b.xyz", "2\nsilicon\nSi 0 0 0\nH 0 0 1.5\n");

  g_assert_cmpint (cli_call (cli, "predict net.perz some --json"), ==, 1);
  answers = cli_read_lines (cli);
  g_assert_cmpuint (answers->len, ==, 2);
  g_assert_cmpstr (json_object_get_string_member (get_answer (answers, 0), "member"), ==, "a.xyz");
  g_assert_cmpstr (json_object_get_string_member (get_answer (answers, 0), "formula"), ==, "H2O");
  g_assert_cmpstr (json_object_get_string_member (get_answer (answers, 1), "member"), ==, "c.xyz");
  g_assert_cmpstr (json_object_get_string_member (get_answer (answers, 1), "formula"), ==, "CH4");
  g_assert_nonnull (strstr (cli->err, "“some”: 1 of 3 could not be read"));
  g_assert_nonnull (strstr (cli->err, "b.xyz, line 3: expected an atom of one of the elements"));
  g_assert_null (strstr (cli->err, "a.xyz"));

  g_assert_cmpint (cli_call (cli, "predict net.perz some"), ==, 1);
  g_assert_nonnull (strstr (cli->out, "some: a.xyz: H2O: gap "));

  write_text (cli, "table.csv", table);
  g_assert_cmpint (cli_call (cli, "predict net.perz table.csv --json"), ==, 1);
  in_table = cli_read_lines (cli);
  g_assert_cmpuint (in_table->len, ==, 3);
  for (guint i = 0; i < in_table->len; i++)
    {
      g_assert_cmpstr (json_object_get_string_member (get_answer (in_table, i), "formula"), ==, formulas[i]);
      g_assert_cmpint (json_object_get_int_member (get_answer (in_table, i), "row"), ==, rows[i]);
      g_assert_cmpint (json_object_get_int_member (get_answer (in_table, i), "line"), ==, lines[i]);
    }
  g_assert_nonnull (strstr (cli->err, "table.csv, line 3: the SMILES string “Cx” is invalid"));

  g_assert_cmpint (cli_call (cli, "predict net.perz table.csv"), ==, 1);
  g_assert_nonnull (strstr (cli->out, "table.csv, row 4: H3N (gdb 2): gap "));
}

/* The molecules before the damage are answered, and the damage is named. */
static void
test_predict_cut_off (Cli          *cli,
                      gconstpointer data)
{
  g_autofree char *path = cli_path (cli, "some.tar");
  g_autofree char *member = cli_path (cli, "m.xyz");
  g_autofree char *bytes = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *out = NULL;
  g_autofree char *command = NULL;
  gsize n;
  int status;

  g_assert_cmpint (cli_call (cli, "train builtin:molecules --features composition --target gap "
                             "--hidden none --epochs 1 --out net.perz"), ==, 0);
  write_text (cli, "m.xyz", methane);
  write_text (cli, "n.xyz", methane);
  command = g_strdup_printf ("tar -C '%s' --format=ustar -cf '%s' m.xyz n.xyz", cli->folder, path);
  if (!g_spawn_command_line_sync (command, &out, NULL, &status, &error) || status != 0)
    {
      g_test_skip ("No tar");
      return;
    }
  g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
  g_assert_true (g_file_set_contents (path, bytes, 512 + 512 + 512 + 20, NULL));

  g_assert_cmpint (cli_call (cli, "predict net.perz some.tar"), ==, 1);
  g_assert_true (g_str_has_prefix (cli->out, "some.tar: m.xyz: CH4: gap "));
  /* The archive is named once. */
  g_assert_true (g_pattern_match_simple ("perzeptron-cli: “*some.tar” is truncated*", cli->err));
  g_assert_null (strstr (strstr (cli->err, "some.tar") + 1, "some.tar"));
}

/* Of twelve rows eight lack a value that nobody asked for, two the target: ten train, validate
 * and test. */
static void
test_missing (Cli          *cli,
              gconstpointer data)
{
  static const char *const nothing[] = { "", "NA", "nan", "NULL", "n/a", "None", "", "<NA>" };
  g_autoptr(GString) table = g_string_new ("smiles,gap,mu\n");
  g_autoptr(JsonObject) info = NULL;
  JsonArray *columns;

  for (guint i = 0; i < 12; i++)
    g_string_append_printf (table, "%.*s,%s,%s\n", (int) i % 4 + 1, "CCCC", i == 3 ? "" : i == 8 ? "NaN" : "0.25",
                            i < 8 ? nothing[i] : "1.5");
  write_text (cli, "table.csv", table->str);

  g_assert_cmpint (cli_call (cli, "train table.csv --features composition --target gap --hidden none --epochs 1 "
                             "--validation 2 --test-size 2 --out net.perz"), ==, 0);
  g_assert_nonnull (strstr (cli->out, "6 samples train"));
  g_assert_nonnull (strstr (cli->err, "2 molecules lack a value of gap and are left out"));
  g_assert_null (strstr (cli->err, "could not be read"));

  g_assert_cmpint (cli_call (cli, "evaluate net.perz table.csv"), ==, 0);
  g_assert_nonnull (strstr (cli->err, "2 molecules lack a value of gap and are left out"));

  g_assert_cmpint (cli_call (cli, "info table.csv --json"), ==, 0);
  info = cli_read_json (cli);
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (info, "molecules"), "n"), ==, 12);
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (info, "table"), "rows"), ==, 12);
  columns = json_object_get_array_member (json_object_get_object_member (info, "table"), "columns");
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (columns, 1), "missing"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (columns, 2), "missing"), ==, 8);
}

/* One stray quote is one character, and one open quote one bad line. */
static void
test_quotes (Cli          *cli,
             gconstpointer data)
{
  for (guint k = 0; k < 2; k++)
    {
      g_autoptr(GString) table = g_string_new ("smiles,gap,note\n");

      for (guint i = 0; i < 20; i++)
        g_string_append_printf (table, "%.*s,0.%u,%s\n", (int) i % 4 + 1, "CCCC", i + 1,
                                i != 3 ? "x" : k == 0 ? "2\"in" : "\"2in");
      write_text (cli, "table.csv", table->str);
      g_assert_cmpint (cli_call (cli, "train table.csv --features composition --target gap --hidden none --epochs 1 "
                                 "--validation 2 --test-size 2 --out net.perz"), ==, 0);
      g_assert_nonnull (strstr (cli->out, k == 0 ? "16 samples train" : "15 samples train"));
      if (k == 0)
        g_assert_cmpstr (cli->err, ==, "");
      else
        g_assert_nonnull (strstr (cli->err, "1 molecule could not be read and is left out:\n"
                                  "  table.csv, line 5: a quoted value is not closed"));
    }
}

/* A table without molecules, as a spreadsheet in Germany writes it; a molecule. */
static void
test_info (Cli          *cli,
           gconstpointer data)
{
  static const char table[] =
    "sep=;\r\nStadt;Einwohner;Fl\xe4" "che\r\nBonn;331885;141,06\r\nK\xf6ln;1084831;\r\nUlm;n/a;118,69\r\nx\r\n";
  g_autoptr(JsonObject) info = NULL;
  g_autoptr(JsonObject) molecule = NULL;
  JsonObject *told, *column;

  write_text (cli, "table.csv", table);
  g_assert_cmpint (cli_call (cli, "info table.csv --json"), ==, 0);
  info = cli_read_json (cli);
  told = json_object_get_object_member (info, "table");
  g_assert_cmpint (json_object_get_int_member (told, "rows"), ==, 4);
  g_assert_cmpint (json_object_get_int_member (told, "bad_rows"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (told, "delimiter"), ==, ";");
  g_assert_cmpstr (json_object_get_string_member (told, "decimal"), ==, ",");
  g_assert_cmpstr (json_object_get_string_member (told, "encoding"), ==, "Windows-1252");
  column = json_array_get_object_element (json_object_get_array_member (told, "columns"), 0);
  g_assert_cmpstr (json_object_get_string_member (column, "kind"), ==, "text");
  g_assert_cmpint (json_object_get_int_member (column, "distinct"), ==, 3);
  column = json_array_get_object_element (json_object_get_array_member (told, "columns"), 1);
  g_assert_cmpstr (json_object_get_string_member (column, "kind"), ==, "integer");
  g_assert_cmpint (json_object_get_int_member (column, "missing"), ==, 1);
  column = json_array_get_object_element (json_object_get_array_member (told, "columns"), 2);
  g_assert_cmpstr (json_object_get_string_member (column, "name"), ==, "Fläche");
  g_assert_cmpstr (json_object_get_string_member (column, "kind"), ==, "number");
  g_assert_cmpfloat (json_object_get_double_member (column, "least"), ==, 118.69);
  g_assert_cmpfloat (json_object_get_double_member (column, "greatest"), ==, 141.06);
  g_assert_nonnull (strstr (cli->err, "1 of 4 rows could not be read"));
  g_assert_nonnull (strstr (cli->err, "line 6: expected 3 values"));

  g_assert_cmpint (cli_call (cli, "info table.csv"), ==, 0);
  g_assert_nonnull (strstr (cli->out, "4 rows, 3 columns"));
  g_assert_nonnull (strstr (cli->out, "semicolons between values, decimal comma, Windows-1252"));

  write_text (cli, "methane.xyz", methane);
  g_assert_cmpint (cli_call (cli, "info methane.xyz"), ==, 0);
  g_assert_nonnull (strstr (cli->out, "5 a molecule: H 4, C 1"));
  g_assert_cmpint (cli_call (cli, "info methane.xyz --json"), ==, 0);
  molecule = cli_read_json (cli);
  told = json_object_get_object_member (molecule, "molecules");
  g_assert_cmpint (json_object_get_int_member (told, "n"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (told, "elements"), "H"), ==, 4);

  g_assert_cmpint (cli_call (cli, "info builtin:molecules"), ==, 0);
  g_assert_nonnull (strstr (cli->out, "1,808, with atomic coordinates"));
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

/* Of one sample there is an error, but no interval and no share of a variance. */
static void
test_one_sample (Cli          *cli,
                 gconstpointer data)
{
  g_autoptr(JsonObject) evaluated = NULL;
  JsonObject *gap;

  g_assert_cmpint (cli_call (cli, "train builtin:molecules --features composition --epochs 1 --validation 1 "
                             "--test-size 1 --out net.perz --test"), ==, 0);
  g_assert_nonnull (strstr (cli->out, "Test, gap: MAE "));
  g_assert_null (strstr (cli->out, "nan"));
  g_assert_null (strstr (cli->out, "R²"));
  g_assert_null (strstr (cli->out, "interval"));

  g_assert_cmpint (cli_call (cli, "evaluate net.perz builtin:molecules --json"), ==, 0);
  evaluated = cli_read_json (cli);
  gap = json_object_get_object_member (json_object_get_object_member (evaluated, "targets"), "gap");
  assert_no_number (gap, "r2");
  assert_no_number (gap, "mae_low");
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
    { "--test-size 1700 --validation 200", 2, "none are left for training" },
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
  CLI_ADD ("/cli/molecules/predict-members", test_predict_members);
  CLI_ADD ("/cli/molecules/predict-cut-off", test_predict_cut_off);
  CLI_ADD ("/cli/molecules/missing", test_missing);
  CLI_ADD ("/cli/molecules/quotes", test_quotes);
  CLI_ADD ("/cli/molecules/info", test_info);
  CLI_ADD ("/cli/molecules/course", test_course);
  CLI_ADD ("/cli/molecules/one-sample", test_one_sample);
  CLI_ADD ("/cli/molecules/usage", test_usage);

  return g_test_run ();
}
