/* test-table.c: molecules in tables, and in SD files with a table beside them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "core/mlp-error.h"
#include "io/io-csv.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-report.h"
#include "molecules/mol-source.h"
#include "molecule-fixture.h"
#include "test-util.h"

/* As MoleculeNet's, with the column that pandas adds; the values are made up. */
#define HEADER ",mol_id,smiles,A,B,C,mu,alpha,homo,lumo,gap,r2,zpve,u0,u298,h298,g298,cv,u0_atom,u298_atom,h298_atom,g298_atom\n"
static const char table[] =
  HEADER
  "0,gdb_7,CO,1.5,2,3,4,5,-6,7,8,9,0.1,-1.1e1,12,13,14,15.25,x,x,x,x\n"
  "1,gdb_2,\"C(F)(F)F\",1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,-1,,,\n"
  "2,\"gdb_3\",  N ,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,,,,\n";

static const char sdf[] =
  "gdb_7\n  program\nMethanol\n"
  "  6  5  0     0  0  0  0  0  0999 V2000\n"
  "   -0.0127    1.0858    0.0080 C   0  0  0  0  0  0  0  0  0  0  0  0\n"
  "    0.0022   -0.0060    0.0020 O   0  0  0  0  0  0  0  0  0  0  0  0\n"
  "    1.0117    1.4638    0.0003 H   0  0  0  0  0  0  0  0  0  0  0  0\n"
  "   -0.5408    1.4475   -0.8766 H   0  0  0  0  0  0  0  0  0  0  0  0\n"
  "   -0.5238    1.4379    0.9064 H   0  0  0  0  0  0  0  0  0  0  0  0\n"
  "-1000.0000-1000.0000-1000.0000 H   0  0  0  0  0  0  0  0  0  0  0  0\n"
  "  1  2  1  0  0  0  0\n  1  3  1  0  0  0  0\n  1  4  1  0  0  0  0\n  1  5  1  0  0  0  0\n  2  6  1  0  0  0  0\n"
  "M  CHG  1   2   0\n"
  "M  END\n"
  ">  <a property of its own>\n"
  "17\n\n"
  "$$$$\n"
  "gdb_2\n\n\n"
  "  2  1  0     0  0  0  0  0  0999 V2000\n"
  "    0.0000    0.0000    0.0000 N   0  0\n"
  "    0.0000    0.0000    1.0000 F   0  0\n"
  "  1  2  3  0\n"
  "M  END\n"
  "$$$$\n";

static const char sdf_table[] =
  "mol_id,A,B,C,mu,alpha,homo,lumo,gap,r2,zpve,u0,u298,h298,g298,cv,u0_atom\n"
  "gdb_2,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,x\n"
  "gdb_7,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,x\n";

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->folder = fixture_make_folder ("table");
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  fixture_remove (f->folder);
}

/* (transfer full): @text with the first @from a @to */
static char *
substitute (const char *text,
            const char *from,
            const char *to)
{
  const char *at = strstr (text, from);

  g_assert_nonnull (at);

  return g_strdup_printf ("%.*s%s%s", (int) (at - text), text, to, at + strlen (from));
}

/* Quotes, and what is between them. */
static void
test_csv (void)
{
  static const char text[] = "\xef\xbb\xbf" "a,B b ,\"c,\"\"d\"\"\"\r\n"
                             "1, 2 ,\"3\"\n"
                             "\n"
                             "\"one\ntwo\r\nthree\",\"\",\"x\"\"y,\"\n"
                             "last,,";
  static const char *const values[3][3] = { { "1", "2", "3" }, { "one\ntwo\nthree", "", "x\"y," }, { "last", "", "" } };
  static const guint lines[3] = { 2, 4, 7 };
  g_autoptr(GError) error = NULL;
  IoStream *stream = io_stream_new_memory ("csv", (const guint8 *) text, strlen (text));
  g_autoptr(IoCsv) csv = io_csv_new (io_lines_new (stream), &error);
  char *problem;

  g_assert_no_error (error);
  g_assert_cmpint (io_csv_find (csv, "A"), ==, 0);
  g_assert_cmpint (io_csv_find (csv, "b b"), ==, 1);
  g_assert_cmpint (io_csv_find (csv, "c,\"d\""), ==, 2);
  g_assert_cmpint (io_csv_find (csv, ""), ==, -1);

  for (guint i = 0; i < 3; i++)
    {
      g_assert_true (io_csv_next (csv, &problem, &error));
      g_assert_null (problem);
      g_assert_cmpuint (io_csv_get_line (csv), ==, lines[i]);
      for (guint k = 0; k < 3; k++)
        {
          IoWord word = io_csv_get (csv, k);

          g_assert_cmpmem (word.start, word.length, values[i][k], strlen (values[i][k]));
        }
    }
  g_assert_false (io_csv_next (csv, &problem, &error));
  g_assert_no_error (error);
}

