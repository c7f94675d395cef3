/* test-qm9-real.c: the real QM9, where it is at hand: all 133,885 molecules, read
 * once, the odd ones by name; and its smaller forms.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-report.h"
#include "molecules/mol-smiles.h"
#include "molecules/mol-source.h"
#include "molecules/mol-uncharacterized-private.h"
#include "molecule-fixture.h"
#include "test-util.h"

#define N_ALL 133885
#define N_UNCHARACTERIZED 3054

static char *folder;
static MolCollection *all;          /* %NULL: it is not here */

static gboolean
have_file (const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  g_test_skip ("The real QM9 is not here; PERZEPTRON_TEST_DATA may name the folder above it");
  return FALSE;
}

static gboolean
have_all (void)
{
  return have_file ("dsgdb9nsd.xyz.tar.bz2") && all != NULL;
}

static void
get (guint        number,
     MolMolecule *molecule)
{
  mol_collection_get (all, number - 1, molecule);
  g_assert_cmpuint (molecule->number, ==, number);
}

static gboolean
on_progress (double   fraction,
             gpointer user_data)
{
  double *last = user_data;

  g_assert_cmpfloat (fraction, >=, *last);
  g_assert_cmpfloat (fraction, <=, 1.0);
  *last = fraction;

  return TRUE;
}

static void
test_all (void)
{
  const MolOpenOptions options = { .keep_uncharacterized = TRUE };
  g_autofree char *path = g_build_filename (folder, "dsgdb9nsd.xyz.tar.bz2", NULL);
  g_autoptr(MolReport) report = NULL;
  g_autoptr(GError) error = NULL;
  double fraction = 0.0;
  guint least = G_MAXUINT, most = 0;

  if (!have_file ("dsgdb9nsd.xyz.tar.bz2"))
    return;

  g_assert_true (mol_source_recognise (path));
  g_test_timer_start ();
  all = mol_open (path, &options, on_progress, &fraction, &report, &error);
  g_test_minimized_result (g_test_timer_elapsed (), "seconds to read QM9");
  g_assert_no_error (error);
  g_assert_cmpfloat (fraction, ==, 1.0);
  g_assert_cmpuint (report->n, ==, N_ALL);
  g_assert_cmpuint (report->n_unreadable, ==, 0);
  g_assert_cmpuint (report->n_uncharacterized, ==, 0);

  fixture_assert_sound (all);
  for (guint number = 1; number <= N_ALL; number++)
    {
      MolMolecule molecule;

      get (number, &molecule);
      least = MIN (least, molecule.n_atoms);
      most = MAX (most, molecule.n_atoms);
      for (gsize p = 0; p < MOL_N_PROPERTIES; p++)
        g_assert_true (isfinite (molecule.properties[p]));
    }
  g_assert_cmpuint (least, ==, 3);
  g_assert_cmpuint (most, ==, 29);
}

/* Means, spreads, and the error of "always the mean", counted by others. */
static void
test_means (void)
{
  static const struct
  {
    MolProperty property;
    double      mean;
    double      spread;     /* 0: not known */
    double      mae;
    double      unit;       /* of the last digit that is known */
  } facts[] = {
    { MOL_GAP, 0.2511, 0.0475, 0.0397, 1e-4 },
    { MOL_MU, 2.706, 1.530, 1.189, 1e-3 },
    { MOL_ALPHA, 75.19, 8.19, 6.30, 1e-2 },
    { MOL_U0, -411.5, 40.06, 31.08, 1e-1 },
    { MOL_ZPVE, NAN, 0.0, 0.02645, 1e-5 },
    { MOL_CV, NAN, 0.0, 3.204, 1e-3 },
  };

  if (!have_all ())
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      double sum = 0.0, squares = 0.0, absolute = 0.0;
      MolMolecule molecule;
      double mean;

      for (guint number = 1; number <= N_ALL; number++)
        {
          get (number, &molecule);
          sum += molecule.properties[facts[i].property];
        }
      mean = sum / N_ALL;
      for (guint number = 1; number <= N_ALL; number++)
        {
          double d;

          get (number, &molecule);
          d = molecule.properties[facts[i].property] - mean;
          squares += d * d;
          absolute += fabs (d);
        }

      if (isfinite (facts[i].mean))
        g_assert_cmpfloat (fabs (mean - facts[i].mean), <, facts[i].unit);
      if (facts[i].spread > 0.0)
        g_assert_cmpfloat (fabs (sqrt (squares / N_ALL) - facts[i].spread), <, facts[i].unit);
      g_assert_cmpfloat (fabs (absolute / N_ALL - facts[i].mae), <, facts[i].unit);
    }
}

