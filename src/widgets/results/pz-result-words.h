/* pz-result-words.h: names of targets, and descriptions of molecules.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/pz-predictions.h"

G_BEGIN_DECLS

/* (nullable) (transfer none): target @t of @task (nullable) */
const MolTarget *pz_result_words_get_target (const DsTask *task,
                                             gsize         t);

/* "eV"; "" where there is none */
const char *pz_result_words_get_unit (const DsTask *task,
                                      gsize         t);

/* (transfer full): "Dipole moment", translated; else the name, or "output 2" */
char *pz_result_words_dup_title (const DsTask *task,
                                 char        **names,
                                 gsize         t);

/* In the task's unit; NaN where there is none. */
double pz_result_words_get_accuracy (const DsTask *task,
                                     gsize         t);

/* Whether what is published of QM9 is of such data. */
gboolean    pz_result_words_compares (const DsSet *set);

/* (transfer full): "Dipole moment (D)" */
char *pz_result_words_dup_label (const char *title,
                                 const char *unit);

/* (transfer full): "gdb 21 · CCO · C2H6O", as far as it is known */
char  *pz_result_words_dup_molecule (const MolMolecule *molecule);

/* (transfer full): of sample @i of the predictions: molecule, true and predicted
 * value, error */
char *pz_result_words_describe_sample (const PzPredictions *predictions,
                                       gsize                t,
                                       gsize                i);

/* (transfer full): "0.229 eV", with a sign if asked for */
char *pz_result_words_dup_value (double      value,
                                 gboolean    with_sign,
                                 const char *unit);

G_END_DECLS
