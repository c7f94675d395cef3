/* mol-target.h: target properties of molecules and their units.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "molecules/mol-collection.h"
#include "molecules/mol-molecule.h"

G_BEGIN_DECLS

/* Units that people choose among; the others belong to one property each. */
typedef enum
{
  MOL_UNIT_NATIVE,     /* that of the file */
  MOL_UNIT_HARTREE,
  MOL_UNIT_EV,
  MOL_UNIT_MEV,
  MOL_UNIT_KCAL,       /* kcal/mol */
  MOL_UNIT_KJ,         /* kJ/mol */
} MolUnit;

#define MOL_N_UNITS (MOL_UNIT_KJ + 1)

/* "native", "Ha", "eV", "meV", "kcal/mol", "kJ/mol". */
const char      *mol_target_get_unit_name  (MolUnit     unit);

/* Case does not matter. Errors: %MLP_ERROR_INVALID, with the names there are */
gboolean         mol_target_unit_from_name (const char *name,
                                            MolUnit    *unit,
                                            GError    **error);

/* A published figure for a target: the mean absolute error of a method. */
typedef struct
{
  const char *method;      /* "HDAD" */
  double      mae;         /* in eV where the target is an energy, else in the file's unit */
} MolPublished;

#define MOL_N_PUBLISHED 9

/* One row of the table of targets. */
typedef struct
{
  const char  *id;          /* "gap", "u0-atomisation": in files and on the command line */
  const char  *symbol;      /* "Δε", as in papers */
  const char  *title;       /* English, marked with N_ */
  MolProperty  property;
  gboolean     atomisation; /* minus the free atoms */
  const char  *unit;        /* of the file: "Ha", "D", … */
  gboolean     is_energy;   /* can be had in each of MolUnit; the others only as they are */
  double       chemical_accuracy;   /* as MolPublished.mae; NaN where there is none */
  MolPublished published[MOL_N_PUBLISHED];   /* method NULL at the end */
} MolTarget;

/* Where the published rows come from. */
#define MOL_PUBLISHED_SOURCE "Faber et al., J. Chem. Theory Comput. 13, 5255 (2017); Gilmer et al., ICML (2017)"

/* Whether @molecules are of QM9, or may pass for it: they have its numbers, and energies U0 as
 * B3LYP/6-31G(2df,p) gives them; the first thousand are looked at. What is published of QM9 says nothing of
 * others. */
gboolean    mol_target_are_of_qm9 (const MolCollection *molecules);

/* (array length=n_targets) (transfer none): the table */
const MolTarget *mol_target_get_all        (gsize      *n_targets);

/* (nullable) (transfer none): by id. Errors: %MLP_ERROR_INVALID, with the ids
 * there are */
const MolTarget *mol_target_find           (const char *id,
                                            GError    **error);

/**
 * mol_target_parse_list:
 * @text: ids with commas between: "gap,mu"
 * @targets: (out): an array of const MolTarget *
 *
 * Errors: %MLP_ERROR_INVALID if one is not known, comes twice, or there is none
 */
gboolean         mol_target_parse_list     (const char *text,
                                            GPtrArray **targets,
                                            GError    **error);

/* "eV", "D": what a figure of @target is in where energies are in @unit. */
const char *mol_target_get_unit   (const MolTarget *target,
                                   MolUnit          unit);

/* What a value in the file's unit is multiplied by to be in that unit. */
double      mol_target_get_factor (const MolTarget *target,
                                   MolUnit          unit);

/* The same for what the table has of published figures and accuracy (eV). */
double mol_target_get_published_factor (const MolTarget *target,
                                        MolUnit          unit);

/* Energies of free atoms that a set's atomisation energies refer to. */
typedef enum
{
  MOL_METHOD_B3LYP,     /* QM9: atomref.txt */
  MOL_METHOD_XTB,       /* the built-in molecules: GFN2-xTB; none for G */
} MolMethod;

/**
 * mol_target_get_value:
 * @target: what is asked for
 * @molecule: of which
 * @method: by which method its properties were computed
 *
 * In the file's unit.
 *
 * Returns: NaN where the molecule does not have the property, or there are no
 *   free atoms to subtract
 */
double      mol_target_get_value  (const MolTarget   *target,
                                   const MolMolecule *molecule,
                                   MolMethod          method);

G_END_DECLS