static void
assert_table (const MolCollection *molecules)
{
  static const double properties[MOL_N_PROPERTIES] = {
    1.5, 2.0, 3.0, 4.0, 5.0, -6.0, 7.0, 8.0, 9.0, 0.1, -11.0, 12.0, 13.0, 14.0, 15.25
  };
  static const char *const formulas[] = { "CHF3", "H3N", "CH4O" };
  static const guint numbers[] = { 2, 3, 7 };
  static const char *const smiles[] = { "C(F)(F)F", "N", "CO" };
  MolMolecule molecule;

  g_assert_cmpuint (mol_collection_get_n (molecules), ==, 3);
  g_assert_false (mol_collection_has_geometry (molecules));
  for (gsize i = 0; i < 3; i++)
    {
      g_autofree char *formula = NULL;

      mol_collection_get (molecules, i, &molecule);
      formula = mol_molecule_make_formula (&molecule);
      g_assert_cmpstr (formula, ==, formulas[i]);
      g_assert_cmpuint (molecule.number, ==, numbers[i]);
      g_assert_cmpstr (molecule.smiles, ==, smiles[i]);
      g_assert_null (molecule.xyz);
    }
  g_assert_cmpmem (molecule.properties, sizeof (properties), properties, sizeof (properties));
}

static void
test_table (Fixture      *f,
            gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "table", NULL);
  g_autofree char *windows = NULL;
  g_auto(GStrv) lines = g_strsplit (table, "\n", -1);
  g_autofree char *joined = g_strjoinv ("\r\n", lines);
  g_autoptr(MolCollection) molecules = NULL;
  g_autoptr(MolCollection) same = NULL;
  g_autoptr(MolReport) report = NULL;

  fixture_write_text (f->folder, "table", table);
  g_assert_true (mol_source_recognise (path));
  molecules = fixture_open (f->folder, "table", &report);
  g_assert_cmpuint (report->n_unreadable, ==, 0);
  assert_table (molecules);

  /* CR LF, a byte order mark, no end of the last line, gzip. */
  windows = g_strconcat ("\xef\xbb\xbf", joined, NULL);
  g_assert_true (g_str_has_suffix (windows, "\r\n"));
  windows[strlen (windows) - 2] = '\0';
  fixture_write_text (f->folder, "table.gz", windows);
  same = fixture_open (f->folder, "table.gz", NULL);
  g_assert_cmpstr (mol_collection_get_key (same), ==, mol_collection_get_key (molecules));
}

/* Columns go by name: in another order, some of them, others between them. */
static void
test_columns (Fixture      *f,
              gconstpointer data)
{
  g_autoptr(MolCollection) molecules = NULL;
  MolMolecule molecule;

  fixture_write_text (f->folder, "table",
                      "\xef\xbb\xbf" "\"GAP\", smiles ,nothing,U0_atom,u0\n0.25,C,\"a, b\"\"c\n\",1,-40.5\n\n");
  molecules = fixture_open (f->folder, "table", NULL);
  g_assert_cmpuint (mol_collection_get_n (molecules), ==, 1);
  mol_collection_get (molecules, 0, &molecule);
  g_assert_cmpuint (molecule.number, ==, 0);
  g_assert_cmpuint (molecule.n_atoms, ==, 5);
  for (gsize p = 0; p < MOL_N_PROPERTIES; p++)
    {
      if (p == MOL_GAP || p == MOL_U0)
        g_assert_cmpfloat (molecule.properties[p], ==, p == MOL_GAP ? 0.25 : -40.5);
      else
        g_assert_true (isnan (molecule.properties[p]));
    }
}

