/* test-xyz.c: the text of one molecule.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "core/mlp-error.h"
#include "io/io-text.h"
#include "molecules/mol-xyz.h"
#include "test-util.h"

/* Water in every way a file of QM9 writes a number; the values are made up. */
static const char water[] =
  "3\n"
  "gdb 3\t799.5\t437.\t282\t1.85\t 6.31\t-0.2928\t+0.0687\t.3615\t  19.0\t0.021375\t-76.404702\t-76.4\t-76e0\t-7.5E+1\t6.002\t\n"
  "O\t-0.0343604951\t 0.9775395708\t 2.1997*^-6\t-0.589706\n"
  "H\t 0.0647664923\t 0.0205721989\t 0.\t 0.294853\n"
  "H\t 0.8717903737\t 1\t -1.5*^+0\t 2.94*^-1\n"
  "1671.4222\t3803.6305\t3907.698\n"
  "[OH2]\tO\t\n"
  "InChI=1S/H2O/h1H2\tInChI=1S/H2O/h1H2\n";

static void
assert_water (const MolMolecule *molecule)
{
  static const double properties[MOL_N_PROPERTIES] = {
    799.5, 437.0, 282.0, 1.85, 6.31, -0.2928, 0.0687, 0.3615, 19.0, 0.021375, -76.404702, -76.4, -76.0, -75.0, 6.002,
  };
  static const float xyz[9] = {
    -0.0343604951f, 0.9775395708f, 2.1997e-6f, 0.0647664923f, 0.0205721989f, 0.0f, 0.8717903737f, 1.0f, -1.5f,
  };

  g_assert_cmpuint (molecule->number, ==, 3);
  g_assert_cmpuint (molecule->n_atoms, ==, 3);
  g_assert_cmpmem (molecule->z, 3, "\10\1\1", 3);
  g_assert_cmpmem (molecule->xyz, sizeof (xyz), xyz, sizeof (xyz));
  g_assert_cmpmem (molecule->properties, sizeof (properties), properties, sizeof (properties));
  g_assert_cmpstr (molecule->smiles, ==, "[OH2]");
}

static void
assert_read (const char        *text,
             gsize              size,
             MolMoleculeBuffer *buffer)
{
  g_autoptr(GError) error = NULL;
  guint line;

  g_assert_true (mol_xyz_read (text, size, buffer, &line, &error));
  g_assert_no_error (error);
  g_assert_true (mol_xyz_recognise (text, size));
}

static void
test_water (void)
{
  MolMoleculeBuffer buffer;

  assert_read (water, strlen (water), &buffer);
  assert_water (&buffer.molecule);
}

/* (transfer full): every @from of @text is a @to */
static char *
substitute (const char *text,
            const char *from,
            const char *to)
{
  g_auto(GStrv) parts = g_strsplit (text, from, -1);

  return g_strjoinv (to, parts);
}

