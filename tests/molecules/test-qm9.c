/* test-qm9.c: a source of molecules as a whole: what it is, what is left out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#include "core/mlp-error.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-report.h"
#include "molecules/mol-source.h"
#include "molecule-fixture.h"
#include "test-util.h"

/* Changes when data/samples does, and with it what every run on them gives. */
#define BUILTIN_KEY "xxh64:dbafcffdb2370d7e"

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->folder = fixture_make_folder ("qm9");
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  fixture_remove (f->folder);
}

static MolCollection *
open_builtin (void)
{
  const MolOpenOptions options = MOL_OPEN_OPTIONS_DEFAULT;
  g_autoptr(MolReport) report = NULL;
  g_autoptr(GError) error = NULL;
  MolCollection *molecules = mol_open ("builtin:molecules", &options, NULL, NULL, &report, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report->n, ==, 1808);
  g_assert_cmpuint (report->n_unreadable, ==, 0);
  g_assert_cmpuint (report->n_uncharacterized, ==, 0);
  g_assert_false (report->from_cache);

  return molecules;
}

/* Against what Python reads: tests/golden/make-molecules.py. */
static void
assert_golden (const MolCollection *molecules)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "molecules.txt", NULL);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 8);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_auto(GStrv) words = g_strsplit (lines[i], " ", -1);
      g_autofree char *formula = NULL;
      double sums[4] = { 0.0 };
      MolMolecule molecule;

      g_assert_cmpuint (g_strv_length (words), ==, 4 + MOL_N_PROPERTIES + 4);
      mol_collection_get (molecules, g_ascii_strtoull (words[0], NULL, 10) - 1, &molecule);
      formula = mol_molecule_make_formula (&molecule);
      g_assert_cmpuint (molecule.number, ==, g_ascii_strtoull (words[0], NULL, 10));
      g_assert_cmpuint (molecule.n_atoms, ==, g_ascii_strtoull (words[1], NULL, 10));
      g_assert_cmpstr (formula, ==, words[2]);
      g_assert_cmpstr (molecule.smiles, ==, words[3]);
      for (gsize p = 0; p < MOL_N_PROPERTIES; p++)
        g_assert_cmpfloat (molecule.properties[p], ==, g_ascii_strtod (words[4 + p], NULL));

      for (gsize k = 0; k < 3 * molecule.n_atoms; k++)
        {
          double x = (double) molecule.xyz[k];

          sums[k % 3] += x;
          sums[3] += x * x;
        }
      for (gsize k = 0; k < 4; k++)
        assert_close (sums[k], g_ascii_strtod (words[4 + MOL_N_PROPERTIES + k], NULL), 1e-6);
    }
}

static void
test_builtin (void)
{
  g_autoptr(MolCollection) molecules = open_builtin ();
  double gap = 0.0, mu = 0.0;

  g_assert_cmpstr (mol_collection_get_key (molecules), ==, BUILTIN_KEY);
  g_assert_true (mol_collection_has_geometry (molecules));
  fixture_assert_sound (molecules);
  assert_golden (molecules);

  /* From the data card. */
  for (gsize i = 0; i < 1808; i++)
    {
      MolMolecule molecule;

      mol_collection_get (molecules, i, &molecule);
      g_assert_cmpuint (molecule.number, ==, i + 1);
      gap += molecule.properties[MOL_GAP];
      mu += molecule.properties[MOL_MU];
    }
  assert_close (gap / 1808.0, 0.2366, 5e-5);
  assert_close (mu / 1808.0, 1.990, 5e-4);
}

/* A comma for the decimal sign of the locale changes nothing. */
static void
test_locale (void)
{
  g_autofree char *old = g_strdup (setlocale (LC_ALL, NULL));

  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("The locale de_DE.UTF-8 is not installed");
      return;
    }

  g_assert_cmpstr (localeconv ()->decimal_point, ==, ",");
  {
    g_autoptr(MolCollection) molecules = open_builtin ();

    g_assert_cmpstr (mol_collection_get_key (molecules), ==, BUILTIN_KEY);
    assert_golden (molecules);
  }
  setlocale (LC_ALL, old);
}