static const struct
{
  const char *from;
  const char *to;
  guint       line;
  const char *reason;
} bad_rows[] = {
  { "gdb_2,\"C(F)", "gdb_2,\"C(Cl)", 3, "the SMILES string “C(Cl)(F)F” is invalid at character 3: expected one of the "
    "elements H, C, N, O, F" },
  { "gdb_2", "gdb_7", 3, "number 7 occurs more than once" },
  { ",15,-1,", ",-1,", 3, "expected 22 values, one per column; found 21" },
  { ",15,-1,", ",15,-1,,", 3, "expected 22 values, one per column; found 23" },
  { "\"C(F)(F)F\",", "\"\",", 3, "the SMILES string is missing" },
  { "gdb_2,\"C(F)(F)F\"", "gdb_2,\"C(F)(F)F", 3, "a closing quote is followed by more characters" },
  { "gdb_7,CO,", "gdb_7,\"CO,", 2, "a closing quote is followed by more characters" },
  { "\"gdb_3\"", "\"gdb_3", 4, "a quoted value is not closed" },
};

static void
test_bad_rows (Fixture      *f,
               gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad_rows); i++)
    {
      g_autofree char *text = substitute (table, bad_rows[i].from, bad_rows[i].to);
      g_autoptr(MolCollection) molecules = NULL;
      g_autoptr(MolReport) report = NULL;

      fixture_write_text (f->folder, "table", text);
      molecules = fixture_open (f->folder, "table", &report);
      g_assert_cmpuint (report->n_unreadable, ==, 1);
      g_assert_cmpstr (report->unreadable[0].name, ==, "table");
      g_assert_cmpstr (report->unreadable[0].reason, ==, bad_rows[i].reason);
      g_assert_cmpuint (report->unreadable[0].line, ==, bad_rows[i].line);
      g_assert_cmpuint (report->n, ==, 2);
    }
}

static void
test_bad_tables (Fixture      *f,
                 gconstpointer data)
{
  g_autofree char *long_line = g_strnfill (100000, 'x');
  g_autofree char *many = g_strnfill (1001, ',');
  g_autofree char *with_long_line = g_strconcat (HEADER, long_line, "\n", NULL);
  g_autofree char *with_many = g_strconcat ("smiles", many, "\nC\n", NULL);

  fixture_write_text (f->folder, "table", HEADER);
  fixture_assert_no_molecules (f->folder, "table", MLP_ERROR_FORMAT, "No molecules found in *table”; expected QM9*");
  fixture_write_text (f->folder, "table", "mol_id,gap\ngdb_1,1\n");
  fixture_assert_no_molecules (f->folder, "table", MLP_ERROR_FORMAT, "The table *table” has no column “smiles”*");
  fixture_write_text (f->folder, "table", "\"smiles,gap\nC,1\n");
  fixture_assert_no_molecules (f->folder, "table", MLP_ERROR_FORMAT, "*");
  fixture_write_text (f->folder, "table", with_long_line);
  fixture_assert_no_molecules (f->folder, "table", MLP_ERROR_FORMAT, "None of the 1 molecules in *table” could be read. The first, “table”, line 2: the line has more than 65536 characters");
  fixture_write_text (f->folder, "table", with_many);
  fixture_assert_no_molecules (f->folder, "table", MLP_ERROR_FORMAT, "*table” is not a table*");
}

static void
assert_sdf (const MolCollection *molecules)
{
  MolMolecule molecule;

  g_assert_cmpuint (mol_collection_get_n (molecules), ==, 2);
  g_assert_true (mol_collection_has_geometry (molecules));
  mol_collection_get (molecules, 0, &molecule);
  g_assert_cmpuint (molecule.number, ==, 2);
  g_assert_cmpmem (molecule.z, molecule.n_atoms, "\7\11", 2);
  mol_collection_get (molecules, 1, &molecule);
  g_assert_cmpuint (molecule.number, ==, 7);
  g_assert_cmpmem (molecule.z, molecule.n_atoms, "\6\10\1\1\1\1", 6);
  g_assert_cmpfloat ((double) molecule.xyz[1], ==, (double) 1.0858f);
  g_assert_cmpfloat ((double) molecule.xyz[3 * 3 + 2], ==, (double) -0.8766f);
  for (gsize k = 0; k < 3; k++)
    g_assert_cmpfloat ((double) molecule.xyz[3 * 5 + k], ==, -1000.0);
  g_assert_cmpstr (molecule.smiles, ==, "");
}

