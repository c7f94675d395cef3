/* mol-target.h: what can be learnt of a molecule, and in which unit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "molecules/mol-molecule.h"

G_BEGIN_DECLS

/* Units that people choose among; the others belong to one property each. */
typedef enum
{
  DS_UNIT_NATIVE,     /* that of the file */
  DS_UNIT_HARTREE,
  DS_UNIT_EV,
  DS_UNIT_MEV,
  DS_UNIT_KCAL,       /* kcal/mol */
  DS_UNIT_KJ,         /* kJ/mol */
} DsUnit;

#define DS_N_UNITS (DS_UNIT_KJ + 1)

/* "native", "Ha", "eV", "meV", "kcal/mol", "kJ/mol". */
const char     *ds_unit_get_name   (DsUnit           unit);

/* Case does not matter. Errors: %MLP_ERROR_INVALID, with the names there are */
gboolean        ds_unit_from_name  (const char      *name,
                                    DsUnit          *unit,
                                    GError         **error);

/* A published figure for a target: the mean absolute error of a method. */
typedef struct
{
  const char *method;      /* "HDAD" */
  double      mae;         /* in eV where the target is an energy, else in the file's unit */
} DsPublished;

#define DS_N_PUBLISHED 9

/* One row of the table of targets. */
typedef struct
{
  const char *id;          /* "gap", "u0-atomisation": in files and on the command line */
  const char *symbol;      /* "Δε", as in papers */
  const char *title;       /* English, marked with N_ */
  DsProperty  property;
  gboolean    atomisation; /* minus the free atoms */
  const char *unit;        /* of the file: "Ha", "D", … */
  gboolean    is_energy;   /* can be had in each of DsUnit; the others only as they are */
  double      chemical_accuracy;   /* as DsPublished.mae; NaN where there is none */
  DsPublished published[DS_N_PUBLISHED];   /* method NULL at the end */
} DsTarget;

/* Where the published rows come from. */
#define DS_PUBLISHED_SOURCE "Faber et al., J. Chem. Theory Comput. 13, 5255 (2017); Gilmer et al., ICML (2017)"

/* Whether @molecules are of QM9, or may pass for it: they have its numbers, and energies U0 as
 * B3LYP/6-31G(2df,p) gives them; the first thousand are looked at. What is published of QM9 says nothing of
 * others. */
gboolean        ds_target_are_of_qm9 (const DsMolecules *molecules);

/* (array length=n_targets) (transfer none): the table */
const DsTarget *ds_targets_get_all (gsize           *n_targets);

/* (nullable) (transfer none): by id. Errors: %MLP_ERROR_INVALID, with the ids
 * there are */
const DsTarget *ds_targets_find    (const char      *id,
                                    GError         **error);

/**
 * ds_targets_parse:
 * @text: ids with commas between: "gap,mu"
 * @targets: (out): an array of const DsTarget *
 *
 * Errors: %MLP_ERROR_INVALID if one is not known, comes twice, or there is none
 */
gboolean        ds_targets_parse   (const char      *text,
                                    GPtrArray      **targets,
                                    GError         **error);

/* "eV", "D": what a figure of @target is in where energies are in @unit. */
const char     *ds_target_get_unit   (const DsTarget *target,
                                      DsUnit          unit);

/* What a value in the file's unit is multiplied by to be in that unit. */
double          ds_target_get_factor (const DsTarget *target,
                                      DsUnit          unit);

/* The same for what the table has of published figures and accuracy (eV). */
double          ds_target_get_published_factor (const DsTarget *target,
                                                DsUnit          unit);

/* Energies of free atoms that a set's atomisation energies refer to. */
typedef enum
{
  DS_METHOD_B3LYP,     /* QM9: atomref.txt */
  DS_METHOD_XTB,       /* the built-in molecules: GFN2-xTB; none for G */
} DsMethod;

/**
 * ds_target_get_value:
 * @target: what is asked for
 * @molecule: of which
 * @method: by which method its properties were computed
 *
 * In the file's unit.
 *
 * Returns: NaN where the molecule does not have the property, or there are no
 *   free atoms to subtract
 */
double          ds_target_get_value  (const DsTarget   *target,
                                      const DsMolecule *molecule,
                                      DsMethod           method);

G_END_DECLS
