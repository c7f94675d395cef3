/* test-molecule.c: molecules in memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "molecules/mol-collection-private.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-element.h"
#include "molecules/mol-molecule-private.h"
#include "test-util.h"

static void
test_elements (void)
{
  static const char *const symbols[] = { "H", "C", "N", "O", "F" };
  static const guint numbers[] = { 1, 6, 7, 8, 9 };

  for (guint i = 0; i < MOL_N_ELEMENTS; i++)
    {
      g_assert_cmpstr (mol_element_get_symbol (i), ==, symbols[i]);
      g_assert_cmpuint (mol_element_get_number (i), ==, numbers[i]);
      g_assert_cmpint (mol_element_from_symbol (symbols[i], 1), ==, i);
      g_assert_cmpint (mol_element_from_number (numbers[i]), ==, i);
    }

  g_assert_cmpint (mol_element_from_number (0), ==, -1);
  g_assert_cmpint (mol_element_from_number (16), ==, -1);
  g_assert_cmpint (mol_element_from_symbol ("Cl", 2), ==, -1);
  g_assert_cmpint (mol_element_from_symbol ("c", 1), ==, -1);
  g_assert_cmpint (mol_element_from_symbol ("", 0), ==, -1);
}

static void
test_formula (void)
{
  static const struct
  {
    guint8      z[6];
    guint       n_atoms;
    const char *formula;
  } cases[] = {
    { { 8, 1, 6, 9, 7, 1 }, 6, "CH2FNO" },
    { { 6 }, 1, "C" },
    { { 1, 8, 1 }, 3, "H2O" },
    { { 8, 7, 1, 9 }, 4, "FHNO" },
    { { 6, 6, 8 }, 3, "C2O" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const MolMolecule molecule = { .n_atoms = cases[i].n_atoms, .z = cases[i].z };
      g_autofree char *formula = mol_molecule_make_formula (&molecule);

      g_assert_cmpstr (formula, ==, cases[i].formula);
    }
}

/* A molecule that can be told from others by each of its parts. */
static void
make_molecule (guint              number,
               gboolean           has_geometry,
               MolMoleculeBuffer *buffer)
{
  g_autofree char *smiles = g_strdup_printf ("C%u", number);

  mol_molecule_buffer_clear (buffer);
  buffer->molecule.number = number;
  buffer->molecule.xyz = has_geometry ? buffer->xyz : NULL;
  for (guint a = 0; a < 1 + number % MOL_MAX_ATOMS; a++)
    {
      mol_molecule_buffer_add (buffer, (number + a) % MOL_N_ELEMENTS, NULL);
      for (guint k = 0; k < 3; k++)
        buffer->xyz[3 * a + k] = (float) (1000 * number + 3 * a + k);
    }
  mol_molecule_buffer_set_smiles (buffer, smiles, strlen (smiles), NULL);
  for (guint p = 1; p < MOL_N_PROPERTIES; p++)
    buffer->properties[p] = 100.0 * number + p;
}

static void
assert_molecule (const MolCollection *molecules,
                 gsize                i,
                 guint                number,
                 gboolean             has_geometry)
{
  MolMoleculeBuffer expected;
  MolMolecule molecule;

  make_molecule (number, has_geometry, &expected);
  mol_collection_get (molecules, i, &molecule);
  g_assert_cmpuint (molecule.number, ==, number);
  g_assert_cmpmem (molecule.z, molecule.n_atoms, expected.z, expected.molecule.n_atoms);
  g_assert_cmpstr (molecule.smiles, ==, expected.smiles);
  g_assert_true (isnan (molecule.properties[0]));
  g_assert_cmpmem (molecule.properties + 1, sizeof (double) * (MOL_N_PROPERTIES - 1),
                   expected.properties + 1, sizeof (double) * (MOL_N_PROPERTIES - 1));
  if (has_geometry)
    g_assert_cmpmem (molecule.xyz, 3 * sizeof (float) * molecule.n_atoms,
                     expected.xyz, 3 * sizeof (float) * expected.molecule.n_atoms);
  else
    g_assert_null (molecule.xyz);
}

static MolCollection *
build (const guint *numbers,
       gsize        n,
       gboolean     has_geometry)
{
  MolCollectionBuilder *builder = mol_collection_builder_new ();
  MolMoleculeBuffer buffer;

  for (gsize i = 0; i < n; i++)
    {
      make_molecule (numbers[i], has_geometry, &buffer);
      mol_collection_builder_add (builder, &buffer.molecule);
    }

  return mol_collection_builder_end (builder);
}

static void
test_builder (void)
{
  static const guint mixed[] = { 7, 100000, 1, 29, 28 };
  static const guint sorted[] = { 1, 7, 28, 29, 100000 };

  for (int has_geometry = 0; has_geometry <= 1; has_geometry++)
    {
      g_autoptr(MolCollection) a = build (mixed, G_N_ELEMENTS (mixed), has_geometry);
      g_autoptr(MolCollection) b = build (sorted, G_N_ELEMENTS (sorted), has_geometry);
      g_autoptr(MolCollection) c = build (sorted, G_N_ELEMENTS (sorted) - 1, has_geometry);

      g_assert_cmpuint (mol_collection_get_n (a), ==, G_N_ELEMENTS (mixed));
      g_assert_cmpint (mol_collection_has_geometry (a), ==, has_geometry);
      for (gsize i = 0; i < G_N_ELEMENTS (sorted); i++)
        assert_molecule (a, i, sorted[i], has_geometry);

      /* The order of reading does not matter. */
      g_assert_cmpstr (mol_collection_get_key (a), ==, mol_collection_get_key (b));
      g_assert_cmpstr (mol_collection_get_key (a), !=, mol_collection_get_key (c));
    }

  g_assert_null (mol_collection_builder_end (mol_collection_builder_new ()));
}

