/* test-smiles.c: the atoms of a SMILES.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/mlp-error.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-open.h"
#include "molecules/mol-smiles.h"
#include "test-util.h"

/* Formulas from textbooks. */
static const struct
{
  const char *smiles;
  const char *formula;
} good[] = {
  { "C", "CH4" },
  { "N", "H3N" },
  { "O", "H2O" },
  { "F", "FH" },
  { "[H][H]", "H2" },
  { "CC", "C2H6" },
  { "C=C", "C2H4" },
  { "C#C", "C2H2" },
  { "C#N", "CHN" },
  { "C=O", "CH2O" },
  { "O=C=O", "CO2" },
  { "N#N", "N2" },
  { "CC(C)(C)C", "C5H12" },
  { "OC(=O)C(F)(F)F", "C2HF3O2" },
  { "C1CC1", "C3H6" },
  { "C12C3C4C1C5C2C3C45", "C8H8" },             /* cubane */
  { "C%10CC%10", "C3H6" },
  { "C1CC=1", "C3H4" },                         /* a double ring bond, written at its end */
  { "C=1CC1", "C3H4" },                         /* … at its start */
  { "C=1CC=1", "C3H4" },                        /* … at both */
  { "C1C(C1)C2CC2", "C6H10" },
  { "C1CC1C1CC1", "C6H10" },                    /* a number is used anew */
  { "CN(=O)=O", "CH3NO2" },                     /* nitrogen of valence 5 */
  { "ON(=O)C", "CH5NO2" },                      /* … by the letter of the specification */
  { "C[N+](=O)[O-]", "CH3NO2" },
  { "[NH3+]CC([O-])=O", "C2H5NO2" },
  { "[NH4+]", "H4N" },
  { "[C-]#[O+]", "CO" },
  { "[13CH4]", "CH4" },
  { "[2H]C([2H])([2H])[2H]", "CH4" },
  { "N[C@@H](C)C(=O)O", "C3H7NO2" },            /* alanine */
  { "F/C=C/F", "C2H2F2" },
  { "F/C=C\\F", "C2H2F2" },
  { "[CH3:7]O", "CH4O" },
  { "[O--]", "O" },
  { "O.C", "CH6O" },
  { "c1ccccc1", "C6H6" },
  { "c1ccc2ccccc2c1", "C10H8" },
  { "c1ccncc1", "C5H5N" },
  { "c1cc[nH]c1", "C4H5N" },
  { "Cn1cccc1", "C5H7N" },
  { "o1cccc1", "C4H4O" },
  { "O=c1cc[nH]cc1", "C5H5NO" },
  { "c1ccccc1-c1ccccc1", "C12H10" },
  { "c1:c:c:c:c:c1", "C6H6" },
  { "Cn1cnc2c1c(=O)n(C)c(=O)n2C", "C8H10N4O2" },        /* caffeine */
  { "CC(=O)Oc1ccccc1C(=O)O", "C9H8O4" },        /* aspirin */
};

static char *
make_formula (const char *smiles,
              GError    **error)
{
  /* No byte beyond may be looked at. */
  g_autofree char *part = g_memdup2 (smiles, strlen (smiles));
  MolMoleculeBuffer buffer;

  mol_molecule_buffer_clear (&buffer);
  if (!mol_smiles_read_atoms (part, strlen (smiles), &buffer, error))
    return NULL;

  return mol_molecule_make_formula (&buffer.molecule);
}

static void
test_good (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *formula = make_formula (good[i].smiles, &error);

      g_assert_no_error (error);
      if (g_strcmp0 (formula, good[i].formula) != 0)
        g_error ("%s: %s instead of %s", good[i].smiles, formula, good[i].formula);
    }
}

/* The atoms come in the order of the text, hydrogens last. */
static void
test_order (void)
{
  MolMoleculeBuffer buffer;

  mol_molecule_buffer_clear (&buffer);
  g_assert_true (mol_smiles_read_atoms ("OC([2H])F", 9, &buffer, NULL));
  g_assert_cmpmem (buffer.z, buffer.molecule.n_atoms, "\10\6\1\11\1\1", 6);
}

static const struct
{
  const char *smiles;
  gsize       character;
  const char *message;
} bad[] = {
  { "", 1, "expected an atom" },
  { "S", 1, "expected one of the elements H, C, N, O, F" },
  { "CCl", 2, "expected one of the elements H, C, N, O, F" },
  { "[Cl-]", 2, "expected one of the elements H, C, N, O, F" },
  { "[Na+]", 2, "expected one of the elements H, C, N, O, F" },
  { "f", 1, "expected one of the elements H, C, N, O, F" },
  { "CH3", 2, "hydrogen must be written in brackets" },
  { "[CH3", 5, "expected “]”" },
  { "[C", 3, "expected “]”" },
  { "[", 2, "expected one of the elements H, C, N, O, F" },
  { "C1CC", 5, "a ring was not closed" },
  { "C11", 3, "the ring closes on the atom that opened it" },
  { "1CC1", 1, "there is no atom before the ring closure number" },
  { "C%1", 4, "expected two digits after “%”" },
  { "C(C", 4, "a branch was not closed" },
  { "C)C", 2, "the branch was not opened" },
  { "(C)C", 1, "there is no atom before the branch" },
  { "C=", 3, "expected an atom" },
  { "=C", 1, "there is no atom before the bond" },
  { "C==C", 3, "expected an atom after the bond" },
  { "C=(C)C", 3, "expected an atom after the bond" },
  { "C C", 2, "expected one of the elements H, C, N, O, F" },
  { "C\xc3\xa4", 2, "expected one of the elements H, C, N, O, F" },
  { "CCCCCCCCCCCCCCCCCCCCCCCCCCCCCC", 30, "there are too many atoms" },
};

static void
test_bad (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *message = g_strdup_printf ("the SMILES string “%s” is invalid at character %zu: %s",
                                                  bad[i].smiles, bad[i].character, bad[i].message);
      g_autoptr(GError) error = NULL;

      g_assert_null (make_formula (bad[i].smiles, &error));
      g_assert_error (error, MLP_ERROR, MLP_ERROR_FORMAT);
      g_assert_cmpstr (error->message, ==, message);
    }
}

static void
test_too_many (void)
{
  g_autoptr(GError) error = NULL;

  /* Ten carbons and 22 hydrogens. */
  g_assert_null (make_formula ("CCCCCCCCCC", &error));
  g_assert_nonnull (strstr (error->message, "more than 29 atoms"));
}

/* Those of the built-in molecules give the atoms that have places. */
static void
test_builtin (void)
{
  const MolOpenOptions options = MOL_OPEN_OPTIONS_DEFAULT;
  g_autoptr(MolCollection) molecules = mol_open ("builtin:molecules", &options, NULL, NULL, NULL, NULL);

  for (gsize i = 0; i < mol_collection_get_n (molecules); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *expected = NULL;
      g_autofree char *formula = NULL;
      MolMolecule molecule;

      mol_collection_get (molecules, i, &molecule);
      expected = mol_molecule_make_formula (&molecule);
      formula = make_formula (molecule.smiles, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (formula, ==, expected);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/datasets/smiles/good", test_good);
  g_test_add_func ("/datasets/smiles/order", test_order);
  g_test_add_func ("/datasets/smiles/bad", test_bad);
  g_test_add_func ("/datasets/smiles/too-many", test_too_many);
  g_test_add_func ("/datasets/smiles/builtin", test_builtin);

  return g_test_run ();
}