static void
test_sdf (Fixture      *f,
          gconstpointer data)
{
  static const char *const names[] = { "x.sdf", "x.sdf.csv", "" };
  g_autofree char *path = g_build_filename (f->folder, "x.sdf", NULL);
  g_autoptr(MolCollection) alone = NULL;
  g_autoptr(MolCollection) packed = NULL;
  MolMolecule molecule;

  fixture_write_text (f->folder, "x.sdf", sdf);
  g_assert_true (mol_source_recognise (path));
  alone = fixture_open (f->folder, "x.sdf", NULL);
  assert_sdf (alone);
  mol_collection_get (alone, 1, &molecule);
  for (gsize p = 0; p < MOL_N_PROPERTIES; p++)
    g_assert_true (isnan (molecule.properties[p]));

  fixture_write_text (f->folder, "x.sdf.csv", sdf_table);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(MolCollection) molecules = fixture_open (f->folder, names[i], NULL);

      assert_sdf (molecules);
      for (gsize p = 0; p < MOL_N_PROPERTIES; p++)
        {
          mol_collection_get (molecules, 0, &molecule);
          g_assert_cmpfloat (molecule.properties[p], ==, 1.0 + (double) p);
          mol_collection_get (molecules, 1, &molecule);
          g_assert_cmpfloat (molecule.properties[p], ==, 21.0 + (double) p);
        }
    }

  fixture_delete (f->folder, "x.sdf");
  fixture_assert_no_molecules (f->folder, "x.sdf.csv", MLP_ERROR_FORMAT,
                               "The table *x.sdf.csv” has no column “smiles”*");
  fixture_write_text (f->folder, "x.sdf.gz", sdf);
  packed = fixture_open (f->folder, "x.sdf.gz", NULL);
  mol_collection_get (packed, 0, &molecule);
  g_assert_cmpfloat (molecule.properties[0], ==, 1.0);
}

static const struct
{
  const char *from;
  const char *to;
  guint       line;
  const char *reason;
} bad_blocks[] = {
  { "  6  5  0", " 30  5  0", 4, "expected the number of atoms, 1 to 29; found “30”" },
  { "  6  5  0", "  0  5  0", 4, "expected the number of atoms, 1 to 29; found “0”" },
  { "  6  5  0", "  5  5  0", 10, "expected a bond between two of the atoms; found “-10”" },
  { "  6  5  0", "  7  5  0", 11, "expected an atom of one of the elements H, C, N, O, F; found nothing" },
  { "  6  5  0", "  6  x  0", 4, "expected the number of bonds; found “x”" },
  { "V2000", "V3000", 4, "expected “V2000” at the end of the counts line; found “V3000”" },
  { " O   0", " S   0", 6, "expected an atom of one of the elements H, C, N, O, F; found “S”" },
  { " O   0", " Cl  0", 6, "expected an atom of one of the elements H, C, N, O, F; found “Cl”" },
  { "   -0.0060", "   -0,0060", 6, "expected a number, the y coordinate of the atom in Å; found “-0,0060”" },
  { "-1000.0000-1000.0000", "-1000.0000-1000.0001", 10, "atom 6 is more than 1000 Å from the origin" },
  { "  1  2  1", "  1  7  1", 11, "expected a bond between two of the atoms; found “7”" },
  { "M  END\n>", ">", 19, "expected “M  END” before the end of the molecule" },
  { "gdb_7", "gdb_8", 1, "the molecule has no row in the accompanying table" },
};