/* Nine molecules are on a line, and have no constant A; two are nearly so. */
static void
test_linear (void)
{
  static const guint linear[] = { 4, 5, 23, 24, 25, 485, 486, 14563, 14564 };
  MolMolecule molecule;
  gsize n = 0;

  if (!have_all ())
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (linear); i++)
    {
      get (linear[i], &molecule);
      g_assert_cmpfloat (molecule.properties[MOL_A], ==, 0.0);
    }
  for (guint number = 1; number <= N_ALL; number++)
    {
      get (number, &molecule);
      n += molecule.properties[MOL_A] == 0.0;
    }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (linear));

  get (484, &molecule);
  g_assert_cmpfloat (molecule.properties[MOL_A], ==, 619867.68314);
  get (14562, &molecule);
  g_assert_cmpfloat (molecule.properties[MOL_A], ==, 232663.78879);
}

/* Mathematica's exponents. */
static void
test_exponents (void)
{
  MolMolecule molecule;

  if (!have_all ())
    return;

  get (212, &molecule);
  g_assert_cmpfloat ((double) molecule.xyz[0], ==, (double) 2.1997e-6f);
  g_assert_cmpfloat ((double) molecule.xyz[1], ==, (double) 1.4462618059f);
  get (1460, &molecule);
  g_assert_cmpfloat ((double) molecule.xyz[3 * 10 + 2], ==, (double) 8.7582e-6f);
}

/* The first molecule, as its file has it. */
static void
test_first (void)
{
  static const double properties[MOL_N_PROPERTIES] = {
    157.7118, 157.70997, 157.70699, 0.0, 13.21, -0.3877, 0.1171, 0.5048, 35.3641, 0.044749,
    -40.47893, -40.476062, -40.475117, -40.498597, 6.469,
  };
  g_autofree char *formula = NULL;
  MolMolecule molecule;

  if (!have_all ())
    return;

  get (1, &molecule);
  formula = mol_molecule_make_formula (&molecule);
  g_assert_cmpstr (formula, ==, "CH4");
  g_assert_cmpstr (molecule.smiles, ==, "C");
  g_assert_cmpmem (molecule.properties, sizeof (properties), properties, sizeof (properties));
  g_assert_cmpfloat ((double) molecule.xyz[0], ==, (double) -0.0126981359f);
}

/* (transfer full) */
static char *
formula_of_smiles (const char *smiles)
{
  MolMoleculeBuffer buffer;
  g_autoptr(GError) error = NULL;

  mol_molecule_buffer_clear (&buffer);
  g_assert_true (mol_smiles_read_atoms (smiles, strlen (smiles), &buffer, &error));
  g_assert_no_error (error);

  return mol_molecule_make_formula (&buffer.molecule);
}

/* Every SMILES gives the atoms that have places, but for one, an uncharacterized
 * molecule whose structure is that of another formula. */
static void
test_smiles (void)
{
  gsize n_other = 0;

  if (!have_all ())
    return;

  for (guint number = 1; number <= N_ALL; number++)
    {
      g_autofree char *expected = NULL;
      g_autofree char *formula = NULL;
      MolMolecule molecule;

      get (number, &molecule);
      expected = mol_molecule_make_formula (&molecule);
      formula = formula_of_smiles (molecule.smiles);
      if (g_str_equal (formula, expected))
        continue;
      g_assert_cmpuint (number, ==, 130667);
      g_assert_cmpstr (formula, ==, "C4HN3O2");
      g_assert_cmpstr (expected, ==, "C5HN3O");
      n_other++;
    }
  g_assert_cmpuint (n_other, ==, 1);
}

/* The list that ships is that beside the data. */
static void
test_lists (void)
{
  g_autoptr(GHashTable) beside = NULL;
  g_autoptr(GHashTable) shipped = NULL;
  GHashTableIter iter;
  gpointer number;

  if (!have_all () || !have_file ("uncharacterized.txt"))
    return;

  beside = mol_uncharacterized_read (folder);
  shipped = mol_uncharacterized_shipped (all);
  g_assert_cmpuint (g_hash_table_size (beside), ==, N_UNCHARACTERIZED);
  g_assert_cmpuint (g_hash_table_size (shipped), ==, N_UNCHARACTERIZED);
  g_hash_table_iter_init (&iter, beside);
  while (g_hash_table_iter_next (&iter, &number, NULL))
    g_assert_true (g_hash_table_contains (shipped, number));
}

/* The folder as it is downloaded: the archive is found in it, and the list; the
 * second time it comes from the cache. */
