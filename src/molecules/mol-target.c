/* mol-target.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-element.h"
#include "molecules/mol-target.h"

/* CODATA 2018; 1 cal = 4.184 J. */
#define EV_PER_HARTREE   27.211386245988
#define KCAL_PER_HARTREE 627.509474
#define KJ_PER_KCAL      4.184

/* 1 kcal/mol, as the tables of papers round it. */
#define CHEMICAL_EV 0.043

static const struct
{
  const char *name;
  double      per_hartree;
} units[MOL_N_UNITS] = {
  [MOL_UNIT_NATIVE] = { "native", 1.0 },
  [MOL_UNIT_HARTREE] = { "Ha", 1.0 },
  [MOL_UNIT_EV] = { "eV", EV_PER_HARTREE },
  [MOL_UNIT_MEV] = { "meV", 1000.0 * EV_PER_HARTREE },
  [MOL_UNIT_KCAL] = { "kcal/mol", KCAL_PER_HARTREE },
  [MOL_UNIT_KJ] = { "kJ/mol", KJ_PER_KCAL *KCAL_PER_HARTREE },
};

/* Mean absolute errors with about 110,000 molecules for training. */
#define PUBLISHED(cm, bob, baml, hdad, ecfp4, gc, ggnn, enn)                                     \
  { { "Coulomb matrix", cm }, { "Bag of bonds", bob }, { "BAML", baml }, { "HDAD", hdad },       \
    { "ECFP4", ecfp4 }, { "GC", gc }, { "GG-NN", ggnn }, { "enn-s2s", enn }, { NULL, 0.0 } }
#define UNPUBLISHED { { NULL, 0.0 } }

#define NONE ((double) NAN)

static const MolTarget targets[] = {
  { "gap", "Δε", N_("HOMO–LUMO gap"), MOL_GAP, FALSE, "Ha", TRUE, CHEMICAL_EV,
    PUBLISHED (0.229, 0.147, 0.141, 0.107, 0.166, 0.077, 0.073, 0.069) },
  { "homo", "ε HOMO", N_("HOMO energy"), MOL_HOMO, FALSE, "Ha", TRUE, CHEMICAL_EV,
    PUBLISHED (0.133, 0.095, 0.095, 0.066, 0.124, 0.051, 0.050, 0.043) },
  { "lumo", "ε LUMO", N_("LUMO energy"), MOL_LUMO, FALSE, "Ha", TRUE, CHEMICAL_EV,
    PUBLISHED (0.183, 0.118, 0.119, 0.084, 0.133, 0.047, 0.046, 0.037) },
  { "mu", "μ", N_("Dipole moment"), MOL_MU, FALSE, "D", FALSE, 0.1,
    PUBLISHED (0.449, 0.423, 0.434, 0.334, 0.482, 0.070, 0.122, 0.030) },
  { "alpha", "α", N_("Polarisability"), MOL_ALPHA, FALSE, "a₀³", FALSE, 0.1,
    PUBLISHED (0.433, 0.298, 0.301, 0.175, 3.45, 0.227, 0.155, 0.092) },
  { "r2", "⟨R²⟩", N_("Electronic spatial extent"), MOL_R2, FALSE, "a₀²", FALSE, 1.2,
    PUBLISHED (3.40, 0.96, 3.90, 1.62, 108.8, 5.68, 4.79, 0.18) },
  { "zpve", "ZPVE", N_("Zero-point vibrational energy"), MOL_ZPVE, FALSE, "Ha", TRUE, 0.0012,
    PUBLISHED (0.00576, 0.00408, 0.00397, 0.00229, 0.290, 0.0117, 0.00302, 0.00152) },
  { "u0-atomisation", "U₀ at", N_("Atomisation energy at 0 K"), MOL_U0, TRUE, "Ha", TRUE, CHEMICAL_EV,
    PUBLISHED (0.128, 0.061, 0.052, 0.025, 3.66, 0.130, 0.036, 0.019) },
  { "u-atomisation", "U at", N_("Atomisation energy at 298 K"), MOL_U, TRUE, "Ha", TRUE, CHEMICAL_EV, UNPUBLISHED },
  { "h-atomisation", "H at", N_("Atomisation enthalpy at 298 K"), MOL_H, TRUE, "Ha", TRUE, CHEMICAL_EV, UNPUBLISHED },
  { "g-atomisation", "G at", N_("Atomisation free energy at 298 K"), MOL_G, TRUE, "Ha", TRUE, CHEMICAL_EV, UNPUBLISHED },
  { "cv", "Cᵥ", N_("Heat capacity at 298 K"), MOL_CV, FALSE, "cal/(mol K)", FALSE, 0.05,
    PUBLISHED (0.118, 0.092, 0.082, 0.044, 1.51, 0.073, 0.060, 0.040) },
  { "u0", "U₀", N_("Total energy at 0 K"), MOL_U0, FALSE, "Ha", TRUE, CHEMICAL_EV, UNPUBLISHED },
  { "u", "U", N_("Total energy at 298 K"), MOL_U, FALSE, "Ha", TRUE, CHEMICAL_EV, UNPUBLISHED },
  { "h", "H", N_("Total enthalpy at 298 K"), MOL_H, FALSE, "Ha", TRUE, CHEMICAL_EV, UNPUBLISHED },
  { "g", "G", N_("Total free energy at 298 K"), MOL_G, FALSE, "Ha", TRUE, CHEMICAL_EV, UNPUBLISHED },
  { "a", "A", N_("Rotational constant A"), MOL_A, FALSE, "GHz", FALSE, NONE, UNPUBLISHED },
  { "b", "B", N_("Rotational constant B"), MOL_B, FALSE, "GHz", FALSE, NONE, UNPUBLISHED },
  { "c", "C", N_("Rotational constant C"), MOL_C, FALSE, "GHz", FALSE, NONE, UNPUBLISHED },
};