static void
write_molecule (Fixture    *f,
                const char *name,
                guint       i)
{
  g_autofree char *text = fixture_molecule_text (i);

  fixture_write_text (f->folder, name, text);
}

static void
test_folder (Fixture      *f,
             gconstpointer data)
{
  g_autoptr(GByteArray) tar = fixture_molecules ("tar", 3);
  g_autofree char *broken = g_build_filename (f->folder, "broken.xyz", NULL);
  g_autoptr(MolCollection) molecules = NULL;
  g_autoptr(MolCollection) same = NULL;
  g_autoptr(MolReport) report = NULL;

  fixture_write_raw (f->folder, "tar", tar->data, tar->len);
  g_assert_true (mol_source_recognise (f->folder));
  same = fixture_open (f->folder, "", NULL);

  /* XYZ files come before an archive; the order of names does not matter; what
   * is hidden or has another name is not looked at. */
  write_molecule (f, "z.xyz", 0);
  write_molecule (f, "y.XYZ", 1);
  write_molecule (f, "x.xyz", 2);
  write_molecule (f, ".hidden.xyz", 3);
  write_molecule (f, "other", 4);
  g_assert_true (mol_source_recognise (f->folder));
  molecules = fixture_open (f->folder, "", &report);
  g_assert_cmpuint (report->n, ==, 3);
  g_assert_cmpstr (mol_collection_get_key (molecules), ==, mol_collection_get_key (same));
  g_clear_pointer (&report, mol_report_free);
  g_clear_pointer (&molecules, mol_collection_unref);

  /* Each file stands for itself. */
  fixture_write_text (f->folder, "a.xyz", "");
  fixture_write_text (f->folder, "b.xyz", "<html>");
  g_assert_cmpint (symlink ("nowhere", broken), ==, 0);
  molecules = fixture_open (f->folder, "", &report);
  g_assert_cmpuint (report->n, ==, 3);
  g_assert_cmpuint (report->n_unreadable, ==, 3);
  g_assert_cmpstr (report->unreadable[0].name, ==, "a.xyz");
  g_assert_cmpstr (report->unreadable[0].reason, ==, "the text ends here; expected the number of atoms");
  g_assert_cmpuint (report->unreadable[0].line, ==, 1);
  g_assert_cmpstr (report->unreadable[1].reason, ==, "expected the number of atoms, 1 to 29; found “<html>”");
  g_assert_true (g_pattern_match_simple ("“*broken.xyz” could not be opened: *", report->unreadable[2].reason));
}