/* Other ways to end lines and to set words apart. */
static void
test_ways (void)
{
  static const struct
  {
    const char *from;
    const char *to;
  } ways[] = {
    { "\n", "\r\n" }, { "\t", " " }, { "\t", " \t  " }, { "\n", " \n" }, { "\n", "\t\r\n" },
    { "InChI=1S/H2O/h1H2\n", "InChI=1S/H2O/h1H2" },      /* no end of the last line */
    { "InChI=1S/H2O/h1H2\n", "InChI=1S/H2O/h1H2\n\n \r\n" },
    { "1671.4222\t3803.6305\t3907.698", "" },            /* whatever the frequencies are */
    { "1671.4222\t3803.6305\t3907.698", "nan\t*^\t" },
    { "*^", "e" },
    { "3\ngdb", "\xef\xbb\xbf" "3\ngdb" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *text = substitute (water, ways[i].from, ways[i].to);
      MolMoleculeBuffer buffer;

      assert_read (text, strlen (text), &buffer);
      assert_water (&buffer.molecule);
    }
}

static const struct
{
  const char *name;
  const char *from;       /* … of the water, and what it becomes */
  const char *to;
  guint       line;
  const char *message;
} bad[] = {
  { "empty-line", "3\ngdb", "\ngdb", 1, "expected the number of atoms, 1 to 29; found nothing" },
  { "no-count", "3\ngdb", "three\ngdb", 1, "expected the number of atoms, 1 to 29; found “three”" },
  { "count-0", "3\ngdb", "0\ngdb", 1, "expected the number of atoms, 1 to 29; found “0”" },
  { "count-30", "3\ngdb", "30\ngdb", 1, "expected the number of atoms, 1 to 29; found “30”" },
  { "count-negative", "3\ngdb", "-3\ngdb", 1, "expected the number of atoms, 1 to 29; found “-3”" },
  { "count-huge", "3\ngdb", "4294967299\ngdb", 1, "expected the number of atoms, 1 to 29; found “4294967299”" },
  { "count-and-more", "3\ngdb", "3 3\ngdb", 1, "expected the end of the line; found “3”" },
  { "count-too-low", "3\ngdb", "2\ngdb", 7, "expected “InChI=…”; found “[OH2]”" },
  { "count-too-high", "3\ngdb", "4\ngdb", 6, "expected an atom of one of the elements H, C, N, O, F; found “1671.4222”" },
  { "no-number", "gdb 3", "gdb", 2, "expected the molecule’s number after “gdb”; found “799.5”" },
  { "number-0", "gdb 3", "gdb 0", 2, "expected the molecule’s number after “gdb”; found “0”" },
  { "property", "6.31", "6,31", 2, "expected a number, property 5 of 15 (alpha); found “6,31”" },
  { "property-words", "437.", "1.0.0", 2, "expected a number, property 2 of 15 (B); found “1.0.0”" },
  { "property-nan", "437.", "nan", 2, "expected a number, property 2 of 15 (B); found “nan”" },
  { "property-infinite", "437.", "-inf", 2, "expected a number, property 2 of 15 (B); found “-inf”" },
  { "property-overflow", "437.", "1e999", 2, "expected a number, property 2 of 15 (B); found “1e999”" },
  { "property-hex", "437.", "0x10", 2, "expected a number, property 2 of 15 (B); found “0x10”" },
  { "property-exponent", "437.", "4e", 2, "expected a number, property 2 of 15 (B); found “4e”" },
  { "property-star", "437.", "4*5", 2, "expected a number, property 2 of 15 (B); found “4*5”" },
  { "property-sign", "437.", "-", 2, "expected a number, property 2 of 15 (B); found “-”" },
  { "too-few-properties", "\t6.002", "", 2, "expected a number, property 15 of 15 (Cv); found nothing" },
  { "too-many-properties", "\t6.002", "\t6.002\t1", 2, "expected the end of the line; found “1”" },
  { "chlorine", "O\t-0.0343604951", "Cl\t-0.0343604951", 3, "expected an atom of one of the elements H, C, N, O, F; found “Cl”" },
  { "sulphur", "H\t 0.8", "S\t 0.8", 5, "expected an atom of one of the elements H, C, N, O, F; found “S”" },
  { "no-atom", "H\t 0.8717903737\t 1\t -1.5*^+0\t 2.94*^-1", "", 5, "expected an atom of one of the elements H, C, N, O, "
    "F; found nothing" },
  { "place", " 0.9775395708", "0.97753957o8", 3, "expected a number, the y coordinate of the atom in Å; found "
    "“0.97753957o8”" },
  { "no-charge", "\t 0.294853", "", 4, "expected a number, the charge of the atom; found nothing" },
  { "charge-and-more", "\t 0.294853", "\t0.3\t0.4", 4, "expected the end of the line; found “0.4”" },
  { "one-place", "H\t 0.0647664923\t 0.0205721989\t 0.\t", "H\t-0.034\t0.977\t0\t", 5, "atoms 1 and 2 have the same "
    "coordinates" },
  { "far", "-1.5*^+0", "1001", 5, "atom 3 is more than 1000 Å from the origin" },
  { "no-smiles", "[OH2]\tO\t", "", 7, "expected the SMILES string; found nothing" },
  { "no-inchi", "InChI=1S/H2O/h1H2\t", "InChI\t", 8, "expected “InChI=…”; found “InChI”" },
  { "more", "InChI=1S/H2O/h1H2\n", "InChI=1S/H2O/h1H2\n\n3\n", 10, "expected the end of the molecule; found “3”" },
  { "long-word", "437.", "12345678901234567890123456789012345678901234567890", 2, NULL },
  { "control", "437.", "4\0017", 2, "expected a number, property 2 of 15 (B); found “4?7”" },
  { "latin1", "437.", "4\xb5" "7", 2, "expected a number, property 2 of 15 (B); found “4�7”" },
};

static void
test_bad (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *text = substitute (water, bad[i].from, bad[i].to);
  g_autoptr(GError) error = NULL;
  MolMoleculeBuffer buffer;
  guint line;

  g_assert_cmpstr (text, !=, water);
  if (bad[i].message == NULL)
    {
      /* Long, but a number. */
      g_assert_true (mol_xyz_read (text, strlen (text), &buffer, &line, &error));
      return;
    }

  g_assert_false (mol_xyz_read (text, strlen (text), &buffer, &line, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_FORMAT);
  g_assert_cmpstr (error->message, ==, bad[i].message);
  g_assert_cmpuint (line, ==, bad[i].line);
}

/* A text that ends early is refused, wherever it ends before what is needed. */
static void
test_truncation (void)
{
  gsize needed = (gsize) (strstr (water, "InChI=") + strlen ("InChI=") - water);

  for (gsize n = 0; n < strlen (water); n++)
    {
      /* No byte beyond may be looked at. */
      g_autofree char *part = g_memdup2 (water, n);
      g_autoptr(GError) error = NULL;
      MolMoleculeBuffer buffer;
      guint line;

      g_assert_cmpint (mol_xyz_read (part, n, &buffer, &line, &error), ==, n >= needed);
      g_assert_true ((error == NULL) == (n >= needed));
      g_assert_cmpuint (line, <=, 9);
    }
}

static void
test_bit_flips (void)
{
  gsize size = strlen (water);
  g_autofree char *text = g_memdup2 (water, size);

  for (gsize bit = 0; bit < 8 * size; bit++)
    {
      g_autoptr(GError) error = NULL;
      MolMoleculeBuffer buffer;
      guint line = 0;
      gboolean good;

      text[bit / 8] ^= (char) (1 << bit % 8);
      good = mol_xyz_read (text, size, &buffer, &line, &error);
      text[bit / 8] ^= (char) (1 << bit % 8);

      g_assert_true (good == (error == NULL));
      if (good)
        for (gsize p = 0; p < MOL_N_PROPERTIES; p++)
          g_assert_true (isfinite (buffer.properties[p]) || buffer.molecule.number == 0);
      else
        g_assert_cmpuint (line, >=, 1);
    }
}

static void
test_plain (void)
{
  static const char *const texts[] = {
    "2\n\nF 0 0 0\nH 0.917 0 0\n",
    "2\r\na comment, 1 2 3\r\n F\t0\t0\t0\r\nH 0.917 0 0",
    "  2\ngdb9 is no gdb\nF 0 0 0 and more\nH 9.17e-1 0 0 1 2 3\n\n\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      static const float xyz[6] = { 0.0f, 0.0f, 0.0f, 0.917f, 0.0f, 0.0f };
      MolMoleculeBuffer buffer;

      assert_read (texts[i], strlen (texts[i]), &buffer);
      g_assert_cmpuint (buffer.molecule.number, ==, 0);
      g_assert_cmpmem (buffer.molecule.z, buffer.molecule.n_atoms, "\11\1", 2);
      g_assert_cmpmem (buffer.molecule.xyz, sizeof (xyz), xyz, sizeof (xyz));
      g_assert_cmpstr (buffer.molecule.smiles, ==, "");
      for (gsize p = 0; p < MOL_N_PROPERTIES; p++)
        g_assert_true (isnan (buffer.molecule.properties[p]));
    }
}

static void
test_recognise (void)
{
  static const char *const others[] = { "", "\n", "a\n", "1 2\n", "-1\n", "1.0\n", "<html>", "number\n3\n", "99999999999999999\n",
                                        "5\n", "5\n3\n", "5\n3\n2\n", "2\n\n1 0 0 0\n", "2\n\nF 0 0\n", "2\n\n\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (mol_xyz_recognise (others[i], strlen (others[i])));

  /* One that will be refused is still one of ours. */
  g_assert_true (mol_xyz_recognise ("30\ngdb 0", 8));
  g_assert_true (mol_xyz_recognise ("0\n\nCl 0 0 0", 11));
}

/* A comma for the decimal sign of the locale changes nothing. */
static void
test_locale (void)
{
  g_autofree char *old = g_strdup (setlocale (LC_ALL, NULL));
  MolMoleculeBuffer buffer;

  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("The locale de_DE.UTF-8 is not installed");
      return;
    }

  g_assert_cmpstr (localeconv ()->decimal_point, ==, ",");
  assert_read (water, strlen (water), &buffer);
  assert_water (&buffer.molecule);
  setlocale (LC_ALL, old);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/datasets/xyz/water", test_water);
  g_test_add_func ("/datasets/xyz/ways", test_ways);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strdup_printf ("/datasets/xyz/bad/%s", bad[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_bad);
    }
  g_test_add_func ("/datasets/xyz/truncation", test_truncation);
  g_test_add_func ("/datasets/xyz/bit-flips", test_bit_flips);
  g_test_add_func ("/datasets/xyz/plain", test_plain);
  g_test_add_func ("/datasets/xyz/recognise", test_recognise);
  g_test_add_func ("/datasets/xyz/locale", test_locale);

  return g_test_run ();
}