/* Without numbers they stay in the order of reading. */
static void
test_unnumbered (void)
{
  MolCollectionBuilder *builder = mol_collection_builder_new ();
  g_autoptr(MolCollection) molecules = NULL;
  g_autoptr(MolCollection) same = NULL;
  MolMoleculeBuffer buffer;
  MolMolecule molecule;

  for (guint i = 0; i < 100; i++)
    {
      make_molecule (i % 29, TRUE, &buffer);
      buffer.molecule.number = 0;
      mol_collection_builder_add (builder, &buffer.molecule);
    }
  make_molecule (3, TRUE, &buffer);
  mol_collection_builder_add (builder, &buffer.molecule);
  buffer.molecule.number = 0;
  mol_collection_builder_add (builder, &buffer.molecule);

  molecules = mol_collection_builder_end (builder);
  for (guint i = 0; i < 100; i++)
    {
      mol_collection_get (molecules, i, &molecule);
      g_assert_cmpuint (molecule.n_atoms, ==, 1 + i % 29);
    }
  assert_molecule (molecules, 101, 3, TRUE);

  same = mol_collection_ref (molecules);
  g_assert_true (same == molecules);
}

/* A block from a file is not believed: cut short or with any bit turned, it is
 * refused, or nothing leads out of it. */
static void
test_bytes (void)
{
  static const guint numbers[] = { 4, 5, 17 };
  g_autoptr(MolCollection) molecules = build (numbers, G_N_ELEMENTS (numbers), TRUE);
  g_autoptr(MolCollection) same = mol_collection_new_from_bytes (mol_collection_peek_bytes (molecules));
  gsize size;
  const guint8 *data = g_bytes_get_data (mol_collection_peek_bytes (molecules), &size);
  guint8 *copy = g_aligned_alloc (size, 1, 64);
  guint n_refused = 0;

  g_assert_cmpstr (mol_collection_get_key (molecules), ==, mol_collection_get_key (same));

  memcpy (copy, data, size);
  for (gsize n = 0; n < size; n++)
    {
      g_autoptr(GBytes) part = g_bytes_new_static (copy, n);

      g_assert_null (mol_collection_new_from_bytes (part));
    }

  for (gsize bit = 0; bit < 8 * size; bit++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (copy, size);
      g_autoptr(MolCollection) turned = NULL;

      copy[bit / 8] ^= 1 << bit % 8;
      turned = mol_collection_new_from_bytes (bytes);
      if (turned == NULL)
        n_refused++;
      else
        for (gsize i = 0; i < mol_collection_get_n (turned); i++)
          {
            MolMolecule molecule;
            g_autofree char *formula = NULL;

            mol_collection_get (turned, i, &molecule);
            g_assert_cmpuint (molecule.n_atoms, <=, MOL_MAX_ATOMS);
            g_assert_cmpuint (strlen (molecule.smiles), <, MOL_MAX_SMILES);
            formula = mol_molecule_make_formula (&molecule);
            g_assert_nonnull (formula);
          }
      copy[bit / 8] ^= 1 << bit % 8;
    }
  g_assert_cmpuint (n_refused, >, 8 * 16);
  g_aligned_free (copy);
}

static void
test_places (void)
{
  float xyz[6] = { 0.0f, 0.0f, 0.0f, 0.0f, 0.11f, 0.0f };
  static const guint8 z[2] = { 1, 1 };
  const MolMolecule molecule = { .n_atoms = 2, .z = z, .xyz = xyz };
  g_autoptr(GError) error = NULL;

  g_assert_true (mol_molecule_check_places (&molecule, &error));

  xyz[4] = 0.09f;
  g_assert_false (mol_molecule_check_places (&molecule, &error));
  g_assert_cmpstr (error->message, ==, "atoms 1 and 2 have the same coordinates");
  g_clear_error (&error);

  xyz[4] = -1000.5f;
  g_assert_false (mol_molecule_check_places (&molecule, &error));
  g_assert_cmpstr (error->message, ==, "atom 2 is more than 1000 Å from the origin");
  g_clear_error (&error);

  xyz[4] = NAN;
  g_assert_false (mol_molecule_check_places (&molecule, &error));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/datasets/molecule/elements", test_elements);
  g_test_add_func ("/datasets/molecule/formula", test_formula);
  g_test_add_func ("/datasets/molecule/builder", test_builder);
  g_test_add_func ("/datasets/molecule/unnumbered", test_unnumbered);
  g_test_add_func ("/datasets/molecule/bytes", test_bytes);
  g_test_add_func ("/datasets/molecule/places", test_places);

  return g_test_run ();
}