static void
test_bad_blocks (Fixture      *f,
                 gconstpointer data)
{
  fixture_write_text (f->folder, "x.sdf.csv", sdf_table);

  for (gsize i = 0; i < G_N_ELEMENTS (bad_blocks); i++)
    {
      g_autofree char *text = substitute (sdf, bad_blocks[i].from, bad_blocks[i].to);
      g_autoptr(MolCollection) molecules = NULL;
      g_autoptr(MolReport) report = NULL;
      gboolean renamed = g_str_equal (bad_blocks[i].from, "gdb_7");

      fixture_write_text (f->folder, "x.sdf", text);
      molecules = fixture_open (f->folder, "x.sdf", &report);
      g_assert_cmpuint (report->n, ==, 1);
      g_assert_cmpuint (report->n_unreadable, ==, renamed ? 2 : 1);
      g_assert_cmpstr (report->unreadable[0].name, ==, "x.sdf");
      g_assert_cmpstr (report->unreadable[0].reason, ==, bad_blocks[i].reason);
      g_assert_cmpuint (report->unreadable[0].line, ==, bad_blocks[i].line);
      if (renamed)
        {
          g_assert_cmpstr (report->unreadable[1].name, ==, "x.sdf.csv");
          g_assert_cmpuint (report->unreadable[1].line, ==, 3);
          g_assert_true (g_pattern_match_simple ("its molecule is not in “*x.sdf”", report->unreadable[1].reason));
        }
    }
}

/* The table beside the file: a bad row is its molecule's, and counted once. */
static void
test_bad_sdf_tables (Fixture      *f,
                     gconstpointer data)
{
  g_autofree char *bad = substitute (sdf_table, "gdb_7,21", "gdb_7,x");
  g_autofree char *short_row = substitute (sdf_table, "gdb_7,21,", "gdb_7,");
  g_autofree char *no_number = substitute (sdf_table, "mol_id", "number");
  g_autoptr(MolCollection) molecules = NULL;
  g_autoptr(MolReport) report = NULL;

  fixture_write_text (f->folder, "x.sdf", sdf);
  fixture_write_text (f->folder, "x.sdf.csv", bad);
  molecules = fixture_open (f->folder, "x.sdf", &report);
  g_assert_cmpuint (report->n, ==, 2);
  g_assert_cmpuint (report->n_unreadable, ==, 0);
  g_assert_cmpuint (report->n_bad_values, ==, 1);
  g_assert_cmpstr (report->bad_values[0].name, ==, "x.sdf.csv");
  g_assert_cmpuint (report->bad_values[0].line, ==, 3);

  g_clear_pointer (&molecules, mol_collection_unref);
  g_clear_pointer (&report, mol_report_free);
  fixture_write_text (f->folder, "x.sdf.csv", short_row);
  molecules = fixture_open (f->folder, "x.sdf", &report);
  g_assert_cmpuint (report->n, ==, 1);
  g_assert_cmpuint (report->n_unreadable, ==, 1);
  g_assert_cmpstr (report->unreadable[0].name, ==, "x.sdf.csv");
  g_assert_cmpuint (report->unreadable[0].line, ==, 3);

  fixture_write_text (f->folder, "x.sdf.csv", no_number);
  fixture_assert_no_molecules (f->folder, "x.sdf", MLP_ERROR_FORMAT, "The table *x.sdf.csv” has no column “mol_id”*");
  fixture_write_text (f->folder, "x.sdf.csv", "");
  fixture_assert_no_molecules (f->folder, "x.sdf", MLP_ERROR_FORMAT, "*x.sdf.csv” is not a table*");
}