static void
test_no_folder (Fixture      *f,
                gconstpointer data)
{
  fixture_assert_no_molecules (f->folder, "", MLP_ERROR_OPEN, "No molecules found in the folder “*; expected *QM9 "
                               "molecules in one of three forms*");
  fixture_write_text (f->folder, "a.txt", "some text");
  fixture_write_text (f->folder, "list", "1\n2\n3\n");
  fixture_assert_no_molecules (f->folder, "", MLP_ERROR_OPEN, "No molecules found in the folder “*");
  fixture_assert_no_molecules (f->folder, "nothing", MLP_ERROR_OPEN, "“*nothing” could not be opened: *");
  g_assert_false (mol_source_recognise (f->folder));

  /* A digit set is none, either. */
  fixture_write_mnist (f->folder, "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz",
                       "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
  g_assert_false (mol_source_recognise (f->folder));
  fixture_assert_no_molecules (f->folder, "train-images-idx3-ubyte.gz", MLP_ERROR_FORMAT, "*is a different kind of IDX "
                               "file. Expected *");

  /* Files of that name, and no molecule among them. */
  fixture_write_text (f->folder, "a.xyz", "some text");
  g_assert_false (mol_source_recognise (f->folder));
  fixture_assert_no_molecules (f->folder, "", MLP_ERROR_FORMAT,
                               "None of the 1 molecules in *The first, “a.xyz”, line 1: *");
}

static void
open_some (Fixture *f,
           gboolean keep,
           gsize    n,
           gsize    n_left_out)
{
  const MolOpenOptions options = { .keep_uncharacterized = keep };
  g_autoptr(MolReport) report = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(MolCollection) molecules = mol_open (f->folder, &options, NULL, NULL, &report, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (mol_collection_get_n (molecules), ==, n);
  g_assert_cmpuint (report->n, ==, n);
  g_assert_cmpuint (report->n_uncharacterized, ==, n_left_out);
}

/* Of several the archive comes first, if molecules are in it, and then the SD
 * file. */
static void
test_order (Fixture      *f,
            gconstpointer data)
{
  static const char *const names[] = { "a" };
  static const char *const texts[] = { "no molecule" };
  g_autoptr(GByteArray) other = fixture_archive ("tar.gz", names, texts, 1);
  g_autoptr(GByteArray) tar = fixture_molecules ("tar", 3);

  fixture_write_raw (f->folder, "a", other->data, other->len);
  fixture_write_text (f->folder, "b", "name,smiles\nmethane,C\nammonia,N\n");
  open_some (f, FALSE, 2, 0);
  fixture_write_text (f->folder, "c", "x\n\n\n  1  0  0     0  0  0  0  0  0999 V2000\n"
                      "    0.0000    0.0000    0.0000 C   0\nM  END\n");
  open_some (f, FALSE, 1, 0);
  fixture_write_raw (f->folder, "d", tar->data, tar->len);
  open_some (f, FALSE, 3, 0);
}

/* What arrives under the name of a file instead of it. */
static const struct
{
  const char *name;
  const char *bytes;
  gsize       size;
  int         code;
  const char *pattern;
} others[] = {
  { "empty", "", 0, MLP_ERROR_FORMAT, "*is empty*" },
  { "html", "\n<!DOCTYPE html>\n<html><head>", 0, MLP_ERROR_FORMAT, "*is a web page*" },
  { "lfs", "version https://git-lfs.github.com/spec/v1\noid sha256:44\nsize 86144642\n", 0, MLP_ERROR_FORMAT, "*Git LFS "
    "pointer*" },
  { "text", "Hello\n", 0, MLP_ERROR_FORMAT, "*is unknown*begins with the bytes 48 65 6c 6c; expected QM9 molecules in one "
    "of three forms*" },
  { "numbers", "3\n1\n2\n3\n", 0, MLP_ERROR_FORMAT, "*is unknown*" },
  { "short", "BZ", 0, MLP_ERROR_TRUNCATED, "*ends at byte 2; expected*" },
  { "bzip2-begun", "BZh9", 0, MLP_ERROR_FORMAT, "*is unknown*42 5a 68 39*" },
  { "bzip2-damaged", "BZh9\x31\x41\x59\x26\x53\x59\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 0, MLP_ERROR_FORMAT, "*bzip2 "
    "data "
    "are "
    "invalid*" },
  { "bzip2-empty", "BZh9\x17\x72\x45\x38\x50\x90\0\0\0\0", 14, MLP_ERROR_FORMAT, "*is an empty compressed file*" },
  { "bzip2-cut", "BZh9\x31\x41\x59\x26\x53\x59\x01\x02\x03\x04\x00", 15, MLP_ERROR_TRUNCATED, "*is truncated: its bzip2 "
    "data end unexpectedly*" },
  { "xz-cut", "\xfd" "7zXZ\0\0\4\xe6\xd6\xb4\x46", 12, MLP_ERROR_TRUNCATED, "*is truncated: its xz data end unexpectedly*" },
  { "zip-cut", "PK\3\4\24\0\0\0\10\0", 10, MLP_ERROR_FORMAT, "*not a complete ZIP archive*" },
  { "pickle", "\x80\2c", 3, MLP_ERROR_FORMAT, "*is a Python pickle. Expected *" },
};

static void
test_other (Fixture      *f,
            gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  gsize size = others[i].size > 0 ? others[i].size : strlen (others[i].bytes);
  g_autofree char *path = g_build_filename (f->folder, "file", NULL);

  fixture_write_raw (f->folder, "file", (const guint8 *) others[i].bytes, size);
  fixture_assert_no_molecules (f->folder, "file", others[i].code, others[i].pattern);
  /* Not every sign of it is false. */
  if (others[i].bytes[0] != 'B' && others[i].bytes[0] != '\xfd' && others[i].bytes[0] != 'P')
    g_assert_false (mol_source_recognise (path));
}

/* Packed text is no archive. */
static void
test_packed_text (Fixture      *f,
                  gconstpointer data)
{
  g_autofree char *text = fixture_molecule_text (0);
  g_autoptr(MolCollection) molecules = NULL;

  /* gzip is looked through. */
  fixture_write_text (f->folder, "a.gz", text);
  molecules = fixture_open (f->folder, "a.gz", NULL);
  g_assert_cmpuint (mol_collection_get_n (molecules), ==, 1);
}

static void
test_one (Fixture      *f,
          gconstpointer data)
{
  g_autofree char *text = fixture_molecule_text (0);
  g_autofree char *path = g_build_filename (f->folder, "a.xyz", NULL);
  g_autofree char *long_text = g_strnfill (64 * 1024 + 1, '\n');
  g_autoptr(MolCollection) molecules = NULL;
  g_autoptr(MolCollection) read = NULL;
  g_autoptr(GError) error = NULL;

  fixture_write_text (f->folder, "a.xyz", text);
  g_assert_true (mol_source_recognise (path));
  molecules = fixture_open (f->folder, "a.xyz", NULL);
  read = mol_open_text ("pasted", text, strlen (text), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mol_collection_get_n (molecules), ==, 1);
  g_assert_cmpstr (mol_collection_get_key (molecules), ==, mol_collection_get_key (read));

  /* The name is enough for a message that helps. */
  fixture_write_text (f->folder, "a.xyz", "3\n\nS 0 0 0\n");
  fixture_assert_no_molecules (f->folder, "a.xyz", MLP_ERROR_FORMAT,
                               "“*a.xyz”, line 3: expected an atom of one of the elements H, C, N, O, F; found “S”");
  fixture_write_text (f->folder, "a.xyz", "C 0 0 0\n");
  fixture_assert_no_molecules (f->folder, "a.xyz", MLP_ERROR_FORMAT,
                               "“*a.xyz”, line 1: expected the number of atoms, 1 to 29; found “C”");
  fixture_write_text (f->folder, "a.xyz", "<html>");
  fixture_assert_no_molecules (f->folder, "a.xyz", MLP_ERROR_FORMAT, "*is a web page*");
  fixture_write_text (f->folder, "a.xyz", long_text);
  fixture_assert_no_molecules (f->folder, "a.xyz", MLP_ERROR_FORMAT, "“*a.xyz”: the file is larger than 64 KiB*");
}

static void
test_read_text (void)
{
  static const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "", "“pasted”, line 1: the text ends here; expected the number of atoms" },
    { "hello", "“pasted”, line 1: expected the number of atoms, 1 to 29; found “hello”" },
    { "1\n\nC 0 0\n", "“pasted”, line 3: expected a number, the z coordinate of the atom in Å; found nothing" },
    { "mol_id,smiles\ngdb_1,S\n", "None of the 1 molecules in “pasted” could be read. The first, “pasted”, line 2: the "
      "SMILES string “S” is invalid at character 1: expected one of the elements H, C, N, O, "
      "F" },
  };
  g_autoptr(MolCollection) methane = mol_open_text ("pasted", "name,smiles\nmethane,C\n", 22, NULL);
  MolMolecule molecule;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (mol_open_text ("pasted", cases[i].text, strlen (cases[i].text), &error));
      g_assert_error (error, MLP_ERROR, MLP_ERROR_FORMAT);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }

  mol_collection_get (methane, 0, &molecule);
  g_assert_cmpuint (molecule.n_atoms, ==, 5);
  g_assert_null (molecule.xyz);
}

