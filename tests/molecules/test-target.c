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
static const double methane_properties[DS_N_PROPERTIES] = {
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

static DsMolecule
make_methane (void)
{
  return (DsMolecule) { 1, 5, methane, NULL, "C", methane_properties };
}

static void
test_atomisation (void)
{
  const DsMolecule molecule = make_methane ();

  for (gsize i = 0; i < G_N_ELEMENTS (atomisation); i++)
    {
      const DsTarget *target = ds_targets_find (atomisation[i].id, NULL);
      const double value = ds_target_get_value (target, &molecule, DS_METHOD_B3LYP);

      assert_close (value * ds_target_get_factor (target, DS_UNIT_KCAL), atomisation[i].kcal, 1e-6);
    }
}

/* 1 Ha = 27.211386 eV = 627.509474 kcal/mol; 1 kcal = 4.184 kJ */
static void
test_units (void)
{
  const DsTarget *gap = ds_targets_find ("gap", NULL);
  const DsTarget *mu = ds_targets_find ("mu", NULL);
  const DsMolecule molecule = make_methane ();
  const double value = ds_target_get_value (gap, &molecule, DS_METHOD_B3LYP);
  static const double in[DS_N_UNITS] = { 0.5048, 0.5048, 13.736307777, 13736.307777, 316.766782, 1325.352216 };
  static const char *const names[DS_N_UNITS] = { "Ha", "Ha", "eV", "meV", "kcal/mol", "kJ/mol" };

  for (guint u = 0; u < DS_N_UNITS; u++)
    {
      DsUnit unit;

      assert_close (value * ds_target_get_factor (gap, (DsUnit) u), in[u], 1e-8);
      g_assert_cmpstr (ds_target_get_unit (gap, (DsUnit) u), ==, names[u]);
      g_assert_true (ds_unit_from_name (ds_unit_get_name ((DsUnit) u), &unit, NULL));
      g_assert_cmpuint (unit, ==, u);

      /* A dipole moment has one unit. */
      assert_close (ds_target_get_factor (mu, (DsUnit) u), 1.0, 0.0);
      g_assert_cmpstr (ds_target_get_unit (mu, (DsUnit) u), ==, "D");
    }

  /* The published rows are in eV: HDAD's 0.107 eV are 2.467 kcal/mol. */
  assert_close (gap->published[3].mae * ds_target_get_published_factor (gap, DS_UNIT_KCAL), 2.46747, 1e-4);
  assert_close (gap->published[3].mae * ds_target_get_published_factor (gap, DS_UNIT_EV), 0.107, 1e-12);
}

/* The free atoms of GFN2-xTB have no G. */
static void
test_xtb (void)
{
  const DsMolecule molecule = make_methane ();
  const DsTarget *u0 = ds_targets_find ("u0-atomisation", NULL);
  const DsTarget *g = ds_targets_find ("g-atomisation", NULL);

  assert_close (ds_target_get_value (u0, &molecule, DS_METHOD_XTB),
                -40.47893 + 1.793296 + 4.0 * 0.393483, 1e-12);
  g_assert_true (isnan (ds_target_get_value (g, &molecule, DS_METHOD_XTB)));
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
  DsUnit unit;

  g_assert_true (ds_targets_parse (" gap, u0-atomisation", &targets, &error));
  g_assert_cmpuint (targets->len, ==, 2);
  g_assert_cmpstr (((const DsTarget *) g_ptr_array_index (targets, 1))->id, ==, "u0-atomisation");

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      GPtrArray *none = NULL;

      g_assert_false (ds_targets_parse (wrong[i].text, &none, &error));
      g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
      if (strlen (wrong[i].text) > 0)
        g_assert_nonnull (strstr (error->message, wrong[i].message));

      g_clear_error (&error);
    }

  g_assert_false (ds_unit_from_name ("erg", &unit, &error));
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