/* Cut off, it is an error, or what is missing is counted or was never there. */
static void
test_truncation (Fixture      *f,
                 gconstpointer data)
{
  const MolOpenOptions options = MOL_OPEN_OPTIONS_DEFAULT;
  g_autofree char *sdf_path = g_build_filename (f->folder, "x.sdf", NULL);
  g_autofree char *table_path = g_build_filename (f->folder, "table", NULL);
  gsize first = (gsize) (strstr (sdf, "$$$$") - sdf);

  fixture_write_text (f->folder, "x.sdf.csv", sdf_table);
  for (gsize n = 0; n < strlen (sdf); n++)
    {
      g_autoptr(MolCollection) molecules = NULL;
      g_autoptr(MolReport) report = NULL;
      g_autoptr(GError) error = NULL;

      fixture_write_raw (f->folder, "x.sdf", (const guint8 *) sdf, n);
      molecules = mol_open (sdf_path, &options, NULL, NULL, &report, &error);
      if (molecules != NULL)
        {
          /* Between two molecules; or in the data after the first. */
          g_assert_cmpuint (report->n + report->n_unreadable, ==, 2);
          g_assert_cmpuint (n, >, first - 50);
        }
      else
        g_assert_nonnull (strstr (error->message, sdf_path));
    }

  fixture_delete (f->folder, "x.sdf.csv");
  fixture_write_raw (f->folder, "x.sdf", (const guint8 *) sdf, strlen (sdf) - 12);
  fixture_assert_no_molecules (f->folder, "x.sdf", MLP_ERROR_TRUNCATED,
                               "“*x.sdf” is truncated: the molecule that starts in line 22 is incomplete");

  for (gsize n = 0; n < strlen (table); n++)
    {
      g_autoptr(MolCollection) molecules = NULL;
      g_autoptr(MolReport) report = NULL;
      g_autoptr(GError) error = NULL;

      fixture_write_raw (f->folder, "table", (const guint8 *) table, n);
      molecules = mol_open (table_path, &options, NULL, NULL, &report, &error);
      if (molecules != NULL)
        fixture_assert_sound (molecules);
      else
        g_assert_nonnull (strstr (error->message, table_path));
    }
}

static void
test_bit_flips (Fixture      *f,
                gconstpointer data)
{
  const MolOpenOptions options = MOL_OPEN_OPTIONS_DEFAULT;
  static const char *const texts[] = { table, sdf };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gsize size = strlen (texts[i]);
      g_autofree guint8 *bytes = g_memdup2 (texts[i], size);
      g_autofree char *path = g_build_filename (f->folder, i == 0 ? "table" : "x.sdf", NULL);

      for (gsize bit = 0; bit < 8 * size; bit += 3)
        {
          g_autoptr(MolCollection) molecules = NULL;
          g_autoptr(MolReport) report = NULL;
          g_autoptr(GError) error = NULL;

          bytes[bit / 8] ^= 1 << bit % 8;
          fixture_write_raw (f->folder, i == 0 ? "table" : "x.sdf", bytes, size);
          bytes[bit / 8] ^= 1 << bit % 8;

          molecules = mol_open (path, &options, NULL, NULL, &report, &error);
          if (molecules != NULL)
            fixture_assert_sound (molecules);
          else
            g_assert_nonnull (strstr (error->message, path));
        }
    }
}

static void
test_locale (Fixture      *f,
             gconstpointer data)
{
  g_autofree char *old = g_strdup (setlocale (LC_ALL, NULL));
  g_autoptr(MolCollection) molecules = NULL;
  g_autoptr(MolCollection) from_sdf = NULL;

  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("The locale de_DE.UTF-8 is not installed");
      return;
    }

  fixture_write_text (f->folder, "table", table);
  molecules = fixture_open (f->folder, "table", NULL);
  assert_table (molecules);
  fixture_write_text (f->folder, "x.sdf", sdf);
  from_sdf = fixture_open (f->folder, "x.sdf", NULL);
  assert_sdf (from_sdf);
  setlocale (LC_ALL, old);
}

static void
add (const char *path,
     void (*test)(Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/datasets/table/csv", test_csv);
  add ("/datasets/table/table", test_table);
  add ("/datasets/table/columns", test_columns);
  add ("/datasets/table/bad-rows", test_bad_rows);
  add ("/datasets/table/bad-tables", test_bad_tables);
  add ("/datasets/table/sdf", test_sdf);
  add ("/datasets/table/bad-blocks", test_bad_blocks);
  add ("/datasets/table/bad-sdf-tables", test_bad_sdf_tables);
  add ("/datasets/table/truncation", test_truncation);
  add ("/datasets/table/bit-flips", test_bit_flips);
  add ("/datasets/table/locale", test_locale);

  return g_test_run ();
}