/* How many molecules tell whether all are of QM9, how many it has, and the least atomisation energy of an
 * atom there, in Ha, with room below (of QM9: −0.19). */
#define N_LOOKED_AT   1000
#define N_QM9         133885
#define LEAST_BINDING (-0.3)

/* Ha, of H C N O F; U0, U, H, G. */
enum { AT_U0, AT_U, AT_H, AT_G, N_ATOM_ROWS };

/* QM9's atomref.txt, and what xtb gives for the free atoms. */
static const double free_atoms[][N_ATOM_ROWS][MOL_N_ELEMENTS] = {
  [MOL_METHOD_B3LYP] = {
    { -0.500273, -37.846772, -54.583861, -75.064579, -99.718730 },
    { -0.498857, -37.845355, -54.582445, -75.063163, -99.717314 },
    { -0.497912, -37.844411, -54.581501, -75.062219, -99.716370 },
    { -0.510927, -37.861317, -54.598897, -75.079532, -99.733544 },
  },
  [MOL_METHOD_XTB] = {
    { -0.393483, -1.793296, -2.605824, -3.767607, -4.619340 },
    { -0.392066, -1.791880, -2.604408, -3.766191, -4.617924 },
    { -0.391122, -1.790936, -2.603464, -3.765246, -4.616980 },
    { NONE, NONE, NONE, NONE, NONE },
  },
};

const char *
mol_target_get_unit_name (MolUnit unit)
{
  g_return_val_if_fail ((guint) unit < MOL_N_UNITS, NULL);

  return units[unit].name;
}

gboolean
mol_target_unit_from_name (const char *name,
                           MolUnit    *unit,
                           GError    **error)
{
  for (guint i = 0; i < MOL_N_UNITS; i++)
    {
      if (g_ascii_strcasecmp (units[i].name, name) == 0)
        {
          *unit = (MolUnit) i;
          return TRUE;
        }
    }

  g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
               _("“%s” is not a unit of energy; expected Ha, eV, meV, kcal/mol, kJ/mol, or native for that of the file"),
               name);
  return FALSE;
}

const MolTarget *
mol_target_get_all (gsize *n_targets)
{
  *n_targets = G_N_ELEMENTS (targets);

  return targets;
}

const MolTarget *
mol_target_find (const char *id,
                 GError    **error)
{
  g_autoptr(GString) ids = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      if (strcmp (targets[i].id, id) == 0)
        return &targets[i];

      g_string_append_printf (ids, "%s%s", i > 0 ? ", " : "", targets[i].id);
    }

  g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
               _("Unknown target “%s”; expected %s"), id, ids->str);
  return NULL;
}

gboolean
mol_target_parse_list (const char *text,
                       GPtrArray **found,
                       GError    **error)
{
  g_auto(GStrv) ids = g_strsplit (text, ",", -1);
  g_autoptr(GPtrArray) list = g_ptr_array_new ();

  for (gsize i = 0; ids[i] != NULL; i++)
    {
      const MolTarget *target = mol_target_find (g_strstrip (ids[i]), error);

      if (target == NULL)
        return FALSE;

      if (g_ptr_array_find (list, target, NULL))
        {
          g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                       _("The target “%s” is listed twice"), target->id);
          return FALSE;
        }

      g_ptr_array_add (list, (gpointer) target);
    }

  if (list->len == 0)
    {
      g_set_error_literal (error, MLP_ERROR, MLP_ERROR_INVALID,
                           _("No target is given; choose at least one, such as gap"));
      return FALSE;
    }

  *found = g_steal_pointer (&list);

  return TRUE;
}

const char *
mol_target_get_unit (const MolTarget *target,
                     MolUnit          unit)
{
  return target->is_energy && unit != MOL_UNIT_NATIVE ? units[unit].name : target->unit;
}

double
mol_target_get_factor (const MolTarget *target,
                       MolUnit          unit)
{
  return target->is_energy ? units[unit].per_hartree : 1.0;
}

double
mol_target_get_published_factor (const MolTarget *target,
                                 MolUnit          unit)
{
  return target->is_energy ? units[unit].per_hartree / EV_PER_HARTREE : 1.0;
}

/* Of all its atoms, freed from each other. */
static double
sum_free_atoms (const MolTarget   *target,
                const MolMolecule *molecule,
                MolMethod          method)
{
  const guint row = target->property == MOL_U0 ? AT_U0 : target->property == MOL_U ? AT_U :
                    target->property == MOL_H ? AT_H : AT_G;
  double sum = 0.0;

  for (guint i = 0; i < molecule->n_atoms; i++)
    sum += free_atoms[method][row][mol_element_from_number (molecule->z[i])];

  return sum;
}

double
mol_target_get_value (const MolTarget   *target,
                      const MolMolecule *molecule,
                      MolMethod          method)
{
  const double value = molecule->properties[target->property];

  return target->atomisation ? value - sum_free_atoms (target, molecule, method) : value;
}

gboolean
mol_target_are_of_qm9 (const MolCollection *molecules)
{
  const gsize n = MIN (mol_collection_get_n (molecules), N_LOOKED_AT);
  const MolTarget *target = mol_target_find ("u0-atomisation", NULL);

  for (gsize i = 0; i < n; i++)
    {
      MolMolecule molecule;
      double energy;

      mol_collection_get (molecules, i, &molecule);
      energy = mol_target_get_value (target, &molecule, MOL_METHOD_B3LYP) / molecule.n_atoms;
      if (molecule.number == 0 || molecule.number > N_QM9 || !(energy > LEAST_BINDING && energy < 0.0))
        return FALSE;
    }

  return TRUE;
}