/* The list beside the data: numbers at the start of a line. */
static void
test_list (Fixture      *f,
           gconstpointer data)
{
  g_autoptr(GByteArray) tar = fixture_molecules ("tar", 4);

  fixture_write_raw (f->folder, "data", tar->data, tar->len);
  open_some (f, FALSE, 4, 0);

  fixture_write_text (f->folder, "uncharacterized.txt",
                      "\nList of 2 molecules\n=====\n#  Index   SMILES\n=====\n"
                      "       2            CCCC   CCCC   1.0\r\n      99  C C 1\n 4\n=====\n");
  open_some (f, FALSE, 2, 2);
  open_some (f, TRUE, 4, 0);

  /* All of them would be none. */
  fixture_write_text (f->folder, "uncharacterized.txt", "1\n2\n3\n4\n");
  fixture_assert_no_molecules (f->folder, "", MLP_ERROR_FORMAT, "All 4 molecules in *data” are uncharacterized*");

  /* One that is no list is as none. */
  fixture_write_text (f->folder, "uncharacterized.txt", "<html>\n");
  open_some (f, FALSE, 4, 0);
}

/* Molecules that are numbered, and as many atoms or one more. */
static void
write_like_qm9 (Fixture     *f,
                const guint *numbers,
                const guint *n_atoms,
                gsize        n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autofree char *name = g_strdup_printf ("%u.xyz", numbers[i]);

      g_string_printf (text, "%u\ngdb %u 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15\n", n_atoms[i], numbers[i]);
      for (guint a = 0; a < n_atoms[i]; a++)
        g_string_append_printf (text, "C %u 0 0 0\n", a);
      g_string_append (text, "1\nC C\nInChI= InChI=\n");
      fixture_write_text (f->folder, name, text->str);
    }
}

