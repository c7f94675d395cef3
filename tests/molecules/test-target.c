/* test-target.c: targets against values that others computed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/mlp-error.h"
#include "molecules/mol-target.h"
#include "test-util.h"

static const guint8 methane[] = { 6, 1, 1, 1, 1 };

/* gdb_1 as the authors give it, and its atomisation energies in kcal/mol as
 * MoleculeNet's table gives them. */
static const double methane_properties[MOL_N_PROPERTIES] = {
  157.7118, 157.70997, 157.70699, 0.0, 13.21, -0.3877, 0.1171, 0.5048, 35.3641, 0.044749,
  -40.47893, -40.476062, -40.475117, -40.498597, 6.469
};

static const struct
{
  const char *id;
  double      kcal;
} atomisation[] = {
  { "u0-atomisation", -395.999594594 },
  { "u-atomisation", -398.643290011 },
  { "h-atomisation", -401.014646522 },
  { "g-atomisation", -372.471772148 },
};

static MolMolecule
make_methane (void)
{
  return (MolMolecule) { 1, 5, methane, NULL, "C", methane_properties };
}

static void
test_atomisation (void)
{
  const MolMolecule molecule = make_methane ();

  for (gsize i = 0; i < G_N_ELEMENTS (atomisation); i++)
    {
      const MolTarget *target = mol_target_find (atomisation[i].id, NULL);
      const double value = mol_target_get_value (target, &molecule, MOL_METHOD_B3LYP);

      assert_close (value * mol_target_get_factor (target, MOL_UNIT_KCAL), atomisation[i].kcal, 1e-6);
    }
}

/* 1 Ha = 27.211386 eV = 627.509474 kcal/mol; 1 kcal = 4.184 kJ */
static void
test_units (void)
{
  const MolTarget *gap = mol_target_find ("gap", NULL);
  const MolTarget *mu = mol_target_find ("mu", NULL);
  const MolMolecule molecule = make_methane ();
  const double value = mol_target_get_value (gap, &molecule, MOL_METHOD_B3LYP);
  static const double in[MOL_N_UNITS] = { 0.5048, 0.5048, 13.736307777, 13736.307777, 316.766782, 1325.352216 };
  static const char *const names[MOL_N_UNITS] = { "Ha", "Ha", "eV", "meV", "kcal/mol", "kJ/mol" };

  for (guint u = 0; u < MOL_N_UNITS; u++)
    {
      MolUnit unit;

      assert_close (value * mol_target_get_factor (gap, (MolUnit) u), in[u], 1e-8);
      g_assert_cmpstr (mol_target_get_unit (gap, (MolUnit) u), ==, names[u]);
      g_assert_true (mol_target_unit_from_name (mol_target_get_unit_name ((MolUnit) u), &unit, NULL));
      g_assert_cmpuint (unit, ==, u);

      /* A dipole moment has one unit. */
      assert_close (mol_target_get_factor (mu, (MolUnit) u), 1.0, 0.0);
      g_assert_cmpstr (mol_target_get_unit (mu, (MolUnit) u), ==, "D");
    }

  /* The published rows are in eV: HDAD's 0.107 eV are 2.467 kcal/mol. */
  assert_close (gap->published[3].mae * mol_target_get_published_factor (gap, MOL_UNIT_KCAL), 2.46747, 1e-4);
  assert_close (gap->published[3].mae * mol_target_get_published_factor (gap, MOL_UNIT_EV), 0.107, 1e-12);
}

/* The free atoms of GFN2-xTB have no G. */
static void
test_xtb (void)
{
  const MolMolecule molecule = make_methane ();
  const MolTarget *u0 = mol_target_find ("u0-atomisation", NULL);
  const MolTarget *g = mol_target_find ("g-atomisation", NULL);

  assert_close (mol_target_get_value (u0, &molecule, MOL_METHOD_XTB),
                -40.47893 + 1.793296 + 4.0 * 0.393483, 1e-12);
  g_assert_true (isnan (mol_target_get_value (g, &molecule, MOL_METHOD_XTB)));
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    const char *message;
  } wrong[] = {
    { "gap,band", "“band”" },
    { "gap,gap", "twice" },
    { "", "“”" },
    { "gap,", "“”" },
  };
  g_autoptr(GPtrArray) targets = NULL;
  g_autoptr(GError) error = NULL;
  MolUnit unit;

  g_assert_true (mol_target_parse_list (" gap, u0-atomisation", &targets, &error));
  g_assert_cmpuint (targets->len, ==, 2);
  g_assert_cmpstr (((const MolTarget *) g_ptr_array_index (targets, 1))->id, ==, "u0-atomisation");

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      GPtrArray *none = NULL;

      g_assert_false (mol_target_parse_list (wrong[i].text, &none, &error));
      g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
      if (strlen (wrong[i].text) > 0)
        g_assert_nonnull (strstr (error->message, wrong[i].message));

      g_clear_error (&error);
    }

  g_assert_false (mol_target_unit_from_name ("erg", &unit, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "kcal/mol"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/datasets/target/atomisation", test_atomisation);
  g_test_add_func ("/datasets/target/units", test_units);
  g_test_add_func ("/datasets/target/xtb", test_xtb);
  g_test_add_func ("/datasets/target/parse", test_parse);

  return g_test_run ();
}