static void
test_folder (void)
{
  g_autofree char *cache = NULL;
  g_autofree char *key = NULL;

  if (!have_all ())
    return;

  cache = fixture_make_folder ("real");
  for (gsize i = 0; i < 2; i++)
    {
      const MolOpenOptions options = { FALSE, cache };
      g_autoptr(MolCollection) molecules = NULL;
      g_autoptr(MolReport) report = NULL;
      g_autoptr(GError) error = NULL;

      g_test_timer_start ();
      molecules = mol_open (folder, &options, NULL, NULL, &report, &error);
      g_test_minimized_result (g_test_timer_elapsed (), "seconds to open QM9 %s", i == 1 ? "again" : "with a cache");
      g_assert_no_error (error);
      g_assert_cmpint (report->from_cache, ==, i == 1);
      g_assert_cmpuint (report->n_uncharacterized, ==, N_UNCHARACTERIZED);
      g_assert_cmpuint (report->n, ==, N_ALL - N_UNCHARACTERIZED);
      if (i == 0)
        key = g_strdup (mol_collection_get_key (molecules));
      else
        g_assert_cmpstr (key, ==, mol_collection_get_key (molecules));
    }
  fixture_remove (g_steal_pointer (&cache));
}

/* Compares what a table says with the archive. */
static void
assert_like_all (const MolCollection *molecules,
                 gboolean             has_properties)
{
  for (gsize i = 0; i < mol_collection_get_n (molecules) && all != NULL; i++)
    {
      g_autofree char *expected_formula = NULL;
      g_autofree char *formula = NULL;
      MolMolecule molecule, expected;

      mol_collection_get (molecules, i, &molecule);
      get (molecule.number, &expected);
      expected_formula = mol_molecule_make_formula (&expected);
      formula = mol_molecule_make_formula (&molecule);
      g_assert_cmpstr (formula, ==, expected_formula);
      for (gsize p = 0; p < MOL_N_PROPERTIES && has_properties; p++)
        g_assert_cmpfloat (molecule.properties[p], ==, expected.properties[p]);
      for (gsize k = 0; k < 3 * molecule.n_atoms && molecule.xyz != NULL; k++)
        g_assert_cmpfloat (fabs ((double) (molecule.xyz[k] - expected.xyz[k])), <, 1e-4);
    }
}

static void
test_tables (void)
{
  static const struct
  {
    const char *name;
    gsize       n;
    gsize       n_left_out;
    gsize       n_repeated;
    gboolean    has_properties;
  } files[] = {
    { "qm9_mini.sdf", 21, 0, 0, TRUE },
    { "gdb9_subset_6.sdf", 776, 13, 0, FALSE },
    { "qm9_small.csv", 14392, 323, 147, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr(MolCollection) molecules = NULL;
      g_autoptr(MolReport) report = NULL;

      if (!have_file (files[i].name))
        return;

      molecules = fixture_open (folder, files[i].name, &report);
      g_assert_cmpuint (report->n, ==, files[i].n);
      g_assert_cmpuint (report->n_uncharacterized, ==, files[i].n_left_out);
      g_assert_cmpuint (report->n_unreadable, ==, files[i].n_repeated);
      assert_like_all (molecules, files[i].has_properties);
    }
}

/* What lies beside them is none. */
static void
test_others (void)
{
  static const char *const names[] = { "atomref.txt", "uncharacterized.txt" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      if (!have_file (names[i]))
        return;
      g_assert_false (mol_source_recognise (path));
      fixture_assert_no_molecules (folder, names[i], MLP_ERROR_FORMAT, "*is unknown*");
    }
}

int
main (int   argc,
      char *argv[])
{
  const char *data = g_getenv ("PERZEPTRON_TEST_DATA");
  g_autofree char *path = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);

  path = data != NULL ? g_build_filename (data, "qm9", NULL)
                      : g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", "qm9", NULL);
  folder = g_canonicalize_filename (path, NULL);

  g_test_add_func ("/datasets/qm9-real/all", test_all);
  g_test_add_func ("/datasets/qm9-real/means", test_means);
  g_test_add_func ("/datasets/qm9-real/linear", test_linear);
  g_test_add_func ("/datasets/qm9-real/exponents", test_exponents);
  g_test_add_func ("/datasets/qm9-real/first", test_first);
  g_test_add_func ("/datasets/qm9-real/smiles", test_smiles);
  g_test_add_func ("/datasets/qm9-real/lists", test_lists);
  g_test_add_func ("/datasets/qm9-real/folder", test_folder);
  g_test_add_func ("/datasets/qm9-real/tables", test_tables);
  g_test_add_func ("/datasets/qm9-real/others", test_others);

  result = g_test_run ();
  g_clear_pointer (&all, mol_collection_unref);
  g_free (folder);

  return result;
}