/* The numbers that ship, where the set is QM9: 58 has 8 atoms there, 61 has 9; 59
 * is no such molecule. */
static void
test_shipped (Fixture      *f,
              gconstpointer data)
{
  static const guint numbers[] = { 58, 59, 61 };
  static const guint like[] = { 8, 1, 9 };
  static const guint unlike[] = { 8, 1, 8 };
  g_autoptr(MolCollection) one = NULL;

  write_like_qm9 (f, numbers, like, 3);
  open_some (f, FALSE, 1, 2);
  open_some (f, TRUE, 3, 0);

  /* Whoever opens one molecule means that one. */
  one = fixture_open (f->folder, "58.xyz", NULL);
  g_assert_cmpuint (mol_collection_get_n (one), ==, 1);

  /* Another set with numbers. */
  write_like_qm9 (f, numbers, unlike, 3);
  open_some (f, FALSE, 3, 0);
}

static void
add (const char *path,
     gsize i,
     void (*test)(Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, GSIZE_TO_POINTER (i), set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/datasets/qm9/builtin", test_builtin);
  g_test_add_func ("/datasets/qm9/locale", test_locale);
  g_test_add_func ("/datasets/qm9/read-text", test_read_text);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *path = g_strdup_printf ("/datasets/qm9/instead/%s", others[i].name);

      add (path, i, test_other);
    }
  add ("/datasets/qm9/folder", 0, test_folder);
  add ("/datasets/qm9/no-folder", 0, test_no_folder);
  add ("/datasets/qm9/order", 0, test_order);
  add ("/datasets/qm9/packed-text", 0, test_packed_text);
  add ("/datasets/qm9/one", 0, test_one);
  add ("/datasets/qm9/list", 0, test_list);
  add ("/datasets/qm9/shipped", 0, test_shipped);

  return g_test_run ();
}
